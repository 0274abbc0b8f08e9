"""Undo and redo: against a plain list of values, and on the real workbench, where weights must return to the bit."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from core import edits
from core.errors import InputError
from core.history import LIMIT, History
from core.session import CurveColumn, Session, start_session
from core.spec import suggested
from core.workbench import Workbench


def test_there_and_back():
    history: History[str] = History()
    history.record("one", "A")
    history.record("two", "B")
    assert (history.undo_label, history.redo_label) == ("two", None)
    assert history.undo("C") == "B"
    assert (history.undo_label, history.redo_label) == ("one", "two")
    assert history.undo("B") == "A"
    assert (history.undo_label, history.redo_label) == (None, "one")
    assert history.redo("A") == "B"
    assert history.redo("B") == "C"
    assert (history.undo_label, history.redo_label) == ("two", None)


def test_nothing_to_go_back_to():
    history: History[str] = History()
    assert history.undo_label is None
    assert history.redo_label is None
    with pytest.raises(IndexError):
        history.undo("A")
    with pytest.raises(IndexError):
        history.redo("A")


def test_what_came_after_is_lost_by_another_change():
    history: History[str] = History()
    history.record("one", "A")
    history.undo("B")
    history.record("other", "A")
    assert history.redo_label is None
    assert history.undo("C") == "A"


def test_one_gesture_undoes_as_one_and_is_called_by_its_last_label():
    history: History[int] = History()
    history.record("before", 0)
    for value in range(1, 5):
        history.record(f"to {value + 1}", value, merge="slide")
    assert history.undo_label == "to 5"
    assert history.undo(5) == 1
    assert history.undo_label == "before"
    assert history.redo(1) == 5


@pytest.mark.parametrize("between", ["another gesture", "no gesture", "undo", "undo and redo"])
def test_a_gesture_ends_with_the_next_thing_done(between):
    history: History[str] = History()
    history.record("slide", "A", merge="slide 1")
    if between.startswith("undo"):
        now = history.undo("B")
        if between == "undo and redo":
            now = history.redo(now)
    else:
        history.record("between", "B", merge="slide 2" if between == "another gesture" else None)
        now = "C"
    history.record("slide", now, merge="slide 1")
    assert history.undo("Z") == now


def test_the_oldest_are_forgotten():
    history: History[int] = History()
    for value in range(LIMIT + 50):
        history.record(str(value), value)
    undone = []
    while history.undo_label is not None:
        undone.append(history.undo(-1))
    assert undone == list(range(LIMIT + 49, 49, -1))


def test_the_oldest_can_be_given_up_and_the_rest_stays():
    history: History[str] = History()
    for value in "ABC":
        history.record(value, value)
    history.undo("D")
    history.forget_oldest()
    assert (history.values, len(history)) == (["B", "D"], 1)
    assert history.undo("C") == "B"
    assert history.undo_label is None


@given(st.lists(st.sampled_from(["change", "slide", "change under way", "undo", "redo"])))
def test_a_list_of_values_and_a_place_in_it(gestures: list[str]):
    """What undo and redo mean: a time line; a change cuts off what comes after, and one place is now."""
    history: History[int] = History()
    line, place, merging = [0], 0, False
    for number, gesture in enumerate(gestures, start=1):
        if gesture == "change under way":  # training, of which history knows nothing
            line[place] = number
        elif gesture == "undo" and place > 0:
            place -= 1
            assert history.undo(line[place + 1]) == line[place]
            merging = False
        elif gesture == "redo" and place + 1 < len(line):
            place += 1
            assert history.redo(line[place - 1]) == line[place]
            merging = False
        elif gesture in ("change", "slide"):
            slides = gesture == "slide"
            history.record(gesture, line[place], merge="slide" if slides else None)
            del line[place + 1 :]
            if slides and merging:
                line[place] = number
            else:
                line.append(number)
                place += 1
            merging = slides
        assert (history.undo_label is None) == (place == 0)
        assert (history.redo_label is None) == (place + 1 == len(line))


SMALL = replace(suggested("circle"), samples=23, train_share=1.0, batch=5, hidden=(3,), activations=("tanh", "tanh"))
EDITS = (
    edits.choose("η", eta=0.2),
    edits.choose("batch of 3", batch=3),
    edits.choose("full batch", batch=None),
    edits.choose("order kept", shuffle=False),
    edits.choose("noise", noise=10.0),
    edits.choose_dataset("xor"),
    edits.choose_loss("mean-squared-error"),
    edits.choose_loss("binary-cross-entropy"),
    edits.choose_activation(1, "relu"),
    edits.resize_layer(1, 2),
    edits.add_layer(),
    edits.remove_layer(),
    edits.reset(),
    edits.new_seed(),
)


def snapshot(session: Session) -> tuple[Any, ...]:
    """All of a session, as bytes and plain values."""
    run, networks = session.run, (session.start, session.run.network)
    arrays = [array for network in networks for array in (*network.weights, *network.biases)]
    # When a run is left, the losses of its last step join the curve.
    curve = session.curve.rows[session.curve.rows[:, CurveColumn.STEP] < run.step]
    arrays += [run.state, session.data.x, session.data.t, curve, session.batch_losses.rows]
    where = (run.kernel, run.step, run.epoch, run.start, run.seen, session.data.train)
    names = [(network.activations, network.loss, network.biased) for network in networks]
    return (session.spec, where, names, *(array.tobytes() for array in arrays))


class Timeline(RuleBasedStateMachine):
    """A workbench used at random. Whatever is not the present may not change; undo and redo walk over it."""

    @initialize(dataset=st.sampled_from(["xor", "circle"]))
    def open(self, dataset: str) -> None:
        self.workbench = Workbench(start_session(SMALL if dataset == "circle" else suggested("xor")))
        self.line = [snapshot(self.workbench.session)]
        self.place = 0
        self.slide = ""

    def now(self) -> tuple[Any, ...]:
        return snapshot(self.workbench.session)

    @rule(edit=st.sampled_from(EDITS))
    def edit(self, edit: edits.Edit) -> None:
        before = self.now()
        try:
            self.workbench.apply(edit)
        except InputError:
            assert self.now() == before
            return
        self.line[self.place + 1 :] = [self.now()]
        self.place += 1
        self.slide = ""

    @rule(gesture=st.sampled_from(["one drag", "other drag"]), eta=st.sampled_from([0.01, 0.1, 0.5]))
    def drag(self, gesture: str, eta: float) -> None:
        self.workbench.apply(edits.choose("η", merge=gesture, eta=eta))
        self.place += gesture != self.slide
        self.line[self.place :] = [self.now()]
        self.slide = gesture

    @rule(steps=st.integers(1, 12))
    def train(self, steps: int) -> None:
        assert self.workbench.train(steps)
        self.line[self.place] = self.now()

    @rule(step=st.sampled_from([Workbench.step_sample, Workbench.step_batch, Workbench.step_epoch]))
    def step(self, step: Any) -> None:
        assert step(self.workbench)
        self.line[self.place] = self.now()

    @rule()
    def look(self) -> None:
        frame = self.workbench.frame()
        assert (frame.undo is None) == (self.place == 0)
        assert (frame.redo is None) == (self.place + 1 == len(self.line))
        self.line[self.place] = self.now()  # its losses have joined the curve

    @precondition(lambda self: self.place > 0)
    @rule()
    def undo(self) -> None:
        self.workbench.undo()
        self.place -= 1
        self.slide = ""

    @precondition(lambda self: self.place + 1 < len(self.line))
    @rule()
    def redo(self) -> None:
        self.workbench.redo()
        self.place += 1
        self.slide = ""

    @invariant()
    def is_where_the_list_says(self) -> None:
        assert self.now() == self.line[self.place]

    def teardown(self) -> None:
        """Everything that was passed is still there."""
        while self.place > 0:
            self.undo()
            self.is_where_the_list_says()
        while self.place + 1 < len(self.line):
            self.redo()
            self.is_where_the_list_says()


Timeline.TestCase.settings = settings(max_examples=120, stateful_step_count=25)
test_undo_and_redo_on_the_workbench = Timeline.TestCase
