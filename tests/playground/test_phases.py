"""One backpropagation walked through in the real window: by keys, toolbar, list and slowly by itself."""

import threading

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QToolButton

from core.edits import choose
from core.explain.notation import NOTATIONS
from core.explain.phases import Part
from core.explain.shown import shown
from core.frame import batch_pass
from core.selection import Edge, ItemChoice, Node
from playground.settings import from_json, to_json
from ui.equations.sheets import making_sheet, sheet_of
from ui.matrix.arrangement import Cell
from ui.panels import backprop
from ui.panels.activations import ActivationsPanel
from ui.panels.backprop import BackpropPanel
from ui.panels.deltas import DeltasPanel
from ui.panels.gradients import GradientsPanel
from ui.panels.graph import GraphPanel
from ui.panels.weights import WeightsPanel
from ui.scene.facts import title
from ui.scene.names import write_in

MATRICES = (ActivationsPanel, GradientsPanel, DeltasPanel)


def same_network(one, other):
    pairs = zip((*one.weights, *one.biases), (*other.weights, *other.biases), strict=True)
    return all(np.array_equal(a, b) for a, b in pairs)


@pytest.fixture
def panel(xor):
    xor.window.docks.by_name["backprop"].raise_()
    yield xor.window.panel(BackpropPanel)
    write_in("365")


def to_the_update(qtbot, xor):
    while xor.frame.stepping is None or not xor.frame.stepping.updated:
        qtbot.keyClick(xor.window, Qt.Key.Key_P)
        xor.settle()


def test_walked_by_keys_the_update_is_that_of_step_batch_and_back_it_was_never_made(qtbot, xor, panel):
    xor.train_to(20)
    start = xor.run
    xor.trigger("step_batch")
    xor.settle()
    stepped = xor.run.network
    xor.trigger("reset")
    xor.settle()
    xor.train_to(20)
    to_the_update(qtbot, xor)
    assert xor.run.step == start.step + 1
    assert same_network(xor.run.network, stepped)
    assert panel.phases.list.currentItem().text() == "●  Update"
    qtbot.keyClick(xor.window, Qt.Key.Key_P, Qt.KeyboardModifier.ShiftModifier)
    xor.settle()
    assert xor.run.step == start.step
    assert same_network(xor.run.network, start.network)
    assert xor.window.state.text().startswith(f"● paused at step {start.step}")


def test_graph_matrices_and_equation_move_together(qtbot, xor, panel):
    graph = xor.window.panel(GraphPanel)
    xor.controller.perform(ItemChoice(Node(1, 1)))
    for _ in range(3):
        xor.trigger("step_phase")
    xor.settle()
    frame = xor.frame
    assert "phase 3 of" in graph.header.value.text()
    assert panel.equation.sheet.text.splitlines()[1].startswith("h₂ = tanh(")
    assert "δ = – (not computed yet)" in graph.canvas.description()
    assert f"h = {frame.trace.a[1][0, 1]:.4g}".replace("-", "−") in graph.canvas.description()
    xor.window.docks.by_name["activations"].raise_()
    _, hidden, output = xor.window.panel(ActivationsPanel).heatmap.matrices
    assert hidden.fresh == (1,)
    assert output.blank.all()
    xor.window.docks.by_name["deltas"].raise_()
    assert all(matrix.blank.all() for matrix in xor.window.panel(DeltasPanel).heatmap.matrices)
    xor.trigger("step_sample")
    xor.settle()
    assert all(matrix.blank is None for matrix in xor.window.panel(DeltasPanel).heatmap.matrices)


def test_the_toolbar_steps_and_the_list_jumps_and_training_ends_the_walk(qtbot, xor, panel):
    button = next(b for b in xor.window.toolbar.findChildren(QToolButton) if b.accessibleName() == "Step phase")
    xor.controller.train()
    qtbot.waitUntil(lambda: xor.run.step > 3)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    xor.settle()
    assert not xor.frame.training
    assert xor.frame.stepping.at == 0
    item = panel.phases.list.item(6)
    panel.phases.list.scrollToItem(item)
    where = panel.phases.list.visualItemRect(item).center()
    qtbot.mouseClick(panel.phases.list.viewport(), Qt.MouseButton.LeftButton, pos=where)
    xor.settle()
    assert xor.frame.stepping.at == 6
    xor.controller.train()
    qtbot.waitUntil(lambda: xor.frame.stepping is None)
    xor.settle_paused()
    assert panel.phases.list.item(0).text().startswith("○")


