"""The rows of the data as a table: number, inputs, targets and the network's outputs of this moment."""

from typing import Any

import numpy as np
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from core.arrays import Array
from core.datasets import Data
from core.frame import Frame
from core.network import forward
from ui.numbers import fixed, short, subscript

Index = QModelIndex | QPersistentModelIndex


class RowsModel(QAbstractTableModel):
    """Outputs are computed for the rows that can be seen, and no others."""

    def __init__(self) -> None:
        super().__init__()
        self._data: Data | None = None
        self._first = 0
        self._outputs: Array = np.empty((0, 0))

    def show_frame(self, frame: Frame, first: int, last: int) -> None:
        """Take the frame's data, and its outputs for the rows `first` … `last`."""
        if self._data is not frame.session.data:
            self.beginResetModel()
            self._data = frame.session.data
            self._outputs = np.empty((0, 0))
            self.endResetModel()
        with np.errstate(all="ignore"):
            self._outputs = forward(frame.session.run.network, frame.session.data.x[first : last + 1]).y
        self._first = first
        left = self.columnCount() - frame.session.data.t.shape[1]
        self.dataChanged.emit(self.index(first, left), self.index(last, self.columnCount() - 1))

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if self._data is None or (parent is not None and parent.isValid()) else len(self._data.x)

    def columnCount(self, parent: Index | None = None) -> int:
        if self._data is None or (parent is not None and parent.isValid()):
            return 0
        return self._data.x.shape[1] + 2 * self._data.t.shape[1]

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if self._data is None:
            return None
        if role == Qt.ItemDataRole.ToolTipRole and orientation == Qt.Orientation.Vertical:
            return "Training row" if section < self._data.train else "◇ Test row: it is never trained on"
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation == Qt.Orientation.Vertical:
            return str(section + 1) if section < self._data.train else f"{section + 1} ◇"
        inputs, outputs = self._data.x.shape[1], self._data.t.shape[1]
        if section < inputs:
            return f"x{subscript(section + 1)}"
        kind, number = divmod(section - inputs, outputs)
        return "ty"[kind] + (subscript(number + 1) if outputs > 1 else "")

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole) or self._data is None:
            return None
        write = repr if role == Qt.ItemDataRole.ToolTipRole else short
        row, column = index.row(), index.column()
        inputs, outputs = self._data.x.shape[1], self._data.t.shape[1]
        if column < inputs:
            return write(float(self._data.x[row, column]))
        if column < inputs + outputs:
            return write(float(self._data.t[row, column - inputs]))
        at = row - self._first
        if not 0 <= at < len(self._outputs):
            return ""
        y = float(self._outputs[at, column - inputs - outputs])
        return repr(y) if write is repr else fixed(y)
