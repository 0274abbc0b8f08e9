"""Where the nodes and edges of a network lie in a given space; plain numbers, no painting."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

import numpy as np

from core.arrays import Array
from core.record import record
from core.selection import Edge, Node
from ui.scene.view import FIT, View

HEADER = 58
FOOTER = 22
LARGEST_NODE = 46
SMALLEST_NODE = 5
LABEL_ROOM = 56  # above and below a node: symbol with a, bar and number of δ
LABELLED_NODE = 16
SIDE_ROOM, TARGET_ROOM = 64, 126  # targets and the loss stand at the right
LABELLED_COLUMN, WIDE_COLUMN = 105, 130
PILL_WIDTH, PILL_HEIGHT, PILL_GAP = 26, 18, 8
DOT = 6.0
FEWEST_POINTS, MOST_POINTS, POINT_DISTANCE = 13, 49, 5.0


@record
class NodePlace:
    """A node of layer 0 … K: its centre and the side of its square."""

    layer: int
    index: int
    x: float
    y: float
    side: float


@record(eq=False)
class Geometry:
    """The centres of all nodes: `xs` (K + 1,) by layer, `ys` (n_k,) in it, and the `sides` (K + 1,) of their squares.

    `labelled`: there is room for numbers. `column` and `pitch` are the distances between layers, and between the units
    of the largest one.
    """

    xs: Array
    ys: tuple[Array, ...]
    sides: Array
    labelled: bool
    column: float
    pitch: float

    @cached_property
    def layers(self) -> tuple[tuple[NodePlace, ...], ...]:
        """The nodes one by one."""
        return tuple(
            tuple(NodePlace(layer, index, x, y, side) for index, y in enumerate(ys.tolist()))
            for layer, (x, ys, side) in enumerate(zip(self.xs.tolist(), self.ys, self.sides.tolist(), strict=True))
        )

    @property
    def narrow(self) -> bool:
        """Whether the columns are too narrow for whole names over them."""
        return self.column < WIDE_COLUMN

    @property
    def bias_room(self) -> float:
        """How far at the left of a node its bias reaches."""
        return PILL_WIDTH + PILL_GAP if self.labelled else 1.5 * DOT

    def ends(self, layer: int) -> tuple[float, float]:
        """Where the edges into a layer begin and end; they end before the bias, if that has room."""
        gap = self.bias_room if self.labelled else 0.0
        before, after = self.xs[layer - 1 : layer + 1] + self.sides[layer - 1 : layer + 1] * [0.5, -0.5]
        return float(before), float(after) - gap

    def curves(self, layer: int, sources: Array, targets: Array) -> tuple[Array, Array]:
        """Points of edges into a layer: x (points,), shared by all, and y (edges, points), for y at both ends."""
        left, right = self.ends(layer)
        across, down = _curve(int(np.clip((right - left) / POINT_DISTANCE, FEWEST_POINTS, MOST_POINTS)))
        return left + across * (right - left), sources[:, None] + down * (targets - sources)[:, None]

    def node_at(self, x: float, y: float) -> Node | None:
        """The node whose square or bias lies under that point."""
        for layer, column in enumerate(self.xs.tolist()):
            half = float(self.sides[layer]) / 2
            if column - half - (self.bias_room if layer else 0.0) <= x <= column + half:
                distances = np.abs(self.ys[layer] - y)
                index = int(distances.argmin())
                reach = half if x >= column - half else min(half, PILL_HEIGHT / 2)
                return Node(layer, index) if distances[index] <= reach else None
        return None

    def edge_at(self, x: float, y: float, drawn: Sequence[np.ndarray], near: float) -> Edge | None:
        """The edge nearest to the point among those that `drawn` (n_{k−1}, n_k) by layer says, if it is near."""
        for layer in range(1, len(self.xs)):
            left, right = self.ends(layer)
            if left <= x <= right and drawn[layer - 1].any():
                across, down = _curve(MOST_POINTS)
                share = (x - left) / (right - left)
                sources = self.ys[layer - 1][:, None]
                rise = self.ys[layer] - sources
                slope = rise * np.interp(share, across, np.gradient(down, across)) / (right - left)
                distance = np.abs(sources + np.interp(share, across, down) * rise - y) / np.hypot(1.0, slope)
                distance = np.where(drawn[layer - 1], distance, np.inf)
                source, target = divmod(int(distance.argmin()), distance.shape[1])
                return Edge(layer, source, target) if distance[source, target] <= near else None
        return None


def arrange(sizes: Sequence[int], width: float, height: float, view: View = FIT) -> Geometry:
    """Layers as columns over the width, their nodes evenly over the height, as large as all fit; then as looked at.

    Zooming in spreads the nodes until there is room for their numbers, which keep their size.
    """
    gaps, room, counts = max(len(sizes) - 1, 1), height - HEADER - FOOTER, np.array(sizes, dtype=np.float64)
    column, slot = (width - SIDE_ROOM - TARGET_ROOM) / gaps, room / max(sizes)
    if slot >= LABELLED_NODE + LABEL_ROOM and column >= LABELLED_COLUMN:
        sides = np.full(len(sizes), min(LARGEST_NODE, slot - LABEL_ROOM))
        pitches = np.minimum(slot, 2.4 * sides + LABEL_ROOM)
    else:
        # Without numbers beside them the nodes of a small layer may be larger.
        column = (width - 2 * SIDE_ROOM) / gaps
        sides = np.clip(0.7 * room / counts, SMALLEST_NODE, LARGEST_NODE)
        pitches = np.minimum(room / counts, 1.6 * sides + 4)
    sides = np.clip(sides, SMALLEST_NODE, max(SMALLEST_NODE, 0.4 * column)) * view.scale
    pitches, column = pitches * view.scale, column * view.scale
    labelled = bool(pitches.min() >= LABELLED_NODE + LABEL_ROOM and column >= LABELLED_COLUMN)
    if labelled:
        sides = np.minimum(sides, pitches.min() - LABEL_ROOM)
    middle = (HEADER + room / 2) * view.scale + view.dy
    return Geometry(
        SIDE_ROOM * view.scale + view.dx + column * np.arange(len(sizes), dtype=np.float64),
        tuple(
            middle + pitch * (np.arange(size, dtype=np.float64) - (size - 1) / 2)
            for size, pitch in zip(sizes, pitches.tolist(), strict=True)
        ),
        sides,
        labelled,
        column,
        float(pitches.min()),
    )


def between(before: Geometry, after: Geometry, share: float) -> Geometry:
    """On the way from one arrangement to another; what is new comes from the node beside it."""
    last = len(before.xs) - 1
    # The output stays the output; a new layer before it comes from there.
    old = [last if layer == len(after.xs) - 1 else min(layer, last) for layer in range(len(after.xs))]
    ys: list[Array] = []
    for layer, column in zip(old, after.ys, strict=True):
        kept = before.ys[layer][: len(column)]
        start = np.concatenate([kept, np.full(len(column) - len(kept), kept[-1])])
        ys.append(start + share * (column - start))
    return replace(
        after,
        xs=before.xs[old] + share * (after.xs - before.xs[old]),
        ys=tuple(ys),
        sides=before.sides[old] + share * (after.sides - before.sides[old]),
    )


def _curve(points: int) -> tuple[Array, Array]:
    """A cubic from 0, 0 to 1, 1 with its handles half-way across: level at both ends."""
    s = np.linspace(0.0, 1.0, points)
    r = 1.0 - s
    return 1.5 * r * s + s**3, 3 * r * s**2 + s**3
