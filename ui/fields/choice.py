"""A choice of one registry entry."""

from collections.abc import Callable, Iterable
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox, QStyle, QStyleOptionComboBox, QWidget

from core.edits import Edit
from core.session import Session
from ui.fields.field import LabelledField
from ui.theme import Theme

POPUP_WIDTH = 190
# Borders, padding and arrow beside the text.
FRAME = 40
# How far letters may move together, in percent, before a text is cut.
TIGHTEST = 95


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


class ChoiceField(LabelledField):
    """A combo box over a registry; every entry explains itself."""

    def __init__(
        self,
        label: str,
        entries: Iterable[Entry],
        value: Callable[[Session], str],
        edit: Callable[[str], Edit],
        tip: str,
        *,
        anew: bool = True,
        above: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(label, tip, anew=anew, above=above, parent=parent)
        self._value, self._edit = value, edit
        self.box = ElidedBox(self)
        self.explain(self.box)
        self.box.setMaxVisibleItems(16)
        for entry in entries:
            self.box.addItem(entry.label, entry.name)
            self.box.setItemData(
                self.box.count() - 1, f"{entry.formula}\n{entry.help}".strip(), Qt.ItemDataRole.ToolTipRole
            )
        self.keep_from_wheel(self.box)
        self.box.activated.connect(self._choose)
        self.hold(self.box)

    def show_session(self, session: Session) -> None:
        index = self.box.findData(self._value(session))
        self.box.setCurrentIndex(index)
        explained = self.box.itemData(index, Qt.ItemDataRole.ToolTipRole)
        self.box.setToolTip(f"{self.tip}\n\n{self.box.currentText()}: {explained}" if explained else self.tip)
        self.fit()

    def dress(self, theme: Theme) -> None:
        super().dress(theme)
        self.box.view().setMinimumWidth(round(POPUP_WIDTH * theme.zoom))

    def needed(self) -> int:
        return self.box.fontMetrics().horizontalAdvance(self.box.currentText()) + round(FRAME * self.theme.zoom)

    def _choose(self, index: int) -> None:
        self.edited.emit(self._edit(self.box.itemData(index)))


class ElidedBox(QComboBox):
    """A text for which there is no room is set a little tighter, or else ends in an ellipsis."""

    def paintEvent(self, event: QPaintEvent) -> None:
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        room = self.style().subControlRect(
            QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, self
        )
        with QPainter(self) as painter:
            self.style().drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option, painter, self)
            if self.fontMetrics().horizontalAdvance(self.currentText()) > room.width():
                font = QFont(self.font())
                font.setLetterSpacing(QFont.SpacingType.PercentageSpacing, TIGHTEST)
                painter.setFont(font)
            text = painter.fontMetrics().elidedText(self.currentText(), Qt.TextElideMode.ElideRight, room.width())
            option.currentText = text  # pyright: ignore[reportAttributeAccessIssue]
            self.style().drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option, painter, self)
