"""A switch between a few views, all of their names in sight."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QToolButton, QWidget


class Segments(QWidget):
    """One of `options` is on; each is a text with its tip. `changed` carries the number of the one that was chosen."""

    changed = Signal(int)

    def __init__(self, name: str, options: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setObjectName("segments")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for number, (text, tip) in enumerate(options):
            button = QToolButton(self)
            button.setProperty("role", "segment")
            button.setCheckable(True)
            button.setText(text)
            button.setToolTip(tip)
            button.setAccessibleName(f"{name}: {text}")
            self._group.addButton(button, number)
            row.addWidget(button)
        self._group.button(0).setChecked(True)
        self._group.idToggled.connect(self._tell)

    @property
    def current(self) -> int:
        """The number of the one that is on."""
        return self._group.checkedId()

    def choose(self, number: int) -> None:
        """Switch to another."""
        self._group.button(number).setChecked(True)

    def _tell(self, number: int, on: bool) -> None:
        if on:
            self.changed.emit(number)
