"""A path from the chosen weight or node to the loss, brought out in the drawing."""

from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPen

from core.selection import Edge, Node
from ui.lines import polyline
from ui.scene.nodes import square
from ui.scene.scene import Scene
from ui.theme import Theme

WIDTH = 4


def paint_path(painter: QPainter, scene: Scene, theme: Theme) -> None:
    """Its edges as thick lines, its nodes outlined; a group ends where its paths part."""
    frame, geometry = scene.frame, scene.geometry
    if not frame.path or frame.chosen is None:
        return
    start = [Node(frame.chosen.layer - 1, frame.chosen.source)] if isinstance(frame.chosen, Edge) else []
    nodes = [*start, *frame.path]
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(theme.chosen), WIDTH))
    for one, other in pairwise(nodes):
        # A softmax ties units of one layer together: there no edge leads from the one to the other.
        if other.layer == one.layer + 1:
            sources, targets = geometry.ys[one.layer][[one.index]], geometry.ys[other.layer][[other.index]]
            x, y = geometry.curves(other.layer, sources, targets)
            painter.drawPolyline(polyline(x, y[0]))
    for node in nodes:
        painter.drawRoundedRect(square(geometry.layers[node.layer][node.index]).adjusted(-1, -1, 1, 1), 3, 3)
