"""The weights and biases of one layer as a table to be typed in: inputs down, units across, the biases last."""

from typing import Any

import numpy as np
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from core.arrays import Array
from core.errors import InputError
from core.matrix_text import read_matrix, read_number
from core.network import Network
from ui.numbers import MINUS
from ui.scene.names import node_name

Index = QModelIndex | QPersistentModelIndex


class ParametersModel(QAbstractTableModel):
    """`values` (n_in + 1, n_out) are the numbers; what was typed and is none stays in `unread`, and is named."""

    def __init__(self, network: Network, layer: int, *, biased: bool) -> None:
        super().__init__()
        weights, biases = network.weights[layer - 1], network.biases[layer - 1]
        self.layer, self._biased = layer, biased
        self.values: Array = np.vstack([weights, biases])
        self.unread: dict[tuple[int, int], str] = {}
        self._given = self.values.copy()
        self._sizes = network.sizes

    @property
    def weights(self) -> Array:
        """W (n_in, n_out)."""
        return self.values[:-1]

    @property
    def biases(self) -> Array:
        """b (n_out,)."""
        return self.values[-1]

    @property
    def touched(self) -> bool:
        """Whether anything was typed or pasted that the network has not got."""
        return bool(self.unread) or not np.array_equal(self.values, self._given, equal_nan=True)

    def give(self, values: Array) -> None:
        """These (n_in + 1, n_out) are the network's now."""
        self._given = values

    def what(self, row: int, column: int) -> str:
        """A cell in words."""
        unit = node_name(self._sizes, self.layer, column)
        if row == len(self.values) - 1:
            return f"Bias of {unit}"
        return f"Weight from {node_name(self._sizes, self.layer - 1, row)} to {unit}"

    def wrong(self) -> tuple[int, int] | None:
        """The first cell that holds no finite number."""
        broken = [(int(row), int(column)) for row, column in np.argwhere(~np.isfinite(self.values))]
        return min([*self.unread, *broken], default=None)

    def complaint(self, row: int, column: int) -> str:
        """What is wrong with such a cell."""
        try:
            read_number(self.data(self.index(row, column), Qt.ItemDataRole.EditRole), self.what(row, column))
        except InputError as error:
            return str(error)
        return ""

    def paste(self, text: str, *, transposed: bool = False) -> str:
        """Take a whole matrix, with the biases as a last row or without; InputError when it has another shape.

        What was taken, in words, and what was left out as names.
        `transposed` is for one that has a row for each unit.
        """
        inputs, units = self.weights.shape
        fits = {(inputs, units): "weights"}
        if self._biased:
            fits[inputs + 1, units] = "weights and biases"
        written = {(shape[1], shape[0]) if transposed else shape for shape in fits}
        read = read_matrix(text, inputs if transposed else units, written)
        matrix = read.numbers.T if transposed else read.numbers
        left_out = f"; left out {read.left_out} as names" if read.left_out else ""
        if matrix.shape not in fits:
            raise InputError(f"{self._misfit(matrix, transposed)}{left_out}.")
        self.beginResetModel()
        self.values[: len(matrix)] = matrix
        self.unread = {cell: said for cell, said in self.unread.items() if cell[0] >= len(matrix)}
        self.endResetModel()
        return f"{fits[matrix.shape]} of layer {self.layer}{left_out}"

    def text(self) -> str:
        """All the numbers, in full, as a spreadsheet takes them."""
        return "\n".join("\t".join(map(repr, row)) for row in self.values.tolist())

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.values)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else self.values.shape[1]

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation == Qt.Orientation.Horizontal:
            return node_name(self._sizes, self.layer, section)
        return "b" if section == len(self.values) - 1 else node_name(self._sizes, self.layer - 1, section)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if index.row() == len(self.values) - 1 and not self._biased:
            return Qt.ItemFlag.ItemIsSelectable
        return super().flags(index) | Qt.ItemFlag.ItemIsEditable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        cell = index.row(), index.column()
        text = self.unread.get(cell, repr(float(self.values[cell])))
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return f"⚠ {text}" if cell in self.unread else text.replace("-", MINUS)
            case Qt.ItemDataRole.EditRole:
                return text
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleDescriptionRole:
                return f"{self.what(*cell)}: {text}"
            case Qt.ItemDataRole.TextAlignmentRole:
                return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        cell = index.row(), index.column()
        try:
            self.values[cell] = read_number(str(value), self.what(*cell))
            self.unread.pop(cell, None)
        except InputError:
            self.unread[cell] = str(value)
        self.dataChanged.emit(index, index)
        return True

    def _misfit(self, matrix: Array, transposed: bool) -> str:
        inputs, units = self.weights.shape
        rows, columns = matrix.shape
        fits = f"{inputs} × {units} (inputs × units)"
        if self._biased:
            fits += f", or {inputs + 1} × {units} with the biases as the last row"
        turned = f", turned round {rows} × {columns}" if transposed else ""
        hint = ""
        if not transposed and rows == units and columns in (inputs, inputs + self._biased):
            hint = "; tick “A row for each unit” if it is written the other way round"
        got = f"{columns} × {rows}" if transposed else f"{rows} × {columns}"
        return f"The pasted matrix is {got}{turned}, but layer {self.layer} takes {fits}{hint}"
