"""A mistake in force: trained, walked, checked and played back like any update, named, healed, and in no file."""

import json
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from core import edits
from core.checking import Checker
from core.edits import make_mistake, show_mistake
from core.errors import InputError
from core.explain.sample_gradients import sample_gradients
from core.explain.shown import step_of
from core.formats import FORMATS, Document, load, save
from core.frame import batch_pass
from core.mistakes import MISTAKES, backward_with
from core.network import backward, forward
from core.selection import Edge, GradientChecking, Node, PhaseStep
from core.session import evaluations, mistakes_made, start_session
from core.spec import check, suggested
from core.training import Diverged, Trainer
from core.workbench import Workbench

NAMES = MISTAKES.names()
# 23 rows in batches of 5, hidden layers of one size, inputs that are no bits: every mistake shows.
UNEVEN = replace(
    suggested("circle"), samples=23, train_share=1.0, batch=5, hidden=(3, 3), activations=("tanh",) * 3, kernel="numpy"
)
every_mistake = pytest.mark.parametrize("name", NAMES)


def opened(name=None, steps=7, spec=UNEVEN) -> Any:
    bench = Workbench(start_session(spec))
    bench.train(steps)
    if name is not None:
        bench.apply(make_mistake(name))
    return bench


def numbers(run):
    return run.step, [array.tobytes() for array in (*run.network.weights, *run.network.biases, run.state)]


def checked(bench) -> Any:
    bench.perform(GradientChecking(anew=True))
    while (found := bench.frame().checking).under_way:
        bench.perform(GradientChecking())
    return found


# Where each mistake makes the gradient wrong: the layers' weights W and biases b, and the inputs x.
ALL = {(kind, k) for kind in "Wb" for k in (1, 2, 3)}
BEFORE_OUTPUT = {(kind, k) for kind in "Wb" for k in (1, 2)} | {("x", 0)}
WHERE = {
    "slope-left-out": ALL | {("x", 0)},
    "input-twice": {("W", 1)},
    "sign-reversed": ALL | {("x", 0)},
    "updated-first": BEFORE_OUTPUT,
    "sum-for-mean": ALL,
    "transposed-index": {("W", 1), ("b", 1), ("x", 0)},
    "bias-forgotten": {("b", 1), ("b", 2), ("b", 3)},
}


@every_mistake
def test_the_gradient_check_fails_exactly_where_it_should_and_passes_when_healed(name):
    bench = opened(name)
    found = checked(bench)
    assert found.mistake == name
    assert not found.passed
    assert {(one.quantity, one.layer) for layer in found.layers for one in layer.failures} == WHERE[name]
    for layer in found.layers:
        assert layer.failed == len(layer.failures)
    bench.apply(edits.heal())
    assert bench.frame().checking is None
    assert checked(bench).passed


@every_mistake
def test_choosing_and_healing_go_on_from_the_same_weights_and_undo_brings_each_back(name):
    bench = opened()
    before = bench.session
    bench.apply(make_mistake(name))
    assert bench.notice == f"Changed: mistake on: {MISTAKES[name].label}."
    assert bench.history.undo_label == f"mistake on: {MISTAKES[name].label}"
    assert bench.session.run.network is before.run.network
    bench.train(3)
    spoiled = bench.session.run
    bench.apply(edits.heal())
    assert bench.notice == f"Changed: healing. The mistake is healed: {MISTAKES[name].label}."
    assert bench.session.run.network is spoiled.network
    assert bench.session.spec == before.spec
    bench.undo()
    assert bench.session.spec.mistake == name
    assert numbers(bench.session.run) == numbers(spoiled)
    bench.undo()
    assert bench.session is before
    bench.redo()
    assert bench.session.spec.mistake == name


def test_nothing_is_healed_where_nothing_is_wrong_and_no_unknown_mistake_is_made():
    bench = opened()
    with pytest.raises(InputError, match="no mistake to heal"):
        bench.apply(edits.heal())
    with pytest.raises(InputError, match="did you mean 'sign-reversed'"):
        check(replace(UNEVEN, mistake="sign-reverse"))


