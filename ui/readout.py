"""The legend of a plot that reads it out: every line as it is drawn, its name, and its number."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from core.record import record
from ui.canvas import Canvas
from ui.plot_parts import SOLID, Dash, pen
from ui.theme import Theme, text_font

PLACE, LEAST_PLACE = 142.0, 80.0
LINE = 17.0
SIGN = 20.0
PIXELS = 12
LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


@record
class Entry:
    """A number by name; with a colour the line that it is read from, else no line."""

    name: str
    value: str
    colour: str = ""
    width: float = 1.5
    dash: Dash = SOLID


@record
class Place:
    """Where an entry stands."""

    line: int
    left: float
    width: float


class Readout(Canvas):
    """Entries in columns that do not move when the numbers change."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.entries: Sequence[Entry] = ()

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Show these instead."""
        if entries != self.entries:
            height = self.heightForWidth(self.width())
            self.entries = entries
            if self.heightForWidth(self.width()) != height:
                self.updateGeometry()
            self.update()

    def text(self) -> str:
        """All of it in words."""
        return ", ".join(f"{entry.name} {entry.value}" for entry in self.entries)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        lines = 1 + max([0, *(place.line for place in self._places(width / self.theme.zoom))])
        return round((LINE * lines + 2) * self.theme.zoom)

    def sizeHint(self) -> QSize:
        return QSize(round(PLACE * self.theme.zoom), self.heightForWidth(self.width()))

    def paint(self, painter: QPainter) -> None:
        painter.fillRect(self.room, QColor(self.theme.panel))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for entry, place in zip(self.entries, self._places(self.room.width()), strict=True):
            self._paint_entry(painter, entry, QRectF(place.left, place.line * LINE, place.width, LINE))

    def _places(self, width: float) -> list[Place]:
        """Where every entry goes; one that is too long takes two columns."""
        usual = min(PLACE, max(LEAST_PLACE, width / 2))
        columns = max(1, int(width / usual))
        metrics = QFontMetricsF(text_font(PIXELS))
        number, places = 0, list[Place]()
        for entry in self.entries:
            long = metrics.horizontalAdvance(f"{entry.name} {entry.value}") + (SIGN if entry.colour else 0) > usual - 6
            span = min(columns, 2 if long else 1)
            if number % columns + span > columns:
                number += 1
            line, column = divmod(number, columns)
            places.append(Place(line, column * width / columns, span * width / columns - 6))
            number += span
        return places

    def _paint_entry(self, painter: QPainter, entry: Entry, room: QRectF) -> None:
        theme: Theme = self.theme
        if entry.colour:
            painter.setPen(pen(entry.colour, entry.width, entry.dash))
            middle = room.center().y()
            painter.drawLine(QPointF(room.left(), middle), QPointF(room.left() + SIGN - 4, middle))
            room.setLeft(room.left() + SIGN)
        painter.setFont(text_font(PIXELS))
        painter.setPen(QPen(QColor(theme.secondary)))
        painter.drawText(room, LEFT, entry.name)
        room.setLeft(room.left() + QFontMetricsF(painter.font()).horizontalAdvance(entry.name + " "))
        painter.setPen(QPen(QColor(theme.text)))
        painter.drawText(room, LEFT, entry.value)
