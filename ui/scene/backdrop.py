"""What of the network drawing rarely changes: edges and biases in a few strengths, names, tracks. One kept picture."""

import time
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen, QPixmap

from core.arrays import Array, without_gaps
from core.network import Network
from ui.canvas import Canvas
from ui.colours import CELL_STRENGTH, shade
from ui.scene.geometry import Geometry, NodePlace
from ui.scene.names import italic, layer_name, node_name, short_layer_name
from ui.theme import Theme, math_font, text_font

MOST_EDGES = 700
THICKEST, THINNEST = 5.5, 0.6
FAINTEST = 0.35
BUCKETS = 8
LEFT_OUT = 127
BIAS_PILL = QRectF(-13, -9, 26, 18)
BIAS_GAP = 8
DELTA_BAR, DELTA_HEIGHT = 50, 5
DOT = 6.0
SAMPLE_NUMBER = "−0.000"
SMOOTH_EDGES = 200
PAUSE = 0.2  # seconds between two rough drawings

Levels = NDArray[np.int8]


class Backdrop:
    """Draws anew only when a weight or bias moves to another strength, or the window, theme or network changes."""

    def __init__(self) -> None:
        self._key: tuple[object, ...] = ()
        self._geometry: Geometry | None = None
        self._pixmap = QPixmap()
        self._next = 0.0

    def pixmap(
        self,
        network: Network,
        geometry: Geometry,
        theme: Theme,
        scale: float,
        canvas: Canvas,
        *,
        hurried: bool,
    ) -> QPixmap:
        """The picture for weights whose full strength is at ±`scale`, of the size of `canvas`.

        `hurried` while training: the edges of a large network are then drawn roughly, and a few times a second.
        """
        weights, biases = edge_levels(network.weights, scale), [levels(bias, scale) for bias in network.biases]
        # Smooth lines take ten times as long: where there are many they are for a network at rest.
        smooth = not hurried or sum(matrix.size for matrix in weights) <= SMOOTH_EDGES
        size = (canvas.devicePixelRatio(), canvas.width(), canvas.height())
        key = (theme, size, smooth, *(each.tobytes() for each in (*weights, *biases)))
        waits = not smooth and geometry is self._geometry and time.monotonic() < self._next
        if not waits and (key != self._key or geometry is not self._geometry):
            self._key, self._geometry = key, geometry
            self._next = time.monotonic() + PAUSE
            self._pixmap = canvas.layer()
            self._pixmap.fill(QColor(theme.background))
            with QPainter(self._pixmap) as painter:
                painter.setRenderHint(QPainter.RenderHint.Antialiasing, smooth)
                paint_edges(painter, geometry, weights, theme)
                paint_headers(painter, geometry, network.sizes, theme)
                for layer, nodes in enumerate(geometry.layers):
                    for node in nodes:
                        if layer:
                            paint_track(painter, geometry, node, theme)
                        if layer and network.biased:
                            paint_bias(painter, geometry, node, biases[layer - 1][node.index] / BUCKETS, theme)
                        if geometry.labelled:
                            paint_symbol(painter, node, network.sizes, theme)
        return self._pixmap


def edge_levels(weights: Sequence[Array], scale: float) -> list[Levels]:
    """The strength of each edge; beyond MOST_EDGES the weak ones are LEFT_OUT."""
    result = [levels(matrix, scale) for matrix in weights]
    sizes = [np.abs(without_gaps(matrix)) for matrix in weights]
    total = sum(size.size for size in sizes)
    if total > MOST_EDGES:
        weakest = np.partition(np.concatenate([size.ravel() for size in sizes]), -MOST_EDGES)[-MOST_EDGES]
        for level, size in zip(result, sizes, strict=True):
            level[size < weakest] = LEFT_OUT
    return result


def levels(values: Array, scale: float) -> Levels:
    """−BUCKETS … BUCKETS for values of −scale … scale."""
    shares = np.clip(without_gaps(values) / scale, -1.0, 1.0) * BUCKETS
    return np.where(shares < 0, np.floor(shares), np.ceil(shares)).astype(np.int8)


def paint_edges(painter: QPainter, geometry: Geometry, weights: list[Levels], theme: Theme) -> None:
    """All edges, the strong ones on top."""
    paths: dict[int, QPainterPath] = {}
    for k, matrix in enumerate(weights, start=1):
        for i, row in enumerate(matrix.tolist()):
            for j, level in enumerate(row):
                if level != LEFT_OUT:
                    path = paths.setdefault(level, QPainterPath())
                    add_edge(path, geometry, geometry.layers[k - 1][i], geometry.layers[k][j])
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for level in sorted(paths, key=abs):
        painter.setPen(edge_pen(level / BUCKETS, theme))
        painter.drawPath(paths[level])


