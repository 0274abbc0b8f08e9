"""`playground explain`: its numbers as JSON, what it writes for people, and every wrong usage."""

import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.arrays import frozen
from core.examples import EXAMPLES
from core.explain.notation import NOTATIONS
from core.explain.report import make_report
from core.explain.report_json import report_json
from core.explain.step import take_step
from core.formats import Document, save
from core.gradient_check import check_gradient
from core.initializers import INITIALIZERS
from core.network import Network, draw_network, forward, sample_losses
from core.selection import Edge
from core.spec import suggested
from core.training import draw_start, load_data
from playground.__main__ import main

KEYS = [
    *("x", "t", "y", "loss", "z", "a", "delta", "grad_W", "grad_b", "grad_x", "W", "b", "W_next", "b_next", "dy_dx"),
    *("phases", "paths", "check"),
]


def printed(capsys, *arguments):
    assert main(["explain", *arguments]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    return out


def explained(capsys, *arguments):
    return json.loads(printed(capsys, *arguments, "--format", "json"))


@pytest.fixture
def xor_file(tmp_path):
    spec = suggested("xor")
    save(tmp_path / "xor.npz", Document(draw_start(spec), spec))
    return str(tmp_path / "xor.npz")


@pytest.fixture
def bare_file(tmp_path):
    np.savez(tmp_path / "bare.npz", W1=np.array([[0.1, 0.2], [0.3, 0.4]]), W2=np.array([[0.5], [-0.6]]))
    return str(tmp_path / "bare.npz")


@pytest.mark.parametrize("name", EXAMPLES.names())
def test_json_has_every_key_in_the_codes_order(capsys, name):
    said = explained(capsys, "--example", name)
    example = EXAMPLES[name]
    network, layers = example.network, len(example.network.layers)
    assert list(said) == KEYS
    assert (said["x"], said["t"]) == (example.x[example.sample].tolist(), example.t[example.sample].tolist())
    for key in ("W", "b", "z", "delta", "grad_W", "grad_b", "W_next", "b_next"):
        assert len(said[key]) == layers
    assert len(said["a"]) == layers + 1
    assert (said["a"][0], said["a"][-1]) == (said["x"], said["y"])
    assert [np.shape(w) for w in said["grad_W"]] == [w.shape for w in network.weights]
    assert [len(z) for z in said["z"]] == list(network.sizes[1:])
    assert np.shape(said["dy_dx"]) == (network.sizes[-1], network.sizes[0])
    assert said["check"]["passed"]
    assert sum(path["product"] for path in said["paths"]) == pytest.approx(said["grad_W"][0][0][0], rel=1e-12)


def test_mazur_from_the_command_line(capsys):
    example = EXAMPLES["mazur"]
    for options, after in (([], 0.280471447), (["--freeze-biases"], 0.291027774)):
        said = explained(capsys, "--example", "mazur", *options)
        assert said["loss"] == pytest.approx(0.298371109, abs=5e-10)
        layers = tuple(
            type(layer)(frozen(w), frozen(b), layer.activation)
            for layer, w, b in zip(example.network.layers, said["W_next"], said["b_next"], strict=True)
        )
        trace = forward(Network(layers, example.network.loss), example.x)
        assert sample_losses(example.network, trace, example.t)[0] == pytest.approx(after, abs=5e-10)


@pytest.mark.parametrize(("name", "slope"), [("duke-figure-1", 6), ("duke-figure-2", 5), ("duke-figure-3", 5)])
def test_dukes_figures_from_the_command_line(capsys, name, slope):
    assert explained(capsys, "--example", name)["dy_dx"] == [[slope]]


def test_dukes_phases_carry_the_steps_of_his_table(capsys):
    said = explained(capsys, "--example", "duke")
    assert [phase["step"] for phase in said["phases"] if phase["name"].startswith(("dE", "delta", "back"))] == [
        *range(1, 8)
    ]


@settings(max_examples=15)
@given(st.data())
def test_json_agrees_with_central_differences_on_random_networks(tmp_path_factory, data):
    sizes = (2, *data.draw(st.lists(st.integers(1, 4), max_size=2)), 1)
    names = [data.draw(st.sampled_from(["tanh", "sigmoid", "softplus", "identity"])) for _ in sizes[1:]]
    rng = np.random.default_rng(data.draw(st.integers(0, 999)))
    network = draw_network(sizes, names, "half-squared-error", INITIALIZERS["he"], rng=rng)
    x, t = frozen(rng.normal(0, 1, (1, 2))), frozen(rng.normal(0, 1, (1, 1)))
    said = json.loads(report_json(make_report("", take_step(network, x, t, 0.3), NOTATIONS["code"], Edge(1, 0, 0))))
    for comparison in check_gradient(network, x, t).comparisons:
        given = {"W": "grad_W", "b": "grad_b", "x": "grad_x"}[comparison.quantity]
        value = np.array(said[given][comparison.layer - 1] if comparison.layer else said[given])
        index = comparison.index if comparison.layer else comparison.index[1:]
        assert value[index] == pytest.approx(comparison.numeric, abs=1e-7)
    for i in range(2):
        move = np.zeros((1, 2))
        move[0, i] = 1e-5
        slope = (forward(network, x + move).y - forward(network, x - move).y)[0] / 2e-5
        assert [row[i] for row in said["dy_dx"]] == pytest.approx(slope, abs=1e-7)
    for k, w in enumerate(network.weights):
        assert np.allclose(said["W_next"][k], w - 0.3 * np.array(said["grad_W"][k]), rtol=1e-13, atol=1e-15)


def test_a_file_brings_its_rows_and_eta(capsys, xor_file):
    spec = suggested("xor")
    data, network = load_data(spec), draw_start(spec)
    said = explained(capsys, xor_file, "--sample", "2")
    assert (said["x"], said["t"]) == (data.x[2].tolist(), data.t[2].tolist())
    step = take_step(network, data.x[2:3], data.t[2:3], spec.eta)
    assert said["W_next"] == [w.tolist() for w in step.after.weights]


def test_own_inputs_work_as_they_are_written(capsys, xor_file):
    said = explained(capsys, xor_file, "--x", "-0.5,1", "--target", "-5e-05", "--eta", "1e-2")
    assert (said["x"], said["t"]) == ([-0.5, 1.0], [-5e-05])
    assert said["W_next"][0][0][0] == pytest.approx(said["W"][0][0][0] - 0.01 * said["grad_W"][0][0][0], rel=1e-14)


def test_bare_weights_need_names_and_a_sample(capsys, bare_file):
    names = ["--activation", "tanh", "--output-activation", "identity"]
    said = explained(capsys, bare_file, *names, "--x", "1,2", "--target", "0")
    assert said["y"] == pytest.approx([0.5 * np.tanh(0.7) - 0.6 * np.tanh(1.0)])
    assert explained(capsys, bare_file, *names, "--dataset", "xor", "--sample", "3")["x"] == [1.0, 1.0]


def test_the_paths_are_those_of_the_chosen_weight(capsys):
    said = explained(capsys, "--example", "medium", "--weight", "2,1,0")
    assert [path["nodes"] for path in said["paths"]] == [[[2, 0], [3, 0]]]
    assert said["paths"][0]["weight"] == [2, 1, 0]
    assert said["paths"][0]["product"] == pytest.approx(said["grad_W"][1][1][0], rel=1e-12)


def test_an_example_opens_in_its_authors_notation(capsys):
    assert "∂L/∂uᵢⱼ = δⱼhᵢ" in printed(capsys, "--example", "365")
    assert "∂C/∂(wⱼₖ)ˡ = ∂C/∂(zⱼ)ˡ · (aₖ)ˡ⁻¹" in printed(capsys, "--example", "medium")
    assert "∂Eₙ/∂wᵢⱼ⁽ᵏ⁾ = δᵢ⁽ᵏ⁾zⱼ⁽ᵏ⁻¹⁾" in printed(capsys, "--example", "duke")
    assert "∂E/∂Wᵢⱼ⁽ᵏ⁾ = δⱼ⁽ᵏ⁾aᵢ⁽ᵏ⁻¹⁾" in printed(capsys, "--example", "365", "--notation", "code")


def test_matrices_lie_as_the_notation_has_them(capsys):
    assert "w = [0.1  −0.4  0.3; 0.5  0.2  −0.6]" in printed(capsys, "--example", "365")
    medium = printed(capsys, "--example", "365", "--notation", "medium")
    assert "W² = [0.1  0.5; −0.4  0.2; 0.3  −0.6]" in medium
    assert "zˡ = Wˡaˡ⁻¹ + bˡ" in medium
    assert "a⁽¹⁾ = xw + b⁽¹⁾" in printed(capsys, "--example", "365")


@pytest.mark.parametrize("notation", NOTATIONS.names())
@pytest.mark.parametrize("example", ["365", "medium", "duke", "xor"])
def test_latex_is_balanced_and_plain_enough(capsys, example, notation):
    text = printed(capsys, "--example", example, "--notation", notation, "--format", "latex")
    assert text.startswith("\\documentclass")
    assert text.endswith("\\end{document}\n")
    for opening, closing in ("{}", (r"\left(", r"\right)"), (r"\[", r"\]"), (r"\begin", r"\end")):
        assert text.count(opening) == text.count(closing)
    # Any engine with any font can set it.
    assert text.isascii()


def test_markdown_has_a_heading_for_each_phase(capsys):
    text = printed(capsys, "--example", "365", "--format", "markdown")
    assert text.count("\n## ") == 17  # given, the phases that compute, paths, proof, author
    assert text.count("$$") % 2 == 0


def test_a_worksheet_has_blanks_and_then_its_solution(capsys):
    sheet, solution = printed(capsys, "--example", "duke-figure-1", "--format", "worksheet").split("# Solution")
    # Two z, two a, loss and its sum, ∂E/∂y, two δ, two ∂E/∂w, ∂E/∂z and ∂E/∂x, two new weights.
    assert sheet.count(r"\underline") == 15
    assert r"\underline" not in solution
    assert r"{\hat{y}}_{1} = 6" in solution
    assert r"{\hat{y}}_{1} = 6" not in sheet


MISTAKES = [
    ("", "none is given"),
    ("nowhere.npz", "nowhere.npz"),
    ("--example", "--example needs a value"),
    ("--example 356", "did you mean '365'?"),
    ("--example 365 --format pdf", "choose one of text, markdown, latex, json, worksheet"),
    ("--example 365 --notation dukes", "did you mean 'duke'?"),
    ("--example 365 --sample 1", "There is no row 1; there are 1"),
    ("--example 365 --sample -1", "from 0 on"),
    ("--example 365 --sample one", "a whole number"),
    ("--example 365 --x 1", "both --x and --target"),
    ("--example 365 --target 1,0", "both --x and --target"),
    ("--example 365 --x 1,2 --target 1,0 --sample 0", "no --sample"),
    ("--example 365 --x 1,2,3 --target 1,0", "makes 2, not 3"),
    ("--example 365 --x 1,2 --target 1", "makes 2, not 1"),
    ("--example 365 --x 1;2 --target 1,0", "numbers with commas"),
    ("--example 365 --x nan,1 --target 1,0", "finite"),
    ("--example 365 --eta 0", "positive"),
    ("--example 365 --eta -1e-3", "positive"),
    ("--example 365 --eta nan", "positive"),
    ("--example 365 --weight 1,0", "like 1,0,2"),
    ("--example 365 --weight 3,0,0", "no weight 3,0,0 in a 2-3-2"),
    ("--example 365 --weight 1,-1,0", "no weight 1,-1,0"),
    ("--example 365 --dataset xor", "leave --dataset out"),
    ("--example 365 --activation tanh", "leave --activation out"),
    ("--example 365 --exmple 3", "did you mean --example?"),
    ("xor.npz --example 365", "not both"),
    ("xor.npz --dataset sine", "choose another --dataset"),
    ("xor.npz --dataset xr", "did you mean 'xor'?"),
    ("xor.npz --samples 5", "xor is a table"),
    ("xor.npz --sample 4", "There is no row 4; there are 4"),
    ("bare.npz", "--activation"),
    ("bare.npz --activation tanh --output-activation tanh", "add --dataset NAME, or --x and --target"),
    ("bare.npz --activation tanh --output-activation tanh --noise 3", "add --dataset NAME"),
    (
        "bare.npz --activation tanh --output-activation sigmoid --loss binary-cross-entropy --x 1,1 --target 2",
        "targets in 0 … 1",
    ),
]


@pytest.mark.parametrize(("words", "hint"), MISTAKES, ids=[words[:60] or "nothing" for words, _ in MISTAKES])
def test_a_mistake_is_one_sentence(tmp_path, monkeypatch, capsys, xor_file, bare_file, words, hint):
    monkeypatch.chdir(tmp_path)
    assert main(["explain", *words.split()]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert hint in err
    assert err.count("\n") == 1
    assert err.rstrip()[-1] in ".?"


def test_numbers_too_large_for_json_are_null(capsys, tmp_path):
    np.savez(tmp_path / "huge.npz", W1=np.full((2, 2), 1e200), W2=np.full((2, 1), 1e200))
    names = ["--activation", "identity", "--output-activation", "identity"]
    said = explained(capsys, str(tmp_path / "huge.npz"), *names, "--x", "1,1", "--target", "0")
    assert said["y"] == [None]
    assert not said["check"]["passed"]
    printed(capsys, str(tmp_path / "huge.npz"), *names, "--x", "1,1", "--target", "0")


def test_an_example_says_where_its_author_is_wrong_and_why(capsys):
    for kind in ("text", "markdown", "latex"):
        text = printed(capsys, "--example", "365", "--format", kind)
        assert "belongs to a unit and knows no i" in text
        assert text.count("In numbers, ") == 5
    assert "The author's formulas" not in printed(capsys, "--example", "xor")
