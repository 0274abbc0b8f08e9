"""The Compare panel asks once for what it wants to show, when nothing trains, and shows what the two steps say."""

from dataclasses import replace
from typing import Any, cast

import numpy as np
import pytest
from PySide6.QtCore import Qt

from core.selection import ItemChoice, StepComparison
from ui.numbers import fixed
from ui.panels.compare import ComparePanel
from ui.theme import LIGHT


@pytest.fixture
def panel(qtbot):
    widget = cast(Any, ComparePanel())
    qtbot.addWidget(widget)
    widget.asked = []
    widget.edited.connect(widget.asked.append)
    widget.resize(680, 220)
    widget.show_theme(LIGHT)
    widget.show()
    return widget


def served(panel, bench):
    """Show the present frame, and do what the panel asks for until it asks no more."""
    panel.show_frame(bench.frame())
    while panel.asked:
        bench.perform(panel.asked.pop(0))
        panel.show_frame(bench.frame())


def cell(panel, row, column):
    return panel.grid.cells.index(row, column).data()


def test_shows_how_far_each_layer_moved_since_the_remembered_step(panel, xor):
    xor.train(50)
    panel.show_frame(xor.frame())
    panel.box.setValue(30)
    served(panel, xor)
    assert panel.header.value.text() == "step 30 → step 100"
    expected = xor.compare(30, 100)
    assert panel.grid.cells.columns == ("Hidden 1", "Output")
    for column, change in enumerate(expected.layers):
        assert cell(panel, 0, column) == fixed(float(np.linalg.norm(change.weights)), 4)
        assert cell(panel, 1, column) == fixed(float(np.linalg.norm(change.biases)), 4)
        assert cell(panel, 2, column).lstrip("+") == fixed(change.largest[1], 4)
    said = panel.losses.text()
    assert fixed(expected.before.train.objective, 4) in said
    assert fixed(expected.after.train.objective, 4) in said


def test_asks_once_and_not_while_it_trains(panel, xor):
    frame = xor.frame()
    panel.show_frame(replace(frame, training=True))
    assert panel.asked == []
    panel.show_frame(frame)
    panel.show_frame(xor.frame())
    assert panel.asked == [StepComparison(0)]


def test_a_step_is_remembered_and_the_time_line_moves_the_other(panel, xor):
    served(panel, xor)
    panel.here.click()
    served(panel, xor)
    assert panel.header.value.text() == "step 50 → step 50"
    xor.go_to(20)
    served(panel, xor)
    assert panel.header.value.text() == "step 50 → step 20"
    assert panel.box.value() == 50


def test_another_run_is_compared_from_its_own_steps(panel, xor, workbench):
    served(panel, xor)
    panel.here.click()
    served(panel, xor)
    other = workbench("circle")
    other.train(3)
    served(panel, other)
    assert panel.header.value.text() == "step 3 → step 3"


def test_the_largest_change_is_chosen_in_all_panels(qtbot, panel, xor):
    served(panel, xor)
    panel.grid.setCurrentIndex(panel.grid.cells.index(0, 1))
    panel.grid.activated.emit(panel.grid.currentIndex())
    expected = xor.compare(0, 50).layers[1].largest[0]
    assert panel.asked == [ItemChoice(expected)]


def test_the_table_is_copied_with_its_titles(qtbot, qapp, panel, xor):
    served(panel, xor)
    panel.grid.setFocus()
    qtbot.keyClick(panel.grid, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    first, second, *_ = qapp.clipboard().text().splitlines()
    assert first == "\tHidden 1\tOutput"
    assert second.split("\t")[0] == "length of ΔW"
