"""Edits: each does what it says and no more; what defines network, data or objective begins anew, the rest goes on."""

from collections.abc import Iterator
from dataclasses import fields, replace
from itertools import product

import numpy as np
import pytest

from core import edits
from core.activations import ACTIVATIONS
from core.datasets import DATASETS
from core.errors import InputError
from core.finished import FinishedRun
from core.formats import Document, load, save
from core.losses import LOSSES
from core.network import Network, forward
from core.optimizers import OPTIMIZERS
from core.parameters import parameter
from core.penalties import PENALTIES
from core.registry import Registry
from core.selection import Edge, Node
from core.session import CurveColumn, Session, start_session
from core.spec import MAX_SEED, Spec, check, suggested
from core.training import Trainer, draw_start, load_data
from core.workbench import Workbench

BASE = replace(
    suggested("circle", seed=3),
    samples=40,
    data_seed=8,
    hidden=(3, 2),
    activations=("tanh", "sigmoid", "tanh"),
    batch=7,
)
CHANGES = {
    "dataset": "moons",
    "samples": 50,
    "noise": 50.0,
    "train_share": 0.8,
    "targets": "zero-one",
    "data_seed": 9,
    "hidden": (4, 2),
    "activations": ("relu", "sigmoid", "tanh"),
    "loss": "mean-squared-error",
    "init": "he",
    "biased": False,
    "eta": 0.7,
    "batch": 9,
    "shuffle": False,
    "seed": 5,
    "optimizer": "another",
    "penalty": "another",
    "kernel": "numpy",
    "frozen": ("W1[0,2]", "b2"),
    "mistake": "sign-reversed",
}


def parameters(network: Network) -> bytes:
    return b"".join(array.tobytes() for array in (*network.weights, *network.biases))


def rows(session: Session) -> tuple[bytes, bytes, int]:
    return session.data.x.tobytes(), session.data.t.tobytes(), session.data.train


def under_way(spec: Spec = BASE) -> Session:
    """A session some updates after its start, in the middle of an epoch and of a batch, with a curve."""
    session = start_session(spec)
    run = Trainer(spec, session.data, session.run.kernel).advance(session.run, 5)
    curve = session.curve.append(np.arange(len(CurveColumn)).tolist())
    return replace(session, run=replace(run, seen=1), curve=curve)


def assert_begun(session: Session) -> None:
    run = session.run
    assert (run.step, run.epoch, run.start, run.seen, session.curve.length) == (0, 0, 0, 0, 0)
    assert run.network is session.start


def assert_begun_from_the_seed(session: Session) -> None:
    assert_begun(session)
    assert parameters(session.start) == parameters(draw_start(session.spec))
    data = load_data(session.spec)
    assert rows(session) == (data.x.tobytes(), data.t.tobytes(), data.train)


@pytest.fixture
def another_entry(monkeypatch: pytest.MonkeyPatch) -> None:
    """A second optimiser and a second penalty, so that each field of the Spec has another value to take."""

    def add(registry: Registry, name: str) -> None:
        monkeypatch.setitem(registry._entries, "another", replace(registry[name], name="another"))

    add(OPTIMIZERS, "gradient-descent")
    add(PENALTIES, "none")


@pytest.mark.usefixtures("another_entry")
@pytest.mark.parametrize("name", [field.name for field in fields(Spec)])
def test_every_choice_begins_anew_or_goes_on_as_announced(name: str):
    before = under_way()
    after = edits.choose("it", **{name: CHANGES[name]}).change(before)
    assert after.spec == replace(before.spec, **{name: CHANGES[name]})
    assert after.spec != before.spec
    anew = edits.needs_new_start(before.spec, after.spec)
    assert anew == (name not in ("eta", "batch", "frozen", "mistake"))
    if anew:
        assert_begun_from_the_seed(after)
    else:
        assert (after.start, after.data, after.curve) == (before.start, before.data, before.curve)
        assert after.run.network is before.run.network
        assert (after.run.step, after.run.epoch, after.run.start) == (5, 1, 14)  # 20 rows in batches of 7
        # Samples collected for a batch of another size are of no use.
        assert after.run.seen == (0 if name == "batch" else before.run.seen)


def test_a_choice_of_what_already_is_keeps_the_training():
    before = under_way()
    after = edits.choose("it", eta=BASE.eta, init=BASE.init, hidden=BASE.hidden).change(before)
    assert not edits.needs_new_start(before.spec, after.spec)
    assert after.run.network is before.run.network
    assert after.run.step == before.run.step == 5


