"""δ of every node for the chosen sample over the last steps: a line and a number each; read at a cursor."""

import math

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QColor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QMoveEvent,
    QPainter,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QWidget

from core.arrays import without_gaps
from core.frame import Frame
from core.selection import Node
from ui.lines import decimated, polyline
from ui.matrix.scrolled import ScrolledCanvas
from ui.numbers import fixed
from ui.panels.delta_lines import TOP, Line, least_room, place
from ui.panels.step_cursor import MOVES, StepCursor
from ui.scales import settled_scale
from ui.scene.names import italic, node_name, numbered_layer_name
from ui.theme import Theme, math_font, text_font
from ui.throttle import Throttle

COLUMNS = 50
HISTORIES_A_SECOND = 15
DOT = 5.0
RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight


class DeltaHistory(ScrolledCanvas):
    """`chosen` carries the node whose line was clicked; `read` says that another step is read.

    The mouse, or ← and →, choose the step; all other keys are left to the scroll area that it stands in.
    """

    chosen = Signal(object, int)
    read = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("δ of every node over the last steps")
        self.setToolTip("Point at a line, or press ← and → (Home, End), to read δ at an earlier step.")
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.frame: Frame | None = None
        self.cursor_at = StepCursor()
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
        if len(frame.deltas) < 2:
            self.cursor_at.forget()
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

    @property
    def step(self) -> str:
        """The step that is read, in words; nothing where that is the newest."""
        if self.frame is None or not self.cursor_at.reads:
            return ""
        steps = self.frame.deltas[:, 0]
        return f"step {steps[self.cursor_at.row(steps)]:,.0f}"

    def description(self) -> str:
        """δ of every node at this moment, or at the step that is read."""
        said = "; ".join(f"{self._name(line.node)}: {fixed(self._delta(line), 4)}" for line in self._lines)
        return f"{self.step}: {said}" if self.step else said

    def wanted(self, room: QSizeF) -> QSizeF:
        size = least_room(self._sizes).expandedTo(room)
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
                painter.drawText(line.number, RIGHT, fixed(self._delta(line), 4))
        if self.cursor_at.reads:
            self._paint_cursor(painter, self.frame, sight)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
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
            self.chosen.emit(line.node, 0)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = self.place(event)
        line = next((line for line in self._lines if line.rect.contains(at) and line.plot.left() <= at.x()), None)
        if self.frame is None or line is None:
            self._forget()
            return
        self.cursor_at.point((at.x() - line.plot.left()) / line.plot.width(), self.frame.deltas[:, 0])
        self._read()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._forget()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        move = MOVES.get(Qt.Key(event.key()))
        if self.frame is not None and move is not None and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.cursor_at.move(move, self.frame.deltas[:, 0])
            self._read()
        elif event.key() == Qt.Key.Key_Escape and self.cursor_at.reads:
            self._forget()
        else:
            super().keyPressEvent(event)

    def _forget(self) -> None:
        if self.cursor_at.reads:
            self.cursor_at.forget()
            self._read()

    def _read(self) -> None:
        """Another step is read than before."""
        self.read.emit()
        self.update()

    def _delta(self, line: Line) -> float:
        assert self.frame is not None
        return float(self.frame.deltas[self.cursor_at.row(self.frame.deltas[:, 0]), line.column])

    def _name(self, node: Node) -> str:
        return node_name(self._sizes, node.layer, node.index)

    def _paint_cursor(self, painter: QPainter, frame: Frame, sight: QRectF) -> None:
        """An upright line through every history, with a dot where it is read."""
        share = self.cursor_at.share(frame.deltas[:, 0])
        for line in self._lines:
            if line.rect.intersects(sight):
                plot, value = line.plot, self._delta(line) / self.scale
                x = plot.left() + share * plot.width()
                painter.setPen(QPen(QColor(self.theme.secondary), 1, Qt.PenStyle.DashLine))
                painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()))
                if math.isfinite(value):
                    painter.setPen(Qt.PenStyle.NoPen)
                    painter.setBrush(QColor(self.theme.text))
                    y = plot.center().y() - min(max(value, -1.0), 1.0) * plot.height() / 2
                    painter.drawEllipse(QPointF(x, y), DOT / 2, DOT / 2)

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
        painter.drawText(title, Qt.AlignmentFlag.AlignVCenter, numbered_layer_name(self._sizes, line.node.layer))

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
