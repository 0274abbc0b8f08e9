"""The runs of this sitting that were left for another start, to be compared and reopened."""

from dataclasses import dataclass

from core.session import Session, common_steps

MOST_RUNS = 50


@dataclass(frozen=True, eq=False)
class FinishedRun:
    """A session as it was left; `number` counts from 1 and is never given twice."""

    number: int
    session: Session


class FinishedRuns:
    """Takes note of sessions that end; one that is gone back to is no longer finished."""

    def __init__(self) -> None:
        self.runs: tuple[FinishedRun, ...] = ()
        self._given = 0

    def leave(self, before: Session, after: Session) -> None:
        """`after` takes the place of `before`, which goes on there if they have steps in common."""
        self.runs = tuple(run for run in self.runs if run.session is not after)
        if before.run.step and common_steps(before, after) <= 0:
            self._given += 1
            self.runs = (*self.runs, FinishedRun(self._given, before))[-MOST_RUNS:]
