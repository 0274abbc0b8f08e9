"""What is minimised now, in words and as a formula: ½ or not, sum or mean over what, and the penalty apart."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.explain.notation import Notation
from core.explain.objective import objective
from core.frame import Frame
from ui.equations.sheets import objective_sheet
from ui.equations.view import EquationView, Sheet
from ui.labels import caption
from ui.matrix.scrolled import ScrollRoom

Told = tuple[Sheet, str]


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

    def show_told(self, told: Told) -> None:
        """Show words and formula."""
        sheet, words = told
        self.formula.show_sheet(sheet)
        if words != self.words.text():
            self.words.setText(words)


def told_of(frame: Frame, notation: Notation) -> Told:
    """The formula with the numbers of a frame, and the words."""
    spec, rows = frame.session.spec, frame.session.data.train
    told = objective(frame.network, spec.penalty, min(spec.batch or rows, rows), rows, notation)
    return objective_sheet(frame, told), " ".join(told.sentences)
