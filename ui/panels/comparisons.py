"""Every gradient that was checked, by backpropagation and by central differences: a line for each parameter."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QHeaderView, QTableView, QWidget

from core.gradient_check import TOLERANCE, Comparison
from ui.matrix.table import NumbersView
from ui.numbers import plain, scientific
from ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
Naming = Callable[[Comparison], str]
COLUMNS = (
    ("gradient of", "The weight, the bias or the input; Enter chooses it in all panels."),
    ("backpropagation g", "The gradient by backpropagation."),
    ("central difference ĝ", "(E(θ + ε) − E(θ − ε)) ÷ 2ε."),
    ("error", "|g − ĝ| ÷ max(1, |g|, |ĝ|); ✗ where that is too much. At a kink it is not counted."),
)
ERROR = 3
DIGITS, WIDTH, ROW = 7, 150, 21
AT_A_KINK = "at a kink"


def error_text(found: Comparison) -> str:
    """The error as it is written."""
    return scientific(found.error) if 0 < found.error < float("inf") else plain(found.error)


def marked(found: Comparison) -> str:
    """The same, marked where it is too large; nothing counts at a kink."""
    if found.at_kink:
        return AT_A_KINK
    return f"✗ {error_text(found)}" if found.error > TOLERANCE else error_text(found)


class ComparisonsModel(QAbstractTableModel):
    """What was found so far, in its order or sorted by a column."""

    def __init__(self) -> None:
        super().__init__()
        self.found: tuple[Comparison, ...] = ()
        self._lines: list[Comparison] = []
        self._name: Naming = lambda found: found.name

    def show_found(self, found: tuple[Comparison, ...], name: Naming) -> None:
        """Take them, with what each is called; more of the same check are added below."""
        before, self._name = self.found, name
        if found is before:
            return
        self.found = found
        if before and len(found) > len(before) and found[0] is before[0]:
            self.beginInsertRows(QModelIndex(), len(before), len(found) - 1)
            self._lines += found[len(before) :]
            self.endInsertRows()
        else:
            self.beginResetModel()
            self._lines = list(found)
            self.endResetModel()

    def line(self, row: int) -> Comparison:
        """What stands in that row."""
        return self._lines[row]

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal:
            if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
                return COLUMNS[section][role == Qt.ItemDataRole.ToolTipRole]
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return _aligned(section)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            return self._texts(self._lines[index.row()])[index.column()]
        return _aligned(index.column()) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """By a number, or by the first column in the order of the check."""
        self.layoutAboutToBeChanged.emit()
        self._lines = list(self.found)
        keys: Sequence[Callable[[Comparison], float]] = (
            lambda one: one.analytic,
            lambda one: one.numeric,
            lambda one: -1.0 if one.at_kink else one.error,
        )
        down = order == Qt.SortOrder.DescendingOrder
        if column > 0:
            self._lines.sort(key=keys[column - 1], reverse=down)
        elif down:
            self._lines.reverse()
        self.layoutChanged.emit()

    def text(self) -> str:
        """All of it for a spreadsheet, with every digit."""
        lines = ["\t".join(title for title, _ in COLUMNS)]
        for one in self._lines:
            error = AT_A_KINK if one.at_kink else repr(one.error)
            lines.append("\t".join((self._name(one), repr(one.analytic), repr(one.numeric), error)))
        return "\n".join(lines)

    def _texts(self, one: Comparison) -> tuple[str, ...]:
        return self._name(one), plain(one.analytic, DIGITS), plain(one.numeric, DIGITS), marked(one)


class ComparisonsTable(NumbersView):
    """Enter or a double click on a line is `activated`, as in every table of Qt."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.comparisons = ComparisonsModel()
        self.setModel(self.comparisons)
        self.setAccessibleName("Gradient check by parameter")
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        across = self.horizontalHeader()
        across.setHighlightSections(False)
        across.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        across.setSortIndicator(0, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)
        # Another check begins in its own order.
        self.comparisons.modelReset.connect(lambda: across.setSortIndicator(0, Qt.SortOrder.AscendingOrder))
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        copying = QShortcut(QKeySequence(QKeySequence.StandardKey.Copy), self)
        copying.setContext(Qt.ShortcutContext.WidgetShortcut)
        copying.activated.connect(lambda: QGuiApplication.clipboard().setText(self.comparisons.text()))

    def dress(self, theme: Theme) -> None:
        """Take over the zoom of the text."""
        self.verticalHeader().setDefaultSectionSize(round(ROW * theme.zoom))
        for column in range(len(COLUMNS)):
            self.setColumnWidth(column, round(WIDTH * theme.zoom))


def _aligned(column: int) -> int:
    side = Qt.AlignmentFlag.AlignRight if column else Qt.AlignmentFlag.AlignLeft
    return int(side | Qt.AlignmentFlag.AlignVCenter)
