"""Plots in the theme's colours, lines decimated to what can be seen; nobody else needs to know pyqtgraph."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from core.arrays import Array
from ui.lines import decimated, until_broken
from ui.plot_parts import DASHED, SOLID, Axis, Dash, Dots, Drawn, Kept, Line, Stroke, pen
from ui.plot_zoom import MOVE_STEP, ZOOM_STEP, Part, Zoom
from ui.theme import LIGHT, Theme
from ui.ticks import logarithms

__all__ = ["ZOOMING", "Line", "Plot"]

AXIS_PIXELS = 11
ZOOMING = "The wheel, + and − zoom, dragging and Shift+arrow keys move, a double click and F show all."
FARTHEST = 10**9
LEAST_COLUMNS = 100
LOW = 80  # units
STEPS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_PageUp: -20,
    Qt.Key.Key_PageDown: 20,
    Qt.Key.Key_Home: -FARTHEST,
    Qt.Key.Key_End: FARTHEST,
}
ZOOMS = {
    Qt.Key.Key_Plus: ZOOM_STEP,
    Qt.Key.Key_Equal: ZOOM_STEP,
    Qt.Key.Key_Minus: 1 / ZOOM_STEP,
}
MOVES = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, 1), Qt.Key.Key_Down: (0, -1)}
NOTCH = 120  # of a wheel
PADDING = 0.02  # beside what is shown, as a share of it


class Plot(pg.PlotWidget):
    """Lines, bands and dots by name over two axes. First `show_range`, then what is in it; all in the data's units.

    `pointed` says where the mouse is (QPointF, or None when it is gone). A `readable` one takes the focus, and
    `stepped` says how far the arrow keys would go. A `zoomable` one takes it too: the wheel and + and − zoom, dragging
    and Shift+arrow keys move, a double click and F show all again; `zoomed` says that other points can be seen.
    On a logarithmic axis what is 0 or below the range lies on its lower end.
    """

    pointed = Signal(object)
    stepped = Signal(int)
    zoomed = Signal()

    def __init__(
        self, parent: QWidget | None = None, *, log: bool = False, readable: bool = False, zoomable: bool = False
    ) -> None:
        super().__init__(parent, enableMenu=False, axisItems={side: Axis(side) for side in ("left", "bottom")})
        self.setFrameShape(self.Shape.NoFrame)
        self.setMouseTracking(True)
        self._readable, self._zoomable, self._zoom = readable, zoomable, Zoom()
        self._dragged: QPointF | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if readable or zoomable else Qt.FocusPolicy.NoFocus)
        self.item: Any = self.getPlotItem()  # pyqtgraph has no types to speak of
        item = self.item
        # pyqtgraph makes a menu even when told not to, and nobody would own it.
        item.ctrlMenu.setParent(self, item.ctrlMenu.windowFlags())
        for side in ("right", "top"):
            # Nobody sees them, and they would write their labels anew at each change of the range.
            item.getAxis(side).enableAutoSIPrefix(False)
        item.hideButtons()
        item.setMouseEnabled(x=False, y=False)
        self._theme: Theme = LIGHT
        self._labels = "", ""
        self._range: tuple[tuple[float, float], tuple[float, float]] | None = None
        self._items: dict[str, Any] = {}
        self._cursor = pg.InfiniteLine(angle=90)
        self._cursor.setVisible(False)
        item.addItem(self._cursor, ignoreBounds=True)
        self.dress(LIGHT)
        self.sigDeviceRangeChanged.connect(self._fit_label)
        self.set_log(log)

    def dress(self, theme: Theme) -> None:
        """Take over the theme's colours and zoom."""
        self._theme = theme
        self.setBackground(theme.panel)
        for name in ("left", "bottom"):
            axis = self.item.getAxis(name)
            axis.setPen(None if name == "left" else theme.line)
            axis.setTickPen(theme.line)
            axis.setTextPen(theme.secondary)
            axis.set_font(theme.font(AXIS_PIXELS))
        self._write_labels()
        self.item.layout.setContentsMargins(0, round(6 * theme.zoom), self.item.getAxis("bottom").overhang, 0)
        self.item.getAxis("left").setGrid(255)
        self.item.getAxis("left").setZValue(-1)
        self._cursor.setPen(pg.mkPen(theme.secondary, width=1, dash=DASHED))
        self._show_focus(self.hasFocus())

    @property
    def log(self) -> bool:
        """Whether the left axis is logarithmic."""
        return self.item.getAxis("left").log

    def set_log(self, log: bool) -> None:
        """Make the left axis logarithmic, or linear again; what is in the plot must be drawn anew."""
        axis = self.item.getAxis("left")
        axis.log, axis.picture, self._range = log, None, None
        axis.update()
        # The part that was zoomed in on has other numbers now.
        self._zoom.show(None)

    def axes(self, bottom: str, left: str) -> None:
        """Name the axes."""
        if self._labels != (bottom, left):
            self._labels = bottom, left
            self._write_labels()

    def show_range(self, x: tuple[float, float], y: tuple[float, float]) -> None:
        """Show this range, or what is zoomed in on; the axes are drawn anew only when it changes.

        On a logarithmic axis 0 < y[0] < y[1].
        """
        if (x, y) != self._range:
            self._range = (x, y)
            low, high = logarithms(np.array(y), y[0]).tolist() if self.log else y
            self._zoom.take(Part(x, (low, high)))
            self._show_part()

    def line(
        self,
        name: str,
        x: Array,
        y: Array,
        colour: str,
        *,
        width: float = 1.5,
        dashed: bool = False,
        dash: Dash = SOLID,
    ) -> None:
        """Draw or redraw the line of that name."""
        x, y = until_broken(*decimated(x, y, self._columns()))
        self._item(name, Stroke).show_points(x, self._heights(y), pen(colour, width, dash))

    def band(self, name: str, x: Array, low: Array, high: Array, colour: str) -> None:
        """Draw or redraw the band of that name between low and high (n,)."""
        fill = QColor(colour)
        fill.setAlphaF(0.3)
        sound = np.isfinite(low) & np.isfinite(high)
        x, low, high = x[sound], low[sound], high[sound]
        there_and_back = np.concatenate([x, x[::-1]]), self._heights(np.concatenate([high, low[::-1]]))
        self._item(name, Stroke).show_points(*there_and_back, pen(colour, 1, SOLID), fill)

    def dots(self, name: str, x: Array, y: Array, colour: str, size: float) -> None:
        """Draw or redraw the points of that name."""
        sound = np.isfinite(x) & np.isfinite(y)
        self._item(name, Dots).show_dots(x[sound], self._heights(y[sound]), colour, size * self._theme.zoom)

    def note(self, name: str, x: float, y: float, text: str, colour: str) -> None:
        """Write or rewrite the note of that name over a point, at its left, or beside it at the left end."""
        item = self._item(name, lambda: pg.TextItem(anchor=(1, 1)))
        if (item.toPlainText(), item.color.name()) != (text, pg.mkColor(colour).name()):
            item.setText(text, colour)
        item.setFont(self._theme.font(AXIS_PIXELS))
        beside = self._range is not None and x < sum(self._range[0]) / 4
        item.setAnchor((0, 0.5) if beside else (1, 1))
        item.setPos(x, float(self._heights(np.array([y]))[0]))

    def keep(self, lines: Sequence[Line]) -> None:
        """Draw many lines that seldom change, instead of those kept before: a frame then costs nothing for them."""
        few = [(line, *until_broken(*decimated(line.x, line.y, self._columns()))) for line in lines]
        drawn = [replace(line, x=x, y=self._heights(y)) for line, x, y in few]
        self._item("kept", Kept).show_lines(drawn, self._theme.font(AXIS_PIXELS))

    def show_cursor(self, x: float | None) -> None:
        """Show the upright line at x, or none."""
        self._cursor.setVisible(x is not None)
        if x is not None:
            self._cursor.setValue(x)

    def remove(self, name: str) -> None:
        """Forget the line, band, points or note of that name, if there are such."""
        if (item := self._items.pop(name, None)) is not None:
            self.item.removeItem(item)

    def clear_lines(self) -> None:
        """Forget everything in the plot, and fit the axes to what comes."""
        for name in list(self._items):
            self.remove(name)
        self._range = None
        self._zoom.show(None)
        self.item.enableAutoRange()

    def mousePressEvent(self, ev: QMouseEvent) -> None:
        super().mousePressEvent(ev)
        if self._zoomable and ev.button() == Qt.MouseButton.LeftButton:
            self._dragged = ev.position()
            ev.accept()

    def mouseReleaseEvent(self, ev: QMouseEvent) -> None:
        super().mouseReleaseEvent(ev)
        if self._dragged is not None:
            self._dragged = None
            ev.accept()

    def mouseDoubleClickEvent(self, ev: QMouseEvent) -> None:
        super().mouseDoubleClickEvent(ev)
        if self._zoomable:
            self._show(None)
            ev.accept()

    def mouseMoveEvent(self, ev: QMouseEvent) -> None:
        super().mouseMoveEvent(ev)
        if self._dragged is not None and self._zoom.zoomed:
            way, self._dragged = ev.position() - self._dragged, ev.position()
            room = self.item.vb.sceneBoundingRect().size() / (1 + 2 * PADDING)
            self._show(self._zoom.shown.moved(-way.x() / room.width(), way.y() / room.height()))
        inside = self.item.vb.sceneBoundingRect().contains(self.mapToScene(ev.position().toPoint()))
        self.pointed.emit(self.at(ev.position()) if inside else None)

    def at(self, position: QPointF) -> QPointF:
        """What lies there on the widget, in the data's units; beyond the axes too."""
        at = self.item.vb.mapSceneToView(self.mapToScene(position.toPoint()))
        return QPointF(at.x(), 10.0 ** at.y() if self.log else at.y())

    def leaveEvent(self, ev: QEvent) -> None:
        super().leaveEvent(ev)
        self.pointed.emit(None)

    def keyPressEvent(self, ev: QKeyEvent) -> None:
        key = Qt.Key(ev.key())
        step = STEPS.get(key)
        if self._zoomable and self._zoom_by_key(key, ev.modifiers()):
            return
        if self._readable and step is not None:
            self.stepped.emit(step)
        elif self._readable and ev.key() == Qt.Key.Key_Escape and self._cursor.isVisible():
            self.pointed.emit(None)
        else:
            ev.ignore()

    def focusInEvent(self, ev: QFocusEvent) -> None:
        super().focusInEvent(ev)
        self._show_focus(True)

    def focusOutEvent(self, ev: QFocusEvent) -> None:
        super().focusOutEvent(ev)
        self._show_focus(False)

    def wheelEvent(self, ev: QWheelEvent) -> None:
        view, place = self.item.vb, self.mapToScene(ev.position().toPoint())
        if not self._zoomable or not view.sceneBoundingRect().contains(place):
            ev.ignore()
            return
        at = view.mapSceneToView(place)
        self._show(self._zoom.shown.zoomed(ZOOM_STEP ** (ev.angleDelta().y() / NOTCH), (at.x(), at.y())))
        ev.accept()

    def _zoom_by_key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> bool:
        """What a key zooms or moves; whether it does."""
        move = MOVES.get(key) if modifiers & Qt.KeyboardModifier.ShiftModifier else None
        if key in ZOOMS:
            self._show(self._zoom.shown.zoomed(ZOOMS[key]))
        elif key == Qt.Key.Key_F:
            self._show(None)
        elif move is not None:
            self._show(self._zoom.shown.moved(move[0] * MOVE_STEP, move[1] * MOVE_STEP))
        else:
            return False
        return True

    def _show(self, part: Part | None) -> None:
        """Show another part; None is all."""
        before = self._zoom.shown
        self._zoom.show(part)
        if self._zoom.shown != before:
            self._show_part()
            self.zoomed.emit()

    def _show_part(self) -> None:
        shown = self._zoom.shown
        self.item.vb.setRange(xRange=shown.x, yRange=shown.y, padding=PADDING)

    def _write_labels(self) -> None:
        style = {"color": self._theme.secondary, "font-size": f"{round(AXIS_PIXELS * self._theme.zoom)}px"}
        for name, label in zip(("bottom", "left"), self._labels, strict=True):
            self.setLabel(name, label, **style)
        self._fit_label()

    def _fit_label(self) -> None:
        """In a low plot the curve needs the room more than the name of its axis."""
        axis, wanted = self.item.getAxis("bottom"), bool(self._labels[0]) and self.height() >= LOW * self._theme.zoom
        if axis.label.isVisible() != wanted:
            axis.showLabel(wanted)

    def _show_focus(self, focused: bool) -> None:
        # A plot that is being closed has lost its view before its focus.
        if self.item.vb is not None:
            self.item.vb.setBorder(pg.mkPen(self._theme.chosen) if focused else None)

    def _item(self, name: str, make: Any) -> Any:
        item = self._items.get(name)
        if item is None:
            item = self._items[name] = make()
            self.item.addItem(item, ignoreBounds=isinstance(item, Drawn))
        return item

    def _columns(self) -> int:
        """So many columns of two points each make what is shown of a line as fine as the pixels."""
        return max(LEAST_COLUMNS, round(self.width() / 2 * self._zoom.magnified))

    def _heights(self, y: Array) -> Array:
        """Where values lie on the left axis."""
        if not self.log:
            return y
        return logarithms(y, self._range[1][0] if self._range else np.nextafter(0, 1))
