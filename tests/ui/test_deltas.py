"""δ over the steps and by layer: what is drawn and listed is what the frame holds."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible

from core.explain.terms import Kind
from core.frame import batch_pass
from core.layer_errors import layer_errors
from core.selection import ItemChoice, Node, PhaseChoice
from ui.numbers import fixed
from ui.panels.delta_lines import place
from ui.panels.deltas import DeltasPanel
from ui.theme import LIGHT

PICTURE, HISTORY, TABLE = range(3)


@pytest.fixture
def deltas(qtbot):
    panel = DeltasPanel()
    qtbot.addWidget(panel)
    panel.resize(700, 260)
    panel.show_theme(LIGHT)
    panel.show()
    return panel


@pytest.fixture
def deep(workbench):
    return workbench("circle", hidden=(16,) * 8, activations=("sigmoid",) * 8 + ("tanh",))


@pytest.mark.parametrize("averaged", [False, True], ids=["sample", "batch"])
def test_every_layer_is_compared_with_the_output(deltas, deep, averaged):
    frame = deep.frame()
    deltas.subject.choose(int(averaged))
    deltas.show_frame(frame)
    errors = layer_errors(batch_pass(frame).sizes if averaged else frame.gradient.delta)
    said = deltas.ratios.description().split("; ")
    assert len(said) == 9
    assert said[-1] == f"Output: {fixed(1.0)}"
    assert said[0].startswith("Hidden 1: ")
    assert [words.endswith(" vanishes") for words in said] == [error.ratio < 1e-3 for error in errors]
    assert said[0].endswith("vanishes")


def test_the_ratios_have_a_table_too(deltas, deep):
    frame = deep.frame()
    deltas.show_frame(frame)
    deltas.view.choose(TABLE)
    deltas.table.which.setCurrentText("By layer")
    errors = layer_errors(frame.gradient.delta)
    assert deltas.table.model.matrix.values.tolist() == [[error.mean, error.ratio] for error in errors]


def test_the_history_has_a_line_and_a_number_for_every_node(qtbot, deltas, xor):
    deltas.show_frame(xor.frame())
    deltas.view.choose(HISTORY)
    for _ in range(2):
        numbers = np.concatenate([delta[0] for delta in xor.frame().gradient.delta])
        names = ["h₁", "h₂", "h₃", "y"]
        assert deltas.history.description() == "; ".join(
            f"{name}: {fixed(number, 4)}" for name, number in zip(names, numbers.tolist(), strict=True)
        )
        xor.train(5)
        deltas.show_frame(xor.frame())
    assert not deltas.subject.isEnabled()
    assert deltas.header.value.text().endswith("steps 50 to 60 · sample 1 alone")


def test_a_line_of_the_history_is_chosen_by_a_click(qtbot, deltas, xor):
    deltas.show_frame(xor.frame())
    deltas.view.choose(HISTORY)
    room = deltas.history.room
    line = place((2, 3, 1), room.width(), room.height())[2]
    with qtbot.waitSignal(deltas.edited) as caught:
        qtbot.mouseClick(deltas.history, Qt.MouseButton.LeftButton, pos=line.rect.center().toPoint())
    assert caught.args == [ItemChoice(Node(1, 2))]


def test_the_table_of_the_history_grows_with_the_steps(deltas, xor):
    deltas.show_frame(xor.frame())
    deltas.view.choose(TABLE)
    deltas.table.which.setCurrentText("History")
    resets = []
    deltas.table.model.modelReset.connect(lambda: resets.append(True))
    for _ in range(3):
        xor.train(5)
        deltas.show_frame(xor.frame())
    model, frame = deltas.table.model, deltas.frame
    assert resets == []
    assert np.array_equal(model.matrix.values, frame.deltas[:, 1:])
    steps = [model.headerData(row, Qt.Orientation.Vertical) for row in range(model.rowCount())]
    assert steps == ["step 50", "step 55", "step 60", "step 65"]


def test_long_histories_scroll_and_paint_what_is_in_sight(deltas, workbench):
    deltas.show_frame(workbench("circle", hidden=(64, 8), activations=("tanh",) * 3).frame())
    deltas.view.choose(HISTORY)
    history = deltas.history
    assert history.height() > 64 * 18
    assert history.sight.height() < 260
    assert not history.grab().isNull()


def test_a_history_that_does_not_fit_takes_the_focus_shows_it_and_scrolls_by_keys(qtbot, deltas, workbench):
    deltas.show_frame(workbench("circle", hidden=(64, 8), activations=("tanh",) * 3).frame())
    deltas.view.choose(HISTORY)
    history = deltas.history
    unfocused = history.grab(history.visibleRegion().boundingRect()).toImage()
    assert history.accessibleName()
    deltas.activateWindow()
    history.setFocus()
    qtbot.waitUntil(history.hasFocus)
    assert history.grab(history.visibleRegion().boundingRect()).toImage() != unfocused
    tops = [history.sight.top()]
    for key in (Qt.Key.Key_Down, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp, Qt.Key.Key_Up):
        qtbot.keyClick(history, key)
        tops.append(history.sight.top())
    assert tops[0] == tops[4] == 0.0
    assert 0 < tops[1] == tops[3] < tops[2]


@pytest.fixture
def history(deltas, xor):
    """The history of a few bursts."""
    for _ in range(4):
        xor.frame()
        xor.train(5)
    deltas.show_frame(xor.frame())
    deltas.view.choose(HISTORY)
    return deltas.history


def at_row(frame, row):
    """What the history says of a remembered step."""
    names = ["h₁", "h₂", "h₃", "y"]
    return "; ".join(
        f"{name}: {fixed(value, 4)}" for name, value in zip(names, frame.deltas[row, 1:].tolist(), strict=True)
    )


def test_the_history_is_read_where_the_mouse_points(qtbot, deltas, history):
    line = place((2, 3, 1), history.room.width(), history.room.height())[1]
    plot = line.plot
    for share, row in ((0.0, 0), (0.52, 2), (0.99, 4)):
        qtbot.mouseMove(history, QPointF(plot.left() + share * plot.width(), plot.center().y()).toPoint())
        step = f"step {deltas.frame.deltas[row, 0]:.0f}"
        assert history.description() == f"{step}: {at_row(deltas.frame, row)}"
        assert f" · {step} · sample 1 alone" in deltas.header.value.text()
    qtbot.mouseMove(history, line.rect.topLeft().toPoint() + QPoint(2, 2))
    assert history.description() == at_row(deltas.frame, -1)
    assert "steps 50 to 70" in deltas.header.value.text()


def test_the_history_is_read_by_keys_and_stays_at_its_step_while_training_goes_on(qtbot, deltas, history, xor):
    assert history.focusPolicy() == Qt.FocusPolicy.StrongFocus
    before = history.grab().toImage()
    for key, row in ((Qt.Key.Key_Left, 3), (Qt.Key.Key_Left, 2), (Qt.Key.Key_Home, 0), (Qt.Key.Key_Right, 1)):
        qtbot.keyClick(history, key)
        assert history.description() == f"step {50 + 5 * row}: {at_row(deltas.frame, row)}"
    assert history.grab().toImage() != before
    xor.train(5)
    deltas.show_frame(xor.frame())
    assert history.description() == f"step 55: {at_row(deltas.frame, 1)}"
    qtbot.keyClick(history, Qt.Key.Key_Escape)
    assert history.description() == at_row(deltas.frame, -1)


def test_the_table_stays_the_chosen_one_while_it_is_offered(deltas, xor):
    deltas.show_frame(xor.frame())
    deltas.view.choose(TABLE)
    deltas.table.which.setCurrentText("By layer")
    for averaged in (1, 0):
        deltas.subject.choose(averaged)
        assert deltas.table.which.currentText() == deltas.table.model.matrix.axes.title == "By layer"
    deltas.table.which.setCurrentText("History")
    deltas.subject.choose(1)
    assert deltas.table.which.currentText() == deltas.table.model.matrix.axes.title == "Hidden 1"


def test_the_ratios_and_the_heatmap_are_spoken_now_and_then_and_at_the_end(qtbot, deltas, xor, monkeypatch):
    monkeypatch.setattr(QAccessible, "isActive", lambda: True)
    deltas.show_frame(xor.frame())
    spoken = deltas.ratios.accessibleDescription()
    assert spoken == deltas.ratios.description()
    xor.train(50)
    deltas.show_frame(xor.frame())
    assert deltas.ratios.accessibleDescription() == spoken != deltas.ratios.description()
    qtbot.waitUntil(lambda: deltas.ratios.accessibleDescription() == deltas.ratios.description())


def test_while_an_update_is_walked_through_no_layer_is_told_of_before_its_turn(deltas, workbench):
    bench = workbench("circle")
    known = set()
    for at in range(40):
        bench.perform(PhaseChoice(at))
        frame = bench.frame()
        if frame.stepping is None or frame.stepping.at < at:
            break
        deltas.show_frame(frame)
        errors = layer_errors(frame.gradient.delta)
        ratios = [words.split(": ")[1].split()[0] for words in deltas.ratios.description().split("; ")]
        knows = [frame.knows(Kind.DELTA, k) for k in range(1, len(errors) + 1)]
        assert [ratio != "–" for ratio in ratios] == knows
        deltas.view.choose(TABLE)
        deltas.table.which.setCurrentText("By layer")
        assert [deltas.table.model.index(row, 0).data() != "" for row in range(len(errors))] == knows
        deltas.view.choose(PICTURE)
        known.add(tuple(knows))
    assert {(False, False, False), (False, False, True), (False, True, True), (True, True, True)} <= known
