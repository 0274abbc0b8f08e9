"""How the cells of a heatmap are painted: colours as one picture a matrix, numbers, names, outlines, and a bubble."""

import math

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QPainter, QPen

from core.arrays import all_finite
from ui.colours import CELL_STRENGTH, image
from ui.matrix.arrangement import NAMES_HEIGHT, Arrangement, Block
from ui.matrix.axes import Axes
from ui.matrix.fitting import fitting
from ui.matrix.matrix import Matrix, broken, shares
from ui.scene.names import italic
from ui.theme import Theme, math_font, text_font

NAME_FONT, NUMBER_FONT = 13, 12
NAME_HEIGHT = 13.0
ROOM_AROUND_NAME = 8.0
RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight


def strength(arrangement: Arrangement) -> float:
    """How strong colours are: where numbers stand on them they give way."""
    return CELL_STRENGTH if arrangement.numbered else 1.0


def name_room(axes: Axes) -> float:
    """How much room the names of the rows need."""
    return _widest(axes.rows) + ROOM_AROUND_NAME


def paint_cells(
    painter: QPainter, arrangement: Arrangement, block: Block, matrix: Matrix, scale: float, theme: Theme, sight: QRectF
) -> None:
    """Paint those cells of a matrix that are in sight."""
    rows, columns = arrangement.within(block, sight)
    if not rows or not columns:
        return
    seen = np.s_[rows.start : rows.stop, columns.start : columns.stop]
    values = matrix.values[seen]
    width, height = arrangement.cell_width, arrangement.cell_height
    left, top = block.left + columns.start * width, block.top + rows.start * height
    area = QRectF(left, top, len(columns) * width, len(rows) * height)
    painter.drawImage(area, image(shares(values, scale) * strength(arrangement), theme))
    if not all_finite(values):
        hatch = QBrush(QColor(theme.secondary), Qt.BrushStyle.BDiagPattern)
        for row, column in np.argwhere(broken(matrix)[seen]).tolist():
            painter.fillRect(QRectF(left + column * width, top + row * height, width, height), hatch)
    if arrangement.numbered:
        _separate(painter, area, arrangement, theme)
        painter.setPen(QColor(theme.text))
        painter.setFont(text_font(NUMBER_FONT))
        for row, line in enumerate(values.tolist()):
            for column, value in enumerate(line):
                cell = QRectF(left + column * width, top + row * height, width, height)
                if not matrix.is_blank(rows.start + row, columns.start + column):
                    painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, fitting(value, width - 2))


def paint_fresh(painter: QPainter, arrangement: Arrangement, block: Block, matrix: Matrix, theme: Theme) -> None:
    """Frame the rows that the present phase computes."""
    if matrix.fresh:
        top = block.top + matrix.fresh[0] * arrangement.cell_height
        size = QSizeF(block.columns * arrangement.cell_width, len(matrix.fresh) * arrangement.cell_height)
        outline(painter, QRectF(QPointF(block.left, top), size), theme.chosen, 2.0)


def paint_frozen(
    painter: QPainter, arrangement: Arrangement, block: Block, matrix: Matrix, theme: Theme, sight: QRectF
) -> None:
    """Frame by dashes the cells in sight that no update changes, as the drawing dashes their edges."""
    if matrix.frozen is None:
        return
    rows, columns = arrangement.within(block, sight)
    pen = QPen(QColor(theme.text), 1.0, Qt.PenStyle.DashLine)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    width, height = arrangement.cell_width, arrangement.cell_height
    for row, column in np.argwhere(matrix.frozen).tolist():
        if row in rows and column in columns:
            cell = QRectF(block.left + column * width, block.top + row * height, width, height)
            painter.drawRect(cell.adjusted(2, 2, -2, -2))


def paint_names(
    painter: QPainter, arrangement: Arrangement, block: Block, axes: Axes, theme: Theme, sight: QRectF
) -> None:
    """Paint the names along the sides; where there is no room for each, every second, third … of them."""
    painter.setPen(QColor(theme.secondary))
    painter.setFont(math_font(NAME_FONT))
    rows, columns = arrangement.within(block, sight.adjusted(-block.names, -NAMES_HEIGHT, block.names, NAMES_HEIGHT))
    width, height = arrangement.cell_width, arrangement.cell_height
    stride = math.ceil((_widest(axes.columns) + 2) / width)
    for column in columns:
        if column % stride == 0:
            middle = block.left + (column + 0.5) * width
            box = QRectF(middle - 40, block.top - NAMES_HEIGHT, 80, NAMES_HEIGHT - 2)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, italic(axes.columns[column]))
    stride = math.ceil(NAME_HEIGHT / height)
    last = block.rows - 1
    for row in rows:
        # The last is the bias row, which is always named.
        if row == last or (row % stride == 0 and last - row >= stride):
            middle = block.top + (row + 0.5) * height
            box = QRectF(block.left - block.names, middle - 10, block.names - ROOM_AROUND_NAME / 2, 20)
            painter.drawText(box, RIGHT, italic(axes.rows[row]))


def outline(painter: QPainter, cell: QRectF, colour: str, width: float) -> None:
    """A frame around a cell."""
    painter.setPen(QPen(QColor(colour), width))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(cell.adjusted(0.5, 0.5, -0.5, -0.5))


def bubble(painter: QPainter, text: str, whose: str, cell: QRectF, sight: QRectF, theme: Theme) -> None:
    """The number of a cell with its name, and whose it is, above or below the cell and always in sight."""
    fonts = text_font(13, weight=painter.font().Weight.DemiBold), text_font(11)
    metrics = [QFontMetricsF(font) for font in fonts]
    width = min(sight.width(), max(metrics[0].horizontalAdvance(text), metrics[1].horizontalAdvance(whose)) + 16)
    height = sum(each.height() for each in metrics) + 8
    box = QRectF(cell.center().x() - width / 2, cell.top() - height - 4, width, height)
    if box.top() < sight.top():
        box.moveTop(min(cell.bottom() + 4, sight.bottom() - height))
    box.moveLeft(min(max(box.left(), sight.left()), sight.right() - width))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(theme.secondary), 1))
    painter.setBrush(QColor(theme.panel))
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
    inner = box.adjusted(8, 4, -8, -4)
    sides = (Qt.AlignmentFlag.AlignTop, Qt.AlignmentFlag.AlignBottom)
    lines = zip((text, whose), fonts, metrics, (theme.text, theme.secondary), sides, strict=True)
    for line, font, measure, colour, side in lines:
        painter.setFont(font)
        painter.setPen(QColor(colour))
        painter.drawText(inner, side, measure.elidedText(line, Qt.TextElideMode.ElideMiddle, inner.width()))


def _separate(painter: QPainter, area: QRectF, arrangement: Arrangement, theme: Theme) -> None:
    painter.setPen(QPen(QColor(theme.panel), 2))
    for row in range(round(area.height() / arrangement.cell_height) + 1):
        y = area.top() + row * arrangement.cell_height
        painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
    for column in range(round(area.width() / arrangement.cell_width) + 1):
        x = area.left() + column * arrangement.cell_width
        painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))


def _widest(names: tuple[str, ...]) -> float:
    # The last has the most digits; "b" and such are short.
    metrics = QFontMetricsF(math_font(NAME_FONT))
    return max(metrics.horizontalAdvance(italic(name)) for name in (names[0], names[-1], names[max(0, len(names) - 2)]))