@pytest.mark.parametrize("name", ["hidden", "activations", "loss", "init", "biased", "seed"])
def test_what_does_not_concern_the_data_leaves_them(name: str):
    before = under_way()
    assert edits.choose("it", **{name: CHANGES[name]}).change(before).data is before.data


def test_another_output_activation_encodes_the_targets_anew():
    before = under_way()
    after = edits.choose_activation(3, "sigmoid").change(before)
    assert set(before.data.t.flat) == {-1, 1}
    assert set(after.data.t.flat) == {0, 1}
    assert after.data.x.tobytes() == before.data.x.tobytes()


@pytest.mark.parametrize("name", DATASETS.names())
def test_a_data_set_comes_with_its_settings_and_leaves_the_seeds(name: str):
    after = edits.choose_dataset(name).change(under_way())
    assert after.spec == replace(suggested(name), seed=3, data_seed=8)
    assert_begun_from_the_seed(after)


def outcomes(name: str, edit: edits.Edit) -> Iterator[tuple[Spec, Spec]]:
    """The spec before and after, unless the edit is refused; what is not to change must not have changed."""
    for targets in ("auto", "plus-minus", "zero-one", "one-hot"):
        spec = replace(suggested(name), targets=targets)
        try:
            before = start_session(spec)
        except InputError:
            continue
        try:
            after = edit.change(before)
        except InputError as refusal:
            assert str(refusal).endswith(".")  # noqa: PT017 – most are accepted, and then there is no error
            continue
        check(after.spec)
        assert replace(after.spec, loss=spec.loss, activations=spec.activations) == spec
        yield spec, after.spec


@pytest.mark.parametrize(("dataset", "loss"), list(product(["xor", "blobs-3", "sine"], LOSSES.names())))
def test_a_loss_brings_the_output_that_it_is_defined_for(dataset: str, loss: str):
    results = list(outcomes(dataset, edits.choose_loss(loss)))
    for before, after in results:
        assert after.loss == loss
        assert after.activations[:-1] == before.activations[:-1]
        assert after.activations[-1] == (LOSSES[loss].output or before.activations[-1])
    assert bool(results) == (LOSSES[loss].output is None or dataset != "sine")


@pytest.mark.parametrize(("dataset", "name"), list(product(["xor", "blobs-3", "sine"], ACTIVATIONS.names())))
def test_an_output_activation_brings_a_loss_that_is_defined_for_it(dataset: str, name: str):
    output = len(suggested(dataset).activations)
    results = list(outcomes(dataset, edits.choose_activation(output, name)))
    for before, after in results:
        assert after.activations == (*before.activations[:-1], name)
        fits = LOSSES[before.loss].output in (None, name)
        assert after.loss == (before.loss if fits else "half-squared-error")
    assert bool(results) == (name != "softmax" or dataset != "sine")


def test_a_hidden_activation_changes_nothing_else():
    after = edits.choose_activation(2, "relu").change(under_way())
    assert after.spec == replace(BASE, activations=("tanh", "relu", "tanh"))
    assert_begun_from_the_seed(after)


def test_layers_are_resized_added_and_removed():
    session = edits.resize_layer(2, 5).change(under_way())
    assert session.spec == replace(BASE, hidden=(3, 5))
    session = edits.add_layer().change(session)
    assert session.spec == replace(BASE, hidden=(3, 5, 5), activations=("tanh", "sigmoid", "sigmoid", "tanh"))
    assert session.run.network.sizes == (2, 3, 5, 5, 1)
    for hidden in ((3, 5), (3,), ()):
        session = edits.remove_layer().change(session)
        assert session.spec.hidden == hidden
        assert session.spec.activations == (*BASE.activations[: len(hidden)], "tanh")
        assert_begun_from_the_seed(session)
    session = edits.add_layer().change(session)
    assert (session.spec.hidden, session.spec.activations) == ((4,), ("tanh", "tanh"))


def test_reset_returns_to_the_same_bytes_under_the_choices_of_now():
    before = under_way()
    faster = edits.choose("η", eta=0.9).change(before)
    after = edits.reset().change(faster)
    assert_begun(after)
    assert parameters(after.run.network) == parameters(draw_start(BASE))
    assert parameters(after.run.network) != parameters(before.run.network)
    assert after.spec.eta == 0.9
    assert after.data is before.data


