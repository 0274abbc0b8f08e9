"""What is frozen is offered where it lies, and marked in the drawing, the heatmap and in words, not by colour alone."""

from typing import Any, cast

import pytest
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QAction, QContextMenuEvent, QPainter
from PySide6.QtWidgets import QApplication, QMenu

from core import edits
from core.edits import Edit
from core.selection import Edge, ItemChoice, Node
from ui.canvas import Canvas
from ui.panels.chosen import ChosenPanel
from ui.panels.graph import GraphPanel
from ui.panels.weights import WeightsPanel
from ui.scene.backdrop import bias_pill, edge_pen, paint_biases
from ui.scene.geometry import arrange
from ui.theme import LIGHT

EDGE = Edge(1, 0, 1)


@pytest.fixture
def graph(qtbot):
    widget = cast(Any, GraphPanel())
    qtbot.addWidget(widget)
    widget.asked, widget.commands = [], []
    widget.edited.connect(widget.asked.append)
    widget.called.connect(widget.commands.append)
    widget.resize(700, 420)
    widget.show_theme(LIGHT)
    widget.show()
    return widget


def menu_at(graph, place, reason=QContextMenuEvent.Reason.Mouse):
    """The menu that a right click there opens; None where it opens none."""
    canvas = graph.canvas
    QApplication.sendEvent(canvas, QContextMenuEvent(reason, place, canvas.mapToGlobal(place)))
    return canvas.findChild(QMenu, options=Qt.FindChildOption.FindDirectChildrenOnly)


def texts(menu) -> dict[str, QAction]:
    return {action.text(): action for action in menu.actions() if action.text()}


def node_place(graph, layer, index):
    place = graph.canvas.geometry_of_network.layers[layer][index]
    return QPoint(round(place.x), round(place.y))


def pressed(graph, menu, text) -> Edit:
    texts(menu)[text].trigger()
    menu.close()
    edit = graph.asked[-1]
    assert isinstance(edit, Edit)
    return edit


def test_a_right_click_freezes_a_bias_and_thaws_it(graph, xor):
    graph.show_frame(xor.frame())
    menu = menu_at(graph, node_place(graph, 1, 2))
    assert graph.asked == [ItemChoice(Node(1, 2))]
    assert list(texts(menu)) == [
        "What if it were another…",
        "Bias b of h₃ frozen",
        "All parameters of Hidden 1 frozen",
        "All weights of Hidden 1 frozen",
        "All biases of Hidden 1 frozen",
    ]
    xor.apply(pressed(graph, menu, "Bias b of h₃ frozen"))
    assert xor.session.spec.frozen == ("b1[2]",)
    graph.show_frame(xor.frame())
    QApplication.sendPostedEvents(None, 52)
    menu = menu_at(graph, node_place(graph, 1, 2))
    assert texts(menu)["Bias b of h₃ frozen"].isChecked()
    xor.apply(pressed(graph, menu, "Bias b of h₃ frozen"))
    assert xor.session.spec.frozen == ()


def test_the_menu_key_means_what_is_chosen_and_inputs_have_no_menu(graph, xor):
    xor.choose_item(EDGE)
    graph.show_frame(xor.frame())
    menu = menu_at(graph, QPoint(0, 0), QContextMenuEvent.Reason.Keyboard)
    texts(menu)["What if it were another…"].trigger()
    assert graph.commands == ["what_if"]
    xor.apply(pressed(graph, menu, "Weight x₁ → h₂ frozen"))
    assert xor.session.spec.frozen == ("W1[0,1]",)
    QApplication.sendPostedEvents(None, 52)
    assert menu_at(graph, node_place(graph, 0, 0)) is None
    assert menu_at(graph, QPoint(350, 405)) is None


