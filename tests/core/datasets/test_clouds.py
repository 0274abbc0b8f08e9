"""The point clouds: TensorFlow Playground's formulas derived anew in plain Python, and what noise does to each."""

import random
from collections.abc import Callable
from math import cos, hypot, pi, sin, sqrt

import numpy as np
import pytest

from core.arrays import Array
from core.datasets import clouds

MANY = 20_000
HALF_PERCENT = 4 * 0.5 / sqrt(MANY)  # four standard deviations of a share near a half


def draw(cloud: clouds.Draw, samples: int, noise: float, seed: int = 0) -> tuple[Array, Array]:
    x, labels = cloud(np.random.default_rng(seed), samples, noise)
    return x, labels.astype(np.float64)


def share_of_label_1(
    point: Callable[[random.Random], tuple[float, float]], label: Callable[[float, float], bool], spread: float
) -> float:
    """How often label(p + ε) holds, with ε uniform in ±spread, by drawing with Python's own generator."""
    rng = random.Random(1)
    hits = 0
    for _ in range(MANY):
        x, y = point(rng)
        hits += label(x + rng.uniform(-spread, spread), y + rng.uniform(-spread, spread))
    return hits / MANY


def test_circle_without_noise():
    x, labels = draw(clouds.circle, MANY, 0.0)
    radius = np.hypot(x[:, 0], x[:, 1])
    inner = radius < 2.5
    assert inner.sum() == MANY / 2
    assert np.array_equal(labels == 1, inner)
    # Radii are uniform in 0 … 2.5 and 3.5 … 5 (not uniform in area), angles all round.
    assert radius[~inner].min() > 3.5 - 1e-9
    assert radius.max() < 5 + 1e-9
    assert radius[inner].mean() == pytest.approx(1.25, abs=0.03)
    assert radius[~inner].mean() == pytest.approx(4.25, abs=0.02)
    assert radius[inner].std() == pytest.approx(2.5 / sqrt(12), abs=0.02)
    assert np.abs(x.mean(axis=0)).max() < 0.1


@pytest.mark.parametrize("noise", [0.1, 0.5])
@pytest.mark.parametrize(("ring", "low", "high"), [(0, 0.0, 2.5), (1, 3.5, 5.0)])
def test_circle_labels_the_displaced_point(noise, ring, low, high):
    x, labels = draw(clouds.circle, 2 * MANY, noise)
    chosen = (np.hypot(x[:, 0], x[:, 1]) > 3) == bool(ring)

    def point(rng: random.Random) -> tuple[float, float]:
        r, angle = rng.uniform(low, high), rng.uniform(0, 2 * pi)
        return r * sin(angle), r * cos(angle)

    expected = share_of_label_1(point, lambda x, y: hypot(x, y) < 2.5, spread=5 * noise)
    assert labels[chosen].mean() == pytest.approx(expected, abs=2 * HALF_PERCENT)


def test_xor_cloud_without_noise():
    x, labels = draw(clouds.xor_cloud, MANY, 0.0)
    assert np.abs(x).min() >= 0.3
    assert np.abs(x).max() <= 5.3
    assert all(label == (a * b >= 0) for (a, b), label in zip(x.tolist(), labels.tolist(), strict=True))
    assert np.abs(x).mean() == pytest.approx(2.8, abs=0.04)
    assert labels.mean() == pytest.approx(0.5, abs=HALF_PERCENT)


@pytest.mark.parametrize("noise", [0.2, 0.5])
def test_xor_cloud_labels_the_displaced_point(noise):
    x, labels = draw(clouds.xor_cloud, MANY, noise)
    same_sign = x[:, 0] * x[:, 1] > 0

    def point(rng: random.Random) -> tuple[float, float]:
        return rng.uniform(0, 5) + 0.3, rng.uniform(0, 5) + 0.3

    expected = share_of_label_1(point, lambda x, y: x * y >= 0, spread=5 * noise)
    assert 0.7 < expected < 0.99
    assert labels[same_sign].mean() == pytest.approx(expected, abs=2 * HALF_PERCENT)
    assert 1 - labels[~same_sign].mean() == pytest.approx(expected, abs=2 * HALF_PERCENT)


@pytest.mark.parametrize(("noise", "variance"), [(0.0, 0.5), (0.25, 2.25), (0.5, 4.0)])
def test_gauss_has_two_clouds_whose_variance_grows_with_the_noise(noise, variance):
    x, labels = draw(clouds.gauss, MANY, noise)
    assert labels.sum() == MANY / 2
    for label, centre in ((1, 2.0), (0, -2.0)):
        cloud = x[labels == label]
        assert cloud.mean(axis=0) == pytest.approx([centre, centre], abs=0.1)
        assert cloud.var(axis=0) == pytest.approx([variance, variance], rel=0.06)
        assert np.abs(np.cov(cloud.T) - np.diag(cloud.var(axis=0))).max() < 0.05 * variance


@pytest.mark.parametrize("samples", [10, 500, 501])
def test_spiral_without_noise(samples):
    x, labels = draw(clouds.spiral, samples, 0.0)
    expected = []
    for label, offset, count in ((1, 0.0, (samples + 1) // 2), (0, pi, samples // 2)):
        for i in range(count):
            r = i / count * 5
            t = 1.75 * i / count * 2 * pi + offset
            expected.append((r * sin(t), r * cos(t), label))
    assert np.allclose(np.column_stack([x, labels]), expected, atol=1e-12)


def test_spiral_noise_moves_every_point_uniformly():
    x, labels = draw(clouds.spiral, MANY, 0.4)
    clean, same_labels = draw(clouds.spiral, MANY, 0.0)
    shift = x - clean
    assert np.array_equal(labels, same_labels)
    assert 0.399 < np.abs(shift).max() <= 0.4
    assert shift.std() == pytest.approx(0.4 / sqrt(3), rel=0.02)
    assert np.abs(shift.mean(axis=0)).max() < 0.01


def test_moons_without_noise_lie_on_two_half_circles():
    x, labels = draw(clouds.moons, 200, 0.0)
    plain = x / 3 + np.array([0.5, 0.25])
    upper, lower = plain[labels == 1], plain[labels == 0]
    assert np.allclose(np.hypot(upper[:, 0], upper[:, 1]), 1.0)
    assert upper[:, 1].min() >= -1e-12
    assert np.allclose(np.hypot(lower[:, 0] - 1.0, lower[:, 1] - 0.5), 1.0)
    assert lower[:, 1].max() <= 0.5 + 1e-12


def test_moons_noise_is_normal_in_radii():
    shift = draw(clouds.moons, MANY, 0.2)[0] - draw(clouds.moons, MANY, 0.0)[0]
    assert shift.std() == pytest.approx(3 * 0.2, rel=0.02)


@pytest.mark.parametrize("classes", [3, 4])
@pytest.mark.parametrize(("noise", "deviation"), [(0.0, 0.6), (0.3, 1.2)])
def test_blobs_stand_round_a_circle(classes, noise, deviation):
    x, labels = draw(clouds.blobs(classes), MANY, noise)
    centres = [x[labels == label].mean(axis=0) for label in range(classes)]
    for label, centre in enumerate(centres):
        angle = 2 * pi * label / classes + pi / 4
        assert centre == pytest.approx([3 * cos(angle), 3 * sin(angle)], abs=0.08)
        assert x[labels == label].std(axis=0) == pytest.approx([deviation, deviation], rel=0.05)
