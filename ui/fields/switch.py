"""A yes or no."""

from collections.abc import Callable

from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from core.edits import Edit
from core.session import Session
from ui.fields.field import Field


class SwitchField(Field):
    """A check box."""

    def __init__(
        self,
        label: str,
        value: Callable[[Session], bool],
        edit: Callable[[bool], Edit],
        tip: str,
        *,
        anew: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(label, tip, anew=anew, parent=parent)
        self._value, self._edit = value, edit
        self.box = QCheckBox(self.title, self)
        self.explain(self.box)
        self.box.clicked.connect(lambda checked: self.edited.emit(self._edit(checked)))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.box)

    def show_session(self, session: Session) -> None:
        self.box.setChecked(self._value(session))
