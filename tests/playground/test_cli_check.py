"""`playground check`: a line a layer, exit code 1 when backpropagation and central differences disagree."""

from dataclasses import replace

import numpy as np
import pytest

from core.examples import EXAMPLES
from core.formats import Document, save
from core.network import backward
from core.spec import suggested
from core.training import draw_start
from playground.__main__ import main


@pytest.fixture
def circle_file(tmp_path):
    spec = replace(suggested("circle"), hidden=(3,), activations=("tanh", "tanh"), loss="half-squared-error")
    save(tmp_path / "circle.npz", Document(draw_start(spec), spec))
    return str(tmp_path / "circle.npz")


@pytest.mark.parametrize("name", EXAMPLES.names())
def test_every_example_passes_layer_by_layer(capsys, name):
    assert main(["check", "--example", name]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    lines = out.splitlines()
    layers = len(EXAMPLES[name].network.layers)
    starts = [f"layer {k}" for k in range(1, layers + 1)]
    assert [line[:7] for line in lines if "worst error" in line] == [*starts, "inputs "]
    assert lines[-1] == "passed"


def test_a_file_is_checked_on_the_rows_that_are_asked_for(capsys, circle_file):
    assert main(["check", circle_file, "--samples", "20", "--train-share", "1", "--data-seed", "7"]) == 0
    assert "20 rows" in capsys.readouterr().out


def test_a_wrong_gradient_ends_with_one(capsys, monkeypatch):
    def mistaken(network, trace, t):
        right = backward(network, trace, t)
        return replace(right, weights=tuple(-w for w in right.weights))

    monkeypatch.setattr("core.gradient_check.backward", mistaken)
    assert main(["check", "--example", "365"]) == 1
    out, err = capsys.readouterr()
    assert out.splitlines()[-1] == "failed"
    assert "The gradient check failed: the error at W2" in err
    assert err.count("\n") == 1


def test_units_at_a_kink_are_named_and_not_counted(capsys, tmp_path):
    np.savez(tmp_path / "dead.npz", W1=np.zeros((2, 1)), W2=np.ones((1, 1)))
    arguments = ["check", str(tmp_path / "dead.npz"), "--activation", "relu", "--output-activation", "identity"]
    assert main([*arguments, "--dataset", "xor", "--targets", "zero-one"]) == 0
    out = capsys.readouterr().out
    assert "at a kink, not counted: W1[0,0]" in out
    assert "nothing to compare" in out


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        ("", "none is given"),
        ("--example 365 --samples 3", "leave --samples out"),
        ("--example tree", "choose one of 365"),
        ("--example 365 --sample 3", "did you mean --samples?"),
        ("nowhere.npz", "nowhere.npz"),
        ("--example 365 more.npz", "not both"),
    ],
)
def test_a_mistake_is_one_sentence(capsys, words, hint):
    assert main(["check", *words.split()]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert hint in err
    assert err.count("\n") == 1
