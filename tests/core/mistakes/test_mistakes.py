"""Every classic mistake: it fails the gradient check wherever it can show, and says why where it cannot."""

from dataclasses import replace

import numpy as np
import pytest

from core.arrays import frozen
from core.errata import ERRATA
from core.examples import EXAMPLES
from core.explain import equations
from core.explain.notation import NOTATIONS
from core.explain.phase_equations import equations_of
from core.explain.phases import phases
from core.explain.plain_text import plain_text
from core.explain.put_in import put_in_indices
from core.explain.step import explain_step, take_step, updated
from core.explain.terms import Quantity
from core.explain.written import write
from core.freezing import NOTHING, flat_mask
from core.gradient_check import TOLERANCE, check_gradient
from core.initializers import INITIALIZERS
from core.kernels import KERNELS, Task
from core.kernels.layout import Layout
from core.losses import LOSSES
from core.mistakes import (
    MISTAKES,
    RIGHT,
    Mistake,
    MistakenKernel,
    why_it_cannot_show,
    why_not_here,
)
from core.mistakes.in_general import lines_in_general
from core.network import draw_network, forward, sample_losses

NAMES = MISTAKES.names()
ETA = 0.5
# A batch on which every mistake shows: layers of one size, several rows, inputs that are no bits.
ROWS = frozen(np.random.default_rng(1).normal(0.0, 1.0, (4, 3)))
TARGETS = frozen(np.random.default_rng(2).uniform(0.1, 0.9, (4, 3)))


def network(sizes=(3, 3, 3), names=("tanh", "sigmoid"), loss="half-squared-error", *, biased=True):
    return draw_network(sizes, names, loss, INITIALIZERS["he"], rng=np.random.default_rng(0), biased=biased)


def wrong_gradient(mistake, drawn, x, t):
    return mistake.formulas.backward(drawn, forward(drawn, x), t, ETA)


def wrong_step(mistake, drawn, x, t):
    return explain_step(drawn, x, t, ETA, updated(drawn, x, t, ETA, mistake=mistake.name), mistake.name)


def task(drawn, x, t, batch):
    mask = flat_mask(NOTHING, drawn.sizes, biased=drawn.biased)
    return Task(x, t, drawn.sizes, drawn.activations, drawn.loss, "gradient-descent", "none", ETA, batch, mask)


def test_they_are_the_classic_ones():
    assert NAMES == (
        "slope-left-out",
        "input-twice",
        "sign-reversed",
        "updated-first",
        "sum-for-mean",
        "transposed-index",
        "bias-forgotten",
    )


@pytest.mark.parametrize("mistake", MISTAKES, ids=NAMES)
def test_each_fails_the_gradient_check(mistake):
    drawn = network()
    check = check_gradient(drawn, ROWS, TARGETS, wrong_gradient(mistake, drawn, ROWS, TARGETS))
    assert check.worst is not None
    assert check.worst.error > 1e3 * TOLERANCE
    assert why_it_cannot_show(mistake, drawn, ROWS, TARGETS, ETA) is None


@pytest.mark.parametrize(
    ("name", "change", "reason"),
    [
        ("slope-left-out", {"names": ("identity", "identity")}, "all activations are the identity"),
        ("input-twice", {"x": np.array([[0.0, 1.0, 1.0], [1.0, 0.0, 0.0]])}, "Every input is 0 or 1"),
        ("input-twice", {"sizes": (3, 3), "names": ("sigmoid",)}, "there are none"),
        ("sign-reversed", {"x": np.zeros((1, 3)), "names": ("tanh", "identity")}, "The gradient is 0"),
        ("updated-first", {"sizes": (3, 3), "names": ("sigmoid",)}, "Without a hidden layer"),
        ("sum-for-mean", {"x": np.array([[0.3, 0.4, -0.5]])}, "one sample only"),
        ("transposed-index", {"sizes": (3, 4, 3)}, "different sizes"),
        ("transposed-index", {"sizes": (3, 3), "names": ("sigmoid",)}, "Without a hidden layer"),
        ("bias-forgotten", {"biased": False}, "No bias learns here"),
    ],
)
def test_where_one_cannot_show_it_says_why_and_where_it_would(name, change, reason):
    mistake = MISTAKES[name]
    x = frozen(change.pop("x", ROWS))
    drawn = network(**change)
    t = frozen(forward(drawn, x).y if name == "sign-reversed" else TARGETS[: len(x)])
    why = why_it_cannot_show(mistake, drawn, x, t, ETA)
    assert why is not None
    assert reason in why
    assert check_gradient(drawn, x, t, wrong_gradient(mistake, drawn, x, t)).passed


