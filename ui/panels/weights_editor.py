"""Weights typed or pasted as whole matrices, as homework gives them."""

from functools import reduce
from itertools import pairwise

import numpy as np
from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from core import edits
from core.arrays import Array
from core.edits import Edit
from core.errors import InputError
from core.frame import Frame
from core.session import Session
from ui.labels import caption
from ui.panels.parameters_model import ParametersModel
from ui.scene.names import layer_name
from ui.theme import LIGHT, Theme

SIZE = QSize(600, 400)
WIDEST = "−0.12345678901234567"
HELP = "A row for each input, a column for each unit, the biases b last. Paste from a spreadsheet, or type."


class WeightsEditor(QDialog):
    """Holds a network's numbers as they were at one step; what is applied becomes the start. It blocks nothing."""

    edited = Signal(object)

    def __init__(self, frame: Frame, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Type or paste weights")
        self.theme: Theme = LIGHT
        self._frame = frame
        self._step = 0
        self.models: list[ParametersModel] = []
        self._applied: list[Array] = []
        self.layers = QComboBox(self)
        self.layers.setAccessibleName("Layer")
        self.layers.currentIndexChanged.connect(self._show_layer)
        self.table = QTableView(self)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.table.setTabKeyNavigation(False)
        self.transposed = QCheckBox("A row for each unit", self)
        self.transposed.setToolTip(
            "Pasted matrices have a row for each unit and a column for each input, as in z = Wx + b."
        )
        self.said = QLabel(self)
        self.said.setWordWrap(True)
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self.said.setAccessibleName("What there is to say")
        self._lay_out()
        self.resize(SIZE)
        for keys, slot in ((QKeySequence.StandardKey.Paste, self.paste), (QKeySequence.StandardKey.Copy, self.copy)):
            QShortcut(QKeySequence(keys), self.table, slot, context=Qt.ShortcutContext.WidgetShortcut)
        self.take()

    def show_frame(self, frame: Frame) -> None:
        """Know the present; the numbers stay, unless the network is another or nothing was typed before opening."""
        other = [model.values.shape for model in self.models] != _shapes(frame)
        other |= frame.session.spec.biased != self._frame.session.spec.biased
        lost = other and any(model.touched for model in self.models)
        self._frame = frame
        if self._applied and _is_start(self._applied, frame):
            self._arrive()
        if other or not (self.isVisible() or any(model.touched for model in self.models)):
            self.take()
        if lost:
            self._say(f"The network has changed: these are its numbers at step {self._step:,}.")

    def dress(self, theme: Theme) -> None:
        """Take over the zoom of the text."""
        if theme.zoom != self.theme.zoom:
            self.resize(SIZE * theme.zoom)
        self.theme = theme
        width = self.table.fontMetrics().horizontalAdvance(WIDEST) + round(16 * theme.zoom)
        self.table.horizontalHeader().setDefaultSectionSize(width)
        self.table.verticalHeader().setDefaultSectionSize(round(26 * theme.zoom))

    def take(self) -> None:
        """Start from the network's present numbers, in every layer."""
        session = self._frame.session
        network, sizes = session.run.network, session.spec.sizes
        layer = max(0, self.layers.currentIndex())
        self._step, self._applied = session.run.step, []
        self.models = [
            ParametersModel(network, layer, biased=session.spec.biased) for layer in range(1, len(network.layers) + 1)
        ]
        for model in self.models:
            model.dataChanged.connect(self._head)
        self.layers.blockSignals(True)
        self.layers.clear()
        for at in range(1, len(sizes)):
            self.layers.addItem(f"Layer {at}: {layer_name(sizes, at)}, {sizes[at - 1]} × {sizes[at]}")
        self.layers.setCurrentIndex(min(layer, self.layers.count() - 1))
        self.layers.blockSignals(False)
        self._show_layer()

    def apply(self) -> None:
        """Let training start from all the numbers here; the first cell that holds none is named instead."""
        for at, model in enumerate(self.models):
            if (cell := model.wrong()) is not None:
                self.layers.setCurrentIndex(at)
                self.table.setCurrentIndex(model.index(*cell))
                self._say(model.complaint(*cell))
                return
        gestures = [edits.set_parameters(m.layer, m.weights.copy(), m.biases.copy()) for m in self.models]
        self._applied = [model.values.copy() for model in self.models]
        self._say("Training is to start from these numbers.")
        self.edited.emit(_together(gestures))

    def paste(self) -> None:
        """Take the clipboard as the matrix of this layer."""
        try:
            pasted = self.model.paste(QGuiApplication.clipboard().text(), transposed=self.transposed.isChecked())
        except InputError as error:
            self._say(str(error))
        else:
            self._say(f"Pasted the {pasted}. Apply lets training start from them.")

    def copy(self) -> None:
        """Put the numbers of this layer, in full, into the clipboard."""
        QGuiApplication.clipboard().setText(self.model.text())
        self._say(f"Copied layer {self.model.layer}, the biases as the last row.")

    @property
    def model(self) -> ParametersModel:
        """The layer that is shown."""
        return self.models[max(0, self.layers.currentIndex())]

    def _show_layer(self) -> None:
        self.table.setModel(self.model)
        self.table.setAccessibleName(f"Weights and biases of layer {self.model.layer}")
        self._head()

    def _head(self) -> None:
        """Say whose the numbers of this layer are."""
        self._say(f"{'Typed here' if self.model.touched else f'Numbers of step {self._step:,}'}. {HELP}")

    def _arrive(self) -> None:
        """The network has begun with what was applied: those are its numbers now."""
        for model, values in zip(self.models, self._applied, strict=True):
            model.give(values)
        self._step, self._applied = 0, []
        self._say("Training starts from these numbers, and Reset returns to them. Undo brings the run before back.")

    def _say(self, sentence: str) -> None:
        self.said.setText(sentence)
        self.said.setAccessibleDescription(sentence)

    def _lay_out(self) -> None:
        top, bottom = QHBoxLayout(), QHBoxLayout()
        top.addWidget(caption("Layer"))
        top.addWidget(self.layers, 1)
        present = self._button("Present numbers", "Forget what was typed: the network's numbers now.", self.take)
        paste = self._button("Paste", "Take the clipboard as this layer's matrix (Ctrl+V).", self.paste)
        copy = self._button("Copy", "Copy this layer, all digits, for a spreadsheet (Ctrl+C).", self.copy)
        tip = "Training begins anew from these numbers, and Reset returns to them; undo brings the present run back."
        self.applying = self._button("↺ Apply", tip, self.apply)
        close = self._button("Close", "Close; what was typed stays here.", self.close)
        top.addWidget(present)
        for widget in (paste, copy, self.transposed):
            bottom.addWidget(widget)
        bottom.addStretch()
        bottom.addWidget(self.applying)
        bottom.addWidget(close)
        for one, next_one in pairwise(
            (self.layers, present, self.table, paste, copy, self.transposed, self.applying, close)
        ):
            self.setTabOrder(one, next_one)
        box = QVBoxLayout(self)
        box.addLayout(top)
        box.addWidget(self.table, 1)
        box.addWidget(self.said)
        box.addLayout(bottom)

    def _button(self, text: str, tip: str, slot: object) -> QPushButton:
        button = QPushButton(text, self)
        button.setAccessibleName(text.removeprefix("↺ "))
        button.setAccessibleDescription(tip)
        button.setToolTip(tip)
        # Enter belongs to the cell that is typed in.
        button.setAutoDefault(False)
        button.clicked.connect(slot)
        return button


def _shapes(frame: Frame) -> list[tuple[int, ...]]:
    return [(n_in + 1, n_out) for n_in, n_out in (w.shape for w in frame.session.run.network.weights)]


def _is_start(values: list[Array], frame: Frame) -> bool:
    """Whether training starts from exactly these weights and biases."""
    start = frame.session.start
    layers = zip(start.weights, start.biases, strict=True)
    return [each.shape for each in values] == _shapes(frame) and all(
        np.array_equal(mine, np.vstack(layer)) for mine, layer in zip(values, layers, strict=True)
    )


def _together(gestures: list[Edit]) -> Edit:
    """All layers at once: between two edits the first would be trained already."""

    def change(session: Session) -> Session:
        return reduce(lambda after, edit: edit.change(after), gestures, session)

    return gestures[0] if len(gestures) == 1 else Edit("numbers of all layers", change)
