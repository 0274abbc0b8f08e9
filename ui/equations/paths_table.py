"""The table of paths: pointed at by mouse and keys, its groups opened, copied as text or as LaTeX."""

from PySide6.QtCore import QEvent, QModelIndex, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QGuiApplication, QKeyEvent, QKeySequence, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QWidget

from ui.equations.view import LATEX_KEY
from ui.matrix.matrix import Matrix
from ui.matrix.table import WIDEST, NumbersView
from ui.matrix.table_model import MatrixModel
from ui.theme import Theme

NOWHERE, MOST_AT_ONCE = -1, 4
LINE, FONT, PADDING = 22, 12, 16
NARROWEST = "−0.001234"
WIDEST_NAME = 0.5  # of the table


class PathsTable(NumbersView):
    """`pointed` carries the line under the mouse, or else the one where the keys have gone; `turned` a line that shall
    be opened or closed; `as_latex` that LaTeX shall be copied."""

    pointed = Signal(int)
    turned = Signal(int)
    as_latex = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.paths = MatrixModel()
        self.setModel(self.paths)
        self.setAccessibleName("Paths to the loss")
        self.setToolTip("A path for each line. Point at it, or choose it by ↑ and ↓; Enter opens a group.")
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setMouseTracking(True)
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
            header.setHighlightSections(False)
        self.verticalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.selectionModel().currentRowChanged.connect(lambda now, before: self._point())
        self.activated.connect(lambda index: self.turned.emit(index.row()))
        self._under_mouse = NOWHERE
        self._told = NOWHERE

    @property
    def line(self) -> int:
        """The line that is meant: under the mouse, or where the keys have gone; NOWHERE if none is."""
        return self._under_mouse if self._under_mouse != NOWHERE else self.currentIndex().row()

    def show_paths(self, matrix: Matrix, whose: str) -> None:
        """Show these, with the sum in the last line."""
        before = self.paths.matrix
        self.paths.show_matrix(matrix, whose, 0, len(matrix.axes.rows) - 1)
        if before is None or before.axes != matrix.axes:
            self._fit(matrix)

    def forget(self) -> None:
        """Point at nothing: these are other paths."""
        with QSignalBlocker(self.selectionModel()):
            self.selectionModel().clear()
        self._under_mouse = self._told = NOWHERE

    def dress(self, theme: Theme) -> None:
        """Take over the zoom."""
        self.setFont(theme.font(FONT))
        self.verticalHeader().setDefaultSectionSize(round(LINE * theme.zoom))
        if self.paths.matrix is not None:
            self._fit(self.paths.matrix)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy) and self.paths.matrix is not None:
            QGuiApplication.clipboard().setText(self.paths.matrix.tab_separated(self.paths.whose))
        elif event.keyCombination() == LATEX_KEY:
            self.as_latex.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.turned.emit(self.currentIndex().row())
        elif event.key() == Qt.Key.Key_Escape:
            self.clearSelection()
            self.setCurrentIndex(QModelIndex())
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._under_mouse = self.rowAt(round(event.position().y()))
        self._point()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._under_mouse = NOWHERE
        self._point()

    def _point(self) -> None:
        if self.line != self._told:
            self._told = self.line
            self.pointed.emit(self._told)

    def sizeHint(self) -> QSize:
        """All lines, or as many as leave room for the equation below."""
        return QSize(super().sizeHint().width(), min(self.maximumHeight(), self._height_of(MOST_AT_ONCE)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.paths.matrix is not None:
            self._fit(self.paths.matrix)

    def _fit(self, matrix: Matrix) -> None:
        """All columns in sight, if their numbers can then be read; and no higher than the lines are."""
        names = QFontMetrics(self.verticalHeader().font())
        widest = max(map(names.horizontalAdvance, matrix.axes.rows)) + PADDING
        self.verticalHeader().setFixedWidth(min(widest, round(WIDEST_NAME * self.width())))
        room = (self.width() - self.verticalHeader().width() - PADDING) // len(matrix.axes.columns)
        least, most = (self._wide(text) for text in (NARROWEST, WIDEST))
        self.horizontalHeader().setDefaultSectionSize(min(max(room, least), most))
        self.setMaximumHeight(self._height_of(len(matrix.axes.rows)))
        self.updateGeometry()

    def _height_of(self, lines: int) -> int:
        """So many lines with all that stands over and under them."""
        line, frame = self.verticalHeader().defaultSectionSize(), 2 * self.frameWidth()
        over, bar = self.horizontalHeader().sizeHint().height(), self.horizontalScrollBar().sizeHint().height()
        return over + lines * line + bar + frame

    def _wide(self, text: str) -> int:
        return QFontMetrics(self.font()).horizontalAdvance(text) + PADDING
