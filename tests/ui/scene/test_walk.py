"""The arrow keys reach every node and every edge."""

from itertools import pairwise

import pytest
from PySide6.QtCore import Qt

from core.selection import Edge, Node, exists
from ui.scene.walk import ARROWS, walked

LEFT, RIGHT, UP, DOWN = Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down


@pytest.mark.parametrize("sizes", [(1, 1), (2, 3, 1), (3, 5, 2, 4)], ids=str)
def test_everything_is_reached_and_nothing_else(sizes):
    found, waiting = set(), [walked(None, RIGHT, sizes, shift=False)]
    while waiting:
        item = waiting.pop()
        if item not in found:
            assert exists(item, sizes)
            found.add(item)
            waiting += [walked(item, key, sizes, shift=shift) for key in ARROWS for shift in (False, True)]
    edges = sum(n_in * n_out for n_in, n_out in pairwise(sizes))
    assert len(found) == sum(sizes) + edges


def test_an_edge_leads_to_its_ends():
    sizes = (2, 3, 1)
    assert walked(Node(0, 1), RIGHT, sizes, shift=True) == Edge(1, 1, 2)
    assert walked(Node(2, 0), LEFT, sizes, shift=True) == Edge(2, 1, 0)
    assert walked(Edge(1, 1, 2), LEFT, sizes, shift=False) == Node(0, 1)
    assert walked(Edge(1, 1, 2), RIGHT, sizes, shift=False) == Node(1, 2)
    assert walked(Edge(1, 1, 2), UP, sizes, shift=False) == Edge(1, 1, 1)
    assert walked(Edge(1, 1, 2), UP, sizes, shift=True) == Edge(1, 0, 2)
    assert walked(Edge(1, 1, 2), DOWN, sizes, shift=False) == Edge(1, 1, 2)
