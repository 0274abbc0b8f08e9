"""What every field is: a label and an editor for one choice; it speaks by `edited` and is told by `show_session`."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from core.session import Session

FIELD_WIDTH = 146


class Field(QWidget):
    """Shows the session's value, and emits an Edit when the user wants another."""

    edited = Signal(object)

    def show_session(self, session: Session) -> None:
        """Bring the editor to the session's value, without emitting. Each field has its own."""
