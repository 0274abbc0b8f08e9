"""How the gradients of the batch's samples add up, and cancel, to the mean: for the chosen weight or bias."""

from dataclasses import replace

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedLayout, QWidget

from core.explain.sample_gradients import SampleGradients, sample_gradients
from core.explain.terms import Kind
from core.frame import Frame
from core.selection import Edge, Item
from ui.labels import caption
from ui.matrix.axes import Axes
from ui.matrix.matrix import Matrix
from ui.matrix.table import MatrixTable
from ui.scene.facts import title
from ui.scene.names import symbol
from ui.theme import Theme
from ui.throttle import Throttle

HOW = "Choose a weight, or a node for its bias: its gradients for the samples of the batch are then listed here."
TABLES_A_SECOND = 5
SUMS = ("positive", "negative", "sum", "mean")


class SamplesPage(QWidget):
    """A table, or how to come by one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.how = caption(HOW)
        self.how.setWordWrap(True)
        self.how.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.table = MatrixTable("Gradients of the samples", self)
        self._tables = Throttle(TABLES_A_SECOND)
        self._shown: tuple[object, ...] = ()
        self._pages = QStackedLayout(self)
        self._pages.addWidget(self.how)
        self._pages.addWidget(self.table)

    def show_frame(self, frame: Frame) -> None:
        """Bring the table up to the frame; a whole batch need not be gone through for each."""
        at = None if frame.stepping is None else frame.stepping.at
        key = (frame.chosen, at, frame.network, frame.batch.tobytes(), frame.session.spec.mistake)
        if key == self._shown or not (self._tables.due(frame) or key[:2] != self._shown[:2]):
            return
        self._shown = key
        item, data, rows = frame.chosen, frame.session.data, frame.batch
        x, t, spec = data.x[rows], data.t[rows], frame.session.spec
        found = None if item is None else sample_gradients(frame.network, x, t, item, spec.eta, spec.mistake)
        self._pages.setCurrentWidget(self.how if found is None else self.table)
        if item is not None and found is not None:
            matrix = samples_matrix(found, rows.tolist(), item, frame.session.spec.sizes)
            self.table.show_matrices((_as_known(matrix, frame, item),), f"batch of {len(rows):,}")

    def show_theme(self, theme: Theme) -> None:
        """Take over the zoom."""
        self.table.show_theme(theme)


def _as_known(matrix: Matrix, frame: Frame, item: Item) -> Matrix:
    """Only what is computed by now of an update that is walked through: columns of the samples, and their mean."""
    k, weight = item.layer, isinstance(item, Edge)
    slope, mean = (Kind.D_W, Kind.MEAN_W) if weight else (Kind.D_B, Kind.MEAN_B)
    quantities = ((Kind.A, k - 1), (Kind.DELTA, k), (slope, k))
    columns = [frame.knows(*each) for each in quantities]
    sums = frame.knows(mean if len(frame.batch) > 1 else slope, k)
    if all(columns) and sums:
        return matrix
    assert matrix.blank is not None
    blank = matrix.blank | ~np.array(columns)
    blank[: len(SUMS)] |= not sums
    return replace(matrix, values=np.where(blank, np.nan, matrix.values), blank=blank)


def samples_matrix(found: SampleGradients, rows: list[int], item: Item, sizes: tuple[int, ...]) -> Matrix:
    """The sums and the mean, and below them a line for each sample."""
    sums = [[np.nan, np.nan, each] for each in (found.up, found.down, found.total, found.mean)]
    values = np.vstack([sums, np.stack([found.a, found.delta, found.slopes], axis=1)])
    blank = np.isnan(values)
    blank[len(SUMS) :] = False
    names = (*SUMS, *(f"sample {row + 1}" for row in rows))
    k = item.layer
    before, delta = symbol(Kind.A, sizes, k - 1), symbol(Kind.DELTA, sizes, k)
    what = symbol(Kind.D_W if isinstance(item, Edge) else Kind.D_B, sizes, k)
    columns = (before if isinstance(item, Edge) else "1", delta, what)
    return Matrix(Axes(f"{what} = {' · '.join(columns[:2])}, {title(sizes, item)}", names, columns), values, blank)
