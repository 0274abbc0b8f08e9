"""Pointing: at rows, at inputs of one's own, at nodes and edges; what makes no sense is refused, or is nothing."""

from collections.abc import Callable
from dataclasses import replace
from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core import edits
from core.arrays import Array
from core.errors import InputError
from core.frame import Frame, pointing_at
from core.network import Gradient, backward, forward, sample_losses
from core.selection import Edge, Item, ItemChoice, Node, OwnInput, PathChoice, SampleChoice, exists
from core.session import start_session
from core.spec import Spec, suggested
from core.workbench import Workbench

SPECS = {
    "two classes": replace(
        suggested("circle"), samples=23, train_share=1.0, batch=5, hidden=(3, 2), activations=("tanh", "relu", "tanh")
    ),
    "several classes": replace(suggested("blobs-3"), samples=30, batch=4),
    "table": replace(suggested("xor"), activations=("softplus", "sigmoid"), loss="binary-cross-entropy"),
    "regression": replace(suggested("sine"), samples=40, hidden=(3,), activations=("leaky-relu", "identity")),
}
SMALL = SPECS["two classes"]  # 2 inputs, 3 and 2 hidden units, 1 output
NAN, INFINITY = float("nan"), float("inf")
FASTER = edits.choose("η", eta=0.2)


def opened(spec: Spec = SMALL) -> Workbench:
    return Workbench(start_session(spec))


def some_input(spec: Spec) -> tuple[Array, Array]:
    rng = np.random.default_rng(5)
    return rng.normal(size=spec.sizes[0]), rng.uniform(0.1, 0.9, size=spec.sizes[-1])


def asked(spec: Spec = SMALL) -> Workbench:
    w = opened(spec)
    w.perform(OwnInput(*some_input(spec)))
    return w


def parts(gradient: Gradient) -> list[Array]:
    return [*gradient.delta, *gradient.weights, *gradient.biases, gradient.x]


def assert_belongs_to(frame: Frame, x: Array, t: Array) -> None:
    """Whatever the frame says of one sample is said of x (n_0,) and t (n_K,)."""
    network = frame.session.run.network
    trace = forward(network, x[None])
    gradient = backward(network, trace, t[None])
    assert (frame.x.tolist(), frame.t.tolist()) == ([x.tolist()], [t.tolist()])
    shown, computed = (*frame.trace.z, *frame.trace.a), (*trace.z, *trace.a)
    assert [each.tolist() for each in shown] == [each.tolist() for each in computed]
    assert [each.tolist() for each in parts(frame.gradient)] == [each.tolist() for each in parts(gradient)]
    assert frame.sample_loss == sample_losses(network, trace, t[None])[0]
    deltas = np.concatenate([delta[0] for delta in gradient.delta]).tolist()
    assert frame.deltas[-1].tolist() == [frame.session.run.step, *deltas]


@pytest.mark.parametrize("spec", SPECS.values(), ids=SPECS.keys())
def test_an_own_input_has_the_numbers_of_the_equations(spec: Spec):
    w = opened(spec)
    x, t = some_input(spec)
    w.train(7)
    w.perform(OwnInput(x, t))
    for _ in range(2):
        frame = w.frame()
        assert (frame.own, frame.has_target, frame.subject) == (True, True, "own input")
        assert_belongs_to(frame, x, t)
        w.train(3)


@pytest.mark.parametrize("spec", SPECS.values(), ids=SPECS.keys())
def test_without_a_target_there_are_outputs_but_no_error(spec: Spec):
    w = opened(spec)
    x, _ = some_input(spec)
    w.train(7)
    w.perform(OwnInput(x))
    frame = w.frame()
    assert (frame.own, frame.has_target) == (True, False)
    assert frame.t.shape == (1, spec.sizes[-1])
    trace = forward(frame.session.run.network, x[None])
    shown, computed = (*frame.trace.z, *frame.trace.a), (*trace.z, *trace.a)
    assert [each.tolist() for each in shown] == [each.tolist() for each in computed]
    wanting = [frame.t, *parts(frame.gradient), frame.deltas[:, 1:], np.array(frame.sample_loss)]
    assert [bool(np.isnan(each).all()) for each in wanting] == [True] * len(wanting)


def test_a_row_has_a_target_and_is_counted_from_one():
    w = opened()
    w.perform(SampleChoice(4))
    frame = w.frame()
    assert (frame.own, frame.has_target, frame.subject) == (False, True, "sample 5")
    assert_belongs_to(frame, w.session.data.x[4], w.session.data.t[4])


def test_to_ask_moves_neither_training_nor_losses():
    plain, asking = opened(), opened()
    for w in (plain, asking):
        w.train(3)
        w.frame()
    asking.perform(OwnInput(np.array([9.0, -9.0])))
    asking.frame()
    for w in (plain, asking):
        w.train(4)
    one, other = plain.frame(), asking.frame()
    assert one.session.run.network.weights[0].tobytes() == other.session.run.network.weights[0].tobytes()
    assert (one.train, one.generation, one.undo) == (other.train, other.generation, other.undo)
    assert one.session.curve.rows.tobytes() == other.session.curve.rows.tobytes()


