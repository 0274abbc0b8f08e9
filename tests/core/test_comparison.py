"""Two steps side by side: every change is there, the largest is found, and the losses are those of the two steps."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core import edits
from core.arrays import frozen
from core.comparison import LayerChange, compare
from core.network import forward, sample_losses
from core.selection import Edge, Node
from core.session import Session, start_session
from core.spec import Spec, suggested
from core.workbench import Workbench

SPEC = replace(suggested("circle"), samples=30, train_share=0.5, batch=5, hidden=(3,), activations=("tanh", "tanh"))


def opened(spec: Spec = SPEC) -> Workbench:
    return Workbench(start_session(spec))


def mean_loss(session: Session, rows: slice) -> float:
    network, data = session.run.network, session.data
    return float(sample_losses(network, forward(network, data.x[rows]), data.t[rows]).mean())


def shown(w: Workbench) -> tuple[Any, ...]:
    return w.session, w.trainer, w.generation, w.notice, w.history.undo_label, w.frame().past


@settings(max_examples=25)
@given(before=st.integers(0, 12), after=st.integers(0, 12))
def test_before_and_the_change_give_after(before: int, after: int):
    w = opened()
    w.train(7)
    w.apply(edits.choose("η", eta=0.3))
    w.train(5)
    found = w.compare(before, after)
    assert (found.before.step, found.after.step) == (before, after)
    networks = found.before.session.run.network, found.after.session.run.network
    assert [layer.layer for layer in found.layers] == [1, 2]
    for layer, old, new in zip(found.layers, networks[0].layers, networks[1].layers, strict=True):
        assert np.array_equal(layer.weights, new.weights - old.weights)
        assert np.array_equal(layer.biases, new.biases - old.biases)
        changes = np.concatenate([layer.weights.ravel(), layer.biases])
        assert layer.length == pytest.approx(float(np.linalg.norm(changes)))
        assert abs(layer.largest[1]) == np.abs(changes).max()
    assert abs(found.largest[1]) == max(abs(layer.largest[1]) for layer in found.layers)
    for standing in (found.before, found.after):
        rows = standing.session.data.train
        assert standing.train.data_loss == pytest.approx(mean_loss(standing.session, slice(rows)))
        assert standing.test is not None
        assert standing.test.data_loss == pytest.approx(mean_loss(standing.session, slice(rows, None)))


def test_the_largest_change_is_pointed_at():
    weights, biases = np.array([[0.1, -0.5], [0.2, 0.3]]), np.array([0.4, 0.0])
    assert LayerChange(2, weights, biases).largest == (Edge(2, 0, 1), -0.5)
    assert LayerChange(2, weights, -2 * biases).largest == (Node(2, 0), -0.8)


def test_the_largest_of_all_layers_is_found_in_the_one_that_has_it():
    session = start_session(SPEC)
    network = session.run.network
    first, last = network.layers
    biases = frozen(first.biases + np.array([0.0, 0.0, -3.0]))
    weights = frozen(last.weights + np.array([[0.0], [2.0], [0.0]]))
    layers = (replace(first, biases=biases), replace(last, weights=weights))
    moved = replace(session, run=replace(session.run, network=replace(network, layers=layers)))
    found = compare(session, moved)
    assert found.largest[0] == Node(1, 2)
    assert found.largest[1] == pytest.approx(-3.0)
    assert found.layers[1].largest[0] == Edge(2, 1, 0)


def test_a_step_compared_with_itself_has_not_changed():
    w = opened()
    w.train(4)
    found = w.compare(3, 3)
    assert [layer.length for layer in found.layers] == [0.0, 0.0]
    assert found.before.train == found.after.train


def test_steps_outside_are_brought_to_the_nearest():
    w = opened()
    w.train(4)
    w.go_to(2)
    found = w.compare(-1, 10**9)
    assert (found.before.step, found.after.step) == (0, 4)


def test_to_compare_changes_nothing():
    w = opened()
    w.train(9)
    w.frame()
    before = shown(w)
    w.compare(2, 5)
    assert shown(w) == before