@every_mistake
def test_training_with_a_mistake_differs_and_is_played_back_to_the_bit(name):
    bench, right = opened(name), opened()
    passed = [numbers(bench.session.run)]
    for _ in range(6):
        bench.train(1)
        passed.append(numbers(bench.session.run))
    right.train(6)
    assert passed[-1] != numbers(right.session.run)
    bench.apply(edits.heal())
    bench.train(4)
    for step in (9, 12, 7, 10):
        bench.go_to(step)
        assert numbers(bench.session.run) == passed[step - 7]
        assert bench.session.spec.mistake == name
    bench.train(13 - bench.session.run.step)
    assert numbers(bench.session.run) == passed[-1]
    bench.go_to(3)
    assert bench.session.spec.mistake is None


@every_mistake
@pytest.mark.parametrize("batch", [1, 5])
def test_walked_through_the_update_is_that_of_a_step_to_the_bit(name, batch):
    walked, stepped = (opened(name, spec=replace(UNEVEN, batch=batch)) for _ in range(2))
    stepped.train(1)
    walked.perform(PhaseStep())
    while not walked.frame().stepping.updated:
        walked.perform(PhaseStep())
    assert numbers(walked.session.run) == numbers(stepped.session.run)


@every_mistake
def test_all_numbers_of_a_walk_lead_to_its_update(name):
    bench = opened(name)
    bench.perform(PhaseStep())
    frame = bench.frame()
    update = frame.stepping.update
    spec, rows = bench.session.spec, range(update.rows)
    share = 1 if name == "sum-for-mean" else update.rows
    for k, (old, new) in enumerate(zip(update.network.weights, update.after.weights, strict=True)):
        mean = sum(update.weight_gradients(row)[k] for row in rows) / share
        assert np.allclose(new, old - spec.eta * mean, rtol=1e-12, atol=1e-14)
        assert np.allclose(batch_pass(frame).weights[k], mean, rtol=1e-12, atol=1e-14)
        assert np.allclose(frame.gradient.weights[k], update.weight_gradients(frame.stepping.row)[k])
    for k, (old, new) in enumerate(zip(update.network.biases, update.after.biases, strict=True)):
        mean = sum(update.gradient_of(row).biases[k] for row in rows) / share
        assert np.allclose(new, old - spec.eta * mean, rtol=1e-12, atol=1e-14)


@every_mistake
def test_the_table_of_samples_adds_up_to_what_the_update_is_made_of(name):
    bench = opened(name)
    network, data, spec, rows = bench.session.run.network, bench.session.data, bench.session.spec, bench.frame().batch
    x, t = data.x[rows], data.t[rows]
    whole = backward_with(name, network, forward(network, x), t, spec.eta)
    for item, expected in ((Edge(1, 1, 2), whole.weights[0][1, 2]), (Node(2, 1), whole.biases[1][1])):
        found = sample_gradients(network, x, t, item, spec.eta, name)
        assert found is not None
        assert (found.total if name == "sum-for-mean" else found.mean) == pytest.approx(expected, rel=1e-12)


@every_mistake
def test_every_panel_is_told_the_wrong_gradient_until_it_is_healed(name):
    bench = opened(name)
    frame = bench.frame()
    network, eta = frame.network, frame.session.spec.eta
    wrong = backward_with(name, network, forward(network, frame.x), frame.t, eta)
    assert all(np.array_equal(a, b) for a, b in zip(frame.gradient.delta, wrong.delta, strict=True))
    assert step_of(frame)[0].mistake == name
    bench.apply(edits.heal())
    frame = bench.frame()
    right = backward(network, forward(network, frame.x), frame.t)
    assert all(np.array_equal(a, b) for a, b in zip(frame.gradient.delta, right.delta, strict=True))


