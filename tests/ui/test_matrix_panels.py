"""Weights, gradients, activations and δ: the numbers of the frame, seen, named, chosen, read and copied."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QFontMetrics, QGuiApplication, QKeyEvent

from core.datasets import DATASETS
from core.frame import batch_pass
from core.selection import Edge, ItemChoice, Node, OwnInput
from core.session import start_session
from core.spec import suggested
from core.workbench import Workbench
from ui.matrix.arrangement import Cell
from ui.matrix.matrix import written
from ui.numbers import plain
from ui.panels.activations import ActivationsPanel
from ui.panels.deltas import DeltasPanel
from ui.panels.gradients import GradientsPanel
from ui.panels.weights import WeightsPanel
from ui.theme import DARK, LIGHT

KINDS = (WeightsPanel, GradientsPanel, ActivationsPanel, DeltasPanel)


@pytest.fixture
def make(qtbot):
    def make(kind, frame, size=(700, 260)):
        panel = kind()
        qtbot.addWidget(panel)
        panel.resize(*size)
        panel.show_theme(LIGHT)
        panel.show()
        panel.show_frame(frame)
        return panel

    return make


@pytest.fixture(params=KINDS, ids=lambda kind: kind.__name__)
def panel(request, make, xor):
    return make(request.param, xor.frame())


def show_table(panel):
    panel.view.choose(len(panel.views) - 1)


def expected(kind, frame, averaged):
    """The matrices that a panel has to show, from the frame alone."""
    network = frame.session.run.network
    trace, gradient = [batch_pass(frame)] * 2 if averaged else (frame.trace, frame.gradient)
    below = (lambda *both: np.vstack(both)) if network.biased else lambda weights, _: weights
    mean = [values.mean(axis=0) for values in trace.a]
    match kind.__name__:
        case "WeightsPanel":
            return list(map(below, network.weights, network.biases))
        case "GradientsPanel":
            return list(map(below, gradient.weights, gradient.biases))
        case "ActivationsPanel":
            z = [values.mean(axis=0) for values in trace.z]
            return [mean[0][None], *(np.stack(pair) for pair in zip(z, mean[1:], strict=True))]
    return [delta.mean(axis=0)[None] for delta in gradient.delta]


@st.composite
def frames(draw):
    spec = suggested(draw(st.sampled_from(DATASETS.names())), seed=draw(st.integers(0, 99)))
    hidden = tuple(draw(st.lists(st.integers(1, 9), max_size=3)))
    names = tuple(draw(st.sampled_from(["tanh", "relu", "sigmoid"])) for _ in hidden)
    spec = replace(
        spec,
        hidden=hidden,
        activations=(*names, spec.activations[-1]),
        biased=draw(st.booleans()),
        batch=draw(st.none() | st.integers(1, 20)),
    )
    bench = Workbench(start_session(spec))
    bench.train(draw(st.integers(0, 5)))
    bench.choose_sample(draw(st.integers(0, 20)))
    return bench.frame()


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_number_is_the_frames(make, xor, kind):
    panel = make(kind, xor.frame())

    @settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow])
    @given(frames(), st.booleans())
    def check(frame, averaged):
        averaged = averaged and kind.averages
        if kind.averages:
            panel.subject.choose(int(averaged))
        panel.show_frame(frame)
        matrices = expected(kind, frame, averaged)
        panel.view.choose(0)
        for shown, values in zip(panel.heatmap.matrices, matrices, strict=True):
            assert np.array_equal(shown.values, values)
        show_table(panel)
        model = panel.table.model
        for number, values in enumerate(matrices):
            panel.table.which.setCurrentIndex(number)
            assert (model.rowCount(), model.columnCount()) == values.shape
            for (row, column), value in np.ndenumerate(values):
                index = model.index(row, column)
                assert index.data() == written(value)
                assert repr(float(value)) in index.data(Qt.ItemDataRole.ToolTipRole)
                assert written(value) in index.data(Qt.ItemDataRole.AccessibleTextRole)

    check()


def test_the_names_along_the_sides_are_those_of_the_nodes(make, workbench):
    panel = make(WeightsPanel, workbench("circle").frame())
    show_table(panel)
    panel.table.which.setCurrentIndex(1)
    model = panel.table.model
    names = [model.headerData(row, Qt.Orientation.Vertical) for row in range(model.rowCount())]
    assert names == ["h₁⁽¹⁾", "h₂⁽¹⁾", "h₃⁽¹⁾", "h₄⁽¹⁾", "b"]
    assert [model.headerData(k, Qt.Orientation.Horizontal) for k in range(2)] == ["h₁⁽²⁾", "h₂⁽²⁾"]


def focus(qtbot, widget):
    widget.window().activateWindow()
    widget.setFocus()
    qtbot.waitUntil(widget.hasFocus)


def point_at(qtbot, panel, cell):
    heatmap = panel.heatmap
    place = heatmap.arrangement.rect(cell).center() * heatmap.arrangement.magnified * heatmap.theme.zoom
    qtbot.mouseMove(heatmap, QPoint(1, heatmap.height() - 1))
    qtbot.mouseMove(heatmap, place.toPoint())
    return place.toPoint()


@pytest.mark.parametrize("zoom", [1.0, 2.0])
def test_the_mouse_reads_the_number_under_it_and_it_stays_live(qtbot, make, xor, zoom):
    panel = make(WeightsPanel, xor.frame(), (900, 600))
    panel.show_theme(replace(DARK, zoom=zoom))
    point_at(qtbot, panel, Cell(0, 1, 2))
    for steps in (50, 60):
        weight = xor.session.run.network.weights[0][1, 2]
        assert panel.heatmap.description() == (f"w from x₂ to h₃ = {written(weight)}", f"after step {steps}")
        xor.train(10)
        panel.show_frame(xor.frame())


@pytest.mark.parametrize(
    ("kind", "cell", "item"),
    [
        (WeightsPanel, Cell(0, 0, 1), Edge(1, 0, 1)),
        (WeightsPanel, Cell(0, 2, 1), Node(1, 1)),
        (GradientsPanel, Cell(1, 2, 0), Edge(2, 2, 0)),
        (ActivationsPanel, Cell(0, 0, 1), Node(0, 1)),
        (DeltasPanel, Cell(1, 0, 0), Node(2, 0)),
    ],
)
def test_a_click_and_enter_choose_what_a_cell_belongs_to_and_it_is_marked(qtbot, make, xor, kind, cell, item):
    panel = make(kind, xor.frame())
    gestures = []
    panel.edited.connect(gestures.append)
    qtbot.mouseClick(panel.heatmap, Qt.MouseButton.LeftButton, pos=point_at(qtbot, panel, cell))
    qtbot.keyClick(panel.heatmap, Qt.Key.Key_Return)
    assert gestures == [ItemChoice(item), ItemChoice(item)]
    xor.perform(gestures[0])
    panel.show_frame(xor.frame())
    assert cell in panel.heatmap.chosen_cells()


def test_the_chosen_cell_is_outlined_in_the_chosen_colour(make, xor):
    xor.perform(ItemChoice(Edge(1, 0, 1)))
    panel = make(WeightsPanel, xor.frame())
    rect = panel.heatmap.arrangement.rect(Cell(0, 0, 1))
    picture, y = panel.heatmap.grab().toImage(), round(rect.center().y())
    # Its edge may lie between two pixels.
    edge = {picture.pixelColor(round(rect.left()) + x, y).name().upper() for x in range(3)}
    assert LIGHT.chosen in edge


def test_arrow_keys_walk_over_all_matrices(qtbot, panel):
    heatmap = panel.heatmap
    focus(qtbot, heatmap)
    seen = {heatmap.cursor_cell}
    for _ in range(sum(len(matrix.axes.columns) for matrix in heatmap.matrices)):
        qtbot.keyClick(heatmap, Qt.Key.Key_Right)
        seen.add(heatmap.cursor_cell)
    first_row = {(block, k) for block, m in enumerate(heatmap.matrices) for k in range(len(m.axes.columns))}
    assert {(cell.block, cell.column) for cell in seen} == first_row
    qtbot.keyClick(heatmap, Qt.Key.Key_Down)
    last = heatmap.matrices[-1]
    row = min(1, len(last.axes.rows) - 1)
    assert heatmap.description()[0] == last.describe(row, len(last.axes.columns) - 1)
    for _ in range(40):
        qtbot.keyClick(heatmap, Qt.Key.Key_Left)
    assert heatmap.cursor_cell[0] == heatmap.cursor_cell[2] == 0


def test_the_cell_that_the_keys_go_to_is_brought_in_sight(qtbot, make, workbench):
    panel = make(WeightsPanel, workbench("circle", hidden=(16,) * 8, activations=("tanh",) * 9).frame(), (336, 200))
    heatmap = panel.heatmap
    focus(qtbot, heatmap)
    qtbot.keyClick(heatmap, Qt.Key.Key_End)
    assert heatmap.sight.contains(heatmap.arrangement.rect(heatmap.cursor_cell).center())


def test_a_hidden_table_and_a_hidden_picture_are_told_nothing(panel, xor, monkeypatch):
    told = []
    monkeypatch.setattr(panel.table, "show_matrices", lambda *_: told.append("table"))
    monkeypatch.setattr(panel.heatmap, "show_matrices", lambda *_, **__: told.append("picture"))
    panel.show_frame(xor.frame())
    show_table(panel)
    panel.show_frame(xor.frame())
    assert told == ["picture", "table", "table"]


def test_a_table_says_only_of_rows_in_sight_that_they_changed(make, workbench):
    bench = workbench("circle", hidden=(64, 64), activations=("tanh",) * 3)
    panel = make(WeightsPanel, bench.frame(), (336, 200))
    show_table(panel)
    panel.table.which.setCurrentIndex(1)
    changed = []
    panel.table.model.dataChanged.connect(lambda first, last: changed.append((first.row(), last.row())))
    panel.table.view.scrollToBottom()
    bench.train(1)
    panel.show_frame(bench.frame())
    ((first, last),) = changed
    assert 0 < last - first < 30
    assert last == 64


def test_copied_text_has_names_and_every_digit(panel, qtbot):
    show_table(panel)
    focus(qtbot, panel.table.view)
    qtbot.keyClick(panel.table.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    matrix = panel.table.model.matrix
    lines = [line.split("\t") for line in QGuiApplication.clipboard().text().split("\n")]
    assert lines[0][1:] == list(matrix.axes.columns)
    assert [line[0] for line in lines[1:]] == list(matrix.axes.rows)
    assert np.array_equal([[float(cell) for cell in line[1:]] for line in lines[1:]], matrix.values)


def test_a_selection_is_copied_alone_and_all_tables_together(panel):
    show_table(panel)
    panel.table.view.selectRow(0)
    copy, copy_all = panel.table.view.actions()
    copy.trigger()
    selected = len(panel.table.model.matrix.axes.columns) > 1
    lines = QGuiApplication.clipboard().text().split("\n")
    assert len(lines) == (2 if selected else 1 + panel.table.model.rowCount())
    copy_all.trigger()
    assert len(QGuiApplication.clipboard().text().split("\n\n")) == panel.table.which.count()


@pytest.mark.parametrize("kind", [GradientsPanel, DeltasPanel])
def test_without_a_target_words_stand_for_the_error_and_the_batch_has_one(make, xor, kind):
    xor.perform(OwnInput(np.array([0.3, 0.7])))
    panel = make(kind, xor.frame())
    for view in range(len(panel.views)):
        panel.view.choose(view)
        assert panel.words.isVisible()
        assert "no target, so no error" in panel.words.text()
    panel.view.choose(0)
    panel.subject.choose(1)
    assert panel.heatmap.isVisible()
    assert all(np.isfinite(matrix.values).all() for matrix in panel.heatmap.matrices)


def test_activations_need_no_target(make, xor):
    xor.perform(OwnInput(np.array([0.3, 0.7])))
    panel = make(ActivationsPanel, xor.frame())
    assert panel.heatmap.matrices[0].values.tolist() == [[0.3, 0.7]]
    assert "own input alone" in panel.header.value.text()


@pytest.mark.parametrize("kind", KINDS[1:], ids=lambda kind: kind.__name__)
def test_the_header_says_whose_numbers_these_are(make, workbench, kind):
    bench = workbench("circle")
    bench.choose_sample(2)
    panel = make(kind, bench.frame())
    assert panel.header.value.text() == f"± {panel.heatmap.scale:g} · sample 3 alone"
    panel.subject.choose(1)
    assert panel.header.value.text() == f"± {panel.heatmap.scale:g} · mean of the next batch of 10"


def test_a_scale_settles_and_begins_anew_with_another_subject(make, workbench):
    bench = workbench("circle")
    panel = make(GradientsPanel, bench.frame())
    panel.heatmap.scale = 1000.0
    panel.show_frame(bench.frame())
    settled = panel.heatmap.scale
    panel.heatmap.scale = 2 * settled
    panel.show_frame(bench.frame())
    assert panel.heatmap.scale == 2 * settled
    panel.subject.choose(1)
    assert panel.heatmap.scale <= settled


def test_a_screen_reader_hears_the_cell_and_whose_it_is(qtbot, make, xor):
    panel = make(WeightsPanel, xor.frame())
    QAccessible.setActive(True)
    try:
        focus(qtbot, panel.heatmap)
        qtbot.keyClick(panel.heatmap, Qt.Key.Key_Right)
        weight = written(xor.session.run.network.weights[0][0, 1])
        assert panel.heatmap.accessibleDescription() == f"w from x₁ to h₂ = {weight} · after step 50"
        show_table(panel)
        reader = QAccessible.queryAccessibleInterface(panel.table.view)
        heard = {reader.child(k).text(QAccessible.Text.Name) for k in range(reader.childCount())}
        assert {"h₁", "h₂", "h₃", "x₁", "x₂", "b", f"w from x₁ to h₂ = {weight}, after step 50"} <= heard
    finally:
        QAccessible.setActive(False)


def test_numbers_that_are_none_are_counted_and_named(make, any_frame):
    for kind in KINDS:
        panel = make(kind, any_frame)
        broken = sum(int((~np.isfinite(values)).sum()) for values in expected(kind, any_frame, False))
        assert ("not finite" in panel.header.value.text()) == bool(broken)


@pytest.mark.parametrize("zoom", [1.0, 1.5, 2.0])
def test_what_is_painted_grows_with_the_zoom(make, xor, zoom):
    panel = make(WeightsPanel, xor.frame(), (round(336 * zoom), round(200 * zoom)))
    panel.show_theme(replace(LIGHT, zoom=zoom))
    assert panel.heatmap.arrangement.numbered
    assert panel.heatmap.room.width() == pytest.approx(panel.heatmap.width() / zoom)


def test_while_training_panel_and_heatmap_are_described_now_and_then_and_at_the_end(qtbot, make, xor, monkeypatch):
    monkeypatch.setattr(QAccessible, "isActive", lambda: True)
    monkeypatch.setattr("time.monotonic", lambda: 100.0)
    panel = make(ActivationsPanel, replace(xor.frame(), training=True))
    xor.choose_sample(2)
    panel.show_frame(replace(xor.frame(), training=True))
    for widget in (panel, panel.heatmap):
        assert "sample 1" in widget.accessibleDescription()
    panel.show_frame(xor.frame())
    assert "sample 3" in panel.accessibleDescription()
    qtbot.waitUntil(lambda: "sample 3" in panel.heatmap.accessibleDescription())


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_T])
def test_the_space_bar_and_letters_pass_a_table_by(qtbot, panel, key):
    show_table(panel)
    event = QKeyEvent(QKeyEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, chr(key))
    panel.table.view.keyPressEvent(event)
    assert not event.isAccepted()


@pytest.mark.parametrize("number", [-6.5931e-09, -1.2345e200, 0.1234])
def test_the_columns_of_the_tables_hold_the_widest_number(qtbot, number):
    panel = GradientsPanel()
    qtbot.addWidget(panel)
    panel.show_theme(LIGHT)
    view = panel.table.view
    assert view.horizontalHeader().defaultSectionSize() > QFontMetrics(view.font()).horizontalAdvance(plain(number))
