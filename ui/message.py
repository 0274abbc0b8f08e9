"""The sentence at the bottom of the window: as much of it as there is room for, and all of it when asked."""

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QSizePolicy, QToolButton, QWidget

from ui.labels import Sentence
from ui.resources import icon
from ui.theme import Theme

WIDTH = 560
ICON = 14


class Message(QWidget):
    """Where it does not fit, a button opens it whole over the window; Escape or a click elsewhere closes it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sentence = Sentence("Message", role=QPalette.ColorRole.WindowText, parent=self)
        self.sentence.setBackgroundRole(QPalette.ColorRole.AlternateBase)
        self.button = QToolButton(self)
        self.button.setProperty("role", "quiet")
        self.button.setAccessibleName("Whole message")
        self.button.setToolTip("Show the whole sentence (F8).")
        self.button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.button.clicked.connect(self.open)
        policy = QSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        policy.setRetainSizeWhenHidden(True)
        self.button.setSizePolicy(policy)
        self.button.hide()
        self.whole = WholeMessage(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        row.addWidget(self.sentence, 1)
        row.addWidget(self.button)

    def text(self) -> str:
        """What was said last."""
        return self.sentence.text()

    def say(self, sentence: str) -> None:
        """Say something else."""
        self.sentence.say(sentence)
        self.setToolTip(sentence)
        self.whole.hide()
        self._offer()

    def open(self) -> None:
        """Show the whole sentence, if there is one, over the window's corner."""
        if self.text():
            self.whole.show_text(self.text(), self, round(WIDTH * self.sentence.theme.zoom))

    def dress(self, theme: Theme) -> None:
        """Take over colours and zoom."""
        self.sentence.dress(theme)
        self.button.setIconSize(QSize(ICON, ICON) * theme.zoom)
        self.button.setIcon(icon("ellipsis", theme.text))
        # No higher than the sentence: it is not to make the line at the bottom higher.
        self.button.setFixedHeight(self.sentence.sizeHint().height())
        self.setFixedHeight(self.sentence.sizeHint().height())
        self._offer()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._offer()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self.sentence.fits:
            self.open()

    def _offer(self) -> None:
        self.button.setVisible(not self.sentence.fits)


class WholeMessage(QLabel):
    """Stands over the window until the focus goes elsewhere, or Escape; its words can be copied."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName("Whole message")
        self.setFrameShape(QFrame.Shape.Box)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setWordWrap(True)
        self.setMargin(10)
        self._before: QWidget | None = None
        self.hide()

    def show_text(self, text: str, message: QWidget, width: int) -> None:
        """Show it in the window of the `message`, above that."""
        window = message.window()
        self._before = QApplication.focusWidget()
        self.setParent(window)
        self.setText(text)
        self.setAccessibleDescription(text)
        corner = message.mapTo(window, QPoint(message.width(), 0))
        self.setFixedWidth(max(1, min(width, corner.x())))
        self.setFixedHeight(self.heightForWidth(self.width()))
        self.move(corner - QPoint(self.width(), self.height()))
        self.show()
        self.raise_()
        self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
            if self._before is not None:
                self._before.setFocus()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self.hide()
