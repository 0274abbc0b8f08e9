"""δ of every node for the chosen sample: its number now, and its history over the last steps."""

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QAccessible, QColor, QPainter, QPaintEvent, QPen, QPixmap, QResizeEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from core.arrays import without_gaps
from core.frame import Frame
from ui.numbers import fixed, plain
from ui.panel import Panel
from ui.plots import decimated, polyline
from ui.scales import settled_scale
from ui.scene.names import italic, layer_name, node_name
from ui.theme import LIGHT, Theme, math_font, text_font
from ui.throttle import Throttle

MARGIN = 16
TOP = 10
SMALLEST_COLUMN = 150
COLUMNS = 50
SMALLEST_ROW, LARGEST_ROW = 18, 40
NAME_WIDTH, NUMBER_WIDTH = 40, 70
HISTORIES_A_SECOND = 15
RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight


@dataclass(frozen=True)
class Row:
    """A node's line in the panel: `rect` holds name, number and history; `column` is its place in Frame.deltas."""

    layer: int
    index: int
    column: int
    rect: QRectF

    @property
    def number(self) -> QRectF:
        """Where the number stands."""
        return QRectF(self.rect.left() + NAME_WIDTH - 12, self.rect.top(), NUMBER_WIDTH, self.rect.height())

    @property
    def plot(self) -> QRectF:
        """Where the history is drawn."""
        left = self.rect.left() + NAME_WIDTH + NUMBER_WIDTH
        return QRectF(left, self.rect.top() + 2, max(10.0, self.rect.right() - left), self.rect.height() - 4)


class Histories(QWidget):
    """A column for each layer, a row for each of its nodes; as large as that takes, and the panel scrolls."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.frame: Frame | None = None
        self.theme: Theme = LIGHT
        self.scale = 1.0
        self._generation = -1
        self._rows: list[Row] = []
        self._drawn: Frame | None = None
        self._history = QPixmap()
        self._visible = QRect()
        self._throttle = Throttle(HISTORIES_A_SECOND)

    def show_frame(self, frame: Frame, theme: Theme) -> None:
        """Take a frame: its numbers now, its histories when they are due."""
        sizes = frame.session.spec.sizes
        if sizes != self._sizes():
            least = (MARGIN + (SMALLEST_COLUMN + MARGIN) * (len(sizes) - 1), TOP + 20 + SMALLEST_ROW * max(sizes[1:]))
            self.setMinimumSize(*least)
        stale = self._drawn is None or frame.x is not self._drawn.x or sizes != self._sizes()
        dressed = theme is self.theme
        self.frame, self.theme = frame, theme
        if self._throttle.due(frame) or stale or not dressed:
            self._draw_history(frame)
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.frame is not None:
            self._draw_history(self.frame)

    def paintEvent(self, event: QPaintEvent) -> None:
        frame = self.frame
        if frame is None or not self._rows or frame.session.spec.sizes != self._sizes():
            return
        if not self._visible.contains(event.rect()):
            # Scrolled to rows that were out of sight.
            self._draw_history(frame)
        with QPainter(self) as painter:
            painter.drawPixmap(0, 0, self._history)
            painter.setPen(QColor(self.theme.text))
            painter.setFont(text_font(12))
            for row in self._rows:
                if not row.rect.intersects(QRectF(event.rect())):
                    continue
                delta = float(frame.gradient.delta[row.layer - 1][0, row.index])
                painter.drawText(row.number, RIGHT, fixed(delta, 4))

    def _sizes(self) -> tuple[int, ...]:
        return self._drawn.session.spec.sizes if self._drawn is not None else ()

    def _draw_history(self, frame: Frame) -> None:
        """Names and histories as one picture; it is drawn less often than the numbers."""
        self._drawn = frame
        if frame.generation != self._generation:
            self._generation, self.scale = frame.generation, 0.0
        history = frame.deltas
        largest = float(np.abs(without_gaps(history[:, 1:])).max(initial=0.0))
        self.scale = settled_scale(largest, self.scale)
        ratio = self.devicePixelRatio()
        self._history = QPixmap(int(self.width() * ratio), int(self.height() * ratio))
        self._history.setDevicePixelRatio(ratio)
        self._history.fill(QColor(self.theme.panel))
        with QPainter(self._history) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._rows = self._place(painter, frame.session.spec.sizes)
            self._visible = self.visibleRegion().boundingRect()
            for row in self._rows:
                if row.rect.intersects(QRectF(self._visible)):
                    self._paint_row(painter, row, frame)

    def _place(self, painter: QPainter, sizes: tuple[int, ...]) -> list[Row]:
        """A row for each node, and the names of the layers."""
        rows: list[Row] = []
        layers = len(sizes) - 1
        width = (self.width() - MARGIN * (layers + 1)) / layers
        room = self.height() - TOP - 20
        column = 1
        painter.setPen(QColor(self.theme.secondary))
        painter.setFont(text_font(11))
        for layer in range(1, len(sizes)):
            left = MARGIN + (layer - 1) * (width + MARGIN)
            painter.drawText(QRectF(left, TOP - 4, width, 16), layer_name(sizes, layer))
            height = min(LARGEST_ROW, max(SMALLEST_ROW, room / sizes[layer]))
            for index in range(sizes[layer]):
                place = QRectF(left, TOP + 14 + index * height, width, height)
                rows.append(Row(layer, index, column + index, place))
            column += sizes[layer]
        return rows

    def _paint_row(self, painter: QPainter, row: Row, frame: Frame) -> None:
        painter.setPen(QColor(self.theme.text))
        painter.setFont(math_font(13))
        name = italic(node_name(frame.session.spec.sizes, row.layer, row.index))
        painter.drawText(row.rect, Qt.AlignmentFlag.AlignVCenter, name)
        plot = row.plot
        middle = plot.center().y()
        painter.setPen(QPen(QColor(self.theme.line), 1))
        painter.drawLine(QPointF(plot.left(), middle), QPointF(plot.right(), middle))
        steps, values = frame.deltas[:, 0], frame.deltas[:, row.column]
        x, y = decimated(steps - steps[0], np.clip(without_gaps(values) / self.scale, -1, 1), COLUMNS)
        across = plot.left() + x * (plot.width() / max(x[-1], 1.0))
        painter.setPen(QPen(QColor(self.theme.positive if values[-1] >= 0 else self.theme.negative), 1.5))
        painter.drawPolyline(polyline(across, middle - y * plot.height() / 2))


class DeltasPanel(Panel):
    """The histories under a line that says whose they are."""

    title = "δ"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Delta of every node")
        self.histories = Histories()
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setWidget(self.histories)
        self.body.addWidget(area, 1)

    def draw(self, frame: Frame) -> None:
        self.histories.show_frame(frame, self.theme)
        self._write_caption(frame)
        if QAccessible.isActive():
            self.setAccessibleDescription(self._describe(frame))

    def _write_caption(self, frame: Frame) -> None:
        history = frame.deltas
        first, last = (int(history[0, 0]), int(history[-1, 0])) if len(history) else (0, 0)
        self.header.value.say(
            f"δ = ∂E/∂z of {frame.subject} alone · steps {first:,} to {last:,}"
            f" · full height ± {plain(self.histories.scale)}"
        )

    def _describe(self, frame: Frame) -> str:
        sizes = frame.session.spec.sizes
        return "; ".join(
            f"{node_name(sizes, layer, index)}: {plain(float(value))}"
            for layer, delta in enumerate(frame.gradient.delta, start=1)
            for index, value in enumerate(delta[0])
        )