def test_played_slowly_it_stops_where_the_update_is_made(qtbot, xor, panel):
    panel.phases.pace.setCurrentIndex(0)
    panel.phases._clock.setInterval(5)
    xor.trigger("play_phases")
    assert panel.phases.playing
    qtbot.waitUntil(lambda: not panel.phases.playing, timeout=10_000)
    xor.settle()
    assert xor.frame.stepping.updated
    assert xor.run.step == 1
    xor.trigger("play_phases")
    xor.trigger("play_phases")
    assert not panel.phases.playing


def test_playing_ends_where_no_update_can_be_made(qtbot, application):
    plane = application("plane")
    panel = plane.window.panel(BackpropPanel)
    plane.controller.perform(choose("η", eta=1e200))
    for _ in range(3):
        plane.trigger("step_batch")
        plane.settle()
    plane.trigger("play_phases")
    qtbot.waitUntil(lambda: not panel.phases.playing)
    assert plane.frame.stepping is None
    assert "not finite" in plane.window.message.text()


def test_equations_are_typeset_off_the_windows_thread_and_only_while_they_are_seen(qtbot, xor, panel, monkeypatch):
    threads = []

    def noted(*arguments, **options):
        threads.append(threading.current_thread())
        return making_sheet(*arguments, **options)

    monkeypatch.setattr(backprop, "making_sheet", noted)
    xor.controller.perform(ItemChoice(Node(1, 1)))
    xor.settle()
    assert panel.equation.sheet.title == "δ₂⁽¹⁾"
    xor.train_to(5)
    assert f"{xor.frame.gradient.delta[0][0, 1]:.4g}".replace("-", "−") in panel.equation.sheet.text
    assert {thread.name for thread in threads} == {"training"}
    xor.window.docks.by_name["deltas"].raise_()
    qtbot.waitUntil(lambda: not xor.frame.prepared)
    threads.clear()
    xor.train_to(10)
    assert not threads


def test_a_long_sum_is_opened_by_a_key(qtbot, application):
    bench = application("parity-8")
    bench.window.docks.by_name["backprop"].raise_()
    panel = bench.window.panel(BackpropPanel)
    bench.controller.perform(ItemChoice(Node(1, 0)))
    bench.settle()
    panel.quantity.setCurrentIndex(0)
    panel.quantity.activated.emit(0)
    bench.settle()
    assert "more" in panel.equation.sheet.text
    qtbot.keyClick(panel.equation, Qt.Key.Key_Return)
    bench.settle()
    assert "more" not in panel.equation.sheet.text
    assert panel.equation.sheet.text.splitlines()[1].count("x") == 8


def test_the_notation_is_chosen_by_menu_key_and_panel_and_remembered(qtbot, xor, panel):
    panel.wish(Part.GRADIENTS)
    xor.controller.perform(ItemChoice(Edge(1, 0, 0)))
    xor.settle()
    assert panel.equation.sheet.title == "∂L/∂w₁₁"
    xor.trigger("notation_medium")
    xor.settle()
    assert panel.equation.sheet.title == "∂C/∂(w₁₁)²"
    assert xor.window.actions_by_name["notation_medium"].isChecked()
    assert title((2, 3, 1), Node(1, 1)).startswith("(a₂)²,")
    weights = xor.window.panel(WeightsPanel).heatmap.matrices[1]
    assert weights.axes.columns == ("(a₁)²", "(a₂)²", "(a₃)²", "b")
    assert np.array_equal(weights.values[:, :-1], xor.run.network.weights[1].T)
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(xor.window, Qt.Key.Key_N, both)
    xor.settle()
    assert panel.equation.sheet.title == "∂Eₙ/∂w₁₁⁽¹⁾"
    panel.notation.setCurrentIndex(panel.notation.findData("code"))
    panel.notation.activated.emit(panel.notation.currentIndex())
    xor.settle()
    assert panel.equation.sheet.title == "∂E/∂W₁₁⁽¹⁾"
    settings = xor.controller.preferences.file.settings
    assert from_json(to_json(settings)).notation == "code"
    assert from_json({**to_json(settings), "notation": "my own"}).notation == "365"


def click_cell(qtbot, panel, block, row, column):
    """A real click on a cell, in the middle of what is painted of it."""
    heatmap = panel.heatmap
    at = heatmap.arrangement.rect(Cell(block, row, column)).center() * heatmap.arrangement.magnified
    qtbot.mouseClick(heatmap, Qt.MouseButton.LeftButton, pos=at.toPoint())


