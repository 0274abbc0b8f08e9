"""The loss curves of several runs over each other: the finished ones drawn once, the present one with the frames."""

from collections.abc import Collection
from dataclasses import replace

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPixmap

from core.finished import FinishedRun
from core.outline import Outline
from core.series import Series
from core.session import CurveColumn
from ui.colours import class_colour
from ui.panels.loss_scale import LossScale, Range
from ui.panels.loss_views import objective
from ui.plot_parts import DASHES, pen
from ui.plots import Line, Plot
from ui.theme import Theme

SWATCH = (26, 12)
PLAIN, FADED, CHOSEN, PRESENT = 1.5, 1.0, 3.0, 2.5


class RunCurves:
    """What is in the plot of the history: the objective of every run over its epochs."""

    def __init__(self, plot: Plot) -> None:
        self._plot = plot
        self._present = Outline(lambda rows: objective(rows)[:, None], 1)
        self._points: dict[FinishedRun, Line] = {}
        self._chosen: Collection[FinishedRun] = ()
        self._scale = LossScale()
        self._ranges: tuple[Range, Range] | None = None

    def begin_scales(self) -> None:
        """Let the axes fit what comes."""
        self._scale.begin()

    def show_finished(self, finished: tuple[FinishedRun, ...], theme: Theme) -> None:
        """Take the finished runs; a curve that is known is not looked at again."""
        self._points = {run: self._points.get(run) or _curve(_outline(run), run.session.curve) for run in finished}
        self._points = {run: dressed(line, run, theme) for run, line in self._points.items()}
        self.begin_scales()

    def choose(self, chosen: Collection[FinishedRun]) -> None:
        """Draw these boldly and the others faintly; with none chosen all are alike."""
        self._chosen = chosen
        self._draw_finished()

    def draw(self, curve: Series, theme: Theme) -> None:
        """Draw the present run's curve, and the others anew if the axes have changed."""
        self._present.follow(curve)
        line = _curve(self._present, curve)
        if self._settle([line, *self._points.values()]):
            self._draw_finished()
        self._plot.line("present", line.x, line.y, theme.text, width=PRESENT)
        if len(line.x) and np.isfinite(line.y[-1]):
            self._plot.note("now", line.x[-1], line.y[-1], "now", theme.text)
        else:
            self._plot.remove("now")

    def _draw_finished(self) -> None:
        lines: list[Line] = []
        # The chosen ones last, so that they lie on top.
        for run in sorted(self._points, key=lambda run: run in self._chosen):
            line = self._points[run]
            width = CHOSEN if run in self._chosen else FADED if self._chosen else PLAIN
            lines.append(replace(line, width=width))
        self._plot.keep(lines)

    def _settle(self, lines: list[Line]) -> bool:
        """Bring the axes to what is shown; whether they have changed."""
        last = max((float(line.x[-1]) for line in lines if len(line.x)), default=0.0)
        ranges = self._scale.settle(last, np.concatenate([line.y for line in lines]), log=self._plot.log)
        before, self._ranges = self._ranges, ranges
        self._plot.show_range(*ranges)
        return before != ranges


def dressed(line: Line, run: FinishedRun, theme: Theme) -> Line:
    """The line in the colour and with the dash of its run: neighbours differ in both."""
    colour = class_colour(run.number, theme).name()
    return replace(line, colour=colour, dash=DASHES[run.number % len(DASHES)], label=str(run.number))


def swatch(run: FinishedRun | None, theme: Theme, ratio: float) -> QPixmap:
    """A piece of the run's curve, as its sign in the table; None is the present run."""
    pixmap = QPixmap(round(SWATCH[0] * theme.zoom * ratio), round(SWATCH[1] * theme.zoom * ratio))
    pixmap.setDevicePixelRatio(ratio * theme.zoom)
    pixmap.fill(Qt.GlobalColor.transparent)
    blank = Line(np.empty(0), np.empty(0), theme.text, PRESENT)
    line = blank if run is None else dressed(blank, run, theme)
    with QPainter(pixmap) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(pen(line.colour, PRESENT if run is None else 2, line.dash))
        painter.drawLine(QPointF(1, SWATCH[1] / 2), QPointF(SWATCH[0] - 1, SWATCH[1] / 2))
    return pixmap


def _outline(run: FinishedRun) -> Outline:
    outline = Outline(lambda rows: objective(rows)[:, None], 1)
    outline.follow(run.session.curve)
    return outline


def _curve(outline: Outline, curve: Series) -> Line:
    rows = curve.rows[outline.points(0)]
    return Line(rows[:, CurveColumn.EPOCH], objective(rows), "")
