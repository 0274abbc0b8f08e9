"""Gradients by central differences, and how far backpropagation's are from them: the proof that a gradient is right.

Each parameter θ is moved by ±ε and the loss recomputed: ∂E/∂θ ≈ (E(θ + ε) − E(θ − ε)) / 2ε. Where that move takes a
unit across the kink of its activation there is no slope to compare with, and the parameter is not counted.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from core.arrays import Array
from core.kernels.layout import Layout
from core.network import Gradient, Layer, Network, Trace, backward, forward, sample_losses

EPSILON = 1e-5
TOLERANCE = 1e-7

Marks = np.ndarray[tuple[int, ...], np.dtype[np.bool_]]


@dataclass(frozen=True)
class Comparison:
    """One entry of the gradient, by backpropagation and by central differences.

    `index` is (from, to) in W⁽ᵏ⁾ or (unit,) in b⁽ᵏ⁾, whose slopes are means over the samples, or (sample, input)
    in ∂E/∂x, which is layer 0 and one sample's own. `at_kink`: ±ε moved a unit to or across z = 0.
    """

    quantity: Literal["W", "b", "x"]
    layer: int
    index: tuple[int, ...]
    analytic: float
    numeric: float
    at_kink: bool

    @property
    def name(self) -> str:
        """Such as W1[0,2], b3[1] or x[4,0]."""
        return f"{self.quantity}{self.layer or ''}[{','.join(map(str, self.index))}]"

    @property
    def error(self) -> float:
        """|g − ĝ| / max(1, |g|, |ĝ|); infinite where that is not a number."""
        with np.errstate(invalid="ignore"):
            error = abs(np.subtract(self.analytic, self.numeric)) / max(1.0, abs(self.analytic), abs(self.numeric))
        return float(error) if np.isfinite(error) else float("inf")


@dataclass(frozen=True)
class GradientCheck:
    """All comparisons: W⁽¹⁾, b⁽¹⁾, W⁽²⁾, … row by row, then ∂E/∂x."""

    comparisons: tuple[Comparison, ...]

    @property
    def counted(self) -> tuple[Comparison, ...]:
        """Those that are not at a kink."""
        return tuple(c for c in self.comparisons if not c.at_kink)

    @property
    def at_kinks(self) -> tuple[str, ...]:
        """The names of those that are."""
        return tuple(c.name for c in self.comparisons if c.at_kink)

    @property
    def worst(self) -> Comparison | None:
        """The counted comparison with the largest error; None when none is counted."""
        return max(self.counted, key=lambda c: c.error, default=None)

    @property
    def passed(self) -> bool:
        """Whether no counted error exceeds TOLERANCE."""
        return self.worst is None or self.worst.error <= TOLERANCE


def check_gradient(network: Network, x: Array, t: Array, gradient: Gradient | None = None) -> GradientCheck:
    """Compare `gradient` (by default what backward gives) with central differences, on x (n, n_0) and t (n, n_K)."""
    with np.errstate(all="ignore"):
        centre = forward(network, x)
        claimed = backward(network, centre, t) if gradient is None else gradient
        probe = _Probe(network, x, t, centre)
        weights, biases = probe.parameter_slopes()
        comparisons: list[Comparison] = []
        for k in range(1, len(network.layers) + 1):
            comparisons += _compare("W", k, claimed.weights[k - 1], *weights[k - 1])
            comparisons += _compare("b", k, claimed.biases[k - 1], *biases[k - 1])
        comparisons += _compare("x", 0, claimed.x, *probe.input_slopes())
    return GradientCheck(tuple(comparisons))


def _compare(
    quantity: Literal["W", "b", "x"], layer: int, analytic: Array, numeric: Array, at_kink: Marks
) -> list[Comparison]:
    return [
        Comparison(quantity, layer, index, float(analytic[index]), float(numeric[index]), bool(at_kink[index]))
        for index in np.ndindex(*analytic.shape)
    ]
