"""What if one weight or bias were another: the loss along it, its tangent, and what a step of η promises and brings."""

import time
from collections.abc import Iterator
from dataclasses import field, replace

import numpy as np

from core.arrays import Array, frozen
from core.losses import LOSSES
from core.network import Network, backward, forward, sample_losses
from core.parameters import Parameter, parameter, with_parameter
from core.penalties import PENALTIES
from core.record import record
from core.selection import Edge, LossSlicing
from core.spec import Spec

POINTS = 97
# The points come from far apart to near: so many of them at first, twice as many with each round.
FIRST_GAP = 16
SLICE_SECONDS = 0.006
# As many activations at once, some milliseconds of work.
ACTIVATIONS_AT_ONCE = 50_000
NOTHING_YET = frozen([])
UNKNOWN = float("nan")


@record(eq=False)
class Slice:
    """The objective over so many `rows` as a function of one parameter of `network`, at `step`, as far as it is known:
    `losses` (m,) at `values` (m,), in their order.

    Now the parameter is `value` and the objective `loss`; `slope` is its tangent, the gradient of backpropagation and
    of the penalty. A step of gradient descent along this parameter alone leads to `target`, where the objective is
    `after`. What is not known yet is NaN.
    """

    asked: LossSlicing
    network: Network
    step: int
    rows: int
    eta: float
    value: float
    loss: float = UNKNOWN
    slope: float = UNKNOWN
    after: float = UNKNOWN
    values: Array = field(default_factory=lambda: NOTHING_YET)
    losses: Array = field(default_factory=lambda: NOTHING_YET)
    under_way: bool = True

    @property
    def target(self) -> float:
        """w − η ∂J/∂w."""
        return self.value - self.eta * self.slope

    @property
    def predicted(self) -> float:
        """By how much the tangent says the objective changes in that step: −η (∂J/∂w)²."""
        return -self.eta * self.slope * self.slope

    @property
    def real(self) -> float:
        """By how much it does."""
        return self.after - self.loss

    def tangent(self, values: Array) -> Array:
        """The objective at `values` if it went straight on."""
        with np.errstate(all="ignore"):
            return self.loss + self.slope * (values - self.value)


class Slicer:
    """Finds the slice that was asked for over the rows x (n, n_0), t (n, n_K); `now` says what is known."""

    def __init__(self, asked: LossSlicing, network: Network, x: Array, t: Array, spec: Spec, step: int) -> None:
        self._item: Parameter = asked.item
        self.now = Slice(asked, network, step, len(x), spec.eta, parameter(network, asked.item))
        self._x, self._t, self._penalty = x, t, PENALTIES[spec.penalty]
        self._known: list[tuple[float, float]] = []
        self._work = self._steps()

    def goes_on(self, asked: LossSlicing, network: Network) -> bool:
        """Whether this serves what is asked: it is under way, or of that very network."""
        same = replace(asked, anew=False) == replace(self.now.asked, anew=False)
        return same and (network is self.now.network or (self.now.under_way and not asked.anew))

    def go_on(self, seconds: float = SLICE_SECONDS) -> None:
        """Find out more for so long."""
        end = time.perf_counter() + seconds
        with np.errstate(all="ignore"):
            for _ in self._work:
                if time.perf_counter() >= end:
                    break
            else:
                self.now = replace(self.now, under_way=False)
                # They may be large.
                self._z = self._into = NOTHING_YET
        values, losses = frozen(sorted(self._known)).reshape(-1, 2).T
        self.now = replace(self.now, values=values, losses=losses)

    def _steps(self) -> Iterator[None]:
        """First where one stands and where a step would lead, then the points; a pause whenever some are done."""
        yield from self._stand()
        at_target: list[tuple[float, float]] = []
        yield from self._evaluate([self.now.target], at_target)
        self.now = replace(self.now, after=at_target[0][1])
        for values in _rounds(self.now.asked.low, self.now.asked.high):
            yield from self._evaluate(values, self._known)

    def _stand(self) -> Iterator[None]:
        """Loss and slope; what leads to the parameter's unit is kept, for it stays the same."""
        network, item, n = self.now.network, self._item, len(self._x)
        k = item.layer
        loss = slope = 0.0
        self._z, self._into = np.empty((n, network.sizes[k])), np.ones(n)
        for rows in _stretches(n, sum(network.sizes)):
            x, t = self._x[rows], self._t[rows]
            trace = forward(network, x)
            gradient = backward(network, trace, t)
            loss += float(sample_losses(network, trace, t).sum())
            self._z[rows] = trace.z[k - 1]
            if isinstance(item, Edge):
                self._into[rows] = trace.a[k - 1][:, item.source]
                slope += float(gradient.weights[k - 1][item.source, item.target]) * len(x)
            else:
                slope += float(gradient.biases[k - 1][item.index]) * len(x)
            yield
        loss, slope = loss / n + self._penalty.value(network.weights), slope / n + self._penalty_slope()
        self.now = replace(self.now, loss=loss, slope=slope)

    def _penalty_slope(self) -> float:
        if self._penalty.add_slope is None or not isinstance(self._item, Edge):
            return 0.0
        weights = self.now.network.weights[self._item.layer - 1]
        slopes = np.zeros_like(weights)
        self._penalty.add_slope(weights, slopes)
        return float(slopes[self._item.source, self._item.target])

    def _penalty_at(self, value: float) -> float:
        if self._penalty.add_slope is None:
            return 0.0
        return self._penalty.value(with_parameter(self.now.network, self._item, value).weights)

    def _evaluate(self, values: list[float], found: list[tuple[float, float]]) -> Iterator[None]:
        """The objective at each of the values: for many rows value by value, for few many values at once."""
        n, units = len(self._x), sum(self.now.network.sizes[self._item.layer :])
        together = max(1, ACTIVATIONS_AT_ONCE // (n * units))
        for first in range(0, len(values), together):
            some = np.array(values[first : first + together])
            losses = np.zeros(len(some))
            for rows in _stretches(n, units):
                losses += self._losses(some, rows)
                yield
            for value, loss in zip(some.tolist(), losses.tolist(), strict=True):
                found.append((value, loss / n + self._penalty_at(value)))

    def _losses(self, values: Array, rows: slice) -> Array:
        """The losses of these rows (r,), added up, for each of the values (m,)."""
        network, item = self.now.network, self._item
        unit = item.target if isinstance(item, Edge) else item.index
        z = np.repeat(self._z[None, rows], len(values), axis=0)
        z[:, :, unit] += (values - self.now.value)[:, None] * self._into[rows]
        z = z.reshape(-1, z.shape[2])
        a = network.layers[item.layer - 1].f(z)
        for layer in network.layers[item.layer :]:
            z = a @ layer.weights + layer.biases
            a = layer.f(z)
        t = np.tile(self._t[rows], (len(values), 1))
        return LOSSES[network.loss].values(z, a, t).reshape(len(values), -1).sum(axis=1)


def _stretches(rows: int, units: int) -> Iterator[slice]:
    """All rows, so many at once as have time."""
    some = max(1, ACTIVATIONS_AT_ONCE // units)
    return (slice(first, min(first + some, rows)) for first in range(0, rows, some))


def _rounds(low: float, high: float) -> Iterator[list[float]]:
    """Evenly spread points from low to high: first a few, then those between, and again."""
    points, gap = np.linspace(low, high, POINTS), FIRST_GAP
    yield points[::gap].tolist()
    while gap > 1:
        yield points[gap // 2 :: gap].tolist()
        gap //= 2
