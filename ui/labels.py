"""Labels of one kind each, so that every panel has the same headings and captions."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAccessible, QFont, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from ui.theme import text_font


def heading(text: str, parent: QWidget | None = None) -> QLabel:
    """The name of a section, in small capitals' place."""
    label = QLabel(text.upper(), parent)
    label.setProperty("role", "heading")
    label.setAccessibleName(text)
    return label


def caption(text: str = "", parent: QWidget | None = None) -> QLabel:
    """Secondary text; plain, since names of files end up in it."""
    label = QLabel(text, parent)
    label.setProperty("role", "secondary")
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label


class LiveText(QWidget):
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
        self.setFont(font or text_font())
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._text, self._alignment, self._role = "", alignment, role

    def text(self) -> str:
        """What it says."""
        return self._text

    def say(self, text: str) -> None:
        """Say something else."""
        if text != self._text:
            self._text = text
            if QAccessible.isActive():
                self.setAccessibleDescription(text)
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(40, self.fontMetrics().height() + 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), self.palette().color(self.backgroundRole()))
            painter.setPen(self.palette().color(self._role))
            painter.setFont(self.font())
            text = self.fontMetrics().elidedText(self._text, Qt.TextElideMode.ElideRight, self.width())
            painter.drawText(self.rect(), self._alignment | Qt.AlignmentFlag.AlignVCenter, text)
