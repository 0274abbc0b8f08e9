"""Pictures of the past need not be drawn as often as numbers of the present."""

import time

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
