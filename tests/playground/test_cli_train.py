"""`playground train`: what every option does, what the outcome is called, and that it is the core's own."""

import json
from dataclasses import replace

import pytest

from core.datasets import DATASETS
from core.spec import suggested
from core.training import Trainer, begin, draw_start, evaluate, load_data
from playground.__main__ import main
from playground.train_options import as_used, as_words, train_parser, understand

KEYS = [
    "epochs",
    "steps",
    "train_loss",
    "test_loss",
    "penalty",
    "objective",
    "train_accuracy",
    "test_accuracy",
    "seconds",
    "steps_per_second",
    "kernel",
    "seed",
    "data_seed",
    "sizes",
    "options",
]
OPTIONS = [
    "dataset",
    "samples",
    "noise",
    "train_share",
    "targets",
    "data_seed",
    "hidden",
    "activation",
    "output_activation",
    "loss",
    "init",
    "bias",
    "eta",
    "batch",
    "epochs",
    "until_loss",
    "shuffle",
    "seed",
    "kernel",
]


def options(*arguments):
    return understand(train_parser().read(list(arguments)))


def spec(*arguments):
    return options(*arguments).spec


def result(capsys, *arguments, code=0):
    assert main(["train", "--json", *arguments]) == code
    return json.loads(capsys.readouterr().out)


def trained(chosen, epochs):
    """What the core makes of it, an epoch at a time."""
    data = load_data(chosen)
    run = begin(chosen, draw_start(chosen))
    trainer = Trainer(chosen, data, run.kernel)
    for _ in range(epochs):
        run = trainer.advance(run, trainer.steps_to_epoch_end(run))
    return run, data


@pytest.mark.parametrize("name", [*DATASETS.names(), "parity-2"])
def test_what_is_not_said_is_the_data_sets_suggestion(name):
    given = options("--dataset", name)
    assert given.spec == suggested(name)
    assert given.epochs == given.spec.source.suggestion.epochs


def test_the_first_data_set_is_xor():
    assert spec() == suggested("xor")


@pytest.mark.parametrize(
    ("words", "field", "value"),
    [
        ("--samples 33", "samples", 33),
        ("--noise 12.5", "noise", 12.5),
        ("--train-share 0.25", "train_share", 0.25),
        ("--targets zero-one", "targets", "zero-one"),
        ("--targets auto", "targets", "auto"),
        ("--data-seed 0", "data_seed", 0),
        ("--hidden 5", "hidden", (5,)),
        ("--hidden 3,2,1", "hidden", (3, 2, 1)),
        ("--hidden=", "hidden", ()),
        ("--loss mean-squared-error", "loss", "mean-squared-error"),
        ("--init he", "init", "he"),
        ("--no-bias", "biased", False),
        ("--eta 1e-2", "eta", 0.01),
        ("--eta .5", "eta", 0.5),
        ("--batch 7", "batch", 7),
        ("--batch full", "batch", None),
        ("--shuffle", "shuffle", True),
        ("--no-shuffle", "shuffle", False),
        ("--kernel numpy", "kernel", "numpy"),
    ],
)
def test_each_option_changes_its_field_and_no_other(words, field, value):
    chosen = spec("--dataset", "circle", *words.split())
    assert getattr(chosen, field) == value
    hidden = ["tanh"] * len(chosen.hidden)
    assert chosen == replace(suggested("circle"), **{field: value, "activations": (*hidden, "tanh")})


def test_the_last_of_two_counts():
    assert spec("--eta", "1", "--eta", "2").eta == 2


def test_activations_of_the_hidden_layers_and_of_the_output():
    chosen = spec("--dataset", "circle", "--activation", "relu", "--output-activation", "sigmoid")
    assert chosen.activations == ("relu", "relu", "sigmoid")
    assert chosen.encoding == "zero-one"
    added = spec("--dataset", "gauss", "--hidden", "3,3", "--activation", "softplus")
    assert added.activations == ("softplus", "softplus", "tanh")


def test_targets_and_outputs_follow_the_output_activation():
    words = ["--output-activation", "softmax", "--loss", "softmax-cross-entropy"]
    chosen = spec("--dataset", "xor", *words)
    assert (chosen.encoding, chosen.sizes) == ("one-hot", (2, 3, 2))
    plus_minus = spec("--dataset", "blobs-3", "--output-activation", "tanh", "--loss", "half-squared-error")
    assert (plus_minus.encoding, plus_minus.sizes) == ("plus-minus", (2, 4, 3))


def test_one_seed_is_for_everything_unless_the_data_have_their_own():
    assert (spec("--seed", "7").seed, spec("--seed", "7").data_seed) == (7, 7)
    chosen = spec("--seed", "7", "--data-seed", "3")
    assert (chosen.seed, chosen.data_seed) == (7, 3)


