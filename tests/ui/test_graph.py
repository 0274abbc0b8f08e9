"""The network drawing: what it says is what the frame holds, and its buttons edit."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt

from core.activations import ACTIVATIONS
from core.edits import Edit
from ui.numbers import plain
from ui.panels.graph import GraphPanel
from ui.theme import LIGHT


@pytest.fixture
def graph(qtbot, xor):
    panel = GraphPanel()
    qtbot.addWidget(panel)
    panel.resize(800, 480)
    panel.show_theme(LIGHT)
    panel.show()
    panel.show_frame(xor.frame())
    return panel


def hover(qtbot, graph, x, y):
    qtbot.mouseMove(graph.canvas, QPoint(round(x), round(y)))
    return graph.canvas.selection


def test_every_node_is_found_where_it_is_drawn_and_says_its_numbers(qtbot, graph):
    frame = graph.frame
    for nodes in graph.canvas.geometry_of_network.layers:
        for node in nodes:
            assert hover(qtbot, graph, node.x, node.y).node == (node.layer, node.index)
            text = graph.canvas.description()
            assert plain(frame.trace.a[node.layer][0, node.index]) in text
            if node.layer:
                assert plain(frame.gradient.delta[node.layer - 1][0, node.index]) in text
                assert plain(frame.session.run.network.biases[node.layer - 1][node.index]) in text


def test_an_edge_says_its_weight_and_gradient(qtbot, graph):
    start, end = graph.canvas.geometry_of_network.layers[0][0], graph.canvas.geometry_of_network.layers[1][0]
    selection = hover(qtbot, graph, start.x + start.side / 2 + 6, start.y)
    k, i, j = selection.edge
    assert (k, i) == (1, 0)
    assert end.layer == k
    assert plain(graph.frame.session.run.network.weights[0][i, j]) in graph.canvas.description()
    assert plain(graph.frame.gradient.weights[0][i, j]) in graph.canvas.description()


def test_arrow_keys_walk_over_the_nodes(qtbot, graph):
    graph.canvas.setFocus()
    qtbot.keyClick(graph.canvas, Qt.Key.Key_Right)
    assert graph.canvas.selection.node == (0, 0)
    qtbot.keyClick(graph.canvas, Qt.Key.Key_Right)
    qtbot.keyClick(graph.canvas, Qt.Key.Key_Down)
    assert graph.canvas.selection.node == (1, 1)
    assert graph.canvas.accessibleDescription() == graph.canvas.description()


@pytest.mark.parametrize(
    ("name", "sizes"),
    [
        ("One unit more in Hidden 1", (2, 4, 1)),
        ("One unit less in Hidden 1", (2, 2, 1)),
        ("Add a hidden layer before the output", (2, 3, 3, 1)),
        ("Remove the last hidden layer", (2, 1)),
    ],
)
def test_the_small_buttons_change_the_layers(qtbot, graph, xor, name, sizes):
    button = next(b for b in graph.buttons() if b.accessibleName() == name)
    with qtbot.waitSignal(graph.edited) as caught:
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    (edit,) = caught.args
    assert isinstance(edit, Edit)
    xor.perform(edit)
    assert xor.session.spec.sizes == sizes
    graph.show_frame(xor.frame())
    assert [len(nodes) for nodes in graph.canvas.geometry_of_network.layers] == list(sizes)


def test_each_layer_offers_every_activation(qtbot, graph, xor):
    button = next(b for b in graph.buttons() if b.accessibleName() == "Activation of Hidden 1: Tanh")
    button.menu().aboutToShow.emit()
    assert len(button.menu().actions()) == len(ACTIVATIONS)
    assert [action.text().split()[0] for action in button.menu().actions() if action.isChecked()] == ["Tanh"]
    with qtbot.waitSignal(graph.edited) as caught:
        button.menu().actions()[ACTIVATIONS.names().index("relu")].trigger()
    xor.perform(caught.args[0])
    assert xor.session.spec.activations == ("relu", "sigmoid")


def test_the_numbers_follow_the_frame(qtbot, graph, xor):
    node = graph.canvas.geometry_of_network.layers[2][0]
    hover(qtbot, graph, node.x, node.y)
    before = graph.canvas.description()
    xor.train(100)
    frame = xor.frame()
    graph.show_frame(frame)
    assert graph.canvas.description() != before
    assert plain(frame.gradient.delta[1][0, 0]) in graph.canvas.description()
    assert np.isfinite(frame.gradient.delta[1]).all()
