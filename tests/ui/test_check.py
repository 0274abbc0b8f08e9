"""The Check panel goes on slice by slice, names the worst error and the kinks, and can be cancelled."""

from typing import Any, cast

import pytest

from core.checking import Checker
from core.selection import Edge, GradientChecking, ItemChoice, Node
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
