"""A line to ask the network about inputs of one's own, with or without targets."""

from itertools import pairwise

import numpy as np
from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from core.arrays import Array
from core.edits import refusal
from core.errors import InputError
from core.frame import Frame
from core.matrix_text import read_numbers
from core.record import record
from core.selection import OwnInput, SampleChoice
from ui.labels import Sentence
from ui.numbers import short
from ui.scene.names import spelled
from ui.theme import LIGHT, Theme, text_font

MOST_SINGLE = 4
LINE, FONT = 20, 11
GAP = 3


class OwnInputLine(QWidget):
    """What is left blank stays as the chosen sample has it, but for the target: without one there is no error.

    With the Tab key it `follows` that widget.
    """

    edited = Signal(object)

    def __init__(self, follows: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme: Theme = LIGHT
        self.cells: list[Cell] = []
        self._follows = follows
        self._frame: Frame | None = None
        self._shape: tuple[int, int] = (0, 0)
        self._box = QHBoxLayout()
        self._box.setSpacing(GAP)
        self.button = QPushButton(self)
        self.button.clicked.connect(self._press)
        self._box.addWidget(self.button)
        left = Qt.AlignmentFlag.AlignLeft
        self.refusal = Sentence("What is refused", font=text_font(FONT), alignment=left, parent=self)
        self.refusal.hide()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(GAP)
        whole.addLayout(self._box)
        whole.addWidget(self.refusal)

    def show_frame(self, frame: Frame) -> None:
        """Show the inputs of the frame; what is being typed is left alone as long as nothing else is asked."""
        before, self._frame = self._frame, frame
        shape = (frame.x.shape[1], frame.t.shape[1])
        if shape != self._shape:
            self._shape = shape
            self._make_cells()
        elif before is not None and before.x is frame.x and before.own == frame.own:
            return
        for cell in self.cells:
            cell.show(frame, keep=not frame.own and before is not None and not before.own)
        self._show_button()

    def dress(self, theme: Theme) -> None:
        """Take over colours and zoom."""
        self.theme = theme
        size = f"min-height: {round(LINE * theme.zoom)}px; padding: 0 3px; font-size: {round(FONT * theme.zoom)}px;"
        self.setStyleSheet(
            f'QLineEdit, QPushButton {{ {size} }} QLineEdit[refused="true"] {{ border: 2px solid {theme.negative}; }}'
        )
        self.refusal.dress(theme)
        self.button.setMinimumWidth(self.button.fontMetrics().horizontalAdvance("Rows") + round(16 * theme.zoom))
        for cell in self.cells:
            self._name(cell)
            cell.edit.dress(theme)

    def ask(self) -> None:
        """Read the cells and ask; what cannot be read is said, and nothing typed is lost."""
        if self._frame is None:
            return
        for cell in self.cells:
            self._mark(cell)
        if sentence := self.refusal.text():
            next(cell for cell in self.cells if cell.edit.refused).edit.setFocus()
            self.edited.emit(refusal(sentence))
            return
        x, t = (self._read(targets) for targets in (False, True))
        for cell in self.cells:
            cell.edit.setModified(False)
        self.edited.emit(OwnInput(x, t if t.size else None))

    def back(self) -> None:
        """Show the chosen row again."""
        if self._frame is None:
            return
        for cell in self.cells:
            cell.edit.clear()
            cell.edit.mark("")
        self._show_refusal()
        self._show_button()
        if self._frame.own:
            self.edited.emit(SampleChoice(self._frame.sample))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and (self._changed() or (self._frame is not None and self._frame.own)):
            self.back()
        else:
            super().keyPressEvent(event)

    def _read(self, targets: bool) -> Array:
        """The inputs, or the targets; the latter may all be left out."""
        assert self._frame is not None
        return np.concatenate([cell.read(self._frame) for cell in self.cells if cell.targets == targets])

    def _mark(self, cell: "Cell") -> None:
        """Say at the cell why it cannot be read, if that is so."""
        assert self._frame is not None
        try:
            cell.read(self._frame)
        except InputError as error:
            cell.edit.mark(str(error))
        else:
            cell.edit.mark("")
        self._show_refusal()

    def _show_refusal(self) -> None:
        """The first of what cannot be read, under the cells."""
        sentence = next((cell.edit.refused for cell in self.cells if cell.edit.refused), "")
        self.refusal.say(sentence)
        self.refusal.setVisible(bool(sentence))

    def _type(self, cell: "Cell") -> None:
        """What was refused is being mended."""
        cell.edit.mark("")
        self._show_refusal()
        self._show_button()

    def _make_cells(self) -> None:
        for cell in self.cells:
            self._box.removeWidget(cell.edit)
            cell.edit.deleteLater()
        inputs, outputs = self._shape
        self.cells = []
        if inputs <= MOST_SINGLE:
            self.cells += [self._cell(slice(i, i + 1), i) for i in range(inputs)]
        else:
            self.cells.append(self._cell(slice(0, inputs)))
        self.cells.append(self._cell(slice(0, outputs), targets=True))
        for at, cell in enumerate(self.cells):
            self._box.insertWidget(at, cell.edit, 1 if len(self.cells) > 2 or cell.targets else 2)
            cell.edit.returnPressed.connect(self.ask)
            cell.edit.textEdited.connect(lambda _, cell=cell: self._type(cell))
            self._name(cell)
            cell.edit.dress(self.theme)
        self._show_refusal()
        # What is made late would come last with the Tab key.
        for one, next_one in pairwise((self._follows, *(cell.edit for cell in self.cells), self.button)):
            QWidget.setTabOrder(one, next_one)

    def _cell(self, part: slice, index: int | None = None, *, targets: bool = False) -> "Cell":
        return Cell(PrefixedEdit(self), part, index, targets)

    def _name(self, cell: "Cell") -> None:
        """Call it as the notation does."""
        edit, targets, name = cell.edit, cell.targets, spelled("t" if cell.targets else "x", cell.index)
        several = cell.part.stop - cell.part.start
        edit.prefix = name
        numbers = "a number" if several == 1 else f"{several} numbers with blanks between"
        tip = (
            f"Own target {name}: {numbers}. Left blank there is no loss and no δ."
            if targets
            else f"Own input {name}: {numbers}, with decimal point or comma. Left blank it stays as in the sample."
        )
        edit.setAccessibleName(f"Own {'target' if targets else 'input'} {name}")
        edit.explain(f"{tip}\nEnter asks the network; Escape goes back to the rows.")

    def _changed(self) -> bool:
        return any(cell.edit.isModified() and cell.edit.text() for cell in self.cells)

    def _show_button(self) -> None:
        back = self._frame is not None and self._frame.own and not self._changed()
        self.button.setText("Rows" if back else "Ask")
        self.button.setAccessibleName("Back to the rows" if back else "Ask the network")
        self.button.setToolTip(
            "Leave the own input and show the chosen row again (Escape)."
            if back
            else "Show what the network makes of these inputs: all panels follow (Enter)."
        )

    def _press(self) -> None:
        if self._frame is not None and self._frame.own and not self._changed():
            self.back()
        else:
            self.ask()


@record(eq=False)
class Cell:
    """An editor for `part` of the inputs or of the targets; `index` where it is one of several."""

    edit: "PrefixedEdit"
    part: slice
    index: int | None
    targets: bool

    def read(self, frame: Frame) -> Array:
        """Its numbers, of targets left blank none; InputError when it cannot be read."""
        if not self.edit.text().strip():
            return np.empty(0) if self.targets else frame.x[0, self.part]
        return read_numbers(self.edit.text(), self.part.stop - self.part.start, self.edit.accessibleName())

    def show(self, frame: Frame, *, keep: bool) -> None:
        """An own input as it is; a row's as a hint behind what may be typed, which stays if it is to be kept."""
        values = (frame.t if self.targets else frame.x)[0, self.part].tolist()
        known = frame.has_target or not self.targets
        if frame.own:
            self.edit.setText(" ".join(repr(value).removesuffix(".0") for value in values) if known else "")
            self.edit.setCursorPosition(0)
        elif not keep:
            self.edit.clear()
        self.edit.setPlaceholderText("–" if self.targets else " ".join(map(short, values)))


class PrefixedEdit(QLineEdit):
    """A line to type in, with what it is for written before it as its `prefix`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.prefix, self._theme = "", LIGHT
        self._tip = self.refused = ""
        # As narrow as need be; the line shares out what room there is.
        self.setMinimumWidth(1)

    def dress(self, theme: Theme) -> None:
        """Take over colours and zoom."""
        self._theme = theme
        self.setFont(theme.font(FONT))
        self.setTextMargins(self.fontMetrics().horizontalAdvance(self.prefix) + round(GAP * theme.zoom), 0, 0, 0)

    def explain(self, tip: str) -> None:
        """Say what is to be typed here."""
        self._tip = tip
        self.mark(self.refused)

    def mark(self, refused: str) -> None:
        """Show why what was typed is refused; "" when it is not."""
        changed, self.refused = refused != self.refused, refused
        words = f"{refused}\n{self._tip}" if refused else self._tip
        self.setAccessibleDescription(words)
        self.setToolTip(words)
        if changed:
            self.setProperty("refused", bool(refused))
            # The style sheet looks at properties only when a widget is polished.
            self.style().unpolish(self)
            self.style().polish(self)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        with QPainter(self) as painter:
            painter.setFont(self.font())
            painter.setPen(QColor(self._theme.secondary))
            place = QRectF(self.rect()).adjusted(5 * self._theme.zoom, 0, 0, 0)
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, self.prefix)
