"""Opens the window; without a display, does the main job off-screen instead."""

import faulthandler
import os
import sys
from pathlib import Path

from playground import preflight

SWITCH_SECONDS = 0.0005
# Wheels and editable installs are the same to Qt; the name is what desktops look up the icon by.
DESKTOP_NAME = "backprop-playground"


def run_window(file: str | None = None) -> int:
    """The window, with `file` opened in it; returns the exit code when it is closed."""
    trouble = preflight.why_no_window(os.environ)
    if trouble is not None:
        code, sentence = trouble
        if code != preflight.NO_DISPLAY or file is not None:
            print(sentence, file=sys.stderr)
            return code
        from playground import off_screen

        return off_screen.run(sentence)
    from PySide6.QtWidgets import QApplication

    from playground.assembly import assemble

    faulthandler.enable()
    # A window that wakes up gets the interpreter's lock within this time while the trainer has it.
    sys.setswitchinterval(SWITCH_SECONDS)
    application = QApplication(sys.argv[:1])
    application.setApplicationName("Backprop Playground")
    application.setDesktopFileName(DESKTOP_NAME)
    controller = assemble(application)
    controller.window.show()
    if file is not None:
        controller.open_file(Path(file))
    return application.exec()
