"""The colours of a heatmap from its most negative to its most positive value, as a small bar."""

import numpy as np
from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.canvas import Canvas
from ui.colours import image

SHADES = np.linspace(-1.0, 1.0, 33)[None]


class Legend(Canvas):
    """As strong as the heatmap paints its colours."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Colours: orange is negative, blue is positive")
        self.setToolTip("Orange is negative, blue is positive; the ends are the written ± value.")
        self._strength = 1.0

    def show_strength(self, strength: float) -> None:
        """Take over how strong the colours are."""
        if strength != self._strength:
            self._strength = strength
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(40, 10) * self.theme.zoom

    def minimumSizeHint(self) -> QSize:
        return QSize(12, 10) * self.theme.zoom

    def paint(self, painter: QPainter) -> None:
        painter.drawImage(self.room, image(SHADES * self._strength, self.theme))
        painter.setPen(QPen(QColor(self.theme.secondary), 1))
        painter.drawRect(QRectF(self.room).adjusted(0.5, 0.5, -0.5, -0.5))
