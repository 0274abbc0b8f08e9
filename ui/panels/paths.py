"""Multiply along a path, add across paths: every way from the chosen weight or node to the loss, and their sum."""

import math

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from core.explain.notation import NOTATIONS
from core.frame import Frame
from core.selection import PathChoice
from ui.equations.paths import Nodes, ToldPaths, slope_by, told_paths
from ui.equations.paths_table import PathsTable
from ui.equations.view import EquationView
from ui.labels import invitation
from ui.matrix.scrolled import ScrollRoom
from ui.numbers import counted, plain
from ui.panel import Panel
from ui.prepared import Order
from ui.theme import Theme

HOW = (
    "Choose a weight, an input or another node in the network: every path from it to the loss is then listed here."
    " Multiply along a path, add across paths: that is the gradient."
)
NO_TARGET = "no target, so no error: there is no loss to lead to"
NOT_YET = "In this phase the gradient is not computed yet."
SAME = 1e-9


class PathsPanel(Panel):
    """The table of paths over the equation of one of them; that one is brought out in the network."""

    title = "Paths"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.header.value.align(Qt.AlignmentFlag.AlignLeft)
        self.table, self.equation = PathsTable(self), EquationView("Path", self)
        self.table.pointed.connect(self._point)
        self.table.turned.connect(self._turn)
        self.table.as_latex.connect(self._copy_latex)
        self.how = invitation(HOW)
        self._orders: Order[ToldPaths | None] = Order("paths", self.edited.emit)
        self._start: object = None
        self._shown_paths: ToldPaths | None = None
        self._lines: tuple[Nodes, ...] = ()
        self._unfolded: frozenset[Nodes] = frozenset()
        self._brought_out: Nodes = ()
        page = QWidget(self)
        column = QVBoxLayout(page)
        column.setContentsMargins(16, 0, 16, 4)
        column.setSpacing(4)
        # As high as its lines, so that none of them is cut; the rest is the equation's.
        column.addWidget(self.table)
        column.addWidget(ScrollRoom(self.equation), 1)
        self._pages = QStackedLayout()
        # Before it has pages: a stack that stands nowhere would show the first as a window.
        self.body.addLayout(self._pages)
        self._pages.addWidget(self.how)
        self._pages.addWidget(page)

    def draw(self, frame: Frame) -> None:
        if (start := (frame.chosen, frame.network.sizes)) != self._start:
            self._start, self._lines, self._unfolded, self._brought_out = start, (), frozenset(), ()
            self.table.forget()
        words = _missing(frame)
        self._pages.setCurrentIndex(0 if words else 1)
        if words:
            self._orders.cancel()
            self.header.value.say("")
            if words != self.how.text():
                self.how.setText(words)
            return
        told = self._told(frame)
        if told is not None and told is not self._shown_paths:
            self._shown_paths = told
            self._lines = tuple(path.nodes for path in told.lines)
            self.table.show_paths(told.matrix, frame.subject)
            self.equation.show_sheet(told.sheet)
            self.header.value.say(_headline(frame, told))

    def out_of_sight(self) -> None:
        self._orders.cancel()
        self._bring_out(())

    def show_theme(self, theme: Theme) -> None:
        self.table.dress(theme)
        super().show_theme(theme)

    def _told(self, frame: Frame) -> ToldPaths | None:
        """Made where frames are made."""
        notation, item, unfolded = NOTATIONS[self.theme.notation], frame.chosen, self._unfolded
        shown, room = self._brought_out, self.equation.room_for_lines
        assert item is not None

        def make(frame: Frame) -> ToldPaths | None:
            now = frame.chosen
            if now is None or _missing(frame):
                return None
            # Where another one is chosen, which the panel has not heard of yet, nothing is unfolded or brought out.
            parts = (unfolded, shown) if now == item else (frozenset[Nodes](), ())
            told = told_paths(frame, now, notation, *parts)
            told.sheet.laid(room)
            return told

        return self._orders.take(frame, (notation.name, unfolded, shown, room), make)

    def _point(self, line: int) -> None:
        self._bring_out(self._lines[line] if 0 <= line < len(self._lines) else ())

    def _bring_out(self, nodes: Nodes) -> None:
        if nodes != self._brought_out:
            self._brought_out = nodes
            self.edited.emit(PathChoice(nodes))

    def _turn(self, line: int) -> None:
        """Open a group, or close it."""
        if 0 <= line < len(self._lines) and self.frame is not None:
            self._unfolded = self._unfolded ^ {self._lines[line]}
            self.show_again(self.frame)

    def _copy_latex(self) -> None:
        QGuiApplication.clipboard().setText(self.equation.sheet.latex)
        self.header.value.say("copied as LaTeX")


def _missing(frame: Frame) -> str:
    """Why there are no paths to show, in words."""
    if frame.chosen is None:
        return HOW
    if not frame.has_target:
        return NO_TARGET
    slope = slope_by(frame.chosen)
    return "" if frame.knows(slope.kind, slope.layer) else NOT_YET


def _headline(frame: Frame, told: ToldPaths) -> str:
    agrees = math.isclose(told.total, told.gradient, rel_tol=SAME, abs_tol=1e-15)
    proof = " ✓ as backpropagation finds" if agrees else f" ✗ backpropagation finds {plain(told.gradient)}"
    return f"{frame.subject} · {counted(told.count, 'path')}, in sum {plain(told.total)}{proof}"
