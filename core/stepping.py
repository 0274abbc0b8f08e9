"""Where one stands within one update that is walked through phase by phase."""

from dataclasses import replace
from functools import cached_property

from core.arrays import Rows
from core.explain.phases import Known, Part, Phase, known_after, phases
from core.explain.step import Step, next_step
from core.record import record
from core.selection import Item
from core.session import Session
from core.training import Trainer


@record(eq=False)
class Stepping:
    """Phase number `at` of `phases` is done, and nothing after it.

    `update` has every number of the update, a row for each of `rows` of the data; `row` is the place among them of the
    one that is shown. `asked`: something has been pointed at since the phase was done, and is to be explained.
    """

    phases: tuple[Phase, ...]
    update: Step
    rows: Rows
    row: int = 0
    at: int = 0
    asked: bool = False

    @property
    def phase(self) -> Phase:
        """The one that was done last."""
        return self.phases[self.at]

    @property
    def done(self) -> tuple[Phase, ...]:
        """The phases that are done, the last one last."""
        return self.phases[: self.at + 1]

    @property
    def updated(self) -> bool:
        """Whether the update has been made."""
        return self.phase.part is Part.UPDATE

    @cached_property
    def known(self) -> frozenset[Known]:
        """All that has been computed by now."""
        return known_after(self.phases, self.at)

    def asking(self, item: Item | None) -> "Stepping":
        """The same with that item pointed at."""
        return replace(self, asked=item is not None)

    def showing(self, row: int) -> "Stepping | None":
        """The same with that row of the data; None where it takes no part in the update."""
        places = (self.rows == row).nonzero()[0]
        return replace(self, row=int(places[0])) if len(places) else None


def begin_stepping(session: Session, trainer: Trainer, row: int) -> Stepping:
    """The next update of `session`, at its first phase; Diverged where it cannot be made.

    `row` of the data is shown, or the first of the batch where it is not among them. What the update leads to is what
    the run's own kernel makes of it.
    """
    run, rows = session.run, trainer.next_batch(session.run)
    begun = Stepping(phases(run.network, len(rows)), next_step(trainer, run), rows)
    return begun.showing(row) or begun
