"""Plots: lines are thinned out without losing their extremes, axes are legible, and the mouse is told where it is."""

from dataclasses import replace

import numpy as np
import pyqtgraph as pg
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPixmap, QWheelEvent
from PySide6.QtWidgets import QWidget

from ui.lines import decimated
from ui.plot_parts import DASHED, Kept, as_wide, pen
from ui.plots import Line, Plot
from ui.theme import LIGHT


@given(st.integers(1, 5000), st.integers(2, 300), st.integers(0, 2**32 - 1))
def test_extremes_and_ends_survive(length, columns, seed):
    y = np.random.default_rng(seed).normal(size=length)
    x = np.arange(length, dtype=float)
    few_x, few_y = decimated(x, y, columns)
    assert len(few_x) <= 3 * columns + -(-length // columns)
    assert few_y.min() == y.min()
    assert few_y.max() == y.max()
    assert few_x[-1] == x[-1]
    assert (np.diff(few_x) >= 0).all()
    assert np.array_equal(y[few_x.astype(int)], few_y)


def test_gaps_stay_gaps():
    y = np.full(4000, np.nan)
    _, few = decimated(np.arange(4000.0), y, 100)
    assert np.isnan(few).all()


@pytest.fixture
def plot(qtbot):
    plot = Plot()
    qtbot.addWidget(plot)
    plot.dress(LIGHT)
    plot.resize(400, 300)
    plot.show()
    return plot


def drawn(plot):
    """The points of the one line."""
    (item,) = plot._items.values()
    return item.getData()


def labels(plot, side):
    """What is written at an axis."""
    plot.grab()
    axis = plot.item.getAxis(side)
    return axis.tickStrings([], 1.0, 1.0)


def test_a_plot_draws_what_it_is_given(plot):
    plot.axes("epoch", "loss")
    plot.show_range((0.0, 5.0), (0.0, 5.0))
    plot.line("a", np.arange(5.0), np.arange(5.0), LIGHT.text)
    assert drawn(plot)[1].tolist() == [0, 1, 2, 3, 4]
    plot.line("a", np.arange(3.0), np.arange(3.0), LIGHT.text, dash=DASHED)
    assert drawn(plot)[1].tolist() == [0, 1, 2]
    plot.clear_lines()
    assert plot._items == {}


@pytest.mark.parametrize("highest", [1e3, 1e100, 1e264])
@pytest.mark.parametrize("broken", [np.inf, np.nan])
def test_a_line_that_breaks_is_drawn_up_to_there(plot, highest, broken):
    plot.resize(300, 200)
    plot.show_range((0.0, 1.0), (0.0, highest))
    plot.line("train", np.linspace(0.0, 1.0, 11), np.array([*np.linspace(0.0, highest, 10), broken]), "#ff0000")
    image = plot.grab().toImage()
    colours = (image.pixelColor(x, y) for x in range(300) for y in range(200))
    assert sum(colour.red() > 200 and colour.green() < 100 for colour in colours) > 100


def test_a_logarithmic_axis_bears_zeros_gaps_and_huge_ranges(plot):
    plot.set_log(True)
    plot.show_range((0.0, 3.0), (1e-12, 1e200))
    plot.line("a", np.arange(4.0), np.array([0.0, np.nan, 1e-6, 1e200]), LIGHT.text)
    np.testing.assert_allclose(drawn(plot)[1], [-12, np.nan, -6, 200])
    written = labels(plot, "left")
    assert len(written) > 2
    assert "10¹⁰⁰" in written


@pytest.mark.parametrize("zoom", [1.0, 2.0])
def test_labels_are_written_with_true_signs_and_do_not_touch(plot, zoom):
    plot.dress(replace(LIGHT, zoom=zoom))
    plot.show_range((0.0, 1_000_000.0), (-1.0, 1.0))
    assert labels(plot, "left")[0].startswith("−1")
    written = labels(plot, "bottom")
    assert written[0] == "0"
    assert "1,000,000" in written
    metrics = QFontMetricsF(plot.item.getAxis("bottom").tick_font)
    assert sum(metrics.horizontalAdvance(text) for text in written) < plot.width()


def test_the_mouse_is_told_in_the_datas_units(plot, qtbot):
    places = []
    plot.pointed.connect(places.append)
    plot.set_log(True)
    plot.show_range((0.0, 10.0), (0.01, 100.0))
    plot.grab()
    inside = plot.mapFromScene(plot.item.vb.mapViewToScene(QPointF(5.0, 1.0)))
    qtbot.mouseMove(plot.viewport(), inside + QPoint(9, 9))
    qtbot.mouseMove(plot.viewport(), inside)
    qtbot.waitUntil(lambda: bool(places))
    assert places[-1].x() == pytest.approx(5.0, abs=0.1)
    assert places[-1].y() == pytest.approx(10.0, rel=0.2)
    qtbot.mouseMove(plot.viewport(), QPoint(2, 2))
    qtbot.waitUntil(lambda: places[-1] is None)


def test_the_arrow_keys_step_and_escape_lets_go(qtbot):
    plot = Plot(readable=True)
    qtbot.addWidget(plot)
    plot.show()
    assert plot.focusPolicy() == Qt.FocusPolicy.StrongFocus
    steps, places = [], []
    plot.stepped.connect(steps.append)
    plot.pointed.connect(places.append)
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_Escape):
        qtbot.keyClick(plot, key)
    assert steps[:2] == [-1, 1]
    assert steps[2] < -1_000_000
    assert places == []
    plot.show_cursor(1.0)
    qtbot.keyClick(plot, Qt.Key.Key_Escape)
    assert places == [None]