REFUSED = {
    "too few": (OwnInput(np.zeros(1)), "needs 2 finite inputs"),
    "too many": (OwnInput(np.zeros(3)), "needs 2 finite inputs"),
    "none": (OwnInput(np.zeros(0)), "needs 2 finite inputs"),
    "a row": (OwnInput(np.zeros((1, 2))), "needs 2 finite inputs"),
    "not a number": (OwnInput(np.array([0.0, NAN])), "needs 2 finite inputs"),
    "infinite": (OwnInput(np.array([-INFINITY, 0.0]), np.zeros(1)), "needs 2 finite inputs"),
    "too many targets": (OwnInput(np.zeros(2), np.zeros(2)), "needs 1 finite target;"),
    "no target but some": (OwnInput(np.zeros(2), np.zeros(0)), "needs 1 finite target;"),
    "target not a number": (OwnInput(np.zeros(2), np.array([NAN])), "needs 1 finite target;"),
    "target infinite": (OwnInput(np.zeros(2), np.array([INFINITY])), "needs 1 finite target;"),
}


@pytest.mark.parametrize("shown", [SampleChoice(4), OwnInput(np.array([0.5, -0.5]))], ids=["row", "own"])
@pytest.mark.parametrize(("own", "sentence"), REFUSED.values(), ids=REFUSED.keys())
def test_inputs_that_do_not_fit_are_refused_and_change_nothing(own: OwnInput, sentence: str, shown: Any):
    w = opened()
    w.perform(shown)
    w.train(3)
    w.frame()
    w.train(3)

    def everything() -> tuple[Any, ...]:
        frame = w.frame()
        return w.session, w.sample, w.own, w.notice, w.generation, frame.x.tobytes(), frame.deltas.tobytes()

    before = everything()
    with pytest.raises(InputError, match=sentence):
        w.perform(own)
    assert everything() == before


ENDS: dict[str, Callable[[Workbench], object]] = {
    "the same row": lambda w: w.perform(SampleChoice(0)),
    "another row": lambda w: w.perform(SampleChoice(3)),
    "a step by sample": Workbench.step_sample,
    "another data set": lambda w: w.perform(edits.choose_dataset("xor")),
    "other rows": lambda w: w.perform(edits.choose("noise", noise=10.0)),
    "other targets": lambda w: w.perform(edits.choose("targets", targets="zero-one")),
}


@pytest.mark.parametrize("end", ENDS.values(), ids=ENDS.keys())
def test_an_own_input_ends_with_a_row_or_with_other_data(end: Callable[[Workbench], object]):
    w = asked()
    w.frame()
    end(w)
    frame = w.frame()
    assert not frame.own
    data = frame.session.data
    assert_belongs_to(frame, data.x[frame.sample], data.t[frame.sample])
    assert len(frame.deltas) == 1


def test_an_own_input_ends_when_undo_brings_other_data():
    w = opened()
    w.perform(edits.choose_dataset("xor"))
    w.perform(OwnInput(np.array([0.5, 0.5])))
    w.undo()
    assert not w.frame().own


def undone(w: Workbench) -> None:
    w.perform(FASTER)
    w.undo()


STAYS: dict[str, Callable[[Workbench], object]] = {
    "training": lambda w: w.train(6),
    "a step by batch": Workbench.step_batch,
    "a step by epoch": Workbench.step_epoch,
    "another η": lambda w: w.perform(FASTER),
    "another η undone": undone,
    "another batch": lambda w: w.perform(edits.choose("batch", batch=3)),
    "another layer": lambda w: w.perform(edits.resize_layer(1, 5)),
    "a new seed": lambda w: w.perform(edits.new_seed()),
    "reset": lambda w: w.perform(edits.reset()),
    "a node": lambda w: w.perform(ItemChoice(Node(1, 0))),
}


@pytest.mark.parametrize("gesture", STAYS.values(), ids=STAYS.keys())
def test_an_own_input_stays_while_the_data_do(gesture: Callable[[Workbench], object]):
    w = asked()
    w.train(2)
    gesture(w)
    frame = w.frame()
    assert frame.own
    assert_belongs_to(frame, *some_input(SMALL))


def test_an_own_input_begins_its_history_of_deltas_and_the_same_network_goes_on_with_it():
    w = opened()
    for _ in range(3):
        w.step_batch()
        w.frame()
    w.perform(OwnInput(*some_input(SMALL)))
    assert w.frame().deltas[:, 0].tolist() == [3]
    w.step_batch()
    w.frame()
    undone(w)
    assert w.frame().deltas[:, 0].tolist() == [3, 4]
    w.perform(OwnInput(np.zeros(2)))
    assert w.frame().deltas[:, 0].tolist() == [4]


