"""What a panel has made of each frame off the window's thread: asked for by a gesture, it comes with the frames."""

from collections.abc import Callable
from typing import Generic, TypeVar

from core.frame import Frame
from core.preparing import Preparing
from core.work import Growing

Made = TypeVar("Made")


class Order(Generic[Made]):
    """Sends the gesture by `send` when something else is wanted; what was wanted before is then no longer made."""

    def __init__(self, name: str, send: Callable[[Preparing], object]) -> None:
        self._name, self._send = name, send
        self._key: object = None
        self._wish: Preparing | None = None

    def take(self, frame: Frame, key: object, make: Callable[[Frame], Made | Growing[Made]]) -> Made | None:
        """What `make` makes of the frame, or of one a moment before; None while it is on its way.

        `make` runs in another thread: it takes values that never change, and returns such, or work on them. It is
        another one only with another `key`.
        """
        if self._wish is None or key != self._key:
            self._key, self._wish = key, Preparing(self._name, make)
            self._send(self._wish)
        found = frame.prepared.get(self._name)
        return found.made if found is not None and found.wish is self._wish else None

    def cancel(self) -> None:
        """Have nothing made any more, as nobody sees it."""
        if self._wish is not None:
            self._wish = None
            self._send(Preparing(self._name))
