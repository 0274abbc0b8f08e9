"""Pictures of the past need not be drawn, nor words be spoken, as often as numbers of the present."""

import math
import time
import weakref
from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QWidget

from core.frame import Frame

MOST_AT_ONCE = 2
PATIENCE = 2  # intervals after which a picture is drawn whatever else is


class _Load:
    """How many costly pictures the frame that is being drawn has; all frames shall take about as long."""

    def __init__(self) -> None:
        self._frame: Callable[[], Frame | None] = lambda: None
        self._pictures = 0

    def takes(self, frame: Frame, pictures: int) -> bool:
        if self._frame() is not frame:
            self._frame, self._pictures = weakref.ref(frame), 0
        self._pictures += pictures
        return self._pictures <= MOST_AT_ONCE


_load = _Load()


class Throttle:
    """Says when a costly picture is due: at once while training is slow enough to be followed, else so many times a
    second, or sooner where the user has changed something; and then not in the same frame as many others. A very
    costly one counts as so many `pictures`.
    """

    def __init__(self, times_a_second: float = math.inf, pictures: int = 1) -> None:
        self._interval, self._pictures = 1.0 / times_a_second, pictures
        self._last = -math.inf
        self._subject: tuple[object, ...] = ()

    def due(self, frame: Frame) -> bool:
        """Whether to draw it for this frame; what no frame is sure to follow soon is always drawn."""
        if not self._interval:
            return True
        now, subject = time.monotonic(), (frame.generation, frame.sample, frame.own, frame.chosen)
        waited, anew = now - self._last, subject != self._subject
        early = waited < self._interval and not anew
        if frame.hurried and waited < PATIENCE * self._interval and (early or not _load.takes(frame, self._pictures)):
            return False
        self._last, self._subject = now, subject
        return True

    def heard(self, frame: Frame) -> bool:
        """Whether to say it for this frame: words take their time however slowly it trains."""
        now = time.monotonic()
        if frame.training and now - self._last < self._interval:
            return False
        self._last = now
        return True


class Description(QTimer):
    """What screen readers are told of a `widget`, in `words`: once a second while it changes, and always the last."""

    def __init__(self, widget: QWidget, words: Callable[[], str]) -> None:
        super().__init__(widget)
        self._widget, self._words, self._late = widget, words, False
        self.setSingleShot(True)
        self.setInterval(1000)
        self.timeout.connect(self._catch_up)

    def renew(self) -> None:
        """The words have changed: told at once, or a second after the last time."""
        if not QAccessible.isActive():
            return
        if self.isActive():
            self._late = True
        else:
            self.tell()

    def tell(self) -> None:
        """Tell the words at once, since the user asked for them."""
        if QAccessible.isActive():
            self._late = False
            self._widget.setAccessibleDescription(self._words())
            self.start()

    def _catch_up(self) -> None:
        if self._late:
            self.tell()