def test_a_layer_is_frozen_in_its_menu(graph, xor):
    graph.show_frame(xor.frame())
    settings = graph.canvas.buttons()[0]
    for kind, expected in (("weights", ("W1",)), ("parameters", ("W1", "b1")), ("biases", ("W1",)), ("weights", ())):
        settings.menu().aboutToShow.emit()
        found = texts(settings.menu())
        assert len([text for text in found if text.endswith("frozen")]) == 3
        action = found[f"All {kind} of Hidden 1 frozen"]
        assert action.isChecked() == (len(expected) < len(xor.session.spec.frozen))
        action.trigger()
        xor.apply(graph.asked.pop())
        assert xor.session.spec.frozen == expected
        graph.show_frame(xor.frame())


def test_without_biases_none_are_frozen(graph, workbench):
    graph.show_frame(workbench(biased=False).frame())
    menu = menu_at(graph, node_place(graph, 1, 0))
    assert list(texts(menu)) == ["All weights of Hidden 1 frozen"]
    menu.close()


def test_frozen_edges_are_dashed_as_long_as_they_are(graph, xor):
    assert edge_pen(5, LIGHT, dashed=True).dashPattern() != edge_pen(5, LIGHT).dashPattern()
    graph.show_frame(xor.frame())
    before = graph.canvas.grab().toImage()
    xor.apply(edits.freeze(("W2", "b1[0]"), "these"))
    graph.show_frame(xor.frame())
    frozen = graph.canvas.grab().toImage()
    geometry = graph.canvas.geometry_of_network
    pill = bias_pill(geometry, 1, 0).toAlignedRect()
    assert frozen.copy(pill) != before.copy(pill)
    other = bias_pill(geometry, 1, 1).toAlignedRect()
    assert frozen.copy(other) == before.copy(other)
    xor.apply(edits.thaw(("W2", "b1"), "these"))
    graph.show_frame(xor.frame())
    assert graph.canvas.grab().toImage() == before


def test_small_frozen_biases_are_squares(qtbot, workbench):
    canvas = Canvas()
    qtbot.addWidget(canvas)
    canvas.resize(300, 220)
    geometry = arrange((2, 30, 1), 300, 220)
    assert not geometry.labelled
    pictures = []
    for dashed in (False, True):
        picture = canvas.layer()
        with QPainter(picture) as painter:
            paint_biases(painter, geometry, 2, [4], [dashed], LIGHT)
        pictures.append(picture.toImage())
    assert pictures[0] != pictures[1]
    assert QRectF(pictures[0].rect()) == QRectF(pictures[1].rect())


def test_words_say_what_is_frozen(graph, qtbot, xor):
    xor.apply(edits.freeze(("W1[0,1]", "b1"), "these"))
    xor.choose_item(EDGE)
    frame = xor.frame()
    graph.show_frame(frame)
    said = graph.canvas.description()
    assert "Frozen: 2, W1[0,1], b1." in said
    assert "after step 50, frozen" in said
    chosen = cast(Any, ChosenPanel())
    qtbot.addWidget(chosen)
    chosen.resize(700, 240)
    chosen.show()
    chosen.show_frame(frame)
    assert chosen.trails[0].whose.text() == "after step 50, frozen"


def test_the_heatmap_and_its_table_mark_frozen_cells(qtbot, xor):
    panel = cast(Any, WeightsPanel())
    qtbot.addWidget(panel)
    panel.resize(400, 300)
    panel.show_theme(LIGHT)
    panel.show()
    panel.show_frame(xor.frame())
    before = panel.heatmap.grab().toImage()
    xor.apply(edits.freeze(("W1[0,1]", "b2"), "these"))
    panel.show_frame(xor.frame())
    assert panel.heatmap.grab().toImage() != before
    first, second = panel.heatmap.matrices
    assert [first.describe(0, column).endswith(", frozen") for column in range(3)] == [False, True, False]
    assert second.describe(3, 0).endswith(", frozen")
    panel.view.choose(1)
    index = panel.table.model.index(0, 1)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole).startswith("w from x₁ to h₂ = ")
    assert ", frozen" in index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert "no update changes it" in index.data(Qt.ItemDataRole.ToolTipRole)
    assert index.data(Qt.ItemDataRole.FontRole).italic()
    assert panel.table.model.index(0, 0).data(Qt.ItemDataRole.FontRole) is None
