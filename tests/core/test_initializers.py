"""Every way to start: shapes, bounds, spreads and biases, from a generator that is passed in."""

import numpy as np
import pytest

from core.arrays import Array
from core.initializers import INITIALIZERS

MANY = (80, 120)


def drawn(name: str, seed: int = 0, shape: tuple[int, int] = MANY) -> Array:
    return INITIALIZERS[name].weights(np.random.default_rng(seed), *shape)


def test_the_names_are_those_of_files_and_command_line():
    assert INITIALIZERS.names() == ("uniform", "glorot", "he", "normal", "zeros")


@pytest.mark.parametrize("name", INITIALIZERS.names())
def test_weights_lead_from_inputs_to_outputs(name):
    assert drawn(name, shape=(3, 5)).shape == (3, 5)
    assert drawn(name, shape=(1, 1)).shape == (1, 1)


@pytest.mark.parametrize("name", ["uniform", "glorot", "he", "normal"])
def test_the_generator_decides(name):
    assert np.array_equal(drawn(name, seed=4), drawn(name, seed=4))
    assert not np.array_equal(drawn(name, seed=4), drawn(name, seed=5))


# Of U(−r, r) the variance is r² / 3. The 9600 weights give each spread to about 1 %.
@pytest.mark.parametrize(
    ("name", "bound", "deviation"),
    [
        ("uniform", 0.5, 0.5 / 3**0.5),
        ("glorot", (6 / 200) ** 0.5, (2 / 200) ** 0.5),
        ("he", np.inf, (2 / 80) ** 0.5),
        ("normal", np.inf, 0.1),
    ],
)
def test_bounds_and_spread(name, bound, deviation):
    weights = drawn(name)
    assert np.abs(weights).max() <= bound
    assert np.abs(weights).max() > 0.99 * min(bound, 2 * deviation)
    assert weights.std() == pytest.approx(deviation, rel=0.03)
    assert abs(weights.mean()) < 0.04 * deviation


@pytest.mark.parametrize("name", ["he", "normal"])
def test_the_normal_ones_are_normal_and_not_uniform(name):
    weights = drawn(name)
    beyond_two = (np.abs(weights) > 2 * weights.std()).mean()
    assert beyond_two == pytest.approx(0.0455, abs=0.01)


def test_zeros_and_biases():
    assert not drawn("zeros").any()
    assert {entry.name: entry.bias for entry in INITIALIZERS} == {
        "uniform": 0.1,
        "glorot": 0.0,
        "he": 0.0,
        "normal": 0.0,
        "zeros": 0.0,
    }
