"""What one parameter does to the loss: the slice, its tangent, and a step along it."""

from dataclasses import replace

import numpy as np
import pytest

from core import edits, what_if
from core.arrays import frozen
from core.examples import EXAMPLES
from core.network import Layer, Network
from core.parameters import with_parameter
from core.penalties import PENALTIES, Penalty
from core.selection import Edge, LossSlicing, Node
from core.session import start_session
from core.spec import suggested
from core.training import evaluate
from core.what_if import POINTS, Slice, Slicer
from core.workbench import Workbench

XOR = EXAMPLES["xor"]
SPEC = replace(suggested("xor"), eta=0.1)
ITEMS = [Edge(1, 1, 0), Edge(2, 1, 0), Node(1, 1), Node(2, 0)]
# E = ½ (w · 2 − 1)² with w = 1: E = ½, its slope 2, and a parabola along w.
LINE = Network((Layer(frozen([[1.0]]), frozen([0.0]), "identity"),), "half-squared-error")


def sliced(network, x, t, asked, spec=SPEC):
    """The whole slice."""
    slicer = Slicer(asked, network, x, t, spec, 7)
    while slicer.now.under_way:
        slicer.go_on(0.0)
    return slicer.now


def test_the_slice_of_a_parabola():
    cut = sliced(LINE, frozen([[2.0]]), frozen([[1.0]]), LossSlicing(Edge(1, 0, 0), 0.0, 2.0))
    assert len(cut.values) == POINTS
    assert np.allclose(cut.values, np.linspace(0.0, 2.0, POINTS), atol=0)
    assert np.allclose(cut.losses, 0.5 * (2 * cut.values - 1) ** 2)
    assert (cut.value, cut.loss, cut.slope, cut.rows, cut.step) == (1.0, 0.5, 2.0, 1, 7)
    assert cut.target == pytest.approx(0.8)
    # Predicted −η slope² = −0.4; really E(0.8) = ½ · 0.6² = 0.18.
    assert cut.predicted == pytest.approx(-0.4)
    assert cut.real == pytest.approx(-0.32)
    assert cut.tangent(np.array([0.0, 0.5, 1.0])).tolist() == [-1.5, -0.5, 0.5]


@pytest.mark.parametrize("item", ITEMS, ids=str)
def test_the_tangent_touches_the_slice(item):
    here = sliced(XOR.network, XOR.x, XOR.t, LossSlicing(item, -1.0, 1.0))
    close = LossSlicing(item, here.value - 1e-4, here.value + 1e-4)
    cut = sliced(XOR.network, XOR.x, XOR.t, close, replace(SPEC, eta=1e-3))
    assert (cut.losses[-1] - cut.losses[0]) / 2e-4 == pytest.approx(cut.slope, abs=1e-8)
    assert np.allclose(cut.tangent(cut.values), cut.losses, atol=1e-8)
    # A small step brings what the tangent promises.
    assert cut.real == pytest.approx(cut.predicted, rel=1e-2)


@pytest.mark.parametrize("dataset", ["xor", "circle", "blobs-4", "sine"])
@pytest.mark.parametrize("pieces", [100_000, 11])
def test_every_point_is_the_objective_of_the_network_with_that_value(dataset, pieces, monkeypatch):
    monkeypatch.setattr(what_if, "ACTIVATIONS_AT_ONCE", pieces)
    squares = Penalty("squares", "", "", "", lambda ws: 0.01 * sum(float((w**2).sum()) for w in ws), add_slope)
    monkeypatch.setitem(PENALTIES._entries, "squares", squares)
    spec = replace(suggested(dataset), penalty="squares", samples=4 if dataset == "xor" else 20)
    session = start_session(spec)
    network, data = session.run.network, session.data
    for item in (Edge(1, 0, 1), Edge(len(network.layers), 1, 0), Node(1, 2), Node(len(network.layers), 0)):
        cut = sliced(network, data.x_train, data.t_train, LossSlicing(item, -3.0, 2.0), spec)
        for value, loss in [*zip(cut.values[::24], cut.losses[::24], strict=True), (cut.target, cut.after)]:
            assert objective(with_parameter(network, item, value), data) == pytest.approx(loss, rel=1e-12)
        assert objective(network, data) == pytest.approx(cut.loss, rel=1e-12)
        near = sliced(network, data.x_train, data.t_train, LossSlicing(item, cut.value - 1e-5, cut.value + 1e-5), spec)
        assert (near.losses[-1] - near.losses[0]) / 2e-5 == pytest.approx(cut.slope, abs=1e-8)


