"""Two inputs: the outputs over their plane, with the rows as points on it."""

import numpy as np

from core.arrays import Array
from core.datasets import ENCODINGS, Data
from core.frame import Frame
from ui.numbers import fixed, plain
from ui.output.axes import with_ends
from ui.output.legend import Bar, Entry, Legend
from ui.output.picture import Drawing, Sign
from ui.output.plan import Ground
from ui.output.points import HOLE, Stamp, class_looks, points, shown_rows
from ui.output.probe import NEAR, ProbedPicture
from ui.output.reading import answers, output_range
from ui.output.regions import Regions
from ui.output.surface_image import FINE, FINE_WHILE_TRAINING, read, surface_image
from ui.output.view import NOT_FINITE, Look, row_entries
from ui.scene.names import italic, node_name
from ui.surface import Surface, bounds, surface


class PlaneView:
    """The decision surface."""

    name = "Output over the plane of both inputs"

    def __init__(self) -> None:
        self._regions = Regions()

    def prepare(self, frame: Frame, look: Look, picture: ProbedPicture) -> None:
        data = frame.session.data
        (left, right), (bottom, top) = bounds(data)
        ground = Ground(with_ends("x₁", left, right), with_ends("x₂", bottom, top), square=True, grid=False)
        picture.reach = NEAR
        picture.show_ground(ground, _legend(frame, look))
        rows = shown_rows(data, test=look.test)
        picture.show_points(points(data, rows, data.x[rows], look.theme))
        self._regions = Regions()

    def draw(self, frame: Frame, look: Look, picture: ProbedPicture) -> None:
        answer = surface(frame)
        assert answer is not None
        data, outputs = frame.session.data, answer.responses[-1]
        finite = np.isfinite(outputs)
        note = "" if finite.all() else f"hatched: y is {NOT_FINITE}"
        named = finite.all() and data.encoding is not None and (look.discrete or len(outputs) > 1)
        picture.show_drawing(
            Drawing(
                image=surface_image(
                    outputs,
                    data,
                    look.theme,
                    discrete=look.discrete,
                    fine=FINE_WHILE_TRAINING if frame.training else FINE,
                ),
                marks=((Sign.CROSS if frame.own else Sign.RING, frame.x[0]),),
                names=self._names(answer, data) if named else (),
                values=_values(frame, picture),
                note=note,
            )
        )

    def inputs(self, place: Array) -> Array | None:
        return place

    def _names(self, answer: Surface, data: Data) -> tuple[tuple[str, Array], ...]:
        """The classes' names with the places where they stand."""
        assert data.encoding is not None
        classes = read(answer.responses[-1], data.encoding)
        names = class_names(data)
        (left, right), (bottom, top) = answer.bounds
        return tuple(
            (names[number], np.array([left + across * (right - left), top - down * (top - bottom)]))
            for number, (across, down) in self._regions.places(classes, len(names)).items()
        )


def class_names(data: Data) -> list[str]:
    """What the classes are called: by their target, or by the output that stands for each."""
    assert data.encoding is not None
    if data.t.shape[1] == 1:
        return [plain(value) for value in (ENCODINGS[data.encoding].low, ENCODINGS[data.encoding].high)]
    sizes = (1, data.t.shape[1])
    return [italic(node_name(sizes, 1, number)) for number in range(sizes[1])]


def _legend(frame: Frame, look: Look) -> Legend:
    data, theme = frame.session.data, look.theme
    rows = row_entries(frame, look)
    if data.encoding is not None and data.t.shape[1] > 1:
        looks = class_looks(data, theme)
        classes = tuple(
            Entry(name, Stamp(colour, mark), valued=True)
            for name, (colour, mark) in zip(class_names(data), looks, strict=True)
        )
        margin = () if look.discrete else (Entry("faint: small lead"),)
        return Legend(None, (*classes, *rows, *margin))
    low, high = output_range(data)
    bar = Bar((theme.negative, theme.zero, theme.positive), tuple(plain(v) for v in (low, (low + high) / 2, high)))
    if data.encoding is None:
        signs = (Entry("t < 0", Stamp(theme.negative, HOLE)), Entry("t ≥ 0", Stamp(theme.positive)))
    else:
        looks = class_looks(data, theme)
        signs = tuple(
            Entry(f"t = {name}", Stamp(colour, mark))
            for name, (colour, mark) in zip(class_names(data), looks, strict=True)
        )
    return Legend(bar, (*signs, *rows))


def _values(frame: Frame, picture: ProbedPicture) -> tuple[str, ...]:
    """The outputs at the probe, or of the sample, for the legend of classes."""
    data = frame.session.data
    if data.encoding is None or data.t.shape[1] == 1:
        return ()
    place = picture.probe
    y = frame.trace.y[0] if place is None else answers(frame, place[None])[0]
    return tuple(fixed(value) for value in y.tolist())
