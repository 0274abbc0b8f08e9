"""What is minimised now, in words and as a formula: ½ or not, sum or mean over what, and the penalty apart."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.explain.notation import Notation
from core.frame import Frame
from core.losses import LOSSES
from core.penalties import PENALTIES
from ui.equations.sheets import objective_sheet
from ui.equations.view import EquationView
from ui.labels import caption
from ui.matrix.scrolled import ScrollRoom


class ObjectivePage(QWidget):
    """The formula, with the numbers of this moment, over the words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.formula = EquationView("Objective", self)
        self.words = caption()
        self.words.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.words)
        column.addWidget(ScrollRoom(self.formula), 1)

    def show_frame(self, frame: Frame, notation: Notation) -> None:
        """Say it of this frame."""
        self.formula.show_sheet(objective_sheet(frame, notation))
        words = objective_words(frame)
        if words != self.words.text():
            self.words.setText(words)


def objective_words(frame: Frame) -> str:
    """What is minimised, in words."""
    spec, data = frame.session.spec, frame.session.data
    batch = min(spec.batch or data.train, data.train)
    return (
        f"Minimised is the mean over the {data.train:,} training rows, not their sum; each update goes down the mean of"
        f" its {batch:,}. Of a row: {LOSSES[spec.loss].help} Penalty: {PENALTIES[spec.penalty].help}"
    )