def test_what_becomes_of_the_numbers_that_were_asked_for_does_not_matter():
    w = opened()
    x, t = some_input(SMALL)
    w.perform(OwnInput(x, t))
    x[:], t[:] = NAN, NAN
    w.perform(edits.resize_layer(1, 5))
    assert_belongs_to(w.frame(), *some_input(SMALL))


@settings(deadline=None)
@given(sizes=st.lists(st.integers(1, 4), min_size=2, max_size=4))
def test_nodes_and_edges_exist_that_the_network_has(sizes: list[int]):
    around = range(-1, 6)
    nodes = {Node(layer, index) for layer, size in enumerate(sizes) for index in range(size)}
    edges = {
        Edge(layer, source, target)
        for layer in range(1, len(sizes))
        for source in range(sizes[layer - 1])
        for target in range(sizes[layer])
    }
    assert {node for node in (Node(*at) for at in product(around, around)) if exists(node, tuple(sizes))} == nodes
    items = (Edge(*at) for at in product(around, around, around))
    assert {edge for edge in items if exists(edge, tuple(sizes))} == edges


ITEMS: list[Item] = [Node(0, 1), Node(1, 2), Node(3, 0), Edge(1, 1, 2), Edge(2, 2, 1), Edge(3, 1, 0)]


@pytest.mark.parametrize("item", ITEMS, ids=str)
def test_what_is_pointed_at_stays_over_training_and_edits_under_way(item: Item):
    w = opened()
    w.perform(ItemChoice(item))
    before = w.session
    assert w.frame().chosen == item
    assert (w.generation, w.history.undo_label, w.session.run) == (0, None, before.run)
    w.train(4)
    w.step_sample()
    w.perform(FASTER)
    w.perform(SampleChoice(3))
    assert w.frame().chosen == item
    w.undo()
    w.perform(edits.reset())
    assert w.frame().chosen == item


@pytest.mark.parametrize(
    ("item", "edit", "stays"),
    [
        (Node(1, 2), edits.resize_layer(1, 2), False),
        (Node(1, 1), edits.resize_layer(1, 2), True),
        (Edge(1, 0, 2), edits.resize_layer(1, 2), False),
        (Edge(2, 2, 0), edits.resize_layer(1, 2), False),
        (Edge(2, 1, 0), edits.resize_layer(1, 2), True),
        (Node(3, 0), edits.remove_layer(), False),
        (Node(2, 1), edits.remove_layer(), False),
        (Node(2, 0), edits.remove_layer(), True),
        (Edge(3, 0, 0), edits.remove_layer(), False),
        (Node(0, 1), edits.choose_dataset("sine"), False),
        (Node(0, 0), edits.choose_dataset("sine"), True),
        (Edge(1, 1, 0), edits.choose_dataset("sine"), False),
    ],
)
def test_what_is_pointed_at_is_let_go_when_the_network_has_it_no_more(item: Item, edit: edits.Edit, stays: bool):
    w = opened()
    w.perform(ItemChoice(item))
    w.perform(edit)
    assert w.frame().chosen == (item if stays else None)


def test_undo_lets_go_of_a_unit_that_was_not_there_before():
    w = opened()
    w.perform(edits.resize_layer(1, 5))
    w.perform(ItemChoice(Node(1, 4)))
    w.undo()
    assert w.frame().chosen is None
    w.redo()
    assert w.frame().chosen is None


NOTHING: list[Item | None] = [
    *(None, Node(4, 0), Node(-1, 0), Node(1, 3), Node(1, -1)),
    *(Edge(0, 0, 0), Edge(4, 0, 0), Edge(1, 2, 0), Edge(1, 0, 3), Edge(1, -1, 0), Edge(1, 0, -1), Edge(-1, 0, 0)),
]


@pytest.mark.parametrize("item", NOTHING, ids=str)
def test_what_does_not_exist_is_nothing(item: Item | None):
    w = opened()
    w.perform(ItemChoice(Node(1, 0)))
    w.perform(ItemChoice(item))
    assert w.frame().chosen is None


@pytest.mark.parametrize("walking", [False, True])
@pytest.mark.parametrize("item", [Edge(1, 0, 1), Edge(1, 1, 0), Node(2, 1), Node(9, 9), None])
def test_what_is_pointed_at_without_an_answer_is_what_the_answer_will_say(item: Item | None, walking: bool):
    w = opened()
    w.perform(ItemChoice(Edge(1, 0, 1)))
    w.perform(PathChoice((Node(1, 1), Node(2, 0), Node(3, 0))))
    if walking:
        w.step_phase(1)
    before = w.frame()
    assert before.path
    w.perform(ItemChoice(item))
    at_once, answer = pointing_at(before, item), w.frame()
    assert (at_once.chosen, at_once.path) == (answer.chosen, answer.path)
    assert (at_once.stepping is None) == (answer.stepping is None) == (not walking)
    if at_once.stepping is not None and answer.stepping is not None:
        assert at_once.stepping.asked == answer.stepping.asked
