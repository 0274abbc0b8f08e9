"""δ = ∂E/∂z of every node: now, over the last steps, and by layer, so that vanishing and exploding are seen."""

import numpy as np
from PySide6.QtWidgets import QHBoxLayout, QWidget

from core.explain.phases import Part
from core.explain.terms import Kind
from core.frame import Frame, batch_pass
from core.layer_errors import LayerError, layer_errors
from core.selection import Item
from ui.matrix.axes import Axes, unit_axes
from ui.matrix.matrix import Matrix
from ui.matrix.panel import PICTURE, TABLE, MatrixPanel, at_phase
from ui.matrix.scrolled import ScrollRoom
from ui.numbers import plain
from ui.panels.delta_history import DeltaHistory
from ui.panels.delta_ratios import DeltaRatios
from ui.scene.names import layer_name

HISTORY = ("History", "δ of every node over the last steps, for the chosen sample.")
NO_TARGET = "no target, so no error: δ needs one"


class DeltasPanel(MatrixPanel):
    """A heatmap beside the layers' ratios, or the history of every node, or their table."""

    title = "δ"
    numbers = "δ of every node by layer"
    views = (PICTURE, HISTORY, TABLE)
    averages = True

    def make_pages(self) -> list[QWidget]:
        self.ratios, self.history = DeltaRatios(), DeltaHistory()
        self.history.chosen.connect(self._choose)
        self.history.read.connect(self._switch)
        now = QWidget()
        row = QHBoxLayout(now)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(ScrollRoom(self.heatmap), 3)
        row.addWidget(self.ratios, 2)
        return [now, ScrollRoom(self.history), self.table]

    @property
    def averaged(self) -> bool:
        # A history is kept of the chosen sample only.
        return super().averaged and self.views[self.view.current] is not HISTORY

    def matrices(self, frame: Frame) -> tuple[Matrix, ...]:
        axes = unit_axes(frame.session.spec.sizes, (Kind.DELTA,))
        # The mean δ over a batch is the gradient of the biases.
        found = map(Matrix, axes, (batch_pass(frame) if self.averaged else frame.gradient).delta)
        return tuple(at_phase(frame, matrix, [(Kind.DELTA, k)]) for k, matrix in enumerate(found, 1))

    def tables(self, frame: Frame) -> tuple[Matrix, ...]:
        matrices = self.matrices(frame)
        layers = tuple(matrix.axes.title for matrix in matrices)
        errors = np.array([(error.mean, error.ratio) for error in self._errors(frame)])
        ratios = Matrix(Axes("By layer", layers, ("mean |δ|", "÷ output")), errors)
        return (*matrices, ratios) if self.averaged else (*matrices, ratios, _history(frame, matrices))

    def missing(self, frame: Frame) -> str:
        return "" if self.averaged or frame.has_target else NO_TARGET

    def draw(self, frame: Frame) -> None:
        assert self.subject is not None
        self.subject.setEnabled(self.views[self.view.current] is not HISTORY)
        super().draw(frame)

    def show_view(self, frame: Frame) -> str:
        if self.views[self.view.current] is not HISTORY:
            return super().show_view(frame)
        self.history.show_frame(frame)
        steps = frame.deltas[:, 0]
        span = self.history.step or f"steps {steps[0]:,.0f} to {steps[-1]:,.0f}"
        return self.headline(frame, f"± {plain(self.history.scale)}", span)

    def show_heatmap(self, frame: Frame) -> str:
        sizes = frame.session.spec.sizes
        names = tuple(layer_name(sizes, layer) for layer in range(1, len(sizes)))
        self.ratios.show_errors(names, self._errors(frame))
        return super().show_heatmap(frame)

    def part(self, item: Item, row: int) -> Part | None:
        return Part.DELTA

    def _errors(self, frame: Frame) -> tuple[LayerError, ...]:
        return layer_errors(batch_pass(frame).sizes if self.averaged else frame.gradient.delta)


def _history(frame: Frame, matrices: tuple[Matrix, ...]) -> Matrix:
    """Every δ of the chosen sample that is remembered: a row for each step."""
    names = tuple(name for matrix in matrices for name in matrix.axes.columns)
    steps = tuple(f"step {step:,.0f}" for step in frame.deltas[:, 0].tolist())
    return Matrix(Axes("History", steps, names), frame.deltas[:, 1:])
