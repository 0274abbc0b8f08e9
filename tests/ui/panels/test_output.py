"""The output panel: what it says is what the network answers, and whoever points at it is understood."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QFontMetricsF
from PySide6.QtTest import QTest

from core.network import forward
from core.selection import OwnInput, SampleChoice
from core.session import start_session
from core.spec import suggested
from core.workbench import Workbench
from ui.numbers import fixed, percent
from ui.panels.output import OutputPanel
from ui.surface import COARSEST, SHARPEST
from ui.theme import LIGHT, load_fonts, text_font

DATASETS = ("xor", "circle", "blobs-3", "blobs-4", "plane", "sine", "parity-3", "parity-8")


@pytest.fixture
def panel(qtbot):
    widget = OutputPanel()
    qtbot.addWidget(widget)
    widget.resize(340, 300)
    widget.show_theme(LIGHT)
    widget.show()
    return widget


@pytest.fixture
def edits(panel):
    made = []
    panel.edited.connect(made.append)
    return made


def at(panel, *place):
    return panel.picture.to_screen(np.array(place)).toPoint()


def said(panel):
    return panel.header.value.text()


def answer(frame, x):
    return forward(frame.session.run.network, np.array([x], dtype=np.float64)).y[0]


def numbers(y):
    return ", ".join(fixed(value) for value in y.tolist())


def brief(y):
    """The one output, or the largest of several."""
    return numbers(y) if len(y) == 1 else f"y{'₁₂₃₄'[int(y.argmax())]} {fixed(float(y.max()))}"


@given(data=st.data())
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_numbers_are_the_networks(panel, data):
    spec = suggested(data.draw(st.sampled_from(DATASETS)))
    hidden = tuple(data.draw(st.lists(st.integers(1, 6), min_size=1, max_size=3)))
    activations = tuple(data.draw(st.sampled_from(("tanh", "relu", "sigmoid"))) for _ in hidden)
    seed = data.draw(st.integers(0, 999))
    spec = replace(spec, hidden=hidden, activations=(*activations, spec.activations[-1]), seed=seed)
    bench = Workbench(start_session(spec))
    bench.train(data.draw(st.integers(0, 5)))
    bench.perform(SampleChoice(data.draw(st.integers(0, len(bench.session.data.x) - 1))))
    frame = bench.frame()
    panel.picture.forget()
    panel.show_frame(frame)
    assert brief(frame.trace.y[0]) in said(panel)
    assert numbers(frame.trace.y[0]) in panel.description(frame)
    assert said(panel).startswith(f"sample {frame.sample + 1}")
    area = panel.picture.area
    across, down = data.draw(st.floats(0.05, 0.95)), data.draw(st.floats(0.05, 0.95))
    hover(panel, QPoint(round(area.left() + across * area.width()), round(area.top() + down * area.height())))
    place = panel.picture.probe
    if spec.sizes[0] <= 2:
        y = answer(frame, place[: spec.sizes[0]])
        assert said(panel).startswith("at ")
        assert f": {brief(y)}" in said(panel)
        assert f": {numbers(y)}" in panel.description(frame)
        written = said(panel).removeprefix("at ").partition(":")[0].strip("()").replace("x₁ = ", "").replace("−", "-")
        assert [float(text) for text in written.split(",")] == place[: spec.sizes[0]].tolist()
    else:
        assert said(panel).startswith(f"sample {panel.picture.row + 1}")
        assert brief(answer(frame, frame.session.data.x[panel.picture.row])) in said(panel)


def hover(panel, pos):
    QTest.mouseMove(panel.picture, QPoint(1, 1))
    QTest.mouseMove(panel.picture, pos)


def test_a_click_on_a_point_chooses_its_row(qtbot, panel, edits, workbench):
    panel.show_frame(workbench().frame())
    qtbot.mouseClick(panel.picture, Qt.MouseButton.LeftButton, pos=at(panel, 1.0, 0.0) + QPoint(3, 3))
    assert edits == [SampleChoice(2)]


def test_a_click_elsewhere_asks_the_network_there(qtbot, panel, edits, workbench):
    bench = workbench()
    panel.show_frame(bench.frame())
    qtbot.mouseClick(panel.picture, Qt.MouseButton.LeftButton, pos=at(panel, 0.5, 0.4))
    (asked,) = edits
    assert isinstance(asked, OwnInput)
    assert asked.t is None
    assert asked.x == pytest.approx([0.5, 0.4], abs=0.01)
    bench.perform(asked)
    panel.show_frame(bench.frame())
    panel.picture.forget()
    assert said(panel) == f"own input: {fixed(float(answer(panel.frame, asked.x)[0]))}"


def test_a_hidden_test_row_is_not_chosen(qtbot, panel, edits, workbench):
    frame = workbench("circle").frame()
    panel.show_frame(frame)
    panel.test.setChecked(False)
    alone = max(
        range(frame.session.data.train, len(frame.session.data.x)),
        key=lambda row: np.hypot(*(frame.session.data.x_train - frame.session.data.x[row]).T).min(),
    )
    qtbot.mouseClick(panel.picture, Qt.MouseButton.LeftButton, pos=at(panel, *frame.session.data.x[alone]))
    assert isinstance(edits[0], OwnInput)
    panel.test.setChecked(True)
    qtbot.mouseClick(panel.picture, Qt.MouseButton.LeftButton, pos=at(panel, *frame.session.data.x[alone]))
    assert edits[1] == SampleChoice(alone)


def test_keys_do_what_the_mouse_does(qtbot, panel, edits, workbench):
    panel.show_frame(workbench().frame())
    qtbot.keyClick(panel.picture, Qt.Key.Key_Up)
    assert said(panel).startswith("at (0, 0.")
    qtbot.keyClick(panel.picture, Qt.Key.Key_Down)
    qtbot.keyClick(panel.picture, Qt.Key.Key_Return)
    assert edits == [SampleChoice(0)]
    for _ in range(8):
        qtbot.keyClick(panel.picture, Qt.Key.Key_Right)
    qtbot.keyClick(panel.picture, Qt.Key.Key_Enter)
    assert edits[1].x == pytest.approx([8 * 0.025 * 1.3, 0.0], abs=0.001)
    qtbot.keyClick(panel.picture, Qt.Key.Key_Escape)
    assert said(panel).startswith("sample 1:")


def test_one_input_is_asked_at_x_and_its_points_are_chosen(qtbot, panel, edits, workbench):
    frame = workbench("sine").frame()
    panel.show_frame(frame)
    data = frame.session.data
    qtbot.mouseClick(panel.picture, Qt.MouseButton.LeftButton, pos=at(panel, data.x[3, 0], data.t[3, 0]))
    assert isinstance(edits[0], SampleChoice)
    assert abs(data.x[edits[0].row, 0] - data.x[3, 0]) < 0.3
    low = panel.picture.ground.y.low
    qtbot.mouseClick(panel.picture, Qt.MouseButton.LeftButton, pos=at(panel, 2.0, low) - QPoint(0, 2))
    assert edits[1].x == pytest.approx([2.0], abs=0.1)


def test_of_many_inputs_a_click_chooses_the_nearest_row(qtbot, panel, edits, workbench):
    panel.show_frame(workbench("parity-8").frame())
    area = panel.picture.area
    qtbot.mouseClick(panel.picture, Qt.MouseButton.LeftButton, pos=area.topLeft().toPoint() + QPoint(4, 4))
    (choice,) = edits
    assert isinstance(choice, SampleChoice)
    assert said(panel).startswith(f"sample {choice.row + 1}:")


def test_the_probe_stays_live_while_the_mouse_rests(panel, workbench):
    bench = workbench("circle")
    panel.show_frame(bench.frame())
    hover(panel, at(panel, 1.0, 4.0))
    place, before = panel.picture.probe, said(panel)
    for _ in range(3):
        bench.train(10)
        panel.show_frame(replace(bench.frame(), training=True))
        assert panel.picture.probe.tolist() == place.tolist()
        assert f": {numbers(answer(panel.frame, place))}" in said(panel)
    assert said(panel) != before


def test_the_legend_of_classes_follows_the_probe(panel, workbench):
    panel.show_frame(workbench("blobs-4").frame())
    hover(panel, at(panel, -3.0, -3.0))
    y = answer(panel.frame, panel.picture.probe)
    assert panel.picture.drawing.values == tuple(fixed(value) for value in y.tolist())
    panel.picture.forget()
    assert panel.picture.drawing.values == tuple(fixed(value) for value in panel.frame.trace.y[0].tolist())


def test_other_data_end_the_probe(panel, workbench):
    panel.show_frame(workbench("circle").frame())
    hover(panel, at(panel, 1.0, 4.0))
    panel.show_frame(workbench("sine").frame())
    assert panel.picture.probe is None
    assert said(panel).startswith("sample 1:")


def test_discretise_shows_classes_and_their_border(panel, workbench):
    bench = workbench("circle")
    bench.train(200)
    panel.show_frame(bench.frame())
    before = panel.picture.grab().toImage()
    panel.discrete.setChecked(True)
    assert panel.picture.grab().toImage() != before
    assert {name for name, _ in panel.picture.drawing.names} <= {"−1", "1"}
    panel.discrete.setChecked(False)
    assert panel.picture.grab().toImage() == before


def test_what_makes_no_difference_cannot_be_chosen(panel, workbench):
    panel.show_frame(workbench("xor").frame())
    assert not panel.test.isEnabled()
    assert panel.discrete.isEnabled()
    panel.show_frame(workbench("plane").frame())
    assert panel.test.isEnabled()
    assert not panel.discrete.isEnabled()
    panel.show_frame(workbench("parity-8").frame())
    assert not panel.discrete.isEnabled()


def test_the_menu_is_reached_by_keys_and_says_what_it_does(panel):
    tool = panel.tool
    assert panel.header.isAncestorOf(tool)
    assert tool.focusPolicy() & Qt.FocusPolicy.TabFocus
    assert tool.accessibleName()
    assert [action.text() for action in tool.menu().actions()] == ["Test rows", "Discretise"]
    assert all(action.toolTip() != action.text() for action in tool.menu().actions())


@pytest.mark.parametrize("dataset", ["xor", "blobs-4", "sine", "parity-8"])
def test_a_broken_network_is_called_broken(panel, workbench, dataset):
    bench = workbench(dataset)
    network = bench.session.run.network
    weights = network.layers[-1].weights * np.nan
    broken = replace(network, layers=(*network.layers[:-1], replace(network.layers[-1], weights=weights)))
    session = replace(bench.session, run=replace(bench.session.run, network=broken))
    panel.show_frame(Workbench(session).frame())
    drawing = panel.picture.drawing
    assert "not finite" in drawing.note
    assert drawing.broken or drawing.image.pixelColor(0, 0).alpha() == 0
    assert "NaN" in said(panel)
    assert "not finite" in panel.description(panel.frame)
    panel.show_frame(bench.frame())
    assert panel.picture.drawing.note == ""


def test_a_description_says_it_all_in_words(panel, workbench):
    bench = workbench("circle")
    bench.train(300)
    frame = bench.frame()
    panel.show_frame(frame)
    text = panel.description(frame)
    assert f"Sample 1: {fixed(float(frame.trace.y[0, 0]))}, t = " in text
    assert f"{percent(frame.train.accuracy)} of the training rows" in text
    assert f"{percent(frame.test.accuracy)} of the test rows" in text
    assert "x₁ from −6.42 to 6.34" in text
    panel.show_frame(workbench("sine").frame())
    assert f"{fixed(panel.frame.train.data_loss, 4)} over the training rows" in panel.description(panel.frame)
    panel.show_frame(workbench("parity-8").frame())
    assert " of 128 right" in panel.description(panel.frame)


def test_who_listens_is_told_while_training_but_not_at_every_frame(panel, workbench, monkeypatch):
    bench, told = workbench("circle"), []
    monkeypatch.setattr(panel.picture, "setAccessibleDescription", told.append)
    panel.show_frame(bench.frame())
    assert told == []
    QAccessible.setActive(True)
    try:
        for _ in range(5):
            panel.show_frame(replace(bench.frame(), training=True))
        assert len(told) == 1
        panel.show_frame(bench.frame())
        assert len(told) == 2
    finally:
        QAccessible.setActive(False)


def test_the_same_look_and_data_are_laid_out_once(panel, workbench, monkeypatch):
    bench, laid = workbench("circle"), []
    panel.show_frame(bench.frame())
    monkeypatch.setattr(panel.picture, "show_points", laid.append)
    for _ in range(3):
        bench.train(1)
        panel.show_frame(bench.frame())
    assert laid == []


def test_of_several_outputs_the_header_has_room_for_the_answer(panel, workbench):
    bench = workbench("blobs-4")
    bench.perform(SampleChoice(499))
    frame = bench.frame()
    panel.show_frame(frame)
    assert said(panel) == f"sample 500: {brief(frame.trace.y[0])}, t{'₁₂₃₄'[int(frame.t[0].argmax())]} = 1"
    load_fonts()
    narrow = 187  # what the window has for it at 1280 × 800
    assert QFontMetricsF(text_font()).horizontalAdvance(said(panel)) <= narrow


LARGE = {"hidden": (64,) * 8, "activations": ("tanh",) * 9}


def pixels(panel):
    """How many outputs the surface that is drawn is made of, along a side."""
    return panel._plane._image[0].shape[1]


def test_the_surface_of_a_large_network_is_coarse_while_training_and_as_fine_as_can_be_at_rest(qtbot, panel, workbench):
    bench = workbench("circle", **LARGE)
    panel.show_frame(replace(bench.frame(), training=True))
    assert pixels(panel) == COARSEST
    assert "coarse while training" in [entry.text for entry in panel.picture.legend.entries]
    assert not panel._rest.isActive()
    panel.show_frame(bench.frame())
    qtbot.waitUntil(lambda: pixels(panel) == SHARPEST)
    qtbot.waitUntil(lambda: not panel._rest.isActive())
    assert panel.picture.drawing.image.width() == 1 * SHARPEST
    panel.discrete.setChecked(True)
    assert pixels(panel) == SHARPEST
    assert panel.picture.drawing.image.width() > SHARPEST
    panel.show_frame(replace(bench.frame(), training=True))
    assert pixels(panel) == COARSEST


def test_nothing_is_made_finer_unseen(qtbot, panel, workbench):
    bench = workbench("circle", **LARGE)
    panel.show_frame(bench.frame())
    panel.come_in_sight(False)
    assert not panel._rest.isActive()
    panel.come_in_sight(True)
    assert panel._rest.isActive()
    panel.hide()
    qtbot.waitUntil(lambda: not panel._rest.isActive())
    assert pixels(panel) < SHARPEST
    panel.show()
    qtbot.waitUntil(lambda: pixels(panel) == SHARPEST)


def test_where_only_the_probe_moves_the_image_is_not_made_again(panel, workbench, monkeypatch):
    made = []
    panel.show_frame(workbench("blobs-4").frame())
    monkeypatch.setattr("ui.output.plane.surface_image", lambda *args, **kinds: made.append(args))
    before = panel.picture.drawing.values
    hover(panel, at(panel, 1.0, 1.0))
    assert panel.picture.drawing.values != before
    assert made == []
