"""Pictures of the past need not be drawn, nor words be spoken, as often as numbers of the present."""

import time
from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QWidget

from core.frame import Frame


class Throttle:
    """Says when a costly picture is due: at once while nothing trains, else so many times a second."""

    def __init__(self, times_a_second: float) -> None:
        self._interval = 1.0 / times_a_second
        self._last = -1.0

    def due(self, frame: Frame) -> bool:
        """Whether to draw it for this frame; what is not training any more is always drawn."""
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
