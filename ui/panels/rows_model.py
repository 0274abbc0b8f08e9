"""The rows of the data as a table: number, inputs, targets, outputs and loss, in an order that can be chosen."""

import math
from typing import Any

import numpy as np
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from core.arrays import Array, Rows
from core.datasets import Data
from core.frame import Frame
from core.rows import Column, Kind, answers, column_values, columns, read_classes, sorted_rows
from ui.numbers import MINUS, power_of_ten, scientific
from ui.panels.targets import LETTERS
from ui.scene.names import spelled

Index = QModelIndex | QPersistentModelIndex
VALUE = Qt.ItemDataRole.UserRole
TEST = "◇"
LARGEST_SHOWN = 1e4
# Of a loss below it a short number says only how small it is.
SMALLEST_SHORT = 1e-9


class RowsModel(QAbstractTableModel):
    """Outputs and losses are computed for the rows in sight, and no others; sorting alone asks for all of them.

    A *place* is a line of the table, a *row* one of the data; `order` holds the row at each place. `short` numbers are
    for little room; all their digits are in their tips. `brief` says classes instead of several targets and outputs.
    """

    def __init__(self) -> None:
        super().__init__()
        self.frame: Frame | None = None
        self.columns: tuple[Column, ...] = ()
        self.sorted_by: int = 0
        self.descending = False
        self.short = self.brief = False
        self._sorted_step = 0
        self._order: Rows | None = None
        self._places: Rows | None = None
        self._first = 0
        self._outputs: Array = np.empty((0, 0))
        self._losses: Array = np.empty(0)

    @property
    def _data(self) -> Data:
        assert self.frame is not None
        return self.frame.session.data

    def take(self, frame: Frame) -> None:
        """Take a frame; other data come in their own order."""
        if self.frame is None or self._data is not frame.session.data:
            self._begin(frame, columns(frame.session.data, brief=self.brief))
        self.frame = frame

    def abridge(self, brief: bool) -> None:
        """Say classes, or all targets and outputs; other columns come with the data's own order."""
        self.brief = brief
        if self.frame is not None and self.columns != (wanted := columns(self._data, brief=brief)):
            self._begin(self.frame, wanted)

    def _begin(self, frame: Frame, columns: tuple[Column, ...]) -> None:
        self.beginResetModel()
        self.frame, self.columns = frame, columns
        self._order = self._places = None
        self.sorted_by, self.descending = 0, False
        self._outputs, self._losses = np.empty((0, 0)), np.empty(0)
        self.endResetModel()

    def compute(self, first: int, last: int) -> None:
        """Bring outputs and losses of the places `first` … `last` to the frame."""
        assert self.frame is not None
        rows = slice(first, last + 1) if self._order is None else self._order[first : last + 1]
        self._first = first
        self._outputs, self._losses = answers(self.frame.session.run.network, self._data, rows)
        left = next(at for at, column in enumerate(self.columns) if column.kind.moves)
        self.dataChanged.emit(self.index(first, left), self.index(last, len(self.columns) - 1))

    @property
    def huge(self) -> bool:
        """Whether there is a number in sight that needs the most room."""
        return any(bool((np.abs(numbers) >= LARGEST_SHOWN).any()) for numbers in (self._outputs, self._losses))

    def row_at(self, place: int) -> int:
        """Which row of the data stands there."""
        return place if self._order is None else int(self._order[place])

    def place_of(self, row: int) -> int:
        """Where a row of the data stands."""
        return row if self._places is None else int(self._places[row])

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Order by what stands in the column at this moment; the order then stays until the next time."""
        if self.frame is None or not 0 <= column < len(self.columns):
            return
        self.layoutAboutToBeChanged.emit()
        kept = self.persistentIndexList()
        rows = [self.row_at(index.row()) for index in kept]
        self.sorted_by, self.descending = column, order == Qt.SortOrder.DescendingOrder
        session = self.frame.session
        self._sorted_step = session.run.step
        if column == 0 and not self.descending:
            self._order = self._places = None
        else:
            values = column_values(session.run.network, self._data, self.columns[column])
            self._order = sorted_rows(values, descending=self.descending)
            self._places = np.empty_like(self._order)
            self._places[self._order] = np.arange(len(self._order))
        self._outputs, self._losses = np.empty((0, 0)), np.empty(0)
        moved = [self.index(self.place_of(row), index.column()) for row, index in zip(rows, kept, strict=True)]
        self.changePersistentIndexList(kept, moved)
        self.layoutChanged.emit()
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.columns) - 1)

    @property
    def order_in_words(self) -> str:
        """How the rows are sorted, and as of when; "" for the order of the data."""
        if self.frame is None or (self.sorted_by == 0 and not self.descending):
            return ""
        column = self.columns[self.sorted_by]
        when = f" as of step {self._sorted_step:,}" if column.kind.moves else ""
        return f"By {name(column)}{when}, {'largest' if self.descending else 'smallest'} first"

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if self.frame is None or (parent is not None and parent.isValid()) else len(self._data.x)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Vertical or not 0 <= section < len(self.columns):
            return None
        column = self.columns[section]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self.title(column)
            case Qt.ItemDataRole.ToolTipRole:
                moment = " The order is that of this moment and stays until you sort again." * column.kind.moves
                return f"{MEANING[column.kind]} Click to sort by it, again to turn the order round.{moment}"
            case Qt.ItemDataRole.TextAlignmentRole:
                return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def title(self, column: Column) -> str:
        """What stands over a column."""
        mark = "↓" if self.descending else "↑"
        by_it = self.order_in_words and column == self.columns[self.sorted_by]
        title = spelled(TITLES[column.kind]) if column.kind in TITLES else name(column)
        return title + (mark if by_it else "")

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if self.frame is None or role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, VALUE):
            return None
        column, row = self.columns[index.column()], self.row_at(index.row())
        value = self._value(index.row(), column)
        if role == VALUE or value is None:
            return value
        if role == Qt.ItemDataRole.DisplayRole:
            return self._number(row) if column.kind is Kind.NUMBER else written(value, column.kind, short=self.short)
        if column.kind is Kind.NUMBER:
            return f"Sample {row + 1}: {'a training row' if row < self._data.train else TEST + TEST_ROW}"
        moment = f" at step {self.frame.session.run.step:,}" if column.kind.moves else ""
        if column.kind in TITLES:
            letter, numbers = TITLES[column.kind], self._behind(index.row(), column.kind)
            told = ", ".join(f"{spelled(letter, j)} {number!r}" for j, number in enumerate(numbers))
            said = written(value, column.kind, short=False)
            return f"Class of {spelled(letter)} of sample {row + 1}{moment}: {said} ({told})"
        return f"{name(column)} of sample {row + 1}{moment}: {value!r}"

    def _behind(self, place: int, kind: Kind) -> list[float]:
        """The numbers that a class is read from."""
        numbers = self._data.t[self.row_at(place)] if kind is Kind.CLASS else self._outputs[place - self._first]
        return numbers.tolist()

    def _number(self, row: int) -> str:
        return f"{row + 1}{'' if row < self._data.train else TEST}"

    def _value(self, place: int, column: Column) -> float | None:
        row, seen = self.row_at(place), place - self._first
        match column.kind:
            case Kind.NUMBER:
                return float(row + 1)
            case Kind.INPUT:
                return float(self._data.x[row, column.index])
            case Kind.TARGET:
                return float(self._data.t[row, column.index])
            case Kind.CLASS:
                return float(read_classes(self._data, self._data.t[row : row + 1])[0])
        if not 0 <= seen < len(self._losses):
            return None
        if column.kind is Kind.ANSWER:
            return float(read_classes(self._data, self._outputs[seen : seen + 1])[0])
        return float(self._losses[seen] if column.kind is Kind.LOSS else self._outputs[seen, column.index])


# What is read from several columns has the name that those share.
TITLES = {Kind.CLASS: "t", Kind.ANSWER: "y"}
DIGITS = {Kind.INPUT: 2, Kind.TARGET: 3, Kind.OUTPUT: 3, Kind.LOSS: 3}
SHORT_DIGITS = {Kind.INPUT: 1, Kind.TARGET: 2, Kind.OUTPUT: 2}
TEST_ROW = " a test row: it is never trained on"
MEANING = {
    Kind.NUMBER: f"The sample's number; {TEST} marks test rows, which are never trained on.",
    Kind.INPUT: "An input.",
    Kind.TARGET: "The target: what the output should be.",
    Kind.OUTPUT: "The network's output with the weights of this moment.",
    Kind.CLASS: "The class that the targets say; all targets where there is more room.",
    Kind.ANSWER: "The class that the outputs say at this moment; all outputs where there is more room.",
    Kind.LOSS: "The loss of this sample alone, with the weights of this moment.",
}


def name(column: Column) -> str:
    """What a column is called."""
    if column.kind in TITLES:
        return f"class of {spelled(TITLES[column.kind])}"
    if column.kind is Kind.NUMBER:
        return column.kind.value
    return spelled(column.kind.value, None if column.alone else column.index)


def written(value: float, kind: Kind, *, short: bool) -> str:
    """A number of that kind; a short one has fewer decimals, and but for a loss none is too small for them. A class is
    a letter."""
    if kind in TITLES:
        return LETTERS[int(value) % len(LETTERS)]
    if short and kind in SHORT_DIGITS and abs(value) < LARGEST_SHOWN:
        value = round(value, SHORT_DIGITS[kind])
        return tight(value, SHORT_DIGITS[kind])
    if short and (0 < value < SMALLEST_SHORT or LARGEST_SHOWN <= abs(value) < math.inf):
        return MINUS * (value < 0) + power_of_ten(math.floor(math.log10(abs(value))))
    return tight(value, DIGITS[kind])


def tight(value: float, digits: int = 3) -> str:
    """So many decimals at most, in as little room as there is; whole numbers without decimals."""
    if value != value or abs(value) == float("inf"):
        return "NaN" if value != value else ("∞" if value > 0 else f"{MINUS}∞")
    size = abs(value)
    if (size and size < 0.5 * 10**-digits) or size >= LARGEST_SHOWN:
        text = scientific(value, 0)
    elif value == int(value):
        text = str(int(value))
    else:
        text = f"{value:.{digits if size < 1 else min(digits, 2) if size < 100 else 1}f}"
    return text.replace("-", MINUS)