def test_a_new_seed_draws_a_new_start_and_leaves_the_data():
    before = under_way()
    after = edits.new_seed().change(before)
    assert after.spec == replace(BASE, seed=4)
    assert after.data is before.data  # the very rows, so that the chosen one stays chosen
    assert_begun_from_the_seed(after)
    assert parameters(after.start) != parameters(before.start)


@pytest.mark.parametrize(
    ("edit", "sentence"),
    [
        (edits.choose("η", eta=0.0), "learning rate η must be a positive number, not 0; try 0.1"),
        (edits.choose("η", eta=float("nan")), "learning rate η must be a positive number, not nan"),
        (edits.choose("batch", batch=0), "at least 1 sample, not 0"),
        (edits.choose("noise", noise=51.0), "noise must lie in 0 … 50, not 51"),
        (edits.choose("share", train_share=0.01), "leaves none of the 40 rows to train on"),
        (edits.choose("targets", targets="two-hot"), "There is no target encoding 'two-hot'"),
        (edits.choose("seed", seed=MAX_SEED + 1), "seed must lie in"),
        (edits.choose("hidden", hidden=(3,)), "2 names, but 3 are given"),
        (edits.choose("hidden", hidden=(10**5, 10**5)), "10,000,500,001 parameters"),
        (edits.resize_layer(1, 0), "at least 1 unit, not 0"),
        (edits.resize_layer(3, 4), "no hidden layer 3 to change; the network has 2"),
        (edits.resize_layer(0, 4), "no hidden layer 0 to change"),
        (edits.choose_activation(4, "relu"), "no layer 4 to change; the network has 3"),
        (edits.choose_activation(0, "relu"), "no layer 0 to change"),
    ],
    ids=lambda value: value.label if isinstance(value, edits.Edit) else "",
)
def test_what_makes_no_sense_is_refused_in_a_sentence(edit: edits.Edit, sentence: str):
    with pytest.raises(InputError) as refusal:
        edit.change(under_way())
    assert sentence in str(refusal.value)


def test_there_must_be_a_layer_to_remove_and_a_seed_to_come():
    with pytest.raises(InputError, match="no hidden layer to remove"):
        edits.remove_layer().change(start_session(suggested("gauss")))
    with pytest.raises(InputError, match="seed must lie in"):
        edits.new_seed().change(start_session(suggested("xor", seed=MAX_SEED)))


@pytest.mark.parametrize(
    "make",
    [edits.choose_dataset, edits.choose_loss, lambda name: edits.choose_activation(1, name)],
    ids=["data set", "loss", "activation"],
)
def test_an_unknown_name_is_refused_when_the_edit_is_made(make):
    with pytest.raises(InputError, match=r"There is no [a-z ]+ 'nonsense'"):
        make("nonsense")


def test_a_file_with_its_choices_brings_them_all():
    spec = replace(suggested("blobs-3", seed=21), samples=30, eta=0.33)
    network = draw_start(replace(spec, seed=5))
    after = edits.open_document(Document(network, spec), "blobs.npz").change(under_way())
    assert after.spec == spec
    assert after.start is network
    assert_begun(after)
    assert rows(after) == rows(start_session(spec))


@pytest.mark.parametrize(
    "changes",
    [
        {"hidden": (5, 4, 3), "activations": ("relu", "tanh", "sigmoid", "tanh")},
        {"hidden": (), "activations": ("sigmoid",), "loss": "binary-cross-entropy"},
        {"activations": ("tanh", "tanh", "softmax"), "loss": "softmax-cross-entropy"},
        {"biased": False},
    ],
    ids=["deeper", "none hidden", "two outputs", "no biases"],
)
def test_bare_weights_go_with_the_choices_of_now(changes: dict):
    shape = replace(BASE, seed=99, **changes)
    network = draw_start(shape)
    after = edits.open_document(Document(network), "bare.npz").change(under_way())
    assert after.spec == replace(shape, seed=BASE.seed)
    assert after.start is network
    assert_begun(after)
    assert rows(after) == rows(start_session(shape))


def test_reset_returns_to_the_file_and_not_to_the_seed():
    network = draw_start(replace(BASE, seed=99))
    opened = edits.open_document(Document(network), "bare.npz").change(under_way())
    run = Trainer(opened.spec, opened.data, opened.run.kernel).advance(opened.run, 3)
    assert parameters(run.network) != parameters(network)
    assert edits.reset().change(replace(opened, run=run)).run.network is network


