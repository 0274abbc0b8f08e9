"""Going back in a run: whatever the way there, each step is that of a straight run, to the bit; undo agrees with it."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from core import edits, envelope, timeline, workbench
from core import past as past_module
from core.arrays import Array
from core.errors import InputError
from core.explain.starts import origin_of
from core.kernels import KERNELS
from core.network import Network
from core.optimizers import OPTIMIZERS
from core.parameters import parameter, with_parameter
from core.selection import Edge, MadeWish, Node, StepBack, StepChoice
from core.session import CurveColumn, Session, held_bytes, start_session, with_kernel
from core.spec import Spec, suggested
from core.timeline import bytes_of
from core.training import Run, Trainer
from core.workbench import Workbench

# 23 rows in batches of 5: five updates an epoch, the last on 3 rows.
UNEVEN = replace(
    suggested("circle"), samples=23, train_share=1.0, batch=5, hidden=(3,), activations=("tanh", "tanh"), kernel="numpy"
)
FASTER, SLOWER = edits.choose("faster", eta=0.2), edits.choose("slower", eta=0.005)


def bits(run: Run) -> tuple[Any, ...]:
    """Where a run stands, and all its numbers."""
    numbers = [array.tobytes() for array in (*run.network.weights, *run.network.biases, run.state)]
    return run.step, run.epoch, run.start, run.seen, numbers


def heavy_ball(gradient: Array, state: Array, eta: float, step: int) -> None:
    """Momentum, and a second row that counts: an update for which all that Run keeps of the optimiser matters."""
    state[0] = 0.5 * state[0] + gradient
    state[1] += step
    gradient[...] = eta * state[0] / (1.0 + 1.0 / (step + state[1]))


@pytest.fixture
def _momentum(monkeypatch: pytest.MonkeyPatch) -> None:
    add_momentum(monkeypatch)


def add_momentum(patch: pytest.MonkeyPatch) -> None:
    entry = replace(OPTIMIZERS["gradient-descent"], name="heavy-ball", slots=2, update=heavy_ball)
    patch.setitem(OPTIMIZERS._entries, "heavy-ball", entry)


MOMENTUM = replace(UNEVEN, optimizer="heavy-ball")
COMPILED = replace(UNEVEN, kernel="compiled")


def opened(spec: Spec = UNEVEN) -> Workbench:
    return Workbench(start_session(spec))


def straight(steps: int, spec: Spec = UNEVEN) -> Run:
    session = start_session(spec)
    return Trainer(spec, session.data, session.run.kernel).advance(session.run, steps)


@pytest.mark.usefixtures("_momentum")
@pytest.mark.parametrize("changes", [{}, {"batch": None}, {"shuffle": False}, {"optimizer": "heavy-ball"}], ids=str)
@pytest.mark.parametrize("kernel", KERNELS.names())
def test_every_earlier_step_is_that_of_a_straight_run_and_goes_on_like_it(kernel: str, changes: Any, monkeypatch):
    # What is compiled knows no entry that is added later.
    spec = replace(UNEVEN, **{"kernel": "numpy" if "optimizer" in changes else kernel, **changes})
    monkeypatch.setattr(timeline, "MOST_RUNS", 4)
    w = opened(spec)
    w.train(60)
    w.train(41)
    end = bits(w.session.run)
    for step in (0, 1, 37, 59, 60, 61, 99, 100, 5):
        w.go_to(step)
        assert bits(w.session.run) == bits(straight(step, spec))
        assert w.session.run.network is w.frame().session.run.network
    w.train(96)
    assert bits(w.session.run) == end
    assert w.session.ahead is None


def test_gestures_and_steps_back_lead_where_they_say():
    w = opened()
    w.train(10)
    w.perform(StepBack())
    assert (w.session.run.step, w.notice) == (9, "At step 9 of 10; undo returns.")
    w.perform(StepBack())
    w.perform(StepChoice(3))
    assert w.session.run.step == 3
    w.perform(StepChoice(10))
    assert (w.session.run.step, w.notice) == (10, "At step 10, the end of the run.")
    for outside, nearest in ((-5, 0), (10**9, 10)):
        w.perform(StepChoice(outside))
        assert w.session.run.step == nearest


def test_before_the_first_step_there_is_none():
    w = opened()
    w.step_back()
    assert (w.session.run.step, w.history.undo_label, w.notice) == (0, None, "")


def test_samples_collected_for_the_next_batch_are_laid_back_first():
    w = opened()
    w.train(4)
    for _ in range(2):
        w.step_sample()
    w.step_back()
    assert bits(w.session.run) == bits(straight(4))
    assert w.notice == "At step 4 of 4; undo returns."
    w.step_back()
    assert bits(w.session.run) == bits(straight(3))
    w.go_to(4)
    w.step_sample()
    w.undo()
    assert (w.session.run.step, w.session.run.seen) == (4, 2)
    w.train(1)
    assert bits(w.session.run) == bits(straight(5))


def test_a_journey_is_one_change_and_back_at_its_beginning_it_is_none():
    w = opened()
    w.train(10)
    end = w.session.run
    for step in (3, 7, 1):
        w.go_to(step)
    assert w.history.undo_label == "going to step 1"
    w.undo()
    assert w.session.run is end
    assert w.history.undo_label is None
    w.redo()
    assert w.session.run.step == 1
    w.undo()
    w.go_to(5)
    w.go_to(10)
    assert w.session.run is end
    assert (w.history.undo_label, w.history.redo_label) == (None, "going to step 5")


def test_a_second_journey_is_a_change_of_its_own():
    w = opened()
    w.train(10)
    w.go_to(4)
    w.train(8)
    w.go_to(11)
    w.undo()
    assert bits(w.session.run) == bits(straight(12))
    w.undo()
    assert bits(w.session.run) == bits(straight(10))


def test_settings_go_back_with_the_step_and_come_again_with_it():
    w = opened()
    w.train(10)
    w.apply(FASTER)
    w.train(10)
    w.apply(edits.choose("batch", batch=3))
    w.train(10)
    found = []
    for step in (9, 10, 19, 20, 29, 30):
        w.go_to(step)
        found.append((w.session.spec.eta, w.session.spec.batch))
        assert (w.trainer.spec, w.frame().session.run.step) == (w.session.spec, step)
    eta = UNEVEN.eta
    assert found == [(eta, 5), (0.2, 5), (0.2, 5), (0.2, 3), (0.2, 3), (0.2, 3)]


def test_going_back_behind_a_change_does_not_take_it_from_undo():
    w = opened()
    w.train(10)
    w.apply(FASTER)
    w.train(10)
    w.go_to(4)
    assert w.notice == "At step 4 of 20; undo returns. From step 10 on other settings were in force."
    assert (w.session.spec.eta, w.history.undo_label) == (UNEVEN.eta, "going to step 4")
    w.undo()
    assert (w.session.spec.eta, w.session.run.step, w.history.undo_label) == (0.2, 20, "faster")
    w.undo()
    assert (w.session.spec.eta, w.session.run.step) == (UNEVEN.eta, 10)


def test_training_from_an_earlier_step_is_the_same_run_until_its_settings_were_changed():
    w = opened()
    w.train(10)
    w.apply(FASTER)
    w.train(10)
    end = w.session.run
    w.go_to(4)
    w.train(6)
    assert (w.session.ahead is not None, w.notice, w.frame().finished) == (True, "", ())
    w.train(1)
    assert w.session.ahead is None
    assert w.notice == (
        "The settings were changed at step 10 the last time."
        " The run parts from what lay ahead at step 10; undo brings that back."
    )
    assert bits(w.session.run) == bits(straight(11))
    (run,) = w.frame().finished
    assert run.session.run is end
    w.undo()
    assert w.session.run is end
    assert [run.session.run.step for run in w.frame().finished] == [11]


@pytest.mark.parametrize("edit", [SLOWER, edits.choose("batch", batch=2), edits.branch()], ids=lambda edit: edit.label)
def test_a_change_at_an_earlier_step_begins_a_branch_and_undo_brings_back_what_lay_ahead(edit: edits.Edit):
    w = opened()
    w.train(10)
    end = w.session.run
    w.go_to(4)
    w.apply(edit)
    assert w.notice == (f"Changed: {edit.label}. The run parts from what lay ahead at step 4; undo brings that back.")
    assert (w.session.ahead, w.session.run.step, w.session.batch_losses.length) == (None, 4, 4)
    assert [(run.number, run.session.run) for run in w.frame().finished] == [(1, end)]
    w.train(3)
    branch = bits(w.session.run)
    w.undo()
    assert (w.session.run.step, w.session.whole.run) == (4, end)
    assert [run.session.run.step for run in w.frame().finished] == [7]
    w.undo()
    assert w.session.run is end
    w.redo()
    w.redo()
    assert bits(w.session.run) == branch


def test_a_new_start_at_an_earlier_step_leaves_the_whole_run():
    w = opened()
    w.train(10)
    w.go_to(0)
    w.apply(edits.new_seed())
    assert w.notice == "Changed: new seed. Training begins anew; undo brings it back."
    (run,) = w.frame().finished
    assert run.session.run.step == 10
    assert run.session.curve.rows[-1, CurveColumn.STEP] == 10
    w.apply(edits.reopen(run))
    assert (w.session.run.step, w.session.ahead, w.frame().finished) == (10, None, ())


def test_only_where_something_lies_ahead_can_be_branched_off():
    w = opened()
    w.train(3)
    with pytest.raises(InputError, match="This is the end of the run; go back to an earlier step"):
        w.apply(edits.branch())
    assert w.history.undo_label is None


def test_only_what_was_known_at_that_step_is_shown():
    w = opened()
    for _ in range(10):
        w.train(2)
        w.frame()
    w.go_to(7)
    frame = w.frame()
    assert [moment.step for moment in frame.past] == [2, 4, 6]
    assert frame.deltas[:, 0].tolist() == [2, 4, 6, 7]
    assert frame.session.curve.rows[:, CurveColumn.STEP].tolist() == [2, 4, 6, 7]
    w.go_to(20)
    frame = w.frame()
    assert [moment.step for moment in frame.past] == list(range(2, 21, 2))
    assert frame.session.curve.rows[:, CurveColumn.STEP].tolist() == list(range(2, 21, 2))


def test_panels_begin_anew_only_where_more_than_numbers_changes():
    w = opened()
    w.train(10)
    w.apply(FASTER)
    w.train(10)
    generation, subject = w.generation, w.frame().x
    for step in (15, 12, 20):
        w.go_to(step)
        assert w.generation == generation
    w.go_to(5)
    assert w.generation == generation + 1
    assert w.frame().x is subject


def test_the_end_of_a_run_that_is_left_has_its_losses():
    w = opened()
    w.train(10)
    w.go_to(4)
    w.apply(edits.reset())
    (run,) = w.frame().finished
    assert run.session.curve.rows[:, CurveColumn.STEP].tolist() == [10]


@pytest.mark.parametrize("collected", [0, 2])
def test_a_kernel_chosen_before_the_first_step_is_that_of_every_step(collected: int, monkeypatch):
    w = opened()
    monkeypatch.setattr(workbench, "kernel_for", lambda spec: "numpy")
    w.session = with_kernel(w.session, "another")
    for _ in range(collected):
        w.step_sample()
    w.choose_kernel()
    w.train(10)
    for step in (5, 0):
        w.go_to(step)
        assert bits(w.session.run) == bits(straight(step))
        w.choose_kernel()
        assert (w.session.run.kernel, w.session.run.seen) == ("numpy", 0)
    monkeypatch.setattr(workbench, "kernel_for", lambda spec: "another")
    w.choose_kernel()  # what lies ahead was made by the first
    assert w.session.run.kernel == "numpy"


def test_divergence_can_be_gone_back_from():
    w = opened(replace(suggested("plane"), samples=40, eta=100.0))
    assert not w.train(10_000)
    kept = bits(w.session.run)
    w.step_back()
    assert w.train(1)
    assert bits(w.session.run) == kept
    assert not w.train(1)
    assert bits(w.session.run) == kept


def counted(w: Workbench, gesture: Callable[[], Any], monkeypatch: pytest.MonkeyPatch) -> int:
    """How many steps the gesture makes."""
    made, repeat = 0, Trainer.repeat

    def count(self: Trainer, run: Run, steps: int, losses: Array | None = None) -> Run:
        nonlocal made
        made += steps
        return repeat(self, run, steps, losses)

    with monkeypatch.context() as patch:
        patch.setattr(Trainer, "repeat", count)
        gesture()
    return made


def test_few_steps_are_made_again_and_fewer_for_the_next_step_back(monkeypatch):
    monkeypatch.setattr(timeline, "MOST_RUNS", 8)
    w = opened()
    for _ in range(100):
        w.train(50)
    kept = [run.step for run in w.session.timeline.runs]
    gaps = np.diff(kept)
    step = kept[int(gaps.argmax()) + 1] - 1
    first = counted(w, lambda: w.go_to(step), monkeypatch)
    assert first == max(gaps) - 1 > 400
    for _ in range(10):
        assert counted(w, w.step_back, monkeypatch) <= np.sqrt(first)
    assert counted(w, lambda: w.compare(0, step), monkeypatch) <= max(gaps)


def test_a_long_burst_is_remembered_on_the_way(monkeypatch):
    monkeypatch.setattr(workbench, "STEPS_AT_ONCE", 20)
    w = opened()
    w.train(210)
    assert [run.step for run in w.session.timeline.runs] == [*range(0, 201, 20), 210]
    assert bits(w.session.run) == bits(straight(210))


def test_what_lies_ahead_and_what_is_kept_count_as_memory():
    w = opened()
    w.train(1)
    alone = held_bytes([w.session])
    for _ in range(9):
        w.train(1)
    assert held_bytes([w.session]) == alone + 9 * bytes_of(w.session.run)
    assert bytes_of(w.session.run) > sum(layer.weights.nbytes for layer in w.session.start.layers)
    end = w.session
    w.go_to(5)
    assert held_bytes([w.session]) >= held_bytes([end])


@dataclass(frozen=True, eq=False)
class Settings:
    """η, batch, mistake and what is frozen, as one edit left them."""

    eta: float
    batch: int | None
    mistake: str | None = None
    frozen: tuple[str, ...] = ()


@dataclass(eq=False)
class Step:
    """A step of the straight run: alone an update at a time, under the settings of each; every one is made once."""

    run: Run
    loss: float = float("nan")
    before: "Step | None" = None
    after: dict[Settings, "Step"] = field(default_factory=dict)
    made_under: Settings | None = None

    def back_to(self, step: int) -> "Step":
        found = self
        while found.run.step > step:
            assert found.before is not None
            found = found.before
        return found


@dataclass(frozen=True, eq=False)
class Place:
    """What the workbench should show: a step, the settings of the next, what is collected for it, and the end."""

    at: Step
    under: Settings
    seen: int = 0
    end: "Place | None" = None


class Journey(RuleBasedStateMachine):
    """A workbench used at random, against a straight run and a plain list of places for undo."""

    @initialize(
        spec=st.sampled_from([UNEVEN, MOMENTUM, COMPILED]),
        small=st.booleans(),
        before=st.lists(st.tuples(st.integers(1, 9), st.sampled_from([0.005, 0.05])), max_size=3),
    )
    def open(self, spec: Spec, small: bool, before: list[tuple[int, float]]) -> None:
        self.patch = pytest.MonkeyPatch()
        add_momentum(self.patch)
        if small:
            self.patch.setattr(timeline, "MOST_RUNS", 4)
            self.patch.setattr(past_module, "MOST_MOMENTS", 4)
            self.patch.setattr(envelope, "CAPACITY", 8)
            self.patch.setattr(workbench, "STEPS_AT_ONCE", 6)
        self.workbench = Workbench(start_session(spec))
        self.spec, self.data = spec, self.workbench.session.data
        self.start = self.workbench.session.run
        self.line = [Place(Step(self.start), Settings(spec.eta, spec.batch))]
        self.place = 0
        self.travelling = self.holding = False
        for steps, eta in before:
            self.train_on(steps)
            self.change_to(eta)
            self.train_on(steps)

    def teardown(self) -> None:
        """Everything that was passed is still there."""
        while self.place > 0:
            self.undo()
            self.is_where_the_list_says()
        while self.place + 1 < len(self.line):
            self.redo()
            self.is_where_the_list_says()
        self.patch.undo()

    @property
    def now(self) -> Place:
        return self.line[self.place]

    def further(self, step: Step, under: Settings) -> Step:
        if under not in step.after:
            changes = {"eta": under.eta, "batch": under.batch, "mistake": under.mistake, "frozen": under.frozen}
            spec = replace(self.spec, **changes)
            loss = np.empty(1)
            run = Trainer(spec, self.data, step.run.kernel).advance(step.run, 1, loss)
            step.after[under] = Step(run, float(loss[0]), step, {}, under)
        return step.after[under]

    def on(self, steps: int) -> None:
        """The present place after so many updates; the end stays in sight while it lies ahead."""
        at, end = self.now.at, self.now.end
        for _ in range(steps):
            at = self.further(at, self.now.under)
        if end is not None and (at.run.step >= end.at.run.step or end.at.back_to(at.run.step) is not at):
            end = None
        self.line[self.place] = Place(at, self.now.under, 0, end)

    def change(self, place: Place) -> None:
        self.line[self.place + 1 :] = [place]
        self.place += 1
        self.travelling = self.holding = False

    @rule(steps=st.integers(1, 12))
    def train(self, steps: int) -> None:
        self.train_on(steps)

    def train_on(self, steps: int) -> None:
        assert self.workbench.train(steps)
        self.on(steps)

    @rule()
    def step_epoch(self) -> None:
        steps = self.workbench.trainer.steps_to_epoch_end(self.workbench.session.run)
        assert self.workbench.step_epoch()
        self.on(steps)

    @rule()
    def step_sample(self) -> None:
        step = self.workbench.session.run.step
        assert self.workbench.step_sample()
        if self.workbench.session.run.step > step:
            self.on(1)
        else:
            self.line[self.place] = replace(self.now, seen=self.now.seen + 1)

    @rule(eta=st.sampled_from([0.005, 0.05, 0.1]))
    def change_eta(self, eta: float) -> None:
        self.change_to(eta)

    def change_to(self, eta: float) -> None:
        self.workbench.apply(edits.choose("η", eta=eta))
        self.change(Place(self.now.at, replace(self.now.under, eta=eta), self.now.seen))

    @rule(mistake=st.sampled_from(["slope-left-out", "updated-first", None]))
    def break_or_heal(self, mistake: str | None) -> None:
        self.workbench.apply(edits.choose("mistake", mistake=mistake))
        self.change(Place(self.now.at, replace(self.now.under, mistake=mistake), self.now.seen))

    @rule(batch=st.sampled_from([1, 3, 7, None]))
    def change_batch(self, batch: int | None) -> None:
        self.workbench.apply(edits.choose("batch", batch=batch))
        seen = self.now.seen if batch == self.now.under.batch else 0
        self.change(Place(self.now.at, replace(self.now.under, batch=batch), seen))

    @rule(names=st.sampled_from([("W1",), ("b1[0]", "W2[1,0]"), ("W1[0,1]", "b2")]), thawed=st.booleans())
    def freeze(self, names: tuple[str, ...], thawed: bool) -> None:
        self.workbench.apply((edits.thaw if thawed else edits.freeze)(names, "these"))
        under = replace(self.now.under, frozen=self.workbench.session.spec.frozen)
        self.change(Place(self.now.at, under, self.now.seen))

    @rule(
        item=st.sampled_from([Edge(1, 0, 1), Edge(2, 2, 0), Node(1, 0)]),
        value=st.sampled_from([-0.5, 0.25, 1.0]),
        held=st.booleans(),
    )
    def set_by_hand(self, item: Edge | Node, value: float, held: bool) -> None:
        """At this step another network, which takes the place of the one that was trained."""
        self.workbench.apply(edits.set_parameter(item, value, "it", merge="drag" if held else None))
        at = self.now.at
        run = replace(at.run, network=with_parameter(at.run.network, item, value))
        there = Place(replace(at, run=run, after={}), replace(self.now.under), self.now.seen)
        if held and self.holding:
            self.line[self.place :] = [there]
        else:
            self.change(there)
        self.holding = held

    @precondition(lambda self: self.now.end is not None)
    @rule()
    def branch(self) -> None:
        self.workbench.apply(edits.branch())
        self.change(Place(self.now.at, replace(self.now.under), self.now.seen))

    @rule()
    def start_again(self) -> None:
        """From the same start, or it would be no run to compare with."""
        self.workbench.apply(edits.reset())
        self.change(Place(Step(self.start), replace(self.now.under)))

    @rule(share=st.floats(0.0, 1.0))
    def go_to(self, share: float) -> None:
        end = self.now.end or self.now
        self.travel(round(share * end.at.run.step))

    @rule(data=st.data())
    def go_to_a_change(self, data: st.DataObject) -> None:
        """Where settings were changed, or a step beside."""
        legs = self.workbench.session.whole.legs
        end = (self.now.end or self.now).at.run.step
        step = data.draw(st.sampled_from(legs)).step + data.draw(st.integers(-1, 1))
        self.travel(min(max(step, 0), end))

    @precondition(lambda self: len(self.workbench.session.whole.legs) > len(self.workbench.session.legs))
    @rule(further=st.integers(0, 2))
    def train_past_a_change(self, further: int) -> None:
        session = self.workbench.session
        self.train_on(max(1, session.whole.legs[len(session.legs)].step - session.run.step + further))

    @rule()
    def step_back(self) -> None:
        run = self.now.at.run
        self.travel(run.step if self.now.seen else max(0, run.step - 1), self.workbench.step_back)

    def travel(self, step: int, gesture: Callable[[], None] | None = None) -> None:
        before, end = self.now, self.now.end or self.now
        (gesture or (lambda: self.workbench.go_to(step)))()
        if step == before.at.run.step and not before.seen:
            return
        if step == end.at.run.step and not end.seen:
            there = end
        else:
            at = end.at.back_to(step)
            under = end.under if at is end.at else end.at.back_to(step + 1).made_under
            assert under is not None
            there = Place(at, under, 0, end)
        if self.travelling and before.end is not None:
            if self.line[self.place - 1] is there:
                self.place -= 1
                self.travelling = self.holding = False
            else:
                self.line[self.place] = there
        else:
            self.change(there)
            self.travelling = True

    @precondition(lambda self: self.place > 0)
    @rule()
    def undo(self) -> None:
        self.workbench.undo()
        self.place -= 1
        self.travelling = self.holding = False

    @precondition(lambda self: self.place + 1 < len(self.line))
    @rule()
    def redo(self) -> None:
        self.workbench.redo()
        self.place += 1
        self.travelling = self.holding = False

    @rule()
    def look(self) -> None:
        frame = self.workbench.frame()
        at = self.now.at
        assert all(moment.step <= at.run.step for moment in frame.past)
        for moment in frame.past:
            expected = at.back_to(moment.step).run
            assert bits(replace(expected, network=moment.network)) == bits(expected)
        assert frame.session.curve.rows[-1, CurveColumn.STEP] == at.run.step
        assert np.all(np.diff(frame.session.curve.rows[:, CurveColumn.STEP]) > 0)

    @rule(one=st.floats(0.0, 1.0), other=st.floats(0.0, 1.0))
    def compare(self, one: float, other: float) -> None:
        end = (self.now.end or self.now).at
        steps = [round(share * end.run.step) for share in (one, other)]
        found = self.workbench.compare(*steps)
        for standing, step in zip((found.before, found.after), steps, strict=True):
            assert bits(replace(standing.session.run, seen=0)) == bits(end.back_to(step).run)

    @rule()
    def ask_what_made_it(self) -> None:
        self.workbench.perform(MadeWish())
        frame, at = self.workbench.prepared(self.workbench.frame()), self.now.at
        while at.before is not None and frame.made is None:
            frame = self.workbench.prepared(frame)
        by_hand = {leg.item for leg in frame.session.legs if leg.step == at.run.step}
        network, every = frame.network, all_parameters(frame.network)
        assert {item for item in every if origin_of(frame.session, item) is not None} == (
            by_hand & {*every} if at.before is not None else {*every}
        )
        if frame.made is None:
            return
        update, under = frame.made.update, at.made_under
        assert at.before is not None
        assert under is not None
        assert bits(replace(at.before.run, network=update.network)) == bits(at.before.run)
        made = at.before.after[under].run
        assert bits(replace(made, network=update.after)) == bits(made)
        assert all(parameter(update.after, item) == parameter(network, item) for item in every if item not in by_hand)
        assert (update.eta, update.mistake, update.frozen) == (under.eta, under.mistake, under.frozen)
        assert np.array_equal(update.x, frame.session.data.x[frame.made.rows])

    @invariant()
    def is_where_the_list_says(self) -> None:
        session, now = self.workbench.session, self.now
        assert bits(session.run) == bits(replace(now.at.run, seen=now.seen))
        spec, under = session.spec, now.under
        assert (spec.eta, spec.batch, spec.frozen) == (under.eta, under.batch, under.frozen)
        assert self.workbench.trainer.spec == session.spec
        assert (session.ahead is None) == (now.end is None)
        if now.end is not None:
            assert bits(session.whole.run) == bits(replace(now.end.at.run, seen=now.end.seen))
        assert (self.workbench.history.undo_label is None) == (self.place == 0)
        assert (self.workbench.history.redo_label is None) == (self.place + 1 == len(self.line))
        assert_losses(session, now.at)
        assert all(run.step <= session.run.step for run in session.timeline.runs)


def all_parameters(network: Network) -> list[Edge | Node]:
    """Every weight and every bias."""
    weights = [Edge(k, *at) for k, w in enumerate(network.weights, start=1) for at in np.ndindex(*w.shape)]
    return [*weights, *(Node(k, j) for k, b in enumerate(network.biases, start=1) for j in range(len(b)))]


def assert_losses(session: Session, at: Step) -> None:
    """Those of every step that led here, as far as they are kept apart."""
    losses = list[float]()
    while at.before is not None:
        losses.insert(0, at.loss)
        at = at.before
    series = session.batch_losses
    assert series.length == len(losses)
    cut = [losses[first : first + series.stretch] for first in range(0, len(losses), series.stretch)]
    assert series.rows.tolist() == [[min(each), max(each)] for each in cut]


Journey.TestCase.settings = settings(max_examples=150, stateful_step_count=30)
test_any_way_through_a_run_is_that_of_a_straight_run = Journey.TestCase
