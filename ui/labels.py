"""Labels of one kind each, so that every panel has the same headings and captions."""

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QHelpEvent, QPainter, QPalette
from PySide6.QtWidgets import QLabel, QSizePolicy, QToolTip, QWidget

from ui.canvas import Canvas
from ui.theme import text_font
from ui.throttle import Description

SMALL = 11
NARROWEST = 0.9


def heading(text: str, parent: QWidget | None = None) -> QLabel:
    """The name of a section, in small capitals' place."""
    label = QLabel(text.upper() if text.isascii() else text, parent)
    label.setProperty("role", "heading")
    label.setAccessibleName(text)
    return label


def caption(text: str = "", parent: QWidget | None = None) -> QLabel:
    """Secondary text; plain, since names of files end up in it."""
    label = QLabel(text, parent)
    label.setProperty("role", "secondary")
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label


def invitation(text: str) -> QLabel:
    """What to do so that an empty panel has something to show."""
    label = caption(text)
    label.setWordWrap(True)
    label.setAlignment(Qt.AlignmentFlag.AlignCenter)
    label.setContentsMargins(24, 0, 24, 0)
    return label


def write_narrowed(
    painter: QPainter, room: QRectF, text: str, font: QFont, alignment: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft
) -> None:
    """Write on one line; where it is too long for that room it is narrowed a little, then cut."""
    metrics = QFontMetricsF(font)
    narrowed = max(NARROWEST, min(1.0, room.width() / max(1.0, metrics.horizontalAdvance(text))))
    wide = room.width() / narrowed
    painter.save()
    painter.setFont(font)
    painter.translate(room.topLeft())
    painter.scale(narrowed, 1.0)
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, wide + 0.5)
    painter.drawText(QRectF(0.0, 0.0, wide, room.height()), alignment | Qt.AlignmentFlag.AlignVCenter, shown)
    painter.restore()


class LiveText(Canvas):
    """Text that may change with every frame: unlike a QLabel it never has the window laid out anew.

    Where it is too long it is narrowed a little, then cut.
    """

    def __init__(
        self,
        name: str,
        *,
        font: QFont | None = None,
        alignment: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignRight,
        role: QPalette.ColorRole = QPalette.ColorRole.PlaceholderText,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._font = font or text_font()
        self._text, self._alignment, self._role = "", alignment, role
        self._spoken = Description(self, self.text)

    def align(self, alignment: Qt.AlignmentFlag) -> None:
        """Write at another side."""
        self._alignment = alignment

    def text(self) -> str:
        """What it says."""
        return self._text

    def say(self, text: str) -> None:
        """Say something else."""
        if text != self._text:
            self._text = text
            self._spoken.renew()
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(40, round((QFontMetricsF(self._font).height() + 2) * self.theme.zoom))

    def paint(self, painter: QPainter) -> None:
        painter.fillRect(self.room, self.palette().color(self.backgroundRole()))
        painter.setPen(self.palette().color(self._role))
        write_narrowed(painter, self.room, self._text, self._font, self._alignment)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip and not self.fits:
            QToolTip.showText(event.globalPos(), f"{self._text}\n{self.toolTip()}".rstrip(), self)
            return True
        return super().event(event)

    @property
    def fits(self) -> bool:
        """Whether all of it can be seen; else its tip says it."""
        return NARROWEST * QFontMetricsF(self._font).horizontalAdvance(self._text) <= self.room.width() + 0.5


class Sentence(LiveText):
    """Text on one line, or on two in small letters; the room for both is always kept, so that nothing moves."""

    @property
    def fits(self) -> bool:
        """Whether all of it can be seen."""
        return self._on_one_line or self._lines_needed <= self._lines

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), round((2 * self._small.lineSpacing() + 1) * self.theme.zoom))

    def paint(self, painter: QPainter) -> None:
        if self._on_one_line:
            super().paint(painter)
            return
        painter.fillRect(self.room, self.palette().color(self.backgroundRole()))
        painter.setPen(self.palette().color(self._role))
        painter.setFont(text_font(SMALL))
        high = min(self._lines, self._lines_needed) * self._small.lineSpacing()
        place = QRectF(0, (self.room.height() - high) / 2, self.room.width(), high)
        # No half of a third line.
        painter.setClipRect(place)
        painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | self._wrapping, self._text)

    @property
    def _small(self) -> QFontMetricsF:
        return QFontMetricsF(text_font(SMALL))

    @property
    def _on_one_line(self) -> bool:
        return QFontMetricsF(self._font).horizontalAdvance(self._text) <= self.room.width()

    @property
    def _lines(self) -> int:
        """How many lines of small letters there is room for, at most two."""
        return max(1, min(2, int((self.room.height() + 1) / self._small.lineSpacing())))

    @property
    def _lines_needed(self) -> int:
        endless = QRectF(0, 0, self.room.width(), 1e6)
        small = self._small
        return round(small.boundingRect(endless, self._wrapping, self._text).height() / small.lineSpacing())

    @property
    def _wrapping(self) -> Qt.TextFlag:
        """Between words; a name that is longer than a line, anywhere."""
        longest = max(map(self._small.horizontalAdvance, self._text.split()), default=0)
        return Qt.TextFlag.TextWordWrap if longest <= self.room.width() else Qt.TextFlag.TextWrapAnywhere
