"""The chosen and the hovered node or edge, brought out in the drawing, with its value."""

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from core.arrays import without_gaps
from core.explain.terms import Kind
from core.selection import Edge, Item, Node
from ui.freezing import frozen
from ui.lines import polyline
from ui.numbers import fixed
from ui.scene.backdrop import bias_pill, edge_pen, paint_pill, thinned
from ui.scene.facts import mean_gradient
from ui.scene.geometry import HEADER
from ui.scene.names import node_name, symbol
from ui.scene.nodes import square
from ui.scene.scene import Scene
from ui.scene.strengths import Strengths, levels_of
from ui.scene.texts import text_width
from ui.theme import Theme, text_font

TAG_HEIGHT = 20.0


def paint_pointed(painter: QPainter, scene: Scene, strengths: Strengths, theme: Theme) -> None:
    """Outline what is pointed at and write its value."""
    for item, chosen in scene.pointed:
        colour = theme.chosen if chosen else theme.secondary
        if isinstance(item, Edge):
            _paint_edge(painter, scene, strengths, item, colour, theme)
        else:
            _paint_node(painter, scene, strengths, item, colour, theme, tagged=chosen)


def _paint_edge(painter: QPainter, scene: Scene, strengths: Strengths, edge: Edge, colour: str, theme: Theme) -> None:
    k, i, j = edge.layer, edge.source, edge.target
    geometry = scene.geometry
    x, y = geometry.curves(k, geometry.ys[k - 1][i : i + 1], geometry.ys[k][j : j + 1])
    curve = polyline(x, y[0])
    value = _value(scene, edge)
    # One that is too weak to be drawn with the others is seen all the same.
    (level,) = levels_of(without_gaps(np.array([value])), strengths.scale).tolist()
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(edge_pen(level, theme, thinned(geometry)))
    painter.drawPolyline(curve)
    painter.setPen(QPen(QColor(colour), 2, Qt.PenStyle.DashLine))
    painter.drawPolyline(curve)
    text = f"{symbol(Kind.D_W, scene.frame.network.sizes, k)} {fixed(value)}" if scene.by_gradient else fixed(value)
    text += " · frozen" if frozen(scene.frame, edge) else ""
    middle = (float(x[0] + x[-1]) / 2, float(y[0, 0] + y[0, -1]) / 2)
    _paint_tag(painter, text, *middle, colour, theme)


def _paint_node(
    painter: QPainter, scene: Scene, strengths: Strengths, node: Node, colour: str, theme: Theme, *, tagged: bool
) -> None:
    geometry, frame = scene.geometry, scene.frame
    place = geometry.layers[node.layer][node.index]
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(colour), 3))
    painter.drawRoundedRect(square(place), 2, 2)
    bias = f"{symbol(Kind.D_B if scene.by_gradient else Kind.B)} {fixed(_value(scene, node))}" if node.layer else ""
    bias += " · frozen" if frozen(frame, node) else ""
    if tagged and not geometry.labelled:
        a = fixed(float(frame.trace.a[node.layer][0, node.index]))
        text = f"{node_name(frame.session.spec.sizes, node.layer, node.index)} {a}   {bias}".rstrip()
        away = place.side / 2 + TAG_HEIGHT / 2 + 4
        # Above the node; below it where the names of the layers are.
        y = place.y - away if place.y - away - TAG_HEIGHT / 2 >= HEADER else place.y + away
        _paint_tag(painter, text, place.x, y, colour, theme)
    elif bias and geometry.labelled:
        pill = bias_pill(geometry, node.layer, node.index)
        pill.setLeft(pill.right() - text_width(bias, text_font(11)) - 14)
        level = int(strengths.biases[node.layer - 1][node.index])
        paint_pill(painter, pill, bias, level, theme, colour, dashed=frozen(frame, node))


def _value(scene: Scene, item: Item) -> float:
    """What the drawing shows of an edge or a bias: the number itself or its gradient."""
    if scene.by_gradient:
        return mean_gradient(scene.frame, item)
    network = scene.frame.session.run.network
    if isinstance(item, Edge):
        return float(network.weights[item.layer - 1][item.source, item.target])
    return float(network.biases[item.layer - 1][item.index])


def _paint_tag(painter: QPainter, text: str, x: float, y: float, colour: str, theme: Theme) -> None:
    width = max(60.0, text_width(text, text_font(12)) + 16)
    box = QRectF(x - width / 2, y - TAG_HEIGHT / 2, width, TAG_HEIGHT)
    painter.setPen(QPen(QColor(colour), 1.5))
    painter.setBrush(QColor(theme.panel))
    painter.drawRoundedRect(box, 4, 4)
    painter.setPen(QColor(theme.text))
    painter.setFont(text_font(12))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
