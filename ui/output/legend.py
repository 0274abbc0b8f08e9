"""The legend of a picture: a bar of colours with numbers at its ends, and what each sign means."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QLinearGradient, QPainter, QPen

from core.record import record
from ui.output.points import Stamp, paint_stamp
from ui.theme import Theme, text_font

LINE = 16.0
SIGN = 9.0
BAR = (12.0, 96.0)
SHORTEST_BAR = 48.0
GAP = 12.0
NUMBER_WIDTH = 62.0
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


@record
class Stroke:
    """How a line is drawn."""

    colour: str
    style: Qt.PenStyle = Qt.PenStyle.SolidLine
    width: float = 2.0

    def pen(self) -> QPen:
        """The pen that draws it."""
        return QPen(QColor(self.colour), self.width, self.style)


@record
class Entry:
    """A sign and what it means; a `valued` one has a live number behind it."""

    text: str
    sign: Stamp | Stroke | None = None
    valued: bool = False

    @property
    def width(self) -> float:
        """How much room it takes."""
        sign = 0.0 if self.sign is None else SIGN + 6
        return sign + QFontMetricsF(text_font(11)).horizontalAdvance(self.text) + (NUMBER_WIDTH if self.valued else 0)


@record
class Bar:
    """Colours from the low to the high end, and numbers evenly along them."""

    colours: tuple[str, ...]
    numbers: tuple[str, ...]

    @property
    def width(self) -> float:
        """How much room its longest number takes."""
        return max(QFontMetricsF(text_font(11)).horizontalAdvance(number) for number in self.numbers)


@record
class Legend:
    """Stands upright beside a picture, or lies in lines under it."""

    bar: Bar | None = None
    entries: tuple[Entry, ...] = ()

    @property
    def width(self) -> float:
        """The room it takes upright."""
        bar = 0.0 if self.bar is None else BAR[0] + 5 + self.bar.width
        return max([bar, *(entry.width for entry in self.entries)])

    def height(self, width: float | None = None) -> float:
        """The least room it takes upright, or lying in lines of that width."""
        if width is None:
            return (0.0 if self.bar is None else SHORTEST_BAR + 10) + LINE * len(self.entries)
        return LINE * (1 + max([0, *(line for line, _ in self._lines(width))])) if self.bar or self.entries else 0.0

    def paint(self, painter: QPainter, area: QRectF, theme: Theme, *, upright: bool) -> list[QRectF]:
        """Paint it; the boxes for the live numbers."""
        painter.setFont(text_font(11))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if upright:
            top = area.top()
            if self.bar is not None:
                length = min(BAR[1], area.height() - self.height() + SHORTEST_BAR)
                top = self._paint_upright_bar(painter, QRectF(area.left(), top, BAR[0], length), theme) + 10
            places = [QPointF(area.left(), top + LINE * line) for line in range(len(self.entries))]
        else:
            if self.bar is not None:
                self._paint_lying_bar(painter, area, theme)
            places = [QPointF(area.left() + x, area.top() + LINE * line) for line, x in self._lines(area.width())]
        boxes = [_paint_entry(painter, entry, at, theme) for entry, at in zip(self.entries, places, strict=True)]
        return [box for entry, box in zip(self.entries, boxes, strict=True) if entry.valued]

    def _lines(self, width: float) -> list[tuple[int, float]]:
        """For each entry the line it lies in and how far from the left; the bar has the beginning of the first."""
        line, x = 0, 0.0 if self.bar is None else self._lying_bar() + GAP
        places: list[tuple[int, float]] = []
        for entry in self.entries:
            if x > 0 and x + entry.width > width:
                line, x = line + 1, 0.0
            places.append((line, x))
            x += entry.width + GAP
        return places

    def _lying_bar(self) -> float:
        assert self.bar is not None
        metrics = QFontMetricsF(text_font(11))
        return metrics.horizontalAdvance(self.bar.numbers[0] + self.bar.numbers[-1]) + 8 + BAR[1]

    def _paint_upright_bar(self, painter: QPainter, bar: QRectF, theme: Theme) -> float:
        """The bar with all its numbers at the right; its lower end."""
        assert self.bar is not None
        _paint_colours(painter, bar, bar.bottomLeft(), bar.topLeft(), self.bar.colours, theme)
        painter.setPen(QColor(theme.secondary))
        last = len(self.bar.numbers) - 1
        for number, text in enumerate(self.bar.numbers):
            middle = bar.bottom() - 5 - (bar.height() - 10) * number / max(last, 1)
            painter.drawText(QRectF(bar.right() + 5, middle - 8, self.bar.width + 2, 16), LEFT, text)
        return bar.bottom()

    def _paint_lying_bar(self, painter: QPainter, area: QRectF, theme: Theme) -> None:
        """The bar between the numbers of its ends."""
        assert self.bar is not None
        low = QFontMetricsF(painter.font()).horizontalAdvance(self.bar.numbers[0])
        bar = QRectF(area.left() + low + 4, area.top() + 4, BAR[1], 8)
        _paint_colours(painter, bar, bar.topLeft(), bar.topRight(), self.bar.colours, theme)
        painter.setPen(QColor(theme.secondary))
        painter.drawText(QRectF(area.left(), area.top(), low + 2, LINE), LEFT, self.bar.numbers[0])
        painter.drawText(QRectF(bar.right() + 4, area.top(), self.bar.width + 2, LINE), LEFT, self.bar.numbers[-1])


def _paint_colours(
    painter: QPainter, bar: QRectF, start: QPointF, end: QPointF, colours: tuple[str, ...], theme: Theme
) -> None:
    gradient = QLinearGradient(start, end)
    for number, colour in enumerate(colours):
        gradient.setColorAt(number / (len(colours) - 1), QColor(colour))
    painter.setPen(QPen(QColor(theme.line), 1))
    painter.setBrush(gradient)
    painter.drawRoundedRect(bar, 2, 2)


def _paint_entry(painter: QPainter, entry: Entry, at: QPointF, theme: Theme) -> QRectF:
    """Paint an entry with its upper left corner there; the box behind it for a live number."""
    left, middle = at.x(), at.y() + LINE / 2
    if isinstance(entry.sign, Stamp):
        paint_stamp(painter, entry.sign, QPointF(left + SIGN / 2, middle), SIGN, theme.panel)
    elif entry.sign is not None:
        painter.setPen(entry.sign.pen())
        painter.drawLine(QPointF(left - 1, middle), QPointF(left + SIGN + 2, middle))
    left += 0.0 if entry.sign is None else SIGN + 6
    width = QFontMetricsF(painter.font()).horizontalAdvance(entry.text)
    painter.setPen(QColor(theme.secondary))
    painter.drawText(QRectF(left, at.y(), width + 2, LINE), LEFT, entry.text)
    return QRectF(left + width + 6, at.y(), NUMBER_WIDTH - 6, LINE)
