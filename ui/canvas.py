"""A widget that paints itself in units that grow with the zoom of the text: what fits at 100 % fits at 200 %."""

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap, QSinglePointEvent
from PySide6.QtWidgets import QWidget

from ui.theme import LIGHT, Theme


class Canvas(QWidget):
    """`room`, `place` and everything painted are in units; a unit is `theme.zoom` pixels."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme: Theme = LIGHT
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def dress(self, theme: Theme) -> None:
        """Take over colours and zoom."""
        self.theme = theme
        self.updateGeometry()
        self.update()

    @property
    def room(self) -> QRectF:
        """All the room there is."""
        return QRectF(0, 0, self.width() / self.theme.zoom, self.height() / self.theme.zoom)

    def place(self, event: QSinglePointEvent) -> QPointF:
        """Where the mouse is."""
        return event.position() / self.theme.zoom

    def in_pixels(self, area: QRectF) -> QRect:
        """An area in the widget's own pixels, for `update`."""
        zoom = self.theme.zoom
        return QRectF(area.left() * zoom, area.top() * zoom, area.width() * zoom, area.height() * zoom).toAlignedRect()

    def minimum_units(self, width: float, height: float) -> None:
        """Ask for at least so much room."""
        self.setMinimumSize(QSize(round(width * self.theme.zoom), round(height * self.theme.zoom)))

    def layer(self) -> QPixmap:
        """A transparent picture as large as the canvas, to be painted and shown in its units."""
        # Nothing can be painted on a picture without pixels, and a dock may be squeezed to that.
        pixmap = QPixmap((self.size() * self.devicePixelRatio()).expandedTo(QSize(1, 1)))
        pixmap.setDevicePixelRatio(self.devicePixelRatio() * self.theme.zoom)
        pixmap.fill(Qt.GlobalColor.transparent)
        return pixmap

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.scale(self.theme.zoom, self.theme.zoom)
            self.paint(painter)

    def paint(self, painter: QPainter) -> None:
        """Paint all that can be seen; each canvas has its own."""
