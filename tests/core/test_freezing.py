"""Frozen parameters by name: freezing, thawing, and which they are; trained with, they keep their values to the bit."""

import json
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core import edits
from core.errors import InputError
from core.examples import EXAMPLES
from core.explain.equations import KEPT
from core.explain.notation import NOTATIONS
from core.explain.shown import shown
from core.explain.step import next_step, take_step
from core.explain.written import write
from core.formats import Document, load, save
from core.freezing import NOTHING, Frozen, Masks, check_frozen, fitting, flat_mask, freeze, is_frozen, masks, thaw
from core.kernels import KERNELS
from core.kernels.layout import Layout
from core.parameters import parameter, parameter_name
from core.selection import Edge, Item, Node, PhaseChoice
from core.session import Session, start_session
from core.spec import suggested
from core.workbench import Workbench

SIZES = (3, 2, 4, 1)
ALL = [Edge(k, i, j) for k in (1, 2, 3) for i in range(SIZES[k - 1]) for j in range(SIZES[k])]
ALL += [Node(k, j) for k in (1, 2, 3) for j in range(SIZES[k])]
NAMES = [parameter_name(item) for item in ALL] + ["W1", "W2", "W3", "b1", "b2", "b3"]
MAZUR = EXAMPLES["mazur"]


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(st.booleans(), st.lists(st.sampled_from(NAMES), max_size=4)), max_size=8))
def test_any_freezing_and_thawing_is_that_of_a_set(changes: list[tuple[bool, list[str]]]):
    names, expected = NOTHING, set[Item]()
    for thawing, some in changes:
        meant = {item for item in ALL if {(name := parameter_name(item)), name.partition("[")[0]} & set(some)}
        names = thaw(names, some, SIZES) if thawing else freeze(names, some)
        expected = expected - meant if thawing else expected | meant
        check_frozen(names, SIZES)
        assert {item for item in ALL if is_frozen(names, item)} == expected
        assert freeze(names, names) == names  # written in one way only
    found = masks(names, SIZES)
    assert {item for item in ALL if _mark(found, item)} == expected
    flat = flat_mask(names, SIZES, biased=True)
    assert (flat is None) == (not names)
    if flat is not None:
        weights, biases = Layout(SIZES).views(flat.astype(np.float64))
        assert all(np.array_equal(one, other) for one, other in zip(weights, found.weights, strict=True))
        assert all(np.array_equal(one, other) for one, other in zip(biases, found.biases, strict=True))


def _mark(found: Masks, item: Item) -> bool:
    if isinstance(item, Edge):
        return bool(found.weights[item.layer - 1][item.source, item.target])
    return bool(found.biases[item.layer - 1][item.index])


def test_without_biases_these_are_frozen_too():
    flat = flat_mask(("W1[0,1]",), (2, 2, 1), biased=False)
    assert flat is not None
    assert np.flatnonzero(flat).tolist() == [1, 4, 5, 8]


@pytest.mark.parametrize(
    "name", ["", "W", "W0", "w1", "W1[0]", "b1[0,1]", "W1[3,0]", "b1[2]", "W4", "W1[0,1", "W1[-1]"]
)
def test_what_a_network_has_not_is_refused_by_its_name(name: str):
    with pytest.raises(InputError, match=r"names no parameter|no such parameter"):
        check_frozen((name,), SIZES)


def test_what_still_exists_stays_frozen():
    assert fitting(("W1", "W1[2,1]", "b2[3]", "b3", "W4"), (3, 2, 3, 1)) == ("W1", "W1[2,1]", "b3")


def test_one_of_a_huge_layer_is_not_thawed_alone():
    with pytest.raises(InputError, match="All 1,000,000 of W1 are frozen as one"):
        thaw(("W1",), ("W1[0,0]",), (1000, 1000))
    with pytest.raises(InputError, match="at most 10,000"):
        check_frozen(("b1[0]",) * 10_001, SIZES)


def begun(**choices: Any) -> Workbench:
    return Workbench(start_session(replace(suggested("circle"), **choices)))


@pytest.mark.parametrize("kernel", KERNELS.names())
def test_a_run_goes_on_from_the_same_weights_and_what_is_frozen_stays(kernel: str):
    w = begun(kernel=kernel)
    w.train(7)
    before = w.session
    w.apply(edits.freeze(("W1[1,2]", "b2"), "these"))
    assert w.session.run.network is before.run.network
    assert w.session.run.step == 7
    w.train(200)
    old, new = before.run.network, w.session.run.network
    changed = [
        one != other for one, other in zip((*old.weights, *old.biases), (*new.weights, *new.biases), strict=True)
    ]
    kept = masks(w.session.spec.frozen, w.session.spec.sizes)
    for moved, still in zip(changed, (*kept.weights, *kept.biases), strict=True):
        assert np.array_equal(moved, ~still)
    w.apply(edits.thaw(("W1[1,2]",), "it"))
    w.train(1)
    assert w.session.run.network.weights[0][1, 2] != old.weights[0][1, 2]
    assert w.session.run.network.biases[1].tobytes() == old.biases[1].tobytes()
    w.undo()
    w.undo()
    assert w.session is before


