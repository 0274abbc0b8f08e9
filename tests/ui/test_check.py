"""The Check panel goes on slice by slice, names the worst error and the kinks, and can be cancelled."""

from typing import Any, cast

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication

from core import checking
from core.checking import Checker
from core.network import backward, forward
from core.selection import Edge, GradientChecking, ItemChoice, Node
from ui.numbers import plain
from ui.panels.check import CheckPanel
from ui.theme import LIGHT


@pytest.fixture
def panel(qtbot):
    widget = cast(Any, CheckPanel())
    qtbot.addWidget(widget)
    widget.asked = []
    widget.edited.connect(widget.asked.append)
    widget.resize(680, 220)
    widget.show_theme(LIGHT)
    widget.show()
    return widget


@pytest.fixture
def one_at_a_time(monkeypatch):
    go_on = Checker.go_on
    monkeypatch.setattr(Checker, "go_on", lambda checker: go_on(checker, 0.0))


def checked(panel, bench):
    """Press the button, and do what the panel asks for until it asks no more; how often that was."""
    panel.show_frame(bench.frame())
    panel.button.click()
    slices = 0
    while panel.asked:
        bench.perform(panel.asked.pop(0))
        panel.show_frame(bench.frame())
        slices += 1
    return slices


def cells(panel, row):
    return [panel.grid.cells.index(row, column).data() for column in range(panel.grid.cells.columnCount())]


def test_backpropagation_passes_layer_by_layer(panel, xor, one_at_a_time):
    # 9 + 4 weights and biases, and 2 inputs of 4 rows, a slice each.
    assert checked(panel, xor) == 6 + 3 + 3 + 1 + 8
    assert panel.header.value.text().startswith("✓ passed: worst error")
    assert panel.grid.cells.columns == ("Hidden 1", "Output", "∂L/∂x")
    assert cells(panel, 4) == ["9", "4", "8"]
    assert cells(panel, 5) == ["0", "0", "0"]
    assert "step 50, 4 rows" in panel.what.text()
    assert panel.kinks.text() == ""


def test_cancelling_leaves_what_was_found(panel, xor, one_at_a_time):
    panel.show_frame(xor.frame())
    panel.button.click()
    xor.perform(panel.asked.pop())
    panel.show_frame(xor.frame())
    assert panel.button.text() == "Cancel"
    panel.button.click()
    assert panel.asked == [GradientChecking(), GradientChecking(cancelled=True)]
    for gesture in panel.asked:
        xor.perform(gesture)
    panel.asked.clear()
    panel.show_frame(xor.frame())
    assert panel.asked == []
    assert panel.button.text() == "Check gradients"
    assert panel.header.value.text().startswith("cancelled at 10 %")


def test_hidden_it_waits_and_goes_on_when_it_is_seen(panel, workbench, one_at_a_time):
    bench = workbench("circle")
    bench.perform(GradientChecking(anew=True))
    panel.hide()
    panel.show_frame(bench.frame())
    assert panel.asked == []
    panel.show()
    assert panel.asked == [GradientChecking()]


def test_kinks_are_named(panel, workbench):
    bench = workbench(activations=("relu", "sigmoid"))
    checked(panel, bench)
    assert int(cells(panel, 5)[0]) > 0
    assert panel.kinks.text().startswith("At a kink, not counted: ")
    assert "b of h₁" in panel.kinks.text()


def test_a_wrong_gradient_fails_and_is_found(panel, xor, monkeypatch):
    right = Checker.go_on

    def spoiled(checker):
        right(checker)
        first = checker.now.layers[0]
        assert first.worst is not None
        object.__setattr__(first.worst, "analytic", 5.0)

    monkeypatch.setattr(Checker, "go_on", spoiled)
    checked(panel, xor)
    assert panel.header.value.text().startswith("✗ failed: worst error")
    assert cells(panel, 2)[0] == "5"


def test_the_worst_is_chosen_in_all_panels(panel, xor):
    checked(panel, xor)
    for column, layer in enumerate((1, 2, 0)):
        panel.grid.activated.emit(panel.grid.cells.index(0, column))
        gesture = panel.asked.pop()
        assert isinstance(gesture, ItemChoice)
        assert isinstance(gesture.item, Edge | Node)
        assert gesture.item.layer == layer


def lines(panel):
    model = panel.list.comparisons
    return [[model.index(row, column).data() for column in range(4)] for row in range(model.rowCount())]


def test_every_parameter_has_a_line_with_both_its_gradients(panel, xor, one_at_a_time):
    panel.view.choose(1)
    checked(panel, xor)
    frame = xor.frame()
    x, t = frame.session.data.x[frame.batch], frame.session.data.t[frame.batch]
    gradient = backward(frame.network, forward(frame.network, x), t)
    shown = {name: (g, approximate, error) for name, g, approximate, error in lines(panel)}
    assert len(shown) == 9 + 4 + 8
    by_name = {
        **{f"x{low(i)} → h{low(j)}": gradient.weights[0][i, j] for i in range(2) for j in range(3)},
        **{f"b of h{low(j)}": gradient.biases[0][j] for j in range(3)},
        **{f"h{low(i)} → y": gradient.weights[1][i, 0] for i in range(3)},
        **{f"x{low(i)} in row {row + 1}": gradient.x[row, i] for row in range(4) for i in range(2)},
    }
    assert set(by_name) == set(shown) - {"b of y"}
    for name, true in by_name.items():
        g, approximate, error = shown[name]
        assert g == plain(true, 7)
        assert float(approximate.replace("−", "-")) == pytest.approx(true, abs=1e-7)
        assert "✗" not in error


def low(index):
    return "₁₂₃"[index]


def test_the_list_is_sorted_by_a_click_on_a_title_chosen_from_and_copied(panel, xor, qtbot):
    panel.view.choose(1)
    checked(panel, xor)
    header = panel.list.horizontalHeader()
    where = QPoint(header.sectionViewportPosition(1) + 20, header.height() // 2)
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=where)
    values = [panel.list.comparisons.line(row).analytic for row in range(21)]
    assert values in (sorted(values), sorted(values, reverse=True))
    panel.list.activated.emit(panel.list.comparisons.index(3, 0))
    assert isinstance(panel.asked.pop().item, Edge | Node)
    panel.list.setFocus()
    qtbot.keyClick(panel.list, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    copied = QGuiApplication.clipboard().text().splitlines()
    assert len(copied) == 22
    assert [float(line.split("\t")[1]) for line in copied[1:]] == values
    panel.list.comparisons.show_found((), str)
    assert panel.list.comparisons.rowCount() == 0


def test_the_list_marks_what_fails_and_what_lies_at_a_kink(panel, workbench):
    panel.view.choose(1)
    bench = workbench(activations=("relu", "sigmoid"), mistake="bias-forgotten")
    checked(panel, bench)
    errors = {name: error for name, _, _, error in lines(panel)}
    assert "at a kink" in errors.values()
    assert errors["b of y"].startswith("✗ ")


def test_of_a_large_network_the_first_are_kept(panel, xor, monkeypatch):
    monkeypatch.setattr(checking, "MOST_KEPT", 5)
    panel.view.choose(1)
    checked(panel, xor)
    assert len(lines(panel)) == 5
    assert cells(panel, 4) == ["9", "4", "8"]
