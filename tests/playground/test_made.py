"""Where the number in a cell of the weights comes from, asked by a click in the real window."""

import pytest
from PySide6.QtCore import QPoint, Qt

from core import edits, replay
from core.examples import EXAMPLES
from core.explain import made
from core.selection import Edge, ItemChoice, Node
from core.work import go_on
from ui.matrix.arrangement import Cell
from ui.panels.author import AuthorPanel
from ui.panels.backprop import BackpropPanel
from ui.panels.graph import GraphPanel
from ui.panels.weights import WeightsPanel


@pytest.fixture
def panel(xor):
    xor.settle()
    return xor.window.bring_forward(BackpropPanel)


def click_weight(qtbot, xor, block, row, column):
    """A real click on a cell, in the middle of what is painted of it."""
    heatmap = xor.window.panel(WeightsPanel).heatmap
    at = heatmap.arrangement.rect(Cell(block, row, column)).center() * heatmap.arrangement.magnified
    qtbot.mouseClick(heatmap, Qt.MouseButton.LeftButton, pos=at.toPoint())
    xor.settle()


def told(panel):
    """What a screen reader is told: what is said beside the title, and the last line's result."""
    first, *lines = panel.equation.words().splitlines()
    return first, lines[-1].rpartition(" = ")[2]


def same(shown, number):
    """Whether the shown digits are those of the number."""
    text, _, power = shown.replace("−", "-").partition("·10")
    digits = len(text.lstrip("-0.").replace(".", ""))
    value = float(text) * 10.0 ** int(power.translate(str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")) or 0)
    return value == pytest.approx(float(f"{number:.{digits}g}"), rel=1e-12)


def weight(xor):
    return xor.run.network.weights[1][2, 0]


def test_a_weight_that_is_clicked_says_which_step_made_it_and_what_the_next_one_makes_of_it(qtbot, xor, panel):
    xor.train_to(30)
    click_weight(qtbot, xor, 1, 2, 0)
    assert xor.frame.chosen == Edge(2, 2, 0)
    words, number = told(panel)
    assert words.startswith("u₃₁ output · made by step 30, batch of 4 · rounded to")
    assert same(number, weight(xor))
    assert panel.equation.sheet.text.splitlines()[1].startswith("u₃₁ ← u₃₁ − η")
    assert xor.frame.made.update.after.weights[1][2, 0] == weight(xor)

    qtbot.keyClick(xor.window, Qt.Key.Key_U)
    xor.settle()
    words, following = told(panel)
    assert words.startswith("u₃₁ output · next update, step 30 to 31 ·")
    xor.trigger("step_batch")
    xor.settle()
    assert same(following, weight(xor))

    qtbot.keyClick(xor.window, Qt.Key.Key_U)
    xor.settle()
    assert told(panel) == (words.replace("next update, step 30 to 31", "made by step 31, batch of 4"), following)

    xor.trigger("step_back")
    xor.settle()
    words, again = told(panel)
    assert (words.split(" · ")[1], again) == ("made by step 30, batch of 4", number)


def test_training_shows_what_comes_and_at_rest_what_made_it(qtbot, xor, panel):
    click_weight(qtbot, xor, 1, 2, 0)
    xor.controller.train()
    qtbot.waitUntil(lambda: "until training rests" in panel.equation.words())
    assert panel.equation.sheet.beside.split(" · ")[1].startswith("next update, step ")
    xor.settle_paused()
    words, number = told(panel)
    assert words.split(" · ")[1] == f"made by step {xor.run.step:,}, batch of 4"
    assert same(number, weight(xor))
    # Nobody sees it: nothing is made again.
    xor.window.bring_forward(AuthorPanel)
    xor.settle()
    xor.trigger("step_batch")
    xor.settle()
    assert xor.frame.made is None


def test_at_the_start_it_was_drawn_by_hand_it_was_set_and_frozen_it_was_kept(qtbot, xor, panel):
    click_weight(qtbot, xor, 1, 2, 0)
    words, number = told(panel)
    assert words == "u₃₁ output · step 0 · drawn by Glorot, seed 1"
    assert same(number, weight(xor))
    assert "r = √(6/(3 + 1))" in panel.equation.words()
    xor.train_to(3)
    xor.controller.perform(edits.set_parameter(Edge(2, 2, 0), 0.75, "u"))
    xor.settle()
    assert told(panel) == ("u₃₁ output · set by hand after step 3", "0.75")
    xor.controller.perform(edits.freeze(["W2"], "layer 2"))
    xor.trigger("step_batch")
    xor.settle()
    words, number = told(panel)
    assert words.startswith("u₃₁ output · frozen · kept by step 4, batch of 4")
    assert number == "0.75"
    xor.trigger("undo")
    xor.trigger("undo")
    xor.settle()
    assert told(panel)[0].startswith("u₃₁ output · made by step 3, batch of 4")
    xor.controller.perform(edits.open_example(EXAMPLES["365"]))
    xor.settle()
    assert told(panel)[0] == f"u₃₁ output · step 0 · given by the example {EXAMPLES['365'].label}"


def test_a_long_way_to_the_last_step_is_gone_bit_by_bit_with_what_comes_in_sight(qtbot, xor, panel, monkeypatch):
    seen = []
    monkeypatch.setattr(replay, "STEPS_AT_ONCE", 1)
    monkeypatch.setattr(made, "go_on", lambda work: go_on(work, 0.0))
    xor.controller.pump.ask(lambda workbench: workbench.train(12))
    xor.settle()
    panel.equation.sheet_shown = panel.equation.show_sheet
    monkeypatch.setattr(
        panel.equation, "show_sheet", lambda sheet: seen.append(sheet.beside) or panel.equation.sheet_shown(sheet)
    )
    click_weight(qtbot, xor, 0, 1, 1)
    assert {words.split(" · ")[1] for words in seen[:-1]} == {"next update, step 12 to 13, until the last one is found"}
    assert seen[-1].split(" · ")[1] == "made by step 12, batch of 4"
    assert len(seen) > 1


def test_the_key_needs_a_weight_or_a_bias(qtbot, xor, panel):
    for item, bar in ((None, True), (Node(0, 0), True), (Node(1, 0), False)):
        xor.window.say("")
        xor.controller.perform(ItemChoice(item))
        xor.settle()
        qtbot.keyClick(xor.window, Qt.Key.Key_U)
        xor.settle()
        assert xor.window.message.text().startswith("Choose an edge, or a node with a bias") == bar
    assert told(panel) == ("b₁⁽¹⁾ hidden 1 · step 0 · what all start with: Glorot", "0")


def test_an_edge_of_the_network_is_explained_by_what_it_shows(qtbot, xor, panel):
    xor.train_to(5)
    graph = xor.window.panel(GraphPanel)
    xor.controller.perform(ItemChoice(Edge(1, 0, 1)))
    xor.settle()
    assert told(panel)[0].startswith("w₁₂ hidden 1 · made by step 5, batch of 4")
    graph.edges.choose(1)
    xor.settle()
    assert told(panel)[0].startswith("∂J/∂w₁₂ hidden 1 · mean of the next batch of 4")
    node = graph.canvas.geometry_of_network.layers[1][1]
    qtbot.mouseClick(graph.canvas, Qt.MouseButton.LeftButton, pos=QPoint(round(node.x), round(node.y)))
    xor.settle()
    assert panel.equation.sheet.title == "δ₂⁽¹⁾"