def objective(network, data):
    found = evaluate(network, "squares", data.x_train, data.t_train, data)
    assert found is not None
    return found.objective


def add_slope(weights, gradient):
    gradient += 0.02 * weights


def test_points_come_from_far_apart_to_near_and_the_first_numbers_first():
    slicer = Slicer(LossSlicing(ITEMS[0], -4.0, 4.0), XOR.network, XOR.x, XOR.t, SPEC, 0)
    assert np.isnan(slicer.now.loss)
    assert np.isnan(slicer.now.real)
    slicer.go_on(0.0)
    slicer.go_on(0.0)
    assert np.isfinite([slicer.now.loss, slicer.now.slope]).all()
    seen = [len(slicer.now.values)]
    while slicer.now.under_way:
        slicer.go_on(0.0)
        assert (np.diff(slicer.now.values) > 0).all()
        seen.append(len(slicer.now.values))
    assert sorted(set(seen)) == [0, 7, 13, 25, 49, 97]
    assert not slicer.now.losses.flags.writeable


def test_a_broken_network_has_a_slice_of_nothing():
    broken = with_parameter(XOR.network, ITEMS[0], np.nan)
    for item in ITEMS:
        cut = sliced(broken, XOR.x, XOR.t, LossSlicing(item, -1.0, 1.0))
        assert np.isnan(cut.slope)
        assert np.isnan(cut.real)


def slice_of(bench) -> Slice:
    found = bench.frame().slice
    assert found is not None
    return found


def asked(bench, gesture):
    bench.perform(gesture)
    while slice_of(bench).under_way:
        bench.perform(gesture)
    return slice_of(bench)


def test_the_workbench_slices_over_the_training_set_or_the_next_batch():
    bench = Workbench(start_session(replace(suggested("circle"), batch=7)))
    bench.train(9)
    frame = bench.frame()
    edge = Edge(1, 1, 2)
    whole = asked(bench, LossSlicing(edge, -1.0, 1.0))
    assert whole.rows == frame.session.data.train
    assert whole.loss == pytest.approx(frame.train.objective, rel=1e-12)
    batch = asked(bench, LossSlicing(edge, -1.0, 1.0, batch=True))
    assert batch.rows == 7
    # The slope over the next batch is what the update goes against.
    bench.train(1)
    moved = bench.session.run.network.weights[0][1, 2] - frame.session.run.network.weights[0][1, 2]
    assert moved == pytest.approx(-frame.session.spec.eta * batch.slope, rel=1e-9)
    assert batch.target == pytest.approx(bench.session.run.network.weights[0][1, 2], rel=1e-12)


def test_what_is_under_way_goes_on_while_training_and_begins_anew_when_asked(monkeypatch):
    monkeypatch.setattr(what_if, "SLICE_SECONDS", 0.0)
    monkeypatch.setattr(Slicer, "go_on", lambda slicer, go_on=Slicer.go_on: go_on(slicer, 0.0))
    bench = Workbench(start_session(suggested("xor")))
    gesture = LossSlicing(Edge(1, 0, 0), -1.0, 1.0)
    bench.perform(gesture)
    first = slice_of(bench).network
    bench.train(1)
    bench.perform(gesture)
    assert slice_of(bench).network is first
    bench.perform(replace(gesture, anew=True))
    assert slice_of(bench).network is bench.session.run.network
    # Another range, rows or parameter is another slice.
    bench.perform(replace(gesture, high=2.0))
    assert slice_of(bench).asked.high == 2.0


def test_a_slice_of_other_data_is_left_while_training_too(monkeypatch):
    monkeypatch.setattr(Slicer, "go_on", lambda slicer, go_on=Slicer.go_on: go_on(slicer, 0.0))
    bench = Workbench(start_session(suggested("circle")))
    gesture = LossSlicing(Edge(1, 0, 0), -1.0, 1.0)
    bench.perform(gesture)
    assert slice_of(bench).under_way
    bench.apply(edits.choose_dataset("xor"))
    assert bench.frame().slice is None
    bench.train(1)
    bench.perform(gesture)
    assert slice_of(bench).network is bench.session.run.network


def test_what_is_no_longer_there_is_not_sliced():
    bench = Workbench(start_session(suggested("xor")))
    for item in (Node(0, 0), Edge(1, 0, 40), Node(9, 0)):
        bench.perform(LossSlicing(item, -1.0, 1.0))
    assert bench.frame().slice is None
