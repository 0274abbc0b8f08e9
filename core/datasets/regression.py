"""Surfaces and a curve to follow: the targets are real numbers.

Plane and multi-gauss follow TensorFlow Playground's `reg-plane` and `reg-gauss` (`dataset.ts`).
"""

import numpy as np

from core.arrays import Array
from core.datasets.dataset import DATASETS, Dataset, Draw, Suggestion

CENTRES = np.array([(-4, 2.5), (0, 2.5), (4, 2.5), (-4, -2.5), (0, -2.5), (4, -2.5)])
SIGNS = np.array([1, -1, 1, -1, 1, -1])


def _noisy_points(rng: np.random.Generator, samples: int, noise: float) -> tuple[Array, Array]:
    """Points in the square ±6, and where the noise has them measured."""
    x = rng.uniform(-6.0, 6.0, (samples, 2))
    return x, x + rng.uniform(-6.0, 6.0, x.shape) * noise


def plane(rng: np.random.Generator, samples: int, noise: float) -> tuple[Array, Array]:
    """t = (x₁ + x₂) / 10."""
    x, measured = _noisy_points(rng, samples, noise)
    return x, measured.sum(axis=1, keepdims=True) / 10.0


def multi_gauss(rng: np.random.Generator, samples: int, noise: float) -> tuple[Array, Array]:
    """Six cones of height ±1 and radius 2; where they meet, the largest in absolute value counts."""
    x, measured = _noisy_points(rng, samples, noise)
    distance = np.linalg.norm(measured[:, None, :] - CENTRES, axis=2)
    cones = SIGNS * np.clip(1.0 - distance / 2.0, 0.0, 1.0)
    largest = np.abs(cones).argmax(axis=1)
    return x, cones[np.arange(samples), largest, None]


def sine(rng: np.random.Generator, samples: int, noise: float) -> tuple[Array, Array]:
    """t = sin x over two periods; the noise is normal, its standard deviation `noise`."""
    x = rng.uniform(-2 * np.pi, 2 * np.pi, (samples, 1))
    return x, np.sin(x) + rng.normal(0.0, 1.0, x.shape) * noise


def _surface(name: str, label: str, help: str, inputs: int, samples: int, draw: Draw, suggestion: Suggestion) -> None:
    DATASETS.add(Dataset(name, label, help, inputs, 0, samples, "plus-minus", draw, suggestion))


def _regression(hidden: tuple[int, ...], eta: float, epochs: int, goal: float) -> Suggestion:
    return Suggestion(hidden, "tanh", "identity", "half-squared-error", eta, 10, epochs, goal)


_surface(
    "plane",
    "Plane",
    "A tilted plane: one linear unit fits it exactly.",
    2,
    1200,
    plane,
    _regression((), 0.01, 20, 1e-6),
)
_surface(
    "multi-gauss",
    "Multi-gauss",
    "Six hills and hollows on a plain.",
    2,
    1200,
    multi_gauss,
    _regression((12, 12), 0.2, 1000, 0.003),
)
_surface(
    "sine",
    "Sine",
    "Two periods of a sine: one input, one output, a curve to watch.",
    1,
    200,
    sine,
    _regression((8, 8), 0.2, 1500, 0.002),
)
