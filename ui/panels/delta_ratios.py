"""How large δ is in each layer beside the output's: bars on a logarithmic scale, with numbers and a word."""

import math

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QWidget

from core.layer_errors import EXPLODED, VANISHED, LayerError
from ui.canvas import Canvas
from ui.numbers import fixed, power_of_ten, scientific
from ui.theme import text_font
from ui.throttle import Description

TOP = 22
SMALLEST_ROW, LARGEST_ROW = 16.0, 26.0
NARROWEST = 64.0  # where there is room for three powers over the bars
NAME_WIDTH, NUMBER_WIDTH, WORD_WIDTH = 62.0, 62.0, 60.0
LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight


class DeltaRatios(Canvas):
    """A bar to the left of the middle: δ has become smaller on its way from the output; to the right, larger."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("δ by layer, relative to the output's")
        self.setToolTip(
            "The mean |δ| of each layer over that of the output layer, on a logarithmic scale.\n"
            "Below 10⁻³ the error vanishes: the layer hardly learns. Above 10³ it explodes."
        )
        self._names: tuple[str, ...] = ()
        self._errors: tuple[LayerError, ...] = ()
        self._decades = 0
        self._spoken = Description(self, self.description)

    def show_errors(self, names: tuple[str, ...], errors: tuple[LayerError, ...]) -> None:
        """Show the layers by name."""
        if names != self._names:
            self._decades = 0
        self._names, self._errors = names, errors
        sizes = [abs(math.log10(e.ratio)) for e in errors if e.ratio > 0 and math.isfinite(e.ratio)]
        decades = math.ceil(max([1.0, *sizes]))
        if not decades <= self._decades <= 2 * decades:
            self._decades = decades
        self._spoken.renew()
        self.update()

    def description(self) -> str:
        """Every layer's ratio in words."""
        errors = zip(self._names, self._errors, strict=True)
        return "; ".join(f"{name}: {_written(error.ratio)} {error.word}".rstrip() for name, error in errors)

    def sizeHint(self) -> QSize:
        return QSize(280, 120) * self.theme.zoom

    def minimumSizeHint(self) -> QSize:
        return QSize(240, 60) * self.theme.zoom

    def paint(self, painter: QPainter) -> None:
        theme, room = self.theme, self.room
        painter.fillRect(room, QColor(theme.panel))
        if not self._errors:
            return
        left, right = room.left() + NAME_WIDTH + 8, room.right() - NUMBER_WIDTH - WORD_WIDTH
        height = min(LARGEST_ROW, max(SMALLEST_ROW, (room.height() - TOP) / len(self._errors)))
        bars = QRectF(left, TOP, right - left, height * len(self._errors))
        self._paint_axis(painter, bars)
        for number, (name, error) in enumerate(zip(self._names, self._errors, strict=True)):
            line = QRectF(room.left(), TOP + number * height, room.width(), height)
            self._paint_bar(painter, line, bars, error)
            painter.setFont(text_font(12))
            painter.setPen(QColor(theme.text))
            painter.drawText(line, LEFT, name)
            painter.drawText(QRectF(right, line.top(), NUMBER_WIDTH, height), RIGHT, _written(error.ratio))
            painter.setFont(text_font(11))
            painter.drawText(QRectF(room.right() - WORD_WIDTH + 6, line.top(), WORD_WIDTH, height), LEFT, error.word)

    def _paint_axis(self, painter: QPainter, bars: QRectF) -> None:
        theme, middle = self.theme, bars.center().x()
        painter.setFont(text_font(11))
        painter.setPen(QColor(theme.secondary))
        painter.drawText(QRectF(0, 0, NAME_WIDTH, TOP - 4), LEFT, "mean |δ|")
        painter.drawText(QRectF(bars.right(), 0, NUMBER_WIDTH, TOP - 4), RIGHT, "÷ output")
        ends = ((bars.left(), -self._decades), (bars.right(), self._decades))
        for x, exponent in ((middle, 0), *(ends if bars.width() > NARROWEST else ())):
            painter.drawText(QRectF(x - 30, 0, 60, TOP - 4), Qt.AlignmentFlag.AlignCenter, _power(exponent))
        painter.setPen(QPen(QColor(theme.line), 1))
        for x in (bars.left(), middle, bars.right()):
            painter.drawLine(QPointF(x, bars.top()), QPointF(x, bars.bottom()))
        painter.setPen(QPen(QColor(theme.secondary), 1, Qt.PenStyle.DotLine))
        for limit in (VANISHED, EXPLODED):
            if abs(math.log10(limit)) < self._decades:
                x = self._across(limit, bars)
                painter.drawLine(QPointF(x, bars.top()), QPointF(x, bars.bottom()))

    def _paint_bar(self, painter: QPainter, line: QRectF, bars: QRectF, error: LayerError) -> None:
        if math.isnan(error.ratio):
            return
        end, middle = self._across(error.ratio, bars), bars.center().x()
        bar = QRectF(min(end, middle) - 0.5, line.top() + 4, abs(end - middle) + 1, line.height() - 8)
        painter.fillRect(bar, QColor(self.theme.text if error.word else self.theme.secondary))

    def _across(self, ratio: float, bars: QRectF) -> float:
        exponent = math.log10(ratio) if ratio > 0 else -math.inf
        share = min(1.0, max(-1.0, exponent / self._decades))
        return bars.center().x() + share * bars.width() / 2


def _written(ratio: float) -> str:
    """A ratio; a dash where the output has no δ to compare with."""
    if math.isnan(ratio):
        return "–"
    return scientific(ratio) if 0 < ratio < 0.01 else fixed(ratio)


def _power(exponent: int) -> str:
    return power_of_ten(exponent) if exponent else "1"
