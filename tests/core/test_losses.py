"""Every loss: values by hand, slopes, the output's δ through the explicit Jacobian, and finite at |z| = 1000."""

from math import e, inf, log

import numpy as np
import pytest

from core.activations import ACTIVATIONS
from core.arrays import Array
from core.losses import LOSSES

OF_ONE_OUTPUT = [loss for loss in LOSSES if loss.output is not None]


def values(loss: str, z: Array, t: Array, activation: str) -> Array:
    return LOSSES[loss].values(z, ACTIVATIONS[activation](z), t)


def delta(loss: str, z: Array, t: Array, activation: str) -> Array:
    out = np.empty_like(z)
    f = ACTIVATIONS[activation]
    LOSSES[loss].delta(f, z, f(z), t, np.empty_like(z), out)
    return out


def slope(loss: str, y: Array, t: Array) -> Array:
    out = np.empty_like(y)
    LOSSES[loss].slope(y, t, out)
    return out


def softmax_jacobian(z: Array) -> Array:
    a = np.exp(z) / np.exp(z).sum()
    return np.diag(a) - np.outer(a, a)


def targets_for(loss: str, rng: np.random.Generator, shape: tuple[int, int]) -> Array:
    t = rng.uniform(0.05, 0.95, shape)
    return t / t.sum(axis=1, keepdims=True) if LOSSES[loss].targets_sum_to_one else t


def test_the_names_are_those_of_files_and_command_line():
    assert LOSSES.names() == (
        "half-squared-error",
        "mean-squared-error",
        "binary-cross-entropy",
        "softmax-cross-entropy",
    )


def test_squared_errors_by_hand():
    # y − t = (1, −2): ½ (1 + 4) = 2.5 and (1 + 4) / 2 = 2.5; with three outputs they part: ½ · 14 = 7 and 14 / 3.
    two, three = np.array([[1.0, -2.0]]), np.array([[1.0, -2.0, 3.0]])
    for y, half, mean in ((two, 2.5, 2.5), (three, 7.0, 14 / 3)):
        assert values("half-squared-error", y, np.zeros_like(y), "identity") == pytest.approx([half])
        assert values("mean-squared-error", y, np.zeros_like(y), "identity") == pytest.approx([mean])


def test_slopes_of_squared_errors_by_hand():
    y, t = np.array([[1.0, -2.0, 4.0]]), np.array([[0.0, 0.0, 1.0]])
    assert slope("half-squared-error", y, t).tolist() == [[1.0, -2.0, 3.0]]
    assert slope("mean-squared-error", y, t) == pytest.approx(np.array([[2 / 3, -4 / 3, 2.0]]))


def test_cross_entropies_by_hand():
    # σ(0) = ½, so every output costs ln 2; softmax of equal z gives thirds, so the right one costs ln 3.
    zeros = np.zeros((1, 3))
    assert values("binary-cross-entropy", zeros, np.array([[1.0, 0.0, 0.3]]), "sigmoid") == pytest.approx([3 * log(2)])
    assert values("softmax-cross-entropy", zeros, np.array([[0.0, 1.0, 0.0]]), "softmax") == pytest.approx([log(3)])
    # z = (1, 0): y = e / (e + 1); with t = (¼, ¾): −¼ ln y − ¾ ln (1 − y).
    y = e / (e + 1)
    expected = -0.25 * log(y) - 0.75 * log(1 - y)
    z, t = np.array([[1.0, 0.0]]), np.array([[0.25, 0.75]])
    assert values("softmax-cross-entropy", z, t, "softmax") == pytest.approx([expected])
    assert values("binary-cross-entropy", z[:, :1], t[:, :1], "sigmoid") == pytest.approx([expected])


@pytest.mark.parametrize("loss", LOSSES, ids=lambda loss: loss.name)
def test_one_value_a_sample_and_none_depends_on_the_others(loss):
    rng = np.random.default_rng(1)
    activation = loss.output or "tanh"
    z, t = rng.normal(0.0, 1.0, (6, 3)), targets_for(loss.name, rng, (6, 3))
    whole = values(loss.name, z, t, activation)
    assert whole.shape == (6,)
    alone = [values(loss.name, z[i : i + 1], t[i : i + 1], activation)[0] for i in range(6)]
    assert np.allclose(whole, alone, rtol=1e-14)


