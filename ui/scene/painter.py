"""Paints one frame of a network into a given geometry."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPaintDevice, QPainter, QPainterPath, QPen, QPixmap

from core.arrays import Array, without_gaps
from core.frame import Frame
from ui.colours import CELL_STRENGTH, clamped, images, shade
from ui.numbers import fixed, plain
from ui.scales import settled_scale
from ui.scene.geometry import Geometry, NodePlace
from ui.scene.names import layer_name, node_name
from ui.surface import Surface, scaled
from ui.theme import Theme, math_font, text_font

MOST_EDGES = 700
THICKEST, THINNEST = 5.5, 0.6
FAINTEST = 0.35
BUCKETS = 8
LEFT_OUT = 127
BIAS_PILL = QRectF(-13, -9, 26, 18)
BIAS_GAP = 8
DELTA_BAR = 50
CAPTION = 11
MARK = 6.0


@dataclass(frozen=True)
class Selection:
    """What is chosen or hovered: a node (layer, index), or an edge (layer k, from i, to j), or nothing."""

    node: tuple[int, int] | None = None
    edge: tuple[int, int, int] | None = None


def strongest_edges(weights: Sequence[Array]) -> tuple[float, float]:
    """The smallest |w| that is drawn, and the largest |w|; beyond MOST_EDGES the weak ones are left out."""
    sizes = np.concatenate([np.abs(without_gaps(w)).ravel() for w in weights])
    threshold = 0.0 if sizes.size <= MOST_EDGES else float(np.partition(sizes, -MOST_EDGES)[-MOST_EDGES])
    return threshold, float(sizes.max())


class NetworkPainter:
    """Paints edges, nodes, labels; keeps the scales that must not flicker."""

    def __init__(self, theme: Theme) -> None:
        self.theme = theme
        self.weight_scale = 1.0
        self.delta_scale = 1.0
        self._edges = QPixmap()
        self._edges_key: tuple[object, ...] = ()
        self._edges_of: Geometry | None = None

    def paint(
        self, painter: QPainter, frame: Frame, geometry: Geometry, surface: Surface | None, selection: Selection
    ) -> None:
        """Paint everything; `surface` gives the pictures inside the nodes."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_edges(painter, frame, geometry, selection)
        self._paint_target(painter, frame, geometry)
        self.delta_scale = settled_scale(
            max(float(np.abs(without_gaps(d)).max()) for d in frame.gradient.delta), self.delta_scale
        )
        for layer, nodes in enumerate(geometry.layers):
            activation = frame.session.spec.activations[layer - 1] if layer else None
            pictures = self._pictures(frame, surface, layer, activation)
            for node, picture in zip(nodes, pictures, strict=True):
                self._paint_node(painter, frame, geometry, picture, node, selection.node == (layer, node.index))
        self._paint_headers(painter, frame, geometry)
        if selection.edge is not None:
            self._paint_edge_value(painter, frame, geometry, selection.edge)

    def _paint_edges(self, painter: QPainter, frame: Frame, geometry: Geometry, selection: Selection) -> None:
        weights = frame.session.run.network.weights
        threshold, largest = strongest_edges(weights)
        self.weight_scale = settled_scale(largest, self.weight_scale)
        levels = [self._levels(matrix, threshold) for matrix in weights]
        scale = painter.device().devicePixelRatio()
        key = (self.theme, scale, *(level.tobytes() for level in levels))
        if key != self._edges_key or self._edges_of is not geometry:
            self._edges_key, self._edges_of = key, geometry
            self._edges = self._draw_edges(geometry, levels, painter.device(), scale)
        painter.drawPixmap(0, 0, self._edges)
        if selection.edge is not None:
            k, i, j = selection.edge
            path = QPainterPath()
            add_edge(path, geometry.layers[k - 1][i], geometry.layers[k][j], self._pill_room(geometry))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(self.theme.chosen), 2, Qt.PenStyle.DashLine))
            painter.drawPath(path)

    def _levels(self, weights: Array, threshold: float) -> NDArray[np.int8]:
        """The bucket of each edge, signed; LEFT_OUT for those too weak to be drawn."""
        weights = without_gaps(weights)
        shares = np.clip(weights / self.weight_scale, -1.0, 1.0)
        levels = np.ceil(np.abs(shares) * BUCKETS).astype(np.int8)
        levels[shares < 0] *= -1
        levels[np.abs(weights) < threshold] = LEFT_OUT
        return levels

    def _draw_edges(
        self, geometry: Geometry, levels: list[NDArray[np.int8]], device: QPaintDevice, scale: float
    ) -> QPixmap:
        """All edges as one picture: it is drawn anew only when an edge changes its bucket."""
        pixmap = QPixmap(int(device.width() * scale), int(device.height() * scale))
        pixmap.setDevicePixelRatio(scale)
        pixmap.fill(QColor(self.theme.background))
        paths: dict[int, QPainterPath] = {}
        gap = self._pill_room(geometry)
        for k, matrix in enumerate(levels, start=1):
            for i, row in enumerate(matrix.tolist()):
                for j, level in enumerate(row):
                    if level != LEFT_OUT:
                        path = paths.setdefault(level, QPainterPath())
                        add_edge(path, geometry.layers[k - 1][i], geometry.layers[k][j], gap)
        with QPainter(pixmap) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for level in sorted(paths, key=abs):
                painter.setPen(self._edge_pen(level / BUCKETS))
                painter.drawPath(paths[level])
        return pixmap

    def _edge_pen(self, share: float) -> QPen:
        colour = QColor(self.theme.positive if share >= 0 else self.theme.negative)
        colour.setAlphaF(FAINTEST + (1 - FAINTEST) * abs(share))
        pen = QPen(colour, THINNEST + (THICKEST - THINNEST) * abs(share))
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        return pen

    def _pictures(
        self, frame: Frame, surface: Surface | None, layer: int, activation: str | None
    ) -> Sequence[QImage | QColor]:
        """What is inside the nodes of a layer: their answers over the plane, or the colour of a where there is none."""
        if surface is not None:
            coarse = surface.responses[layer][:, ::2, ::2]
            return images(scaled(coarse, activation, axis=(1, 2)), self.theme)
        return [shade(math.tanh(value), self.theme) for value in frame.trace.a[layer][0].tolist()]

    @staticmethod
    def _pill_room(geometry: Geometry) -> float:
        return BIAS_PILL.width() + BIAS_GAP if geometry.labelled else 0.0

    def _paint_node(
        self,
        painter: QPainter,
        frame: Frame,
        geometry: Geometry,
        picture: QImage | QColor,
        node: NodePlace,
        chosen: bool,
    ) -> None:
        value = float(frame.trace.a[node.layer][0, node.index])
        square = QRectF(node.x - node.side / 2, node.y - node.side / 2, node.side, node.side)
        if isinstance(picture, QImage):
            painter.drawImage(square, picture)
        else:
            painter.fillRect(square, picture)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(self.theme.chosen if chosen else self.theme.text), 3 if chosen else 1))
        painter.drawRoundedRect(square, 2, 2)
        if not geometry.labelled:
            if node.layer:
                self._paint_marks(painter, frame, node)
            return
        self._paint_symbol(painter, node_name(frame.session.spec.sizes, node.layer, node.index), value, node)
        if node.layer:
            self._paint_bias(painter, float(frame.session.run.network.biases[node.layer - 1][node.index]), node)
            self._paint_delta(painter, float(frame.gradient.delta[node.layer - 1][0, node.index]), node)

    def _paint_marks(self, painter: QPainter, frame: Frame, node: NodePlace) -> None:
        """Bias and δ where there is no room for numbers: a dot at the left, a bar below."""
        bias = float(frame.session.run.network.biases[node.layer - 1][node.index])
        delta = float(frame.gradient.delta[node.layer - 1][0, node.index])
        left, bottom = node.x - node.side / 2, node.y + node.side / 2 + 2
        painter.setPen(QPen(QColor(self.theme.secondary), 1))
        painter.setBrush(shade(bias / self.weight_scale, self.theme))
        painter.drawEllipse(QPointF(left - MARK, node.y), MARK / 2, MARK / 2)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self.theme.line))
        painter.drawRect(QRectF(left, bottom, node.side, MARK / 2))
        painter.setBrush(QColor(self.theme.positive if delta >= 0 else self.theme.negative))
        length = clamped(delta / self.delta_scale) * node.side / 2
        painter.drawRect(QRectF(node.x, bottom, length, MARK / 2).normalized())

    def _paint_symbol(self, painter: QPainter, symbol: str, value: float, node: NodePlace) -> None:
        """The symbol in mathematical type and the number behind it, centred above the node."""
        number = f" {fixed(value) if node.layer else plain(value)}"
        baseline = node.y - node.side / 2 - 7
        symbols, numbers = math_font(), text_font()
        painter.setPen(QColor(self.theme.text))
        painter.setFont(symbols)
        symbol = italic(symbol)
        left_width = painter.fontMetrics().horizontalAdvance(symbol)
        painter.setFont(numbers)
        total = left_width + painter.fontMetrics().horizontalAdvance(number)
        painter.drawText(QPointF(node.x - total / 2 + left_width, baseline), number)
        painter.setFont(symbols)
        painter.drawText(QPointF(node.x - total / 2, baseline), symbol)

    def _paint_bias(self, painter: QPainter, bias: float, node: NodePlace) -> None:
        """A pill at the node's left, coloured by the bias."""
        pill = BIAS_PILL.translated(node.x - node.side / 2 - BIAS_GAP - BIAS_PILL.width() / 2, node.y)
        painter.setPen(QPen(QColor(self.theme.line), 1))
        painter.setBrush(shade(bias / self.weight_scale, self.theme, CELL_STRENGTH))
        painter.drawRoundedRect(pill, 9, 9)
        painter.setPen(QColor(self.theme.text))
        painter.setFont(text_font(CAPTION))
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, "b")
        stub = shade(math.copysign(1.0, bias), self.theme) if bias else QColor(self.theme.line)
        painter.setPen(QPen(stub, THINNEST + (THICKEST - THINNEST) * min(1.0, abs(bias) / self.weight_scale)))
        painter.drawLine(QLineF(pill.right() + 1, node.y, node.x - node.side / 2 - 1, node.y))

    def _paint_delta(self, painter: QPainter, delta: float, node: NodePlace) -> None:
        """δ below the node: a bar from the middle, to the right when positive, and the number."""
        top = node.y + node.side / 2 + 6
        track = QRectF(node.x - DELTA_BAR / 2, top, DELTA_BAR, 5)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self.theme.line))
        painter.drawRoundedRect(track, 2, 2)
        length = clamped(delta / self.delta_scale) * DELTA_BAR / 2
        painter.setBrush(QColor(self.theme.positive if delta >= 0 else self.theme.negative))
        painter.drawRect(QRectF(node.x, top, length, 5).normalized())
        painter.setPen(QColor(self.theme.text))
        painter.setFont(text_font(12))
        below = QRectF(node.x - 60, top + 6, 120, 18)
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, f"δ {fixed(delta)}")

    def _paint_target(self, painter: QPainter, frame: Frame, geometry: Geometry) -> None:
        """The targets beside the outputs; the loss of the sample beside them when there is one output."""
        if not geometry.labelled:
            return
        targets = frame.session.data.t[frame.sample]
        for node, target in zip(geometry.layers[-1], targets, strict=True):
            left = node.x + node.side / 2 + 4
            painter.setPen(QPen(QColor(self.theme.secondary), 1, Qt.PenStyle.DashLine))
            painter.drawLine(QLineF(left, node.y, left + 12, node.y))
            painter.setPen(QColor(self.theme.text))
            painter.setFont(text_font(12))
            painter.drawText(QPointF(left + 16, node.y - (2 if len(targets) == 1 else -4)), f"t {plain(float(target))}")
            if len(targets) == 1:
                painter.drawText(QPointF(left + 16, node.y + 15), f"E {fixed(frame.sample_loss, 4)}")

    def _paint_headers(self, painter: QPainter, frame: Frame, geometry: Geometry) -> None:
        sizes = frame.session.spec.sizes
        for layer, nodes in enumerate(geometry.layers):
            box = QRectF(nodes[0].x - 60, 34, 120, 18)
            painter.setPen(QColor(self.theme.text))
            painter.setFont(text_font(weight=text_font().Weight.DemiBold))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, layer_name(sizes, layer))
            if layer == 0:
                painter.setPen(QColor(self.theme.secondary))
                painter.setFont(text_font())
                painter.drawText(box.translated(0, 22), Qt.AlignmentFlag.AlignCenter, str(sizes[0]))

    def _paint_edge_value(
        self, painter: QPainter, frame: Frame, geometry: Geometry, edge: tuple[int, int, int]
    ) -> None:
        k, i, j = edge
        start, end = geometry.layers[k - 1][i], geometry.layers[k][j]
        box = QRectF(-34, -10, 68, 20).translated((start.x + end.x) / 2, (start.y + end.y) / 2)
        painter.setPen(QPen(QColor(self.theme.chosen), 1.5))
        painter.setBrush(QColor(self.theme.panel))
        painter.drawRoundedRect(box, 4, 4)
        painter.setPen(QColor(self.theme.text))
        painter.setFont(text_font(12))
        weight = float(frame.session.run.network.weights[k - 1][i, j])
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, fixed(weight))


def add_edge(path: QPainterPath, start: NodePlace, end: NodePlace, gap: float) -> None:
    """Append the curve from one node to another, ending `gap` pixels before it."""
    left, right = start.x + start.side / 2, end.x - end.side / 2 - gap
    middle = (left + right) / 2
    path.moveTo(left, start.y)
    path.cubicTo(middle, start.y, middle, end.y, right, end.y)


def italic(symbol: str) -> str:
    """A symbol with its Latin letters as mathematical italics."""
    # U+1D455 is not assigned: the italic h is Planck's constant.
    return "".join("ℎ" if c == "h" else chr(0x1D44E + ord(c) - ord("a")) if "a" <= c <= "z" else c for c in symbol)