def test_reset_keeps_what_is_frozen_at_its_start_and_says_so():
    w = begun()
    w.train(5)
    w.apply(edits.freeze(("W1",), "weights"))
    w.apply(edits.reset())
    assert w.notice.endswith("What is frozen stays frozen, at its value at the start.")
    w.train(9)
    assert w.session.run.network.weights[0].tobytes() == w.session.start.weights[0].tobytes()


@pytest.mark.parametrize(
    ("edit", "left", "said"),
    [
        (edits.resize_layer(1, 3), ("W1[0,1]", "W2[1,0]", "b3"), "no longer frozen: b1[3]."),
        (edits.add_layer(), ("W1[0,1]", "b1[3]", "W2[1,0]"), "no longer frozen: b3."),
        (edits.remove_layer(), ("W1[0,1]", "b1[3]"), "no longer frozen: W2[1,0], b3."),
        (edits.choose_dataset("moons"), (), ""),
    ],
    ids=["resized", "more", "less", "other data"],
)
def test_what_no_longer_exists_is_no_longer_frozen(edit: edits.Edit, left: Frozen, said: str):
    w = begun(hidden=(4, 2), activations=("tanh",) * 3, frozen=("W1[0,1]", "b1[3]", "W2[1,0]", "b3"))
    w.apply(edit)
    assert w.session.spec.frozen == left
    assert said in w.notice


def mazur() -> Session:
    """Mazur's network and row, in the place of another data set of that shape."""
    spec = replace(
        suggested("xor"),
        hidden=(2,),
        activations=("sigmoid",) * 2,
        loss="half-squared-error",
        targets="one-hot",
        eta=0.5,
    )
    session = start_session(spec, network=MAZUR.network)
    data = replace(session.data, x=MAZUR.x, t=MAZUR.t, train=1)
    return start_session(spec, data=data, network=MAZUR.network)


@pytest.mark.parametrize(("names", "loss"), [(("b1", "b2"), 0.291027774), ((), 0.280471447)])
@pytest.mark.parametrize("kernel", KERNELS.names())
def test_mazurs_biases_as_he_leaves_them(kernel: str, names: Frozen, loss: float):
    session = mazur()
    w = Workbench(replace(session, run=replace(session.run, kernel=kernel)))
    assert w.frame().train.objective == pytest.approx(0.298371109, abs=5e-10)
    w.apply(edits.freeze(names, "biases"))
    w.step_batch()
    assert w.frame().train.objective == pytest.approx(loss, abs=5e-10)


def test_the_update_says_what_is_frozen():
    w = begun(frozen=("W1[1,2]", "b1"), batch=1)
    update = next_step(w.trainer, w.session.run)
    w.perform(PhaseChoice(10**6))
    for item, is_kept in ((Edge(1, 1, 2), True), (Node(1, 0), True), (Edge(1, 0, 2), False), (Node(2, 0), False)):
        w.choose_item(item)
        found = shown(w.frame())
        assert found.equation is not None
        assert (found.equation.name == KEPT) == is_kept
        for notation in NOTATIONS:
            _, here, numbers = write(found.equation, found.step, found.row, notation).as_text().split("\n")
            left, right = here.split(" ← ")
            assert (left == right) == is_kept
            shown_value = float(numbers.rpartition(" ")[2].replace("−", "-"))
            assert shown_value == pytest.approx(parameter(update.after, item), rel=1e-2, abs=1e-12)


def test_an_update_on_its_own_knows_what_is_frozen():
    step = take_step(MAZUR.network, MAZUR.x, MAZUR.t, 0.5, "numpy", ("b1", "b2"))
    assert step.after.biases[0].tobytes() == MAZUR.network.biases[0].tobytes()
    again = take_step(step.after, MAZUR.x, MAZUR.t, 0.5, "numpy")
    assert again.loss == pytest.approx(0.291027774, abs=5e-10)


@pytest.mark.parametrize("suffix", [".npz", ".json"])
def test_files_keep_what_is_frozen_and_older_ones_still_open(tmp_path: Any, suffix: str):
    w = begun(frozen=("W1[1,2]", "b2"))
    path = tmp_path / f"network{suffix}"
    save(path, Document(w.session.run.network, w.session.spec))
    assert load(path).spec == w.session.spec
    if suffix == ".json":
        content = json.loads(path.read_text())
        del content["metadata"]["options"]["frozen"]
        path.write_text(json.dumps(content))
        spec = load(path).spec
        assert spec is not None
        assert spec.frozen == ()
        content["metadata"]["options"]["frozen"] = ["W9"]
        path.write_text(json.dumps(content))
        with pytest.raises(InputError, match="options: W9 is frozen, but a network 2-4-2-1 has no such parameter"):
            load(path)


def test_bare_weights_bring_nothing_frozen():
    w = begun(frozen=("W1[1,2]",))
    w.apply(edits.open_document(Document(w.session.run.network), "weights.npz"))
    assert w.session.spec.frozen == ()
