"""The network drawing to point at, to walk over and to look at from nearer, by mouse and by keys."""

from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from core.selection import Item, ItemChoice
from ui.scene.drawing import Drawing
from ui.scene.geometry import HEADER
from ui.scene.item_menu import show_item_menu
from ui.scene.walk import ARROWS, walked

NEAR = 5.0
DRAG = 4.0
WHEEL_STEP, KEY_STEP = 1.0015, 1.25
BY_KEYBOARD = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)


class NetworkCanvas(Drawing):
    """What is pointed at is hovered, what is clicked is chosen; empty space is dragged. `called` names a command."""

    called = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._pressed: QPointF | None = None

    def choose(self, item: Item | None) -> None:
        """Have all panels point at an item; it is outlined at once and comes back with the next frame."""
        # Within an update that is walked through, what is chosen already is asked about again.
        if item != self.chosen or (item is not None and self.frame is not None and self.frame.stepping is not None):
            self.chosen = item
            self.edited.emit(ItemChoice(item))
            if QAccessible.isActive():
                self.setAccessibleDescription(self.description())
            self.update()

    def item_at(self, place: QPointF) -> Item | None:
        """The node or the drawn edge under a point."""
        shown, geometry = self._painter.strengths, self._geometry
        if geometry is None or place.y() < HEADER:
            return None
        node = geometry.node_at(place.x(), place.y())
        if node is not None or shown is None:
            return node
        return geometry.edge_at(place.x(), place.y(), shown.drawn, NEAR)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = self.place(event)
        free = event.button() == Qt.MouseButton.LeftButton and self.item_at(place) is None
        if free or event.button() == Qt.MouseButton.MiddleButton:
            self._pressed, self._dragged = place, False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = self.place(event)
        if self._pressed is None:
            self._hover(self.item_at(place), place)
            return
        way = place - self._pressed
        if self._dragged or way.manhattanLength() > DRAG:
            self._dragged, self._pressed = True, place
            self._hover(None, place)
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            self.look(self.view.moved(way.x(), way.y()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and not self._dragged:
            self.choose(self.item_at(self.place(event)))
        if self._dragged:
            self.unsetCursor()
            self.update()
        self._pressed, self._dragged = None, False

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.item_at(self.place(event)) is None:
            self.fit()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
        item = self.item_at(event.pos().toPointF() / self.theme.zoom) if by_mouse else self.chosen
        if self.frame is not None and item is not None:
            self.choose(item)
            show_item_menu(self, event.globalPos(), self.frame, item, self.edited.emit, self.called.emit)

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.zoom(WHEEL_STEP ** event.angleDelta().y(), self.place(event))
        event.accept()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QNativeGestureEvent) and event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
            self.zoom(1.0 + event.value(), self.place(event))
            return True
        return super().event(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(None, self._pointer)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._ring = event.reason() in BY_KEYBOARD
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._ring = False
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if key in ARROWS and self.frame is not None:
            self.choose(walked(self.chosen, key, self.frame.session.spec.sizes, shift=shift))
        elif key == Qt.Key.Key_Escape and self.chosen is not None:
            self.choose(None)
        elif key in {Qt.Key.Key_Plus, Qt.Key.Key_Equal}:
            self.zoom(KEY_STEP)
        elif key == Qt.Key.Key_Minus:
            self.zoom(1 / KEY_STEP)
        elif key == Qt.Key.Key_F:
            self.fit()
        else:
            super().keyPressEvent(event)

    def _hover(self, item: Item | None, place: QPointF) -> None:
        if item != self.hovered:
            # The card stays where the mouse came upon the item.
            self.hovered, self._pointer = item, place
            self.update()
