"""What the user works at: edits, undo, steps and training, plain and synchronous, and the Frames that show it."""

from dataclasses import replace

import numpy as np

from core.arrays import Array, all_finite, frozen
from core.comparison import Comparison, compare
from core.edits import BEGINS_ANEW, STAYS_FROZEN, Edit, consequences
from core.errors import InputError
from core.examinations import Examination, Examinations
from core.finished import FinishedRuns, loses_steps
from core.frame import Frame
from core.history import History
from core.mistakes import backward_with
from core.network import Gradient, Network, Trace, forward, sample_losses
from core.past import Past
from core.preparing import Preparing
from core.replay import at_step
from core.selection import (
    GradientChecking,
    Item,
    ItemChoice,
    LossSlicing,
    MadeWish,
    Node,
    OwnInput,
    PathChoice,
    PhaseChoice,
    PhaseStep,
    SampleChoice,
    StepBack,
    StepChoice,
    StepComparison,
    exists,
)
from core.series import Series
from core.session import CurveColumn, Session, advanced, common_steps, evaluations, held_bytes, with_kernel
from core.stepping import Stepping, begin_stepping
from core.training import Diverged, Evaluation, Run, Trainer, kernel_for

DELTA_HISTORY = 512
# So many points of the curve are taken after each burst of steps, the later ones only with each frame.
DENSE_CURVE = 1000
CHEAP_EVALUATION = 20_000  # multiplications: some 0.1 ms
# After so many steps at the latest the timeline is offered a run.
STEPS_AT_ONCE = 4096
# As much as history and finished runs may hold together.
MOST_BYTES = 256_000_000

Pointing = SampleChoice | OwnInput | ItemChoice | PathChoice
Walking = StepChoice | StepBack | PhaseChoice | PhaseStep
Gesture = Edit | Pointing | Walking | Examination


