"""The only file that knows pyqtgraph: plots in the theme's colours, lines decimated to what can be seen."""

import os
from typing import Any

os.environ.setdefault("PYQTGRAPH_QT_LIB", "PySide6")

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QImage, QPixmap, QPolygonF, QTransform
from PySide6.QtWidgets import QGraphicsPixmapItem, QWidget

from core.arrays import Array
from ui.theme import Theme, text_font

COLUMNS = 600
AXIS_PIXELS = 11


def decimated(x: Array, y: Array, columns: int = COLUMNS) -> tuple[Array, Array]:
    """At most 2 · columns points of the line through x, y (n,), the least and the largest y of each stretch kept."""
    stretch = -(-len(x) // columns)
    if stretch < 4:
        return x, y
    whole = len(x) // stretch * stretch
    blocks = y[:whole].reshape(-1, stretch)
    offset = np.arange(len(blocks)) * stretch
    finite = np.where(np.isnan(blocks), 0.0, blocks)
    ends = np.sort(np.stack([finite.argmin(axis=1) + offset, finite.argmax(axis=1) + offset], axis=1), axis=1).ravel()
    rows = np.concatenate([ends, np.arange(whole, len(x))])
    if rows[-1] != len(x) - 1:
        rows = np.append(rows, len(x) - 1)
    return x[rows], y[rows]


def polyline(x: Array, y: Array) -> QPolygonF:
    """The points x, y (n,) as Qt takes them."""
    return pg.functions.arrayToQPolygonF(x, y)


class Plot(pg.PlotWidget):
    """A plot without menus and without surprises; `pressed` gives the place of a click in plot coordinates."""

    pressed = Signal(QPointF)
    hovered = Signal(object)

    def __init__(self, parent: QWidget | None = None, *, log: bool = False, frameless: bool = False) -> None:
        super().__init__(parent, enableMenu=False)
        self.setFrameShape(self.Shape.NoFrame)
        self.setMouseTracking(True)
        self.item: Any = self.getPlotItem()  # pyqtgraph has no types to speak of
        item = self.item
        # pyqtgraph makes a menu even when told not to, and nobody would own it.
        item.ctrlMenu.setParent(self, item.ctrlMenu.windowFlags())
        item.hideButtons()
        item.setMouseEnabled(x=False, y=False)
        item.setLogMode(y=log)
        if frameless:
            item.hideAxis("left")
            item.hideAxis("bottom")
        for axis in ("left", "bottom"):
            item.getAxis(axis).setStyle(tickFont=text_font(AXIS_PIXELS), tickLength=3)
        self._range: tuple[tuple[float, float], tuple[float, float]] | None = None
        self._lines: dict[str, pg.PlotDataItem] = {}

    def dress(self, theme: Theme) -> None:
        """Take over the theme's colours."""
        self.setBackground(theme.panel)
        for name in ("left", "bottom"):
            axis = self.item.getAxis(name)
            axis.setPen(theme.line)
            axis.setTextPen(theme.secondary)

    def set_log(self, log: bool) -> None:
        """Make the left axis logarithmic, or linear again."""
        self.item.setLogMode(y=log)

    def axes(self, bottom: str, left: str) -> None:
        """Name the axes."""
        self.setLabel("bottom", bottom, **{"font-size": f"{AXIS_PIXELS}px"})
        self.setLabel("left", left, **{"font-size": f"{AXIS_PIXELS}px"})

    def line(self, name: str, x: Array, y: Array, colour: str, *, width: float = 1.5, dashed: bool = False) -> None:
        """Draw or redraw the line of that name."""
        item = self._lines.get(name)
        if item is None:
            item = self._lines[name] = self.plot(antialias=True)
        style = Qt.PenStyle.DashLine if dashed else Qt.PenStyle.SolidLine
        item.setPen(pg.mkPen(colour, width=width, style=style))
        item.setData(*decimated(x, y), connect="finite")

    def show_range(self, x: tuple[float, float], y: tuple[float, float]) -> None:
        """Show this range; the axes are drawn anew only when it changes. On a logarithmic axis y holds exponents."""
        if (x, y) != self._range:
            self._range = (x, y)
            self.item.vb.setRange(xRange=x, yRange=y, padding=0.02)

    def dots(self, name: str, x: Array, y: Array, colour: str, size: float) -> None:
        """Draw or redraw the points of that name."""
        item = self._lines.get(name)
        if item is None:
            item = self._lines[name] = self.plot(pen=None, symbol="o", symbolPen=None)
        item.setData(x, y, symbolBrush=colour, symbolSize=size)

    def clear_lines(self) -> None:
        """Forget every line and point."""
        for item in self._lines.values():
            self.removeItem(item)
        self._lines.clear()

    def mousePressEvent(self, ev):  # noqa: ANN001, ANN201 – pyqtgraph's signature
        super().mousePressEvent(ev)
        self.pressed.emit(self._place(ev.position()))

    def mouseMoveEvent(self, ev):  # noqa: ANN001, ANN201 – pyqtgraph's signature
        super().mouseMoveEvent(ev)
        self.hovered.emit(self._place(ev.position()))

    def leaveEvent(self, ev):  # noqa: ANN001, ANN201 – pyqtgraph's signature
        super().leaveEvent(ev)
        self.hovered.emit(None)

    def wheelEvent(self, ev):  # noqa: ANN001, ANN201 – pyqtgraph's signature
        ev.ignore()

    def _place(self, position: QPointF) -> QPointF:
        return self.item.vb.mapSceneToView(self.mapToScene(position.toPoint()))


class Picture(Plot):
    """A picture over a region of the plane, with points on it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, frameless=True)
        self.item.setAspectLocked(True)
        self._image = QGraphicsPixmapItem()
        self._image.setTransformationMode(Qt.TransformationMode.SmoothTransformation)
        self.addItem(self._image)
        self._points = pg.ScatterPlotItem(pxMode=True)
        self.addItem(self._points)
        self._marked = pg.ScatterPlotItem(pxMode=True)
        self.addItem(self._marked)

    def show_image(self, image: QImage, region: QRectF) -> None:
        """Lay `image`, its first row on top, over `region` of the plane."""
        self._image.setPixmap(QPixmap.fromImage(image))
        self._image.setTransform(
            QTransform(
                region.width() / image.width(), 0, 0, -region.height() / image.height(), region.left(), region.bottom()
            )
        )

    def show_region(self, region: QRectF) -> None:
        """Show just this part of the plane."""
        self.item.vb.setRange(region, padding=0)

    def show_points(self, points: Array, colours: list[QColor], edge: str, size: float, open_from: int) -> None:
        """Draw points (n, 2); those from row `open_from` on (the test set) as diamonds."""
        symbols = np.where(np.arange(len(points)) < open_from, "o", "d")
        brushes = [pg.mkBrush(colour) for colour in colours]
        self._points.setData(pos=points, brush=brushes, symbol=list(symbols), pen=pg.mkPen(edge, width=1), size=size)

    def mark(self, point: Array, colour: str, size: float) -> None:
        """Ring one point (2,)."""
        self._marked.setData(pos=point[None, :], brush=None, pen=pg.mkPen(colour, width=3), size=size)
