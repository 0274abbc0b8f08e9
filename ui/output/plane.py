"""Two inputs: the outputs over their plane, with the rows as points on it."""

import numpy as np
from PySide6.QtGui import QImage

from core.arrays import Array, Rows
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
from ui.output.surface_image import MAP, MAP_WHILE_TRAINING, read, surface_image
from ui.output.view import NOT_FINITE, Look, row_entries
from ui.scene.names import italic, node_name, spelled
from ui.surface import Refinement, bounds, coarse_while_training, surface


class PlaneView:
    """The decision surface. Of a large network it is coarse at first; at rest `refine` makes it as fine as can be."""

    name = "Output over the plane of both inputs"

    def __init__(self) -> None:
        self._regions = Regions()
        self._refinement: Refinement | None = None
        self._image: tuple[Array, tuple[Look, int], QImage] | None = None

    def prepare(self, frame: Frame, look: Look, picture: ProbedPicture) -> None:
        data = frame.session.data
        (left, right), (bottom, top) = bounds(data)
        ground = Ground(with_ends("x₁", left, right), with_ends("x₂", bottom, top), square=True, grid=False)
        picture.reach = NEAR
        rows = shown_rows(data, test=look.test)
        picture.show_ground(ground, _legend(frame, look, rows))
        picture.show_points(points(data, rows, data.x[rows], look.theme))
        self._regions = Regions()

    def draw(self, frame: Frame, look: Look, picture: ProbedPicture) -> None:
        data, outputs = frame.session.data, self._outputs(frame)
        finite = np.isfinite(outputs)
        note = "" if finite.all() else f"hatched: y is {NOT_FINITE}"
        named = finite.all() and data.encoding is not None and (look.discrete or len(outputs) > 1)
        picture.show_drawing(
            Drawing(
                image=self._image_of(outputs, frame, look),
                marks=((Sign.CROSS if frame.own else Sign.RING, frame.x[0]),),
                names=self._names(outputs, data) if named else (),
                values=_values(frame, picture),
                note=note,
            )
        )

    def inputs(self, place: Array) -> Array | None:
        return place

    @property
    def unfinished(self) -> bool:
        """Whether the surface that was drawn last can be made finer, now that nothing trains."""
        return self._refinement is not None and not self._refinement.done

    def refine(self) -> bool:
        """Work at a finer surface for some milliseconds; whether there is one to be drawn."""
        return self._refinement is not None and self._refinement.advance()

    def _outputs(self, frame: Frame) -> Array:
        """The outputs on the finest grid that is known for this frame's network."""
        coarse = surface(frame)
        assert coarse is not None
        network, data, known = frame.session.run.network, frame.session.data, self._refinement
        if frame.training:
            self._refinement = None
            return coarse.responses[-1]
        if known is None or known.network is not network or known.data is not data:
            known = self._refinement = Refinement(network, data, coarse.responses[-1])
        return known.outputs

    def _image_of(self, outputs: Array, frame: Frame, look: Look) -> QImage:
        """The image of outputs; it is known where only the probe has moved."""
        kind = look, MAP_WHILE_TRAINING if frame.training else MAP
        if self._image is None or self._image[0] is not outputs or self._image[1] != kind:
            picture = surface_image(outputs, frame.session.data, look.theme, discrete=look.discrete, side=kind[1])
            self._image = outputs, kind, picture
        return self._image[2]

    def _names(self, outputs: Array, data: Data) -> tuple[tuple[str, Array], ...]:
        """The classes' names with the places where they stand."""
        assert data.encoding is not None
        classes = read(outputs, data.encoding)
        names = class_names(data)
        (left, right), (bottom, top) = bounds(data)
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


def _legend(frame: Frame, look: Look, drawn: Rows) -> Legend:
    data, theme = frame.session.data, look.theme
    rows = row_entries(frame, look, drawn)
    if coarse_while_training(frame.session.run.network):
        rows += (Entry("coarse while training"),)
    if data.encoding is not None and data.t.shape[1] > 1:
        looks = class_looks(data, theme)
        classes = tuple(
            Entry(name, Stamp(colour, mark), valued=True)
            for name, (colour, mark) in zip(class_names(data), looks, strict=True)
        )
        margin = () if look.discrete else (Entry("faint: small lead"),)
        return Legend(None, (*classes, *rows, *margin))
    low, high = output_range(data)
    t = spelled("t")
    bar = Bar((theme.negative, theme.zero, theme.positive), tuple(plain(v) for v in (low, (low + high) / 2, high)))
    if data.encoding is None:
        signs = (Entry(f"{t} < 0", Stamp(theme.negative, HOLE)), Entry(f"{t} ≥ 0", Stamp(theme.positive)))
    else:
        looks = class_looks(data, theme)
        signs = tuple(
            Entry(f"{t} = {name}", Stamp(colour, mark))
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
