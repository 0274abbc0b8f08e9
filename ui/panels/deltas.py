"""δ of every node for the chosen sample: its number now, and its history over the last steps."""

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from core.arrays import Array, without_gaps
from core.frame import Frame
from ui.labels import caption
from ui.numbers import fixed, plain
from ui.panel import Panel
from ui.plots import decimated, polyline
from ui.scales import settled_scale
from ui.scene.names import layer_name, node_name
from ui.scene.painter import italic
from ui.theme import math_font, text_font

MARGIN = 16
TOP = 40
COLUMNS = 50
SMALLEST_ROW, LARGEST_ROW = 18, 40
NAME_WIDTH, NUMBER_WIDTH = 40, 70


class DeltasPanel(Panel):
    """A column for each layer, a row for each of its nodes; what finds no room is counted."""

    title = "δ"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Delta of every node")
        self.setMinimumHeight(120)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.value = caption(parent=self)
        self.value.move(MARGIN, 10)
        self.scale = 1.0

    def draw(self, frame: Frame) -> None:
        history = frame.deltas
        largest = float(np.abs(without_gaps(history[:, 1:])).max(initial=0.0))
        self.scale = settled_scale(largest, self.scale)
        first, last = (int(history[0, 0]), int(history[-1, 0])) if len(history) else (0, 0)
        self.value.setText(
            f"δ = ∂E/∂z of sample {frame.sample + 1} alone · steps {first:,} to {last:,}"
            f" · full height ± {plain(self.scale)}"
        )
        self.value.adjustSize()
        self.setAccessibleDescription(self._describe(frame))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        frame = self.frame
        if frame is None:
            return
        sizes = frame.session.spec.sizes
        columns = len(sizes) - 1
        width = (self.width() - MARGIN * (columns + 1)) / columns
        at = 1
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), self.theme.panel)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for layer in range(1, len(sizes)):
                left = MARGIN + (layer - 1) * (width + MARGIN)
                self._paint_layer(painter, frame, layer, QRectF(left, TOP, width, self.height() - TOP), at)
                at += sizes[layer]

    def _paint_layer(self, painter: QPainter, frame: Frame, layer: int, area: QRectF, first: int) -> None:
        sizes = frame.session.spec.sizes
        painter.setPen(QColor(self.theme.secondary))
        painter.setFont(text_font(11))
        painter.drawText(QRectF(area.left(), area.top() - 4, area.width(), 16), layer_name(sizes, layer))
        room = area.height() - 20
        height = min(LARGEST_ROW, max(SMALLEST_ROW, room / sizes[layer]))
        shown = min(sizes[layer], int(room // height))
        for index in range(shown):
            row = QRectF(area.left(), area.top() + 14 + index * height, area.width(), height)
            # The last row says how many are left out, when not all fit.
            if index == shown - 1 and shown < sizes[layer]:
                painter.setPen(QColor(self.theme.secondary))
                painter.setFont(text_font(11))
                painter.drawText(row, Qt.AlignmentFlag.AlignVCenter, f"and {sizes[layer] - shown + 1} more")
            else:
                self._paint_row(painter, frame, layer, index, row, frame.deltas[:, first + index])

    def _paint_row(self, painter: QPainter, frame: Frame, layer: int, index: int, row: QRectF, history: Array) -> None:
        painter.setPen(QColor(self.theme.text))
        painter.setFont(math_font(13))
        name = italic(node_name(frame.session.spec.sizes, layer, index))
        painter.drawText(row, Qt.AlignmentFlag.AlignVCenter, name)
        painter.setFont(text_font(12))
        number = QRectF(row.left() + NAME_WIDTH - 12, row.top(), NUMBER_WIDTH, row.height())
        delta = float(frame.gradient.delta[layer - 1][0, index])
        painter.drawText(number, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, fixed(delta, 4))
        left = row.left() + NAME_WIDTH + NUMBER_WIDTH
        plot = QRectF(left, row.top() + 2, max(10.0, row.right() - left), row.height() - 4)
        middle = plot.center().y()
        painter.setPen(QPen(QColor(self.theme.line), 1))
        painter.drawLine(QPointF(plot.left(), middle), QPointF(plot.right(), middle))
        x, y = decimated(
            np.arange(len(history), dtype=float), np.clip(without_gaps(history) / self.scale, -1, 1), COLUMNS
        )
        across = plot.left() + x * (plot.width() / max(len(history) - 1, 1))
        along = middle - y * plot.height() / 2
        painter.setPen(QPen(QColor(self.theme.positive if delta >= 0 else self.theme.negative), 1.5))
        painter.drawPolyline(polyline(across, along))

    def _describe(self, frame: Frame) -> str:
        sizes = frame.session.spec.sizes
        return "; ".join(
            f"{node_name(sizes, layer, index)}: {plain(float(value))}"
            for layer, delta in enumerate(frame.gradient.delta, start=1)
            for index, value in enumerate(delta[0])
        )
