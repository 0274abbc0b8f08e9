"""A canvas that may be larger than its room and is then scrolled; it paints only what is in sight."""

from PySide6.QtCore import QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import QPixmap, QResizeEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from ui.canvas import Canvas
from ui.theme import Theme


class ScrolledCanvas(Canvas):
    """Says by `wanted` how large it has to be; `rearranged` when that has changed, `moved` what to bring in sight.

    One that `keeps_width` has room left for the scroll bar: it is not laid out anew when the bar comes or goes.
    """

    keeps_width = False
    rearranged = Signal()
    moved = Signal(QRectF)

    def dress(self, theme: Theme) -> None:
        super().dress(theme)
        self.rearranged.emit()

    def wanted(self, room: QSizeF) -> QSizeF:
        """How much it takes when it is shown in that room."""
        return room

    @property
    def sight(self) -> QRectF:
        """What can be seen of it."""
        return scaled(QRectF(self.visibleRegion().boundingRect()), 1 / self.theme.zoom)

    def layer_in_sight(self, magnified: float = 1.0) -> QPixmap:
        """A transparent picture of what is in sight, in units; to be shown at the top left corner of `sight`."""
        ratio = self.devicePixelRatio()
        pixmap = QPixmap((QSizeF(self.visibleRegion().boundingRect().size()) * ratio).toSize().expandedTo(QSize(1, 1)))
        pixmap.setDevicePixelRatio(ratio * self.theme.zoom * magnified)
        pixmap.fill(Qt.GlobalColor.transparent)
        return pixmap


def scaled(rect: QRectF, factor: float) -> QRectF:
    """The rectangle in other units."""
    return QRectF(rect.topLeft() * factor, rect.size() * factor)


class ScrollRoom(QScrollArea):
    """Gives the canvas what it wants, and scrolls where that is more than there is."""

    def __init__(self, canvas: ScrolledCanvas, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._canvas = canvas
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(canvas)
        canvas.rearranged.connect(self.fit)
        canvas.moved.connect(self._follow)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        """Make the canvas as large as it wants to be, and at least as large as the room."""
        whole = self.maximumViewportSize()
        beside = whole - QSize(self.verticalScrollBar().sizeHint().width(), 0)
        room = beside if self._canvas.keeps_width else whole
        wanted = self._wanted(room)
        if room != beside and wanted.height() > room.height():
            room = beside
            wanted = self._wanted(room)
        self._canvas.resize(wanted.expandedTo(room))

    def minimumSizeHint(self) -> QSize:
        return QSize(120, 60) * self._canvas.theme.zoom

    def sizeHint(self) -> QSize:
        return QSize(240, 110) * self._canvas.theme.zoom

    def _wanted(self, room: QSize) -> QSize:
        zoom = self._canvas.theme.zoom
        return (self._canvas.wanted(QSizeF(room) / zoom) * zoom).toSize()

    def _follow(self, rect: QRectF) -> None:
        area = self._canvas.in_pixels(rect)
        centre = area.center()
        self.ensureVisible(centre.x(), centre.y(), area.width(), area.height())
