"""What the Help menu shows: every key, and what the playground is made of."""

import platform

import numpy as np
import pyqtgraph as pg
import PySide6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from core.formats.metadata import program_version
from ui.actions import COMMANDS


def show_keys(parent: QWidget) -> None:
    """A sheet of all keys."""
    rows = "".join(
        f"<tr><td><b>{' or '.join(command.keys)}</b>&nbsp;&nbsp;</td><td>{command.tip}</td></tr>"
        for command in COMMANDS
        if command.keys
    )
    _show(parent, "Keys", f"<table cellspacing=4>{rows}</table>")


def show_about(parent: QWidget) -> None:
    """Versions and licences."""
    _show(
        parent,
        "About Backprop Playground",
        f"<p><b>Backprop Playground {program_version()}</b>, MIT licence</p>"
        f"<p>Python {platform.python_version()} · NumPy {np.__version__} (BSD) · PySide6 {PySide6.__version__}"
        f" (LGPL-3.0) · pyqtgraph {pg.__version__} (MIT)</p>"
        "<p>Fonts: Inter and STIX Two Math (SIL OFL 1.1). Icons: Lucide (ISC).</p>",
    )


def _show(parent: QWidget, title: str, text: str) -> None:
    box = QMessageBox(parent)
    box.setWindowTitle(title)
    box.setTextFormat(Qt.TextFormat.RichText)
    box.setText(text)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.open()
