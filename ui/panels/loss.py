"""The loss over the epochs: training and test set, each the mean over the whole set with the parameters of that moment."""

from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from core.frame import Frame
from core.session import CurveColumn
from ui.labels import heading
from ui.numbers import fixed
from ui.panel import Panel
from ui.plots import Plot
from ui.theme import Theme


class LossPanel(Panel):
    """Two lines on axes; linear or logarithmic."""

    title = "Loss"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.plot = Plot(self)
        self.plot.setAccessibleName("Loss curve")
        self.plot.axes("epoch", "")
        self.value = QLabel(self)
        self.value.setProperty("role", "secondary")
        self.scale = QToolButton(self)
        self.scale.setProperty("role", "quiet")
        self.scale.setCheckable(True)
        self.scale.setText("linear ▾")
        self.scale.setToolTip("Linear or logarithmic loss axis; the logarithmic one shows small losses.")
        self.scale.setAccessibleName("Logarithmic loss axis")
        self.scale.toggled.connect(self._set_log)
        top = QHBoxLayout()
        top.addWidget(heading("Loss"))
        top.addStretch()
        top.addWidget(self.value)
        top.addWidget(self.scale)
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 8, 16, 8)
        box.setSpacing(4)
        box.addLayout(top)
        box.addWidget(self.plot)

    def draw(self, frame: Frame) -> None:
        rows = frame.session.curve.rows
        epochs = rows[:, CurveColumn.EPOCH]
        self.plot.line("test", epochs, rows[:, CurveColumn.TEST_LOSS], self.theme.secondary, dashed=True)
        self.plot.line(
            "train", epochs, rows[:, CurveColumn.TRAIN_LOSS] + rows[:, CurveColumn.PENALTY], self.theme.text
        )
        train = f"train {fixed(frame.train.objective, 4)}"
        self.value.setText(train if frame.test is None else f"{train} · test {fixed(frame.test.data_loss, 4)}")
        self.plot.setAccessibleDescription(f"Mean over the set after {frame.epochs:g} epochs: {self.value.text()}")

    def show_theme(self, theme: Theme) -> None:
        self.plot.dress(theme)
        super().show_theme(theme)

    def _set_log(self, log: bool) -> None:
        self.scale.setText("log ▾" if log else "linear ▾")
        self.plot.getPlotItem().setLogMode(y=log)
