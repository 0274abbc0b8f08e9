"""The finished runs of this sitting and the present one: how they were set, what came of it, and their curves."""

from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QAccessible, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QSplitter,
    QTableView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from core import edits
from core.finished import FinishedRun
from core.frame import Frame
from ui.labels import caption
from ui.numbers import counted
from ui.panel import Panel
from ui.panels.log_switch import LogSwitch
from ui.panels.run_curves import RunCurves, swatch
from ui.panels.runs_model import LOSS_COLUMNS, RunsModel
from ui.plots import ZOOMING, Plot
from ui.theme import Theme
from ui.throttle import Throttle

CURVES_A_SECOND = 15
DESCRIPTIONS_A_SECOND = 1
ROW, TEXT = 21, 11
HALVES = [580, 420]
NARROWEST, NARROWEST_LOSS, NARROWEST_PLOT = 46, 66, 180
BOX_EDGES = 8
EMPTY = (
    "No run is finished yet. When training begins anew – reset, a new seed, other data, layers or loss –"
    " the run before it is kept here, to be compared and reopened."
)
KEPT = "the present run is kept here"
NOT_KEPT = "the present run has no step to keep"


class RunsTable(QTableView):
    """`opened` comes with Enter and with a double click, `hidden` with H; `copied` with the keys for copying."""

    opened = Signal()
    hidden = Signal()
    copied = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Runs of this sitting")
        self.setToolTip(
            "The curves are shown over the epochs of the chosen runs; Escape: of all.\n"
            "Enter or a double click reopens a finished run; H hides or shows curves; Ctrl+C copies."
        )
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.horizontalHeader().setHighlightSections(False)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().hide()
        self.doubleClicked.connect(self.opened)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit()
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copied.emit()
        elif event.key() == Qt.Key.Key_H:
            self.hidden.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.clearSelection()
        elif event.key() == Qt.Key.Key_Space:
            event.ignore()  # it trains
        else:
            super().keyPressEvent(event)


