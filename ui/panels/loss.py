"""The loss of the whole sets and the accuracy over the epochs, that of every batch over the steps; read at a cursor."""

import numpy as np
from PySide6.QtCore import QPointF
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QWidget

from core.frame import Frame
from ui.numbers import fixed
from ui.panel import Panel
from ui.panels.log_switch import LogSwitch
from ui.panels.loss_scale import LossScale
from ui.panels.loss_views import ACCURACIES, LOSSES, BatchView, CurveView, share
from ui.plots import ZOOMING, Line, Plot
from ui.readout import Readout
from ui.segments import Segments
from ui.theme import Theme
from ui.throttle import Throttle

DESCRIPTIONS_A_SECOND = 1
DOT = 6
LOSS, BATCH, ACCURACY = range(3)
VIEWS = (
    ("Loss", "The mean loss over the whole training set and the whole test set, after each evaluation."),
    ("Batch", "The mean loss of each step's batch, just before its update; it jumps, since every batch is another."),
    ("Accuracy", "How many rows of the whole training set and of the whole test set get the right class."),
)


class LossPanel(Panel):
    """Curves on axes, linear or logarithmic; the mouse or the arrow keys choose what is read out."""

    title = "Loss"
    rate = 20
    pictures = 2

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._views = (
            CurveView(LOSSES, lambda value: fixed(value, 4)),
            BatchView(),
            CurveView(ACCURACIES, share, "Targets that are no classes have no accuracy."),
        )
        self.switch = Segments("Curve", VIEWS, self)
        self.switch.changed.connect(self._change)
        self.scale = LogSwitch(self)
        self.scale.changed.connect(self._set_log)
        self.header.add_tool(self.switch)
        self.header.add_tool(self.scale)
        self.readout = Readout("Numbers at the cursor", self)
        self.plot = Plot(self, readable=True, zoomable=True)
        self.plot.setAccessibleName("Loss curve")
        self.plot.setToolTip(f"Point at the curve, or press ← and → (Home, End, Page keys) to read it.\n{ZOOMING}")
        self.plot.axes(self._view.axis, "")
        self.plot.pointed.connect(self._point)
        self.plot.stepped.connect(self._step)
        self.plot.zoomed.connect(self._look_closer)
        self.body.setContentsMargins(16, 0, 8, 4)
        self.body.addWidget(self.readout)
        self.body.addWidget(self.plot, 1)
        self._described = Throttle(DESCRIPTIONS_A_SECOND)
        self._at: float | None = None
        self._scale = LossScale()
        self._generation = -1
        self._drawn: set[str] = set()

    def draw(self, frame: Frame) -> None:
        if frame.generation != self._generation:
            self._generation = frame.generation
            self._scale.begin()
        self._draw_curve(frame)
        self._read(frame)
        if QAccessible.isActive() and self._described.heard(frame):
            self._describe(frame)

    def show_theme(self, theme: Theme) -> None:
        self.plot.dress(theme)
        super().show_theme(theme)

    @property
    def _view(self) -> CurveView | BatchView:
        return self._views[self.switch.current]

    def _draw_curve(self, frame: Frame) -> None:
        lines = self._view.lines(frame, self.theme)
        self._show_range(frame, lines)
        for name in self._drawn - lines.keys():
            self.plot.remove(name)
        self._drawn = set(lines)
        self._view.draw(self.plot, lines)
        self._mark(frame)

    def _show_range(self, frame: Frame, lines: dict[str, Line]) -> None:
        losses = np.concatenate([np.empty(0), *(line.y for line in lines.values())])
        across, heights = self._scale.settle(self._view.end(frame), losses, log=self.plot.log)
        self.plot.show_range(across, (0.0, 100.0) if self.switch.current == ACCURACY else heights)

    def _read(self, frame: Frame) -> None:
        self.readout.show_entries(self._view.read(frame, self._at, self.theme).entries)

    def _mark(self, frame: Frame) -> None:
        """The upright line, and a dot on every line where it is read."""
        reading = self._view.read(frame, self._at, self.theme)
        self.plot.show_cursor(None if self._at is None else reading.x)
        self.plot.dots("read", reading.dots[:, 0], reading.dots[:, 1], self.theme.text, DOT)

    def _describe(self, frame: Frame) -> None:
        name = VIEWS[self.switch.current][0]
        self.readout.setAccessibleDescription(self.readout.text())
        self.plot.setAccessibleDescription(
            f"{name} over {self._view.span(frame)}. {self.readout.text()}. Arrow keys read other places."
        )

    def _point(self, place: QPointF | None) -> None:
        self._read_at(None if place is None else place.x())

    def _step(self, by: int) -> None:
        if self.frame is not None:
            self._read_at(self._view.stepped(self.frame, self._at, by))
            if QAccessible.isActive():
                self._describe(self.frame)

    def _read_at(self, x: float | None) -> None:
        self._at = x
        if self.frame is not None:
            self._read(self.frame)
            self._mark(self.frame)

    def _change(self, view: int) -> None:
        # Where it was read lies on the axis of the view before.
        self._at = None
        self.plot.clear_lines()
        self._drawn.clear()
        self.scale.setEnabled(view != ACCURACY)
        self.plot.setAccessibleName("Accuracy curve" if view == ACCURACY else "Loss curve")
        self.plot.axes(self._view.axis, "%" if view == ACCURACY else "")
        self._set_log(self.scale.isChecked())

    def _look_closer(self) -> None:
        if self.frame is not None:
            self._draw_curve(self.frame)

    def _set_log(self, log: bool) -> None:
        self.plot.set_log(log and self.switch.current != ACCURACY)
        self._scale.begin()
        if self.frame is not None:
            self.show_again(self.frame)
