"""Matrices as colours: the canvas that paints them, finds the cell under the mouse, and walks over them by keys."""

from PySide6.QtCore import QEvent, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPixmap, QSinglePointEvent
from PySide6.QtWidgets import QWidget

from core.selection import Item
from ui.matrix.arrangement import Arrangement, Cell, arrange
from ui.matrix.axes import Axes
from ui.matrix.cells import bubble, name_room, outline, paint_cells, paint_fresh, paint_frozen, paint_names, strength
from ui.matrix.matrix import Matrix, largest
from ui.matrix.scrolled import ScrolledCanvas, scaled
from ui.scales import settled_scale
from ui.theme import Theme
from ui.throttle import Description

MOVES = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}


class Heatmap(ScrolledCanvas):
    """`chosen` carries the node or edge of the cell that was clicked, or on which Enter was pressed, and its row.

    `coloured` tells how strong its colours are.
    """

    chosen = Signal(object, int)
    coloured = Signal(float)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(name)
        self._spoken = Description(self, self._words)
        self.scale = 1.0
        self.matrices: tuple[Matrix, ...] = ()
        self.arrangement = arrange((), (), 0, 0)
        self._axes: tuple[Axes, ...] = ()
        self._whose = ""
        self._item: Item | None = None
        self._under_mouse: Cell | None = None
        self._cursor: Cell | None = None
        self._names = QPixmap()
        self._named: tuple[Arrangement, Theme, QRectF] | None = None

    def show_matrices(self, matrices: tuple[Matrix, ...], whose: str, item: Item | None, *, anew: bool = False) -> None:
        """Show these numbers, which belong to `whose`, and the cells of the chosen `item`; `anew` forgets the scale."""
        self.scale = settled_scale(largest(matrices), 0.0 if anew else self.scale)
        self.matrices, self._whose, self._item = matrices, whose, item
        axes = tuple(matrix.axes for matrix in matrices)
        if axes != self._axes:
            self._axes, self._under_mouse, self._cursor, self._named = axes, None, None, None
            self.rearranged.emit()
        self._spoken.renew()
        self.update()

    def wanted(self, room: QSizeF) -> QSizeF:
        """Arrange the cells for that room."""
        shapes = [(len(axes.rows), len(axes.columns)) for axes in self._axes]
        names = [name_room(axes) for axes in self._axes]
        if shapes:
            self.arrangement = arrange(shapes, names, room.width(), room.height())
            self.coloured.emit(strength(self.arrangement))
        return QSizeF(self.arrangement.width, self.arrangement.height) * self.arrangement.magnified

    @property
    def cell(self) -> Cell | None:
        """The cell whose number is told: under the mouse, or else where the keys have gone."""
        return self._under_mouse or (self._cursor if self.hasFocus() else None)

    @property
    def cursor_cell(self) -> Cell | None:
        """Where the keys have gone, while they come here."""
        return self._cursor if self.hasFocus() else None

    def chosen_cells(self) -> list[Cell]:
        """The cells of what is chosen in all panels."""
        return [Cell(block, *at) for block, axes in enumerate(self._axes) for at in axes.cells(self._item)]

    def description(self) -> tuple[str, str]:
        """The number that is told, with its name, and whose it is; nothing where none is."""
        cell = self.cell
        if cell is None:
            return "", ""
        return self.matrices[cell.block].describe(cell.row, cell.column), self._whose

    def paint(self, painter: QPainter) -> None:
        arrangement, theme = self.arrangement, self.theme
        painter.scale(arrangement.magnified, arrangement.magnified)
        sight = scaled(self.sight, 1 / arrangement.magnified)
        painter.fillRect(sight, QColor(theme.panel))
        for block, matrix in zip(arrangement.blocks, self.matrices, strict=True):
            paint_cells(painter, arrangement, block, matrix, self.scale, theme, sight)
            paint_fresh(painter, arrangement, block, matrix, theme)
            paint_frozen(painter, arrangement, block, matrix, theme, sight)
        painter.drawPixmap(sight.topLeft(), self._kept_names(sight))
        for cell in self.chosen_cells():
            outline(painter, arrangement.rect(cell), theme.chosen, 2.5)
        if self.cursor_cell is not None:
            outline(painter, arrangement.rect(self.cursor_cell), theme.text, 1.5)
        if self.cell is not None:
            bubble(painter, *self.description(), arrangement.rect(self.cell), sight, theme)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._point(self._at(event))

    def leaveEvent(self, event: QEvent) -> None:
        self._point(None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        cell = self._at(event)
        if event.button() == Qt.MouseButton.LeftButton and cell is not None:
            self._cursor = cell
            self._choose(cell)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self._cursor is None and self.matrices:
            self._cursor = next(iter(self.chosen_cells()), Cell(0, 0, 0))
        self._spoken.tell()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if self._cursor is None or not self.matrices:
            super().keyPressEvent(event)
        elif key in MOVES:
            self._walk(self._neighbour(self._cursor, *MOVES[key]))
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._walk(Cell(0 if key == Qt.Key.Key_Home else len(self.matrices) - 1, 0, 0))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(self._cursor)
        else:
            super().keyPressEvent(event)

    def _at(self, event: QSinglePointEvent) -> Cell | None:
        return self.arrangement.at(self.place(event) / self.arrangement.magnified)

    def _kept_names(self, sight: QRectF) -> QPixmap:
        """The names along the sides, painted once and kept until they, or what is in sight, change."""
        if self._named != (self.arrangement, self.theme, sight):
            self._named = (self.arrangement, self.theme, sight)
            self._names = self.layer_in_sight(self.arrangement.magnified)
            with QPainter(self._names) as painter:
                painter.translate(-sight.topLeft())
                for block, axes in zip(self.arrangement.blocks, self._axes, strict=True):
                    paint_names(painter, self.arrangement, block, axes, self.theme, sight)
        return self._names

    def _neighbour(self, cell: Cell, down: int, right: int) -> Cell:
        """The next cell in a direction: beyond the side of a matrix lies the one before or after it."""
        block, column = cell.block, cell.column + right
        if not 0 <= column < len(self._axes[block].columns):
            block = min(max(block + right, 0), len(self._axes) - 1)
            if block == cell.block:
                return cell
            column = 0 if right > 0 else len(self._axes[block].columns) - 1
        return Cell(block, min(max(cell.row + down, 0), len(self._axes[block].rows) - 1), column)

    def _walk(self, cell: Cell) -> None:
        self._cursor, self._under_mouse = cell, None
        self._spoken.tell()
        self.moved.emit(scaled(self.arrangement.rect(cell), self.arrangement.magnified))
        self.update()

    def _point(self, cell: Cell | None) -> None:
        if cell != self._under_mouse:
            self._under_mouse = cell
            self.update()

    def _choose(self, cell: Cell) -> None:
        item = self._axes[cell.block].item(cell.row, cell.column)
        if item is not None:
            self.chosen.emit(item, cell.row)

    def _words(self) -> str:
        return " · ".join(filter(None, self.description())) or f"Numbers of {self._whose}."
