"""What the user works at: edits, undo, steps and training, plain and synchronous, and the Frames that show it."""

from dataclasses import dataclass, replace

import numpy as np

from core.edits import Edit, consequences
from core.frame import Frame
from core.history import History
from core.network import Gradient, Trace, backward, forward, sample_losses
from core.series import Series
from core.session import Session
from core.training import Diverged, Evaluation, Trainer, evaluate

DELTA_HISTORY = 512
# So many points of the curve are taken after each burst of steps, the later ones only with each frame.
DENSE_CURVE = 1000
CHEAP_EVALUATION = 20_000  # multiplications: some 0.1 ms


@dataclass(frozen=True)
class SampleChoice:
    """The gesture of choosing a row of the data, whose numbers are then shown."""

    row: int


class Workbench:
    """Holds the present Session and replaces it; only one thread may use it."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.history: History[Session] = History()
        self.generation = 0
        self.sample = 0
        self._notice, self.notices = "", 0
        self._trainer = _trainer(session)
        self._forget_deltas()

    @property
    def trainer(self) -> Trainer:
        """What moves the present session's run on."""
        return self._trainer

    @property
    def notice(self) -> str:
        """What there was to say last; `notices` counts how often something was said."""
        return self._notice

    @notice.setter
    def notice(self, sentence: str) -> None:
        self._notice = sentence
        self.notices += bool(sentence)

    def perform(self, gesture: Edit | SampleChoice) -> None:
        """Do what a panel asked for; InputError, with nothing changed, when it makes no sense."""
        if isinstance(gesture, SampleChoice):
            self.choose_sample(gesture.row)
        else:
            self.apply(gesture)

    def apply(self, edit: Edit) -> None:
        """Make an edit; InputError, with nothing changed, when it makes no sense."""
        before = self.session
        after = edit.change(before)
        lost = after.spec != before.spec and after.run.step < before.run.step
        anew = " Training begins anew; undo brings it back." if lost else ""
        self._replace(after, f"Changed: {edit.label}.{consequences(before.spec, after.spec)}{anew}")
        self.history.record(edit.label, before, edit.merge)

    def undo(self) -> None:
        """Go back to exactly what was before the last edit, the parameters included."""
        if (label := self.history.undo_label) is not None:
            now = self.session
            self._replace(self.history.before(), f"Undone: {label}.")
            self.history.undo(now)

    def redo(self) -> None:
        """Go forward again to what the last undo left."""
        if (label := self.history.redo_label) is not None:
            now = self.session
            self._replace(self.history.after(), f"Redone: {label}.")
            self.history.redo(now)

    def choose_sample(self, row: int) -> None:
        """Show the numbers of that row of the data; rows outside are brought to the nearest."""
        row = int(np.clip(row, 0, len(self.session.data.x) - 1))
        if row != self.sample:
            self.sample = row
            self._forget_deltas()

    def train(self, steps: int) -> bool:
        """Make updates; False, with the reason in `notice`, when something stopped being finite."""
        try:
            self._set_run(steps)
        except Diverged as failure:
            self.session = replace(self.session, run=failure.run)
            self.notice = str(failure)
            return False
        return True

    def observe(self) -> None:
        """Let the losses of this moment join the curve, if that is cheap: a fast run begins between two frames."""
        rows, parameters = len(self.session.data.x), sum(w.size for w in self.session.run.network.weights)
        if self.session.curve.length < DENSE_CURVE and rows * parameters <= CHEAP_EVALUATION:
            self._record(*self._evaluations())
            self._record_deltas(self._sample_pass()[1])

    def step_sample(self) -> bool:
        """Add the next sample to its batch, and choose it; the update falls on the batch's last sample."""
        run = self.session.run
        rows = self._trainer.next_batch(run)
        self.choose_sample(int(rows[run.seen]))
        if run.seen + 1 == len(rows):
            return self.train(1)
        self.session = replace(self.session, run=replace(run, seen=run.seen + 1))
        self.notice = ""
        return True

    def step_batch(self) -> bool:
        """Finish the batch and make its update."""
        return self.train(1)

    def step_epoch(self) -> bool:
        """Finish the epoch."""
        return self.train(self._trainer.steps_to_epoch_end(self.session.run))

    def frame(self) -> Frame:
        """This moment, evaluated; its losses join the curve."""
        session = self.session
        train, test = self._evaluations()
        trace, gradient, sample_loss = self._sample_pass()
        self._record(train, test)
        self._record_deltas(gradient)
        return Frame(
            session=self.session,
            generation=self.generation,
            sample=self.sample,
            trace=trace,
            gradient=gradient,
            sample_loss=sample_loss,
            train=train,
            test=test,
            epochs=self._trainer.epochs_done(session.run),
            steps_per_epoch=self._trainer.steps_per_epoch,
            batch=self._trainer.next_batch(session.run),
            deltas=self._deltas.rows,
            undo=self.history.undo_label,
            redo=self.history.redo_label,
            notice=self.notice,
            notices=self.notices,
        )

    def _sample_pass(self) -> tuple[Trace, Gradient, float]:
        """Forward and backward pass of the chosen sample alone, and its loss."""
        network, data = self.session.run.network, self.session.data
        one = slice(self.sample, self.sample + 1)
        with np.errstate(all="ignore"):
            trace = forward(network, data.x[one])
            gradient = backward(network, trace, data.t[one])
            return trace, gradient, float(sample_losses(network, trace, data.t[one])[0])

    def _set_run(self, steps: int) -> None:
        self.session = replace(self.session, run=self._trainer.advance(self.session.run, steps))
        self.notice = ""

    def _replace(self, session: Session, notice: str) -> None:
        # First what may fail for want of memory.
        self._trainer = _trainer(session)
        before, self.session = self.session, session
        self.generation += 1
        self.notice = notice
        if session.data is not before.data:
            self.sample = 0
        if session.data is not before.data or session.run.network is not before.run.network:
            self._forget_deltas()

    def _forget_deltas(self) -> None:
        self._deltas = Series(1 + sum(self.session.spec.sizes[1:]), limit=DELTA_HISTORY)

    def _evaluations(self) -> tuple[Evaluation, Evaluation | None]:
        session = self.session
        network, penalty, data = session.run.network, session.spec.penalty, session.data
        train = evaluate(network, penalty, data.x_train, data.t_train, data)
        assert train is not None
        return train, evaluate(network, penalty, data.x_test, data.t_test, data)

    def _record_deltas(self, gradient: Gradient) -> None:
        rows, step = self._deltas.rows, self.session.run.step
        if not len(rows) or rows[-1, 0] != step:
            self._deltas = self._deltas.append([step, *np.concatenate([delta[0] for delta in gradient.delta])])

    def _record(self, train: Evaluation, test: Evaluation | None) -> None:
        run, curve = self.session.run, self.session.curve
        if curve.length and curve.rows[-1, 1] == run.step:
            return
        nothing = float("nan")
        row = (
            self._trainer.epochs_done(run),
            run.step,
            train.data_loss,
            train.penalty,
            nothing if test is None else test.data_loss,
            nothing if train.accuracy is None else train.accuracy,
            nothing if test is None or test.accuracy is None else test.accuracy,
        )
        self.session = replace(self.session, curve=curve.append(row))


def _trainer(session: Session) -> Trainer:
    return Trainer(session.spec, session.data, session.run.kernel)
