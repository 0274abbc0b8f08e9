"""More inputs than can be drawn: each row's output against its target, or over its class where there are classes."""

import numpy as np
from PySide6.QtCore import Qt

from core.arrays import Array, Rows
from core.datasets import ENCODINGS, Data
from core.frame import Frame
from ui.numbers import counted, plain
from ui.output.axes import Axis, settled_range, with_names, with_scale
from ui.output.legend import Entry, Legend, Stroke
from ui.output.picture import Drawing, Sign
from ui.output.plan import Ground
from ui.output.plane import class_names
from ui.output.points import points, shown_rows
from ui.output.probe import ProbedPicture
from ui.output.reading import answers
from ui.output.view import NOT_FINITE, Look, row_entries
from ui.scene.names import spelled
from ui.throttle import Throttle

PICTURES_A_SECOND = 15
SPREAD = 0.7  # of a column's width
GOLDEN = 0.6180339887498949  # its multiples spread rows evenly, however many there are


class ComparisonView:
    """With classes a row is as high as its output, or as the lead of its own class's output over the others."""

    name = "Outputs of the rows against their targets"

    def __init__(self) -> None:
        self._throttle = Throttle(PICTURES_A_SECOND)
        self._rows: Rows = np.empty(0, dtype=np.intp)
        self._across: Array = np.empty(0)
        self._legend = Legend()
        self._range: tuple[float, float] | None = None
        self._drawn = False

    def prepare(self, frame: Frame, look: Look, picture: ProbedPicture) -> None:
        data = frame.session.data
        self._rows = shown_rows(data, test=look.test)
        self._across = across(data)
        level = spelled("t") if data.encoding is None else plain(_level(data))
        line = Entry(f"{_height_name(data)} = {level}", _dashed(look.theme.secondary))
        self._legend = Legend(None, (line, *row_entries(frame, look, self._rows)))
        self._range, self._drawn = None, False
        picture.reach = float("inf")

    def draw(self, frame: Frame, look: Look, picture: ProbedPicture) -> None:
        if self._drawn and not self._throttle.due(frame):
            return
        self._drawn = True
        data, rows = frame.session.data, self._rows
        y = answers(frame, data.x[rows])
        heights = height(data, y, data.t[rows])
        finite = np.isfinite(heights)
        ends = np.concatenate([_always_seen(data), heights[finite]])
        self._range = settled_range(float(ends.min()), float(ends.max()), self._range)
        ground = Ground(_columns(data, y, rows), with_scale(_height_name(data), *self._range), square=False, grid=True)
        picture.show_ground(ground, self._legend)
        picture.show_points(points(data, rows, np.column_stack([self._across[rows], heights]), look.theme))
        lines = ((_dashed(look.theme.secondary), _border(data, ground.x)),)
        own = height(data, frame.trace.y, frame.t)
        if frame.own:
            # It is no row, and perhaps has no target, so that it belongs to no column.
            lines += ((_dashed(look.theme.chosen), np.array([[ground.x.low, own[0]], [ground.x.high, own[0]]])),)
        picture.show_drawing(
            Drawing(
                lines=lines,
                marks=() if frame.own else ((Sign.RING, np.array([self._across[frame.sample], own[0]])),),
                note="" if finite.all() else f"{counted(int((~finite).sum()), 'row')}: y is {NOT_FINITE}",
                broken=not finite.any(),
            )
        )

    def inputs(self, place: Array) -> Array | None:
        return None


def height(data: Data, y: Array, t: Array) -> Array:
    """How high rows stand (n,): their first output, or how far their class's output leads; NaN where none does."""
    if data.encoding is None or y.shape[1] == 1:
        return y[:, 0]
    own = ENCODINGS[data.encoding].read(t)[:, None]
    others = y.copy()
    np.put_along_axis(others, own, -np.inf, axis=1)
    with np.errstate(invalid="ignore"):
        lead = np.take_along_axis(y, own, axis=1)[:, 0] - others.max(axis=1)
    return np.where(np.isnan(t).any(axis=1), np.nan, lead)


def across(data: Data) -> Array:
    """How far to the right each row stands (n,): at its target, or somewhere in the column of its class."""
    if data.encoding is None:
        return data.t[:, 0]
    spread = (np.arange(len(data.t)) * GOLDEN) % 1.0 - 0.5
    return ENCODINGS[data.encoding].read(data.t) + SPREAD * spread


def _columns(data: Data, y: Array, rows: Rows) -> Axis:
    """The targets; or the classes, each with how many of its shown rows are read right."""
    if data.encoding is None:
        return with_scale(spelled("t"), *settled_range(float(data.t.min()), float(data.t.max()), None))
    encoding, names = ENCODINGS[data.encoding], class_names(data)
    of_class = encoding.read(data.t[rows])
    right = (encoding.read(y) == of_class) & ~np.isnan(y).any(axis=1)
    counts = [(int(right[of_class == k].sum()), int((of_class == k).sum())) for k in range(len(names))]
    write = "{}: {:,} of {:,} right" if len(names) <= 2 else "{}: {:,}/{:,}"
    return with_names(spelled("t"), [write.format(name, *each) for name, each in zip(names, counts, strict=True)])


def _always_seen(data: Data) -> Array:
    """Heights that the picture always holds."""
    if data.encoding is None:
        return np.array([data.t[:, 0].min(), data.t[:, 0].max()])
    if data.t.shape[1] > 1:
        return np.array([-1.0, 1.0])
    return np.array([ENCODINGS[data.encoding].low, ENCODINGS[data.encoding].high])


def _border(data: Data, x: Axis) -> Array:
    """Where outputs are right: on the line y = t; or from where on they are read as another class."""
    if data.encoding is None:
        return np.array([[x.low, x.low], [x.high, x.high]])
    return np.array([[x.low, _level(data)], [x.high, _level(data)]])


def _level(data: Data) -> float:
    """From which height on a row is read as another class."""
    assert data.encoding is not None
    return ENCODINGS[data.encoding].threshold if data.t.shape[1] == 1 else 0.0


def _height_name(data: Data) -> str:
    return "lead" if data.encoding is not None and data.t.shape[1] > 1 else spelled("y")


def _dashed(colour: str) -> Stroke:
    return Stroke(colour, Qt.PenStyle.DashLine, 1.5)
