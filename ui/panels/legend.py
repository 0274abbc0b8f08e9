"""What the targets of the data stand for, with the colours and marks that the pictures use."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from core.datasets import Data
from ui.canvas import Canvas
from ui.output.points import Stamp, class_looks, paint_stamp
from ui.panels.targets import Meaning, legend, legend_in_words
from ui.theme import text_font

HEIGHT, SIGN, GAP = 18, 9.0, 8.0
FONT = 11


class Legend(Canvas):
    """One line; its tooltip says it in sentences."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("What the targets stand for")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.meanings: list[Meaning] = []
        self._data: Data | None = None

    def show_data(self, data: Data) -> None:
        """Explain the targets of these rows."""
        self.meanings, self._data = legend(data), data
        self.setToolTip(legend_in_words(data))
        self.setAccessibleDescription(legend_in_words(data))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(40, round(HEIGHT * self.theme.zoom))

    def paint(self, painter: QPainter) -> None:
        painter.fillRect(self.room, QColor(self.theme.panel))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(text_font(FONT))
        measure, middle, left = QFontMetricsF(text_font(FONT)), self.room.center().y(), 2.0
        for meaning in self.meanings:
            if meaning.kind is not None and self._data is not None:
                stamp = Stamp(*class_looks(self._data, self.theme)[meaning.kind])
                paint_stamp(painter, stamp, QPointF(left + SIGN / 2, middle), SIGN, self.theme.panel)
                left += SIGN + 2
            width = measure.horizontalAdvance(meaning.text)
            painter.setPen(QColor(self.theme.secondary))
            painter.drawText(
                QRectF(left, 0, width + 1, self.room.height()), Qt.AlignmentFlag.AlignVCenter, meaning.text
            )
            left += width + GAP
