"""Whole layers in matrices: what is shown is read back by this file's own rules and computed, in every notation."""

import re
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.activations import ACTIVATIONS
from core.arrays import frozen
from core.explain.latex import latex
from core.explain.matrices import matrix_equations, matrix_line
from core.explain.matrices_worked import MOST_NUMBERS, numbers_line, worked_matrices
from core.explain.notation import NOTATIONS
from core.explain.phases import Part, phases
from core.explain.plain_text import plain_text
from core.explain.step import take_step
from core.initializers import INITIALIZERS
from core.losses import LOSSES
from core.network import draw_network

HIGH = {ord(high): low for high, low in zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-", strict=True)}
UP = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
WORDS = {"code": "z a y t W E η", "365": "a h y t W L η", "medium": "z a s y W C ε", "duke": "a z ŷ y W Eₙ λ"}


@st.composite
def steps(draw):
    """An update on one row of a random small network."""
    loss = LOSSES[draw(st.sampled_from(LOSSES.names()))]
    hidden = draw(st.lists(st.integers(1, 4), max_size=2))
    sizes = (draw(st.integers(1, 3)), *hidden, draw(st.integers(1, 3)))
    names = [draw(st.sampled_from(ACTIVATIONS.names())) for _ in hidden]
    names.append(loss.output or draw(st.sampled_from(ACTIVATIONS.names())))
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    network = draw_network(sizes, names, loss.name, INITIALIZERS["uniform"], rng=rng)
    x, t = rng.normal(0.0, 1.0, (1, sizes[0])), rng.uniform(0, 1, (1, sizes[-1]))
    return take_step(network, frozen(x), frozen(t / t.sum()), 0.5)


def every(step, notation):
    """Each phase with the equations of its layer."""
    for phase in phases(step.network):
        for equation in matrix_equations(phase, step, notation):
            yield phase, equation, worked_matrices(equation, step, 0, notation)


def numbers(text):
    """The matrix that a text like [1  2; 3  4] stands for, or a number without brackets."""
    return np.array([[number(each) for each in line.split("  ")] for line in text.strip("[]").split("; ")])


class Matrix(np.ndarray):
    """A matrix of which a single number can be a factor, too."""

    def __matmul__(self, other):
        return self * other if self.size == 1 or other.size == 1 else np.matmul(self, other)


def number(text):
    digits, _, power = text.replace("−", "-").partition("·10")
    return float(digits) * 10.0 ** int(power.translate(HIGH) or 0)


def computed(text, f, slope):
    """What the text comes to, whose matrices stand in square brackets."""
    found = []

    def taken(match):
        found.append(numbers(match[0]).view(Matrix))
        return f"m[{len(found) - 1}]"

    text = re.sub(r"\[[^]]*\]|\d[\d.]*(·10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)?", taken, text)
    text = re.sub(r"\w′\(", "slope(", re.sub(r"(?<!\w)[fσ]\(", "f(", text))
    text = text.replace("·", "@").replace("∘", "*").replace("−", "-")
    assert re.fullmatch(r"(f|slope|m\[\d+\]|[-+*/@() ])*", text), text
    return eval(text, {"__builtins__": {}}, {"m": found, "f": f, "slope": slope})


def function_of(step, k, notation):
    """f of layer k on vectors that lie as in the notation, and its slope."""
    activation = step.network.layers[k - 1].f

    def lying(z):
        return z.T if notation.columns else z

    def slope(z):
        a, out = activation(lying(z)), np.empty_like(lying(z))
        activation.slope(lying(z), a, out)
        return lying(out)

    return lambda z: lying(activation(lying(z))), slope


def same_as_shown(got, shown):
    """Whether each number, rounded to four digits, is the one that is shown."""
    steps_of = 10.0 ** (np.floor(np.log10(np.where(shown == 0, 1.0, np.abs(shown)))) - 3)
    return bool((np.abs(got - shown) <= 0.5 * np.where(shown == 0, 1e-15, steps_of) * (1 + 1e-9)).all())


@settings(max_examples=40)
@given(steps())
def test_the_matrices_shown_give_the_matrix_shown(step):
    for notation in NOTATIONS:
        for _, equation, worked in every(step, notation):
            if worked is None:
                continue
            assert worked.agrees
            # Unicode is no LaTeX: f′ is f with a prime.
            assert latex(numbers_line(worked)).isascii()
            result = numbers(plain_text(worked.result))
            got = computed(plain_text(worked.numbers), *function_of(step, equation.layer or 1, notation))
            assert same_as_shown(got, result), (plain_text(worked.numbers), result)
            whole = np.atleast_2d(step.whole(replace(equation.left, new=equation.update)))
            assert same_as_shown(whole.T if notation.columns else whole, result)


@settings(max_examples=40)
@given(steps())
def test_every_symbol_of_a_layer_means_its_matrix(step):
    for notation in NOTATIONS:
        named = names_of(notation, step)
        for phase, equation, worked in every(step, notation):
            if worked is None:
                continue
            f, slope = function_of(step, equation.layer or 1, notation)
            _, sign, right = plain_text(worked.here).partition(" ← " if equation.update else " = ")
            assert sign
            got = by_name(right, named, f, slope)
            whole = np.atleast_2d(step.whole(replace(equation.left, new=equation.update)))
            assert got == pytest.approx(whole.T if notation.columns else whole, rel=1e-12, abs=1e-15), phase


def by_name(text, named, f, slope):
    """What a line of names comes to; names side by side are multiplied."""
    pattern = "|".join(re.escape(name) for name in sorted(named, key=len, reverse=True)) + r"|\d"
    found = []

    def taken(match):
        found.append((named[match[0]] if match[0] in named else numbers(match[0])).view(Matrix))
        return f"m[{len(found) - 1}]"

    text = re.sub(r"(\w)′\(", "D(", re.sub(r"(?<!\w)[fσ]\(", "F(", text))
    text = re.sub(pattern, taken, text).replace("^T", "ᵀ").replace("ᵀ", ".T")
    text = re.sub(r"(?<=[\])T])(?=\(?m\[)", "@", text).replace("·", "@").replace("∘", "*").replace("−", "-")
    return eval(text, {"__builtins__": {}}, {"m": found, "F": f, "D": slope})


def names_of(notation, step):
    """The matrix of each name, as it lies in the notation."""
    pre, hidden, output, target, weight, loss, eta = WORDS[notation.name].split()
    last, by_layer = len(step.network.layers), notation.name == "365"
    named = {eta: np.array([[step.eta]]), "x": step.x, target: step.t, f"∂{loss}/∂x": step.gradient.x}
    for k in range(1, last + 1):
        up = str(k + 1).translate(UP) if notation.name == "medium" else f"⁽{str(k).translate(UP)}⁾"
        a = output if k == last else hidden + ("" if by_layer and last <= 2 else up)
        z = pre + up
        delta = f"∂C/∂{z}" if notation.name == "medium" else "δ" + ("" if by_layer and last == 1 else up)
        w = "wu"[k - 1] if by_layer and k <= 2 else weight + up
        layer, slopes = step.network.layers[k - 1], step.weight_gradients(0)[k - 1]
        named |= {z: step.trace.z[k - 1], a: step.trace.a[k], delta: step.gradient.delta[k - 1], w: layer.weights}
        named |= {f"b{up}": layer.biases, f"∂{loss}/∂{a}": step.upstream[k - 1], f"∂{loss}/∂{w}": slopes}
        named[f"∂{loss}/∂b{up}"] = step.gradient.biases[k - 1]
    return {name: np.atleast_2d(m).T if notation.columns else np.atleast_2d(m) for name, m in named.items()}


def test_what_cannot_be_read_is_not_written_out():
    network = draw_network((8, 8), ("tanh",), "half-squared-error", INITIALIZERS["he"], rng=np.random.default_rng(1))
    step = take_step(network, frozen(np.ones((1, 8))), frozen(np.zeros((1, 8))), 0.5)
    shown = {phase.part: worked is not None for phase, _, worked in every(step, NOTATIONS["code"])}
    assert MOST_NUMBERS < 8 * 8 + 3 * 8
    assert not shown[Part.PRE_ACTIVATION]
    assert shown[Part.ACTIVATION]


@pytest.mark.parametrize("batch", [1, 3])
def test_mean_and_update_are_told_of_every_layer(batch):
    rng = np.random.default_rng(1)
    network = draw_network((2, 2, 1), ("tanh", "sigmoid"), "half-squared-error", INITIALIZERS["he"], rng=rng)
    step = take_step(network, frozen(rng.normal(size=(batch, 2))), frozen(np.zeros((batch, 1))), 0.5)
    *_, mean, update = phases(network, batch)
    found = matrix_equations(update, step, NOTATIONS["code"])
    assert [equation.left.kind.name for equation in found] == ["W", "B", "W", "B"]
    worked = [worked_matrices(equation, step, 0, NOTATIONS["code"]) for equation in found]
    assert all(each is not None and each.agrees for each in worked)
    means = [matrix_line(each, network, NOTATIONS["code"]) for each in matrix_equations(mean, step, NOTATIONS["code"])]
    assert (mean.part is Part.MEAN) == (batch == 3)
    if batch == 3:
        assert plain_text(means[0]) == "∂J/∂W⁽ᵏ⁾ = 1/3 · Σₛ ∂Eₛ/∂W⁽ᵏ⁾"
        assert worked_matrices(matrix_equations(mean, step, NOTATIONS["code"])[0], step, 0, NOTATIONS["code"]) is None


def test_where_something_is_frozen_each_parameter_speaks_for_itself():
    network = draw_network((2, 1), ("tanh",), "half-squared-error", INITIALIZERS["he"], rng=np.random.default_rng(1))
    for names in ((), ("b1",)):
        step = take_step(network, frozen([[1.0, 2.0]]), frozen([[0.0]]), 0.5, frozen_names=names)
        assert bool(matrix_equations(phases(network)[-1], step, NOTATIONS["code"])) == (not names)