SHAPES = [
    (("tanh", "sigmoid"), "half-squared-error"),
    (("tanh", "sigmoid"), "binary-cross-entropy"),
    (("tanh", "tanh", "softmax"), "softmax-cross-entropy"),
    (("relu", "identity"), "mean-squared-error"),
    # Layers whose δ is made of ∂E/∂a by a whole Jacobian.
    (("softmax", "softmax"), "half-squared-error"),
]


@pytest.mark.parametrize(("names", "loss"), SHAPES, ids=str)
@pytest.mark.parametrize("mistake", MISTAKES, ids=NAMES)
def test_every_line_gives_what_the_mistake_computes(mistake: Mistake, names, loss):
    """The numbers of all lines, the wrong ones and those that go on from them, lead to the wrong update."""
    drawn = network(sizes=(3,) * (len(names) + 1), names=names, loss=loss)
    t = frozen(np.eye(3)[[0, 1, 2, 0]]) if LOSSES[loss].targets_sum_to_one else TARGETS
    step = wrong_step(mistake, drawn, ROWS, t)
    wrong_lines = 0
    for phase in phases(drawn, len(ROWS)):
        for right in equations_of(phase, drawn, len(ROWS)):
            wrong = mistake.equation(right, drawn)
            written = write(wrong or right, step, 1, NOTATIONS["code"])
            left = put_in_indices(right.left, right.place, drawn.activations)
            assert isinstance(left, Quantity)
            assert written.digits.agrees
            assert written.digits.result == pytest.approx(step.value(replace(left, new=right.update), 1), rel=1e-9)
            if wrong is not None:
                wrong_lines += 1
                beside = write(right, step, 1, NOTATIONS["code"])
                assert plain_text(written.left) == plain_text(beside.left)
                assert plain_text(written.here) != plain_text(beside.here)
    assert wrong_lines > 0


def test_in_general_there_is_a_right_and_a_wrong_line_of_each():
    for mistake in MISTAKES:
        right, wrong = lines_in_general(mistake, 2)
        assert (right.name, right.layer, right.left) == (wrong.name, wrong.layer, wrong.left)
        assert wrong.claimed
        assert wrong.right != right.right


def test_where_a_text_makes_one_the_erratum_says_so():
    printed = [mistake.erratum for mistake in MISTAKES if mistake.erratum is not None]
    assert set(printed) <= set(ERRATA.names())
    assert MISTAKES["input-twice"].erratum == "input-in-delta"


def test_whether_one_shows_is_asked_of_every_batch():
    drawn, mistake = network(), MISTAKES["input-twice"]
    bits = frozen(np.array([[0.0, 1.0, 1.0], [1.0, 0.0, 0.0], [0.0, 0.0, 1.0], [1.0, 1.0, 0.0]]))
    late = frozen(np.vstack([bits[:3], [[0.5, 0.2, 0.1]]]))
    assert why_not_here(mistake, drawn, bits, TARGETS, ETA, 2) == "Every input is 0 or 1, and then x · x = x."
    assert why_not_here(mistake, drawn, late, TARGETS, ETA, 2) is None
    assert "one sample only" in (why_not_here(MISTAKES["sum-for-mean"], drawn, ROWS, TARGETS, ETA, 1) or "")


