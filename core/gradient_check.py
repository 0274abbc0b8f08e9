"""Gradients by central differences, and how far backpropagation's are from them: the proof that a gradient is right.

Each parameter θ is moved by ±ε and the loss recomputed: ∂E/∂θ ≈ (E(θ + ε) − E(θ − ε)) / 2ε. Where that move takes a
unit across the kink of its activation there is no slope to compare with, and the parameter is not counted.
"""

import math
from collections.abc import Iterator
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from core.arrays import Array
from core.network import Gradient, Layer, Network, Trace, backward, forward, sample_losses
from core.record import record

EPSILON = 1e-5
TOLERANCE = 1e-7

Quantity = Literal["W", "b", "x"]
Place = tuple[int | slice, ...]
Marks = NDArray[np.bool_]


@record
class Comparison:
    """One entry of the gradient, by backpropagation and by central differences.

    `index` is (from, to) in W⁽ᵏ⁾ or (unit,) in b⁽ᵏ⁾, whose slopes are means over the samples, or (sample, input)
    in ∂E/∂x, which is layer 0 and one sample's own. `at_kink`: ±ε moved a unit to or across z = 0.
    """

    quantity: Quantity
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
        """|g − ĝ| / max(1, |g|, |ĝ|); infinite where either is not finite."""
        if not (math.isfinite(self.analytic) and math.isfinite(self.numeric)):
            return math.inf
        return abs(self.analytic - self.numeric) / max(1.0, abs(self.analytic), abs(self.numeric))


@record
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
    """Compare `gradient` (what backward gives, unless given) with central differences on x (n, n_0), t (n, n_K).

    Biases that do not learn are not compared.
    """
    return GradientCheck(tuple(comparisons(network, x, t, gradient)))


def comparisons(network: Network, x: Array, t: Array, gradient: Gradient | None = None) -> Iterator[Comparison]:
    """The comparisons of check_gradient one after the other: of a large network some can be made at a time.

    There are comparison_count of them.
    """
    if gradient is None:
        with np.errstate(all="ignore"):
            gradient = backward(network, forward(network, x), t)
    return _comparisons(_Probe(network, x, t), gradient)


def comparison_count(network: Network, rows: int) -> int:
    """How many comparisons there are on so many rows."""
    learning = (*network.weights, *(network.biases if network.biased else ()))
    return sum(array.size for array in learning) + rows * network.sizes[0]


class _Probe:
    """Copies of the parameters and of x, to be moved one at a time."""

    def __init__(self, network: Network, x: Array, t: Array) -> None:
        layers = (Layer(layer.weights.copy(), layer.biases.copy(), layer.activation) for layer in network.layers)
        self.network = Network(tuple(layers), network.loss, network.biased)
        self.x, self.t = x.copy(), t
        with np.errstate(all="ignore"):
            self._here = forward(network, x)

    def slopes(self, array: Array, place: Place) -> tuple[Array, Marks]:
        """∂E_i/∂θ of every sample i for θ = array[place], and whether θ ± ε moves a unit of it to a kink: (n,)."""
        value = np.copy(array[place])
        with np.errstate(all="ignore"):
            array[place] = value + EPSILON
            above = forward(self.network, self.x)
            array[place] = value - EPSILON
            below = forward(self.network, self.x)
            array[place] = value
            rise = sample_losses(self.network, above, self.t) - sample_losses(self.network, below, self.t)
            return rise / (2.0 * EPSILON), self._meets_kink(above) | self._meets_kink(below)

    def _meets_kink(self, moved: Trace) -> Marks:
        met = np.zeros(len(self.x), dtype=np.bool_)
        for layer, z, z_here in zip(self.network.layers, moved.z, self._here.z, strict=True):
            if layer.f.kink:
                met |= ((np.sign(z) != np.sign(z_here)) & np.isfinite(z - z_here)).any(axis=1)
        return met


def _comparisons(probe: _Probe, given: Gradient) -> Iterator[Comparison]:
    for k, layer in enumerate(probe.network.layers, start=1):
        yield from _of_parameters(probe, "W", k, layer.weights, given.weights[k - 1])
        if probe.network.biased:
            yield from _of_parameters(probe, "b", k, layer.biases, given.biases[k - 1])
    by_input = [probe.slopes(probe.x, (slice(None), i)) for i in range(probe.x.shape[1])]
    for sample, given_x in enumerate(given.x):
        for i, (slopes, marks) in enumerate(by_input):
            yield Comparison("x", 0, (sample, i), float(given_x[i]), float(slopes[sample]), bool(marks[sample]))


def _of_parameters(
    probe: _Probe, quantity: Quantity, layer: int, parameters: Array, given: Array
) -> Iterator[Comparison]:
    for index in np.ndindex(*parameters.shape):
        slopes, marks = probe.slopes(parameters, index)
        yield Comparison(quantity, layer, index, float(given[index]), float(slopes.mean()), bool(marks.any()))
