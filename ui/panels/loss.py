"""The loss over the epochs: for training and test set, each the mean over the whole set at that moment."""

import math

import numpy as np
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QToolButton, QWidget

from core.arrays import Array
from core.frame import Frame
from core.session import CurveColumn
from ui.numbers import fixed
from ui.panel import Panel
from ui.plots import Plot
from ui.scales import settled_floor, settled_scale
from ui.theme import Theme
from ui.throttle import Throttle

CURVES_A_SECOND = 20


class LossPanel(Panel):
    """Two lines on axes; linear or logarithmic."""

    title = "Loss"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.plot = Plot(self)
        self.plot.setAccessibleName("Loss curve")
        self.plot.axes("epoch", "")
        self._throttle = Throttle(CURVES_A_SECOND)
        self._generation = 0
        self._last_epoch, self._highest = 0.0, 0.0
        self._lowest: float | None = None
        self.scale = QToolButton(self)
        self.scale.setProperty("role", "quiet")
        self.scale.setCheckable(True)
        self.scale.setText("linear ▾")
        self.scale.setToolTip("Linear or logarithmic loss axis; the logarithmic one shows small losses.")
        self.scale.setAccessibleName("Logarithmic loss axis")
        self.scale.toggled.connect(self._set_log)
        self.header.add_tool(self.scale)
        self.body.setContentsMargins(16, 0, 16, 8)
        self.body.addWidget(self.plot)

    def draw(self, frame: Frame) -> None:
        train = f"— train {fixed(frame.train.objective, 4)}"
        self.header.value.say(train if frame.test is None else f"{train}   ┄ test {fixed(frame.test.data_loss, 4)}")
        if frame.generation != self._generation:
            self._generation, self._last_epoch, self._highest, self._lowest = frame.generation, 0.0, 0.0, None
        if self._throttle.due(frame):
            self._draw_curve(frame)

    def _draw_curve(self, frame: Frame) -> None:
        """The curve changes by little from frame to frame; the numbers beside it are always those of the frame."""
        rows = frame.session.curve.rows
        epochs = rows[:, CurveColumn.EPOCH]
        self.plot.line("test", epochs, rows[:, CurveColumn.TEST_LOSS], self.theme.secondary, dashed=True)
        self.plot.line("train", epochs, rows[:, CurveColumn.TRAIN_LOSS] + rows[:, CurveColumn.PENALTY], self.theme.text)
        self._show_range(rows)
        if QAccessible.isActive():
            self.plot.setAccessibleDescription(f"After {frame.epochs:g} epochs: {self.header.value.text()}")

    def show_theme(self, theme: Theme) -> None:
        self.plot.dress(theme)
        super().show_theme(theme)

    def _show_range(self, rows: Array) -> None:
        losses = rows[:, [CurveColumn.TRAIN_LOSS, CurveColumn.TEST_LOSS]]
        losses = losses[np.isfinite(losses)]
        if not losses.size:
            return
        self._last_epoch = settled_scale(float(rows[-1, CurveColumn.EPOCH]), self._last_epoch)
        self._highest = settled_scale(float(losses.max()), self._highest)
        if not self.scale.isChecked():
            self.plot.show_range((0.0, self._last_epoch), (0.0, self._highest))
            return
        self._lowest = settled_floor(float(losses[losses > 0].min(initial=self._highest)), self._lowest)
        ends = (math.log10(self._lowest), math.log10(self._highest))
        self.plot.show_range((0.0, self._last_epoch), ends)

    def _set_log(self, log: bool) -> None:
        self.scale.setText("log ▾" if log else "linear ▾")
        self.plot.set_log(log)
        if self.frame is not None:
            self.show_again(self.frame)
