"""Every weight as a cell: a matrix for each layer, a row for each input of it, and the biases as the last row."""

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QScrollArea, QToolTip, QWidget

from core.arrays import Array, without_gaps
from core.frame import Frame
from ui.colours import CELL_STRENGTH, image, shade
from ui.numbers import fixed, plain
from ui.panel import Panel
from ui.scales import settled_scale
from ui.scene.names import italic, node_name
from ui.theme import Theme, math_font, text_font

CELL = (48, 28)
SMALLEST_CELL = 6
NUMBER_ROOM = 40
NAME_ROOM = 30
GAP = 22


@dataclass(frozen=True)
class Block:
    """One layer's matrix with its bias row below: values (n_in + 1, n_out), and where its cells lie."""

    layer: int
    values: Array
    left: float
    top: float
    cell_width: float
    cell_height: float

    def cell(self, row: int, column: int) -> QRectF:
        """The rectangle of one cell."""
        return QRectF(
            self.left + column * self.cell_width, self.top + row * self.cell_height, self.cell_width, self.cell_height
        )

    def at(self, place: QPointF) -> tuple[int, int] | None:
        """Row and column under a point."""
        column, row = int((place.x() - self.left) // self.cell_width), int((place.y() - self.top) // self.cell_height)
        inside = 0 <= row < self.values.shape[0] and 0 <= column < self.values.shape[1]
        return (row, column) if inside else None


class Heatmap(QWidget):
    """Paints the blocks side by side, as large as they fit."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMouseTracking(True)
        self.setAccessibleName("Weights and biases by layer")
        self.theme: Theme | None = None
        self.scale = 1.0
        self._sizes: tuple[int, ...] = ()
        self._blocks: list[Block] = []
        self._biased, self._generation = True, 0

    def show_frame(self, frame: Frame, theme: Theme) -> None:
        """Take the values of a frame."""
        network = frame.session.run.network
        self.theme, self._sizes = theme, network.sizes
        self._biased = network.biased
        matrices = [
            np.vstack([layer.weights, layer.biases]) if network.biased else layer.weights for layer in network.layers
        ]
        if frame.generation != self._generation:
            self._generation, self.scale = frame.generation, 0.0
        self.scale = settled_scale(max(float(np.abs(without_gaps(m)).max()) for m in matrices), self.scale)
        columns, rows = sum(m.shape[1] for m in matrices), max(m.shape[0] for m in matrices)
        between = len(matrices) * NAME_ROOM + (len(matrices) - 1) * (GAP - 10)
        self.setMinimumSize(between + columns * SMALLEST_CELL, GAP + rows * SMALLEST_CELL)
        self._blocks = self._place(matrices)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.theme is None:
            return
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), self.theme.panel)
            for block in self._blocks:
                self._paint_block(painter, block, self.theme)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        for block in self._blocks:
            cell = block.at(event.position())
            if cell is not None:
                QToolTip.showText(event.globalPosition().toPoint(), self.describe(block, *cell), self)
                return
        QToolTip.hideText()

    def leaveEvent(self, event: QEvent) -> None:
        QToolTip.hideText()

    def describe(self, block: Block, row: int, column: int) -> str:
        """What a cell holds, in words."""
        target = node_name(self._sizes, block.layer, column)
        value = plain(float(block.values[row, column]))
        if self._biased and row == block.values.shape[0] - 1:
            return f"b of {target} = {value}"
        return f"w from {node_name(self._sizes, block.layer - 1, row)} to {target} = {value}"

    def _place(self, matrices: list[Array]) -> list[Block]:
        columns = sum(m.shape[1] for m in matrices)
        rows = max(m.shape[0] for m in matrices)
        room = self.width() - len(matrices) * NAME_ROOM - (len(matrices) - 1) * (GAP - 10)
        width = min(CELL[0], max(SMALLEST_CELL, room / columns))
        height = min(CELL[1], max(SMALLEST_CELL, (self.height() - GAP) / rows))
        blocks: list[Block] = []
        left = 0.0
        for layer, matrix in enumerate(matrices, start=1):
            left += NAME_ROOM
            blocks.append(Block(layer, matrix, left, GAP, width, height))
            left += matrix.shape[1] * width + GAP - 10
        return blocks

    def _paint_block(self, painter: QPainter, block: Block, theme: Theme) -> None:
        rows, columns = block.values.shape
        numbered = block.cell_width >= NUMBER_ROOM and block.cell_height >= 14
        if not numbered:
            area = QRectF(block.left, block.top, columns * block.cell_width, rows * block.cell_height)
            painter.drawImage(area, image(block.values / self.scale, theme))
        painter.setPen(QColor(theme.text))
        for row in range(rows) if numbered else ():
            for column in range(columns):
                cell = block.cell(row, column).adjusted(1, 1, -1, -1)
                value = float(block.values[row, column])
                painter.fillRect(cell, shade(value / self.scale, theme, CELL_STRENGTH))
                painter.setFont(text_font(12))
                painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, fixed(value))
        self._paint_names(painter, block, theme)

    def _paint_names(self, painter: QPainter, block: Block, theme: Theme) -> None:
        rows, columns = block.values.shape
        painter.setPen(QColor(theme.secondary))
        painter.setFont(math_font(13))
        if block.cell_width >= 16:
            for column in range(columns):
                box = block.cell(0, column).translated(0, -20)
                box.setHeight(18)
                painter.drawText(box, Qt.AlignmentFlag.AlignCenter, italic(node_name(self._sizes, block.layer, column)))
        if block.cell_height >= 12:
            for row in range(rows):
                name = "b" if self._biased and row == rows - 1 else node_name(self._sizes, block.layer - 1, row)
                box = QRectF(block.left - NAME_ROOM, block.cell(row, 0).top(), NAME_ROOM - 6, block.cell_height)
                painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, italic(name))


class WeightsPanel(Panel):
    """The heatmap with its scale."""

    title = "Weights"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.heatmap = Heatmap()
        self.header.value.setToolTip("The value with the full colour: blue is positive, orange negative.")
        self.body.setContentsMargins(16, 0, 16, 12)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setWidget(self.heatmap)
        area.setMinimumHeight(110)
        self.body.addWidget(area, 1)

    def draw(self, frame: Frame) -> None:
        self.heatmap.show_frame(frame, self.theme)
        self.header.value.say(f"± {plain(self.heatmap.scale)}")
