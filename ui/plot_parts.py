"""What plots are made of: lines and their dashes, discs, axes; pyqtgraph is known here and to ui/plots.py only."""

import os
from collections.abc import Sequence
from typing import Any

os.environ.setdefault("PYQTGRAPH_QT_LIB", "PySide6")

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsItem

from core.arrays import Array
from core.record import record
from ui.ticks import linear_ticks, log_ticks

# How far labels reach over the ends of an axis, as a share of their height.
OVERHANG = 1.5

Dash = Sequence[float]
SOLID: Dash = ()
DASHED: Dash = (4, 3)
DOTTED: Dash = (1, 2)
DASH_DOTTED: Dash = (6, 2, 1, 2)
DASHES = (SOLID, DASHED, DOTTED, DASH_DOTTED)


@record(eq=False)
class Line:
    """The points x, y (n,) and how the line through them looks; `dash` is in widths, `label` stands at its end."""

    x: Array
    y: Array
    colour: str
    width: float = 1.5
    dash: Dash = SOLID
    label: str = ""


class Axis(pg.AxisItem):
    """Round numbers that do not touch each other, written as everywhere in the window."""

    log = False

    def __init__(self, orientation: str) -> None:
        super().__init__(orientation)
        self.enableAutoSIPrefix(False)
        self.setStyle(tickLength=0, tickTextOffset=5)
        self._texts: list[str] = []
        self.tick_font, self.overhang = QFont(), 0

    def set_font(self, font: QFont) -> None:
        """Write in that font."""
        self.tick_font = font
        self.overhang = round(OVERHANG * QFontMetricsF(font).height())
        self.setStyle(tickFont=font, hideOverlappingLabels=self.overhang)

    def boundingRect(self) -> QRectF:
        """With room for the labels at the ends, which pyqtgraph leaves out where there is a grid."""
        margin = self.overhang if self.orientation == "left" else 0
        return super().boundingRect().adjusted(0, -margin, 0, margin)

    def tickValues(self, minVal: float, maxVal: float, size: float) -> list[tuple[None, list[float]]]:  # noqa: N802
        """Pyqtgraph asks where the marks are on `size` pixels."""
        make = log_ticks if self.log else linear_ticks
        metrics = QFontMetricsF(self.tick_font)
        low, high = sorted((minVal, maxVal))
        room = 1.6 * metrics.height()
        if self.orientation == "bottom":
            widest = max(map(metrics.horizontalAdvance, make(low, high, max(2, int(size / 60)))[1]), default=0.0)
            room = widest + 2 * metrics.averageCharWidth()
        values, self._texts = make(low, high, max(2, int(size / max(room, 1.0))))
        return [(None, values)]

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str | None]:  # noqa: N802
        """And then what is written at them."""
        return list(self._texts)


class Drawn(pg.GraphicsObject):
    """Something over the whole plot. However it changes, its bounds stay, which spares pyqtgraph much work."""

    def boundingRect(self) -> QRectF:
        return self.viewRect() or QRectF()

    def viewRangeChanged(self) -> None:  # noqa: N802
        """Another picture is needed."""
        self.prepareGeometryChange()
        self.update()


class Stroke(Drawn):
    """A line, or the edge of an area that is filled."""

    def __init__(self) -> None:
        super().__init__()
        self.pen, self._brush = QPen(), QBrush()
        self._data: tuple[Array, Array] = np.empty(0), np.empty(0)
        self._path = QPainterPath()

    def show_points(self, x: Array, y: Array, pen: QPen, filled: QColor | None = None) -> None:
        """Show the line through x, y (n,) instead, with gaps where it is not finite; or the area that it encloses."""
        self._data, self._path = (x, y), pg.arrayToQPath(x, y, connect="finite")
        self.pen, self._brush = pen, QBrush() if filled is None else QBrush(filled)
        self.update()

    def getData(self) -> tuple[Array, Array]:  # noqa: N802
        """The points, x and y (n,), as pyqtgraph's items say them."""
        return self._data

    def paint(self, painter: QPainter, option: Any, widget: Any = None) -> None:
        """Paint it."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(as_wide(self.pen, painter))
        painter.setBrush(self._brush)
        painter.drawPath(self._path)


class Dots(Drawn):
    """A few discs."""

    def __init__(self) -> None:
        super().__init__()
        self._places: list[tuple[float, float]] = []
        self._colour, self._radius = QColor(), 0.0

    def show_dots(self, x: Array, y: Array, colour: str, size: float) -> None:
        """Show these instead, x, y (n,), `size` pixels wide."""
        self._places = list(zip(x.tolist(), y.tolist(), strict=True))
        self._colour, self._radius = QColor(colour), size / 2
        self.update()

    def getData(self) -> tuple[Array, Array]:  # noqa: N802
        """Where they are, x and y (n,), as pyqtgraph's items say it."""
        x, y = np.array(self._places).reshape(-1, 2).T
        return x, y

    def paint(self, painter: QPainter, option: Any, widget: Any = None) -> None:
        """Paint all of them, round on the screen."""
        to_pixels = painter.transform()
        painter.resetTransform()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._colour)
        for x, y in self._places:
            painter.drawEllipse(to_pixels.map(QPointF(x, y)), self._radius, self._radius)


class Kept(Drawn):
    """Many lines that seldom change, with labels at their ends, painted into a picture that is kept."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: list[tuple[QPainterPath, Line]] = []
        self._font = QFont()
        self.setCacheMode(QGraphicsItem.CacheMode.DeviceCoordinateCache)

    def show_lines(self, lines: Sequence[Line], font: QFont) -> None:
        """Show these instead."""
        self._lines = [(pg.arrayToQPath(line.x, line.y, connect="finite"), line) for line in lines]
        self._font = font
        self.update()

    def paint(self, painter: QPainter, option: Any, widget: Any = None) -> None:
        """Paint all of them."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for path, line in self._lines:
            painter.setPen(as_wide(pen(line.colour, line.width, line.dash), painter))
            painter.drawPath(path)
        to_pixels = painter.transform()
        painter.resetTransform()
        painter.setFont(self._font)
        taken: list[QRectF] = []
        for _, line in reversed(self._lines):
            sound = np.flatnonzero(np.isfinite(line.y))
            if line.label and len(sound):
                end = to_pixels.map(QPointF(float(line.x[sound[-1]]), float(line.y[sound[-1]])))
                self._paint_label(painter, line, end, taken)

    def _paint_label(self, painter: QPainter, line: Line, end: QPointF, taken: list[QRectF]) -> None:
        """Over the end of the line, at its left, and higher where another label is; the topmost lines come first."""
        metrics = QFontMetricsF(self._font)
        width, height = metrics.horizontalAdvance(line.label), metrics.height()
        room = QRectF(max(1.0, end.x() - width), max(0.0, end.y() - height - 1), width, height)
        while any(room.intersects(other) for other in taken) and room.top() > height:
            room.translate(0, -height)
        if not any(room.intersects(other) for other in taken):
            taken.append(room)
            painter.setPen(QColor(line.colour))
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter, line.label)


def pen(colour: str, width: float, dash: Dash = SOLID) -> QPen:
    """A pen of that width in pixels, whatever the axes show."""
    return pg.mkPen(colour, width=width, dash=list(dash) or None)


def as_wide(pen: QPen, painter: QPainter) -> QPen:
    """The pen for a screen of any sharpness: one whose width no axis changes counts the screen's own pixels."""
    wide = QPen(pen)
    wide.setWidthF(pen.widthF() * painter.device().devicePixelRatio())
    return wide
