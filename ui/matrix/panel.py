"""What the panels of matrices have in common: a picture and its table twin, a scale that settles, and whose numbers."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QStackedLayout, QWidget

from core.explain.phases import Part
from core.explain.terms import Kind
from core.frame import Frame, batch_pass
from core.selection import Item, ItemChoice
from ui.labels import caption
from ui.matrix.heatmap import Heatmap
from ui.matrix.legend import Legend
from ui.matrix.matrix import Matrix, gaps
from ui.matrix.scrolled import ScrollRoom
from ui.matrix.table import MatrixTable
from ui.numbers import plain
from ui.panel import Panel
from ui.segments import Segments
from ui.theme import Theme
from ui.throttle import Throttle

PICTURE = ("Picture", "The numbers as colours. Arrow keys go from cell to cell, Enter chooses.")
TABLE = ("Table", "The same numbers as a table. Ctrl+C copies it with its names, for a spreadsheet.")
SAMPLE = ("Sample", "The numbers of the chosen sample alone.")
BATCH_MEAN = ("Batch", "The mean over the samples of the next batch, which is what the update is made of.")
SCALE_ROOM = 40


def at_phase(frame: Frame, matrix: Matrix, rows: Sequence[tuple[Kind, int]]) -> Matrix:
    """The matrix as far as it is computed, whose rows are these quantities of a layer."""
    if frame.stepping is None:
        return matrix
    return matrix.at_phase([frame.knows(*row) for row in rows], [frame.computes(*row) for row in rows])


class MatrixPanel(Panel):
    """A panel says which `matrices` it shows and whose they are; one that can show a batch mean too `averages`.

    `wished` says which equation explains the number that was chosen, by its part of the update. `numbers` says in words
    what they are; `views` are the pages by name, each with its tip; the last is the table.
    """

    wished = Signal(object)
    numbers = ""
    rate = 30
    views: tuple[tuple[str, str], ...] = (PICTURE, TABLE)
    averages = False

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.legend = Legend()
        self.heatmap, self.table = Heatmap(self.numbers), MatrixTable(self.numbers)
        self.heatmap.coloured.connect(self.legend.show_strength)
        for twin in (self.heatmap, self.table):
            twin.chosen.connect(self._choose)
        self.words = caption()
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.words.setWordWrap(True)
        self.subject = Segments(f"{self.title}: whose", (SAMPLE, BATCH_MEAN)) if self.averages else None
        self.view = Segments(f"{self.title}: view", self.views)
        self.header.add_tool(self.legend)
        for switch in (self.subject, self.view):
            if switch is not None:
                switch.changed.connect(self._switch)
                self.header.add_tool(switch)
        self._pages = self.make_pages()
        self._stack = QStackedLayout()
        self.body.setContentsMargins(16, 0, 16, 8)
        # Before it has pages: a stack that stands nowhere would show the first as a window.
        self.body.addLayout(self._stack, 1)
        for page in (*self._pages, self.words):
            self._stack.addWidget(page)
        self._scaled_for: tuple[int, bool] | None = None
        self._told = Throttle(1.0)

    def make_pages(self) -> list[QWidget]:
        """A widget for each view."""
        return [ScrollRoom(self.heatmap), self.table]

    def matrices(self, frame: Frame) -> tuple[Matrix, ...]:
        """The numbers of a frame, a matrix for each layer; each panel has its own."""
        return ()

    def tables(self, frame: Frame) -> tuple[Matrix, ...]:
        """What the table offers: the matrices, and what else the pictures show."""
        return self.matrices(frame)

    def missing(self, frame: Frame) -> str:
        """Why there is nothing to show, in words."""
        return ""

    def whose(self, frame: Frame) -> str:
        """What the numbers belong to, in words."""
        if not self.averaged:
            return f"{frame.subject} alone"
        return f"mean of {batch_pass(frame).subject}"

    def headline(self, frame: Frame, *parts: str) -> str:
        """What the header says: more about these numbers, and whose they are."""
        return " · ".join((*parts, self.whose(frame)))

    @property
    def averaged(self) -> bool:
        """Whether batch means are shown, and not the chosen sample."""
        return self.subject is not None and self.subject.current == 1

    def draw(self, frame: Frame) -> None:
        words = self.missing(frame)
        self._stack.setCurrentWidget(self.words if words else self._pages[self.view.current])
        self.legend.setVisible(not words and self.view.current == 0)
        if words:
            if words != self.words.text():
                self.words.setText(words)
            self.header.value.say(self.headline(frame))
        else:
            self.header.value.say(self.show_view(frame))
        if QAccessible.isActive() and self._told.heard(frame):
            self.setAccessibleDescription(words or self.header.value.text())

    def show_view(self, frame: Frame) -> str:
        """Bring the view that is in sight up to the frame; what the header says of it."""
        if self.view.current == len(self.views) - 1:
            self.table.show_matrices(self.tables(frame), self.whose(frame))
            return self.headline(frame)
        return self.headline(frame, self.show_heatmap(frame))

    def show_heatmap(self, frame: Frame) -> str:
        """Bring the heatmap up to the frame; its scale in words."""
        matrices = self.matrices(frame)
        scaled_for = (frame.generation, self.averaged)
        self.heatmap.show_matrices(matrices, self.whose(frame), frame.chosen, anew=scaled_for != self._scaled_for)
        self._scaled_for = scaled_for
        broken = gaps(matrices)
        return (f"{broken:,} not finite · " if broken else "") + f"± {plain(self.heatmap.scale)}"

    def show_theme(self, theme: Theme) -> None:
        self.table.show_theme(theme)
        self.legend.dress(theme)
        self.header.value.setMinimumWidth(round(SCALE_ROOM * theme.zoom))
        super().show_theme(theme)

    def _switch(self) -> None:
        if self.frame is not None:
            self.show_again(self.frame)

    def part(self, item: Item, row: int) -> Part | None:
        """Which part of an update computes the number in that row which belongs to `item`; None where none does."""
        return None

    def _choose(self, item: Item, row: int) -> None:
        self.wished.emit(self.part(item, row))
        self.edited.emit(ItemChoice(item))
