"""The runs of this sitting as a table, the present one first, then the finished ones from the newest to the oldest."""

from collections.abc import Callable, Collection
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QPixmap

from core.finished import FinishedRun
from core.losses import LOSSES
from core.mistakes import MISTAKES
from core.record import record
from core.session import CurveColumn, Session, mistakes_made
from ui.numbers import count, fixed, percent, plain
from ui.panels.loss_views import epochs_text, objective

Index = QModelIndex | QPersistentModelIndex
RUN, NOW, MEASURED = "run", "now", "measured at step"
SHOWN = "Checked: its curve is drawn. A click, or H for the chosen rows, hides it or shows it again."


@record
class Column:
    """What a column is called and holds: as it is written in the window, and in full."""

    title: str
    tip: str
    value: Callable[[Session], Any]
    write: Callable[[Any], str] = str


def last(which: CurveColumn) -> Callable[[Session], float]:
    """The newest number in a column of the curve."""
    return lambda session: float(session.curve.rows[-1, which]) if session.curve.length else float("nan")


def last_objective(session: Session) -> float:
    """What is minimised, at the newest row of the curve."""
    return float(objective(session.curve.rows[-1:])[0]) if session.curve.length else float("nan")


def epochs(session: Session) -> float:
    """How many passes were made, the begun one as a share."""
    return session.run.epoch + session.run.start / session.data.train


def loss_text(value: float) -> str:
    """A loss, or a dash where there is none."""
    return fixed(value, 4) if value == value else "–"


def mistakes(session: Session) -> str:
    """The mistakes that it was trained with, or a dash."""
    return ", ".join(MISTAKES[name].label for name in mistakes_made(session)) or "–"


COLUMNS = (
    Column("data set", "The data set.", lambda session: session.spec.source.label),
    Column("layers", "Units of every layer, inputs first.", lambda session: "-".join(map(str, session.spec.sizes))),
    Column("train", "The objective: mean loss over the whole training set, and penalty.", last_objective, loss_text),
    Column("test", "Mean loss over the whole test set.", last(CurveColumn.TEST_LOSS), loss_text),
    Column("train acc.", "Share of the training set in the right class.", last(CurveColumn.TRAIN_ACCURACY), percent),
    Column("test acc.", "Share of the test set in the right class.", last(CurveColumn.TEST_ACCURACY), percent),
    Column("epochs", "Passes over the training set.", epochs, epochs_text),
    Column("steps", "Updates made.", lambda session: session.run.step, count),
    Column("η", "The learning rate at the end.", lambda session: session.spec.eta, plain),
    Column("batch", "Rows of one update, at the end.", lambda session: session.spec.batch or session.data.train, count),
    Column("loss", "What is minimised.", lambda session: LOSSES[session.spec.loss].label),
    Column("seed", "What the start is drawn from.", lambda session: session.spec.seed),
    Column("frozen", "What no update changed, at the end.", lambda session: " ".join(session.spec.frozen) or "–"),
    Column("mistakes", "Classic mistakes that it was trained with, on purpose.", mistakes),
)


# In the table, where the run's number comes first.
LOSS_COLUMNS = [1 + at for at, column in enumerate(COLUMNS) if column.write is loss_text]


