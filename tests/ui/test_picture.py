"""The picture over the plane: places and pixels agree."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage

from ui.picture import Picture, Points, nearest

BOUNDS = ((-2.0, 2.0), (-1.0, 3.0))


@pytest.fixture
def picture(qtbot):
    widget = Picture()
    qtbot.addWidget(widget)
    widget.resize(300, 200)
    image = QImage(2, 2, QImage.Format.Format_RGB32)
    image.fill(QColor("#102030"))
    widget.show_points(Points(np.array([[1.0, 1.0]]), [QColor("#ff0000")], 20.0, 1))
    widget.show_image(image, BOUNDS, np.array([1.0, 1.0]))
    widget.show()
    return widget


def test_the_way_to_the_screen_and_back_is_the_same(picture):
    for place in ([-2.0, -1.0], [2.0, 3.0], [0.3, 0.7]):
        back = picture.to_plane(picture.to_screen(np.array(place)))
        assert np.allclose([back.x(), back.y()], place)
    assert picture.to_screen(np.array([-2.0, 3.0])) == picture.area.topLeft()


def test_a_point_lies_where_it_belongs(picture):
    at = picture.to_screen(np.array([1.0, 1.0])).toPoint()
    image = picture.grab().toImage()
    assert image.pixelColor(at) == QColor("#ff0000")
    assert image.pixelColor(at + QPoint(-60, 0)) == QColor("#102030")


def test_it_says_where_it_is_pressed_and_hovered(qtbot, picture):
    at = picture.to_screen(np.array([1.0, 1.0])).toPoint()
    with qtbot.waitSignal(picture.pressed) as caught:
        qtbot.mouseClick(picture, Qt.MouseButton.LeftButton, pos=at)
    place = caught.args[0]
    assert np.allclose([place.x(), place.y()], [1.0, 1.0], atol=0.03)
    with qtbot.waitSignal(picture.hovered) as caught:
        qtbot.mouseMove(picture, at + QPoint(1, 0))
    assert caught.args[0] is not None


def test_nearest():
    places = np.array([[0.0, 0.0], [1.0, 1.0], [4.0, 4.0]])
    assert nearest(places, QPointF(1.4, 1.1)) == 1