def test_a_plot_that_nobody_reads_takes_neither_focus_nor_keys(qtbot):
    told, passed_on = [], []
    around = QWidget()
    qtbot.addWidget(around)
    plot = Plot(around)
    around.show()
    plot.stepped.connect(told.append)
    plot.pointed.connect(told.append)
    plot.show_cursor(1.0)
    around.keyPressEvent = lambda event: passed_on.append(event.key())
    assert plot.focusPolicy() == Qt.FocusPolicy.NoFocus
    keys = [Qt.Key.Key_Left, Qt.Key.Key_PageDown, Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_Escape]
    for key in keys:
        qtbot.keyClick(plot, key)
    assert told == []
    assert passed_on == keys


def test_kept_lines_are_painted_once_for_many_frames(plot, monkeypatch):
    painted = []
    paint = Kept.paint
    monkeypatch.setattr(Kept, "paint", lambda self, *args: (painted.append(1), paint(self, *args))[1])
    x = np.arange(10.0)
    plot.show_range((0.0, 10.0), (0.0, 10.0))
    plot.keep([Line(x, x, LIGHT.text, label=str(number)) for number in range(30)])
    plot.viewport().repaint()
    assert painted
    painted.clear()
    for number in range(5):
        plot.line("present", x, x + number, LIGHT.text)
        plot.viewport().repaint()
    assert painted == []
    plot.show_range((0.0, 20.0), (0.0, 20.0))
    plot.viewport().repaint()
    assert painted


def test_a_band_lies_between_its_lines_and_leaves_gaps_out(plot):
    plot.show_range((0.0, 3.0), (0.0, 9.0))
    plot.band("band", np.arange(4.0), np.array([1.0, 2, np.nan, 3]), np.array([5.0, 6, np.nan, 7]), LIGHT.text)
    x, y = drawn(plot)
    assert x.tolist() == [0, 1, 3, 3, 1, 0]
    assert y.tolist() == [5, 6, 7, 3, 2, 1]


@pytest.fixture
def zoomable(qtbot):
    plot = Plot(zoomable=True)
    qtbot.addWidget(plot)
    plot.dress(LIGHT)
    plot.resize(400, 300)
    plot.show()
    plot.show_range((0.0, 100.0), (0.0, 1.0))
    return plot


def shown(plot):
    """What is shown, without the room beside it."""
    view = plot.item.vb
    return [[round(end, 3) for end in ends] for ends in view.state["targetRange"]]


def middle(plot):
    view = plot.item.vb
    return plot.mapFromScene(view.sceneBoundingRect().center())


