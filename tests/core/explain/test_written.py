"""Every symbol and every number of every equation, in every notation, read back from what is shown and recomputed.

What is shown is parsed here by rules of this file's own, and the names are those of the table in the notes on the
mathematics, spelled out once more: none of the writers' code takes part.
"""

import math
import re
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.activations import ACTIVATIONS
from core.arrays import frozen
from core.explain import equations, put_in
from core.explain.latex import latex
from core.explain.notation import NOTATIONS
from core.explain.numbers_shown import digits_needed
from core.explain.plain_text import plain_text
from core.explain.put_in import put_in_indices
from core.explain.step import take_step
from core.explain.terms import Add, Euler, Number
from core.explain.typeset import Typesetter
from core.explain.written import write, writing
from core.initializers import INITIALIZERS
from core.losses import LOSSES
from core.network import Layer, Network, draw_network
from core.work import Done, go_on

LOW, HIGH = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉"), str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")
DOWN = {ord(high): low for high, low in zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-", strict=True)}
FUNCTIONS = {"exp": math.exp, "tanh": math.tanh, "max": max, "ln": lambda v: math.log(v) if v > 0 else -math.inf}


@st.composite
def steps(draw):
    """An update of a random network of any activations and loss, on one to three rows."""
    loss = LOSSES[draw(st.sampled_from(LOSSES.names()))]
    hidden = draw(st.lists(st.integers(1, 9), max_size=3))
    sizes = (draw(st.integers(1, 8)), *hidden, draw(st.integers(1, 3)))
    names = [draw(st.sampled_from(ACTIVATIONS.names())) for _ in hidden]
    names.append(loss.output or draw(st.sampled_from(ACTIVATIONS.names())))
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    network = draw_network(
        sizes, names, loss.name, INITIALIZERS[draw(st.sampled_from(("glorot", "he", "uniform")))], rng=rng
    )
    rows = draw(st.integers(1, 3))
    x = rng.normal(0.0, 1.0, (rows, sizes[0]))
    t = rng.dirichlet(np.ones(sizes[-1]), rows) if loss.targets_sum_to_one else rng.uniform(0, 1, (rows, sizes[-1]))
    return take_step(network, frozen(x), frozen(t), draw(st.floats(0.01, 2.0)))


def every_equation(step):
    """One of each kind for every layer, for its last unit, which has the largest index."""
    network, rows = step.network, step.rows
    last = len(network.layers)
    yield equations.loss(network)
    yield equations.unit_loss(network, network.sizes[-1] - 1)
    yield equations.loss_slope(network, network.sizes[-1] - 1)
    for k in range(1, last + 1):
        i, j = network.sizes[k - 1] - 1, network.sizes[k] - 1
        yield equations.upstream(network, k - 1, i)
        yield equations.pre_activation(network, k, j)
        yield equations.activation(network, k, j)
        yield equations.delta(network, k, j)
        yield equations.weight_gradient(network, k, i, j)
        yield equations.bias_gradient(network, k, j)
        yield equations.new_weight(network, rows, k, i, j)
        yield equations.new_bias(network, rows, k, j)
        if rows > 1:
            yield equations.mean_weight_gradient(network, rows, k, i, j)
            yield equations.mean_bias_gradient(network, rows, k, j)


def computed(text):
    """What a calculator makes of the text of a right side."""
    text = re.sub(r"\[\d+ more: ([^]]*)\]", r"(\1)", text).replace("−", "-").replace("·", "*")
    text = re.sub(r"\be([⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+)", lambda m: f"exp({m[1].translate(DOWN)})", text).replace("e^(", "exp(")
    text = re.sub(r"[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+", lambda m: f"**({m[0].translate(DOWN)})", text)
    assert re.fullmatch(r"(exp|tanh|max|ln|[-+*/()., \d])*", text), text
    return float(eval(text, {"__builtins__": {}}, FUNCTIONS))


def computed_from_latex(text):
    """What a calculator makes of the LaTeX of a right side."""
    while r"\frac{" in text:
        text = _fraction_taken_apart(text)
    text = re.sub(r"\\underbrace\{([^{}]*(?:\{[^{}]*\}[^{}]*)*)\}_\{\\text\{\d+ more\}\}", r"(\1)", text)
    text = text.replace(r"{\mathrm{e}}^", "exp").replace("}^{", ")**(").replace("{", "(").replace("}", ")")
    for command, python in ((r"\left", ""), (r"\right", ""), (r"\cdot", "*"), ("\\", "")):
        text = text.replace(command, python)
    return float(eval(text, {"__builtins__": {}}, FUNCTIONS))


def _fraction_taken_apart(text):
    start = text.rindex(r"\frac{")
    top, rest = _group(text[start + 5 :])
    bottom, rest = _group(rest)
    return f"{text[:start]}(({top})/({bottom})){rest}"


def _group(text):
    depth = 0
    for at, character in enumerate(text):
        depth += (character == "{") - (character == "}")
        if depth == 0:
            return text[1:at], text[at + 1 :]
    raise AssertionError(text)


def same_as_shown(value, written):
    """Whether `value`, rounded like the result, is the result."""
    shown = computed(plain_text(written.result))
    step = 10.0 ** (math.floor(math.log10(abs(shown))) + 1 - written.digits.of_result) if shown else 1e-15
    return abs(value - shown) <= 0.5 * step * (1 + 1e-9)


@settings(max_examples=40)
@given(steps(), st.data())
def test_the_shown_numbers_give_the_shown_result_in_every_notation(step, data):
    row = data.draw(st.integers(0, step.rows - 1))
    for notation in NOTATIONS:
        fold = data.draw(st.booleans())
        for equation in every_equation(step):
            written = write(equation, step, row, notation, fold=fold)
            shown = plain_text(written.numbers)
            assert written.digits.agrees, shown
            assert same_as_shown(computed(shown), written), (shown, plain_text(written.result))
            assert same_as_shown(computed_from_latex(latex(written.numbers)), written), latex(written.numbers)


@settings(max_examples=40)
@given(steps())
def test_the_result_is_what_the_program_computed(step):
    for equation in every_equation(step):
        written = write(equation, step, 0, NOTATIONS["code"])
        left = put_in_indices(equation.left, equation.place, step.network.activations)
        true = step.value(replace(left, new=equation.update), 0)
        assert abs(written.digits.result - true) <= 1e-11, equation.name
        assert same_as_shown(written.digits.result, written)


class Names:
    """How a notation calls each quantity of layer k, by the table of the three notations."""

    def __init__(self, notation, step):
        self.notation, self.last = notation, len(step.network.layers)
        self.letters = dict(zip(["z", "h", "y", "t", "W", "E", "η"], self.ROWS[notation].split(), strict=True))

    ROWS = {  # noqa: RUF012
        "code": "z a y t W E η",
        "365": "a h y t W L η",
        "medium": "z a s y w C ε",
        "duke": "a z ŷ y w Eₙ λ",
    }

    def symbol(self, letter, k, *indices):
        if self.notation == "medium":
            return f"({letter}{low(*indices)}){str(k + 1).translate(HIGH)}"
        return f"{letter}{low(*indices)}⁽{str(k).translate(HIGH)}⁾"

    def unit(self, k, j):
        if k in (0, self.last):
            return ("x" if k == 0 else self.letters["y"]) + low(j)
        if self.notation == "365" and self.last == 2:
            return f"h{low(j)}"
        return self.symbol(self.letters["h"], k, j)

    def weight(self, k, i, j):
        if self.notation == "365" and k <= 2:
            return f"{'wu'[k - 1]}{low(i, j)}"
        return self.symbol(self.letters["W"], k, *((j, i) if self.notation in ("medium", "duke") else (i, j)))

    def delta(self, k, j):
        if self.notation == "medium":
            return f"∂C/∂{self.symbol('z', k, j)}"
        return f"δ{low(j)}" if self.notation == "365" and self.last == 1 else self.symbol("δ", k, j)

    def slope(self, of, sample=None):
        loss = self.letters["E"] if sample is None else self.letters["E"][0] + low(sample)
        return f"∂{loss}/∂{of}"


def low(*indices):
    return "".join(str(i + 1).translate(LOW) for i in indices)


def names_of(notation, step):
    """The value of each symbol for the first row of `step`."""
    called = Names(notation, step)
    names = {called.letters["η"]: step.eta}
    for j, target in enumerate(step.t[0]):
        names[called.letters["t"] + low(j)] = target
    for j, slope in enumerate(step.gradient.x[0]):
        names[called.unit(0, j)] = step.x[0, j]
        names[called.slope(called.unit(0, j))] = slope
    for k in range(1, called.last + 1):
        for j in range(step.network.sizes[k]):
            names |= names_of_unit(called, step, k, j)
            for i in range(step.network.sizes[k - 1]):
                names |= names_of_weight(called, step, k, i, j)
    return names


def names_of_unit(called, step, k, j):
    z, a, delta = step.trace.z[k - 1], step.trace.a[k], step.gradient.delta[k - 1]
    bias, pre = called.symbol("b", k, j), called.symbol(called.letters["z"], k, j)
    slope = np.empty_like(z)
    step.network.layers[k - 1].f.slope(z, a, slope)
    return {
        pre: z[0, j],
        called.unit(k, j): a[0, j],
        called.slope(called.unit(k, j)): step.upstream[k - 1][0, j],
        called.delta(k, j): delta[0, j],
        bias: step.network.biases[k - 1][j],
        called.slope(bias): delta[0, j],
        f"∂J/∂{bias}": step.gradient.biases[k - 1][j],
        f"f′({pre})": slope[0, j],
        **{called.slope(bias, s): delta[s, j] for s in range(step.rows)},
    }


def names_of_weight(called, step, k, i, j):
    weight = called.weight(k, i, j)
    slopes = step.trace.a[k - 1][:, i] * step.gradient.delta[k - 1][:, j]
    return {
        weight: step.network.weights[k - 1][i, j],
        called.slope(weight): slopes[0],
        f"∂J/∂{weight}": slopes.mean(),
        **{called.slope(weight, s): slopes[s] for s in range(step.rows)},
    }


def with_values(text, names):
    """The text with each symbol's value in its place, symbols side by side multiplied."""
    pattern = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    text = re.sub(pattern, lambda match: f"({float(names[match[0]])!r})", text)
    return re.sub(r"\)\s*\(", ")*(", text)


@settings(max_examples=40)
@given(steps())
def test_every_symbol_means_its_number_in_every_notation(step):
    for notation in NOTATIONS:
        names = names_of(notation.name, step)
        for equation in every_equation(step):
            written = write(equation, step, 0, notation, fold=False)
            text = with_values(plain_text(written.here), names)
            python = text.replace("−", "-").replace("·", "*").replace("e^(", "exp(").replace("²", "**2")
            got = float(eval(python, {"__builtins__": {}}, FUNCTIONS))
            assert got == pytest.approx(written.digits.result, rel=1e-9, abs=1e-11), plain_text(written.here)


def test_the_notations_differ_where_their_authors_do():
    step = take_step(
        draw_network(
            (2, 3, 2), ("sigmoid",) * 2, "half-squared-error", INITIALIZERS["he"], rng=np.random.default_rng(1)
        ),
        frozen([[0.5, -1.0]]),
        frozen([[0.0, 1.0]]),
        0.5,
    )
    gradient = equations.weight_gradient(step.network, 2, 0, 1)
    shown = {notation.name: write(gradient, step, 0, notation).as_text().splitlines()[:2] for notation in NOTATIONS}
    assert shown == {
        "code": ["∂E/∂Wᵢⱼ⁽ᵏ⁾ = δⱼ⁽ᵏ⁾aᵢ⁽ᵏ⁻¹⁾", "∂E/∂W₁₂⁽²⁾ = δ₂⁽²⁾a₁⁽¹⁾"],
        "365": ["∂L/∂uᵢⱼ = δⱼhᵢ", "∂L/∂u₁₂ = δ₂⁽²⁾h₁"],
        "medium": ["∂C/∂(wⱼₖ)ˡ = ∂C/∂(zⱼ)ˡ · (aₖ)ˡ⁻¹", "∂C/∂(w₂₁)³ = ∂C/∂(z₂)³ · (a₁)²"],
        "duke": ["∂Eₙ/∂wᵢⱼ⁽ᵏ⁾ = δᵢ⁽ᵏ⁾zⱼ⁽ᵏ⁻¹⁾", "∂Eₙ/∂w₂₁⁽²⁾ = δ₂⁽²⁾z₁⁽¹⁾"],
    }


def test_a_long_sum_is_folded_and_can_be_opened():
    step = take_step(
        draw_network((9, 1), ("identity",), "half-squared-error", INITIALIZERS["he"], rng=np.random.default_rng(1)),
        frozen([np.ones(9)]),
        frozen([[0.0]]),
        0.5,
    )
    equation = equations.pre_activation(step.network, 1, 0)
    folded, opened = (write(equation, step, 0, NOTATIONS["365"], fold=fold) for fold in (True, False))
    assert plain_text(folded.here) == "x₁w₁₁ + x₂w₂₁ + x₃w₃₁ + ⋯ + x₉w₉₁ + b₁⁽¹⁾"
    assert "[5 more: " in plain_text(folded.numbers)
    assert plain_text(opened.here).count("x") == 9
    assert "more" not in plain_text(opened.numbers)


@pytest.mark.parametrize("notation", NOTATIONS, ids=lambda notation: notation.name)
def test_a_sum_over_a_thousand_units_is_written_with_a_pause_after_each_of_them(notation, monkeypatch):
    names = ("tanh", "identity")
    rng = np.random.default_rng(1)
    network = draw_network((1000, 2, 1000), names, "half-squared-error", INITIALIZERS["he"], rng=rng)
    step = take_step(network, frozen(np.ones((1, 1000))), frozen(np.zeros((1, 1000))), 0.5)
    done, put_in_one, set_one = [0], put_in.put_in_numbers, Typesetter._summand

    def counted(one):
        def count(*arguments, **options):
            done[-1] += 1
            return one(*arguments, **options)

        return count

    monkeypatch.setattr(put_in, "put_in_numbers", counted(put_in_one))
    monkeypatch.setattr(Typesetter, "_summand", counted(set_one))
    for equation in (equations.pre_activation(network, 1, 1), equations.delta(network, 1, 0)):
        done[:] = [0]
        work, written = writing(equation, step, 0, notation, None), None
        while written is None:
            written = (go_on(work, 0.0) or Done(None)).result
            done.append(0)
        # Of one term these are the term, what it consists of, and theirs.
        assert max(done) < 20
        assert sum(done) > 3000
        assert written.lines() == write(equation, step, 0, notation, fold=False).lines()
        assert plain_text(written.numbers).count("·") >= 1000


def test_rounding_noise_is_not_shown_as_a_result():
    noise = Add((Number(0.1), Number(0.2), Number(-0.3)))
    assert digits_needed(noise, 0.0).result == pytest.approx(0.0, abs=1e-15)
    assert digits_needed(noise, 0.0).agrees


def test_what_no_calculator_can_hold_does_not_pretend_to_agree():
    assert not digits_needed(Euler(Number(1e4)), 5.0).agrees


@pytest.mark.parametrize(
    ("loss", "output", "z"), [("binary-cross-entropy", "sigmoid", 50.0), ("softmax-cross-entropy", "softmax", 400.0)]
)
def test_a_saturated_output_has_its_loss_worked_out_from_z(loss, output, z):
    layer = Layer(frozen([[z, -z]]), frozen([0.0, 0.0]), output)
    step = take_step(Network((layer,), loss), frozen([[1.0]]), frozen([[0.0, 1.0]]), 0.1)
    assert step.trace.y[0, 0] == 1.0
    written = write(equations.loss(step.network), step, 0, NOTATIONS["code"])
    assert "z" in plain_text(written.here)
    assert written.digits.agrees
    assert same_as_shown(computed(plain_text(written.numbers)), written)
    assert "ln(y" in plain_text(written.general)


def test_what_cannot_be_held_is_not_called_equal():
    layer = Layer(frozen([[800.0]]), frozen([0.0]), "softplus")
    step = take_step(Network((layer,), "half-squared-error"), frozen([[1.0]]), frozen([[0.0]]), 0.1)
    written = write(equations.activation(step.network, 1, 0), step, 0, NOTATIONS["code"])
    assert written.as_text().splitlines()[-1] == "y₁ = ln(1 + e⁸⁰⁰) ≈ 800"
