"""The runs of this sitting that were left for another start, to be compared and reopened."""

from weakref import WeakKeyDictionary

from core.record import record
from core.session import Leg, Session, common_steps

MOST_RUNS = 50


@record(eq=False)
class FinishedRun:
    """A session as it was left; `number` counts from 1, and a run that is left again keeps its own."""

    number: int
    session: Session


def loses_steps(before: Session, after: Session) -> bool:
    """Whether steps of the run of `before`, up to its end, are no part of that of `after`."""
    return before.whole.run.step > max(0, common_steps(before.whole, after.whole))


class FinishedRuns:
    """Takes note of sessions that end; one that is gone back to is no longer finished."""

    def __init__(self) -> None:
        self.runs: tuple[FinishedRun, ...] = ()
        self._given = 0
        self._numbers: WeakKeyDictionary[Leg, int] = WeakKeyDictionary()

    def __len__(self) -> int:
        return len(self.runs)

    def leave(self, before: Session, after: Session) -> None:
        """`after` takes the place of `before`, which goes on there unless that loses steps."""
        self.runs = tuple(run for run in self.runs if run.session is not after.whole)
        if loses_steps(before, after):
            self.runs = (*self.runs, FinishedRun(self._number(before.whole), before.whole))[-MOST_RUNS:]

    def forget_oldest(self) -> None:
        """Give up the run that was left first."""
        self.runs = self.runs[1:]

    def _number(self, session: Session) -> int:
        """The number that this run, or what it goes on from, had before, unless another branch of it has that now."""
        taken = {run.number for run in self.runs}
        known = (self._numbers.get(leg) for leg in reversed(session.legs))
        number = next((number for number in known if number is not None and number not in taken), None)
        if number is None:
            number = self._given = self._given + 1
        self._numbers[session.legs[-1]] = number
        return number
