"""Labels of one kind each, so that every panel has the same headings and captions."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget


def heading(text: str, parent: QWidget | None = None) -> QLabel:
    """The name of a section, in small capitals' place."""
    label = QLabel(text.upper(), parent)
    label.setProperty("role", "heading")
    label.setAccessibleName(text)
    return label


def caption(text: str = "", parent: QWidget | None = None) -> QLabel:
    """Secondary text; plain, since names of files end up in it."""
    label = QLabel(text, parent)
    label.setProperty("role", "secondary")
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label
