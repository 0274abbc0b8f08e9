"""δ of every node for the chosen sample over the last steps: a line and a number each."""

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import QAccessible, QColor, QFocusEvent, QMouseEvent, QMoveEvent, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QWidget

from core.arrays import without_gaps
from core.frame import Frame
from core.selection import Node
from ui.lines import decimated, polyline
from ui.matrix.scrolled import ScrolledCanvas
from ui.numbers import fixed
from ui.scales import settled_scale
from ui.scene.names import italic, layer_name, node_name
from ui.theme import Theme, math_font, text_font
from ui.throttle import Throttle

MARGIN, TOP = 16.0, 22.0
SMALLEST_COLUMN = 150.0
COLUMNS = 50
SMALLEST_ROW, LARGEST_ROW = 18.0, 40.0
NAME_WIDTH, NUMBER_WIDTH = 40.0, 62.0
HISTORIES_A_SECOND = 15
RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight


@dataclass(frozen=True)
class Line:
    """A node's line: `rect` holds name, number and history; `column` is its place in Frame.deltas."""

    node: Node
    column: int
    rect: QRectF

    @property
    def number(self) -> QRectF:
        """Where the number stands."""
        return QRectF(self.rect.left() + NAME_WIDTH - 8, self.rect.top(), NUMBER_WIDTH, self.rect.height())

    @property
    def plot(self) -> QRectF:
        """Where the history is drawn."""
        left = self.rect.left() + NAME_WIDTH + NUMBER_WIDTH + 4
        return QRectF(left, self.rect.top() + 2, max(10.0, self.rect.right() - left), self.rect.height() - 4)


def place(sizes: tuple[int, ...], width: float, height: float) -> list[Line]:
    """A column for each layer, a line for each of its nodes."""
    lines: list[Line] = []
    layers = len(sizes) - 1
    column_width = (width - MARGIN * (layers - 1)) / layers
    column = 1
    for layer in range(1, len(sizes)):
        left = (layer - 1) * (column_width + MARGIN)
        line_height = min(LARGEST_ROW, max(SMALLEST_ROW, (height - TOP) / sizes[layer]))
        for index in range(sizes[layer]):
            rect = QRectF(left, TOP + index * line_height, column_width, line_height)
            lines.append(Line(Node(layer, index), column + index, rect))
        column += sizes[layer]
    return lines


