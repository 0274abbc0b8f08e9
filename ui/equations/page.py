"""Equations over words on one page that scrolls as a whole, where there is no room for both."""

import math

from PySide6.QtCore import QSizeF, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from ui.equations.view import EquationView
from ui.labels import caption


class EquationPage(QScrollArea):
    """`equation` is as high as it wants to be, and `words` stand below it."""

    def __init__(self, equation: str, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # What becomes narrower becomes higher: a bar that comes and goes would change it for ever.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.equation = EquationView(equation, self)
        self.equation.rearranged.connect(self._fit)
        self.words = caption()
        self.words.setAccessibleName(words)
        self.words.setWordWrap(True)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.equation)
        column.addWidget(self.words)
        column.addStretch(1)
        self.setWidget(inside)

    def say(self, words: str) -> None:
        """Write other words."""
        if words != self.words.text():
            self.words.setText(words)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        zoom = self.equation.theme.zoom
        wanted = self.equation.wanted(QSizeF(self.viewport().width() / zoom, 0.0))
        self.equation.setFixedHeight(math.ceil(wanted.height() * zoom))
