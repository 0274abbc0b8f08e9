"""Where a run stood now and then, so that every earlier step of it can be made again at once."""

from bisect import bisect_right
from itertools import pairwise

from core.record import record
from core.training import Run

MOST_RUNS = 512
MOST_BYTES = 32_000_000
# What a run takes besides its numbers.
BYTES_OF_OBJECTS = 3_000


@record(eq=False)
class Timeline:
    """Runs by step: the first and the last that came, and fewer between, the older they are.

    When they are too many, those are dropped that leave a gap of at most `share` of the geometric mean of all steps
    and of the gap's age: a step back from now takes a few steps to be made again, and the farthest hardly more than if
    all gaps were alike.
    """

    runs: tuple[Run, ...]
    share: float = 1 / MOST_RUNS

    def with_run(self, run: Run) -> "Timeline":
        """This and a later run; one that is not later is known already."""
        if run.step <= self.runs[-1].step:
            return self
        runs, share, most = (*self.runs, run), self.share, _most(run)
        if len(runs) > most:
            runs = _thinned(runs, share)
            while len(runs) > max(2, most * 3 // 4):
                share *= 1.25
                runs = _thinned(runs, share)
        return Timeline(runs, share)

    def until(self, step: int) -> "Timeline":
        """What of it was before or at that step."""
        return Timeline(self.runs[: self._after(step)], self.share)

    def nearest(self, step: int) -> Run:
        """The last run before or at that step."""
        return self.runs[self._after(step) - 1]

    def _after(self, step: int) -> int:
        return bisect_right(self.runs, step, key=lambda run: run.step)


def _thinned(runs: tuple[Run, ...], share: float) -> tuple[Run, ...]:
    now, kept = runs[-1].step, [runs[0]]
    for run, following in pairwise(runs[1:]):
        before = kept[-1].step
        if (following.step - before) ** 2 > share**2 * (now - before) * now:
            kept.append(run)
    return (*kept, runs[-1])


def bytes_of(run: Run) -> int:
    """The memory that a run takes."""
    return (
        BYTES_OF_OBJECTS
        + run.state.nbytes
        + sum(layer.weights.nbytes + layer.biases.nbytes for layer in run.network.layers)
    )


def _most(run: Run) -> int:
    return min(MOST_RUNS, max(2, MOST_BYTES // bytes_of(run)))
