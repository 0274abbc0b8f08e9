"""Labels of one kind each, so that every panel has the same headings and captions."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPalette
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from ui.canvas import Canvas
from ui.theme import text_font
from ui.throttle import Description


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


class LiveText(Canvas):
    """Text that may change with every frame: unlike a QLabel it never has the window laid out anew."""

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
        painter.setFont(self._font)
        text = QFontMetricsF(self._font).elidedText(self._text, Qt.TextElideMode.ElideRight, self.room.width())
        painter.drawText(self.room, self._alignment | Qt.AlignmentFlag.AlignVCenter, text)