class Workbench:
    """Holds the present Session and replaces it; only one thread may use it."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.history: History[Session] = History()
        self.generation = 0
        self.sample = 0
        self.own: OwnInput | None = None
        self.chosen: Item | None = None
        self.path: tuple[Node, ...] = ()
        self.finished = FinishedRuns()
        self._examinations = Examinations()
        self._past = Past()
        self._stepping: Stepping | None = None
        self._journeys = 0
        self._notice, self.notices = "", 0
        self._trainer = Trainer(session.spec, session.data, session.run.kernel)
        self._begin_subject()
        self._unmade = session, self._subject, self._deltas

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

    def perform(self, gesture: Gesture) -> None:
        """Do what a panel asked for; InputError, with nothing changed, when it makes no sense."""
        match gesture:
            case SampleChoice():
                self.choose_sample(gesture.row)
            case OwnInput():
                self.ask(gesture)
            case ItemChoice() | PathChoice():
                self.point_at(gesture)
            case StepChoice():
                self.go_to(gesture.step)
            case StepBack():
                self.step_back()
            case PhaseChoice():
                self.go_to_phase(gesture.at)
            case PhaseStep():
                self.step_phase(gesture.by)
            case StepComparison() | GradientChecking() | LossSlicing() | MadeWish() | Preparing():
                self._examinations.examine(gesture, self.session, self._trainer)
            case Edit():
                self.apply(gesture)

    def apply(self, edit: Edit) -> None:
        """Make an edit; InputError, with nothing changed, when it makes no sense."""
        before = self.session
        after = edit.change(before)
        said = consequences(before.spec, after.spec)
        if before.ahead is not None and after.legs[:-1] == before.legs:
            said += _parting(before.run.step)
        elif after.run.step == 0 < before.whole.run.step:
            said += f" {BEGINS_ANEW}{STAYS_FROZEN if after.spec.frozen else ''}"
        notice = f"Changed: {edit.label}.{said}"
        self._change(edit.label, after, notice, edit.merge)

    def go_to(self, step: int) -> None:
        """Show the run as it was after that many updates; steps outside are brought to the nearest.

        It goes on from there, and is the same to the bit until something is changed. However many steps are visited in
        a row, that is one change, which undo takes back; and so does who goes back to where the journey began.
        """
        session = self.session
        step = int(np.clip(step, 0, session.whole.run.step))
        if step == session.run.step and not session.run.seen:
            return
        if session.ahead is None:
            self._journeys += 1
            self._end_curve()
        after, journey = at_step(self.session, step, self._trainer), f"journey {self._journeys}"
        if self.history.merges(journey) and self.history.before() is after:
            self.undo()
            self.notice = _arrival(after)
        else:
            self._change(f"going to step {step:,}", after, _arrival(after), journey)

    def step_back(self) -> None:
        """Go back to just after the update before; samples collected for the next one are laid back first."""
        run = self.session.run
        self.go_to(run.step if run.seen else run.step - 1)

    def compare(self, before: int, after: int) -> Comparison:
        """What changed from one step of the run to another, up to its end; steps outside are brought to the nearest."""
        steps = np.clip([before, after], 0, self.session.whole.run.step).tolist()
        return compare(*(at_step(self.session, step, self._trainer) for step in steps))

    def undo(self) -> None:
        """Go back to exactly what was before the last edit, the parameters included."""
        if (label := self.history.undo_label) is not None:
            now = self._replace(self.history.before(), f"Undone: {label}.")
            self.history.undo(now)
            self._forget()

    def redo(self) -> None:
        """Go forward again to what the last undo left."""
        if (label := self.history.redo_label) is not None:
            now = self._replace(self.history.after(), f"Redone: {label}.")
            self.history.redo(now)
            self._forget()

    def choose_kernel(self) -> None:
        """Let a run that has not begun have the kernel that is the quickest for it by now."""
        session, kernel = self.session, kernel_for(self.session.spec)
        if session.run.step == 0 and session.ahead is None and kernel != session.run.kernel:
            after = with_kernel(session, kernel)
            self._trainer, self._stepping = self._trainer_for(after), None
            self.session = after

    def choose_sample(self, row: int) -> None:
        """Show the numbers of that row of the data; rows outside are brought to the nearest."""
        row = int(np.clip(row, 0, len(self.session.data.x) - 1))
        if row != self.sample or self.own is not None:
            self.sample, self.own = row, None
            self._begin_subject()
        if self._stepping is not None:
            self._stepping = self._stepping.showing(row)

    def ask(self, own: OwnInput) -> None:
        """Show the numbers of inputs that are no row of the data. InputError when they do not fit the network."""
        sizes = self.session.spec.sizes
        for values, size, what in ((own.x, sizes[0], "input"), (own.t, sizes[-1], "target")):
            if values is not None and (values.shape != (size,) or not all_finite(values)):
                raise InputError(f"The network needs {size} finite {what}{'s' if size > 1 else ''}; got {values}.")
        self._stepping = None
        self.own = OwnInput(frozen(own.x), None if own.t is None else frozen(own.t))
        self._begin_subject()

    def choose_item(self, item: Item | None) -> None:
        """Point at a node or an edge; one that does not exist is none."""
        before = self.chosen
        self.chosen = item if item is not None and exists(item, self.session.spec.sizes) else None
        if self.chosen != before or not all(exists(node, self.session.spec.sizes) for node in self.path):
            self.path = ()
        if self._stepping is not None:
            self._stepping = self._stepping.asking(self.chosen)

    def point_at(self, gesture: ItemChoice | PathChoice) -> None:
        """Point at a node or an edge, or at a path from it."""
        if isinstance(gesture, ItemChoice):
            self.choose_item(gesture.item)
        elif all(exists(node, self.session.spec.sizes) for node in gesture.nodes):
            self.path = gesture.nodes if self.chosen is not None else ()

    def train(self, steps: int) -> bool:
        """Make updates; False, with the reason in `notice`, when something stopped being finite."""
        self.notice, self._stepping = "", None
        for first in range(0, steps, STEPS_AT_ONCE):
            losses = np.empty(min(STEPS_AT_ONCE, steps - first))
            try:
                self._keep(self._trainer.advance(self.session.run, len(losses), losses), losses)
            except Diverged as failure:
                self._keep(failure.run, losses)
                self.notice = str(failure)
                return False
        return True

    def observe(self) -> None:
        """Let the losses of this moment join the curve, if that is cheap: a fast run begins between two frames."""
        rows, parameters = len(self.session.data.x), sum(w.size for w in self.session.run.network.weights)
        if self.session.curve.length < DENSE_CURVE and rows * parameters <= CHEAP_EVALUATION:
            self._record(*evaluations(self.session))
            self._record_deltas(self._sample_pass()[1])

    def step_sample(self) -> bool:
        """Add the next sample to its batch, and choose it; the update falls on the batch's last sample."""
        self._stepping, run = None, self.session.run
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

    def step_phase(self, by: int = 1) -> None:
        """Go on by a phase of the next update, or back; before the first one, the walk has not begun."""
        now = self._stepping
        at = -1 + by if now is None else now.at + by
        if at < 0 or (now is not None and at >= len(now.phases)):
            self._stepping, at = None, 0 if at > 0 else -1
        if at >= 0:
            self.go_to_phase(at)

    def go_to_phase(self, at: int) -> None:
        """Show the update as it is when phase number `at` has been done; numbers outside are brought to the nearest.

        The last phase makes the update, as a step does; whoever goes back from it has not made it.
        """
        now = self._stepping or self._begin_update()
        if now is None:
            return
        self.notice = ""
        then = replace(now, at=int(np.clip(at, 0, len(now.phases) - 1)), asked=False)
        if then.updated and not now.updated:
            self._unmade = self.session, self._subject, self._deltas
            self.train(1)
        elif now.updated and not then.updated:
            self.session, subject, deltas = self._unmade
            self._deltas = deltas if subject is self._subject else self._deltas
            self._past = self._past.until(self.session.run.step)
        self._stepping = then

    def _begin_update(self) -> Stepping | None:
        """The next update, to be walked through; None, with the reason in `notice`, where it cannot be made."""
        try:
            begun = begin_stepping(self.session, self._trainer, -1 if self.own is not None else self.sample)
        except Diverged as failure:
            self.notice = str(failure)
            return None
        self.choose_sample(int(begun.rows[begun.row]))
        self._unmade = self.session, self._subject, self._deltas
        return begun

    def frame(self) -> Frame:
        """This moment, evaluated; its losses join the curve."""
        session = self.session
        train, test = evaluations(session)
        x, t = self._subject
        trace, gradient, sample_loss = self._sample_pass()
        self._past = self._past.with_moment(session.run.step, session.run.network)
        past = self._past if session.ahead is None else self._past.until(session.run.step)
        self._record(train, test)
        self._record_deltas(gradient)
        return Frame(
            session=self.session,
            generation=self.generation,
            sample=self.sample,
            own=self.own is not None,
            x=x,
            t=t,
            chosen=self.chosen,
            path=self.path,
            trace=trace,
            gradient=gradient,
            sample_loss=sample_loss,
            train=train,
            test=test,
            epochs=self._trainer.epochs_done(session.run),
            steps_per_epoch=self._trainer.steps_per_epoch,
            batch=self._trainer.next_batch(session.run) if self._stepping is None else self._stepping.rows,
            deltas=self._deltas.rows,
            past=past.moments,
            finished=self.finished.runs,
            undo=self.history.undo_label,
            redo=self.history.redo_label,
            notice=self.notice,
            notices=self.notices,
            stepping=self._stepping,
            comparison=self._examinations.comparison,
            checking=self._examinations.checking,
            slice=self._examinations.slice,
        )

    def prepared(self, frame: Frame) -> Frame:
        """The frame with what panels want to have ready with it."""
        if not frame.training and frame.stepping is None:
            frame = replace(frame, made=self._examinations.made(frame.session, self._trainer))
        look = frame.generation, frame.chosen, frame.path, frame.sample, self.own
        moment, preparations = (frame.session, frame.stepping, frame.made), self._examinations.preparations
        made = preparations.of(frame, training=frame.training, look=look, moment=moment)
        return replace(frame, prepared=made)

    @property
    def preparing(self) -> bool:
        """Whether that has only begun to be made, and is to be gone on with."""
        return self._examinations.preparations.under_way

    def _sample_pass(self) -> tuple[Trace, Gradient, float]:
        """Forward and backward pass of the chosen sample alone, and its loss."""
        x, t = self._subject
        network = self.session.run.network if self._stepping is None else self._stepping.update.network
        with np.errstate(all="ignore"):
            trace = forward(network, x)
            gradient = self._gradient(network, trace, t)
            return trace, gradient, float(sample_losses(network, trace, t)[0])

    def _gradient(self, network: Network, trace: Trace, t: Array) -> Gradient:
        """By the formulas in force; while a batch is walked through, a mistake may depend on all of it."""
        spec, walk = self.session.spec, self._stepping
        if walk is not None and spec.mistake is not None:
            return walk.update.gradient_of(walk.row)
        return backward_with(spec.mistake, network, trace, t, spec.eta)

    def _keep(self, run: Run, losses: Array) -> None:
        before = self.session
        after = self.session = advanced(before, run, losses[: run.step - before.run.step])
        common = common_steps(before.whole, after.whole, by_hand=False)
        if before.ahead is not None and common < before.whole.run.step:
            self.finished.leave(before, after)
            self._past = self._past.until(common)
            leg = before.whole.legs[len(before.legs)]
            what = "The settings were changed" if leg.item is None else "A value was set by hand"
            self.notice = f"{what} at step {leg.step:,} the last time.{_parting(leg.step)}"

    def _change(self, label: str, after: Session, notice: str, merge: str | None) -> None:
        before = self._replace(after, notice, passing=self.history.merges(merge))
        self.history.record(label, before, merge)
        self._forget()

    def _replace(self, session: Session, notice: str, *, passing: bool = False) -> Session:
        """Go on with `session`; the one that was left. What is left in `passing`, within one gesture, was no run:
        undo does not know it."""
        # First what may fail for want of memory.
        trainer = self._trainer_for(session)
        if not passing and loses_steps(self.session, session):
            self._end_curve()
        self._trainer, self._stepping = trainer, None
        before, self.session = self.session, session
        along = session.whole is before.whole
        self.generation += not (along and session.spec == before.spec)
        self.notice = notice
        if not passing:
            self.finished.leave(before, session)
        common = common_steps(before.whole, session.whole, by_hand=False)
        self._past = self._past.until(common)
        self.choose_item(self.chosen)
        if session.data is not before.data:
            self.sample, self.own = 0, None
        if not along:
            self._examinations.forget(data=session.data is not before.data)
        if along or 0 <= common == session.run.step - 1:
            self._deltas = self._deltas.until(0, min(session.run.step, common))
        elif session.data is not before.data or session.run.network is not before.run.network:
            self._begin_subject()
        return before

    def _trainer_for(self, session: Session) -> Trainer:
        now = self.session
        if (session.spec, session.run.kernel) == (now.spec, now.run.kernel) and session.data is now.data:
            return self._trainer
        return Trainer(session.spec, session.data, session.run.kernel)

    def _forget(self) -> None:
        """Give up what is oldest, in the longer of history and finished runs, until both fit into their memory."""
        stores = (self.history, self.finished)
        while held_bytes([*self.history.values, *(run.session for run in self.finished.runs)]) > MOST_BYTES:
            longer = max(stores, key=len)
            if len(longer) < 2:
                return
            longer.forget_oldest()

    def _begin_subject(self) -> None:
        """Take inputs (1, n_0) and targets (1, n_K) of the chosen row or of the own input; their history begins."""
        one, data = slice(self.sample, self.sample + 1), self.session.data
        self._subject = data.x[one], data.t[one]
        if self.own is not None:
            t = np.full(data.t.shape[1], np.nan) if self.own.t is None else self.own.t
            self._subject = frozen(self.own.x[None]), frozen(t[None])
        self._deltas: Series = Series(1 + sum(self.session.spec.sizes[1:]), limit=DELTA_HISTORY)

    def _record_deltas(self, gradient: Gradient) -> None:
        walk = self._stepping
        # When a walk has made its update, the numbers are still those of the network before.
        rows, step = self._deltas.rows, self.session.run.step - (walk is not None and walk.updated)
        if not len(rows) or rows[-1, 0] != step:
            self._deltas = self._deltas.append([step, *np.concatenate([delta[0] for delta in gradient.delta])])

    @property
    def _recorded(self) -> bool:
        """Whether the curve ends with this very step."""
        run, curve = self.session.run, self.session.curve
        return bool(curve.length) and curve.rows[-1, CurveColumn.STEP] == run.step

    def _end_curve(self) -> None:
        """A run that is left ends with the losses of its last step."""
        if self.session.ahead is None and not self._recorded:
            self._record(*evaluations(self.session))

    def _record(self, train: Evaluation, test: Evaluation | None) -> None:
        if self._recorded:
            return
        run, curve = self.session.run, self.session.curve
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


def _parting(step: int) -> str:
    return f" The run parts from what lay ahead at step {step:,}; undo brings that back."


def _arrival(session: Session) -> str:
    """Where one is on the way through a run, and how far it goes on as it did."""
    whole, step = session.whole, session.run.step
    if session is whole:
        return f"At step {step:,}, the end of the run."
    there = f"At step {step:,} of {whole.run.step:,}; undo returns."
    later = whole.legs[len(session.legs) :]
    if not later:
        return there
    what = "other settings were in force" if later[0].item is None else "a value that was set by hand was in force"
    return f"{there} From step {later[0].step:,} on {what}."
