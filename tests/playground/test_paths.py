"""Paths in the real window: a weight is chosen, a path walked to by keys, and it lights up in the network."""

import pytest
from PySide6.QtCore import Qt

from core.selection import Edge, ItemChoice, Node
from ui.panels.graph import GraphPanel
from ui.panels.paths import PathsPanel
from ui.theme import LIGHT


def purple(window):
    """How many pixels of the network have the colour of what is chosen."""
    image = window.panel(GraphPanel).canvas.grab().toImage()
    names = (image.pixelColor(x, y).name().upper() for x in range(0, image.width(), 2) for y in range(image.height()))
    return sum(name == LIGHT.chosen for name in names)


def test_a_path_is_walked_to_by_keys_and_lights_up_until_another_panel_comes(qtbot, application):
    circle = application("circle")
    window = circle.window
    window.docks.by_name["paths"].raise_()
    panel = window.panel(PathsPanel)
    circle.controller.perform(ItemChoice(Edge(1, 0, 1)))
    circle.settle()
    before = purple(window)
    panel.table.setFocus()
    panel.table.setCurrentIndex(panel.table.model().index(0, 0))
    qtbot.keyClick(panel.table, Qt.Key.Key_Down)
    circle.settle()
    assert circle.frame.path == (Node(1, 1), Node(2, 1), Node(3, 0))
    assert purple(window) > before + 200
    assert panel.equation.sheet.title.startswith("x₁ → h₂⁽¹⁾ → h₂⁽²⁾ → y")
    circle.train_to(3)
    gradient = circle.frame.gradient.weights[0][0, 1]
    assert panel.table.paths.matrix.values[-1, 0] == pytest.approx(gradient, rel=1e-9)
    assert circle.frame.path
    circle.controller.perform(ItemChoice(Edge(2, 0, 1)))
    circle.settle()
    assert circle.frame.path == ()
    panel.table.setCurrentIndex(panel.table.model().index(0, 0))
    circle.settle()
    assert circle.frame.path
    window.docks.by_name["deltas"].raise_()
    qtbot.waitUntil(lambda: circle.frame.path == ())
