"""The banner that says loudly that a mistake is on, with the button that heals it; out of sight when none is."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QToolButton, QWidget

from core.frame import Frame
from core.mistakes import MISTAKES

HEAL_TIP = "Train on without the mistake, from the weights as they are now (Ctrl+H). Undo goes back to before it."


def mistake_on(mistake: str) -> str:
    """What is said of a mistake wherever it is on."""
    return f"Mistake on: {MISTAKES[mistake].label}"


class MistakeBanner(QWidget):
    """`healed` when its button is pressed."""

    healed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._mistake: str | None = None
        self.text = QLabel(self)
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        self.text.setWordWrap(True)
        self.text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.button = QToolButton(self)
        self.button.setText("Heal")
        self.button.setAccessibleName("Heal the mistake")
        self.button.setToolTip(HEAL_TIP)
        self.button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.button.clicked.connect(self.healed)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 4, 8, 4)
        row.addWidget(self.text, 1)
        row.addWidget(self.button)
        self.hide()

    def show_frame(self, frame: Frame) -> None:
        """Say which mistake is on, or nothing; the focus stays where it is."""
        mistake = frame.session.spec.mistake
        if mistake == self._mistake:
            return
        self._mistake = mistake
        said = "" if mistake is None else mistake_on(mistake)
        self.text.setText(f"✗ {said} – gradients and updates are wrong.")
        self.setAccessibleName(said)
        self.setVisible(mistake is not None)
