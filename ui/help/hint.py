"""A hint in a strip of its own below the network: it covers nothing, waits for nothing, and goes when it is told to."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QToolButton, QWidget

from ui.resources import icon
from ui.theme import Theme


class HintStrip(QWidget):
    """Hidden until `show_hint`; `dismissed` when the user has read it."""

    dismissed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName("Hint")
        self.text = QLabel(self)
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        self.text.setWordWrap(True)
        self.text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.close_button = QToolButton(self)
        self.close_button.setProperty("role", "quiet")
        self.close_button.setAccessibleName("Dismiss the hint")
        self.close_button.setToolTip("Dismiss this hint for good.")
        self.close_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.close_button.clicked.connect(self._dismiss)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 4, 8, 4)
        row.addWidget(self.text, 1)
        row.addWidget(self.close_button)
        self.hide()

    def show_hint(self, text: str) -> None:
        """Say something; the focus stays where it is."""
        self.text.setText(text)
        self.setAccessibleDescription(text)
        self.show()

    def show_theme(self, theme: Theme) -> None:
        """Take over colours and zoom."""
        side = round(14 * theme.zoom)
        self.close_button.setIconSize(QSize(side, side))
        self.close_button.setIcon(icon("x", theme.secondary))

    def _dismiss(self) -> None:
        self.hide()
        self.dismissed.emit()
