"""The update that made the parameters as they are: the last one of the run, made again from the run just before it."""

import numpy as np

from core.arrays import Rows
from core.explain.step import Step, step_to
from core.network import Network
from core.record import record
from core.replay import moving
from core.session import Session
from core.training import Trainer
from core.work import Work, go_on


@record(eq=False)
class Made:
    """The `update` on those `rows` of the data that led to `network`: to the bit, but for what was set by hand."""

    network: Network
    update: Step
    rows: Rows


class Maker:
    """Makes the last update of a run again, some of the way to it at a time, and remembers it."""

    def __init__(self) -> None:
        self._network: Network | None = None
        self._work: Work[Made] | None = None
        self._made: Made | None = None

    def of(self, session: Session, trainer: Trainer) -> Made | None:
        """What made the present network of `session`, whose run `trainer` moves on; None where that was no update, and
        while it takes longer."""
        network = session.run.network
        if network is not self._network:
            self._network, self._made = network, None
            self._work = making(session, trainer) if session.run.step else None
        if self._work is not None and (done := go_on(self._work)) is not None:
            self._work, self._made = None, done.result
        return self._made


def making(session: Session, trainer: Trainer) -> Work[Made]:
    """The last update of `session`; it was made in the leg that was begun before it."""
    before = session.run.step - 1
    kept = session.timeline.nearest(before)
    run = yield from moving(session, kept, before, np.empty(before - kept.step), trainer)
    spec = next(leg.spec for leg in reversed(session.legs) if leg.step <= before)
    if spec != trainer.spec:
        trainer = Trainer(spec, session.data, run.kernel)
    update = step_to(trainer.repeat(run, 1), trainer, run)
    return Made(session.run.network, update, trainer.next_batch(run))