def turned(plot, notches):
    """The wheel over the middle of the plot; whether the plot took it."""
    at = QPointF(middle(plot))
    event = QWheelEvent(
        at,
        at,
        QPoint(),
        QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    plot.wheelEvent(event)
    return event.isAccepted()


@pytest.mark.parametrize("way", ["wheel", "keys"])
def test_zoomed_in_and_out_again(zoomable, qtbot, way):
    whole, told = shown(zoomable), []
    zoomable.zoomed.connect(lambda: told.append(shown(zoomable)))
    if way == "wheel":
        assert turned(zoomable, 3)
    else:
        for _ in range(3):
            qtbot.keyClick(zoomable, Qt.Key.Key_Plus)
    (left, right), (low, high) = shown(zoomable)
    assert right - left == pytest.approx(0.512 * (whole[0][1] - whole[0][0]), rel=0.05)
    assert high - low == pytest.approx(0.512 * (whole[1][1] - whole[1][0]), rel=0.05)
    assert told
    if way == "wheel":
        qtbot.mouseDClick(zoomable.viewport(), Qt.MouseButton.LeftButton, pos=middle(zoomable))
    else:
        qtbot.keyClick(zoomable, Qt.Key.Key_F)
    assert shown(zoomable) == whole


@pytest.mark.parametrize("way", ["mouse", "keys"])
def test_what_is_zoomed_in_on_is_moved(zoomable, qtbot, way):
    whole = shown(zoomable)
    turned(zoomable, 4)
    before = shown(zoomable)
    if way == "mouse":
        start = middle(zoomable)
        qtbot.mousePress(zoomable.viewport(), Qt.MouseButton.LeftButton, pos=start)
        qtbot.mouseMove(zoomable.viewport(), start + QPoint(30, -20))
        qtbot.mouseRelease(zoomable.viewport(), Qt.MouseButton.LeftButton, pos=start + QPoint(30, -20))
    else:
        for key in (Qt.Key.Key_Left, Qt.Key.Key_Down):
            qtbot.keyClick(zoomable, key, Qt.KeyboardModifier.ShiftModifier)
    (left, right), (low, _) = shown(zoomable)
    assert left < before[0][0]
    assert low < before[1][0]
    assert right - left == pytest.approx(before[0][1] - before[0][0], abs=2e-3)
    for _ in range(40):
        qtbot.keyClick(zoomable, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert shown(zoomable)[0][0] >= whole[0][0]


def test_what_was_zoomed_in_on_stays_while_more_comes(zoomable):
    turned(zoomable, 3)
    part = shown(zoomable)
    zoomable.show_range((0.0, 200.0), (0.0, 1.0))
    assert shown(zoomable) == part
    zoomable.set_log(True)
    zoomable.show_range((0.0, 200.0), (0.1, 1.0))
    assert shown(zoomable)[0][1] > 200


def test_a_closer_look_shows_more_points(zoomable):
    x = np.linspace(0, 100, 10_000)
    zoomable.line("a", x, np.random.default_rng(0).random(10_000), LIGHT.text)
    few = len(drawn(zoomable)[0])
    turned(zoomable, 10)
    zoomable.line("a", x, np.random.default_rng(0).random(10_000), LIGHT.text)
    assert len(drawn(zoomable)[0]) > 3 * few


def test_another_plot_is_not_zoomed(plot):
    plot.show_range((0.0, 100.0), (0.0, 1.0))
    whole = shown(plot)
    assert not turned(plot, 3)
    assert shown(plot) == whole


@pytest.mark.parametrize("ratio", [1.0, 2.0])
def test_lines_are_as_wide_on_sharp_screens(qapp, ratio):
    pixmap = QPixmap(10, 10)
    pixmap.setDevicePixelRatio(ratio)
    with QPainter(pixmap) as painter:
        assert as_wide(pen(LIGHT.text, 2.0), painter).widthF() == 2.0 * ratio


def test_dots_are_round_and_as_large_as_asked_for(plot):
    plot.show_range((0.0, 1.0), (0.0, 1.0))
    plot.dots("read", np.array([0.5, np.nan]), np.array([0.5, 0.5]), "#ff0000", 20.0)
    image = plot.grab().toImage()
    red = [(x, y) for x in range(image.width()) for y in range(image.height()) if image.pixelColor(x, y).green() < 60]
    across, down = ({place[axis] for place in red if image.pixelColor(*place).red() > 200} for axis in (0, 1))
    scale = image.devicePixelRatio()
    assert len(across) / scale == pytest.approx(20, abs=1)
    assert len(down) / scale == pytest.approx(20, abs=1)


def test_a_low_plot_leaves_the_name_of_its_axis_to_the_curve(qtbot, plot):
    plot.axes("epoch", "")
    label = plot.item.getAxis("bottom").label
    rooms = []
    for height in (300, 70, 300):
        plot.resize(400, height)
        qtbot.waitUntil(lambda height=height: label.isVisible() == (height == 300))
        qtbot.wait(20)
        rooms.append(plot.height() - plot.item.vb.height())
    assert rooms[1] < rooms[0] == rooms[2]
    plot.axes("", "")
    assert not label.isVisible()


def test_a_change_of_the_range_writes_no_label_anew(qtbot, monkeypatch):
    plot, written = Plot(), []
    qtbot.addWidget(plot)
    monkeypatch.setattr(pg.AxisItem, "_updateLabel", lambda axis: written.append(axis.orientation))
    for end in (10.0, 20.0):
        plot.show_range((0.0, end), (0.0, end))
    assert written == []
