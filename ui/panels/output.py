"""What the network answers: a surface for two inputs, a curve for one, predicted against target for more."""

import numpy as np
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QSizePolicy, QStackedLayout, QWidget

from core.arrays import Array, Rows
from core.datasets import ENCODINGS, Data
from core.frame import Frame
from core.network import forward
from core.selection import SampleChoice
from ui.colours import class_colour, class_image, image, shade
from ui.numbers import fixed, plain
from ui.panel import Panel
from ui.picture import Picture, Points, nearest
from ui.plots import Plot
from ui.surface import scaled, surface
from ui.theme import Theme

CURVE_POINTS = 200
MOST_POINTS = 2000


class OutputPanel(Panel):
    """One picture; a click on a point chooses its sample, the mouse reads the output anywhere."""

    title = "Output"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.picture = Picture(self)
        self.picture.setAccessibleName("Output over the two inputs")
        self.picture.pressed.connect(self._choose)
        self.picture.hovered.connect(self._probe)
        self.plot = Plot(self)
        self.plot.setAccessibleName("Output")
        self._drawn_points: tuple[Data, Theme] | None = None
        self._plotted: Data | None = None
        self._under_mouse: QPointF | None = None
        self._stack = QStackedLayout()
        self._stack.addWidget(self.picture)
        self._stack.addWidget(self.plot)
        self.body.setContentsMargins(16, 0, 16, 8)
        self.body.addLayout(self._stack)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)

    def draw(self, frame: Frame) -> None:
        inputs = frame.session.spec.sizes[0]
        self._stack.setCurrentWidget(self.picture if inputs == 2 else self.plot)
        if self._plotted is not frame.session.data:
            self._plotted = frame.session.data
            self.plot.clear_lines()
        if inputs == 2:
            self._draw_surface(frame)
        elif inputs == 1:
            self._draw_curve(frame)
        else:
            self._draw_comparison(frame)
        self._write_value(frame)

    def show_theme(self, theme: Theme) -> None:
        self.plot.dress(theme)
        super().show_theme(theme)

    def _draw_surface(self, frame: Frame) -> None:
        answer = surface(frame)
        assert answer is not None
        data = frame.session.data
        outputs = answer.responses[-1]
        if len(outputs) == 1:
            picture = image(scaled(outputs[0], frame.session.spec.activations[-1]), self.theme)
        else:
            picture = class_image(outputs, self.theme)
        if self._drawn_points != (data, self.theme):
            self._drawn_points = (data, self.theme)
            self.picture.show_points(points(data, self.theme))
        self.picture.show_image(picture, answer.bounds, frame.x[0])

    def _draw_curve(self, frame: Frame) -> None:
        data, rows = frame.session.data, shown_rows(frame.session.data)
        low, high = float(data.x.min()), float(data.x.max())
        x = np.linspace(low, high, CURVE_POINTS)[:, None]
        with np.errstate(all="ignore"):
            y = forward(frame.session.run.network, x).y
        self.plot.axes("x₁", "y")
        self.plot.dots("targets", data.x[rows, 0], data.t[rows, 0], self.theme.secondary, 4)
        self.plot.line("output", x[:, 0], y[:, 0], self.theme.positive, width=2)
        self.plot.dots("chosen", frame.x[:, 0], frame.t[:, 0], self.theme.chosen, 10)

    def _draw_comparison(self, frame: Frame) -> None:
        data, rows = frame.session.data, shown_rows(frame.session.data)
        with np.errstate(all="ignore"):
            y = forward(frame.session.run.network, data.x[rows]).y
        self.plot.axes("target t", "output y")
        self.plot.line("equal", *diagonal(data.t), self.theme.line, dashed=True)
        self.plot.dots("targets", data.t[rows].ravel(), y.ravel(), self.theme.positive, 6)
        self.plot.dots("chosen", frame.t[0], frame.trace.y[0], self.theme.chosen, 10)

    def _write_value(self, frame: Frame) -> None:
        if self._under_mouse is not None and frame.session.spec.sizes[0] == 2:
            x = np.array([[self._under_mouse.x(), self._under_mouse.y()]])
            with np.errstate(all="ignore"):
                y = forward(frame.session.run.network, x).y[0]
            self.header.value.say(f"at ({plain(x[0, 0])}, {plain(x[0, 1])}): {_shown(y)}")
            return
        y, t = frame.trace.y[0], frame.t[0]
        target = f", t = {plain(t[0])}" if len(t) == 1 else ""
        self.header.value.say(f"{frame.subject}: {_shown(y)}{target}")

    def _probe(self, place: QPointF | None) -> None:
        self._under_mouse = place
        if self.frame is not None:
            self._write_value(self.frame)

    def _choose(self, place: QPointF) -> None:
        if self.frame is None:
            return
        self.edited.emit(SampleChoice(nearest(self.frame.session.data.x, place)))


def _shown(y: Array) -> str:
    return ", ".join(fixed(value) for value in y[:3].tolist()) + (" …" if len(y) > 3 else "")


def shown_rows(data: Data) -> Rows:
    """The rows that are drawn: all, or evenly chosen ones where there are too many to be told apart."""
    return np.unique(np.linspace(0, len(data.x) - 1, MOST_POINTS).astype(np.intp))


def points(data: Data, theme: Theme) -> Points:
    """The rows as points in the colour of their target, the test rows as diamonds."""
    rows = shown_rows(data)
    size = next(size for size, most in ((14.0, 16), (7.0, 600), (4.0, MOST_POINTS)) if len(rows) <= most)
    return Points(data.x[rows], target_colours(data, rows, theme), size, int((rows < data.train).sum()))


def target_colours(data: Data, rows: Rows, theme: Theme) -> list[QColor]:
    """The colour of each row's target: by class, or by value for regression."""
    targets = data.t[rows]
    if data.encoding is None:
        return [shade(float(value), theme) for value in scaled(targets[:, 0], None)]
    classes = ENCODINGS[data.encoding].read(targets)
    if targets.shape[1] == 1:
        return [shade(1.0 if chosen else -1.0, theme) for chosen in classes]
    return [class_colour(int(chosen), theme) for chosen in classes]


def diagonal(values: Array) -> tuple[Array, Array]:
    """The line y = t over the range of the targets."""
    ends = np.array([values.min(), values.max()])
    return ends, ends
