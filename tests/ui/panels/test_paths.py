"""The paths of what is chosen: a line is the product of its factors, their sum the gradient of the panel beside."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QGuiApplication

from core.arrays import frozen
from core.explain.notation import NOTATIONS
from core.explain.paths import MOST_PATHS
from core.selection import Edge, Node, OwnInput, PathChoice, PhaseStep
from core.session import start_session
from core.spec import suggested
from core.workbench import Workbench
from ui.panels.gradients import GradientsPanel
from ui.panels.paths import PathsPanel
from ui.theme import LIGHT


@pytest.fixture
def panel(qtbot, prepared):
    widget = prepared(PathsPanel())
    qtbot.addWidget(widget)
    widget.resize(700, 260)
    widget.show_theme(LIGHT)
    widget.show()
    return widget


@pytest.fixture
def deep(workbench):
    bench = workbench("circle", hidden=(4, 8, 7), activations=("tanh",) * 4)
    bench.choose_item(Edge(1, 0, 1))
    return bench


def matrix(panel):
    return panel.table.paths.matrix


@st.composite
def benches(draw):
    spec = suggested(draw(st.sampled_from(["xor", "circle", "blobs-3", "sine"])), seed=draw(st.integers(0, 99)))
    hidden = tuple(draw(st.lists(st.integers(1, 9), max_size=3)))
    # A softmax over a single unit is refused.
    kinds = ["sigmoid", "tanh", "relu", "identity", "softmax"]
    names = tuple(draw(st.sampled_from(kinds if size > 1 else kinds[:-1])) for size in hidden)
    spec = replace(spec, hidden=hidden, activations=(*names, spec.activations[-1]), eta=0.05)
    bench = Workbench(start_session(spec))
    bench.train(draw(st.integers(0, 20)))
    bench.choose_sample(draw(st.integers(0, len(bench.session.data.x) - 1)))
    return bench


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(benches(), st.sampled_from(NOTATIONS.names()), st.data())
def test_the_sum_shown_is_the_gradient_shown_beside(panel, qtbot, bench, notation, data):
    beside = GradientsPanel()
    qtbot.addWidget(beside)
    beside.show()
    sizes = bench.session.spec.sizes
    k = data.draw(st.integers(1, len(sizes) - 1))
    i, j = data.draw(st.integers(0, sizes[k - 1] - 1)), data.draw(st.integers(0, sizes[k] - 1))
    bench.choose_item(Edge(k, i, j))
    panel.show_theme(replace(LIGHT, notation=notation))
    for each in (panel, beside):
        each.show_frame(bench.frame())
    values = matrix(panel).values
    assert values[-1, 0] == pytest.approx(beside.matrices(bench.frame())[k - 1].values[i, j], rel=1e-9, abs=1e-13)
    assert values[:-1, 0].sum() == pytest.approx(values[-1, 0], rel=1e-9, abs=1e-13)
    assert np.allclose(np.nanprod(values[:-1, 1:], axis=1), values[:-1, 0], rtol=1e-12, atol=1e-300)
    assert "✓" in panel.header.value.text()
    bench.choose_item(Node(0, 0))
    panel.show_frame(bench.frame())
    assert matrix(panel).values[-1, 0] == pytest.approx(bench.frame().gradient.x[0, 0], rel=1e-9, abs=1e-13)
    beside.close()


def test_a_group_is_opened_and_closed_and_holds_what_it_stands_for(qtbot, panel, deep):
    panel.show_frame(deep.frame())
    closed = matrix(panel)
    assert len(closed.axes.rows) == 8 + 1
    assert closed.axes.rows[1].startswith("▸ x₁ → h₂⁽¹⁾ → h₂⁽²⁾ → 7 paths")
    panel.table.setFocus()
    panel.table.setCurrentIndex(panel.table.model().index(1, 0))
    qtbot.keyClick(panel.table, Qt.Key.Key_Return)
    opened = matrix(panel)
    assert opened.axes.rows[1].startswith("▾ ")
    assert len(opened.axes.rows) == 8 + 7 + 1
    assert opened.values[2:9, 0].sum() == pytest.approx(opened.values[1, 0], rel=1e-12)
    assert opened.values[-1, 0] == closed.values[-1, 0]
    panel.table.activated.emit(panel.table.model().index(1, 0))
    assert matrix(panel).axes == closed.axes


def test_large_networks_have_no_more_lines_than_can_be_read(panel, workbench):
    bench = workbench("circle", hidden=(16,) * 8, activations=("tanh",) * 9)
    for item in (Node(0, 0), Edge(1, 0, 3), Node(7, 2)):
        bench.choose_item(item)
        panel.show_frame(bench.frame())
        assert len(matrix(panel).axes.rows) <= MOST_PATHS + 1
        assert "✓" in panel.header.value.text()


def test_the_path_that_is_pointed_at_is_written_out_and_brought_out(qtbot, panel, deep):
    panel.show_frame(frame := deep.frame())
    asked = []
    panel.edited.connect(lambda gesture: asked.append(gesture) if isinstance(gesture, PathChoice) else None)
    panel.table.setFocus()
    panel.table.setCurrentIndex(panel.table.model().index(0, 0))
    qtbot.keyClick(panel.table, Qt.Key.Key_Down)
    assert asked[-1] == PathChoice((Node(1, 1), Node(2, 1)))
    panel.show_frame(frame)
    assert panel.equation.sheet.title == "x₁ → h₂⁽¹⁾ → h₂⁽²⁾"
    assert panel.equation.sheet.lines[0].label == "path"
    row = panel.table.rowViewportPosition(3) + 4
    qtbot.mouseMove(panel.table.viewport(), QPoint(30, row))
    assert asked[-1] == PathChoice((Node(1, 1), Node(2, 3)))
    panel.table.leaveEvent(QEvent(QEvent.Type.Leave))
    assert asked[-1] == PathChoice((Node(1, 1), Node(2, 1)))
    qtbot.keyClick(panel.table, Qt.Key.Key_Escape)
    assert asked[-1] == PathChoice()
    panel.table.setCurrentIndex(panel.table.model().index(2, 0))
    panel.hide()
    assert asked[-1] == PathChoice()


def test_table_and_path_are_copied(qtbot, panel, xor):
    xor.choose_item(Edge(1, 0, 1))
    panel.show_frame(xor.frame())
    panel.table.setFocus()
    panel.table.setCurrentIndex(panel.table.model().index(0, 0))
    panel.show_frame(xor.frame())
    qtbot.keyClick(panel.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    heading, path, total = QGuiApplication.clipboard().text().splitlines()
    assert heading.split("\t")[:3] == ["Paths of ∂L/∂w₁₂ (sample 1)", "product", "∂a⁽¹⁾/∂w"]
    assert float(path.split("\t")[1]) == float(total.split("\t")[1])
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(panel.table, Qt.Key.Key_C, both)
    assert r"\frac{\partial {a}_{2}^{\left(1\right)}}{\partial {w}_{12}}" in QGuiApplication.clipboard().text()


def test_it_says_why_there_is_nothing_to_show(panel, xor):
    xor.choose_item(None)
    panel.show_frame(xor.frame())
    assert panel.how.isVisible()
    assert "Choose a weight" in panel.how.text()
    xor.choose_item(Edge(1, 0, 0))
    xor.perform(OwnInput(frozen([0.5, 0.5])))
    panel.show_frame(xor.frame())
    assert "no target" in panel.how.text()
    xor.choose_sample(0)
    xor.perform(PhaseStep())
    panel.show_frame(xor.frame())
    assert "not computed yet" in panel.how.text()
    while not (frame := xor.frame()).stepping.updated:
        xor.perform(PhaseStep())
    panel.show_frame(frame)
    assert matrix(panel).values[-1, 0] == pytest.approx(frame.gradient.weights[0][0, 0], rel=1e-9)


@pytest.mark.parametrize("hidden", [(2,), (2, 1), (3, 2), (4, 8)])
def test_no_line_is_cut_by_the_scroll_bar_below(qtbot, panel, workbench, hidden):
    bench = workbench("circle", hidden=hidden, activations=("tanh",) * (len(hidden) + 1))
    bench.choose_item(Node(0, 0))
    panel.show_frame(bench.frame())
    table = panel.table
    lines, line = len(matrix(panel).axes.rows), table.verticalHeader().defaultSectionSize()
    qtbot.waitUntil(lambda: table.height() == table.sizeHint().height())
    room = table.viewport().height()
    assert min(lines, 3) * line <= room
    assert table.rowAt(room - 1) in (-1, table.rowAt(room - line + 1))
