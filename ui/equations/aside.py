"""Beside the equation: what is minimised, or how the samples of a batch add up to the mean."""

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from core.explain.notation import NOTATIONS
from core.explain.sample_gradients import SampleGradients, sample_gradients
from core.frame import Frame
from core.losses import LOSSES
from core.penalties import PENALTIES
from core.selection import Edge, Item
from ui.equations.sheets import objective_sheet
from ui.equations.view import EquationView
from ui.labels import caption
from ui.matrix.axes import Axes
from ui.matrix.matrix import Matrix
from ui.matrix.scrolled import ScrollRoom
from ui.matrix.table import MatrixTable
from ui.scene.facts import title
from ui.segments import Segments
from ui.theme import Theme
from ui.throttle import Throttle

OBJECTIVE = ("Objective", "What is minimised now, in words and as a formula.")
SAMPLES = ("Samples", "The gradient of the chosen weight or bias for each sample of the batch, and their mean.")
HOW = "Choose a weight, or a node for its bias: its gradients for the samples of the batch are then listed here."
TABLES_A_SECOND = 5
SUMS = ("sum of the positive", "sum of the negative", "sum", "mean")


class Aside(QWidget):
    """Two pages, and the switch between them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.switch = Segments("Beside the equation", (OBJECTIVE, SAMPLES), self)
        self.objective = EquationView("Objective", self)
        self.words, self.how = caption(), caption(HOW)
        self.table = MatrixTable("Gradients of the samples", self)
        self._tables = Throttle(TABLES_A_SECOND)
        objective, samples = QWidget(), QWidget()
        for page, widgets in ((objective, (self.words, ScrollRoom(self.objective))), (samples, (self.how, self.table))):
            column = QVBoxLayout(page)
            column.setContentsMargins(0, 0, 0, 0)
            for widget in widgets:
                column.addWidget(widget)
        for words in (self.words, self.how):
            words.setWordWrap(True)
            words.setAlignment(Qt.AlignmentFlag.AlignTop)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        box.addWidget(self.switch, 0, Qt.AlignmentFlag.AlignLeft)
        self._pages = QStackedLayout()
        # Before it has pages: a stack that stands nowhere would show the first as a window.
        box.addLayout(self._pages, 1)
        self._pages.addWidget(objective)
        self._pages.addWidget(samples)
        self._shown: tuple[object, ...] = ()

    def show_frame(self, frame: Frame, notation: str) -> None:
        """Bring the page in sight up to the frame."""
        self._pages.setCurrentIndex(self.switch.current)
        if self.switch.current == 0:
            self.objective.show_sheet(objective_sheet(frame, NOTATIONS[notation]))
            words = objective_words(frame)
            if words != self.words.text():
                self.words.setText(words)
            return
        key = (frame.network, frame.chosen, frame.batch.tobytes())
        if key != self._shown and (self._tables.due(frame) or key[1:] != self._shown[1:]):
            self._shown = key
            self._show_samples(frame)

    def show_theme(self, theme: Theme) -> None:
        """Take over colours and zoom."""
        self.table.show_theme(theme)
        self.objective.dress(theme)

    def _show_samples(self, frame: Frame) -> None:
        item, data = frame.chosen, frame.session.data
        rows = frame.batch
        found = None if item is None else sample_gradients(frame.network, data.x[rows], data.t[rows], item)
        self.table.setVisible(found is not None)
        self.how.setVisible(found is None)
        if item is not None and found is not None:
            whose = f"batch of {len(rows):,}"
            self.table.show_matrices((samples_matrix(found, rows.tolist(), item, frame.session.spec.sizes),), whose)


def samples_matrix(found: SampleGradients, rows: list[int], item: Item, sizes: tuple[int, ...]) -> Matrix:
    """A line for each sample, and below them the sums and the mean."""
    nothing = np.nan
    sums = [[nothing, nothing, each] for each in (found.up, found.down, found.total, found.mean)]
    values = np.vstack([np.stack([found.a, found.delta, found.slopes], axis=1), sums])
    names = (*(f"sample {row + 1}" for row in rows), *SUMS)
    what = "∂E/∂w" if isinstance(item, Edge) else "∂E/∂b"
    return Matrix(Axes(f"{what}: {title(sizes, item)}", names, ("a", "δ", f"{what} = a · δ")), values)


def objective_words(frame: Frame) -> str:
    """What is minimised, in words."""
    spec, data = frame.session.spec, frame.session.data
    batch = min(spec.batch or data.train, data.train)
    return (
        f"Minimised is the mean over the {data.train:,} training rows, not their sum; each update goes down the mean of"
        f" its {batch:,}. Of a row: {LOSSES[spec.loss].help} Penalty: {PENALTIES[spec.penalty].help}"
    )