class DeltaHistory(ScrolledCanvas):
    """`chosen` carries the node whose line was clicked.

    Where it does not fit it takes the focus, and leaves the keys to the scroll area that it stands in.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("δ of every node over the last steps")
        self.frame: Frame | None = None
        self.scale = 1.0
        self._generation = -1
        self._sizes: tuple[int, ...] = ()
        self._lines: list[Line] = []
        self._drawn: tuple[Theme, QRectF, object] | None = None
        self._picture = QPixmap()
        self._throttle = Throttle(HISTORIES_A_SECOND)

    def show_frame(self, frame: Frame) -> None:
        """Take a frame: its numbers now, its histories when they are due."""
        if self.frame is None or frame.x is not self.frame.x or self._throttle.due(frame):
            self._drawn = None
        self.frame = frame
        if frame.generation != self._generation:
            self._generation, self.scale = frame.generation, 0.0
        largest = float(np.abs(without_gaps(frame.deltas[:, 1:])).max(initial=0.0))
        self.scale = settled_scale(largest, self.scale)
        if frame.session.spec.sizes != self._sizes:
            self._sizes, self._drawn = frame.session.spec.sizes, None
            self.rearranged.emit()
        if QAccessible.isActive():
            self.setAccessibleDescription(self.description())
        self.update()

    def description(self) -> str:
        """δ of every node at this moment."""
        return "; ".join(f"{self._name(line.node)}: {fixed(self._delta(line.node), 4)}" for line in self._lines)

    def wanted(self, room: QSizeF) -> QSizeF:
        layers = max(1, len(self._sizes) - 1)
        least = QSizeF(
            (SMALLEST_COLUMN + MARGIN) * layers - MARGIN, TOP + SMALLEST_ROW * max(self._sizes[1:], default=1)
        )
        size = least.expandedTo(room)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus if size == room else Qt.FocusPolicy.StrongFocus)
        self._lines = place(self._sizes, size.width(), size.height()) if self._sizes else []
        return size

    def paint(self, painter: QPainter) -> None:
        sight = self.sight
        painter.fillRect(sight, QColor(self.theme.panel))
        if self.frame is None:
            return
        state = (self.theme, sight, self.frame.chosen)
        if self._drawn != state:
            self._drawn = state
            self._picture = self._draw(self.frame, sight)
        painter.drawPixmap(sight.topLeft(), self._picture)
        painter.setPen(QColor(self.theme.text))
        painter.setFont(text_font(12))
        for line in self._lines:
            if line.rect.intersects(sight):
                painter.drawText(line.number, RIGHT, fixed(self._delta(line.node), 4))
        if self.hasFocus():
            painter.setPen(QPen(QColor(self.theme.chosen), 2))
            painter.drawRect(sight.adjusted(1, 1, -1, -1))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def moveEvent(self, event: QMoveEvent) -> None:
        super().moveEvent(event)
        # The frame of the focus stays in sight, and does not move with the rest.
        if self.hasFocus():
            self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = self.place(event)
        line = next((line for line in self._lines if line.rect.contains(at)), None)
        if line is not None and event.button() == Qt.MouseButton.LeftButton:
            self.chosen.emit(line.node)

    def _delta(self, node: Node) -> float:
        assert self.frame is not None
        return float(self.frame.gradient.delta[node.layer - 1][0, node.index])

    def _name(self, node: Node) -> str:
        return node_name(self._sizes, node.layer, node.index)

    def _draw(self, frame: Frame, sight: QRectF) -> QPixmap:
        """Names and histories as one picture; it is drawn less often than the numbers."""
        picture = self.layer_in_sight()
        with QPainter(picture) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.translate(-sight.topLeft())
            for line in self._lines:
                if line.node.index == 0:
                    self._draw_title(painter, line)
                if line.rect.intersects(sight):
                    self._draw_line(painter, line, frame)
        return picture

    def _draw_title(self, painter: QPainter, line: Line) -> None:
        painter.setPen(QColor(self.theme.secondary))
        painter.setFont(text_font(11))
        title = QRectF(line.rect.left(), 0, line.rect.width(), TOP - 4)
        painter.drawText(title, Qt.AlignmentFlag.AlignVCenter, layer_name(self._sizes, line.node.layer))

    def _draw_line(self, painter: QPainter, line: Line, frame: Frame) -> None:
        theme, plot = self.theme, line.plot
        middle = plot.center().y()
        if line.node == frame.chosen:
            painter.setPen(QPen(QColor(theme.chosen), 2))
            painter.drawRoundedRect(line.rect.adjusted(1, 1, -1, -1), 4, 4)
        painter.setPen(QColor(theme.text))
        painter.setFont(math_font(13))
        painter.drawText(line.rect.adjusted(4, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, italic(self._name(line.node)))
        painter.setPen(QPen(QColor(theme.line), 1))
        painter.drawLine(QPointF(plot.left(), middle), QPointF(plot.right(), middle))
        steps, values = frame.deltas[:, 0], frame.deltas[:, line.column]
        x, y = decimated(steps - steps[0], np.clip(without_gaps(values) / self.scale, -1, 1), COLUMNS)
        across = plot.left() + x * (plot.width() / max(x[-1], 1.0))
        painter.setPen(QPen(QColor(theme.positive if values[-1] >= 0 else theme.negative), 1.5))
        painter.drawPolyline(polyline(across, middle - y * plot.height() / 2))
