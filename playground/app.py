"""Opens the window; without a display, does the main job off-screen instead."""

import gc
import os
import sys
from pathlib import Path

from playground import console, preflight

# What desktops look the window's icon and name up by.
DESKTOP_NAME = "backprop-playground"
WITHOUT_A_WINDOW = " Start a desktop first, or use the verbs that need none: playground train, playground datasets."


def run_window(file: str | None = None, **missing: str) -> int:
    """The window, with `file` opened in it; returns the exit code when it is closed.

    `missing` (activation, output_activation) is what a file of bare weights does not say.
    """
    platform = os.environ.get("QT_QPA_PLATFORM")
    code = prepare("Training XOR off-screen instead." if file is None else None)
    if code is not None:
        return code
    if os.environ.get("QT_QPA_PLATFORM") != platform:
        from playground import off_screen

        return off_screen.run()
    # What a program makes while it starts it keeps: to look for garbage there would take a tenth of the time.
    gc.disable()
    from PySide6.QtCore import QStandardPaths, Qt
    from PySide6.QtWidgets import QApplication

    from playground.assembly import assemble
    from playground.faults import Faults
    from playground.hints import Hints
    from playground.kernel_loader import KernelLoader
    from playground.log import log_folder, open_log
    from playground.report import diagnostics
    from playground.settings import SettingsFile

    application = QApplication(sys.argv[:1])
    application.setApplicationName(DESKTOP_NAME)
    application.setApplicationDisplayName("Backprop Playground")
    application.setDesktopFileName(DESKTOP_NAME)
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppConfigLocation)
    with open_log(log_folder()) as log, Faults(log) as faults:
        settings = SettingsFile(Path(folder) / "settings.json")
        # The window says it before anybody listens.
        log.note(settings.trouble)
        controller = assemble(application, settings=settings)
        faults.serve(controller.window, lambda: controller.spec)
        controller.window.said.connect(log.note)
        Hints(controller)
        KernelLoader(controller)
        # Takes a while to find out: after the window.
        controller.pump.painted.connect(
            lambda: log.note(diagnostics().replace("\n", "; ")), Qt.ConnectionType.SingleShotConnection
        )
        controller.window.show()
        if file is not None:
            controller.files.open(Path(file), **missing)
        faults.end_if_interrupted()
        # Nor is it looked at later, which would hold the window up.
        gc.freeze()
        gc.enable()
        code = application.exec()
        faults.end_if_interrupted()
    return code


def prepare(otherwise: str | None) -> int | None:
    """Make sure that Qt can draw; an exit code when it cannot.

    Without a display Qt draws off-screen if `otherwise`, what is done then, is given; it is said with the reason.
    """
    # Trainer and window are two threads; BLAS's own would take the cores from both. NumPy reads it when imported.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    trouble = preflight.why_no_window(os.environ)
    if trouble is not None and trouble[0] == preflight.NO_DISPLAY and otherwise is not None:
        console.complain(f"{trouble[1]} {otherwise}")
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        trouble = preflight.why_no_window(os.environ)
    if trouble is None:
        return None
    code, sentence = trouble
    console.complain(sentence + (WITHOUT_A_WINDOW if code == preflight.NO_DISPLAY else ""))
    return code