@pytest.mark.parametrize(
    ("dock", "batch", "cell", "title", "number"),
    [
        ("activations", False, (1, 0, 1), "a₂⁽¹⁾", lambda frame: frame.trace.z[0][0, 1]),
        ("activations", False, (1, 1, 1), "h₂", lambda frame: frame.trace.a[1][0, 1]),
        ("activations", False, (2, 1, 0), "y₁", lambda frame: frame.trace.y[0, 0]),
        ("gradients", False, (0, 1, 2), "∂L/∂w₂₃", lambda frame: frame.gradient.weights[0][1, 2]),
        ("gradients", False, (1, 3, 0), "∂L/∂b₁⁽²⁾", lambda frame: frame.gradient.biases[1][0]),
        ("gradients", True, (0, 1, 2), "∂J/∂w₂₃", lambda frame: batch_pass(frame).weights[0][1, 2]),
        ("deltas", False, (0, 0, 2), "δ₃⁽¹⁾", lambda frame: frame.gradient.delta[0][0, 2]),
    ],
)
def test_a_cell_of_any_matrix_says_where_its_number_comes_from(qtbot, xor, panel, dock, batch, cell, title, number):
    xor.train_to(30)
    matrices = next(xor.window.panel(kind) for kind in MATRICES if kind.__module__.endswith(f".{dock}"))
    xor.window.bring_forward(type(matrices))
    if batch:
        matrices.subject.choose(1)
    xor.settle()
    click_cell(qtbot, matrices, *cell)
    xor.settle()
    xor.window.bring_forward(BackpropPanel)
    xor.settle()
    assert panel.equation.sheet.title == title
    assert panel.quantity.currentText().rstrip(" ←") == title
    result = panel.equation.sheet.text.splitlines()[-1].rpartition(" = ")[2]
    assert read(result) == pytest.approx(number(xor.frame), rel=1e-3)


def read(shown):
    """The number that a text like −1.234·10⁻⁵ stands for."""
    number, _, power = shown.replace("−", "-").partition("·10")
    digits = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
    return float(number) * 10.0 ** int(power.translate(digits) or 0)


def test_within_a_walk_what_is_clicked_is_explained_until_the_next_phase(qtbot, xor, panel):
    graph = xor.window.panel(GraphPanel)
    for _ in range(9):
        qtbot.keyClick(xor.window, Qt.Key.Key_P)
        xor.settle()
    assert panel.equation.sheet.title == "Gradients · output"
    node = graph.canvas.geometry_of_network.layers[1][1]
    for _ in range(2):
        qtbot.mouseClick(graph.canvas, Qt.MouseButton.LeftButton, pos=QPoint(round(node.x), round(node.y)))
        xor.settle()
        assert panel.equation.sheet.title == "h₂"
        assert "tanh" in panel.equation.sheet.text
        qtbot.keyClick(xor.window, Qt.Key.Key_P)
        xor.settle()
        assert panel.equation.sheet.title == "∂L/∂h₂"
        qtbot.keyClick(xor.window, Qt.Key.Key_P, Qt.KeyboardModifier.ShiftModifier)
        xor.settle()
        assert panel.equation.sheet.title == "∂L/∂u₁₁"


def test_a_choice_is_shown_while_the_engine_is_busy_and_a_known_equation_with_the_numbers_of_that_moment(xor, panel):
    for node in (Node(1, 0), Node(1, 1), Node(1, 2)):
        xor.controller.perform(ItemChoice(node))
        xor.settle()
    xor.train_to(10)
    busy = threading.Event()
    xor.controller.pump.ask(lambda workbench: busy.wait(10.0))
    before = xor.frame
    for node, name in ((Node(1, 1), "δ₂⁽¹⁾"), (Node(1, 0), "δ₁⁽¹⁾")):
        xor.controller.perform(ItemChoice(node))
        assert (xor.frame.chosen, xor.frame.session) == (node, before.session)
        assert (panel.equation.sheet.title, panel.quantity.currentText()) == (name, name)
        wanted = sheet_of(xor.frame, shown(xor.frame), NOTATIONS["365"])
        assert panel.equation.sheet.text == wanted.text
    # What was never shown is typeset elsewhere: until then the sheet says whose numbers it shows.
    xor.controller.perform(ItemChoice(Node(2, 0)))
    assert xor.window.panel(GraphPanel).canvas.chosen == Node(2, 0)
    assert panel.equation.sheet.title == "δ₁⁽¹⁾"
    busy.set()
    xor.settle()
    assert panel.equation.sheet.title == "δ₁⁽²⁾"
