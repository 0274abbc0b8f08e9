"""Each number in the table is the network's, in whatever order the rows stand; the chosen row is the one chosen."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QMenu

from core import edits
from core import rows as core_rows
from core.datasets import DATASETS
from core.network import forward, sample_losses
from core.rows import Kind
from core.selection import OwnInput, SampleChoice
from ui.panels.rows_model import TEST, VALUE, RowsModel, name, tight, written
from ui.panels.rows_table import FORMS, RowsTable
from ui.theme import LIGHT


@pytest.fixture
def table(qtbot):
    widget = RowsTable(RowsModel())
    qtbot.addWidget(widget)
    widget.dress(LIGHT)
    widget.resize(240, 140)
    widget.show()
    return widget


def values(model, place):
    return [model.data(model.index(place, at), VALUE) for at in range(model.columnCount())]


def expected(frame, row):
    network, data, one = frame.session.run.network, frame.session.data, slice(row, row + 1)
    trace = forward(network, data.x[one])
    return [row + 1, *data.x[row], *data.t[row], *trace.y[0], sample_losses(network, trace, data.t[one])[0]]


def column(model, kind, index=0):
    return next(at for at, each in enumerate(model.columns) if (each.kind, each.index) == (kind, index))


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(["xor", "circle", "blobs-4", "sine", "parity-3"]), st.integers(0, 2**31), st.data())
def test_every_number_is_that_of_the_network_and_of_its_row(workbench, qapp, dataset, seed, data):
    bench = workbench(dataset, seed=seed)
    bench.train(data.draw(st.integers(0, 20), label="steps"))
    frame, model = bench.frame(), RowsModel()
    model.take(frame)
    at = data.draw(st.integers(0, model.columnCount() - 1), label="column")
    order = data.draw(st.sampled_from(list(Qt.SortOrder)), label="order")
    model.sort(at, order)
    first = data.draw(st.integers(0, model.rowCount() - 1), label="first")
    last = min(first + 20, model.rowCount() - 1)
    model.compute(first, last)
    for place in range(first, last + 1):
        row = model.row_at(place)
        assert model.place_of(row) == place
        assert np.allclose(values(model, place), expected(frame, row), rtol=1e-12, atol=1e-12)
    shown = core_rows.column_values(frame.session.run.network, frame.session.data, model.columns[at])
    ordered = shown[[model.row_at(place) for place in range(model.rowCount())]]
    step = np.diff(ordered)
    assert ((step <= 0) if order == Qt.SortOrder.DescendingOrder else (step >= 0)).all()


def test_only_what_is_in_sight_is_computed(table, workbench, monkeypatch):
    asked = []
    answers = core_rows.answers
    monkeypatch.setattr("ui.panels.rows_model.answers", lambda *of: asked.append(len(answers(*of)[1])) or answers(*of))
    table.show_frame(workbench("circle", samples=100_000).frame())
    assert 0 < max(asked) < 20


def test_a_taller_table_has_all_its_numbers_at_once(table, workbench):
    table.show_frame(workbench("circle").frame())
    table.resize(240, 400)
    assert None not in values(table.rows, table.rowAt(table.viewport().height() - 1))


def test_the_order_stays_while_the_network_learns_until_it_is_sorted_again(table, workbench):
    bench = workbench("circle")
    table.show_frame(bench.frame())
    loss = column(table.rows, Kind.LOSS)
    table.sort_by(loss)
    order = [table.rows.row_at(place) for place in range(table.rows.rowCount())]
    assert table.rows.order_in_words == "By L as of step 0, largest first"
    bench.train(200)
    table.show_frame(bench.frame())
    assert [table.rows.row_at(place) for place in range(table.rows.rowCount())] == order
    assert table.rows.order_in_words == "By L as of step 0, largest first"
    table.sort(loss, descending=True)
    assert [table.rows.row_at(place) for place in range(table.rows.rowCount())] != order
    assert table.rows.order_in_words == "By L as of step 200, largest first"


def test_other_data_come_in_their_own_order(table, workbench):
    table.show_frame(workbench("circle").frame())
    table.sort_by(1)
    table.show_frame(workbench("xor").frame())
    assert table.rows.order_in_words == ""
    assert [table.rows.row_at(place) for place in range(4)] == [0, 1, 2, 3]


def test_a_click_on_a_header_sorts_and_a_second_turns_the_order_round(qtbot, table, workbench):
    table.show_frame(workbench("circle").frame())
    header, at = table.horizontalHeader(), column(table.rows, Kind.INPUT)
    place = QPoint(header.sectionViewportPosition(at) + 8, header.height() // 2)
    for mark, best in (("↑", np.min), ("↓", np.max)):
        qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)
        assert table.rows.headerData(at, Qt.Orientation.Horizontal) == f"x₁{mark}"
        assert values(table.rows, 0)[at] == best(table.rows.frame.session.data.x[:, 0])


def test_every_order_is_in_the_menu(qtbot, table, workbench):
    table.resize(600, 140)
    table.show_frame(workbench("blobs-3").frame())
    menu = QMenu(table)
    table.orders(menu)
    entry = next(each for each in menu.actions() if each.text() == "y₂, largest first")
    entry.trigger()
    assert name(table.rows.columns[table.rows.sorted_by]) == "y₂"
    assert table.rows.descending
    assert len(menu.actions()) == 2 * table.rows.columnCount()


def test_the_chosen_row_is_followed_and_a_click_chooses_the_row_that_stands_there(qtbot, table, workbench):
    bench = workbench("circle")
    bench.choose_sample(7)
    table.show_frame(bench.frame())
    chosen = []
    table.chosen.connect(chosen.append)
    table.sort_by(column(table.rows, Kind.LOSS))
    assert table.rows.row_at(table.currentIndex().row()) == 7
    bench.choose_sample(123)
    table.show_frame(bench.frame())
    assert table.rows.row_at(table.currentIndex().row()) == 123
    assert table.visualRect(table.currentIndex()).intersects(table.viewport().rect())
    assert chosen == []
    table.scrollToTop()
    there = table.visualRect(table.rows.index(2, 1)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=there)
    assert chosen == [table.rows.row_at(2)]


def test_with_an_own_input_no_row_is_chosen_and_the_same_row_can_be_chosen_again(qtbot, table, xor):
    table.show_frame(xor.frame())
    xor.perform(OwnInput(np.array([0.5, 0.5])))
    table.show_frame(xor.frame())
    assert not table.currentIndex().isValid()
    assert not table.selectionModel().hasSelection()
    table.chosen.connect(lambda row: xor.perform(SampleChoice(row)))
    there = table.visualRect(table.rows.index(0, 1)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=there)
    assert not xor.frame().own


def test_letters_and_the_space_bar_are_left_to_the_window(qtbot, table, workbench, monkeypatch):
    table.show_frame(workbench("circle", samples=100_000).frame())
    looked = []
    monkeypatch.setattr(table, "keyboardSearch", looked.append)
    for key in (Qt.Key.Key_1, Qt.Key.Key_T, Qt.Key.Key_Space):
        qtbot.keyClick(table, key)
    assert looked == []
    before = table.currentIndex().row()
    qtbot.keyClick(table, Qt.Key.Key_Down)
    assert table.currentIndex().row() == before + 1


def test_test_rows_are_marked_and_said(table, workbench):
    frame = workbench("circle").frame()
    table.show_frame(frame)
    train = frame.session.data.train
    for row, mark in ((0, ""), (train - 1, ""), (train, TEST)):
        index = table.rows.index(row, 0)
        assert table.rows.data(index) == f"{row + 1}{mark}"
        said = table.rows.data(index, Qt.ItemDataRole.ToolTipRole)
        assert ("never trained on" in said) == bool(mark)


def test_a_tooltip_says_whose_number_it_is_and_all_its_digits(table, xor):
    frame = xor.frame()
    table.show_frame(frame)
    said = table.rows.data(table.rows.index(1, column(table.rows, Kind.OUTPUT)), Qt.ItemDataRole.ToolTipRole)
    y = forward(frame.session.run.network, frame.session.data.x).y[1, 0]
    assert said == f"y of sample 2 at step 50: {values(table.rows, 1)[4]!r}"
    assert np.isclose(values(table.rows, 1)[4], y)


def test_columns_are_as_wide_as_what_they_say_at_any_zoom(table, workbench):
    table.show_frame(workbench("circle").frame())
    for zoom in (1.0, 1.5, 2.0):
        table.dress(replace(LIGHT, zoom=zoom))
        measure = QFontMetrics(table.theme.font(11))
        for at in range(table.rows.columnCount()):
            texts = [table.rows.data(table.rows.index(row, at)) for row in range(5)]
            assert table.columnWidth(at) >= max(map(measure.horizontalAdvance, texts))


@pytest.mark.parametrize("dataset", DATASETS.names())
def test_all_columns_are_in_sight_in_the_column_at_the_side(table, workbench, dataset):
    table.resize(240, 140)
    table.show_frame(workbench(dataset).frame())
    assert table.horizontalScrollBar().maximum() == 0


def test_where_there_is_no_room_for_several_targets_and_outputs_their_classes_stand_there(table, workbench):
    bench = workbench("blobs-4")
    bench.train(40)
    frame = bench.frame()
    table.show_frame(frame)
    titles = [table.rows.headerData(at, Qt.Orientation.Horizontal) for at in range(table.rows.columnCount())]
    assert titles == ["#", "x₁", "x₂", "t", "y", "L"]
    y, t = forward(frame.session.run.network, frame.session.data.x).y, frame.session.data.t
    for row in range(4):
        answer = table.rows.index(row, 4)
        assert table.rows.data(table.rows.index(row, 3)) == "ABCD"[t[row].argmax()]
        assert table.rows.data(answer) == "ABCD"[y[row].argmax()]
        said = table.rows.data(answer, Qt.ItemDataRole.ToolTipRole)
        assert said.startswith(f"Class of y of sample {row + 1} at step 40: {'ABCD'[y[row].argmax()]} (y₁ 0.")
        shown = [float(part.split()[1]) for part in said[said.index("(") + 1 : -1].split(", ")]
        assert np.allclose(shown, y[row], rtol=1e-12)
    table.sort_by(4)
    ordered = [values(table.rows, place)[4] for place in range(4)]
    assert ordered == sorted(ordered)
    table.resize(700, 140)
    assert table.rows.columnCount() == 1 + 2 + 4 + 4 + 1


def test_no_more_forms_are_measured_than_it_takes_to_find_one_that_fits(table, workbench, monkeypatch):
    table.resize(900, 140)
    table.show_frame(workbench("blobs-4").frame())
    measured, widths = [], RowsTable._widths
    monkeypatch.setattr(RowsTable, "_widths", lambda *of, **how: measured.append(how["short"]) or widths(*of, **how))
    table.resize(901, 140)
    assert measured == [False]
    measured.clear()
    table.resize(40, 140)
    assert measured[: len(FORMS)] == [short for short, _ in FORMS]
    assert table.rows.short
    assert table.rows.brief


def test_numbers_are_short_only_where_there_is_no_room(table, workbench):
    frame = workbench("plane").frame()
    row, value = frame.sample, frame.session.data.x[frame.sample, 0]
    for width, digits in ((240, 1), (600, 2)):
        table.resize(width, 140)
        table.show_frame(frame)
        index = table.rows.index(row, 1)
        assert table.rows.data(index) == f"{value:.{digits}f}".replace("-", "−")
        assert repr(float(value)) in table.rows.data(index, Qt.ItemDataRole.ToolTipRole)


@pytest.mark.parametrize(
    ("value", "kind", "text"),
    [
        (0.0012, Kind.OUTPUT, "0"),
        (-0.456, Kind.OUTPUT, "−0.46"),
        (-5.96, Kind.INPUT, "−6"),
        (0.0012, Kind.LOSS, "0.001"),
        (2.4e-17, Kind.LOSS, "10⁻¹⁷"),
        (float("nan"), Kind.OUTPUT, "NaN"),
        (float("-inf"), Kind.OUTPUT, "−∞"),
    ],
)
def test_short_numbers(value, kind, text):
    assert written(value, kind, short=True) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0"),
        (-0.0, "0"),
        (1.0, "1"),
        (-1.0, "−1"),
        (0.12345, "0.123"),
        (-0.5, "−0.500"),
        (2.046, "2.05"),
        (123.46, "123.5"),
        (0.00012, "1·10⁻⁴"),
        (-31234.5, "−3·10⁴"),
        (float("nan"), "NaN"),
        (float("-inf"), "−∞"),
    ],
)
def test_numbers_in_little_room(value, text):
    assert tight(value) == text


def test_huge_numbers_have_the_room_they_need(table, workbench):
    bench = workbench("plane")
    bench.apply(edits.choose("η", eta=80.0))
    bench.train(1000)
    frame = bench.frame()
    table.show_frame(frame)
    measure = QFontMetrics(table.theme.font(11))
    for at in range(table.rows.columnCount()):
        texts = [table.rows.data(table.rows.index(row, at)) for row in range(4)]
        assert table.columnWidth(at) >= max(map(measure.horizontalAdvance, texts))
    assert "10¹" in table.rows.data(table.rows.index(1, column(table.rows, Kind.OUTPUT)))
