"""What the present phase of an update computes, brought out in the drawing, and what is known so far."""

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPen

from core.arrays import Array
from core.explain.phases import edges_of
from core.explain.terms import Kind
from core.frame import Frame
from ui.lines import polyline
from ui.scene.nodes import square
from ui.scene.scene import Scene
from ui.theme import Theme

MOST_EDGES = 400


def known_deltas(frame: Frame) -> tuple[Array, ...]:
    """δ by layer, 0 where it is not computed yet."""
    deltas = enumerate(frame.gradient.delta, start=1)
    return tuple(delta if frame.knows(Kind.DELTA, k) else np.zeros_like(delta) for k, delta in deltas)


def paint_phase(painter: QPainter, scene: Scene, theme: Theme) -> None:
    """Outline the nodes and edges that take part; what the phase makes stands in full lines."""
    walk, geometry = scene.frame.stepping, scene.geometry
    if walk is None:
        return
    made = {known.layer for known in walk.phase.makes}
    painter.setBrush(Qt.BrushStyle.NoBrush)
    sizes, phase = scene.frame.network.sizes, walk.phase
    few = sum(sizes[k - 1] * sizes[k] for k in phase.edges) <= MOST_EDGES
    painter.setPen(QPen(QColor(theme.chosen), 2, Qt.PenStyle.DotLine))
    for edge in (edge for k in phase.edges if few for edge in edges_of(sizes, k)):
        k, i, j = edge.layer, edge.source, edge.target
        x, y = geometry.curves(k, geometry.ys[k - 1][i : i + 1], geometry.ys[k][j : j + 1])
        painter.drawPolyline(polyline(x, y[0]))
    for k in phase.nodes:
        style = Qt.PenStyle.SolidLine if k in made else Qt.PenStyle.DotLine
        painter.setPen(QPen(QColor(theme.chosen), 2, style))
        for place in geometry.layers[k]:
            painter.drawRoundedRect(square(place).adjusted(-3, -3, 3, 3), 4, 4)
