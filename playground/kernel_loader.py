"""Fetches the compiled kernel while the window is open already, and hands it to the run that has not begun."""

import sys
import threading
from contextlib import suppress

from PySide6.QtCore import QObject, Signal

from core.errors import InputError
from core.kernels import KERNELS, compiled_kernel
from playground.controller import Controller

# Another process compiles: Numba holds the interpreter's lock meanwhile, and the window would stand still.
COMPILING = "from playground.kernels import compile_and_keep; compile_and_keep()"
UNDER_WAY, MISSING = "the compiled one is coming", "the compiled one is missing"


class KernelLoader(QObject):
    """Begins when the first frame has been painted; the status line tells how far it is."""

    _done = Signal(str)

    def __init__(self, controller: Controller) -> None:
        super().__init__(controller)
        self._controller = controller
        self._thread = threading.Thread(target=self._load, name="kernels", daemon=True)
        self._done.connect(self._hand_over)
        controller.pump.painted.connect(self._begin)

    def _begin(self) -> None:
        self._controller.pump.painted.disconnect(self._begin)
        self._controller.window.remark_on_kernel(UNDER_WAY)
        self._thread.start()

    def _load(self) -> None:
        trouble = ""
        try:
            if not compiled_kernel.is_kept():
                import subprocess

                subprocess.run([sys.executable, "-P", "-c", COMPILING], check=False, capture_output=True)
            KERNELS["compiled"].prepare()
        except InputError as error:
            trouble = str(error)
        # The window may be gone by now.
        with suppress(RuntimeError):
            self._done.emit(trouble)

    def _hand_over(self, trouble: str) -> None:
        self._controller.window.remark_on_kernel(MISSING if trouble else "")
        if trouble:
            self._controller.window.say(trouble)
        self._controller.pump.ask(lambda workbench: workbench.choose_kernel())
