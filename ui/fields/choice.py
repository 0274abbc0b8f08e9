"""A choice of one registry entry."""

from collections.abc import Callable, Iterable
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from core.edits import Edit
from core.session import Session
from ui.fields.field import FIELD_WIDTH, Field
from ui.labels import caption

POPUP_WIDTH = 190


class Entry(Protocol):
    """What a registry entry says of itself."""

    @property
    def name(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def formula(self) -> str: ...
    @property
    def help(self) -> str: ...


class ChoiceField(Field):
    """A combo box over a registry; every entry explains itself."""

    def __init__(
        self,
        label: str,
        entries: Iterable[Entry],
        value: Callable[[Session], str],
        edit: Callable[[str], Edit],
        tip: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._value, self._edit = value, edit
        self.box = QComboBox(self)
        self.box.setAccessibleName(label)
        self.box.setToolTip(tip)
        self.box.setMaxVisibleItems(16)
        for entry in entries:
            self.box.addItem(entry.label, entry.name)
            self.box.setItemData(
                self.box.count() - 1, f"{entry.formula}\n{entry.help}".strip(), Qt.ItemDataRole.ToolTipRole
            )
        self.box.view().setMinimumWidth(POPUP_WIDTH)
        self.keep_from_wheel(self.box)
        self.box.activated.connect(self._choose)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(caption(label), 1)
        row.addWidget(self.box)
        self.box.setFixedWidth(FIELD_WIDTH)

    def show_session(self, session: Session) -> None:
        self.box.setCurrentIndex(self.box.findData(self._value(session)))

    def _choose(self, index: int) -> None:
        self.edited.emit(self._edit(self.box.itemData(index)))