@every_mistake
@pytest.mark.parametrize("kind", FORMATS, ids=lambda kind: kind.name)
def test_no_file_holds_it(name, kind, tmp_path):
    bench = opened(name)
    path = tmp_path / f"network{kind.suffix}"
    save(path, Document(bench.session.run.network, bench.session.spec))
    assert name.encode() not in path.read_bytes()
    assert b"mistake" not in path.read_bytes()
    document = load(path)
    assert document.spec == replace(bench.session.spec, mistake=None)
    bench.apply(edits.open_document(document, path.name))
    assert bench.session.spec.mistake is None
    assert f"The mistake is healed: {MISTAKES[name].label}." in bench.notice


def test_a_file_that_names_one_makes_none(tmp_path):
    path = tmp_path / "network.json"
    save(path, Document(opened().session.run.network, UNEVEN))
    said = json.loads(path.read_text())
    options = said.get("options") or said["metadata"]["options"]
    options["mistake"] = "sign-reversed"
    path.write_text(json.dumps(said))
    assert load(path).spec == UNEVEN


def test_bare_weights_are_opened_without_it():
    bench = opened("sign-reversed")
    bench.apply(edits.open_document(Document(bench.session.run.network), "weights.npz"))
    assert bench.session.spec.mistake is None


def test_another_data_set_heals_and_says_so_and_what_begins_anew_on_this_one_does_not():
    bench = opened("bias-forgotten")
    for edit in (edits.reset(), edits.new_seed(), edits.resize_layer(1, 5), edits.choose_loss("mean-squared-error")):
        bench.apply(edit)
        assert bench.session.spec.mistake == "bias-forgotten"
        assert "healed" not in bench.notice
    bench.apply(edits.choose_dataset("moons"))
    assert bench.session.spec.mistake is None
    assert "The mistake is healed: Bias gradient forgotten." in bench.notice


def test_a_run_knows_the_mistakes_that_it_was_trained_with_also_when_finished():
    bench = opened("sign-reversed")
    assert mistakes_made(bench.session) == ()
    bench.train(2)
    bench.apply(edits.heal())
    bench.apply(make_mistake("sum-for-mean"))
    bench.apply(make_mistake("sign-reversed"))
    bench.train(2)
    bench.apply(make_mistake("input-twice"))
    bench.train(1)
    assert mistakes_made(bench.session) == ("sign-reversed", "input-twice")
    bench.apply(edits.choose_dataset("xor"))
    (run,) = bench.finished.runs
    assert mistakes_made(run.session) == ("sign-reversed", "input-twice")
    bench.apply(edits.reopen(run))
    assert bench.notice.startswith("Changed: reopen run 1 with its mistake on, xᵢ twice.")
    assert bench.session.spec.mistake == "input-twice"
    bench.go_to(8)
    assert mistakes_made(bench.session) == ("sign-reversed",)


def loss_after(spec, epochs):
    """The objective after so many epochs; infinite where the run leaves the finite numbers."""
    session = start_session(spec)
    trainer = Trainer(spec, session.data, "numpy")
    try:
        run = trainer.advance(replace(session.run, kernel="numpy"), epochs * trainer.steps_per_epoch)
    except Diverged:
        return float("inf")
    return evaluations(replace(session, run=run))[0].objective


@every_mistake
def test_its_example_shows_it_plainly(name):
    bench = opened()
    bench.apply(show_mistake(name))
    spec, example = bench.session.spec, MISTAKES[name].example
    assert spec.mistake == name
    assert bench.session.run.step == 0
    assert not checked(bench).passed
    wrong = loss_after(spec, example.epochs)
    right = loss_after(replace(spec, mistake=None), example.epochs)
    assert wrong > 5 * right


def test_one_that_leads_out_of_the_finite_numbers_says_what_to_do():
    bench = Workbench(start_session(replace(suggested("sine"), mistake="sum-for-mean")))
    assert not bench.train(2000)
    assert "That is what comes of the mistake that is on, Sum for mean: heal it, and reset." in bench.notice


def test_a_check_of_a_healthy_network_knows_no_mistake():
    bench = opened()
    assert Checker(bench.session, np.arange(3)).now.mistake is None
