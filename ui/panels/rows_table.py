"""The table of rows: sorted by its headers, its chosen row in step with all panels."""

from collections.abc import Sequence

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPersistentModelIndex, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from core.frame import Frame
from core.rows import Column, Kind, columns
from ui.matrix.table import NumbersView
from ui.panels.rows_model import TEST, RowsModel, name, written
from ui.theme import LIGHT, Theme

FONT, LINE, HEADER, PADDING, HEADER_PADDING = 11, 18, 20, 2, 3
# The longest that a cell of each kind may say.
WIDEST = {Kind.OUTPUT: "−0.123", Kind.LOSS: "8·10⁻⁹", Kind.CLASS: "W", Kind.ANSWER: "W"}
# As a broken run has them.
WIDEST_SHORT = {**WIDEST, Kind.OUTPUT: "−0.12"}
WIDEST_HUGE = {**WIDEST, Kind.OUTPUT: "−2·10¹⁵³", Kind.LOSS: "2·10³⁰⁷"}
WIDEST_HUGE_SHORT = {**WIDEST, Kind.OUTPUT: "−10¹⁵³", Kind.LOSS: "10³⁰⁷"}
# From what says most to what takes least room: whether numbers are short, and whether there are classes instead.
FORMS = ((False, False), (True, False), (False, True), (True, True))
ROWS_LOOKED_AT = 1000
MOST_IN_SIGHT = 200