class HistoryPanel(Panel):
    """A table and, beside it, the curves of what is in it; chosen rows are drawn boldly."""

    title = "History"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = RunsModel(lambda run: swatch(run, self.theme, self.devicePixelRatio()))
        self.table = RunsTable(self)
        self.table.setModel(self.model)
        self.table.opened.connect(self._reopen)
        self.table.hidden.connect(self._hide)
        self.model.rehidden.connect(self._show_again)
        self.table.copied.connect(lambda: QGuiApplication.clipboard().setText(self.model.as_text()))
        self.table.selectionModel().selectionChanged.connect(self._choose)
        self.empty = caption(EMPTY, self)
        self.empty.setWordWrap(True)
        self.empty.setContentsMargins(16, 4, 16, 8)
        self.plot = Plot(self, zoomable=True)
        self.plot.setAccessibleName("Loss curves of the runs")
        self.plot.setToolTip(ZOOMING)
        self.plot.axes("epoch", "")
        self._curves = RunCurves(self.plot)
        self.plot.zoomed.connect(self._curves.redraw)
        self._picked: list[FinishedRun | None] = []
        self.reopen = self._tool("Reopen", "Reopen the chosen run")
        self.reopen.clicked.connect(self._reopen)
        self.scale = LogSwitch(self)
        self.scale.changed.connect(self._set_log)
        self.header.add_tool(self.scale)
        self._due, self._described = Throttle(CURVES_A_SECOND), Throttle(DESCRIPTIONS_A_SECOND)
        self._lay_out()

    def draw(self, frame: Frame) -> None:
        anew = self.model.show_runs(frame.session, frame.finished)
        if anew:
            self._show_finished(frame)
        if anew or self.forced or self._due.due(frame):
            self._curves.draw(frame.session.curve, self.theme)
        self._say(frame)

    def show_theme(self, theme: Theme) -> None:
        self.plot.dress(theme)
        self.table.setStyleSheet(f"QTableView, QHeaderView {{ font-size: {round(TEXT * theme.zoom)}px; }}")
        self.plot.setMinimumWidth(round(NARROWEST_PLOT * theme.zoom))
        self.table.verticalHeader().setDefaultSectionSize(round(ROW * theme.zoom))
        self.theme = theme
        self.model.forget()
        super().show_theme(theme)

    def _show_finished(self, frame: Frame) -> None:
        """Others are finished than before, or they look different."""
        self._curves.show_finished(frame.finished, self.theme)
        self._curves.hide(self.model.hidden)
        self.empty.setVisible(not frame.finished)
        self.table.resizeColumnsToContents()
        for column in range(self.model.columnCount()):
            least = NARROWEST_LOSS if column in LOSS_COLUMNS else NARROWEST
            self.table.setColumnWidth(column, max(round(least * self.theme.zoom), self.table.columnWidth(column)))
        # Qt does not count what the style sheet adds to a box.
        self.table.setColumnWidth(0, self.table.columnWidth(0) + round(BOX_EDGES * self.theme.zoom))
        # A table that is filled anew has forgotten which rows were chosen.
        kept = [run for run in self._picked if run is None or run in frame.finished]
        for run in kept:
            self._select(self.model.row(run))
        self._pick(kept)

    def _say(self, frame: Frame) -> None:
        """What reopening would do, before it is done."""
        chosen = self._chosen()
        kept = KEPT if frame.session.run.step else NOT_KEPT
        if len(chosen) == 1:
            said = f"Reopen goes on with run {chosen[0].number}; {kept}."
        else:
            said = f"{len(frame.finished)} finished" if frame.finished else ""
            said = " · ".join(part for part in (said, self._leaving()) if part)
        self.header.value.say(said)
        if self.reopen.isEnabled() != (len(chosen) == 1):
            self.reopen.setEnabled(len(chosen) == 1)
        tip = f"Go on with the chosen run where it was left (Enter); {kept}. Undo comes back."
        if self.reopen.toolTip() != tip:
            self.reopen.setToolTip(tip)
        if QAccessible.isActive() and self._described.heard(frame):
            self.plot.setAccessibleDescription(self._description())

    def _leaving(self) -> str:
        """Which curves cannot be seen to their ends."""
        names = ["the present run" if run is None else f"run {run.number}" for run in self._curves.leaving]
        return f"{' and '.join(names)} leave{'s' if len(names) == 1 else ''} the picture" if names else ""

    def _description(self) -> str:
        rows = range(self.model.rowCount())
        ends = (f"{self.model.name(row)}: {self.model.index(row, LOSS_COLUMNS[0]).data()}" for row in rows)
        hidden = f" {len(self.model.hidden)} hidden." if self.model.hidden else ""
        leaving = f" {self._leaving().capitalize()}." if self._curves.leaving else ""
        runs = counted(len(rows), "run")
        return f"The objective over the epochs of {runs}.{hidden}{leaving} At their ends: {', '.join(ends)}"

    def _chosen(self) -> list[FinishedRun]:
        """The finished runs whose rows are chosen."""
        return [run for run in self._chosen_rows() if run is not None]

    def _chosen_rows(self) -> list[FinishedRun | None]:
        """The runs whose rows are chosen; None is the present one."""
        return [self.model.run(index.row()) for index in self.table.selectionModel().selectedRows()]

    def _pick(self, runs: list[FinishedRun | None]) -> None:
        self._picked = runs
        self._curves.choose(runs)

    def _select(self, row: int) -> None:
        flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
        self.table.selectionModel().select(self.model.index(row, 0), flags)

    def _choose(self, chosen: QItemSelection, left: QItemSelection) -> None:
        self._pick(self._chosen_rows())
        if self.frame is not None:
            self._curves.draw(self.frame.session.curve, self.theme)
            self._say(self.frame)

    def _reopen(self) -> None:
        chosen = self._chosen()
        if len(chosen) == 1:
            self.edited.emit(edits.reopen(chosen[0]))

    def _set_log(self, log: bool) -> None:
        self.plot.set_log(log)
        self._show_again()

    def _hide(self) -> None:
        if rows := {index.row() for index in self.table.selectionModel().selectedRows()}:
            self.model.hide(rows)

    def _show_again(self) -> None:
        """Other curves, or other axes."""
        self._curves.hide(self.model.hidden)
        if self.frame is not None:
            self.show_again(self.frame)

    def _tool(self, text: str, name: str) -> QToolButton:
        tool = QToolButton(self)
        tool.setProperty("role", "quiet")
        tool.setText(text)
        tool.setAccessibleName(name)
        self.header.add_tool(tool)
        return tool

    def _lay_out(self) -> None:
        left = QWidget(self)
        box = QVBoxLayout(left)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.table, 1)
        box.addWidget(self.empty)
        halves = QSplitter(Qt.Orientation.Horizontal, self)
        halves.setChildrenCollapsible(False)
        halves.addWidget(left)
        halves.addWidget(self.plot)
        halves.setSizes(HALVES)
        self.body.setContentsMargins(8, 0, 8, 4)
        self.body.addWidget(halves)