@pytest.mark.parametrize("bare", [True, False])
def test_a_file_that_does_not_fit_is_refused_by_name(bare: bool):
    three_bits = suggested("parity-3")
    document = Document(draw_start(three_bits), None if bare else BASE)
    with pytest.raises(InputError) as refusal:
        edits.open_document(document, "parity.npz").change(under_way())
    assert str(refusal.value) == (
        "parity.npz has 3 inputs and 1 outputs, but Circle needs 2 and 1; choose a data set that fits first."
    )


def test_a_file_whose_choices_make_no_sense_is_refused():
    with pytest.raises(InputError, match="learning rate"):
        edits.open_document(Document(draw_start(BASE), replace(BASE, eta=-1.0)), "bad.npz").change(under_way())


@pytest.mark.parametrize("suffix", [".npz", ".json"])
def test_a_saved_network_opens_as_it_was(tmp_path, suffix):
    trained = under_way()
    path = tmp_path / f"network{suffix}"
    save(path, Document(trained.run.network, trained.spec))
    after = edits.open_document(load(path), path.name).change(start_session(suggested("xor")))
    assert after.spec == trained.spec
    assert rows(after) == rows(trained)
    assert parameters(after.start) == parameters(trained.run.network)
    assert_begun(after)


@pytest.mark.parametrize("layer", [1, 2, 3])
def test_numbers_of_a_layer_take_effect_and_are_the_start(layer: int):
    before = under_way()
    n_in, n_out = before.spec.sizes[layer - 1 : layer + 1]
    weights, biases = np.arange(n_in * n_out).reshape(n_in, n_out) / 7.0, np.linspace(-1.0, 1.0, n_out)
    after = edits.set_parameters(layer, weights, biases).change(before)
    assert_begun(after)
    assert (after.spec, after.data) == (before.spec, before.data)
    for k, (old, new) in enumerate(zip(before.run.network.layers, after.start.layers, strict=True), start=1):
        assert (new is old) == (k != layer)  # the others keep what they have learned
        assert new.activation == old.activation
    changed = after.start.layers[layer - 1]
    assert (changed.weights.tolist(), changed.biases.tolist()) == (weights.tolist(), biases.tolist())
    trace = forward(after.run.network, before.data.x)
    assert np.allclose(trace.z[layer - 1], trace.a[layer - 1] @ weights + biases, rtol=1e-12)
    weights[:], biases[:] = 0.0, 0.0
    assert changed.weights.any()
    run = Trainer(after.spec, after.data, after.run.kernel).advance(after.run, 3)
    assert parameters(run.network) != parameters(after.start)
    assert edits.reset().change(replace(after, run=run)).run.network is after.start


@pytest.mark.parametrize(
    ("layer", "weights", "biases", "sentence"),
    [
        (1, np.zeros((3, 2)), np.zeros(3), "Layer 1 needs 2 × 3 weights, not 3 × 2."),
        (1, np.zeros(6), np.zeros(3), "Layer 1 needs 2 × 3 weights, not 6."),
        (1, np.zeros((2, 3)), np.zeros(2), "Layer 1 needs 3 biases, not 2."),
        (3, np.zeros((2, 1)), np.zeros((1, 1)), "Layer 3 needs 1 biases, not 1 × 1."),
        (1, np.full((2, 3), np.nan), np.zeros(3), "The weights of layer 1 must be finite numbers."),
        (2, np.zeros((3, 2)), np.array([0.0, np.inf]), "The biases of layer 2 must be finite numbers."),
        (2, np.zeros((3, 2)), np.array([np.nan, 0.0]), "The biases of layer 2 must be finite numbers."),
        (0, np.zeros((2, 3)), np.zeros(3), "There is no layer 0 to change; the network has 3."),
        (4, np.zeros((2, 3)), np.zeros(3), "There is no layer 4 to change; the network has 3."),
    ],
)
def test_numbers_that_do_not_fit_a_layer_are_refused(layer: int, weights, biases, sentence: str):
    with pytest.raises(InputError) as refusal:
        edits.set_parameters(layer, weights, biases).change(under_way())
    assert str(refusal.value) == sentence


def test_numbers_of_a_layer_are_undone_with_the_training_since():
    w = Workbench(under_way())
    before = w.session
    w.apply(edits.set_parameters(3, np.array([[2.0], [-2.0]]), np.array([0.5])))
    start = w.session.start
    w.train(4)
    w.apply(edits.reset())
    assert w.session.run.network is start
    w.undo()
    w.undo()
    # Its curve may have got the losses of its last step when it was left.
    assert w.session.run is before.run
    assert w.session.spec is before.spec
    assert w.session.legs == before.legs
    w.redo()
    assert w.session.start is start
    assert w.session.run.step == 4