@pytest.mark.parametrize("loss", LOSSES, ids=lambda loss: loss.name)
def test_delta_is_jacobian_times_slope(loss):
    """∂E/∂z_i = Σ_j ∂y_j/∂z_i ∂E/∂y_j, with the matrix written out, for every output that the loss is defined for."""
    rng = np.random.default_rng(2)
    for activation in ACTIVATIONS:
        if loss.output not in (None, activation.name):
            continue
        z, t = rng.normal(0.0, 1.0, (5, 4)), targets_for(loss.name, rng, (5, 4))
        y = activation(z)
        by_row: list[Array] = []
        for row, g in zip(z, slope(loss.name, y, t), strict=True):
            diagonal = np.empty((1, 4))
            activation.slope(row[None], activation(row[None]), diagonal)
            jacobian = softmax_jacobian(row) if activation.name == "softmax" else np.diag(diagonal[0])
            by_row.append(jacobian @ g)
        assert np.allclose(delta(loss.name, z, t, activation.name), by_row, rtol=1e-12, atol=1e-14)


@pytest.mark.parametrize("loss", OF_ONE_OUTPUT, ids=lambda loss: loss.name)
def test_delta_of_a_cross_entropy_is_exactly_output_less_target(loss):
    rng = np.random.default_rng(3)
    z, t = rng.normal(0.0, 3.0, (5, 4)), targets_for(loss.name, rng, (5, 4))
    assert np.array_equal(delta(loss.name, z, t, loss.output), ACTIVATIONS[loss.output](z) - t)


def test_half_squared_error_of_softmax_outputs_needs_the_whole_jacobian():
    z, t = np.array([[0.3, -0.8, 1.1]]), np.array([[0.0, 0.0, 1.0]])
    y = ACTIVATIONS["softmax"](z)
    assert np.allclose(delta("half-squared-error", z, t, "softmax")[0], softmax_jacobian(z[0]) @ (y - t)[0], rtol=1e-13)
    assert not np.allclose(delta("half-squared-error", z, t, "softmax"), (y - t) * y * (1 - y), atol=0.01)


def test_cross_entropies_at_a_thousand_are_finite_and_right():
    z = np.array([[1000.0], [1000.0], [-1000.0], [-1000.0], [1000.0]])
    t = np.array([[1.0], [0.0], [1.0], [0.0], [0.25]])
    assert values("binary-cross-entropy", z, t, "sigmoid").tolist() == [0.0, 1000.0, 1000.0, 0.0, 750.0]
    assert delta("binary-cross-entropy", z, t, "sigmoid").ravel().tolist() == [0.0, 1.0, -1.0, 0.0, 0.75]
    z = np.array([[1000.0, 0.0, -1000.0]] * 4)
    t = np.array([[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0], [0.5, 0.25, 0.25]])
    assert values("softmax-cross-entropy", z, t, "softmax").tolist() == [0.0, 1000.0, 2000.0, 750.0]
    assert delta("softmax-cross-entropy", z, t, "softmax").tolist() == (np.array([[1.0, 0.0, 0.0]]) - t).tolist()


def test_slopes_of_saturated_cross_entropies_are_limits_and_never_nan():
    """∂E/∂y is 0 or 1 where the target asks nothing of a saturated output, and infinite where it asks the opposite."""
    y, t = np.array([[0.0, 1.0, 0.0, 1.0]]), np.array([[0.0, 1.0, 1.0, 0.0]])
    assert slope("binary-cross-entropy", y, t).tolist() == [[1.0, -1.0, -inf, inf]]
    assert slope("softmax-cross-entropy", y, t).tolist() == [[0.0, -1.0, -inf, 0.0]]


@pytest.mark.parametrize("loss", LOSSES, ids=lambda loss: loss.name)
def test_the_best_output_is_the_target(loss):
    """E at y = t is the least; for whole classes it is 0."""
    t = np.array([[1.0, 0.0], [0.0, 1.0]])
    z = np.array([[1000.0, -1000.0], [-1000.0, 1000.0]])
    activation = loss.output or "sigmoid"
    assert values(loss.name, z, t, activation).tolist() == [0.0, 0.0]
    assert (values(loss.name, 0.4 * z / 1000, t, activation) > 0.1).all()
