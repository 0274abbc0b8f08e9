"""The only file that knows pyqtgraph: plots in the theme's colours, lines decimated to what can be seen."""

import os
from typing import Any

os.environ.setdefault("PYQTGRAPH_QT_LIB", "PySide6")

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QPolygonF
from PySide6.QtWidgets import QWidget

from core.arrays import Array
from ui.theme import Theme

COLUMNS = 300
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
    """A plot without menus and without surprises."""

    def __init__(self, parent: QWidget | None = None, *, log: bool = False) -> None:
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
        for axis in ("left", "bottom"):
            item.getAxis(axis).setStyle(tickLength=3)
        self._range: tuple[tuple[float, float], tuple[float, float]] | None = None
        self._lines: dict[str, pg.PlotDataItem] = {}

    def dress(self, theme: Theme) -> None:
        """Take over the theme's colours."""
        self.setBackground(theme.panel)
        for name in ("left", "bottom"):
            axis = self.item.getAxis(name)
            axis.setPen(theme.line)
            axis.setTextPen(theme.secondary)
            axis.setStyle(tickFont=theme.font(AXIS_PIXELS))
            axis.setLabel(**{"font-size": f"{round(AXIS_PIXELS * theme.zoom)}px"})

    def set_log(self, log: bool) -> None:
        """Make the left axis logarithmic, or linear again."""
        self.item.setLogMode(y=log)
        # On a logarithmic axis the labels between the powers of ten would lie on each other.
        self.item.getAxis("left").setStyle(maxTextLevel=0 if log else 2)

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
        """Forget every line and point, and fit the axes to what comes."""
        for item in self._lines.values():
            self.removeItem(item)
        self._lines.clear()
        self.item.enableAutoRange()

    def wheelEvent(self, ev):  # noqa: ANN001, ANN201 – pyqtgraph's signature
        ev.ignore()
