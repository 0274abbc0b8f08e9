"""A switch between a few views, all of their names in sight; where there is no room for that, the present one's."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QMenu, QToolButton, QWidget

from ui.menus import hang

# How much of their width the names need to be read.
TIGHTEST = 0.9


class Segments(QWidget):
    """One of `options` is on; each is a text with its tip. `changed` carries the number of the one that was chosen."""

    changed = Signal(int)

    def __init__(self, name: str, options: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setObjectName("segments")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._options = options
        self._group = QButtonGroup(self)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self._row.setSizeConstraint(QHBoxLayout.SizeConstraint.SetNoConstraint)
        for number, (text, tip) in enumerate(options):
            button = QToolButton(self)
            button.setProperty("role", "segment")
            button.setCheckable(True)
            button.setText(text)
            button.setToolTip(tip)
            button.setAccessibleName(f"{name}: {text}")
            self._group.addButton(button, number)
            self._row.addWidget(button)
        self._group.button(0).setChecked(True)
        self._group.idToggled.connect(self._tell)
        self._one: QToolButton | None = None

    @property
    def current(self) -> int:
        """The number of the one that is on."""
        return self._group.checkedId()

    def choose(self, number: int) -> None:
        """Switch to another."""
        self._group.button(number).setChecked(True)

    def sizeHint(self) -> QSize:
        sizes = [button.sizeHint() for button in self._group.buttons()]
        return QSize(sum(size.width() for size in sizes), max(size.height() for size in sizes))

    def minimumSizeHint(self) -> QSize:
        sizes = [button.sizeHint() for button in self._group.buttons()]
        return QSize(max(size.width() for size in sizes), max(size.height() for size in sizes))

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):
            self._fit()
        return super().event(event)

    def _fit(self) -> None:
        """All names where they can be read, else one button with a menu."""
        narrow = self.width() < TIGHTEST * self.sizeHint().width()
        if self._one is None:
            if not narrow:
                return
            self._one = self._make_one()
        if self._one.isHidden() == narrow:
            for button in self._group.buttons():
                button.setHidden(narrow)
            self._one.setVisible(narrow)

    def _make_one(self) -> QToolButton:
        one = QToolButton(self)
        one.setProperty("role", "segment")
        menu = QMenu(one)
        menu.setToolTipsVisible(True)
        for number, (text, tip) in enumerate(self._options):
            entry = menu.addAction(text)
            entry.setToolTip(tip)
            entry.triggered.connect(lambda _=False, number=number: self.choose(number))
        hang(menu, one)
        one.hide()
        self._row.addWidget(one)
        self._name(one)
        return one

    def _name(self, one: QToolButton) -> None:
        text, tip = self._options[self.current]
        one.setText(f"{text} ▾")
        one.setToolTip(tip)
        one.setAccessibleName(f"{self.accessibleName()}: {text}, choose another")

    def _tell(self, number: int, on: bool) -> None:
        if on:
            if self._one is not None:
                self._name(self._one)
            self.changed.emit(number)
