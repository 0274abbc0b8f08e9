"""Nodes and edges lie in the room, are found where they lie at every zoom, and glide from place to place."""

import numpy as np
import pytest

from core.selection import Edge, Node
from ui.scene.geometry import FOOTER, HEADER, arrange, between
from ui.scene.view import View

SIZES = [(1, 1), (2, 3, 1), (2, 4, 2, 1), (2, *[16] * 8, 1), (64, 32, 10), (2, *[64] * 8, 1)]
VIEWS = [View(), View().zoomed(3.0, 200.0, 300.0), View().zoomed(0.6, 100.0, 100.0), View(5.0, -700.0, -900.0)]


@pytest.mark.parametrize("sizes", SIZES, ids=str)
@pytest.mark.parametrize("width", [400, 696, 1500])
def test_everything_lies_in_the_room_and_no_two_nodes_overlap(sizes, width):
    geometry = arrange(sizes, width, 530)
    assert [len(nodes) for nodes in geometry.layers] == list(sizes)
    for nodes in geometry.layers:
        tops, bottoms = [node.y - node.side / 2 for node in nodes], [node.y + node.side / 2 for node in nodes]
        assert tops[0] >= HEADER - 1
        assert bottoms[-1] <= 530 - FOOTER + 1
        assert all(bottom <= top for bottom, top in zip(bottoms, tops[1:], strict=False))
    assert all(left < right for left, right in (geometry.ends(k) for k in range(1, len(sizes))))


@pytest.mark.parametrize("sizes", SIZES, ids=str)
@pytest.mark.parametrize("view", VIEWS, ids=str)
def test_every_node_is_found_where_it_lies(sizes, view):
    geometry = arrange(sizes, 696, 530, view)
    for nodes in geometry.layers:
        for node in nodes:
            assert geometry.node_at(node.x, node.y) == Node(node.layer, node.index)
            outside = geometry.node_at(node.x + node.side / 2 + 1, node.y)
            assert outside != Node(node.layer, node.index)


@pytest.mark.parametrize("view", VIEWS, ids=str)
def test_every_edge_is_found_along_its_curve_near_its_source(view):
    sizes = (2, 3, 1)
    geometry = arrange(sizes, 696, 530, view)
    drawn = [np.ones((2, 3), dtype=bool), np.ones((3, 1), dtype=bool)]
    for k, matrix in enumerate(drawn, start=1):
        for i, j in np.argwhere(matrix).tolist():
            alone = [np.zeros_like(each) for each in drawn]
            alone[k - 1][i, j] = True
            x, y = geometry.curves(k, geometry.ys[k - 1][i : i + 1], geometry.ys[k][j : j + 1])
            for point in range(1, len(x) - 1):
                place = float(x[point]), float(y[0, point])
                assert geometry.edge_at(*place, alone, 1.0) == Edge(k, i, j)
                assert geometry.edge_at(place[0], place[1] - 500, alone, 1.0) is None
                assert geometry.edge_at(*place, [np.zeros_like(each) for each in drawn], 1.0) is None


@pytest.mark.parametrize("sizes", SIZES, ids=str)
def test_what_lies_under_the_mouse_stays_there_when_zooming(sizes):
    view, at = View(1.7, -40.0, 25.0), (310.0, 220.0)
    before, after = (arrange(sizes, 696, 530, each) for each in (view, view.zoomed(2.0, *at)))
    for x, y, x_after, y_after in zip(
        before.xs, [ys[0] for ys in before.ys], after.xs, [ys[0] for ys in after.ys], strict=True
    ):
        assert x_after - at[0] == pytest.approx(2 * (x - at[0]))
        assert y_after - at[1] == pytest.approx(2 * (y - at[1]))


def test_zooming_into_a_large_network_makes_room_for_its_numbers():
    sizes = (2, *[16] * 8, 1)
    assert not arrange(sizes, 696, 530).labelled
    assert arrange(sizes, 696, 530, View().zoomed(6.0, 0.0, 0.0)).labelled


def test_a_view_cannot_lose_the_drawing():
    lost = View(2.0, 9000.0, -9000.0).in_sight(600.0, 400.0)
    assert (lost.dx, lost.dy) == (300.0, -600.0)
    assert View().in_sight(600.0, 400.0) == View()


@pytest.mark.parametrize(("old", "new"), [((2, 3, 1), (2, 4, 1)), ((2, 4, 1), (2, 4, 4, 1)), ((2, 3, 3, 1), (2, 3, 1))])
def test_nodes_glide_from_their_old_places_and_new_ones_from_a_neighbour(old, new):
    before, after = arrange(old, 696, 530), arrange(new, 696, 530)
    start, end = between(before, after, 0.0), between(before, after, 1.0)
    assert start.ys[0] == pytest.approx(before.ys[0])
    assert start.ys[-1] == pytest.approx(before.ys[-1])
    assert start.xs[-1] == before.xs[-1]
    known = {(x, y) for x, ys in zip(before.xs.tolist(), before.ys, strict=True) for y in ys.tolist()}
    assert all((x, y) in known for x, ys in zip(start.xs.tolist(), start.ys, strict=True) for y in ys.tolist())
    for mine, theirs in zip(end.ys, after.ys, strict=True):
        assert mine == pytest.approx(theirs)
    assert end.xs == pytest.approx(after.xs)
