"""A small table of numbers by layer, written anew only where they change; read only, and copied as text."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QHeaderView, QTableView, QWidget

from ui.matrix.table import NumbersView
from ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
LEAST, ROW, PADDING = 84, 21, 16


class GridModel(QAbstractTableModel):
    """`rows` are the titles on the left, `columns` those on top, `cells` the texts, a sequence for each column."""

    def __init__(self, rows: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._rows = rows
        self.columns: tuple[str, ...] = ()
        self._cells: tuple[tuple[str, ...], ...] = ()

    def show_cells(self, columns: Sequence[str], cells: Sequence[Sequence[str]]) -> bool:
        """Take them; whether the columns are others than before."""
        anew, texts = tuple(columns) != self.columns, tuple(map(tuple, cells))
        if anew:
            self.beginResetModel()
            self.columns, self._cells = tuple(columns), texts
            self.endResetModel()
        elif texts != self._cells:
            self._cells = texts
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, self.columnCount() - 1))
        return anew

    def rename(self, rows: Sequence[tuple[str, str]]) -> None:
        """Other titles for the same rows."""
        self._rows = rows
        self.headerDataChanged.emit(Qt.Orientation.Vertical, 0, len(rows) - 1)

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        across = orientation == Qt.Orientation.Horizontal
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section] if across else self._rows[section][0]
        if role == Qt.ItemDataRole.ToolTipRole and not across:
            return self._rows[section][1]
        return int(Qt.AlignmentFlag.AlignRight) if across and role == Qt.ItemDataRole.TextAlignmentRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self._cells[index.column()][index.row()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return None

    def text(self) -> str:
        """All of it for a spreadsheet."""
        lines = [("", *self.columns)]
        lines += [(title, *(cells[at] for cells in self._cells)) for at, (title, _) in enumerate(self._rows)]
        return "\n".join("\t".join(line) for line in lines)


class Grid(NumbersView):
    """Enter or a double click on a column is `activated`, as in every table of Qt."""

    def __init__(self, name: str, rows: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.cells = GridModel(rows)
        self.setModel(self.cells)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.horizontalHeader().setHighlightSections(False)
        self.verticalHeader().setHighlightSections(False)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self._theme: Theme | None = None
        copying = QShortcut(QKeySequence(QKeySequence.StandardKey.Copy), self)
        copying.setContext(Qt.ShortcutContext.WidgetShortcut)
        copying.activated.connect(lambda: QGuiApplication.clipboard().setText(self.cells.text()))

    def show_cells(self, columns: Sequence[str], cells: Sequence[Sequence[str]]) -> None:
        """Show these texts, a sequence for each column."""
        self.cells.show_cells(columns, cells)
        self._fit()

    def rename(self, rows: Sequence[tuple[str, str]]) -> None:
        """Other titles for the same rows."""
        self.cells.rename(rows)

    def dress(self, theme: Theme) -> None:
        """Take over the zoom of the text."""
        self._theme = theme
        self.verticalHeader().setDefaultSectionSize(round(ROW * theme.zoom))
        self._fit()

    def _fit(self) -> None:
        """Columns grow with what is in them, and never shrink while they stay: nothing jumps."""
        zoom = 1.0 if self._theme is None else self._theme.zoom
        for column in range(self.cells.columnCount()):
            wanted = max(round(LEAST * zoom), self.sizeHintForColumn(column) + round(PADDING * zoom))
            if wanted > self.columnWidth(column) or self.columnWidth(column) > 2 * wanted:
                self.setColumnWidth(column, wanted)
