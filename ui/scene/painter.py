"""Paints what changes with every frame: the pictures in the nodes, a and δ of the chosen sample, and the choice."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen

from core.arrays import without_gaps
from core.frame import Frame
from ui.canvas import Canvas
from ui.colours import CELL_STRENGTH, clamped, images, shade
from ui.numbers import fixed, plain
from ui.scales import settled_scale
from ui.scene.backdrop import Backdrop, add_edge, delta_track, number_place
from ui.scene.geometry import Geometry, NodePlace
from ui.surface import Surface, scaled
from ui.theme import Theme, text_font

ROOM_FOR_NUMBER = 34
MOST_PIXELS = 32  # along a side of the picture in a node


@dataclass(frozen=True)
class Selection:
    """What is chosen or hovered: a node (layer, index), or an edge (layer k, from i, to j), or nothing."""

    node: tuple[int, int] | None = None
    edge: tuple[int, int, int] | None = None


class NetworkPainter:
    """Lays the live numbers over the backdrop; keeps the scales that must not flicker."""

    def __init__(self, theme: Theme) -> None:
        self.theme = theme
        self.weight_scale = 1.0
        self.delta_scale = 1.0
        self._generation = 0
        self._backdrop = Backdrop()

    def paint(
        self,
        painter: QPainter,
        canvas: Canvas,
        frame: Frame,
        geometry: Geometry,
        surface: Surface | None,
        selection: Selection,
    ) -> None:
        """Paint everything; `surface` gives the pictures inside the nodes."""
        network = frame.session.run.network
        if frame.generation != self._generation:
            self._generation = frame.generation
            self.weight_scale = self.delta_scale = 0.0
        self.weight_scale = settled_scale(_largest(network.weights), self.weight_scale)
        self.delta_scale = settled_scale(_largest(frame.gradient.delta), self.delta_scale)
        backdrop = self._backdrop.pixmap(
            network, geometry, self.theme, self.weight_scale, canvas, hurried=frame.training
        )
        painter.drawPixmap(0, 0, backdrop)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if selection.edge is not None:
            self._paint_chosen_edge(painter, geometry, selection.edge)
        for layer, nodes in enumerate(geometry.layers):
            pictures = self._pictures(frame, surface, layer)
            for node, picture in zip(nodes, pictures, strict=True):
                self._paint_square(painter, picture, node, selection.node == (layer, node.index))
                self._paint_bar(painter, frame, geometry, node)
        if geometry.labelled:
            self._paint_numbers(painter, frame, geometry)
        elif surface is None and geometry.layers[0][0].side >= ROOM_FOR_NUMBER:
            self._paint_activations(painter, frame, geometry)
        if selection.edge is not None:
            self._paint_weight(painter, frame, geometry, selection.edge)

    def _pictures(self, frame: Frame, surface: Surface | None, layer: int) -> Sequence[QImage | QColor]:
        """What is inside the nodes of a layer: their answers over the plane, or the colour of a where there is none."""
        if surface is not None:
            activation = frame.session.spec.activations[layer - 1] if layer else None
            step = max(1, int(surface.responses[layer].shape[1] / MOST_PIXELS))
            coarse = surface.responses[layer][:, ::step, ::step]
            return images(scaled(coarse, activation, axis=(1, 2)), self.theme)
        return [shade(math.tanh(value), self.theme, CELL_STRENGTH) for value in frame.trace.a[layer][0].tolist()]

    def _paint_square(self, painter: QPainter, picture: QImage | QColor, node: NodePlace, chosen: bool) -> None:
        square = QRectF(node.x - node.side / 2, node.y - node.side / 2, node.side, node.side)
        if isinstance(picture, QImage):
            painter.drawImage(square, picture)
        else:
            painter.fillRect(square, picture)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(self.theme.chosen if chosen else self.theme.text), 3 if chosen else 1))
        painter.drawRoundedRect(square, 2, 2)

    def _paint_bar(self, painter: QPainter, frame: Frame, geometry: Geometry, node: NodePlace) -> None:
        """δ from the middle of its track, to the right when positive."""
        if node.layer == 0:
            return
        delta = float(frame.gradient.delta[node.layer - 1][0, node.index])
        track = delta_track(geometry, node)
        length = clamped(delta / self.delta_scale) * track.width() / 2
        bar = QRectF(node.x, track.top(), length, track.height()).normalized()
        painter.fillRect(bar, QColor(self.theme.positive if delta >= 0 else self.theme.negative))

    def _paint_numbers(self, painter: QPainter, frame: Frame, geometry: Geometry) -> None:
        sizes = frame.session.spec.sizes
        painter.setPen(QColor(self.theme.text))
        painter.setFont(text_font())
        for layer, nodes in enumerate(geometry.layers):
            write = fixed if layer else plain
            for node, value in zip(nodes, frame.trace.a[layer][0].tolist(), strict=True):
                painter.drawText(number_place(node, sizes), write(value))
        painter.setFont(text_font(12))
        for nodes, deltas in zip(geometry.layers[1:], frame.gradient.delta, strict=True):
            for node, delta in zip(nodes, deltas[0].tolist(), strict=True):
                below = QRectF(node.x - 60, delta_track(geometry, node).bottom() + 1, 120, 18)
                painter.drawText(below, Qt.AlignmentFlag.AlignCenter, f"δ {fixed(delta)}")
        self._paint_targets(painter, frame, geometry)

    def _paint_activations(self, painter: QPainter, frame: Frame, geometry: Geometry) -> None:
        """a inside the squares, where there is room nowhere else."""
        painter.setPen(QColor(self.theme.text))
        painter.setFont(text_font(11))
        for nodes, values in zip(geometry.layers, frame.trace.a, strict=True):
            for node, value in zip(nodes, values[0].tolist(), strict=True):
                square = QRectF(node.x - node.side / 2, node.y - node.side / 2, node.side, node.side)
                painter.drawText(square, Qt.AlignmentFlag.AlignCenter, fixed(value, 2))

    def _paint_targets(self, painter: QPainter, frame: Frame, geometry: Geometry) -> None:
        """The targets beside the outputs; with one output, the loss of the sample too."""
        targets = frame.t[0].tolist()
        alone = len(targets) == 1
        for node, target in zip(geometry.layers[-1], targets, strict=True):
            left = node.x + node.side / 2 + 20
            painter.drawText(QPointF(left, node.y + (-2 if alone else 4)), f"t {plain(target)}")
            if alone:
                painter.drawText(QPointF(left, node.y + 15), f"E {fixed(frame.sample_loss, 4)}")

    def _paint_chosen_edge(self, painter: QPainter, geometry: Geometry, edge: tuple[int, int, int]) -> None:
        k, i, j = edge
        path = QPainterPath()
        add_edge(path, geometry, geometry.layers[k - 1][i], geometry.layers[k][j])
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(self.theme.chosen), 2, Qt.PenStyle.DashLine))
        painter.drawPath(path)

    def _paint_weight(self, painter: QPainter, frame: Frame, geometry: Geometry, edge: tuple[int, int, int]) -> None:
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


def _largest(arrays: Sequence[np.ndarray[tuple[int, ...], np.dtype[np.float64]]]) -> float:
    return max(float(np.abs(without_gaps(array)).max()) for array in arrays)
