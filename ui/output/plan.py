"""Where a picture, the numbers at its edges and its legend lie: as large as they fit; and how the edges are painted."""

import math
from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from core.arrays import Array
from core.record import record
from ui.output.axes import Axis
from ui.output.legend import Legend
from ui.scene.names import italic
from ui.theme import Theme, math_font, text_font

TOP, BELOW, GAP = 6.0, 17.0, 14.0
DOUBT = 1.25  # so much more room has to be gained
LEAST, GAIN = 60.0, 1.3  # a picture smaller than that goes without a legend, if it is so much larger then
CENTRE = Qt.AlignmentFlag.AlignCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@record
class Ground:
    """What a picture stands on: the axes, whether it is a square, whether lines show where the numbers are."""

    x: Axis
    y: Axis
    square: bool
    grid: bool

    @property
    def left(self) -> float:
        """The room for the numbers of y."""
        metrics = QFontMetricsF(text_font(11))
        return max([metrics.horizontalAdvance(text) for _, text in self.y.ticks] + [14.0]) + 6


@record
class Plan:
    """The rectangle of the picture and that of the legend, which stands upright beside it or lies under it; none where
    it would leave the picture no room."""

    area: QRectF
    legend: QRectF | None
    upright: bool

    def to_screen(self, ground: Ground, places: Array) -> Array:
        """Where places (n, 2) lie in the widget."""
        area = self.area
        x = area.left() + ground.x.share(places[..., 0]) * area.width()
        y = area.bottom() - ground.y.share(places[..., 1]) * area.height()
        return np.stack([x, y], axis=-1)


def planned(room: QRectF, ground: Ground, legend: Legend) -> Plan:
    """The legend beside the picture or under it, where the picture has more room; beside a square if in doubt."""
    left, wide, high = ground.left, room.width() - ground.left - 2, room.height() - TOP - BELOW
    beside = _fitted(ground, wide - legend.width - GAP, high)
    under = _fitted(ground, wide, high - legend.height(room.width()) - 2)
    fits = legend.height() <= room.height() - TOP
    doubt = DOUBT if ground.square else 1.0
    upright = fits and beside[0] * beside[1] * doubt >= under[0] * under[1]
    width, height = beside if upright else under
    alone = _fitted(ground, wide, high)
    if min(width, height) < LEAST and min(alone) >= GAIN * min(width, height):
        start = max(0.0, (room.width() - left - alone[0] - 2) / 2) if ground.square else 0.0
        return Plan(QRectF(start + left, TOP, *alone), None, upright=False)
    beyond = legend.width + GAP if upright else 0.0
    start = max(0.0, (room.width() - left - width - beyond - 2) / 2) if ground.square else 0.0
    area = QRectF(start + left, TOP, width, height)
    if upright:
        return Plan(area, QRectF(area.right() + GAP, TOP, legend.width, room.height() - TOP), upright)
    return Plan(area, QRectF(0, area.bottom() + BELOW + 2, room.width(), legend.height(room.width())), upright)


def _fitted(ground: Ground, width: float, height: float) -> tuple[float, float]:
    width, height = max(width, 1.0), max(height, 1.0)
    side = min(width, height)
    return (side, side) if ground.square else (width, height)


def paint_edges(painter: QPainter, ground: Ground, plan: Plan, theme: Theme) -> None:
    """The numbers and names of both axes, and the lines of the grid."""
    area = plan.area
    painter.setFont(text_font(11))
    metrics = QFontMetricsF(painter.font())
    for value, text in written(ground.x, area.width()):
        x = area.left() + ground.x.share(value) * area.width()
        width = metrics.horizontalAdvance(text) + 2
        left = x - width / 2 if ground.grid else min(max(x - width / 2, area.left()), area.right() - width)
        _paint_tick(painter, QRectF(left, area.bottom() + 2, width, BELOW - 2), CENTRE, text, theme)
        if ground.grid:
            painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))
    for value, text in ground.y.ticks:
        y = area.bottom() - ground.y.share(value) * area.height()
        top = y - 8 if ground.grid else min(max(y - 8, area.top() - 3), area.bottom() - 13)
        _paint_tick(painter, QRectF(0, top, area.left() - 5, 16), RIGHT, text, theme)
        if ground.grid:
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
    _paint_names(painter, ground, area, theme)


def written(axis: Axis, width: float) -> Sequence[tuple[float, str]]:
    """The numbers; or of the columns' names what has room: all, what stands before a colon, that of every other one."""
    if not axis.columns:
        return axis.ticks
    metrics, room = QFontMetricsF(text_font(11)), width / len(axis.ticks) - 4
    brief = [(place, text.partition(":")[0]) for place, text in axis.ticks]
    if max(metrics.horizontalAdvance(text) for _, text in axis.ticks) <= room:
        return axis.ticks
    return brief[:: math.ceil(max(metrics.horizontalAdvance(text) for _, text in brief) / max(room, 1.0))]


def _paint_tick(painter: QPainter, box: QRectF, where: Qt.AlignmentFlag, text: str, theme: Theme) -> None:
    painter.setPen(QColor(theme.secondary))
    painter.drawText(box, where, text)
    painter.setPen(QPen(QColor(theme.line), 1))


def _paint_names(painter: QPainter, ground: Ground, area: QRectF, theme: Theme) -> None:
    """Between the numbers of the ends; where a grid has numbers all along, inside the corners."""
    painter.setPen(QColor(theme.secondary))
    painter.setFont(math_font(13))
    x, y = italic(ground.x.name), italic(ground.y.name)
    if ground.grid:
        painter.drawText(area.adjusted(5, 2, -5, -2), Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, y)
        painter.drawText(area.adjusted(5, 2, -5, -2), Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom, x)
        return
    painter.drawText(QRectF(area.left(), area.bottom() + 1, area.width(), BELOW - 1), CENTRE, x)
    painter.drawText(QRectF(0, area.center().y() - 10, area.left() - 5, 20), RIGHT, y)
