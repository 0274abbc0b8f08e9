"""The loss curves of several runs over each other: the finished ones drawn once, the present one with the frames.

A run that diverges would press all others flat. Where the axes end, it leaves the picture, and that is said.
"""

from collections.abc import Collection
from dataclasses import replace

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPixmap

from core.arrays import Array
from core.finished import FinishedRun
from core.outline import Outline
from core.series import Series
from core.session import CurveColumn
from ui.colours import class_colour
from ui.panels.loss_scale import LossScale, Range
from ui.panels.loss_views import objective
from ui.panels.runs_model import NOW
from ui.plot_parts import DASHES, pen
from ui.plots import Line, Plot
from ui.theme import Theme

SWATCH = (26, 12)
PLAIN, FADED, CHOSEN, PRESENT = 1.5, 1.0, 3.0, 2.5
NOTE = 0.12  # how much of the picture's width the note at the end of a line takes
MOST_GROWTH = 10.0  # times the largest loss that any run began with; what is larger does not stretch the axis


class RunCurves:
    """What is in the plot of the history: the objective of every run over its epochs."""

    def __init__(self, plot: Plot) -> None:
        self._plot = plot
        self._outline = Outline(lambda rows: objective(rows)[:, None], 1)
        self._present = Line(np.empty(0), np.empty(0), "")
        self._points: dict[FinishedRun, Line] = {}
        self._chosen: Collection[FinishedRun | None] = ()
        self._hidden: frozenset[FinishedRun | None] = frozenset()
        self._scale = LossScale()
        self._ranges: tuple[Range, Range] | None = None

    @property
    def leaving(self) -> list[FinishedRun | None]:
        """The runs whose curves end outside of the picture; None is the present one."""
        return [run for run, line in self._shown() if _end(line, self._highest) < len(line.y)]

    def show_finished(self, finished: tuple[FinishedRun, ...], theme: Theme) -> None:
        """Take the finished runs; a curve that is known is not looked at again."""
        self._points = {run: self._points.get(run) or _curve(_outline(run), run.session.curve) for run in finished}
        self._points = {run: dressed(line, run, theme) for run, line in self._points.items()}
        self._scale.begin()

    def choose(self, chosen: Collection[FinishedRun | None]) -> None:
        """Draw these boldly and the others faintly, over as many epochs as they have; with none all are alike."""
        self._chosen = chosen
        self._scale.begin()
        self._draw_finished()

    def hide(self, hidden: frozenset[FinishedRun | None]) -> None:
        """Leave these out, and let the axes fit the others."""
        self._hidden = hidden
        self._scale.begin()
        self._ranges = None

    def draw(self, curve: Series, theme: Theme) -> None:
        """Draw the present run's curve, and the others anew if the axes have changed."""
        self._outline.follow(curve)
        self._present = replace(_curve(self._outline, curve), colour=theme.text, width=PRESENT)
        if self._settle():
            self._draw_finished()
        self._draw_present()

    def redraw(self) -> None:
        """Draw all curves again: what is shown of them is larger or smaller."""
        self._draw_finished()
        self._draw_present()

    @property
    def _highest(self) -> float:
        return np.inf if self._ranges is None else self._ranges[1][1]

    def _shown(self) -> list[tuple[FinishedRun | None, Line]]:
        """The runs that are not hidden."""
        both = ((None, self._present), *self._points.items())
        return [(run, line) for run, line in both if run not in self._hidden]

    def _draw_present(self) -> None:
        line, end = self._present, _end(self._present, self._highest)
        if None in self._hidden or not len(line.x):
            self._plot.remove("present")
            self._plot.remove("now")
            return
        self._plot.line("present", line.x, _capped(line.y, self._highest), line.colour, width=line.width)
        if end == len(line.y):
            # Over all of the line that it is as wide as.
            across = 0.0 if self._ranges is None else NOTE * self._ranges[0][1]
            over = line.y[np.searchsorted(line.x, line.x[-1] - across) :]
            self._plot.note("now", line.x[-1], float(_capped(over, self._highest).max()), NOW, line.colour)
        else:
            self._plot.note("now", line.x[end], self._highest, f"{NOW} ↑", line.colour)

    def _draw_finished(self) -> None:
        lines: list[Line] = []
        # The chosen ones last, so that they lie on top.
        for run in sorted(self._points.keys() - self._hidden, key=lambda run: (run in self._chosen, run.number)):
            line, end = self._points[run], _end(self._points[run], self._highest)
            width = CHOSEN if run in self._chosen else FADED if self._chosen else PLAIN
            label = line.label if end == len(line.y) else f"{line.label} ↑"
            lines.append(
                replace(
                    line, x=line.x[: end + 1], y=_capped(line.y[: end + 1], self._highest), width=width, label=label
                )
            )
        self._plot.keep(lines)

    def _settle(self) -> bool:
        """Bring the axes to what is shown; whether they have changed."""
        shown = [(run, line) for run, line in self._shown() if len(line.x)]
        lines = [line for _, line in shown]
        fitted = [line for run, line in shown if run in self._chosen] or lines
        last = max((float(line.x[-1]) for line in fitted), default=0.0)
        losses = np.concatenate([np.empty(0), *(line.y for line in lines)])
        begun = [float(line.y[0]) for line in lines if np.isfinite(line.y[0])]
        with np.errstate(invalid="ignore"):
            calm = losses[losses <= MOST_GROWTH * max(begun, default=np.inf)]
        ranges = self._scale.settle(last, calm, log=self._plot.log)
        before, self._ranges = self._ranges, ranges
        self._plot.show_range(*ranges)
        return before != ranges


def _end(line: Line, highest: float) -> int:
    """From which point on a line is outside of the picture for good; its length if it never is."""
    with np.errstate(invalid="ignore"):
        inside = np.flatnonzero(line.y <= highest)
    return int(inside[-1]) + 1 if len(inside) else 0


def _capped(y: Array, highest: float) -> Array:
    """Losses so high as can be drawn: what is beyond the picture, or ∞ or NaN after a number, lies over it."""
    return np.minimum(np.where(np.isfinite(y), y, np.inf), 2 * highest)


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
