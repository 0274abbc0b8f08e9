"""Multiply along a path, add across paths (Duke, §2): every way from a weight or an input to the loss.

A path goes from node to node; its product is that of the local derivatives along it. A softmax ties its units together,
so there a path may leave by another unit than it came in by.
"""

import math
from collections.abc import Iterator

import numpy as np

from core.arrays import Array
from core.explain.step import Step
from core.explain.terms import Kind, Quantity
from core.losses import LOSSES
from core.record import record
from core.selection import Edge, Node

MOST_PATHS = 50
LOSS = Quantity(Kind.E)


@record
class Factor:
    """One local derivative: `of` what, `by` what."""

    of: Quantity
    by: Quantity
    value: float

    @property
    def name(self) -> str:
        """The same in the code's names, indices from 0."""
        return f"∂{_name(self.of)}/∂{_name(self.by)}"


@record
class Path:
    """A way over `nodes`, or `count` ways that all go through `nodes`; `product` is their share of the gradient."""

    nodes: tuple[Node, ...]
    factors: tuple[Factor, ...]
    product: float
    count: int = 1


@record
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
        begin = Node(start.layer, start.target)
        weight = Quantity(Kind.W, start.layer, (start.source, start.target))
        first = Factor(_z(begin), weight, float(step.trace.a[start.layer - 1][row, start.source]))
        count = walk.count_from_z(begin.layer)
    else:
        first, begin = None, start
        count = walk.count_from_a(begin.layer)
    factors = () if first is None else (first,)
    if count > MOST_PATHS:
        return Paths(start, tuple(walk.groups((begin,), factors, from_z=first is not None)), grouped=True)
    found = walk.from_z(begin, (begin,), factors) if first is not None else walk.from_a(begin, (begin,), factors)
    return Paths(start, tuple(found), grouped=False)


def opened(step: Step, group: Path, row: int = 0) -> tuple[Path, ...]:
    """The ways that a group stands for, grouped once more by the layer after next where they are more than MOST_PATHS.

    None of a single way.
    """
    if group.count == 1:
        return ()
    walk, node, along = _Walk(step, row), group.nodes[-1], group.factors[:-1]
    if walk.count_from_z(node.layer) > MOST_PATHS:
        return tuple(walk.groups(group.nodes, along, from_z=True))
    return tuple(walk.from_z(node, group.nodes, along))


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
            yield _path(nodes, (*factors, Factor(LOSS, _z(node), self._delta(node))))
            return
        for unit, slope in self._slopes(node):
            way = nodes if unit == node.index else (*nodes, Node(k, unit))
            along = (*factors, Factor(_a(Node(k, unit)), _z(node), slope))
            yield from self.from_a(Node(k, unit), way, along)

    def from_a(self, node: Node, nodes: tuple[Node, ...], factors: tuple[Factor, ...]) -> Iterator[Path]:
        """The paths from the a of `node`."""
        k, j = node.layer, node.index
        if k == self._last:
            slope = float(self._step.upstream[k - 1][self._row, j])
            yield _path(nodes, (*factors, Factor(LOSS, _a(node), slope)))
            return
        for unit, weight in enumerate(self._network.weights[k][j]):
            following = Node(k + 1, unit)
            along = (*factors, Factor(_z(following), _a(node), float(weight)))
            yield from self.from_z(following, (*nodes, following), along)

    def groups(self, nodes: tuple[Node, ...], factors: tuple[Factor, ...], *, from_z: bool) -> Iterator[Path]:
        """A path for each unit of the layer after the last of `nodes`, standing for all that go through it; δ there
        sums up the rest."""
        node = nodes[-1]
        k = node.layer
        slopes = self._slopes(node) if from_z else [(node.index, 1.0)]
        if k == self._last:
            for unit, slope in slopes:
                output = Node(k, unit)
                rest = Factor(LOSS, _a(output), float(self._step.upstream[k - 1][self._row, unit]))
                yield _path((*nodes, output), (*factors, Factor(_a(output), _z(node), slope), rest))
            return
        onward = np.zeros(self._network.sizes[k + 1])
        for unit, slope in slopes:
            onward += slope * self._network.weights[k][unit]
        here = _z(node) if from_z else _a(node)
        each = self.count_from_z(k + 1) * len(slopes)
        for unit, weight in enumerate(onward):
            following = Node(k + 1, unit)
            rest = Factor(LOSS, _z(following), self._delta(following))
            yield _path((*nodes, following), (*factors, Factor(_z(following), here, float(weight)), rest), each)

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


def _z(node: Node) -> Quantity:
    return Quantity(Kind.Z, node.layer, (node.index,))


def _a(node: Node) -> Quantity:
    return Quantity(Kind.A, node.layer, (node.index,))


def _name(quantity: Quantity) -> str:
    if quantity.kind in (Kind.E, Kind.W):
        return quantity.kind.name
    return f"{quantity.kind.name.lower()}{quantity.layer}[{quantity.indices[0]}]"


def _path(nodes: tuple[Node, ...], factors: tuple[Factor, ...], count: int = 1) -> Path:
    return Path(nodes, factors, math.prod(factor.value for factor in factors), count)