def test_biases_that_do_not_learn_keep_the_numbers_they_are_given():
    before = start_session(replace(BASE, biased=False))
    after = edits.set_parameters(1, np.ones((2, 3)), np.array([0.1, 0.2, 0.3])).change(before)
    run = Trainer(after.spec, after.data, after.run.kernel).advance(after.run, 5)
    assert run.network.biases[0].tolist() == [0.1, 0.2, 0.3]
    assert run.network.weights[0].tolist() != np.ones((2, 3)).tolist()


def test_a_run_is_reopened_as_it_was_left():
    run = FinishedRun(12, under_way())
    edit = edits.reopen(run)
    assert edit.label == "reopen run 12"
    assert edit.change(start_session(suggested("xor"))) is run.session


def moved(item: Edge | Node, value: float, merge: str | None = None) -> edits.Edit:
    return edits.set_parameter(item, value, "it", merge=merge)


@pytest.mark.parametrize("item", [Edge(2, 1, 0), Node(3, 0)], ids=str)
def test_a_value_set_by_hand_goes_on_in_the_same_run_and_undo_brings_the_old_one_back(item: Edge | Node):
    w = Workbench(start_session(BASE))
    w.train(9)
    w.frame()
    before = w.session
    w.apply(moved(item, 0.75))
    assert w.notice == "Changed: it = 0.75."
    assert parameter(w.session.run.network, item) == 0.75
    assert (w.session.run.step, w.session.start, w.session.data) == (9, before.start, before.data)
    assert (w.session.run.epoch, w.session.run.start) == (before.run.epoch, before.run.start)
    frame = w.frame()
    # The loss of that step is the one of now, and the others stay.
    assert frame.session.curve.rows[-1, CurveColumn.TRAIN_LOSS] == frame.train.data_loss
    assert frame.session.curve.rows[:-1].tolist() == before.curve.rows[:-1].tolist()
    assert frame.past[-1].network is w.session.run.network
    assert frame.deltas[-1, 0] == 9
    assert frame.finished == ()
    w.train(3)
    w.undo()
    assert w.session is before


def test_a_whole_drag_is_one_edit_and_one_leg():
    w = Workbench(start_session(BASE))
    w.train(9)
    before = w.session
    for value in (0.1, 0.2, 0.3):
        w.apply(moved(Edge(1, 0, 0), value, "drag"))
        w.frame()
    assert len(w.session.legs) == 2
    assert len(w.history) == 1
    w.train(4)
    w.apply(moved(Edge(1, 0, 0), 0.4, "drag"))
    assert len(w.history) == 1
    w.undo()
    assert w.session is before
    w.redo()
    assert w.session.run.network.weights[0][0, 0] == 0.4
    # Steps on the way are those that were made, with the values of then.
    w.go_to(12)
    w.go_to(9)
    assert w.session.run.network.weights[0][0, 0] == 0.3


@pytest.mark.parametrize(
    ("item", "value", "sentence"),
    [
        (Edge(1, 5, 0), 1.0, "no it that could be changed"),
        (Node(0, 1), 1.0, "no it that could be changed"),
        (Edge(1, 0, 0), float("nan"), "must be a finite number"),
        (Edge(1, 0, 0), float("-inf"), "must be a finite number"),
    ],
    ids=str,
)
def test_no_such_value_is_set(item: Edge | Node, value: float, sentence: str):
    w = Workbench(start_session(BASE))
    before = w.session
    with pytest.raises(InputError, match=sentence):
        w.apply(moved(item, value))
    assert w.session is before


def test_biases_that_do_not_learn_are_not_set_by_hand():
    w = Workbench(start_session(replace(BASE, biased=False)))
    with pytest.raises(InputError, match="no it that could be changed"):
        w.apply(moved(Node(1, 0), 1.0))


def test_an_earlier_step_with_a_value_by_hand_parts_from_what_lay_ahead():
    w = Workbench(start_session(BASE))
    w.train(20)
    w.go_to(5)
    w.apply(moved(Edge(1, 0, 0), 1.5))
    assert "The run parts from what lay ahead at step 5" in w.notice
    assert [run.session.run.step for run in w.frame().finished] == [20]
    w.train(10)
    w.go_to(2)
    w.train(8)
    # There it goes on without what was set by hand.
    assert w.notice.startswith("A value was set by hand at step 5 the last time. The run parts")
    w.undo()
    w.go_to(3)
    assert "From step 5 on a value that was set by hand was in force." in w.notice
