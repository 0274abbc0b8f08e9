"""The loss along one weight or bias as a curve, with a handle that is dragged, or moved by keys."""

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from ui.plots import Plot

WIDER, WHEEL_STEP = 1.25, 1.0015
WIDENING = {Qt.Key.Key_Minus: WIDER, Qt.Key.Key_Plus: 1 / WIDER, Qt.Key.Key_Equal: 1 / WIDER}


class SlicePlot(Plot):
    """`grabbed` comes before a drag or when the keys come here, `dragged` says to which value, `widened` by how much
    more, or less, of the curve is wanted in sight. The arrow keys are `stepped`, as in every Plot."""

    grabbed = Signal()
    dragged = Signal(float)
    widened = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, readable=True)
        self._holding = False
        self.setCursor(Qt.CursorShape.SizeHorCursor)

    @property
    def holding(self) -> bool:
        """Whether the handle is being dragged."""
        return self._holding

    def mousePressEvent(self, ev: QMouseEvent) -> None:
        super().mousePressEvent(ev)
        if ev.button() == Qt.MouseButton.LeftButton:
            self._holding = True
            self.grabbed.emit()
            self._drag(ev.position())
            ev.accept()

    def mouseMoveEvent(self, ev: QMouseEvent) -> None:
        super().mouseMoveEvent(ev)
        if self._holding:
            self._drag(ev.position())

    def mouseReleaseEvent(self, ev: QMouseEvent) -> None:
        super().mouseReleaseEvent(ev)
        if ev.button() == Qt.MouseButton.LeftButton:
            self._holding = False
            ev.accept()

    def wheelEvent(self, ev: QWheelEvent) -> None:
        self.widened.emit(WHEEL_STEP ** -ev.angleDelta().y())
        ev.accept()

    def keyPressEvent(self, ev: QKeyEvent) -> None:
        factor = WIDENING.get(Qt.Key(ev.key()))
        if factor is not None:
            self.widened.emit(factor)
        else:
            if not ev.isAutoRepeat():
                self.grabbed.emit()
            super().keyPressEvent(ev)

    def _drag(self, position: QPointF) -> None:
        self.dragged.emit(self.at(position).x())
