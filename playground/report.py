"""What a report of a fault says: versions, the faults, the settings and the last lines of the log; never data."""

import json
import platform
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import PySide6
from PySide6.QtCore import qVersion
from PySide6.QtGui import QGuiApplication

from core.formats.metadata import program_version
from core.spec import Spec, as_dict


def runtime() -> str:
    """What the program runs in."""
    return (
        f"Python {platform.python_version()}, NumPy {np.__version__}, PySide6 {PySide6.__version__} (Qt {qVersion()})"
    )


def diagnostics() -> str:
    """The versions of everything that takes part, and what it runs on."""
    from importlib.metadata import version  # takes long to load: not with the window

    return (
        f"Backprop Playground {program_version()}\n"
        f"{runtime()}, pyqtgraph {version('pyqtgraph')}\n"
        f"{platform.platform()}, Qt platform {QGuiApplication.platformName() or 'none'}{_screens()}"
    )


def _screens() -> str:
    """Sizes in pixels of Qt, and how many of the screen's own there are to one."""
    return "".join(
        f", screen {screen.size().width()}×{screen.size().height()} at {screen.devicePixelRatio():g}"
        for screen in QGuiApplication.screens()
    )


def report(faults: Sequence[str], spec: Spec | None, log: str) -> str:
    """All of it as plain text. The user's home folder, in the names of files, is written as ~."""
    settings = "not known" if spec is None else json.dumps(as_dict(spec), ensure_ascii=False)
    parts = (diagnostics(), f"Settings: {settings}", *faults, f"Last lines of the log:\n{log}")
    return "\n\n".join(parts).replace(str(Path.home()), "~")
