"""What every panel is: a widget that is told by `show_frame` and speaks by `edited`, and nothing else."""

import math

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from core.frame import Frame
from ui.canvas import Canvas
from ui.header import Header
from ui.theme import LIGHT, Theme
from ui.throttle import Throttle


class Panel(QWidget):
    """Keeps the newest frame and draws it when it is visible; a hidden panel computes nothing.

    `header` stands over `body`, or becomes the title bar of the dock that the panel is put in. `spaced` is the space
    bar that nothing in the panel took: wherever the panel stands, it trains. `called` names a command of the window
    that a tool in the panel stands for.
    """

    edited = Signal(object)
    spaced = Signal()
    called = Signal(str)
    title = ""
    rate = math.inf  # pictures a second while training is too fast to be followed
    pictures = 1  # as so many it counts

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.frame: Frame | None = None
        self.theme: Theme = LIGHT
        self.forced = False
        self._shown: Frame | None = None
        self._in_sight = True
        self._pace = Throttle(self.rate, self.pictures)
        self.setAccessibleName(self.title)
        self.setObjectName("panel")
        # A click says which panel is meant, and where the space bar goes.
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.header = Header(self.title, self)
        self.body = QVBoxLayout()
        self.body.setSpacing(4)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self.header)
        box.addLayout(self.body, 1)

    def fill_with_column(self, inside: QWidget) -> None:
        """Fill the body with a column of fields that scrolls where there is no room for all."""
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # Fields that are narrow become higher: a bar that comes and goes would make them change for ever.
        area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        area.setWidget(inside)
        self.body.addWidget(area)

    def show_frame(self, frame: Frame) -> None:
        """Take a frame; it is drawn now if it is due, or when the panel becomes visible."""
        self.frame = frame
        if self.forced or (self._seen and self._pace.due(frame)):
            self._draw()

    def come_in_sight(self, seen: bool) -> None:
        """Say whether the panel is before the user, and not under another tab."""
        self._in_sight = seen
        if not seen:
            self.out_of_sight()
        self._draw()

    def show_again(self, frame: Frame) -> None:
        """Draw the frame even though it is shown already."""
        self._shown, self.forced = None, True
        self.show_frame(frame)
        self.forced = False

    def show_theme(self, theme: Theme) -> None:
        """Take over colours and zoom."""
        self.theme = theme
        self.header.dress(theme)
        for canvas in (*self.findChildren(Canvas), self.header.value):
            canvas.dress(theme)
        self._shown = None
        self._draw()

    def out_of_sight(self) -> None:
        """Nobody sees the panel any more; one that has something made for it elsewhere has no more made."""

    def draw(self, frame: Frame) -> None:
        """Bring what is on the screen up to `frame`; only called while visible. Each panel has its own."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self.spaced.emit()
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._draw()

    @property
    def _seen(self) -> bool:
        return self._in_sight and self.isVisible()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.out_of_sight()

    def _draw(self) -> None:
        if self.frame is not None and self.frame is not self._shown and self._seen:
            self._shown = self.frame
            self.draw(self.frame)
