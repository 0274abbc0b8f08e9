"""The Data panel: what the targets stand for, the next row by key, and one line that says what is going on."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtGui import QAccessible

from core import edits
from core.selection import OwnInput, SampleChoice
from ui.numbers import fixed
from ui.panels.data import DataPanel, described
from ui.panels.targets import TARGETS, legend_in_words
from ui.theme import LIGHT


@pytest.fixture
def panel(qtbot):
    widget = DataPanel()
    qtbot.addWidget(widget)
    widget.resize(248, 430)
    widget.show_theme(LIGHT)
    widget.show()
    return widget


@pytest.mark.parametrize(
    ("dataset", "choices", "texts"),
    [
        ("xor", {}, ["A: t = 0", "B: t = 1"]),
        ("circle", {}, ["A: t = −1", "B: t = +1", "◇ test row"]),
        ("blobs-4", {}, ["A: t₁", "B: t₂", "C: t₃", "D: t₄", "◇ test row"]),
        ("xor", {"targets": "one-hot"}, ["A: t₁", "B: t₂"]),
        ("sine", {}, ["t: a real number, no class", "◇ test row"]),
    ],
)
def test_what_the_targets_stand_for_is_in_sight_and_in_words(panel, workbench, dataset, choices, texts):
    frame = workbench(dataset, **choices).frame()
    panel.show_frame(frame)
    assert [meaning.text for meaning in panel.legend.meanings] == texts
    assert panel.legend.accessibleDescription() == legend_in_words(frame.session.data)


def test_every_encoding_explains_itself():
    assert [entry.help for entry in TARGETS if not entry.help] == []
    said = {entry.name: entry.help for entry in TARGETS}
    assert "t = −1 is class A and t = 1 class B; an output above 0 is read as B" in said["plus-minus"]
    assert "an output above 0.5 is read as B" in said["zero-one"]


def test_next_and_previous_go_through_the_rows_as_they_are_shown(panel, workbench):
    bench = workbench("circle")
    panel.edited.connect(bench.perform)
    panel.show_frame(bench.frame())
    panel.table.sort_by(1)
    order = [panel.rows.row_at(place) for place in range(panel.rows.rowCount())]
    bench.choose_sample(order[0])
    panel.show_frame(bench.frame())
    for at, step in ((1, 1), (2, 1), (1, -1), (0, -1), (-1, -1), (0, 1)):
        panel.choose_next(step)
        panel.show_frame(bench.frame())
        assert bench.sample == order[at]


def test_next_works_while_the_panel_is_hidden(panel, workbench):
    panel.hide()
    bench = workbench("xor")
    panel.edited.connect(bench.perform)
    panel.show_frame(bench.frame())
    panel.choose_next()
    assert bench.sample == 1


def test_from_an_own_input_next_leads_back_to_the_row(panel, xor):
    xor.perform(SampleChoice(2))
    xor.perform(OwnInput(np.array([0.5, 0.5])))
    panel.show_frame(xor.frame())
    said = []
    panel.edited.connect(said.append)
    panel.choose_next()
    assert said == [SampleChoice(2)]


def test_the_line_over_the_table_says_what_is_going_on(panel, xor):
    panel.show_frame(xor.frame())
    assert panel.note.text() == "Sample 1 of 4 · keys [ and ]"
    panel.table.sort_by(panel.rows.columnCount() - 1)
    assert panel.note.text() == "By L as of step 50, largest first"
    xor.perform(OwnInput(np.array([0.5, 0.5])))
    frame = xor.frame()
    panel.show_frame(frame)
    assert panel.note.text() == f"Own input: {fixed(frame.trace.y[0, 0])} · no target"
    xor.perform(OwnInput(np.array([0.5, 0.5]), np.array([1.0])))
    frame = xor.frame()
    panel.show_frame(frame)
    assert panel.note.text().endswith(f"L = {fixed(frame.sample_loss, 4)}")
    panel.gallery.pointed.emit("spiral")
    assert panel.note.text() == "Spiral brings 2-16-16-1 · undo returns"


def test_the_numbers_of_the_chosen_row_can_be_read_aloud(xor):
    xor.choose_sample(2)
    frame = xor.frame()
    y, error = fixed(frame.trace.y[0, 0]), fixed(frame.sample_loss)
    assert described(frame) == f"Sample 3: x = 1.000, 0.000; y = {y}; t = 1.000; L = {error}"
    xor.perform(OwnInput(np.array([0.5, 0.5])))
    assert described(xor.frame()).startswith("Own input: x = 0.500, 0.500; y = ")
    assert "L" not in described(xor.frame())


def test_a_table_of_fixed_rows_takes_neither_noise_nor_another_number(panel, xor):
    panel.show_frame(xor.frame())
    assert not any(field.isEnabled() for field in panel.sampling)
    xor.perform(edits.choose_dataset("circle"))
    panel.show_frame(xor.frame())
    assert all(field.isEnabled() for field in panel.sampling)


def test_a_million_rows_are_sorted_and_walked_through(panel, workbench):
    bench = workbench("gauss", samples=1_000_000)
    panel.edited.connect(bench.perform)
    panel.show_frame(bench.frame())
    panel.table.sort_by(panel.rows.columnCount() - 1)
    panel.choose_next()
    panel.show_frame(bench.frame())
    assert panel.rows.row_at(panel.table.currentIndex().row()) == bench.sample


def test_while_training_the_chosen_row_is_described_now_and_then_and_at_the_end(panel, xor, monkeypatch):
    monkeypatch.setattr(QAccessible, "isActive", lambda: True)
    monkeypatch.setattr("time.monotonic", lambda: 100.0)
    first = replace(xor.frame(), training=True)
    panel.show_frame(first)
    xor.train(20)
    panel.show_frame(replace(xor.frame(), training=True))
    assert panel.table.accessibleDescription() == described(first) != described(xor.frame())
    panel.show_frame(xor.frame())
    assert panel.table.accessibleDescription() == described(xor.frame())
