"""Every exception that nobody caught, from wherever it came: to the log, to standard error, and to one dialog."""

import math
import sys
import threading
from collections.abc import Callable
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from traceback import TracebackException, walk_tb
from types import TracebackType
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import Shiboken

from core.spec import Spec
from playground.console import INTERRUPTED
from playground.interrupts import interruptible
from playground.log import LOGGER, Log
from playground.report import report
from ui import fault_dialog
from ui.fault_dialog import FaultDialog

MOST_KEPT = 20
LONGEST_TEXT, LONGEST_SUMMARY = 20_000, 200
NOTHING_LOST = "What was just being done was stopped. Nothing is lost: the network and its training are as they were."

Identity = tuple[type[BaseException], tuple[tuple[str, int], ...]]


@dataclass
class Fault:
    """One kind of exception: its type and the lines it came through; `consequence` is what it means to the user."""

    summary: str
    consequence: str
    text: str
    times: int = 0

    def __str__(self) -> str:
        return f"{self.summary}{f' ({self.times:,} times)' if self.times > 1 else ''}\n{self.text}"


class Faults(QObject):
    """Within its context no exception ends in silence; `serve` names the window that the dialog belongs to.

    Exceptions of all threads come in at once; the dialog is shown in the thread that this object was made in.
    It is one dialog, and it opens anew only for a fault that was not shown before.
    """

    _arrived = Signal()

    def __init__(self, log: Log) -> None:
        super().__init__()
        self._log = log
        self._window: QWidget | None = None
        self._spec: Callable[[], Spec | None] = lambda: None
        self._dialog: FaultDialog | None = None
        self._faults: dict[Identity, Fault] = {}
        self._newest: Fault | None = None
        self._further = Fault("Further faults, of which no more is kept", NOTHING_LOST, "")
        self._announced = self._interrupted = False
        # An exception may come while another is taken in, from a destructor in the same thread.
        self._lock = threading.RLock()
        self._hooks = ExitStack()
        self._arrived.connect(self._show, Qt.ConnectionType.QueuedConnection)

    def __enter__(self) -> "Faults":
        self._hooks.enter_context(interruptible(self._interrupt))
        for module, name, hook in (
            (sys, "excepthook", self._uncaught),
            (sys, "unraisablehook", self._unraisable),
            (threading, "excepthook", self._in_thread),
        ):
            self._hooks.callback(setattr, module, name, getattr(module, name))
            setattr(module, name, hook)
        return self

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        self._hooks.close()
        if isinstance(error, Exception):
            LOGGER.error("The program ends.", exc_info=error)

    def serve(self, window: QWidget, spec: Callable[[], Spec | None]) -> None:
        """From now on show the dialog over that window; `spec` gives the present settings, for the report."""
        self._window, self._spec = window, spec
        if self._newest is not None:
            self._arrived.emit()

    def end_if_interrupted(self) -> None:
        """Raise the KeyboardInterrupt that Ctrl+C asked for while Qt was running."""
        if self._interrupted:
            raise KeyboardInterrupt

    def report(self) -> str:
        """Everything that helps to find out what happened."""
        with self._lock:
            texts = [str(fault) for fault in (*self._faults.values(), self._further) if fault.times]
        return report(texts, self._spec(), self._log.last())

    def take(self, error: BaseException, trace: TracebackType | None, consequence: str = NOTHING_LOST) -> None:
        """Take note of an exception; may be called in any thread, and raises none itself."""
        try:
            if self._note(error, trace, consequence) and self._window is not None:
                self._announce()
        except Exception as failure:  # noqa: BLE001 – whatever happens in here, nobody else will tell of it
            _to_stderr(failure, failure.__traceback__)
            _to_stderr(error, trace)

    def _interrupt(self) -> None:
        self._interrupted = True
        self._arrived.emit()

    def _note(self, error: BaseException, trace: TracebackType | None, consequence: str) -> bool:
        """Count it; whether the dialog has to be told. What the dialog itself did wrong is not for the dialog."""
        places = tuple((frame.f_code.co_filename, line) for frame, line in walk_tb(trace))
        for_dialog = all(file != fault_dialog.__file__ for file, _ in places)
        with self._lock:
            fault = self._faults.get((type(error), places))
            if fault is None and len(self._faults) >= MOST_KEPT:
                fault = self._further
            anew = fault is None
            if fault is None:
                fault = self._faults[type(error), places] = _fault(error, trace, consequence)
                self._newest = fault if for_dialog else self._newest
            fault.times += 1
            times = fault.times
        # Not with the lock: whoever is just logging in another thread may be waiting for it.
        if anew:
            LOGGER.error("%s\n%s", fault.consequence, fault.text.rstrip())
            _to_stderr(error, trace)
        elif math.log10(times).is_integer():
            LOGGER.error("%s: %d times by now.", fault.summary, times)
        return for_dialog

    def _announce(self) -> None:
        """Have the dialog told, once for all that come before it is."""
        with self._lock:
            announced, self._announced = self._announced, True
        if not announced:
            self._arrived.emit()

    @Slot()
    def _show(self) -> None:
        if self._interrupted:
            QApplication.closeAllWindows()
            QCoreApplication.exit(INTERRUPTED)
            return
        with self._lock:
            self._announced = False
            newest, self._newest = self._newest, None
            kinds = len(self._faults) + self._further.times
            times = self._further.times + sum(fault.times for fault in self._faults.values())
        try:
            self._tell(newest, kinds, times)
        except Exception as error:  # noqa: BLE001 – a dialog that fails is not told of its own failure
            self._window = None
            LOGGER.exception("The dialog cannot be shown.")
            _to_stderr(error, error.__traceback__)

    def _tell(self, newest: Fault | None, kinds: int, times: int) -> None:
        if self._window is None or not Shiboken.isValid(self._window):
            return
        if self._dialog is None or not Shiboken.isValid(self._dialog):
            self._dialog = FaultDialog(self._log.folder, self.report, self._window)
        self._dialog.count(kinds, times)
        if newest is not None:
            self._dialog.tell(newest.consequence)

    def _uncaught(
        self, kind: type[BaseException], error: BaseException | None, trace: TracebackType | None = None
    ) -> None:
        self.take(error or kind(), trace)

    def _in_thread(self, found: Any) -> None:
        if found.exc_type is not SystemExit:
            name = "" if found.thread is None else f" ({found.thread.name})"
            self.take(
                found.exc_value or found.exc_type(),
                found.exc_traceback,
                f"A part of the program that works in the background{name} has ended. The window goes on as far as"
                " it can; start the program again. Files that were saved are safe.",
            )

    def _unraisable(self, found: Any) -> None:
        self.take(found.exc_value or found.exc_type(), found.exc_traceback)


def _fault(error: BaseException, trace: TracebackType | None, consequence: str) -> Fault:
    told = TracebackException(type(error), error, trace)
    text = "".join(told.format())
    summary = f"{type(error).__name__}: {told}".splitlines()[0][:LONGEST_SUMMARY]
    # Whoever knows what an exception means to the user has noted it on the exception.
    notes = " ".join(getattr(error, "__notes__", ()))
    return Fault(summary, notes or consequence, text[-LONGEST_TEXT:])


def _to_stderr(error: BaseException, trace: TracebackType | None) -> None:
    with suppress(Exception):
        sys.__excepthook__(type(error), error, trace)