class RowsTable(NumbersView):
    """`chosen` carries the row of the data that the user wants; `sorted` says that the order is another."""

    chosen = Signal(int)
    sorted = Signal()

    def __init__(self, rows: RowsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setViewport(QWidget())  # one that PySide knows: see the traps in ARCHITECTURE.md
        self.rows = rows
        self.theme: Theme = LIGHT
        self._following = False
        self.setModel(rows)
        self.setItemDelegate(Cells(self))
        self.setAccessibleName("Rows of the data with the network's outputs and losses")
        self.setShowGrid(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setMouseTracking(True)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setMinimumSectionSize(1)
        header.setSectionsClickable(True)
        header.setHighlightSections(False)
        header.sectionClicked.connect(self.sort_by)
        self.selectionModel().currentRowChanged.connect(self._choose)
        self.verticalScrollBar().valueChanged.connect(self._compute)
        rows.modelReset.connect(self.fit_columns)

    def show_frame(self, frame: Frame) -> None:
        """Bring the rows in sight and the chosen row to the frame."""
        self.rows.take(frame)
        self._compute()
        self._follow(frame)

    def dress(self, theme: Theme) -> None:
        """Take over colours and zoom."""
        self.theme = theme
        self.horizontalHeader().setStyleSheet(
            f"QHeaderView::section {{ padding: 2px; font-size: {round(FONT * theme.zoom)}px; }}"
        )
        self.horizontalHeader().setFixedHeight(round(HEADER * theme.zoom))
        self.verticalHeader().setMinimumSectionSize(1)
        self.verticalHeader().setDefaultSectionSize(round(LINE * theme.zoom))
        self.setMinimumHeight(round((HEADER + 4 * LINE) * theme.zoom) + 2)
        self.fit_columns()

    def sort_by(self, column: int) -> None:
        """By that column, the largest loss first and all else the smallest; again: the other way round."""
        again = column == self.rows.sorted_by
        descending = not self.rows.descending if again else self.rows.columns[column].kind is Kind.LOSS
        self.sort(column, descending=descending)

    def sort(self, column: int, *, descending: bool) -> None:
        """By that column, as its numbers are now."""
        order = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
        self.rows.sort(column, order)
        self.fit_columns()
        self._compute()
        self.scrollToTop()
        self.sorted.emit()

    def orders(self, menu: QMenu) -> None:
        """Offer every order in a menu, for those who have no mouse."""
        menu.clear()
        for at, column in enumerate(self.rows.columns):
            for descending in (False, True):
                ends = "largest first" if descending else "smallest first"
                entry = menu.addAction(f"{name(column)}, {ends}")
                entry.setCheckable(True)
                entry.setChecked((self.rows.sorted_by, self.rows.descending) == (at, descending))
                entry.triggered.connect(lambda _, at=at, descending=descending: self.sort(at, descending=descending))

    def fit_columns(self) -> None:
        """Every column as wide as its numbers are, which are short, or classes, where there is no room for longer ones;
        what room there is besides is shared."""
        if self.rows.frame is None:
            return
        room, data = self.viewport().width(), self.rows.frame.session.data
        widths: list[int] = []
        short = brief = False
        for short, brief in FORMS:
            widths = self._widths(columns(data, brief=brief), short=short)
            if sum(widths) <= room:
                break
        self.rows.short = short
        self.rows.abridge(brief)
        spare = max(0, room - sum(widths)) // len(widths)
        for at, width in enumerate(widths):
            self.setColumnWidth(at, width + spare)

    def _widths(self, columns: Sequence[Column], *, short: bool) -> list[int]:
        """How wide each of these columns must be."""
        assert self.rows.frame is not None
        data = self.rows.frame.session.data
        number = f"{len(data.x)}{TEST if data.train < len(data.x) else ''}"
        measure = QFontMetrics(self.theme.font(FONT))
        ordinary, huge = (WIDEST_SHORT, WIDEST_HUGE_SHORT) if short else (WIDEST, WIDEST_HUGE)
        widest = huge if self.rows.huge else ordinary
        widths: list[int] = []
        for column in columns:
            texts = {widest.get(column.kind, number)}
            if column.kind in (Kind.INPUT, Kind.TARGET):
                values = (data.x if column.kind is Kind.INPUT else data.t)[:ROWS_LOOKED_AT, column.index]
                texts = {written(value, column.kind, short=short) for value in values.tolist()}
            header = measure.horizontalAdvance(self.rows.title(column)) + 2 * HEADER_PADDING
            widths.append(max(header, *(measure.horizontalAdvance(text) + 2 * PADDING for text in texts)))
        return widths

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit_columns()
        self._compute()

    def _compute(self) -> None:
        if not self.rows.rowCount():
            return
        last = self.rows.rowCount() - 1
        first = min(max(0, self.rowAt(0)), last)
        shown = self.rowAt(self.viewport().height() - 1)
        huge = self.rows.huge
        self.rows.compute(first, min(last, first + MOST_IN_SIGHT, last if shown < 0 else shown))
        if self.rows.huge != huge:
            self.fit_columns()

    def _follow(self, frame: Frame) -> None:
        """An own input is no row: then none is chosen."""
        place = -1 if frame.own else self.rows.place_of(frame.sample)
        if place == self.currentIndex().row():
            return
        self._following = True
        if place < 0:
            self.selectionModel().clear()
        else:
            index = self.rows.index(place, max(0, self.columnAt(0)))
            flags = QItemSelectionModel.SelectionFlag
            self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
            self.scrollTo(index)
        self._following = False

    def _choose(self, current: QModelIndex, previous: QModelIndex) -> None:
        if current.isValid() and not self._following:
            self.chosen.emit(self.rows.row_at(current.row()))


class Cells(QStyledItemDelegate):
    """Paints a number at the right; the chosen row has a bar at its left besides its colour."""

    def __init__(self, table: RowsTable) -> None:
        super().__init__(table)
        self._table = table

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        theme = self._table.theme
        place = QRectF(option.rect)  # pyright: ignore[reportAttributeAccessIssue]
        if option.state & QStyle.StateFlag.State_Selected:  # pyright: ignore[reportAttributeAccessIssue]
            painter.fillRect(place, QColor(theme.hover))
            if index.column() == 0:
                painter.fillRect(
                    QRectF(place.left(), place.top(), 2 * theme.zoom, place.height()), QColor(theme.chosen)
                )
        painter.setFont(theme.font(FONT))
        painter.setPen(QColor(theme.secondary if index.column() == 0 else theme.text))
        painter.drawText(
            place.adjusted(0, 0, -PADDING, 0), Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, index.data()
        )
