"""Asking a picture: with the mouse, and with keys alone."""

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QImage, QKeyEvent

from ui.output.axes import with_ends
from ui.output.legend import Legend
from ui.output.picture import Drawing, Sign
from ui.output.plan import Ground
from ui.output.points import Points, Stamp
from ui.output.probe import ProbedPicture

GROUND = Ground(with_ends("x₁", -2.0, 2.0), with_ends("x₂", -1.0, 3.0), square=True, grid=False)


@pytest.fixture
def picture(qtbot):
    widget = ProbedPicture()
    qtbot.addWidget(widget)
    widget.resize(300, 220)
    widget.show_ground(GROUND, Legend())
    places = np.array([[1.0, 1.0], [-1.0, 0.0]])
    widget.show_points(Points(places, np.array([4, 7]), np.array([0, 0]), (Stamp("#ff0000"),), 7.0))
    image = QImage(2, 2, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    widget.show_drawing(Drawing(image=image, marks=((Sign.RING, np.array([1.0, 1.0])),)))
    widget.show()
    return widget


def at(picture, *place):
    return picture.to_screen(np.array(place)).toPoint()


def test_the_mouse_probes_where_it_is_and_nothing_outside(qtbot, picture):
    with qtbot.waitSignal(picture.probed):
        qtbot.mouseMove(picture, at(picture, 0.0, 2.0))
    assert picture.probe == pytest.approx([0.0, 2.0], abs=0.03)
    with qtbot.waitSignal(picture.probed):
        qtbot.mouseMove(picture, QPoint(1, 1))
    assert picture.probe is None
    assert picture.row is None


def test_a_point_is_meant_within_eight_units(qtbot, picture):
    for away, row in ((0, 4), (7, 4), (10, None)):
        qtbot.mouseMove(picture, at(picture, 1.0, 1.0) + QPoint(away, 0))
        assert picture.row == row
    picture.reach = float("inf")
    assert picture.row == 4


def test_a_click_is_one_with_the_left_button_on_the_picture(qtbot, picture):
    pressed = []
    picture.pressed.connect(lambda: pressed.append(picture.probe))
    qtbot.mouseClick(picture, Qt.MouseButton.LeftButton, pos=at(picture, 0.0, 2.0))
    qtbot.mouseClick(picture, Qt.MouseButton.RightButton, pos=at(picture, 0.0, 2.0))
    qtbot.mouseClick(picture, Qt.MouseButton.LeftButton, pos=QPoint(1, 1))
    assert len(pressed) == 1


def test_keys_begin_at_the_mark_move_ask_and_leave(qtbot, picture):
    pressed = []
    picture.pressed.connect(lambda: pressed.append(picture.probe.tolist()))
    qtbot.keyClick(picture, Qt.Key.Key_Return)
    assert pressed == []
    qtbot.keyClick(picture, Qt.Key.Key_Right)
    assert picture.probe == pytest.approx([1.1, 1.0])
    qtbot.keyClick(picture, Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    assert picture.probe == pytest.approx([1.1, 1.02])
    qtbot.keyClick(picture, Qt.Key.Key_Return)
    assert pressed == [[1.1, 1.02]]
    qtbot.keyClick(picture, Qt.Key.Key_Escape)
    assert picture.probe is None


def test_the_probe_of_the_keys_stays_on_the_picture_and_is_seen(qtbot, picture):
    before = picture.grab().toImage()
    for _ in range(100):
        qtbot.keyClick(picture, Qt.Key.Key_Left)
    assert picture.probe[0] == -2.0
    assert picture.grab().toImage() != before


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Escape, Qt.Key.Key_Return])
def test_keys_that_mean_nothing_here_are_left_to_others(qapp, picture, key):
    event = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier)
    qapp.sendEvent(picture, event)
    assert not event.isAccepted()


def test_focus_is_seen(qtbot, picture):
    picture.clearFocus()
    without = picture.grab().toImage()
    picture.setFocus()
    picture.activateWindow()
    qtbot.waitUntil(picture.hasFocus)
    assert picture.grab().toImage() != without
