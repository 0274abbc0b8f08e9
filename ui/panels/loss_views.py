"""What the loss panel can show, three series that are never mixed: whole sets, single batches, and accuracy."""

from collections.abc import Callable

import numpy as np

from core.arrays import Array
from core.frame import Frame
from core.outline import Outline
from core.record import record
from core.session import CurveColumn
from ui.numbers import count, counted, fixed, percent
from ui.plot_parts import DASH_DOTTED, DASHED, DOTTED, SOLID, Dash, Line
from ui.plots import Plot
from ui.readout import Entry
from ui.theme import Theme

COLUMNS = 300


@record
class Reading:
    """The numbers at one place of the curves: `x` on the view's axis, and a dot (m, 2) on every line."""

    x: float
    entries: tuple[Entry, ...]
    dots: Array


@record
class Kind:
    """One line: what it is called, how it is made from rows of the curve, how it looks, and when there is one."""

    name: str
    values: Callable[[Array], Array]
    exists: Callable[[Frame], bool]
    role: str = "text"
    width: float = 1.5
    dash: Dash = SOLID


def epochs_text(epochs: float) -> str:
    """Epochs with at most two decimals."""
    return f"{epochs:,.2f}".rstrip("0").rstrip(".")


def penalised(frame: Frame) -> bool:
    """Whether the objective has another part than the loss."""
    return frame.session.spec.penalty != "none"


def column(which: CurveColumn, factor: float = 1.0) -> Callable[[Array], Array]:
    """A line that is a column."""
    return lambda rows: factor * rows[:, which]


def objective(rows: Array) -> Array:
    """What is minimised: loss of the training set and penalty."""
    return rows[:, CurveColumn.TRAIN_LOSS] + rows[:, CurveColumn.PENALTY]


LOSSES = (
    Kind("test", column(CurveColumn.TEST_LOSS), lambda frame: frame.test is not None, "secondary", dash=DASHED),
    Kind("penalty", column(CurveColumn.PENALTY), penalised, "secondary", dash=DOTTED),
    Kind("train loss", column(CurveColumn.TRAIN_LOSS), penalised, dash=DASH_DOTTED),
    Kind("objective", objective, penalised, width=2),
    Kind("train", column(CurveColumn.TRAIN_LOSS), lambda frame: not penalised(frame), width=2),
)
ACCURACIES = (
    Kind(
        "test",
        column(CurveColumn.TEST_ACCURACY, 100.0),
        lambda frame: frame.test is not None and frame.test.accuracy is not None,
        "secondary",
        dash=DASHED,
    ),
    Kind(
        "train",
        column(CurveColumn.TRAIN_ACCURACY, 100.0),
        lambda frame: frame.train.accuracy is not None,
        width=2,
    ),
)


class CurveView:
    """Means over the whole sets, one row for each evaluation."""

    axis = "epoch"

    def __init__(self, kinds: tuple[Kind, ...], write: Callable[[float], str], missing: str = "") -> None:
        self._kinds, self._write, self._missing = kinds, write, missing
        self._outline = Outline(lambda rows: np.column_stack([kind.values(rows) for kind in kinds]), len(kinds))

    def end(self, frame: Frame) -> float:
        """How far the axis has to reach."""
        curve = frame.session.curve
        return float(curve.rows[-1, CurveColumn.EPOCH]) if curve.length else 0.0

    def span(self, frame: Frame) -> str:
        """What the lines go over, in words."""
        return f"{epochs_text(frame.epochs)} epoch{'' if frame.epochs == 1 else 's'}"

    def lines(self, frame: Frame, theme: Theme) -> dict[str, Line]:
        """The lines there are, by name, thinned out."""
        self._outline.follow(frame.session.curve)
        rows = frame.session.curve.rows
        found: dict[str, Line] = {}
        for number, kind in enumerate(self._kinds):
            if kind.exists(frame):
                few = rows[self._outline.points(number)]
                colour = getattr(theme, kind.role)
                found[kind.name] = Line(few[:, CurveColumn.EPOCH], kind.values(few), colour, kind.width, kind.dash)
        return found

    def draw(self, plot: Plot, lines: dict[str, Line]) -> None:
        """Draw what `lines` found."""
        for name, line in lines.items():
            plot.line(name, line.x, line.y, line.colour, width=line.width, dash=line.dash)

    def read(self, frame: Frame, x: float | None, theme: Theme) -> Reading:
        """The row nearest to epoch x, or the last one."""
        curve = frame.session.curve
        at = curve.length - 1 if x is None else curve.nearest(CurveColumn.EPOCH, x)
        row = curve.rows[at : at + 1]
        epoch = float(row[0, CurveColumn.EPOCH])
        entries = [Entry("epoch", epochs_text(epoch)), Entry("step", count(int(row[0, CurveColumn.STEP])))]
        heights = []
        for kind in reversed(self._kinds):
            if kind.exists(frame):
                heights.append(float(kind.values(row)[0]))
                look = (getattr(theme, kind.role), kind.width, kind.dash)
                entries.append(Entry(kind.name, self._write(heights[-1]), *look))
        if not heights:
            entries = [Entry(self._missing, "")]
        return Reading(epoch, tuple(entries), np.array([[epoch, height] for height in heights]).reshape(-1, 2))

    def stepped(self, frame: Frame, x: float | None, by: int) -> float:
        """The epoch that many drawn rows away."""
        curve = frame.session.curve
        self._outline.follow(curve)
        points = self._outline.points(len(self._kinds) - 1)
        at = curve.length - 1 if x is None else curve.nearest(CurveColumn.EPOCH, x)
        to = int(np.clip(np.searchsorted(points, at) + by, 0, len(points) - 1))
        return float(curve.rows[points[to], CurveColumn.EPOCH])


