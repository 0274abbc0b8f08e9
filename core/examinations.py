"""What panels have found out about a session: nothing of it is changed, and the answers come with the frames."""

import numpy as np

from core.checking import Checker, Checking
from core.comparison import Comparison, compare
from core.explain.made import Made, Maker
from core.parameters import has_parameter
from core.preparing import Preparations, Preparing
from core.replay import at_step
from core.selection import GradientChecking, LossSlicing, MadeWish, StepComparison
from core.session import Session
from core.training import Trainer
from core.what_if import Slice, Slicer

Examination = StepComparison | GradientChecking | LossSlicing | MadeWish | Preparing


class Examinations:
    """The last `comparison` of two steps; a `checking` of gradients and a `slice` of the loss, as far as they are; and
    the `preparations`, which make anew with each frame what is wanted.
    """

    def __init__(self) -> None:
        self.comparison: Comparison | None = None
        self.preparations = Preparations()
        self._checker: Checker | None = None
        self._slicer: Slicer | None = None
        self._maker: Maker | None = None

    @property
    def checking(self) -> Checking | None:
        """What is found so far of the gradients that were asked for last."""
        return None if self._checker is None else self._checker.now

    @property
    def slice(self) -> Slice | None:
        """The loss along the parameter that was asked for last, as finely as it is known."""
        return None if self._slicer is None else self._slicer.now

    def made(self, session: Session, trainer: Trainer) -> Made | None:
        """The update that made the present network, where that is wanted, as soon as it is known."""
        return None if self._maker is None else self._maker.of(session, trainer)

    def forget(self, *, data: bool) -> None:
        """Another run begins: what was compared and checked belonged to the one before; of other `data`, all did."""
        self.comparison = self._checker = None
        if data:
            self._slicer = None

    def examine(self, gesture: Examination, session: Session, trainer: Trainer) -> None:
        """Find out what is asked of the session, whose run `trainer` moves on, or some more of it."""
        match gesture:
            case StepComparison():
                self._compare(gesture.step, session, trainer)
            case GradientChecking():
                self._check(gesture, session, trainer)
            case LossSlicing():
                self._slice(gesture, session, trainer)
            case MadeWish():
                self._maker = (self._maker or Maker()) if gesture.on else None
            case Preparing():
                self.preparations.want(gesture)

    def _compare(self, step: int, session: Session, trainer: Trainer) -> None:
        """Compare that step of the run with the present one; steps outside are brought to the nearest."""
        known, step = self.comparison, int(np.clip(step, 0, session.whole.run.step))
        if known is not None and known.before.step == step and known.before.session.whole is session.whole:
            before = known.before.session
        else:
            before = at_step(session, step, trainer)
        self.comparison = compare(before, session)

    def _check(self, gesture: GradientChecking, session: Session, trainer: Trainer) -> None:
        """Compare some of the next batch's gradients with central differences, until all are or that is cancelled."""
        if gesture.anew:
            self._checker = Checker(session, trainer.next_batch(session.run))
        if self._checker is None:
            # Another run has begun since: nobody has asked for a check of that.
            return
        if gesture.cancelled:
            self._checker.cancel()
        else:
            self._checker.go_on()

    def _slice(self, gesture: LossSlicing, session: Session, trainer: Trainer) -> None:
        """Find out more of the loss along a parameter: of the present network, unless a slice is still under way."""
        if not has_parameter(session.run.network, gesture.item):
            # What was chosen is no longer there.
            return
        slicer = self._slicer
        if slicer is None or not slicer.goes_on(gesture, session.run.network):
            rows = trainer.next_batch(session.run) if gesture.batch else slice(None)
            x, t = session.data.x_train[rows], session.data.t_train[rows]
            slicer = self._slicer = Slicer(gesture, session.run.network, x, t, session.spec, session.run.step)
        slicer.go_on()
