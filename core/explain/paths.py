"""Multiply along a path, add across paths (Duke, §2): every way from a weight or an input to the loss.

A path goes from node to node; its product is that of the local derivatives along it. A softmax ties its units together,
so there a path may leave by another unit than it came in by.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from core.arrays import Array
from core.explain.step import Step
from core.losses import LOSSES
from core.selection import Edge, Node

MOST_PATHS = 50


@dataclass(frozen=True)
class Factor:
    """One local derivative, and what it is the derivative of by what, in the code's names."""

    name: str
    value: float


@dataclass(frozen=True)
class Path:
    """A way over `nodes`, or `count` ways that all go through `nodes`; `product` is their share of the gradient."""

    nodes: tuple[Node, ...]
    factors: tuple[Factor, ...]
    product: float
    count: int = 1


@dataclass(frozen=True)
class Paths:
    """All paths from `start`: one by one, or `grouped` by the node that they go through next."""

    start: Edge | Node
    paths: tuple[Path, ...]
    grouped: bool

    @property
    def total(self) -> float:
        """Their sum: the gradient of one sample's loss."""
        return math.fsum(path.product for path in self.paths)


def paths_from(step: Step, start: Edge | Node, row: int = 0) -> Paths:
    """Every path from a weight, or from the activation of a node, to the loss of that row of `step`."""
    walk = _Walk(step, row)
    if isinstance(start, Edge):
        first = Factor(f"∂z{start.layer}[{start.target}]/∂W", float(step.trace.a[start.layer - 1][row, start.source]))
        begin = Node(start.layer, start.target)
        count = walk.count_from_z(begin.layer)
    else:
        first, begin = None, start
        count = walk.count_from_a(begin.layer)
    factors = () if first is None else (first,)
    if count > MOST_PATHS:
        return Paths(start, tuple(walk.groups(begin, factors, from_z=first is not None)), grouped=True)
    found = walk.from_z(begin, (begin,), factors) if first is not None else walk.from_a(begin, (begin,), factors)
    return Paths(start, tuple(found), grouped=False)


class _Walk:
    """Paths through the network of `step` for one of its rows."""

    def __init__(self, step: Step, row: int) -> None:
        self._step, self._row = step, row
        self._network = step.network
        self._last = len(step.network.layers)

    def count_from_z(self, k: int) -> int:
        """How many paths lead from a z of layer k to the loss."""
        if k == self._last and self._collapses:
            return 1
        leaves = self._network.sizes[k] if self._is_softmax(k) else 1
        return leaves * self.count_from_a(k)

    def count_from_a(self, k: int) -> int:
        """How many paths lead from an a of layer k to the loss."""
        return 1 if k == self._last else self._network.sizes[k + 1] * self.count_from_z(k + 1)

    def from_z(self, node: Node, nodes: tuple[Node, ...], factors: tuple[Factor, ...]) -> Iterator[Path]:
        """The paths from the z of `node`, which is the last of `nodes`."""
        k = node.layer
        if k == self._last and self._collapses:
            # Loss and output are made for one another: ∂E/∂z = y − t in one.
            yield _path(nodes, (*factors, self._factor("E", f"z{k}[{node.index}]", self._delta(node))))
            return
        for unit, slope in self._slopes(node):
            way = nodes if unit == node.index else (*nodes, Node(k, unit))
            along = (*factors, self._factor(f"a{k}[{unit}]", f"z{k}[{node.index}]", slope))
            yield from self.from_a(Node(k, unit), way, along)

    def from_a(self, node: Node, nodes: tuple[Node, ...], factors: tuple[Factor, ...]) -> Iterator[Path]:
        """The paths from the a of `node`."""
        k, j = node.layer, node.index
        if k == self._last:
            slope = float(self._step.upstream[k - 1][self._row, j])
            yield _path(nodes, (*factors, self._factor("E", f"a{k}[{j}]", slope)))
            return
        for unit, weight in enumerate(self._network.weights[k][j]):
            following = Node(k + 1, unit)
            along = (*factors, self._factor(f"z{k + 1}[{unit}]", f"a{k}[{j}]", float(weight)))
            yield from self.from_z(following, (*nodes, following), along)

    def groups(self, node: Node, factors: tuple[Factor, ...], *, from_z: bool) -> Iterator[Path]:
        """A path for each unit of the next layer, standing for all that go through it; δ there sums up the rest."""
        k = node.layer
        slopes = self._slopes(node) if from_z else [(node.index, 1.0)]
        if k == self._last:
            yield from (self._last_group(node, unit, slope, factors) for unit, slope in slopes)
            return
        onward = np.zeros(self._network.sizes[k + 1])
        for unit, slope in slopes:
            onward += slope * self._network.weights[k][unit]
        here = f"z{k}[{node.index}]" if from_z else f"a{k}[{node.index}]"
        each = self.count_from_z(k + 1) * len(slopes)
        for unit, weight in enumerate(onward):
            following = Node(k + 1, unit)
            local = self._factor(f"z{k + 1}[{unit}]", here, float(weight))
            rest = self._factor("E", f"z{k + 1}[{unit}]", self._delta(following))
            yield _path((node, following), (*factors, local, rest), each)

    def _last_group(self, node: Node, unit: int, slope: float, factors: tuple[Factor, ...]) -> Path:
        k = node.layer
        local = self._factor(f"a{k}[{unit}]", f"z{k}[{node.index}]", slope)
        rest = self._factor("E", f"a{k}[{unit}]", float(self._step.upstream[k - 1][self._row, unit]))
        return _path((node, Node(k, unit)), (*factors, local, rest))

    @property
    def _collapses(self) -> bool:
        return LOSSES[self._network.loss].output is not None

    def _is_softmax(self, k: int) -> bool:
        return self._network.layers[k - 1].activation == "softmax"

    def _delta(self, node: Node) -> float:
        return float(self._step.gradient.delta[node.layer - 1][self._row, node.index])

    def _slopes(self, node: Node) -> list[tuple[int, float]]:
        """Every unit of the layer that depends on this z, with ∂a/∂z: ∂a_m/∂z_j = a_m (1[m = j] − a_j) in a softmax."""
        k, j = node.layer, node.index
        z, a = self._step.trace.z[k - 1][self._row : self._row + 1], self._step.trace.a[k][self._row : self._row + 1]
        if self._is_softmax(k):
            row: Array = a[0]
            return [(m, float(row[m] * ((m == j) - row[j]))) for m in range(len(row))]
        out = np.empty_like(a)
        self._network.layers[k - 1].f.slope(z, a, out)
        return [(j, float(out[0, j]))]

    def _factor(self, of: str, by: str, value: float) -> Factor:
        return Factor(f"∂{of}/∂{by}", value)


def _path(nodes: tuple[Node, ...], factors: tuple[Factor, ...], count: int = 1) -> Path:
    return Path(nodes, factors, math.prod(factor.value for factor in factors), count)
