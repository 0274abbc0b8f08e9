"""A picture over a region of the plane with points on it: painted by itself, since it is new with every frame."""

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, Signal
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPen, QPixmap, QPolygonF, QResizeEvent
from PySide6.QtWidgets import QWidget

from core.arrays import Array
from ui.canvas import Canvas
from ui.theme import Theme

Bounds = tuple[tuple[float, float], tuple[float, float]]


@dataclass(frozen=True, eq=False)
class Points:
    """Places (n, 2) with a colour each; discs of `size` pixels, from row `diamonds_from` on diamonds."""

    places: Array
    colours: list[QColor]
    size: float
    diamonds_from: int


class Picture(Canvas):
    """Shows an image over `bounds`; `pressed` and `hovered` speak in the plane's coordinates (None: mouse gone)."""

    pressed = Signal(QPointF)
    hovered = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMouseTracking(True)
        self._image: QImage | None = None
        self._bounds: Bounds = ((0.0, 1.0), (0.0, 1.0))
        self._points: Points | None = None
        self._marked: Array | None = None
        self._overlay: QPixmap | None = None

    def show_image(self, image: QImage, bounds: Bounds, marked: Array) -> None:
        """Lay `image`, row 0 on top, over `bounds`, and ring the point `marked` (2,)."""
        if bounds != self._bounds:
            self._bounds, self._overlay = bounds, None
        self._image, self._marked = image, marked
        self.update()

    def show_points(self, points: Points) -> None:
        """Take points; they are drawn once and laid over every picture."""
        self._points, self._overlay = points, None

    @property
    def area(self) -> QRectF:
        """The square that the picture fills."""
        room = self.room
        side = min(room.width(), room.height())
        return QRectF((room.width() - side) / 2, (room.height() - side) / 2, side, side)

    def to_screen(self, place: Array) -> QPointF:
        """Where a place of the plane (2,) lies in the widget."""
        area, ((left, right), (bottom, top)) = self.area, self._bounds
        across, up = (place[0] - left) / (right - left), (place[1] - bottom) / (top - bottom)
        return QPointF(area.left() + across * area.width(), area.bottom() - up * area.height())

    def to_plane(self, point: QPointF) -> QPointF:
        """Which place of the plane lies under a point of the widget."""
        area, ((left, right), (bottom, top)) = self.area, self._bounds
        across, up = (point.x() - area.left()) / area.width(), (area.bottom() - point.y()) / area.height()
        return QPointF(left + across * (right - left), bottom + up * (top - bottom))

    def paint(self, painter: QPainter) -> None:
        painter.fillRect(self.room, QColor(self.theme.panel))
        if self._image is None:
            return
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(self.area, self._image)
        if self._overlay is None:
            self._overlay = self._draw_points()
        painter.drawPixmap(0, 0, self._overlay)
        if self._marked is not None and self._points is not None:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(self.theme.chosen), 3))
            radius = self._points.size / 2 + 2
            painter.drawEllipse(self.to_screen(self._marked), radius, radius)

    def dress(self, theme: Theme) -> None:
        self._overlay = None
        super().dress(theme)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._overlay = None
        super().resizeEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.pressed.emit(self.to_plane(self.place(event)))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = self.place(event)
        self.hovered.emit(self.to_plane(place) if self.area.contains(place) else None)

    def leaveEvent(self, event: QEvent) -> None:
        self.hovered.emit(None)

    def _draw_points(self) -> QPixmap:
        pixmap = self.layer()
        if self._points is None:
            return pixmap
        radius = self._points.size / 2
        diamond = QPolygonF([QPointF(0, -radius), QPointF(radius, 0), QPointF(0, radius), QPointF(-radius, 0)])
        with QPainter(pixmap) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(self.theme.panel), 1))
            for row, (place, colour) in enumerate(zip(self._points.places, self._points.colours, strict=True)):
                painter.setBrush(colour)
                centre = self.to_screen(place)
                if row < self._points.diamonds_from:
                    painter.drawEllipse(centre, radius, radius)
                else:
                    painter.drawPolygon(diamond.translated(centre))
        return pixmap


def nearest(places: Array, point: QPointF) -> int:
    """The row of places (n, 2) nearest to a point of the plane."""
    return int(np.hypot(*(places - [point.x(), point.y()]).T).argmin())