class RunsModel(QAbstractTableModel):
    """`swatch` draws the sign of a run's curve; only the present run's row changes with a frame.

    `hidden` are the runs whose curves are not to be drawn, None being the present one; `rehidden` says that it changed.
    """

    rehidden = Signal()

    def __init__(self, swatch: Callable[[FinishedRun | None], QPixmap]) -> None:
        super().__init__()
        self._swatch = swatch
        self._present: Session | None = None
        self.finished: tuple[FinishedRun, ...] = ()
        self.hidden: frozenset[FinishedRun | None] = frozenset()

    def show_runs(self, present: Session, finished: tuple[FinishedRun, ...]) -> bool:
        """Take the runs; whether others are there than before."""
        anew = self._present is None or finished is not self.finished
        if anew:
            self.beginResetModel()
            self._present, self.finished = present, finished
            self.hidden &= {None, *finished}
            self.endResetModel()
        elif present is not self._present:
            self._present = present
            self.dataChanged.emit(self.index(0, 0), self.index(0, len(COLUMNS)), [Qt.ItemDataRole.DisplayRole])
        return anew

    def run(self, row: int) -> FinishedRun | None:
        """The finished run in that row; None in the present one's."""
        return self.finished[-row] if 0 < row <= len(self.finished) else None

    def row(self, run: FinishedRun | None) -> int:
        """Where that finished run stands, or the present one."""
        return 0 if run is None else len(self.finished) - self.finished.index(run)

    def hide(self, rows: Collection[int]) -> None:
        """Hide the curves of these rows, or show them if all of them are hidden."""
        runs = {self.run(row) for row in rows}
        self.hidden = self.hidden - runs if runs <= self.hidden else self.hidden | runs
        for row in rows:
            self.dataChanged.emit(self.index(row, 0), self.index(row, 0), [Qt.ItemDataRole.CheckStateRole])
        self.rehidden.emit()

    def forget(self) -> None:
        """Take whatever comes next as new."""
        self.beginResetModel()
        self._present = None
        self.endResetModel()

    def session(self, row: int) -> Session | None:
        """The session in that row."""
        run = self.run(row)
        return self._present if run is None else run.session

    def as_text(self) -> str:
        """All of it, a line a run, with tabs between the numbers, which are given in full."""
        lines = [[RUN, *(column.title for column in COLUMNS), MEASURED]]
        for row in range(self.rowCount()):
            session = self.session(row)
            assert session is not None
            numbers = (in_full(column.value(session)) for column in COLUMNS)
            step = measured_at(session)
            lines.append([self.name(row), *numbers, "" if step is None else str(step)])
        return "\n".join("\t".join(line) for line in lines) + "\n"

    def name(self, row: int) -> str:
        """The number of a finished run, or "now"."""
        run = self.run(row)
        return NOW if run is None else str(run.number)

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if self._present is None or (parent is not None and parent.isValid()) else 1 + len(self.finished)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else 1 + len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return COLUMNS[section - 1].title if section else RUN
        if role == Qt.ItemDataRole.ToolTipRole:
            return COLUMNS[section - 1].tip if section else "The run's number, and how its curve is drawn."
        return side(section) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        session = self.session(index.row())
        if session is None:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return side(index.column())
        if index.column() == 0:
            broken = self.run(index.row()) is not None and bool(mistakes_made(session))
            if role == Qt.ItemDataRole.DisplayRole:
                return f"{self.name(index.row())}{' ✗' if broken else ''}"
            if role == Qt.ItemDataRole.CheckStateRole:
                return Qt.CheckState.Unchecked if self.run(index.row()) in self.hidden else Qt.CheckState.Checked
            if role == Qt.ItemDataRole.ToolTipRole:
                return f"✗ Trained with mistakes on purpose: {mistakes(session)}.\n{SHOWN}" if broken else SHOWN
            return self._swatch(self.run(index.row())) if role == Qt.ItemDataRole.DecorationRole else None
        column = COLUMNS[index.column() - 1]
        if role == Qt.ItemDataRole.DisplayRole:
            return cell_text(column, session)
        if role == Qt.ItemDataRole.ToolTipRole:
            step = measured_at(session) if is_measured(column) else None
            return f"{column.tip}\n{in_full(column.value(session))}{'' if step is None else f' at step {count(step)}'}"
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        return flags if index.column() else flags | Qt.ItemFlag.ItemIsUserCheckable

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if index.column() or role != Qt.ItemDataRole.CheckStateRole:
            return False
        self.hide([index.row()])
        return True


def side(column: int) -> Qt.AlignmentFlag:
    """Names stand at the left, numbers at the right."""
    return (Qt.AlignmentFlag.AlignLeft if column < 3 else Qt.AlignmentFlag.AlignRight) | Qt.AlignmentFlag.AlignVCenter


def in_full(value: Any) -> str:
    """Every digit of a number; nothing where there is none."""
    return "" if value != value else str(value)


def cell_text(column: Column, session: Session) -> str:
    """What stands in a cell; with its step where it was measured at another one than the run has come to."""
    value = column.value(session)
    written, step = column.write(value), measured_at(session)
    if not is_measured(column) or step in (None, session.run.step) or value != value:
        return written
    return f"{written} at step {count(step)}"


def measured_at(session: Session) -> int | None:
    """The step of the newest row of the curve, from which losses and accuracies are."""
    return int(last(CurveColumn.STEP)(session)) if session.curve.length else None


def is_measured(column: Column) -> bool:
    """Whether it comes from the curve, whose last row may be some steps older than the run."""
    return column.write in (loss_text, percent)
