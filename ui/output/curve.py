"""One input: the outputs as curves over it, with the targets as points."""

from itertools import cycle

import numpy as np
from PySide6.QtCore import Qt

from core.arrays import Array, Rows
from core.datasets import Data
from core.frame import Frame
from ui.colours import class_colour
from ui.output.axes import settled_range, with_scale
from ui.output.legend import Entry, Legend, Stroke
from ui.output.picture import Drawing, Sign
from ui.output.plan import Ground
from ui.output.points import MOST_POINTS, Points, Stamp, shown_rows, size_for
from ui.output.probe import NEAR, ProbedPicture
from ui.output.reading import answers
from ui.output.view import NOT_FINITE, Look, row_entries
from ui.scene.names import italic, node_name
from ui.theme import Theme

CURVE_POINTS = 201
MARGIN = 0.1
STYLES = (Qt.PenStyle.SolidLine, Qt.PenStyle.DashLine, Qt.PenStyle.DashDotLine, Qt.PenStyle.DotLine)


class CurveView:
    """A curve for each output."""

    name = "Output over the input"

    def __init__(self) -> None:
        self._legend = Legend()
        self._strokes: list[Stroke] = []
        self._range: tuple[float, float] | None = None
        self._x: Array = np.empty((0, 1))

    def prepare(self, frame: Frame, look: Look, picture: ProbedPicture) -> None:
        data = frame.session.data
        low, high = float(data.x.min()), float(data.x.max())
        # Around a single row, one to each side.
        room = MARGIN * (high - low) or 1.0
        self._x = np.linspace(low - room, high + room, CURVE_POINTS)[:, None]
        self._range = None
        self._strokes = _strokes(data.t.shape[1], look.theme)
        sizes = frame.session.spec.sizes
        curves = tuple(
            Entry(italic(node_name(sizes, len(sizes) - 1, number)), stroke)
            for number, stroke in enumerate(self._strokes)
        )
        rows = shown_rows(data, test=look.test, most=MOST_POINTS // data.t.shape[1])
        self._legend = Legend(None, (*curves, *row_entries(frame, look, rows)))
        picture.reach = NEAR
        picture.show_points(self._targets(data, rows, look.theme))

    def draw(self, frame: Frame, look: Look, picture: ProbedPicture) -> None:
        x, data = self._x, frame.session.data
        y = answers(frame, x)
        finite = np.isfinite(y)
        shown = np.concatenate([y[finite], data.t.ravel()])
        self._range = settled_range(float(shown.min()), float(shown.max()), self._range)
        ground = Ground(
            with_scale("x₁", float(x[0, 0]), float(x[-1, 0])),
            with_scale("y", *self._range),
            square=False,
            grid=True,
        )
        picture.show_ground(ground, self._legend)
        at, targets, outputs = float(frame.x[0, 0]), frame.t[0].tolist(), frame.trace.y[0].tolist()
        error = Stroke(look.theme.chosen, Qt.PenStyle.DotLine, 1.5)
        marks = [(Sign.RING, np.array([at, t])) for t in targets if not frame.own]
        marks += [(Sign.CROSS if frame.own else Sign.DOT, np.array([at, value])) for value in outputs]
        picture.show_drawing(
            Drawing(
                lines=(
                    *((stroke, np.column_stack([x[:, 0], y[:, k]])) for k, stroke in enumerate(self._strokes)),
                    *((error, np.array([[at, t], [at, value]])) for t, value in zip(targets, outputs, strict=True)),
                ),
                marks=tuple(marks),
                note="" if finite.all() else f"y is {NOT_FINITE}",
                broken=not finite.any(),
            )
        )

    def inputs(self, place: Array) -> Array | None:
        return place[:1]

    def _targets(self, data: Data, rows: Rows, theme: Theme) -> Points:
        """The targets of these rows, one after the other for each output."""
        outputs = data.t.shape[1]
        places = np.concatenate([np.column_stack([data.x[rows, 0], data.t[rows, k]]) for k in range(outputs)])
        colours = [theme.secondary] if outputs == 1 else [stroke.colour for stroke in self._strokes]
        stamps = tuple(Stamp(colour, diamond=diamond) for diamond in (False, True) for colour in colours)
        kinds = np.concatenate([k + outputs * (rows >= data.train) for k in range(outputs)])
        return Points(places, np.tile(rows, outputs), kinds, stamps, size_for(len(places)))


def _strokes(outputs: int, theme: Theme) -> list[Stroke]:
    if outputs == 1:
        return [Stroke(theme.text)]
    return [
        Stroke(class_colour(number, theme).name(), style)
        for number, style in zip(range(outputs), cycle(STYLES), strict=False)
    ]
