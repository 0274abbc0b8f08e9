"""Every activation: its values, its slope, its range, its limits at huge z, and softmax's whole Jacobian."""

from math import exp, inf, log1p, nan, tanh

import numpy as np
import pytest

from core.activations import ACTIVATIONS, Activation
from core.arrays import Array

BY_DEFINITION = {
    "identity": lambda z: z,
    "sigmoid": lambda z: 1.0 / (1.0 + exp(-z)),
    "tanh": tanh,
    "relu": lambda z: max(0.0, z),
    "leaky-relu": lambda z: z if z > 0 else 0.01 * z,
    "softplus": lambda z: log1p(exp(z)),
}
GRID = np.array([[-30.0, -3.0, -1.0, -0.25], [0.0, 0.25, 1.0, 3.0], [-0.5, 2.0, 20.0, 30.0]])
ELEMENTWISE = [activation for activation in ACTIVATIONS if activation.name != "softmax"]
SMOOTH = [activation for activation in ELEMENTWISE if not activation.kink]


def slope_of(activation: Activation, z: Array) -> Array:
    out = np.empty_like(z)
    activation.slope(z, activation(z), out)
    return out


def pulled_back(activation: Activation, z: Array, gradient: Array) -> Array:
    out = np.empty_like(z)
    activation.pull_back(z, activation(z), gradient, out)
    return out


def softmax_jacobian(z: Array) -> Array:
    """∂a_j/∂z_i of one row z (m,), as an explicit (m, m) matrix: a_j (1[i = j] − a_i)."""
    e = np.exp(z)
    a = e / e.sum()
    return np.diag(a) - np.outer(a, a)


def test_the_names_are_those_of_files_and_command_line():
    assert ACTIVATIONS.names() == ("identity", "sigmoid", "tanh", "relu", "leaky-relu", "softplus", "softmax")


@pytest.mark.parametrize("activation", ELEMENTWISE, ids=lambda a: a.name)
def test_values_are_the_definitions(activation):
    expected = [[BY_DEFINITION[activation.name](float(z)) for z in row] for row in GRID]
    assert np.allclose(activation(GRID), expected, rtol=1e-14, atol=0.0)


@pytest.mark.parametrize("activation", SMOOTH, ids=lambda a: a.name)
def test_slopes_are_those_of_the_values(activation):
    step = 1e-6
    difference = (activation(GRID + step) - activation(GRID - step)) / (2 * step)
    assert np.allclose(slope_of(activation, GRID), difference, rtol=1e-8, atol=2e-9)


def test_slopes_of_the_kinked_ones_left_of_at_and_right_of_zero():
    z = np.array([[-2.0, -1e-300, 0.0, -0.0, 1e-300, 2.0]])
    assert slope_of(ACTIVATIONS["relu"], z).tolist() == [[0, 0, 0, 0, 1, 1]]
    assert slope_of(ACTIVATIONS["leaky-relu"], z).tolist() == [[0.01, 0.01, 0.01, 0.01, 1, 1]]
    assert [a.name for a in ACTIVATIONS if a.kink] == ["relu", "leaky-relu"]


@pytest.mark.parametrize("activation", ACTIVATIONS, ids=lambda a: a.name)
def test_values_stay_in_the_stated_range_and_approach_its_ends(activation):
    low, high = activation.range
    z = np.array([[-1e4, -1.0, 0.0, 1.0, 1e4]])
    a = activation(z)
    assert ((a >= low) & (a <= high)).all()
    assert a.min() <= (low + 1e-3 if low > -inf else -100)
    assert a.max() >= (high - 1e-3 if high < inf else 1e4)


@pytest.mark.parametrize("activation", ACTIVATIONS, ids=lambda a: a.name)
def test_huge_z_gives_finite_values_and_slopes_without_a_warning(activation):
    z = np.array([[-1000.0, 1000.0, 0.0], [1000.0, 1000.0, -1000.0]])
    gradient = np.ones_like(z)
    assert np.isfinite(activation(z)).all()
    assert np.isfinite(pulled_back(activation, z, gradient)).all()


def test_huge_z_saturates_to_the_right_limits():
    z = np.array([[-1000.0, 1000.0]])
    assert ACTIVATIONS["sigmoid"](z).tolist() == [[0.0, 1.0]]
    assert ACTIVATIONS["tanh"](z).tolist() == [[-1.0, 1.0]]
    assert ACTIVATIONS["softplus"](z).tolist() == [[0.0, 1000.0]]
    assert ACTIVATIONS["softmax"](z).tolist() == [[0.0, 1.0]]
    assert slope_of(ACTIVATIONS["softplus"], z).tolist() == [[0.0, 1.0]]


def test_small_slopes_keep_their_digits():
    """Where a rounds to 0, the slopes of sigmoid and softplus are still e^z."""
    z = np.array([[-40.0, -300.0]])
    assert np.allclose(slope_of(ACTIVATIONS["softplus"], z), np.exp(z), rtol=1e-12, atol=0.0)
    assert np.allclose(slope_of(ACTIVATIONS["sigmoid"], z), np.exp(z), rtol=1e-12, atol=0.0)


@pytest.mark.parametrize("activation", ACTIVATIONS, ids=lambda a: a.name)
def test_not_a_number_stays_visible(activation):
    assert np.isnan(activation(np.array([[nan, nan]]))).all()


@pytest.mark.parametrize("activation", ELEMENTWISE, ids=lambda a: a.name)
def test_pulling_back_multiplies_by_the_slope(activation):
    gradient = np.random.default_rng(0).normal(0.0, 1.0, GRID.shape)
    assert np.array_equal(pulled_back(activation, GRID, gradient), gradient * slope_of(activation, GRID))


@pytest.mark.parametrize("outputs", [1, 2, 3, 6])
def test_softmax_pulls_back_by_its_whole_jacobian(outputs):
    rng = np.random.default_rng(outputs)
    z, gradient = rng.normal(0.0, 2.0, (5, outputs)), rng.normal(0.0, 1.0, (5, outputs))
    expected = [softmax_jacobian(row) @ g for row, g in zip(z, gradient, strict=True)]
    assert np.allclose(pulled_back(ACTIVATIONS["softmax"], z, gradient), expected, rtol=1e-12, atol=1e-15)


def test_softmax_is_more_than_its_diagonal():
    z, gradient = np.array([[0.2, -0.4, 1.0]]), np.array([[1.0, 2.0, 3.0]])
    softmax = ACTIVATIONS["softmax"]
    assert np.allclose(slope_of(softmax, z)[0], np.diag(softmax_jacobian(z[0])), rtol=1e-14)
    assert not np.allclose(pulled_back(softmax, z, gradient), gradient * slope_of(softmax, z), atol=0.05)


def test_softmax_shares_sum_to_one_and_forget_a_common_shift():
    z = np.random.default_rng(3).normal(0.0, 5.0, (4, 6))
    a = ACTIVATIONS["softmax"](z)
    assert np.allclose(a.sum(axis=1), 1.0, rtol=1e-15)
    assert np.allclose(ACTIVATIONS["softmax"](z + 1e4), a, rtol=1e-10)


@pytest.mark.parametrize("activation", ACTIVATIONS, ids=lambda a: a.name)
def test_z_is_left_as_it_was(activation):
    z = GRID.copy()
    pulled_back(activation, z, np.ones_like(z))
    assert np.array_equal(z, GRID)
