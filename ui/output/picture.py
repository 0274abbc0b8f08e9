"""A picture over a region of the plane with axes, points and a legend: painted by itself, since it is always new.

What stays (axes, points, legend) is drawn once and laid over what changes with every frame (image, lines, marks).
"""

from enum import Enum

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QImage, QPainter, QPen, QPixmap, QPolygonF, QResizeEvent
from PySide6.QtWidgets import QWidget

from core.arrays import Array
from core.record import record
from ui.canvas import Canvas
from ui.output.axes import with_ends
from ui.output.legend import LEFT, Legend, Stroke
from ui.output.plan import Ground, Plan, paint_edges, planned
from ui.output.points import Points, paint_points
from ui.theme import Theme, math_font, text_font

TINY_SIDE, USUAL_SIDE, LARGEST_GROWTH = 90.0, 260.0, 1.8


class Sign(Enum):
    """How a place is marked: rows of the data by a ring, own inputs by a cross, outputs by a dot."""

    RING = "ring"
    CROSS = "cross"
    DOT = "dot"


@record(eq=False)
class Drawing:
    """What is new with every frame.

    `image`, row 0 on top, covers the picture; where it is transparent, or everywhere if `broken`, there is hatching.
    `lines` go through places (n, 2); `marks` and `names` stand at places (2,); `values` are the legend's live
    numbers; `note` is a sentence over it all.
    """

    image: QImage | None = None
    lines: tuple[tuple[Stroke, Array], ...] = ()
    marks: tuple[tuple[Sign, Array], ...] = ()
    names: tuple[tuple[str, Array], ...] = ()
    values: tuple[str, ...] = ()
    note: str = ""
    broken: bool = False


