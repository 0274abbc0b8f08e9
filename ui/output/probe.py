"""A picture that can be asked: by the mouse, or by a cross that the arrow keys move."""

import numpy as np
from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QWidget

from core.arrays import Array
from ui.output.axes import Axis
from ui.output.picture import Picture

NEAR = 8.0
STEP, SMALL_STEP = 0.025, 0.005
MOVES = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, 1), Qt.Key.Key_Down: (0, -1)}
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class ProbedPicture(Picture):
    """`probed`: the probe has moved, or is gone; `pressed`: the user means the probe's row or place."""

    probed = Signal()
    pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.reach = NEAR
        self._share: tuple[float, float] | None = None
        self._by_key = False

    @property
    def probe(self) -> Array | None:
        """The place (2,) of the plane that is asked about, rounded as it is written; None where there is none."""
        if self._share is None:
            return None
        return np.array([axis.rounded(axis.place(s)) for axis, s in zip(self._axes, self._share, strict=True)])

    @property
    def row(self) -> int | None:
        """The row whose point is within reach of the probe."""
        near = self._near()
        return None if near is None or self.points is None else int(self.points.rows[near])

    def forget(self) -> None:
        """Probe nothing any more."""
        if self._share is not None:
            self._move(None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._follow(event)
        if self._share is not None and event.button() == Qt.MouseButton.LeftButton:
            self.pressed.emit()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._follow(event)
        inside = self._share is not None
        pointing = Qt.CursorShape.PointingHandCursor if self.row is not None else Qt.CursorShape.CrossCursor
        self.setCursor(pointing if inside else Qt.CursorShape.ArrowCursor)

    def leaveEvent(self, event: QEvent) -> None:
        if not self._by_key:
            self.forget()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if self._by_key:
            self.forget()
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in MOVES:
            step = SMALL_STEP if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else STEP
            x, y = self._share or self._start()
            right, up = MOVES[key]
            self._by_key = True
            self._move((min(max(x + right * step, 0.0), 1.0), min(max(y + up * step, 0.0), 1.0)))
        elif key in ENTER and self._share is not None:
            self.pressed.emit()
        elif key == Qt.Key.Key_Escape and self._share is not None:
            self.forget()
        else:
            super().keyPressEvent(event)

    def paint(self, painter: QPainter) -> None:
        super().paint(painter)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(self.theme.chosen), 1))
            painter.drawRoundedRect(self.area.adjusted(-2, -2, 2, 2), 3, 3)
        if self.drawing is None or (place := self.probe) is None:
            return
        if self._by_key:
            self._paint_cross(painter, place)
        if (near := self._near()) is not None:
            self._paint_meant(painter, near)

    @property
    def _axes(self) -> tuple[Axis, Axis]:
        return self.ground.x, self.ground.y

    def _follow(self, event: QMouseEvent) -> None:
        at, area = self.place(event), self.area
        self._by_key = False
        inside = area.contains(at)
        self._move(
            ((at.x() - area.left()) / area.width(), (area.bottom() - at.y()) / area.height()) if inside else None
        )

    def _move(self, share: tuple[float, float] | None) -> None:
        if share != self._share:
            self._share = share
            self.probed.emit()
            self.update()

    def _start(self) -> tuple[float, float]:
        """Where the keys begin: at what is marked, or in the middle."""
        marks = () if self.drawing is None else self.drawing.marks
        for _, place in marks:
            x, y = (float(axis.share(value)) for axis, value in zip(self._axes, place, strict=True))
            if 0 <= x <= 1 and 0 <= y <= 1:
                return x, y
        return 0.5, 0.5

    def _paint_cross(self, painter: QPainter, place: Array) -> None:
        at, area = self.to_screen(place), self.area
        painter.setPen(QPen(QColor(self.theme.text), 1, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(area.left(), at.y()), QPointF(area.right(), at.y()))
        painter.drawLine(QPointF(at.x(), area.top()), QPointF(at.x(), area.bottom()))

    def _paint_meant(self, painter: QPainter, point: int) -> None:
        """A thin ring round the point that a click would choose."""
        assert self.points is not None
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(self.theme.text), 1.5))
        radius = self.point_size / 2 + 2
        painter.drawEllipse(self.to_screen(self.points.places[point]), radius, radius)

    def _near(self) -> int | None:
        """Which point is within reach of the probe."""
        place = self.probe
        if place is None or self.points is None or not len(self.points.rows):
            return None
        away = self.plan.to_screen(self.ground, self.points.places) - self.plan.to_screen(self.ground, place)
        distance = np.where(np.isfinite(away).all(axis=1), np.hypot(*away.T), np.inf)
        nearest = int(distance.argmin())
        return nearest if distance[nearest] <= self.reach else None
