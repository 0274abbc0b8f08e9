"""Frames: every number is what core/network.py makes of the very state that they show, and none ever changes."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core import edits
from core import frame as module
from core.arrays import Array
from core.datasets import ENCODINGS
from core.envelope import Envelope
from core.formats import Document
from core.frame import Frame, batch_pass
from core.network import Network, backward, forward, sample_losses
from core.selection import ItemChoice, Node, OwnInput
from core.series import Series
from core.session import CurveColumn, start_session
from core.spec import Spec, suggested
from core.training import Evaluation
from core.workbench import DELTA_HISTORY, Workbench

SPECS = {
    "classes": replace(
        suggested("circle"), samples=50, train_share=0.46, batch=5, hidden=(3, 2), activations=("tanh", "relu", "tanh")
    ),
    "several classes": replace(suggested("blobs-3"), samples=30, batch=4),
    "all rows train": suggested("xor"),
    "regression": replace(suggested("sine"), samples=40, hidden=(3,), activations=("tanh", "identity")),
}
UNEVEN = SPECS["classes"]  # 23 rows to train on
EDITS = {
    "η": edits.choose("η", eta=0.4),
    "batch": edits.choose("batch", batch=3),
    "order": edits.choose("order kept", shuffle=False),
    "loss": edits.choose_loss("mean-squared-error"),
    "loss and output": edits.choose_loss("binary-cross-entropy"),
    "noise": edits.choose("noise", noise=20.0),
    "share": edits.choose("share", train_share=0.8),
    "targets": edits.choose("targets", targets="zero-one"),
    "layer": edits.resize_layer(1, 5),
    "data set": edits.choose_dataset("xor"),
    "seed": edits.new_seed(),
    "reset": edits.reset(),
}


def opened(spec: Spec = UNEVEN) -> Workbench:
    return Workbench(start_session(spec))


def expected(network: Network, x: Array, t: Array, encoding: str | None) -> Evaluation | None:
    """Loss and accuracy over the rows x, t, a row at a time."""
    if not len(x):
        return None
    traces = [forward(network, x[row : row + 1]) for row in range(len(x))]
    losses = [sample_losses(network, trace, t[row : row + 1])[0] for row, trace in enumerate(traces)]
    accuracy = None
    if encoding is not None:
        outputs = [trace.y[0] for trace in traces]
        if t.shape[1] == 1:
            threshold = ENCODINGS[encoding].threshold
            right = [(y[0] > threshold) == (target[0] > threshold) for y, target in zip(outputs, t, strict=True)]
        else:
            right = [y.argmax() == target.argmax() for y, target in zip(outputs, t, strict=True)]
        accuracy = sum(right) / len(right)
    return Evaluation(float(sum(losses) / len(losses)), 0.0, accuracy)


def assert_evaluates(evaluation: Evaluation | None, wanted: Evaluation | None) -> None:
    if evaluation is None or wanted is None:
        assert evaluation is wanted
        return
    assert evaluation.data_loss == pytest.approx(wanted.data_loss, rel=1e-12)
    assert evaluation.penalty == 0.0
    assert evaluation.objective == evaluation.data_loss
    assert evaluation.accuracy == wanted.accuracy


def assert_true(frame: Frame) -> None:
    """Whatever the frame says of losses, sample and batch is so."""
    session, data = frame.session, frame.session.data
    network = session.run.network
    assert_evaluates(frame.train, expected(network, data.x[: data.train], data.t[: data.train], data.encoding))
    assert_evaluates(frame.test, expected(network, data.x[data.train :], data.t[data.train :], data.encoding))
    x, t = data.x[[frame.sample]], data.t[[frame.sample]]
    trace = forward(network, x)
    gradient = backward(network, trace, t)
    assert frame.sample_loss == sample_losses(network, trace, t)[0]
    pairs = [(frame.trace.z, trace.z), (frame.trace.a, trace.a), (frame.gradient.delta, gradient.delta)]
    pairs += [(frame.gradient.weights, gradient.weights), (frame.gradient.biases, gradient.biases)]
    for ours, theirs in (*pairs, ((frame.gradient.x,), (gradient.x,))):
        assert [a.tolist() for a in ours] == [b.tolist() for b in theirs]
    deltas = np.concatenate([delta[0] for delta in gradient.delta])
    assert frame.deltas[-1].tolist() == [session.run.step, *deltas.tolist()]
    assert frame.epochs == pytest.approx(session.run.epoch + session.run.start / data.train)
    last = session.curve.rows[-1]
    assert last[[CurveColumn.EPOCH, CurveColumn.STEP]].tolist() == [frame.epochs, session.run.step]
    shown = [frame.train.data_loss, 0.0]
    shown += [np.nan if frame.test is None else frame.test.data_loss]
    shown += [np.nan if part is None or part.accuracy is None else part.accuracy for part in (frame.train, frame.test)]
    assert np.array_equal(last[CurveColumn.TRAIN_LOSS :], shown, equal_nan=True)


@pytest.mark.parametrize("spec", SPECS.values(), ids=SPECS.keys())
def test_every_number_is_that_of_the_state_it_shows(spec: Spec):
    w = opened(spec)
    assert_true(w.frame())
    for row in (1, 3, len(w.session.data.x) - 1):
        w.choose_sample(row)
        w.train(7)
        frame = w.frame()
        assert frame.sample == row
        assert_true(frame)
    w.step_sample()
    assert_true(w.frame())


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS.keys())
def test_losses_are_those_of_the_present_weights_after_every_edit_undo_and_redo(edit: edits.Edit):
    w = opened()
    w.train(9)
    before = w.frame()
    w.apply(edit)
    after = w.frame()
    assert_true(after)
    assert (after.generation, after.undo, after.redo) == (1, edit.label, None)
    w.undo()
    undone = w.frame()
    assert_true(undone)
    assert (undone.generation, undone.undo, undone.redo) == (2, None, edit.label)
    assert (undone.train, undone.test) == (before.train, before.test)
    w.redo()
    redone = w.frame()
    assert_true(redone)
    assert (redone.generation, redone.undo, redone.redo) == (3, edit.label, None)
    assert (redone.train, redone.test) == (after.train, after.test)


def test_the_history_of_deltas_is_that_of_the_frames_and_has_a_limit():
    w = opened(suggested("xor"))
    history = []
    for _ in range(DELTA_HISTORY + 20):
        w.train(2)
        frame = w.frame()
        history.append([frame.session.run.step, *np.concatenate([d[0] for d in frame.gradient.delta]).tolist()])
        w.frame()  # to look twice is not to move
    assert w.frame().deltas.tolist() == history[-DELTA_HISTORY:]


def test_the_history_of_deltas_begins_anew_with_a_file_that_is_opened_again():
    w = opened()
    again = edits.open_document(Document(w.session.start), "again.npz")
    w.apply(again)
    w.choose_sample(5)
    w.frame()
    w.apply(again)
    frame = w.frame()
    assert frame.sample == 0
    assert len(frame.deltas) == 1
    assert_true(frame)


@pytest.mark.parametrize("samples", [0, 3, 4, 7])
def test_the_next_batch_is_what_the_next_update_uses(samples: int):
    """An update on the rows that the frame names, by the equations, gives the weights of the next frame."""
    w = opened()
    for _ in range(samples):
        w.step_sample()
    before = w.frame()
    rows, network, data = before.batch, before.session.run.network, before.session.data
    assert len(rows) == 5
    gradient = backward(network, forward(network, data.x[rows]), data.t[rows])
    w.step_batch()
    after = w.frame().session.run.network
    for w_before, slope, w_after in zip(network.weights, gradient.weights, after.weights, strict=True):
        np.testing.assert_allclose(w_after, w_before - UNEVEN.eta * slope, rtol=1e-12, atol=1e-15)
    for b_before, slope, b_after in zip(network.biases, gradient.biases, after.biases, strict=True):
        np.testing.assert_allclose(b_after, b_before - UNEVEN.eta * slope, rtol=1e-12, atol=1e-15)


@pytest.mark.parametrize("spec", SPECS.values(), ids=SPECS.keys())
def test_the_batch_pass_is_that_of_the_rows_of_the_next_update(spec: Spec):
    w = opened(spec)
    w.perform(OwnInput(np.zeros(spec.sizes[0])))  # whatever is shown besides
    frames, passes = [], []
    for _ in range(4):
        frames.append(w.frame())
        passes.append(batch_pass(frames[-1]))
        w.step_sample()
        w.train(3)
    for frame, means in zip(frames, passes, strict=True):
        network, data = frame.session.run.network, frame.session.data
        computed = forward(network, data.x[frame.batch])
        slope = backward(network, computed, data.t[frame.batch])
        ours = [*means.z, *means.a, *means.delta, *means.sizes, *means.weights, *means.biases]
        by_row = [*computed.z, *computed.a, *slope.delta, *map(np.abs, slope.delta)]
        theirs = [*(each.mean(axis=0)[None] for each in by_row), *slope.weights, *slope.biases]
        assert [each.tolist() for each in ours] == [each.tolist() for each in theirs]
        assert [each for each in ours if each.flags.writeable] == []
        assert (means.rows, means.of) == (len(frame.batch), len(frame.batch))
        assert means.subject == f"the next batch of {len(frame.batch)}"
        again = batch_pass(frame)
        assert [each.tolist() for each in again.weights] == [each.tolist() for each in means.weights]


def test_a_batch_too_large_for_a_frame_is_represented_by_rows_from_all_over_it_and_says_so(monkeypatch):
    monkeypatch.setattr(module, "MOST_MULTIPLICATIONS", 0)
    monkeypatch.setattr(module, "LEAST_ROWS", 300)
    spec = replace(suggested("circle"), samples=2_000, train_share=1.0, batch=None)
    frame = opened(spec).frame()
    means = batch_pass(frame)
    assert means.subject == "300 of the next batch's 2,000"
    network, data = frame.session.run.network, frame.session.data
    rows = module._affordable(frame.batch, network)
    assert len(set(rows.tolist())) == 300
    assert (rows * 300 // 2_000).tolist() == pytest.approx(np.arange(300), abs=1)
    slope = backward(network, forward(network, data.x[rows]), data.t[rows])
    assert [each.tolist() for each in means.weights] == [each.tolist() for each in slope.weights]


def test_what_is_kept_of_a_batch_does_not_grow_with_its_rows():
    means = batch_pass(opened(replace(suggested("circle"), samples=40_000, batch=None)).frame())
    kept = [*means.z, *means.a, *means.delta, *means.sizes, *means.weights, *means.biases]
    assert sum((each if each.base is None else each.base).nbytes for each in kept) < 10_000


def arrays(value: Any) -> Iterator[np.ndarray]:
    """Every array that can be reached from a value by its public names."""
    if isinstance(value, np.ndarray):
        yield value
    elif isinstance(value, tuple | list):
        for each in value:
            yield from arrays(each)
    elif is_dataclass(value):
        for field in fields(value):
            if not field.name.startswith("_"):
                yield from arrays(getattr(value, field.name))
        if isinstance(value, Series | Envelope):
            yield value.rows


def test_nothing_in_a_frame_can_be_written():
    w = opened()
    w.train(3)
    w.apply(edits.new_seed())
    w.frame()
    w.train(3)
    w.step_sample()
    w.perform(OwnInput(np.zeros(2)))
    frame = w.frame()
    found = list(arrays(frame))
    assert any(array is frame.past[0].network.layers[0].weights for array in found)
    assert any(array is frame.finished[0].session.start.layers[0].weights for array in found)
    assert any(array.shape == frame.session.batch_losses.rows.shape for array in found)
    assert any(array is frame.trace.z[1] for array in found)
    assert any(array is frame.session.run.network.layers[0].weights for array in found)
    assert any(array.shape == frame.session.curve.rows.shape for array in found)
    assert [array for array in found if array.size and array.flags.writeable] == []


GESTURES = [
    Workbench.step_sample,
    Workbench.step_batch,
    Workbench.step_epoch,
    Workbench.undo,
    Workbench.redo,
    lambda w: w.train(17),
    lambda w: w.choose_sample(w.sample + 1),
    lambda w: w.perform(OwnInput(np.full(w.session.spec.sizes[0], 0.5))),
    lambda w: w.perform(ItemChoice(Node(1, 0))),
    *(lambda w, edit=edit: w.apply(edit) for edit in (EDITS["η"], EDITS["reset"], EDITS["seed"], EDITS["noise"])),
]


@settings(deadline=None)
@given(st.lists(st.sampled_from(GESTURES), max_size=20))
def test_no_frame_ever_changes(gestures: list[Any]):
    w = opened()
    frames = [w.frame()]
    copies = [[array.copy() for array in arrays(frames[0])]]
    for gesture in gestures:
        gesture(w)
        frames.append(w.frame())
        copies.append([array.copy() for array in arrays(frames[-1])])
    for frame, copy in zip(frames, copies, strict=True):
        for now, then in zip(arrays(frame), copy, strict=True):
            assert np.array_equal(now, then, equal_nan=now.dtype.kind == "f")


@given(
    st.lists(
        st.integers(1, 30) | st.sampled_from([Workbench.frame, *GESTURES[:3], lambda w: w.apply(EDITS["η"])]),
        max_size=25,
    )
)
def test_the_curve_grows_and_repeats_nothing(gestures: list[Any]):
    w = opened()
    looked = []
    for gesture in gestures:
        if isinstance(gesture, int):
            w.train(gesture)
        else:
            gesture(w)
        if gesture is Workbench.frame and w.session.run.step not in looked:
            looked.append(w.session.run.step)
    curve = w.session.curve.rows
    assert curve[:, CurveColumn.STEP].tolist() == looked
    assert np.all(np.diff(curve[:, CurveColumn.EPOCH]) > 0)


def test_the_curve_does_not_repeat_the_state_that_divergence_keeps():
    w = opened(replace(suggested("plane"), samples=40, eta=100.0))
    w.frame()
    while w.train(1):
        w.frame()
    w.frame()
    w.train(1)
    w.frame()
    steps = w.session.curve.rows[:, CurveColumn.STEP].tolist()
    assert steps == list(range(w.session.run.step + 1))
