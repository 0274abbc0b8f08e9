"""Surfaces and the sine: TensorFlow Playground's formulas derived anew, and noise that moves targets, not points."""

from math import hypot, pi, sin, sqrt

import numpy as np
import pytest

from core.arrays import Array
from core.datasets import regression
from core.datasets.dataset import Draw

MANY = 20_000
HILLS = [(-4, 2.5, 1), (0, 2.5, -1), (4, 2.5, 1), (-4, -2.5, -1), (0, -2.5, 1), (4, -2.5, -1)]


def draw(surface: Draw, samples: int, noise: float, seed: int = 0) -> tuple[Array, Array]:
    x, t = surface(np.random.default_rng(seed), samples, noise)
    assert t.shape == (samples, 1)
    return x, t[:, 0].astype(np.float64)


def height(x: float, y: float) -> float:
    """The hill or hollow that counts at (x, y), as `dataset.ts` finds it: the last one to be larger than all before."""
    label = 0.0
    for centre_x, centre_y, sign in HILLS:
        here = sign * min(max(1 - hypot(x - centre_x, y - centre_y) / 2, 0), 1)
        if abs(here) > abs(label):
            label = here
    return label


@pytest.mark.parametrize("surface", [regression.plane, regression.multi_gauss])
def test_points_fill_the_square(surface):
    x, _ = draw(surface, MANY, 0.0)
    assert np.abs(x).max() <= 6
    assert np.abs(x).max() > 5.99
    assert x.std(axis=0) == pytest.approx([6 / sqrt(3)] * 2, rel=0.02)


def test_plane_without_noise():
    x, t = draw(regression.plane, MANY, 0.0)
    assert np.allclose(t, (x[:, 0] + x[:, 1]) / 10, atol=1e-15)


def test_plane_noise_is_two_uniform_errors_of_the_point():
    x, t = draw(regression.plane, MANY, 0.25)
    error = 10 * t - x.sum(axis=1)
    assert np.abs(error).max() <= 2 * 6 * 0.25
    assert error.std() == pytest.approx(6 * 0.25 * sqrt(2 / 3), rel=0.02)


def test_multi_gauss_without_noise():
    x, t = draw(regression.multi_gauss, 3000, 0.0)
    assert np.allclose(t, [height(a, b) for a, b in x.tolist()], atol=1e-14)
    assert t.max() > 0.9
    assert t.min() < -0.9
    assert 0.2 < (t == 0).mean() < 0.6


def test_multi_gauss_measures_a_displaced_point():
    x, t = draw(regression.multi_gauss, MANY, 0.05)
    near = np.hypot(x[:, 0] - 4, x[:, 1] - 2.5) < 0.3
    # At most 0.3 from the top and displaced by at most 0.3 on each axis.
    lowest = 1 - (0.3 + 0.3 * sqrt(2)) / 2
    assert near.sum() > 20
    assert t[near].min() >= lowest
    clean = np.array([height(a, b) for a, b in x[near].tolist()])
    assert 0.01 < np.abs(t[near] - clean).mean() < 0.3


def test_sine_without_noise():
    x, t = draw(regression.sine, 500, 0.0)
    assert np.abs(x).max() <= 2 * pi
    assert np.abs(x).max() > 6.2
    assert np.allclose(t, [sin(value) for value in x[:, 0].tolist()], atol=1e-14)


def test_sine_noise_is_normal():
    x, t = draw(regression.sine, MANY, 0.3)
    error = t - np.sin(x[:, 0])
    assert error.std() == pytest.approx(0.3, rel=0.02)
    assert abs(error.mean()) < 0.01
    assert (np.abs(error) > 0.6).mean() == pytest.approx(0.0455, abs=0.008)
