"""The workbench: steps of every size agree to the bit, refused edits change nothing, divergence keeps what was good."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from core import edits, workbench
from core.activations import ACTIVATIONS
from core.arrays import all_finite
from core.errors import InputError
from core.formats import Document
from core.network import forward, sample_losses
from core.selection import SampleChoice
from core.session import CurveColumn, Session, start_session
from core.spec import Spec, suggested
from core.training import Run, Trainer, draw_start
from core.workbench import Workbench

# 23 rows in batches of 5: five updates an epoch, the last on 3 rows.
UNEVEN = replace(suggested("circle"), samples=23, train_share=1.0, batch=5, hidden=(3,), activations=("tanh", "tanh"))
WILD = replace(suggested("plane"), samples=40, eta=100.0)
STEPS = [Workbench.step_sample, Workbench.step_batch, Workbench.step_epoch, lambda w: w.train(3)]


def opened(spec: Spec = UNEVEN) -> Workbench:
    return Workbench(start_session(spec))


def position(run: Run) -> tuple[int, int, int, int]:
    return run.step, run.epoch, run.start, run.seen


def state(session: Session) -> tuple[Any, ...]:
    """Where the run stands, and its parameters to the bit."""
    run = session.run
    return position(run), [array.tobytes() for array in (*run.network.weights, *run.network.biases, run.state)]


def everything(w: Workbench) -> tuple[Any, ...]:
    """All that an edit may change, by identity."""
    return (w.session, w.generation, w.sample, w.notice, w.trainer, w.history.undo_label, w.history.redo_label)


@pytest.mark.parametrize(
    "changes",
    [{}, {"shuffle": False}, {"batch": 1}, {"batch": None}, {"batch": 23}, {"batch": 100}, {"batch": 22}],
    ids=str,
)
def test_a_step_by_sample_as_often_as_the_batch_is_long_is_a_step_by_batch(changes: dict):
    by_sample, by_batch = opened(replace(UNEVEN, **changes)), opened(replace(UNEVEN, **changes))
    while by_batch.session.run.epoch < 3:
        rows = by_batch.frame().batch.tolist()
        before, chosen = state(by_sample.session), []
        for seen in range(len(rows)):
            assert by_sample.session.run.seen == seen
            assert state(by_sample.session)[1] == before[1]  # no parameter moves before the batch is full
            assert by_sample.step_sample()
            chosen.append(by_sample.sample)
        assert chosen == rows
        assert by_batch.step_batch()
        assert state(by_sample.session) == state(by_batch.session) != before


def test_the_batches_of_an_epoch_hold_every_training_row_once():
    w = opened(replace(UNEVEN, samples=60, train_share=0.5, batch=7))
    for _ in range(3):
        rows: list[int] = []
        for _ in range(w.trainer.steps_per_epoch):
            rows += w.frame().batch.tolist()
            w.step_batch()
        assert sorted(rows) == list(range(30))
        assert position(w.session.run)[2:] == (0, 0)


@given(st.lists(st.tuples(st.integers(0, 8), st.sampled_from([1, 3, 5, 8, None])), max_size=8))
def test_a_batch_size_changed_in_the_middle_of_a_batch_begins_that_batch_again(plan: list[tuple[int, int | None]]):
    """Whatever samples were collected, the updates are those of somebody who only steps by whole batches."""
    collecting, plain = opened(), opened()
    for samples, batch in plan:
        for _ in range(samples):
            step = collecting.session.run.step
            collecting.step_sample()
            if collecting.session.run.step > step:
                plain.step_batch()
        changes = batch != plain.session.spec.batch
        for each in (collecting, plain):
            each.apply(edits.choose("batch", batch=batch))
        if changes:
            assert state(collecting.session) == state(plain.session)
            assert collecting.session.run.seen == 0
        assert collecting.frame().batch.tolist() == plain.frame().batch.tolist()
    collecting.step_epoch()
    plain.step_epoch()
    assert state(collecting.session) == state(plain.session)


@pytest.mark.parametrize("samples", [0, 1, 4, 5, 7, 22])
def test_a_step_by_epoch_ends_the_epoch(samples: int):
    w, by_batch = opened(), opened()
    for _ in range(samples):
        w.step_sample()
    assert w.step_epoch()
    assert position(w.session.run) == (5, 1, 0, 0)
    for _ in range(5):
        by_batch.step_batch()
    assert state(w.session) == state(by_batch.session)
    assert w.step_epoch()
    assert position(w.session.run) == (10, 2, 0, 0)


@pytest.mark.parametrize("step", STEPS)
def test_a_step_says_that_all_went_well_and_takes_the_notice_back(step: Callable[[Workbench], bool]):
    w = opened()
    w.apply(edits.choose("η = 0.5", eta=0.5))
    assert w.notice == "Changed: η = 0.5."
    assert step(w)
    assert w.notice == ""


@pytest.mark.parametrize("step", STEPS)
def test_a_step_leaves_what_it_is_not_about(step: Callable[[Workbench], bool]):
    w = opened()
    before = w.session
    step(w)
    assert (w.session.spec, w.session.data, w.session.start) == (before.spec, before.data, before.start)
    assert w.generation == 0
    assert w.history.undo_label is None
    assert position(before.run) == (0, 0, 0, 0)


MISTAKES = {
    "η": edits.choose("η", eta=-1.0),
    "batch": edits.choose("batch", batch=0),
    "layer": edits.resize_layer(9, 4),
    "loss": edits.choose("loss", loss="softmax-cross-entropy"),
    "numbers of no layer": edits.set_parameters(3, np.zeros((3, 1)), np.zeros(1)),
    "numbers of another size": edits.set_parameters(1, np.zeros((3, 2)), np.zeros(3)),
    "file": edits.open_document(Document(draw_start(suggested("parity-3"))), "parity.npz"),
    "file with choices": edits.open_document(Document(draw_start(suggested("parity-3")), UNEVEN), "parity.npz"),
}


@pytest.mark.parametrize("edit", MISTAKES.values(), ids=MISTAKES.keys())
def test_a_refused_edit_changes_nothing(edit: edits.Edit):
    w = opened()
    w.apply(edits.choose("one", eta=0.2))
    w.apply(edits.choose("two", eta=0.3))
    w.undo()
    w.step_sample()
    w.frame()
    before, shown = everything(w), w.frame().deltas
    with pytest.raises(InputError):
        w.apply(edit)
    assert everything(w) == before
    assert np.array_equal(w.frame().deltas, shown)


def test_a_refused_edit_does_not_end_a_gesture():
    w = opened()
    w.apply(edits.choose("η", merge="drag", eta=0.2))
    with pytest.raises(InputError):
        w.apply(edits.choose("η", merge="drag", eta=0.0))
    w.apply(edits.choose("η", merge="drag", eta=0.3))
    w.undo()
    assert w.session.spec == UNEVEN
    assert w.history.undo_label is None


def test_an_edit_for_which_memory_is_wanting_changes_nothing(monkeypatch):
    w = opened()
    before = everything(w)

    def too_large(*_: Any) -> Trainer:
        raise MemoryError

    monkeypatch.setattr(workbench, "Trainer", too_large)
    with pytest.raises(MemoryError):
        w.apply(edits.choose("samples", samples=1000))
    monkeypatch.undo()
    assert everything(w) == before
    assert w.step_epoch()


@pytest.mark.parametrize("changes", [{"eta": 0.5}, {"batch": 3}], ids=str)
def test_a_live_edit_keeps_weights_curve_and_history_of_deltas(changes: dict):
    w = opened()
    for _ in range(3):
        w.step_batch()
        w.frame()
    before = w.session
    shown = w.frame()
    w.apply(edits.choose("it", **changes))
    after = w.frame()
    assert state(after.session) == state(before)
    assert after.session.curve.rows.tobytes() == before.curve.rows.tobytes()
    assert after.deltas.tolist() == shown.deltas.tolist()
    assert w.step_batch()
    other = opened()
    other.train(3)
    other.step_batch()
    assert state(w.session)[0][0] == 4
    assert state(w.session) != state(other.session)  # but the next update is another


def test_other_edits_undo_and_redo_forget_curve_and_deltas_of_another_start():
    w = opened()
    for _ in range(4):
        w.step_batch()
        w.frame()
    for change in (lambda: w.apply(edits.new_seed()), w.undo, w.redo, lambda: w.apply(edits.reset())):
        w.step_batch()
        w.frame()
        change()
        frame = w.frame()
        assert frame.deltas[:, 0].tolist() == [frame.session.run.step]
        assert frame.session.curve.rows[-1, CurveColumn.STEP] == frame.session.run.step


def test_training_is_undone_with_the_edit_before_it_and_redone_with_it():
    w = opened()
    w.train(7)
    seven = state(w.session)
    w.apply(edits.resize_layer(1, 5))
    w.train(3)
    three = state(w.session)
    w.undo()
    assert state(w.session) == seven
    assert w.notice == "Undone: 5 units in hidden layer 1."
    w.redo()
    assert state(w.session) == three
    assert w.notice == "Redone: 5 units in hidden layer 1."
    assert w.train(2)
    assert w.session.run.step == 5


def test_undo_and_redo_without_anything_to_do_leave_all_as_it_is():
    w = opened()
    before = everything(w)
    w.undo()
    w.redo()
    assert everything(w) == before


@pytest.mark.parametrize(("row", "shown"), [(-5, 0), (0, 0), (22, 22), (23, 22), (10**9, 22)])
def test_a_row_outside_is_brought_to_the_nearest(row: int, shown: int):
    w = opened()
    w.choose_sample(11)
    w.perform(SampleChoice(row))
    assert w.sample == w.frame().sample == shown
    assert w.generation == 0
    assert w.history.undo_label is None


def test_a_choice_of_sample_begins_its_history_of_deltas():
    w = opened()
    for _ in range(3):
        w.step_batch()
        w.frame()
    w.choose_sample(0)
    assert w.frame().deltas[:, 0].tolist() == [1, 2, 3]
    w.choose_sample(1)
    assert w.frame().deltas[:, 0].tolist() == [3]


def test_other_data_show_their_first_sample_and_the_same_data_the_same():
    w = opened()
    w.choose_sample(20)
    w.perform(edits.resize_layer(1, 5))
    assert w.sample == 20
    w.perform(edits.choose_dataset("xor"))
    assert w.sample == 0
    w.choose_sample(3)
    w.undo()
    assert w.sample == 0


def test_divergence_keeps_the_last_state_that_could_make_a_step_and_says_what_failed():
    w, by_step = opened(WILD), opened(WILD)
    while by_step.train(1):
        pass
    assert not w.train(10_000)
    assert state(w.session) == state(by_step.session)
    kept = w.session.run
    assert kept.step > 0
    assert all_finite(*kept.network.weights, *kept.network.biases)
    said = re.match(
        r"(?:The \S.* of layer \d+|δ of layer \d+|The loss E) is not finite at step (\d+), so training stopped;"
        r" the state of step (\d+) is kept\. A smaller learning rate \(η is 100\)",
        w.notice,
    )
    assert said, w.notice
    assert [int(number) for number in said.groups()] == [kept.step + 1, kept.step]
    assert by_step.notice == w.notice == w.frame().notice


@pytest.mark.parametrize("step", STEPS[:3])
def test_every_kind_of_step_can_diverge_and_then_stays(step: Callable[[Workbench], bool]):
    w = opened(replace(WILD, batch=2))
    for _ in range(10_000):
        if not step(w):
            break
    kept = state(w.session)
    assert "is not finite at step" in w.notice
    assert not w.step_epoch()
    assert state(w.session)[1] == kept[1]


def test_after_divergence_more_care_or_the_start_lead_on():
    w = opened(WILD)
    start = state(w.session)
    w.train(10_000)
    w.apply(edits.choose("η", eta=1e-6))
    assert w.train(5)
    w.undo()
    assert not w.train(5)
    w.apply(edits.reset())
    assert state(w.session) == start
    assert w.notice == "Changed: reset. Training begins anew; undo brings it back."


def test_a_fast_run_leaves_points_on_the_curve_between_two_frames():
    bench = Workbench(start_session(suggested("xor")))
    bench.frame()
    for _ in range(5):
        bench.train(7)
        bench.observe()
        bench.observe()
    rows = bench.session.curve.rows
    assert rows[:, CurveColumn.STEP].tolist() == [0, 7, 14, 21, 28, 35]
    assert rows[-1, CurveColumn.TRAIN_LOSS] == bench.frame().train.data_loss


def test_large_sets_are_not_evaluated_between_two_frames():
    bench = Workbench(start_session(replace(suggested("circle"), samples=5000)))
    bench.frame()
    bench.train(3)
    bench.observe()
    assert bench.session.curve.length == 1


def losses(session: Session) -> list[float]:
    """The loss of every step; as long as they are few, least and largest of each are one."""
    rows = session.batch_losses.rows
    assert session.batch_losses.length == len(rows)
    assert rows[:, 0].tolist() == rows[:, 1].tolist()
    return rows[:, 0].tolist()


def by_hand(before: Session, after: Session) -> list[float]:
    """The losses of the steps between, one update at a time, each before its update."""
    trainer, run, found = Trainer(before.spec, before.data, before.run.kernel), before.run, []
    while run.step < after.run.step:
        rows = trainer.next_batch(run)
        trace = forward(run.network, before.data.x_train[rows])
        found.append(float(sample_losses(run.network, trace, before.data.t_train[rows]).mean()))
        run = trainer.advance(run, 1)
    return found


PAIRS = [("tanh", "half-squared-error"), ("identity", "mean-squared-error"), ("sigmoid", "mean-squared-error")]
CLASS_PAIRS = [("sigmoid", "binary-cross-entropy"), ("softmax", "softmax-cross-entropy"), ("softmax", PAIRS[0][1])]


@st.composite
def specs(draw: st.DrawFn) -> Spec:
    spec = suggested(draw(st.sampled_from(["xor", "circle", "blobs-3", "sine", "plane"])))
    hidden = tuple(draw(st.lists(st.integers(2, 4), max_size=2)))
    output, loss = draw(st.sampled_from(PAIRS + CLASS_PAIRS if spec.source.classes else PAIRS))
    if not spec.source.table:
        spec = replace(spec, samples=draw(st.integers(2, 12)), train_share=draw(st.sampled_from([0.5, 1.0])))
    return replace(
        spec,
        hidden=hidden,
        activations=(*(draw(st.sampled_from(ACTIVATIONS.names())) for _ in hidden), output),
        loss=loss,
        biased=draw(st.booleans()),
        eta=draw(st.sampled_from([0.001, 0.01])),
        batch=draw(st.sampled_from([1, 2, 3, 5, None])),
        shuffle=draw(st.booleans()),
        seed=draw(st.integers(0, 1000)),
    )


@settings(max_examples=150)
@given(spec=specs(), gestures=st.lists(st.integers(0, 9) | st.sampled_from([*STEPS[:3], "η", "batch"]), max_size=12))
def test_every_step_leaves_the_loss_of_its_batch_before_its_update(spec: Spec, gestures: list[Any]):
    w, expected = opened(spec), list[float]()
    for gesture in gestures:
        before = w.session
        if isinstance(gesture, int):
            w.train(gesture)
        elif gesture == "η":
            w.apply(edits.choose("η", eta=0.005))
        elif gesture == "batch":
            w.apply(edits.choose("batch", batch=4))
        else:
            gesture(w)
        # What explodes loses its digits; divergence has a test of its own.
        assume(max(np.abs(weights).max() for weights in w.session.run.network.weights) < 100)
        expected += by_hand(before, w.session)
        assert len(losses(w.session)) == w.session.run.step
        np.testing.assert_allclose(losses(w.session), expected, rtol=1e-12, atol=1e-12)
    assert losses(w.frame().session) == losses(w.session)


@pytest.mark.parametrize("steps", [1, 7, 10_000])
def test_divergence_leaves_the_losses_of_the_steps_that_are_kept(steps: int):
    w = opened(WILD)
    while w.train(steps):
        pass
    kept = w.session.run.step
    assert kept > 0
    assert len(losses(w.session)) == kept
    assert np.isfinite(losses(w.session)).all()
    np.testing.assert_allclose(losses(w.session), by_hand(start_session(WILD), w.session), rtol=1e-12, atol=1e-12)
    before = losses(w.session)
    assert not w.train(steps)
    assert losses(w.session) == before
    w.apply(edits.choose("η", eta=1e-6))
    assert w.train(3)
    assert losses(w.session)[:kept] == before
    assert len(losses(w.session)) == kept + 3


NEW_STARTS = {
    "reset": edits.reset(),
    "seed": edits.new_seed(),
    "layer": edits.resize_layer(1, 2),
    "data set": edits.choose_dataset("xor"),
    "numbers": edits.set_parameters(2, np.zeros((3, 1)), np.zeros(1)),
    "file": edits.open_document(Document(draw_start(UNEVEN)), "circle.npz"),
}


@pytest.mark.parametrize("edit", NEW_STARTS.values(), ids=NEW_STARTS.keys())
def test_a_new_start_has_no_losses_and_undo_brings_back_those_that_were(edit: edits.Edit):
    w = opened()
    w.train(7)
    seven = w.session.batch_losses.rows.tobytes()
    w.apply(edit)
    assert losses(w.session) == []
    w.train(3)
    three = w.session.batch_losses.rows.tobytes()
    assert len(losses(w.session)) == 3
    w.undo()
    assert w.session.batch_losses.rows.tobytes() == seven
    w.redo()
    assert w.session.batch_losses.rows.tobytes() == three


def test_frames_keep_the_losses_they_had_when_training_goes_on_another_way():
    w = opened()
    w.train(4)
    frames = [w.frame()]
    for gesture in (
        lambda: w.train(3),
        lambda: w.apply(edits.choose("η", eta=0.9)),
        lambda: w.train(3),
        w.undo,
        lambda: w.train(2),
        w.redo,
        lambda: w.train(5),
    ):
        gesture()
        frames.append(w.frame())
    assert [len(losses(frame.session)) for frame in frames] == [4, 7, 7, 10, 7, 9, 10, 15]
    faster, slower = losses(frames[3].session), losses(frames[5].session)
    assert faster[:8] == losses(frames[-1].session)[:8]
    assert slower[:8] == faster[:8]  # the first loss after the change is of the same network
    assert slower[8] != faster[8]
    for before, after in ((0, 1), (1, 3), (1, 5), (3, 7)):
        assert losses(frames[after].session)[: len(losses(frames[before].session))] == losses(frames[before].session)


@pytest.mark.parametrize("spent", [True, False])
@pytest.mark.parametrize(
    "gesture", ["numbers of layer 1", "open mine.npz", "reset", "new seed", "one hidden layer more"]
)
def test_whatever_begins_anew_says_so_where_steps_are_given_up(gesture: str, spent: bool):
    w = opened()
    w.train(20 * spent)
    run, spec = w.session.run, w.session.spec
    first = run.network.layers[0]
    edit = {
        "numbers of layer 1": edits.set_parameters(1, first.weights.copy(), first.biases.copy()),
        "open mine.npz": edits.open_document(Document(run.network, spec), "mine.npz"),
        "reset": edits.reset(),
        "new seed": edits.new_seed(),
        "one hidden layer more": edits.add_layer(),
    }[gesture]
    assert edit.label == gesture
    w.apply(edit)
    assert w.notice == f"Changed: {gesture}." + spent * " Training begins anew; undo brings it back."
    w.undo()
    assert w.session.run is run


@pytest.mark.parametrize("steps", [3, 80])
def test_a_run_gone_back_to_is_not_said_to_begin_anew(steps: int):
    w = opened()
    w.train(20)
    w.apply(edits.new_seed())
    assert w.notice == "Changed: new seed. Training begins anew; undo brings it back."
    w.train(steps)
    w.apply(edits.reopen(w.frame().finished[0]))
    assert w.notice == "Changed: reopen run 1."
