"""What panels want to have ready with each frame: made where frames are made, so that a window need only paint it.

While the training goes on it is made less often, and at once when something else is looked at or the training rests.
What takes long is made some of it with each frame, so that training and answers go on in between.
"""

import time
from collections.abc import Callable, Generator, Mapping
from typing import Any, cast

from core.record import record
from core.work import Done, Growing, go_on

# Nobody reads numbers faster than so many times a second; and no more of the time is taken than one part in SHARE.
TIMES_A_SECOND, SHARE = 12.0, 8.0
# What takes longer may take so much of each frame; newer numbers for what is shown already, while training, less.
SECONDS, NEWER_SECONDS = 0.03, 0.004


@record(eq=False)
class Preparing:
    """The gesture of having `make` of each frame ready under a `name` from now on; without it, nothing more.

    What it returns may be work, also such as grows: what there is of it so far is handed out where there is nothing.
    """

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
        self._under_way: dict[str, tuple[Growing[Any], float]] = {}
        self._look: object = None
        self._moment: object = None

    @property
    def under_way(self) -> bool:
        """Whether there is more to do, with the same frame or the next."""
        return bool(self._under_way)

    def want(self, wish: Preparing) -> None:
        """Have that made, and no longer what was wanted under its name before."""
        for kept in (self._wishes, self._made, self._due, self._under_way):
            kept.pop(wish.name, None)
        if wish.make is not None:
            self._wishes[wish.name] = wish

    def of(
        self, frame: Any, *, training: bool, look: object = None, moment: object = None, seconds: float = SECONDS
    ) -> Mapping[str, Prepared]:
        """All that is wanted, by name, as far as some `seconds` of work have made it.

        `look` is what the frame is looked at for, its numbers apart, which are those of a `moment`, None for another
        one each time. At rest nothing is handed out, and nothing goes on, that was made of another moment.
        """
        rests = not training
        if look != self._look or (rests and (moment is None or moment != self._moment)):
            for kept in (self._made, self._due, self._under_way):
                kept.clear()
        self._look, self._moment = look, moment if rests else None
        for name, wish in self._wishes.items():
            due = name not in self._made or (training and self._clock() >= self._due[name])
            if due or name in self._under_way:
                spent = self._go_on(wish, frame, NEWER_SECONDS if training and name in self._made else seconds)
                self._due[name] = self._clock() + max(1.0 / TIMES_A_SECOND, SHARE * spent)
        return dict(self._made)

    def _go_on(self, wish: Preparing, frame: Any, seconds: float) -> float:
        """Make it, or some more of it; the time that has been spent on it."""
        assert wish.make is not None
        began = self._clock()
        work, spent = self._under_way.pop(wish.name, (None, 0.0))
        if work is None:
            work = wish.make(frame)
        done = go_on(cast(Growing[Any], work), seconds) if isinstance(work, Generator) else Done(work)
        spent += self._clock() - began
        if done is None or not done.whole:
            self._under_way[wish.name] = work, spent
        if done is not None and (done.whole or wish.name not in self._made):
            self._made[wish.name] = Prepared(wish, done.result)
        return spent