def test_the_wrong_lines_read_as_they_are_told():
    example = EXAMPLES["mazur"]
    drawn = example.network
    step = take_step(drawn, example.x.repeat(2, axis=0), example.t.repeat(2, axis=0), example.eta)

    def wrong(name, right):
        equation = MISTAKES[name].equation(right, drawn)
        assert equation is not None
        return plain_text(write(equation, step, 0, NOTATIONS["code"]).here)

    delta = equations.delta(drawn, 1, 0)
    assert wrong("slope-left-out", delta) == "δ₁⁽²⁾W₁₁⁽²⁾ + δ₂⁽²⁾W₁₂⁽²⁾"
    assert wrong("transposed-index", delta) == "a₁⁽¹⁾ · (1 − a₁⁽¹⁾) · (δ₁⁽²⁾W₁₁⁽²⁾ + δ₂⁽²⁾W₂₁⁽²⁾)"
    assert wrong("updated-first", delta) == "a₁⁽¹⁾ · (1 − a₁⁽¹⁾) · (δ₁⁽²⁾W⁺₁₁⁽²⁾ + δ₂⁽²⁾W⁺₁₂⁽²⁾)"
    assert wrong("input-twice", equations.weight_gradient(drawn, 1, 0, 1)) == "δ₂⁽¹⁾x₁ · x₁"
    assert wrong("sign-reversed", equations.delta(drawn, 2, 1)) == "(t₂ − y₂) · y₂ · (1 − y₂)"
    assert wrong("bias-forgotten", equations.bias_gradient(drawn, 1, 1)) == "0"
    mean = equations.mean_bias_gradient(drawn, 2, 1, 1)
    assert wrong("sum-for-mean", mean) == "∂E₁/∂b₂⁽¹⁾ + ∂E₂/∂b₂⁽¹⁾"


def test_a_wrong_line_shows_what_it_gives_and_not_what_is():
    example = EXAMPLES["365"]
    step = take_step(example.network, example.x, example.t, example.eta)
    right = equations.weight_gradient(example.network, 1, 0, 0)
    wrong = MISTAKES["input-twice"].equation(right, example.network)
    assert wrong is not None
    shown = write(wrong, step, 0, NOTATIONS["365"])
    assert shown.digits.result == pytest.approx(step.gradient.weights[0][0, 0] * example.x[0, 0])


def test_an_update_goes_where_the_wrong_gradient_points():
    drawn = network()
    for mistake in MISTAKES:
        wrong = wrong_gradient(mistake, drawn, ROWS, TARGETS)
        after = updated(drawn, ROWS, TARGETS, ETA, mistake=mistake.name)
        for before, now, slope in zip(drawn.weights, after.weights, wrong.weights, strict=True):
            assert np.allclose(now, before - ETA * slope, rtol=1e-14, atol=1e-15)
        for before, now, slope in zip(drawn.biases, after.biases, wrong.biases, strict=True):
            assert np.allclose(now, before - ETA * slope, rtol=1e-14, atol=1e-15)


@pytest.mark.parametrize("biased", [True, False])
def test_without_a_mistake_its_kernel_trains_like_any_other(biased):
    """Several epochs with a short last batch, an order that changes, and a burst that ends within an epoch."""
    drawn = network(biased=biased)
    kernels = [
        KERNELS["numpy"].make(task(drawn, ROWS, TARGETS, 3)),
        MistakenKernel(task(drawn, ROWS, TARGETS, 3), RIGHT),
    ]
    orders = [np.array([2, 0, 3, 1]), np.array([1, 3, 0, 2]), np.array([0, 1, 2, 3])]
    losses = [np.zeros(4), np.zeros(4)]
    for kernel, each in zip(kernels, losses, strict=True):
        kernel.load(drawn, np.zeros((0, Layout(drawn.sizes).length)), 0)
        kernel.burst(orders, 3, 4, each)
    assert np.allclose(kernels[0].parameters(), kernels[1].parameters(), rtol=1e-12, atol=1e-14)
    assert np.allclose(losses[0], losses[1], rtol=1e-12)
    assert kernels[1].state().shape == (0, Layout(drawn.sizes).length)


def test_training_with_the_sign_reversed_climbs():
    example = EXAMPLES["xor"]
    drawn = example.network
    for _ in range(20):
        drawn = updated(drawn, example.x, example.t, example.eta, mistake="sign-reversed")

    def loss(net):
        return sample_losses(net, forward(net, example.x), example.t).mean()

    assert loss(drawn) > loss(example.network)


def test_no_mistake_is_among_the_kernels_that_a_name_can_choose():
    assert not set(NAMES) & set(KERNELS.names())
