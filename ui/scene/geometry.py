"""Where the nodes and edges of a network lie in a given space; plain numbers, no painting."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

HEADER = 58
FOOTER = 20
LARGEST_NODE = 46
SMALLEST_NODE = 6
LABEL_ROOM = 56  # above and below a node: symbol with a, bar and number of δ
LABELLED_NODE = 26
LEFT_ROOM, RIGHT_ROOM = 64, 116  # targets and the loss stand at the right
LABELLED_COLUMN, WIDE_COLUMN = 105, 130
TARGET_ROOM = 40


@dataclass(frozen=True)
class NodePlace:
    """A node of layer 0 … K: its centre and the side of its square, in pixels."""

    layer: int
    index: int
    x: float
    y: float
    side: float

    def contains(self, x: float, y: float) -> bool:
        """Whether the point lies in the square."""
        return max(abs(x - self.x), abs(y - self.y)) <= self.side / 2


@dataclass(frozen=True)
class Geometry:
    """All nodes by layer. `labelled` says that there is room for the numbers beside the nodes."""

    layers: tuple[tuple[NodePlace, ...], ...]
    labelled: bool
    column: float

    @property
    def narrow(self) -> bool:
        """Whether the columns are too narrow for whole names over them."""
        return self.column < WIDE_COLUMN

    def node_at(self, x: float, y: float) -> NodePlace | None:
        """The node under that point."""
        return next((node for layer in self.layers for node in layer if node.contains(x, y)), None)


def arrange(sizes: Sequence[int], width: float, height: float) -> Geometry:
    """Layers as columns over the width, their nodes evenly over the height, as large as all fit."""
    columns = len(sizes)
    room = height - HEADER - FOOTER
    slot = room / max(sizes)
    column = (width - LEFT_ROOM - RIGHT_ROOM) / max(columns - 1, 1)
    labelled = slot >= LABELLED_NODE + LABEL_ROOM and column >= LABELLED_COLUMN
    side = slot - LABEL_ROOM if labelled else 0.7 * slot
    side = min(LARGEST_NODE, max(SMALLEST_NODE, side), max(SMALLEST_NODE, 0.4 * column))
    pitch = min(slot, 2.4 * side + LABEL_ROOM if labelled else 1.6 * side + 4)
    middle = HEADER + room / 2
    return Geometry(
        tuple(
            tuple(
                NodePlace(
                    layer,
                    index,
                    LEFT_ROOM + column * layer,
                    middle + (index - (size - 1) / 2) * pitch,
                    side,
                )
                for index in range(size)
            )
            for layer, size in enumerate(sizes)
        ),
        labelled,
        column,
    )


def edge_distance(start: NodePlace, end: NodePlace, x: float, y: float) -> float:
    """How far the point is from the curve that joins two nodes; infinite beside it."""
    left, right = start.x + start.side / 2, end.x - end.side / 2
    if not left <= x <= right:
        return math.inf
    # The curve is a cubic whose handles lie half-way: x(s) is monotone, so s is found by bisection.
    low, high = 0.0, 1.0
    for _ in range(20):
        s = (low + high) / 2
        at = _bezier(left, (left + right) / 2, (left + right) / 2, right, s)
        low, high = (s, high) if at < x else (low, s)
    return abs(_bezier(start.y, start.y, end.y, end.y, low) - y)


def _bezier(p0: float, p1: float, p2: float, p3: float, s: float) -> float:
    r = 1 - s
    return r * r * r * p0 + 3 * r * r * s * p1 + 3 * r * s * s * p2 + s * s * s * p3
