"""Point clouds to tell apart.

Circle, xor-cloud, gauss and spiral follow the formulas, sizes and noise of TensorFlow Playground (D. Smilkov,
S. Carter and others, `dataset.ts`), so that results can be compared; moons and blobs are the usual ones.
"""

import numpy as np

from core.arrays import Array
from core.datasets.dataset import DATASETS, Dataset, Draw, Suggestion, Values

Cloud = tuple[Array, Values]
SAMPLES = 500
RADIUS = 5.0


def _halves(samples: int) -> tuple[int, int]:
    """How many rows of the first and of the second class."""
    return (samples + 1) // 2, samples // 2


def circle(rng: np.random.Generator, samples: int, noise: float) -> Cloud:
    """A disc inside a ring; the noise moves the label, not the point."""
    inner, outer = _halves(samples)
    radius = np.concatenate([rng.uniform(0.0, 0.5 * RADIUS, inner), rng.uniform(0.7 * RADIUS, RADIUS, outer)])
    angle = rng.uniform(0.0, 2 * np.pi, samples)
    x = np.stack([radius * np.sin(angle), radius * np.cos(angle)], axis=1)
    moved = x + rng.uniform(-RADIUS, RADIUS, x.shape) * noise
    return x, np.hypot(*moved.T) < 0.5 * RADIUS


def xor_cloud(rng: np.random.Generator, samples: int, noise: float) -> Cloud:
    """Four quadrants, class 1 where both coordinates have the same sign; the noise moves the label."""
    x = rng.uniform(-5.0, 5.0, (samples, 2))
    x += np.where(x > 0, 0.3, -0.3)
    moved = x + rng.uniform(-5.0, 5.0, x.shape) * noise
    return x, moved[:, 0] * moved[:, 1] >= 0


def gauss(rng: np.random.Generator, samples: int, noise: float) -> Cloud:
    """Two normal clouds at (2, 2) and (−2, −2) of variance 0.5 + 7 · noise."""
    first, second = _halves(samples)
    centre = np.repeat([2.0, -2.0], [first, second])
    x = centre[:, None] + rng.normal(0.0, np.sqrt(0.5 + 7.0 * noise), (samples, 2))
    return x, centre > 0


def spiral(rng: np.random.Generator, samples: int, noise: float) -> Cloud:
    """Two arms of 1¾ turns, half a turn apart; the noise moves the points."""
    arms: list[Array] = []
    for count, offset in zip(_halves(samples), (0.0, np.pi), strict=True):
        share = np.arange(count) / max(count, 1)
        angle = 1.75 * 2 * np.pi * share + offset
        arms.append(5.0 * share[:, None] * np.stack([np.sin(angle), np.cos(angle)], axis=1))
    x = np.concatenate(arms) + rng.uniform(-1.0, 1.0, (samples, 2)) * noise
    return x, np.repeat([1, 0], _halves(samples))


def moons(rng: np.random.Generator, samples: int, noise: float) -> Cloud:
    """Two interleaved half circles; noise is the standard deviation of each coordinate, in radii."""
    upper, lower = _halves(samples)
    up, down = rng.uniform(0.0, np.pi, upper), rng.uniform(0.0, np.pi, lower)
    x = np.concatenate(
        [
            np.stack([np.cos(up), np.sin(up)], axis=1),
            np.stack([1.0 - np.cos(down), 0.5 - np.sin(down)], axis=1),
        ]
    )
    x += rng.normal(0.0, 1.0, x.shape) * noise
    return 3.0 * (x - np.array([0.5, 0.25])), np.repeat([1, 0], [upper, lower])


def blobs(classes: int) -> Draw:
    """`classes` normal clouds evenly round a circle; their standard deviation is 0.6 + 2 · noise."""

    def draw(rng: np.random.Generator, samples: int, noise: float) -> Cloud:
        labels = np.arange(samples) % classes
        angle = 2 * np.pi * labels / classes + np.pi / 4
        centre = 3.0 * np.stack([np.cos(angle), np.sin(angle)], axis=1)
        return centre + rng.normal(0.0, 0.6 + 2.0 * noise, (samples, 2)), labels

    return draw


def _cloud(name: str, label: str, help: str, draw: Draw, suggestion: Suggestion) -> None:
    DATASETS.add(Dataset(name, label, help, 2, 2, SAMPLES, "plus-minus", draw, suggestion))


def _tanh(hidden: tuple[int, ...], eta: float, epochs: int, goal: float) -> Suggestion:
    return Suggestion(hidden, "tanh", "tanh", "half-squared-error", eta, 10, epochs, goal)


def _relu(hidden: tuple[int, ...], eta: float, epochs: int, goal: float) -> Suggestion:
    return Suggestion(hidden, "relu", "tanh", "half-squared-error", eta, 10, epochs, goal)


def _softmax(classes: int) -> Suggestion:
    return Suggestion((4,), "tanh", "softmax", "softmax-cross-entropy", 0.1, 10, epochs=80, goal=0.02)


_cloud(
    "circle",
    "Circle",
    "A disc inside a ring: the border is closed, so at least three hidden units must work together.",
    circle,
    _tanh((4, 2), 0.03, 150, 0.02),
)
_cloud(
    "xor-cloud",
    "XOR cloud",
    "Four quadrants, opposite ones alike: XOR with many points.",
    xor_cloud,
    _tanh((5, 3), 0.03, 300, 0.02),
)
_cloud(
    "gauss",
    "Gauss",
    "Two clouds that a straight line separates.",
    gauss,
    _tanh((), 0.03, 20, 0.01),
)
_cloud(
    "spiral",
    "Spiral",
    "Two arms wound round each other: the hardest of these, and it takes many units.",
    spiral,
    _relu((16, 16), 0.03, 1000, 0.01),
)
_cloud(
    "moons",
    "Moons",
    "Two interleaved half circles: a border with one bend and back.",
    moons,
    _tanh((4, 4), 0.1, 100, 0.01),
)
for _classes in (3, 4):
    DATASETS.add(
        Dataset(
            f"blobs-{_classes}",
            f"Blobs {_classes}",
            f"{_classes} clouds, one class each: an output for each class, and the largest wins.",
            2,
            _classes,
            SAMPLES,
            "one-hot",
            blobs(_classes),
            _softmax(_classes),
        )
    )
