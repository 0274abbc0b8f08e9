"""How the arrow keys walk over nodes and edges."""

from collections.abc import Sequence

from PySide6.QtCore import Qt

from core.selection import Edge, Item, Node

LEFT, RIGHT, UP, DOWN = Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down
ARROWS = (LEFT, RIGHT, UP, DOWN)


def walked(item: Item | None, key: Qt.Key, sizes: Sequence[int], *, shift: bool) -> Item:
    """What comes next in the direction of an arrow.

    From a node to its neighbours, and with Shift + ← or → to an edge at that side. From an edge ← and → go to its
    ends, ↑ and ↓ to the edges beside it that leave the same node, and with Shift to those that enter the same node.
    """
    if item is None:
        return Node(0, 0)
    along, down = (key == RIGHT) - (key == LEFT), (key == DOWN) - (key == UP)
    if isinstance(item, Edge):
        if along:
            return Node(item.layer, item.target) if along > 0 else Node(item.layer - 1, item.source)
        source = _inside(item.source + shift * down, sizes[item.layer - 1])
        return Edge(item.layer, source, _inside(item.target + (not shift) * down, sizes[item.layer]))
    layer = _inside(item.layer + along, len(sizes))
    index = _beside(item.index, sizes[item.layer], sizes[layer])
    if shift and layer != item.layer:
        return Edge(layer, item.index, index) if along > 0 else Edge(item.layer, index, item.index)
    return Node(layer, _inside(index + down, sizes[layer]))


def _inside(number: int, count: int) -> int:
    return min(max(number, 0), count - 1)


def _beside(index: int, size: int, other: int) -> int:
    """The unit at about the same height in a layer of another size."""
    return _inside(round(index + (other - size) / 2), other)
