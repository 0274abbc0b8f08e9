"""The table twin of a picture: a matrix at a time with its names, to be read aloud and copied to a spreadsheet."""

from PySide6.QtCore import QModelIndex, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QAction, QFontMetrics, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QHeaderView, QTableView, QVBoxLayout, QWidget

from ui.labels import caption
from ui.matrix.matrix import Matrix
from ui.matrix.table_model import MatrixModel
from ui.theme import Theme

WIDEST, PADDING = "−0.000e−000", 16


class NumbersView(QTableView):
    """A table of numbers, in which typing looks for nothing."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text().isprintable() and event.text():
            # Letters and the space bar are the window's; Qt would go through a million rows to look for one.
            event.ignore()
        else:
            super().keyPressEvent(event)


class MatrixTable(QWidget):
    """`chosen` carries the node or edge of the cell on which Enter was pressed, or that was double-clicked; and its
    row."""

    chosen = Signal(object, int)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._matrices: tuple[Matrix, ...] = ()
        self._whose = ""
        self.model = MatrixModel()
        self.view = self._make_view(name)
        self.which = QComboBox(self)
        self.which.setAccessibleName(f"{name}: which table")
        self.which.setToolTip("Which of the matrices the table shows.")
        self.which.currentIndexChanged.connect(self._show)
        line = QHBoxLayout()
        line.addWidget(caption("Table of"))
        line.addWidget(self.which)
        line.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        box.addLayout(line)
        box.addWidget(self.view, 1)

    def show_matrices(self, matrices: tuple[Matrix, ...], whose: str) -> None:
        """Take the numbers, which belong to `whose`, and show those of the matrix that was chosen."""
        titles = [matrix.axes.title for matrix in matrices]
        if titles != [matrix.axes.title for matrix in self._matrices]:
            kept = self.which.currentText()
            with QSignalBlocker(self.which):
                self.which.clear()
                self.which.addItems(titles)
                self.which.setCurrentIndex(titles.index(kept) if kept in titles else 0)
        self._matrices, self._whose = matrices, whose
        self._show()

    def show_theme(self, theme: Theme) -> None:
        """Take over the zoom."""
        self.view.setFont(theme.font(12))
        self.view.verticalHeader().setDefaultSectionSize(round(22 * theme.zoom))
        # A number without its exponent is another number: the widest must fit.
        widest = QFontMetrics(theme.font(12)).horizontalAdvance(WIDEST)
        self.view.horizontalHeader().setDefaultSectionSize(widest + round(PADDING * theme.zoom))

    def copy(self) -> None:
        """Copy the selected cells with their names, or the whole matrix where fewer than two are selected."""
        matrix = self.model.matrix
        if matrix is None:
            return
        selected = self.view.selectionModel().selectedIndexes()
        if len(selected) > 1:
            matrix = matrix.part(sorted({at.row() for at in selected}), sorted({at.column() for at in selected}))
        QGuiApplication.clipboard().setText(matrix.tab_separated(self._whose))

    def copy_all(self) -> None:
        """Copy every matrix, one below the other."""
        QGuiApplication.clipboard().setText("\n\n".join(matrix.tab_separated(self._whose) for matrix in self._matrices))

    def _show(self, _: int = 0) -> None:
        if not self._matrices:
            return
        first, last = self.view.rowAt(0), self.view.rowAt(self.view.viewport().height() - 1)
        matrix = self._matrices[max(0, self.which.currentIndex())]
        self.model.show_matrix(matrix, self._whose, max(0, first), len(matrix.axes.rows) - 1 if last < 0 else last)

    def _make_view(self, name: str) -> QTableView:
        view = NumbersView(self)
        view.setTabKeyNavigation(False)
        view.setAccessibleName(f"{name} as a table")
        view.setModel(self.model)
        view.setCornerButtonEnabled(False)
        for header in (view.horizontalHeader(), view.verticalHeader()):
            header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
            header.setHighlightSections(False)
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        copy, copy_all = QAction("Copy with names", view), QAction("Copy all tables", view)
        copy.setShortcut(QKeySequence.StandardKey.Copy)
        copy.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        copy.triggered.connect(self.copy)
        copy_all.triggered.connect(self.copy_all)
        view.addActions([copy, copy_all])
        view.activated.connect(self._choose)
        return view

    def _choose(self, index: QModelIndex) -> None:
        item = self._matrices[self.which.currentIndex()].axes.item(index.row(), index.column())
        if item is not None:
            self.chosen.emit(item, index.row())
