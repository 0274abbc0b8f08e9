"""A matrix as a model: for Qt's table views, and for the screen readers that look through them."""

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont

from ui.matrix.matrix import Matrix

Index = QModelIndex | QPersistentModelIndex
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class MatrixModel(QAbstractTableModel):
    """Names are its headers. A cell shows four digits and has all of them in its tooltip."""

    def __init__(self) -> None:
        super().__init__()
        self.matrix: Matrix | None = None
        self.whose = ""
        self._italic = QFont()
        self._italic.setItalic(True)

    def show_matrix(self, matrix: Matrix, whose: str, first: int, last: int) -> None:
        """Take numbers that belong to `whose`; only the rows `first` … `last` are in sight and said to have changed."""
        self.whose = whose
        before = None if self.matrix is None else self.matrix.axes
        if before is None or before.columns != matrix.axes.columns or before.title != matrix.axes.title:
            self.beginResetModel()
            self.matrix = matrix
            self.endResetModel()
            return
        self._grow(matrix, len(before.rows), len(matrix.axes.rows))
        last = min(last, len(matrix.axes.rows) - 1)
        if before.rows != matrix.axes.rows:
            self.headerDataChanged.emit(Qt.Orientation.Vertical, 0, len(matrix.axes.rows) - 1)
        if first <= last:
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(matrix.axes.columns) - 1))

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if self.matrix is None or (parent is not None and parent.isValid()) else len(self.matrix.axes.rows)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if self.matrix is None or (parent is not None and parent.isValid()) else len(self.matrix.axes.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if self.matrix is None or role != Qt.ItemDataRole.DisplayRole:
            return None
        axes = self.matrix.axes
        return (axes.columns if orientation == Qt.Orientation.Horizontal else axes.rows)[section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if self.matrix is None or not index.isValid():
            return None
        row, column = index.row(), index.column()
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self.matrix.text(row, column)
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{self.matrix.describe(row, column)}, {self.whose}"
            case Qt.ItemDataRole.ToolTipRole:
                if self.matrix.is_blank(row, column):
                    return f"{self.matrix.describe(row, column)}\n{self.whose}"
                exact = float(self.matrix.values[row, column])
                kept = "\nfrozen: no update changes it" if self.matrix.is_frozen(row, column) else ""
                return f"{self.matrix.axes.name(row, column)} = {exact!r}\n{self.whose}{kept}"
            case Qt.ItemDataRole.FontRole if self.matrix.is_frozen(row, column):
                return self._italic
            case Qt.ItemDataRole.TextAlignmentRole:
                return RIGHT
        return None

    def _grow(self, matrix: Matrix, before: int, after: int) -> None:
        """Take the numbers, with rows more or fewer at the end."""
        if after > before:
            self.beginInsertRows(QModelIndex(), before, after - 1)
            self.matrix = matrix
            self.endInsertRows()
        elif after < before:
            self.beginRemoveRows(QModelIndex(), after, before - 1)
            self.matrix = matrix
            self.endRemoveRows()
        else:
            self.matrix = matrix