class BatchView:
    """The mean loss of every step's batch just before its update: a line, or a band where stretches are thinned out.

    It lies over the steps: they alone are known exactly for every batch, whatever its size was.
    """

    axis = "step"

    def end(self, frame: Frame) -> float:
        """How far the axis has to reach."""
        return float(frame.session.run.step)

    def span(self, frame: Frame) -> str:
        """What the lines go over, in words."""
        return counted(frame.session.run.step, "step")

    def lines(self, frame: Frame, theme: Theme) -> dict[str, Line]:
        """The least and the largest of each stretch that is drawn."""
        series = frame.session.batch_losses
        rows, together = series.rows, self._together(frame)
        cuts = np.arange(0, len(rows), together)
        x = _first(frame) + series.starts[cuts]
        low, high = (cut.reduceat(rows[:, at], cuts) if len(rows) else x for at, cut in enumerate((np.fmin, np.fmax)))
        return {"least": Line(x, low, theme.text), "largest": Line(x, high, theme.text)}

    def draw(self, plot: Plot, lines: dict[str, Line]) -> None:
        """Draw what `lines` found."""
        low, high = lines["least"], lines["largest"]
        if np.array_equal(low.y, high.y, equal_nan=True):
            plot.remove("batches")
            plot.line("batch", low.x, low.y, low.colour, width=1)
        else:
            plot.remove("batch")
            plot.band("batches", low.x, low.y, high.y, low.colour)

    def read(self, frame: Frame, x: float | None, theme: Theme) -> Reading:
        """The stretch of batches that holds step x, or the last one."""
        series = frame.session.batch_losses
        if not series.length:
            return Reading(0.0, (Entry("no step has been made yet", ""),), np.empty((0, 2)))
        first, last, low, high = series.around(self._number(frame, x))
        first, last = first + _first(frame), last + _first(frame)
        if first == last:
            entries = [Entry("step", count(first)), Entry("its batch", fixed(low, 4), theme.text, 1)]
        else:
            entries = [Entry("steps", f"{count(first)}–{count(last)}")]
            entries += [Entry("least batch", fixed(low, 4)), Entry("largest batch", fixed(high, 4))]
        if (drawn := self._together(frame) * series.stretch) > 1:
            entries += [Entry("band", f"{count(drawn)} steps each")]
        return Reading(float(first), tuple(entries), np.array([[first, low], [first, high]]))

    def stepped(self, frame: Frame, x: float | None, by: int) -> float:
        """The step that many drawn stretches away."""
        series = frame.session.batch_losses
        if not series.length:
            return 0.0
        number = self._number(frame, x) + by * self._together(frame) * series.stretch
        return float(np.clip(number, 0, series.length - 1) + _first(frame))

    def _number(self, frame: Frame, x: float | None) -> int:
        """Which batch loss belongs to step x, or the last one."""
        last = frame.session.batch_losses.length - 1
        return last if x is None else int(np.clip(round(x) - _first(frame), 0, last))

    def _together(self, frame: Frame) -> int:
        series = frame.session.batch_losses
        return max(1, -(-series.length // (series.stretch * COLUMNS)))


def _first(frame: Frame) -> int:
    """The step of the first batch loss there is."""
    return frame.session.run.step - frame.session.batch_losses.length + 1


def share(value: float) -> str:
    """An accuracy in percent, written."""
    return percent(value / 100.0)