def add_edge(path: QPainterPath, geometry: Geometry, start: NodePlace, end: NodePlace) -> None:
    """Append the curve from one node to another; it ends before the bias."""
    gap = BIAS_PILL.width() + BIAS_GAP if geometry.labelled else 0.0
    left, right = start.x + start.side / 2, end.x - end.side / 2 - gap
    middle = (left + right) / 2
    path.moveTo(left, start.y)
    path.cubicTo(middle, start.y, middle, end.y, right, end.y)


def edge_pen(share: float, theme: Theme) -> QPen:
    """Colour by sign; width and opacity by strength."""
    colour = QColor(theme.positive if share >= 0 else theme.negative)
    colour.setAlphaF(FAINTEST + (1 - FAINTEST) * abs(share))
    pen = QPen(colour, THINNEST + (THICKEST - THINNEST) * abs(share))
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    return pen


def paint_headers(painter: QPainter, geometry: Geometry, sizes: tuple[int, ...], theme: Theme) -> None:
    """The name of each layer; the size of the input, which has no button to say it."""
    for layer, nodes in enumerate(geometry.layers):
        box = QRectF(nodes[0].x - 60, 8, 120, 18)
        painter.setPen(QColor(theme.text))
        painter.setFont(text_font(weight=QFont.Weight.DemiBold))
        name = short_layer_name if geometry.narrow else layer_name
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, name(sizes, layer))
        if layer == 0:
            painter.setPen(QColor(theme.secondary))
            painter.setFont(text_font())
            painter.drawText(box.translated(0, 22), Qt.AlignmentFlag.AlignCenter, str(sizes[0]))


def paint_track(painter: QPainter, geometry: Geometry, node: NodePlace, theme: Theme) -> None:
    """The track of a node's δ."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.line))
    painter.drawRoundedRect(delta_track(geometry, node), 2, 2)


def paint_symbol(painter: QPainter, node: NodePlace, sizes: tuple[int, ...], theme: Theme) -> None:
    """A node's symbol, and the line from an output to its target."""
    painter.setPen(QColor(theme.text))
    painter.setFont(math_font())
    symbol = italic(node_name(sizes, node.layer, node.index))
    painter.drawText(number_place(node, sizes) - QPointF(text_width(symbol, math_font()) + 4, 0), symbol)
    if node.layer == len(sizes) - 1:
        left = node.x + node.side / 2 + 4
        painter.setPen(QPen(QColor(theme.secondary), 1, Qt.PenStyle.DashLine))
        painter.drawLine(QLineF(left, node.y, left + 12, node.y))


def paint_bias(painter: QPainter, geometry: Geometry, node: NodePlace, bias: float, theme: Theme) -> None:
    """A bias of −1 … 1: a pill where there is room, else a dot."""
    if geometry.labelled:
        paint_pill(painter, node, bias, theme)
    else:
        painter.setPen(QPen(QColor(theme.secondary), 1))
        painter.setBrush(shade(bias, theme))
        painter.drawEllipse(QPointF(node.x - node.side / 2 - DOT, node.y), DOT / 2, DOT / 2)


def paint_pill(painter: QPainter, node: NodePlace, bias: float, theme: Theme) -> None:
    """The bias at the node's left: coloured, and joined to it by a line as thick as it is strong."""
    pill = BIAS_PILL.translated(node.x - node.side / 2 - BIAS_GAP - BIAS_PILL.width() / 2, node.y)
    painter.setPen(QPen(QColor(theme.line), 1))
    painter.setBrush(shade(bias, theme, CELL_STRENGTH))
    painter.drawRoundedRect(pill, 9, 9)
    painter.setPen(QColor(theme.text))
    painter.setFont(text_font(11))
    painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, "b")
    painter.setPen(edge_pen(bias, theme))
    painter.drawLine(QLineF(pill.right() + 1, node.y, node.x - node.side / 2 - 1, node.y))


def delta_track(geometry: Geometry, node: NodePlace) -> QRectF:
    """Where the bar of δ may go: its middle is 0."""
    bottom = node.y + node.side / 2
    if geometry.labelled:
        return QRectF(node.x - DELTA_BAR / 2, bottom + 6, DELTA_BAR, DELTA_HEIGHT)
    return QRectF(node.x - node.side / 2, bottom + 2, node.side, DOT / 2)


def number_place(node: NodePlace, sizes: tuple[int, ...]) -> QPointF:
    """Where the number of a node's a begins; it stays there whatever the number is."""
    symbol = text_width(italic(node_name(sizes, node.layer, node.index)), math_font())
    number = text_width(SAMPLE_NUMBER, text_font())
    return QPointF(node.x - (symbol + 4 + number) / 2 + symbol + 4, node.y - node.side / 2 - 7)


@lru_cache(maxsize=512)
def text_width(text: str, font: QFont) -> float:
    """How wide a text is in a font."""
    return QFontMetricsF(font).horizontalAdvance(text)
