"""The gallery of data sets: arrows look around, a click or Enter loads."""

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, QTimer, QTimerEvent, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent, QMouseEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from core.datasets import DATASETS, Dataset, find_dataset
from core.spec import suggested
from ui.panels.thumbnail import thumbnail
from ui.theme import LIGHT, Theme, text_font

NAME = Qt.ItemDataRole.UserRole
# Tiles in units: small ones in a column at the side, large ones where there is room for twice five.
SMALL, LARGE = QSize(44, 37), QSize(80, 66)
ROOMY = 400
LABEL, LARGE_LABEL = 10, 13
NARROWEST = 0.74


class Gallery(QListWidget):
    """`loaded` carries the name of the set that is wanted, `pointed` of the one that is looked at, "" for none."""

    loaded = Signal(str)
    pointed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setViewport(QWidget())  # one that PySide knows: see the traps in ARCHITECTURE.md
        self.theme: Theme = LIGHT
        self.shown = ""
        self.drawn = 0
        self._timer = 0
        self._tile = SMALL
        self.setAccessibleName("Data sets")
        self.setAccessibleDescription("The arrow keys look around; Enter loads the set with its network and settings.")
        self.setItemDelegate(Tiles(self))
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        for policy in (self.setHorizontalScrollBarPolicy, self.setVerticalScrollBarPolicy):
            policy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for dataset in DATASETS:
            item = QListWidgetItem(dataset.label, self)
            item.setData(NAME, dataset.name)
            explanation = f"{dataset.help}\n{consequence(dataset)}"
            item.setToolTip(explanation)
            item.setData(Qt.ItemDataRole.AccessibleDescriptionRole, explanation)
        self.currentItemChanged.connect(self._look)
        self.itemEntered.connect(self._look)

    def show_dataset(self, name: str) -> None:
        """Mark the set that is loaded."""
        if name == self.shown:
            return
        self.shown = name
        self.setCurrentItem(None)  # pyright: ignore[reportArgumentType] – Qt takes null for "none"
        for row in range(self.count()):
            if self.item(row).data(NAME) == name:
                self.setCurrentRow(row)
        self.viewport().update()

    def dress(self, theme: Theme) -> None:
        """Take over colours and zoom; the pictures are drawn again, one by one."""
        self.theme, self.drawn = theme, 0
        self._fit()
        if self.isVisible():
            self._draw_soon()
        self.viewport().update()

    def is_loaded(self, index: QModelIndex | QPersistentModelIndex) -> bool:
        """Whether that item's set is the one that is loaded."""
        return index.data(NAME) == self.shown

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show:
            self._draw_soon()
        return super().event(event)

    def timerEvent(self, event: QTimerEvent) -> None:
        if event.timerId() != self._timer:
            super().timerEvent(event)
        elif self.drawn < self.count():
            # One at a time: the window is shown first, and answers in between.
            thumbnail(self.dataset(self.drawn), self.theme)
            self.viewport().update(self.visualItemRect(self.item(self.drawn)))
            self.drawn += 1
        else:
            self.killTimer(self._timer)
            self._timer = 0

    def dataset(self, row: int) -> Dataset:
        """The set at a place of the gallery."""
        return find_dataset(self.item(row).data(NAME))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentItem() is not None:
            self._load(self.currentItem())
        elif event.key() == Qt.Key.Key_Space:
            # The window's, to train.
            event.ignore()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        item = self.itemAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and item is not None and item is self.currentItem():
            self._load(item)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.pointed.emit("")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # Not at once: another height means another width where a scroll bar comes, and so on without end.
        QTimer.singleShot(0, self, self._fit)

    def _load(self, item: QListWidgetItem) -> None:
        if item.data(NAME) != self.shown:
            self.loaded.emit(item.data(NAME))

    def _look(self, item: QListWidgetItem | None) -> None:
        name = "" if item is None else item.data(NAME)
        self.pointed.emit("" if name == self.shown else name)

    def _draw_soon(self) -> None:
        if not self._timer and self.drawn < self.count():
            self._timer = self.startTimer(0)

    def _fit(self) -> None:
        """As many columns as there is room for, and as high as that takes: nothing is out of sight."""
        zoom, room = self.theme.zoom, self.contentsRect().width()
        tile = LARGE if room >= ROOMY * zoom else SMALL
        columns = max(1, min(self.count(), int(room / (tile.width() * zoom))))
        # A pixel less than there is, else Qt begins a new line too soon.
        width = min((room - 1) // columns, round(2 * tile.width() * zoom))
        size = QSize(width, round(tile.height() * zoom))
        if size != self.gridSize():
            self._tile = tile
            self.setGridSize(size)
        frame = self.height() - self.contentsRect().height()
        self.setFixedHeight(size.height() * -(-self.count() // columns) + 1 + frame)

    @property
    def label_size(self) -> int:
        """Of the names, in pixels."""
        return round((LARGE_LABEL if self._tile is LARGE else LABEL) * self.theme.zoom)


class Tiles(QStyledItemDelegate):
    """Paints a data set as its picture over its name; the loaded one framed and bold, the one looked at dashed."""

    def __init__(self, gallery: Gallery) -> None:
        super().__init__(gallery)
        self._gallery = gallery

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return self._gallery.gridSize()

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        gallery = self._gallery
        theme, zoom, loaded = gallery.theme, gallery.theme.zoom, gallery.is_loaded(index)
        tile = QRectF(option.rect).adjusted(1, 1, -1, -1)  # pyright: ignore[reportAttributeAccessIssue]
        state = option.state  # pyright: ignore[reportAttributeAccessIssue]
        painter.save()
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        painter.setBrush(QColor(theme.hover if state & QStyle.StateFlag.State_MouseOver else theme.panel))
        focused = gallery.hasFocus() and gallery.currentIndex() == index
        pen = QPen(QColor(theme.chosen if loaded else theme.text if focused else theme.line), 2 if loaded else 1)
        if focused:
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.drawRoundedRect(tile.adjusted(0.5, 0.5, -0.5, -0.5), 4 * zoom, 4 * zoom)
        label = gallery.label_size + round(3 * zoom)
        inside = tile.adjusted(3 * zoom, 3 * zoom, -3 * zoom, -1 - label)
        if index.row() < gallery.drawn:
            painter.drawImage(inside, thumbnail(gallery.dataset(index.row()), theme))
        self._write(painter, QRectF(tile.left(), inside.bottom(), tile.width(), label), index.data(), bold=loaded)
        painter.restore()

    def _write(self, painter: QPainter, place: QRectF, name: str, *, bold: bool) -> None:
        """The name whole, narrowed a little where it is long."""
        weight = QFont.Weight.DemiBold if bold else QFont.Weight.Normal
        painter.setFont(text_font(self._gallery.label_size, weight=weight))
        painter.setPen(QColor(self._gallery.theme.text))
        room, width = place.width() - 2, painter.fontMetrics().horizontalAdvance(name)
        squeeze = max(NARROWEST, min(1.0, room / width))
        painter.translate(place.center().x(), place.center().y())
        painter.scale(squeeze, 1.0)
        half = QRectF(-room / squeeze / 2, -place.height() / 2, room / squeeze, place.height())
        elided = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, int(half.width()) + 1)
        painter.drawText(half, Qt.AlignmentFlag.AlignCenter, elided)


def consequence(dataset: Dataset) -> str:
    """What loading it brings along, said before it happens."""
    return f"Brings its own network ({network(dataset)}) and settings; this run stays in the history, and undo returns."


def network(dataset: Dataset) -> str:
    """The sizes of the layers that it brings along."""
    return "-".join(map(str, suggested(dataset.name).sizes))
