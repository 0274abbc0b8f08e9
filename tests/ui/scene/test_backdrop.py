"""The kept picture of the edges shows the newest strengths whenever nothing moves, and is as sharp as the screen."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtGui import QColor

from ui.canvas import Canvas
from ui.scene.backdrop import Backdrop, Strip, edge_pen
from ui.scene.geometry import arrange
from ui.scene.strengths import BUCKETS, MOST_EDGES, strengths
from ui.scene.view import View
from ui.theme import DARK, LIGHT

SIZES = (2, *[16] * 3, 1)


@pytest.fixture
def canvas(qtbot):
    widget = Canvas()
    qtbot.addWidget(widget)
    widget.resize(600, 400)
    return widget


def drawn(seed):
    rng = np.random.default_rng(seed)
    weights = [rng.normal(size=shape) for shape in pairwise(SIZES)]
    return strengths(weights, [rng.normal(size=size) for size in SIZES[1:]], 0.0)


def picture(backdrop, canvas, shown, geometry, *, hurried=False, theme=LIGHT):
    return backdrop.pixmap(shown, geometry, theme, canvas, biased=True, hurried=hurried).toImage()


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_changed_strips_end_as_a_whole_new_picture_does(canvas, theme):
    geometry, kept = arrange(SIZES, 600, 400), Backdrop()
    for seed in range(4):
        picture(kept, canvas, drawn(seed), geometry, hurried=True, theme=theme)
    assert picture(kept, canvas, drawn(3), geometry, theme=theme) == picture(
        Backdrop(), canvas, drawn(3), geometry, theme=theme
    )


def test_while_training_every_strip_has_its_turn(canvas, qtbot):
    geometry, kept = arrange(SIZES, 600, 400), Backdrop()
    picture(kept, canvas, drawn(0), geometry)
    whole = picture(Backdrop(), canvas, drawn(1), geometry, hurried=True)
    qtbot.waitUntil(lambda: picture(kept, canvas, drawn(1), geometry, hurried=True) == whole)


def test_the_same_strengths_are_not_drawn_again(canvas, monkeypatch):
    geometry, kept, strips = arrange(SIZES, 600, 400), Backdrop(), []
    shown, paint = drawn(0), Strip.paint
    picture(kept, canvas, shown, geometry)
    monkeypatch.setattr(Strip, "paint", lambda strip, *rest: strips.append(strip.k) or paint(strip, *rest))
    picture(kept, canvas, shown, geometry)
    assert strips == []
    other = replace(shown, edges=(*shown.edges[:-1], -shown.edges[-1]))
    picture(kept, canvas, other, geometry)
    assert strips == [len(SIZES) - 1]


def test_another_view_is_drawn_anew_and_as_large_as_the_canvas(canvas):
    kept, shown = Backdrop(), drawn(0)
    before = picture(kept, canvas, shown, arrange(SIZES, 600, 400))
    after = picture(kept, canvas, shown, arrange(SIZES, 600, 400, View().zoomed(3.0, 300.0, 200.0)))
    assert before.size() == after.size() == canvas.size() * canvas.devicePixelRatio()
    assert before != after


@pytest.mark.parametrize("share", [0.2, 1.0])
def test_a_negative_edge_is_told_without_its_colour_where_there_is_room(canvas, share):
    def inked(weight):
        shown = strengths([np.array([[weight]])], [np.zeros(1)], 1.0)
        image = picture(Backdrop(), canvas, shown, arrange((1, 1), 600, 400))
        ground = QColor(LIGHT.background).rgb()
        points = ((x, y) for x in range(image.width()) for y in range(image.height()))
        return {at for at in points if image.pixel(*at) != ground}

    more = inked(-share) - inked(share)
    assert inked(share) <= inked(-share)
    assert max(y for _, y in more) - min(y for _, y in more) > edge_pen(BUCKETS, LIGHT).widthF() + 2
    assert max(x for x, _ in more) - min(x for x, _ in more) < 6


def test_strong_edges_are_wider_and_the_sign_is_the_colour():
    widths = [edge_pen(level, LIGHT).widthF() for level in range(BUCKETS + 1)]
    assert widths == sorted(widths)
    assert edge_pen(BUCKETS, LIGHT).color() == QColor(LIGHT.positive)
    assert edge_pen(-BUCKETS, LIGHT).color() == QColor(LIGHT.negative)
    assert edge_pen(BUCKETS, LIGHT, 0.5).widthF() < widths[-1]
    assert sum(each.sum() for each in drawn(0).drawn) <= MOST_EDGES
