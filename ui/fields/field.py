"""What every field is: a label and an editor for one choice; it speaks by `edited` and is told by `show_session`."""

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QWidget

from core.session import Session

FIELD_WIDTH = 146


class Field(QWidget):
    """Shows the session's value, and emits an Edit when the user wants another."""

    edited = Signal(object)

    def show_session(self, session: Session) -> None:
        """Bring the editor to the session's value, without emitting. Each field has its own."""

    def keep_from_wheel(self, editor: QWidget) -> None:
        """Let the wheel scroll the column, and not change what happens to lie under the mouse."""
        editor.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Wheel:
            event.ignore()
            return True
        return super().eventFilter(watched, event)