class Picture(Canvas):
    """Shows a Drawing over its Ground."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ground = Ground(with_ends("", 0.0, 1.0), with_ends("", 0.0, 1.0), square=True, grid=False)
        self.legend = Legend()
        self.points: Points | None = None
        self.drawing: Drawing | None = None
        self._overlay: QPixmap | None = None
        self._plan: Plan | None = None
        self._value_boxes: list[QRectF] = []

    def show_ground(self, ground: Ground, legend: Legend) -> None:
        """Take axes and legend."""
        if (ground, legend) != (self.ground, self.legend):
            self.ground, self.legend = ground, legend
            self._arrange()

    def show_points(self, points: Points) -> None:
        """Take points; they are drawn once."""
        self.points, self._overlay = points, None

    def show_drawing(self, drawing: Drawing) -> None:
        """Take what is new."""
        self.drawing = drawing
        self.update()

    @property
    def plan(self) -> Plan:
        """Where everything lies at present."""
        if self._plan is None:
            self._plan = planned(self.room, self.ground, self.legend)
        return self._plan

    @property
    def area(self) -> QRectF:
        """The rectangle that the picture fills."""
        return self.plan.area

    @property
    def point_size(self) -> float:
        """How large a point is: in a large picture larger, in a tiny one smaller."""
        assert self.points is not None
        side = min(self.area.width(), self.area.height())
        return self.points.size * min(max(min(1.0, side / TINY_SIDE), side / USUAL_SIDE), LARGEST_GROWTH)

    def to_screen(self, place: Array) -> QPointF:
        """Where a place of the plane (2,) lies in the widget."""
        return QPointF(*self.plan.to_screen(self.ground, place).tolist())

    def dress(self, theme: Theme) -> None:
        super().dress(theme)
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def paint(self, painter: QPainter) -> None:
        painter.fillRect(self.room, QColor(self.theme.panel))
        drawing = self.drawing
        if drawing is None:
            return
        if self._overlay is None:
            self._overlay = self._draw_overlay()
        if drawing.broken or (drawing.image is not None and drawing.image.hasAlphaChannel()):
            painter.fillRect(self.area, QBrush(QColor(self.theme.secondary), Qt.BrushStyle.BDiagPattern))
        if drawing.image is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(self.area, drawing.image)
        painter.drawPixmap(0, 0, self._overlay)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_lines(painter, drawing)
        for sign, place in drawing.marks:
            self._paint_mark(painter, sign, place)
        for name, place in drawing.names:
            self._paint_plate(painter, self.to_screen(place), name, math_font(15))
        self._paint_values(painter, drawing.values)
        if drawing.note:
            at = QPointF(self.area.center().x(), self.area.bottom() - 16)
            self._paint_plate(painter, at, drawing.note, text_font(12))

    def _arrange(self) -> None:
        self._plan = self._overlay = None
        self.update()

    def _draw_overlay(self) -> QPixmap:
        pixmap = self.layer()
        with QPainter(pixmap) as painter:
            paint_edges(painter, self.ground, self.plan, self.theme)
            if self.points is not None:
                painter.setClipRect(self.area.adjusted(-8, -6, 8, 8))
                places = self.plan.to_screen(self.ground, self.points.places)
                paint_points(painter, self.points, places, self.point_size, self.theme.panel)
                painter.setClipping(False)
            self._value_boxes = self._paint_legend(painter)
        return pixmap

    def _paint_legend(self, painter: QPainter) -> list[QRectF]:
        plan = self.plan
        if plan.legend is None:
            return []
        return self.legend.paint(painter, plan.legend, self.theme, upright=plan.upright)

    def _paint_lines(self, painter: QPainter, drawing: Drawing) -> None:
        if not drawing.lines:
            return
        painter.save()
        painter.setClipRect(self.area)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for stroke, places in drawing.lines:
            painter.setPen(stroke.pen())
            for piece in _pieces(self.plan.to_screen(self.ground, places)):
                painter.drawPolyline(QPolygonF([QPointF(x, y) for x, y in piece.tolist()]))
        painter.restore()

    def _paint_mark(self, painter: QPainter, sign: Sign, place: Array) -> None:
        if not np.isfinite(place).all():
            return
        at, chosen = self.to_screen(place), QColor(self.theme.chosen)
        if not self.area.adjusted(-8, -6, 8, 8).contains(at):
            return
        radius = (7.0 if self.points is None else self.point_size) / 2 + 2
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if sign is Sign.DOT:
            painter.setPen(QPen(QColor(self.theme.panel), 1))
            painter.setBrush(chosen)
            painter.drawEllipse(at, 4.5, 4.5)
        elif sign is Sign.RING:
            painter.setPen(QPen(chosen, 3))
            painter.drawEllipse(at, radius, radius)
        else:
            for colour, width in ((self.theme.panel, 5), (self.theme.chosen, 2.5)):
                painter.setPen(QPen(QColor(colour), width))
                for arm in (QPointF(6, 6), QPointF(6, -6)):
                    painter.drawLine(at - arm, at + arm)

    def _paint_plate(self, painter: QPainter, centre: QPointF, text: str, font: QFont) -> None:
        """Text on a plate that lets it be read over any picture."""
        metrics = QFontMetricsF(font)
        plate = QRectF(0, 0, metrics.horizontalAdvance(text) + 10, metrics.capHeight() + 10)
        plate.moveCenter(centre)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self.theme.panel))
        painter.drawRoundedRect(plate, 4, 4)
        painter.setPen(QColor(self.theme.text))
        painter.setFont(font)
        painter.drawText(QPointF(plate.left() + 5, plate.bottom() - 5), text)

    def _paint_values(self, painter: QPainter, values: tuple[str, ...]) -> None:
        painter.setPen(QColor(self.theme.text))
        painter.setFont(text_font(11))
        for box, value in zip(self._value_boxes, values, strict=False):
            painter.drawText(box, LEFT if not self.plan.upright else Qt.AlignmentFlag.AlignRight, value)


def _pieces(places: Array) -> list[Array]:
    """The stretches of places (n, 2) between those that are not finite."""
    finite = np.isfinite(places).all(axis=1)
    if finite.all():
        return [places]
    return [piece[1:] if number else piece for number, piece in enumerate(np.split(places, np.flatnonzero(~finite)))]
