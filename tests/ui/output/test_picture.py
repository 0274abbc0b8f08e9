"""The picture over the plane: places and pixels agree, and nothing covers anything else."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRectF
from PySide6.QtGui import QColor, QImage

from ui.colours import pierced
from ui.output.axes import with_ends, with_names, with_scale
from ui.output.legend import Bar, Entry, Legend, Stroke
from ui.output.picture import Drawing, Picture, Sign
from ui.output.plan import Ground, planned, written
from ui.output.points import Points, Stamp
from ui.theme import LIGHT

SQUARE = Ground(with_ends("x₁", -2.0, 2.0), with_ends("x₂", -1.0, 3.0), square=True, grid=False)
WIDE = Ground(with_scale("x₁", -2.0, 2.0), with_scale("y", -1.0, 3.0), square=False, grid=True)
LEGEND = Legend(
    Bar(("#000000", "#ffffff"), ("−1", "0", "1")),
    (Entry("train", Stamp("#333333")), Entry("y", Stroke("#333333")), Entry("y₁", Stamp("#333333"), valued=True)),
)


def plain_image(colour="#102030"):
    image = QImage(2, 2, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    return image


@pytest.fixture
def picture(qtbot):
    widget = Picture()
    qtbot.addWidget(widget)
    widget.resize(300, 200)
    widget.show_ground(SQUARE, LEGEND)
    places = np.array([[1.0, 1.0]])
    widget.show_points(Points(places, np.array([0]), np.array([0]), (Stamp("#ff0000"),), 20.0))
    widget.show_drawing(Drawing(image=plain_image()))
    widget.show()
    return widget


def at(picture, *place):
    return picture.to_screen(np.array(place)).toPoint()


def test_the_corners_of_the_plane_are_the_corners_of_the_picture(picture):
    assert picture.to_screen(np.array([-2.0, 3.0])) == picture.area.topLeft()
    assert picture.to_screen(np.array([2.0, -1.0])) == picture.area.bottomRight()


def test_a_point_lies_where_it_belongs(picture):
    image = picture.grab().toImage()
    assert image.pixelColor(at(picture, 1.0, 1.0)) == QColor("#ff0000")
    assert image.pixelColor(at(picture, 1.0, 1.0) + QPoint(-60, 0)) == QColor("#102030")


def test_a_ring_and_a_cross_look_different(picture):
    seen = []
    for sign in Sign:
        picture.show_drawing(Drawing(image=plain_image(), marks=((sign, np.array([-1.0, 0.0])),)))
        seen.append(picture.grab().toImage())
    assert all(one != other for one in seen for other in seen if one is not other)


def test_a_mark_outside_is_not_drawn(picture):
    before = picture.grab().toImage()
    marks = tuple((Sign.CROSS, np.array(place)) for place in ([50.0, 0.0], [np.nan, 0.0], [0.0, np.inf]))
    picture.show_drawing(Drawing(image=plain_image(), marks=marks))
    assert picture.grab().toImage() == before


def test_what_is_missing_in_the_image_is_hatched(picture):
    holes = np.array([[True, False], [True, False]])
    picture.show_drawing(Drawing(image=pierced(plain_image(), holes)))
    image, area = picture.grab().toImage(), picture.area.toRect()
    left = {image.pixelColor(area.left() + 20, y).name() for y in range(area.top() + 20, area.bottom() - 20)}
    right = {image.pixelColor(area.right() - 20, y).name() for y in range(area.top() + 90, area.bottom() - 20)}
    assert len(left) > 1
    assert right == {"#102030"}


def test_lines_go_through_their_places_and_stop_where_there_is_no_number(picture):
    line = np.array([[-2.0, 0.0], [-1.0, 0.0], [0.0, np.nan], [1.5, 0.0], [2.0, 0.0]])
    picture.show_drawing(Drawing(image=plain_image(), lines=((Stroke("#00ff00", width=3.0), line),)))
    image = picture.grab().toImage()
    assert image.pixelColor(at(picture, -1.5, 0.0)) == QColor("#00ff00")
    assert image.pixelColor(at(picture, 0.0, 0.0)) == QColor("#102030")
    assert image.pixelColor(at(picture, 1.8, 0.0)) == QColor("#00ff00")


def test_only_lines_and_no_image_without_a_single_number(picture):
    picture.show_drawing(
        Drawing(lines=((Stroke("#00ff00"), np.full((3, 2), np.nan)),), broken=True, note="y is not finite")
    )
    assert QColor("#00ff00") not in [
        picture.grab().toImage().pixelColor(x, y) for x in range(0, 300, 7) for y in range(0, 200, 7)
    ]


def test_new_points_and_new_values_are_seen(picture):
    first = picture.grab().toImage()
    picture.show_drawing(Drawing(image=plain_image(), values=("0.123",)))
    second = picture.grab().toImage()
    assert first != second
    picture.show_points(Points(np.zeros((1, 2)), np.array([0]), np.array([0]), (Stamp("#ff0000"),), 20.0))
    picture.show_drawing(Drawing(image=plain_image(), values=("0.123",)))
    assert picture.grab().toImage().pixelColor(at(picture, 0.0, 0.0)) == QColor("#ff0000")


@pytest.mark.parametrize("ground", [SQUARE, WIDE], ids=["square", "wide"])
@pytest.mark.parametrize("size", [(310, 250), (310, 120), (200, 500), (1200, 800), (150, 150)])
def test_picture_numbers_and_legend_have_a_room_each(qapp, ground, size):
    room = QRectF(0, 0, *size)
    plan = planned(room, ground, LEGEND)
    assert room.contains(plan.area)
    assert plan.legend is not None
    assert room.adjusted(0, 0, 1, 1).contains(plan.legend)
    assert not plan.area.intersects(plan.legend)
    assert plan.area.left() >= ground.left
    if ground.square:
        assert plan.area.width() == plan.area.height()
    assert plan.area.width() * plan.area.height() > 0.15 * size[0] * size[1] * min(size) / max(size)


@pytest.mark.parametrize("ground", [SQUARE, WIDE], ids=["square", "wide"])
def test_where_it_would_leave_the_picture_no_room_there_is_no_legend(qtbot, picture, ground):
    plan = planned(QRectF(0, 0, 130, 90), ground, LEGEND)
    assert plan.legend is None
    assert plan.area.height() > 60
    picture.show_ground(ground, LEGEND)
    picture.resize(130, 90)
    assert picture.plan == plan
    assert not picture.grab().isNull()


def test_a_long_text_at_the_edge_stays_inside(qtbot, picture):
    image = picture.grab().toImage()
    edge = [image.pixelColor(x, y) for y in range(200) for x in (0, 299)]
    assert set(map(QColor.name, edge)) == {LIGHT.panel.lower()}


def test_it_is_painted_the_same_at_any_zoom(picture):
    picture.dress(replace(LIGHT, zoom=2.0))
    picture.resize(600, 400)
    image = picture.grab().toImage()
    place = picture.to_screen(np.array([1.0, 1.0])) * 2
    assert image.pixelColor(place.toPoint()) == QColor("#ff0000")
    assert picture.room.size().toSize().width() == 300


def test_names_of_columns_are_written_as_far_as_they_have_room(qapp):
    axis = with_names("t", [f"{letter}: 100/200" for letter in "ABCDEFGHIJ"])
    assert written(axis, 2000.0) == axis.ticks
    assert [text for _, text in written(axis, 200.0)] == list("ABCDEFGHIJ")
    assert [text for _, text in written(axis, 80.0)] == list("ADGJ")