@pytest.mark.parametrize(
    ("epochs", "words"),
    [
        (3, ["--dataset", "circle"]),
        (2, ["--dataset", "circle", "--batch", "7", "--no-shuffle", "--samples", "61", "--noise", "20"]),
        (40, ["--dataset", "xor", "--no-bias", "--init", "uniform", "--seed", "4"]),
        (5, ["--dataset", "blobs-3", "--data-seed", "2", "--train-share", "1"]),
        (4, ["--dataset", "sine", "--hidden", "5", "--activation", "sigmoid"]),
        (0, ["--dataset", "gauss"]),
    ],
)
def test_the_numbers_are_the_cores_own(capsys, epochs, words):
    found = result(capsys, "--epochs", str(epochs), *words)
    assert list(found) == KEYS
    assert list(found["options"]) == OPTIONS
    chosen = spec(*words)
    run, data = trained(chosen, epochs)
    train = evaluate(run.network, chosen.penalty, data.x_train, data.t_train, data)
    test = evaluate(run.network, chosen.penalty, data.x_test, data.t_test, data)
    assert train is not None
    assert (found["epochs"], found["steps"]) == (epochs, run.step)
    assert found["train_loss"] == train.data_loss
    assert (found["penalty"], found["objective"]) == (train.penalty, train.objective)
    assert found["train_accuracy"] == train.accuracy
    assert found["test_loss"] == (test and test.data_loss)
    assert found["test_accuracy"] == (test and test.accuracy)
    assert found["kernel"] == "numpy"
    assert found["sizes"] == list(chosen.sizes)
    assert (found["seed"], found["data_seed"]) == (chosen.seed, chosen.data_seed)


def test_only_the_training_is_timed(capsys):
    start = result(capsys, "--epochs", "0")
    assert (start["seconds"], start["steps_per_second"]) == (0, None)
    found = result(capsys, "--epochs", "50")
    assert found["seconds"] > 0
    assert found["steps_per_second"] == found["steps"] / found["seconds"]


def test_what_does_not_exist_is_null(capsys):
    plane = result(capsys, "--dataset", "plane", "--epochs", "1", "--train-share", "1")
    assert [plane[key] for key in ("train_accuracy", "test_loss", "test_accuracy")] == [None] * 3
    assert plane["options"]["targets"] is None
    assert plane["options"]["activation"] is None
    assert plane["options"]["until_loss"] is None


def test_the_options_as_used_make_the_same_command_again(capsys):
    words = ["--dataset", "moons", "--hidden=", "--no-bias", "--no-shuffle", "--noise", "3e-1", "--epochs", "2"]
    first = result(capsys, *words, "--batch", "full", "--until-loss", "1e-9")
    second = result(capsys, *as_words(first["options"]))
    for found in (first, second):
        del found["seconds"], found["steps_per_second"]
    assert first == second


@pytest.mark.parametrize("dataset", ["circle", "xor", "blobs-4", "sine"])
def test_the_same_command_gives_the_same_numbers(capsys, dataset):
    words = ["--dataset", dataset, "--epochs", "3", "--seed", "11"]
    assert result(capsys, *words)["objective"] == result(capsys, *words)["objective"]


def test_another_seed_gives_other_numbers(capsys):
    found = {
        result(capsys, "--dataset", "circle", "--epochs", "1", *words)["objective"]
        for words in ([], ["--seed", "2"], ["--data-seed", "2"], ["--seed", "2", "--data-seed", "1"])
    }
    assert len(found) == 4


def test_the_summary_says_every_option_as_used(capsys):
    words = ["--dataset", "circle", "--epochs", "2", "--hidden=", "--seed", "5", "--until-loss", "-0.0"]
    assert main(["train", *words]) == 0
    text = capsys.readouterr().out
    given = options(*words)
    shown = text.replace("\\\n", " ").replace("''", "").split()
    for word in filter(None, as_words(as_used(given, "numpy"))):
        assert word in shown
    found = result(capsys, *words)
    for key in ("train_loss", "test_loss", "objective"):
        assert f"{found[key]:.6g}" in text
    for said in ("250 rows to train on, 250 to test", "2 epochs, 50 steps in", "accuracy", "penalty 0"):
        assert said in text
    assert "objective -0 not reached" in text


def test_quiet_says_nothing(capsys):
    assert main(["train", "--quiet", "--epochs", "1"]) == 0
    assert capsys.readouterr() == ("", "")


def test_json_is_all_that_is_said_even_quietly(capsys):
    assert main(["train", "--quiet", "--json", "--epochs", "1"]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert out.count("\n") == 1
    assert json.loads(out)["epochs"] == 1
