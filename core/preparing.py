"""What panels want to have ready with each frame: made where frames are made, so that a window need only paint it.

While the training goes on it is made less often, and at once when something else is looked at or the training rests.
"""

import time
from collections.abc import Callable, Mapping
from typing import Any

from core.record import record

# Nobody reads numbers faster than so many times a second; and no more of the time is taken than one part in SHARE.
TIMES_A_SECOND, SHARE = 12.0, 8.0


@record(eq=False)
class Preparing:
    """The gesture of having `make` of each frame ready under a `name` from now on; without it, nothing more."""

    name: str
    make: Callable[[Any], Any] | None = None


@record(eq=False)
class Prepared:
    """What was `made` last of a `wish`: of the frame that holds it, or of one a moment before."""

    wish: Preparing
    made: Any


class Preparations:
    """Keeps what is wanted under each name, what was made of it, and when it is due again."""

    def __init__(self, clock: Callable[[], float] = time.perf_counter) -> None:
        self._clock = clock
        self._wishes: dict[str, Preparing] = {}
        self._made: dict[str, Prepared] = {}
        self._due: dict[str, float] = {}
        self._look: object = None

    def want(self, wish: Preparing) -> None:
        """Have that made, and no longer what was wanted under its name before."""
        for kept in (self._wishes, self._made, self._due):
            kept.pop(wish.name, None)
        if wish.make is not None:
            self._wishes[wish.name] = wish

    def of(self, frame: Any, *, training: bool, look: object = None) -> Mapping[str, Prepared]:
        """All that is wanted, by name; `look` is what the frame is looked at for, its numbers apart."""
        if look != self._look:
            self._look = look
            self._due.clear()
        for name, wish in self._wishes.items():
            began = self._clock()
            if wish.make is not None and (not training or began >= self._due.get(name, began)):
                self._made[name] = Prepared(wish, wish.make(frame))
                now = self._clock()
                self._due[name] = now + max(1.0 / TIMES_A_SECOND, SHARE * (now - began))
        return dict(self._made)
