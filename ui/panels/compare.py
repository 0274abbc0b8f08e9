"""A remembered step of the run beside the present one: how far each layer moved, and what became of the losses."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSignalBlocker, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from core.comparison import Comparison, LayerChange
from core.frame import Frame
from core.selection import ItemChoice, StepComparison
from core.training import Evaluation
from ui.fields.whole_box import WholeBox
from ui.grid import Grid
from ui.labels import LiveText, Sentence, caption
from ui.numbers import fixed, short
from ui.panel import Panel
from ui.scene.names import numbered_layer_name, parameter_label
from ui.theme import Theme

ROWS = (
    ("length of ΔW", "How far the weights of the layer moved: the root of the sum of their squared changes."),
    ("length of Δb", "How far its biases moved."),
    ("largest change", "The change of the weight or bias that changed most."),
    ("of", "Which that is; Enter chooses it in all panels."),
)
BOX_WIDTH = 96
LEFT = Qt.AlignmentFlag.AlignLeft


class ComparePanel(Panel):
    """Asks for a comparison when it is seen, nothing trains, and another one than that of the frame is wanted."""

    title = "Compare"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._remembered = 0
        self._asked: tuple[int, int, int] | None = None
        self.box = WholeBox(self)
        self.box.setAccessibleName("Remembered step")
        self.box.setToolTip("The step of this run that the present one is compared with.")
        self.box.valueChanged.connect(self._choose)
        self.here = QToolButton(self)
        self.here.setText("Remember this step")
        self.here.setToolTip("Compare from the present step on (Ctrl+K).")
        self.here.clicked.connect(self.remember)
        self.steps = LiveText("Compared with", alignment=LEFT, role=QPalette.ColorRole.WindowText, parent=self)
        self.losses = Sentence("Losses before and after", alignment=LEFT, parent=self)
        self.grid = Grid("Changes by layer", ROWS, self)
        self.grid.activated.connect(self._point)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(caption("From step", self))
        line.addWidget(self.box)
        line.addWidget(self.steps, 1)
        line.addWidget(self.here)
        self.body.setContentsMargins(16, 0, 16, 4)
        self.body.addLayout(line)
        self.body.addWidget(self.losses)
        self.body.addWidget(self.grid, 1)

    def remember(self) -> None:
        """Compare from the present step on."""
        if self.frame is not None:
            self._choose(self.frame.session.run.step)
            self._show_box(self.frame)

    def draw(self, frame: Frame) -> None:
        last, step = frame.session.whole.run.step, frame.session.run.step
        self._remembered = min(self._remembered, last)
        self._show_box(frame)
        self.steps.say(f"to the present step, {step:,}")
        found = frame.comparison
        wanted = (frame.generation, self._remembered, step)
        if not frame.training and (found is None or not self._answers(found, frame)) and self._asked != wanted:
            self._asked = wanted
            self.edited.emit(StepComparison(self._remembered))
        if found is not None:
            self._show_comparison(found, frame)
        else:
            self.header.value.say("")
            self.losses.say("Compared when the training pauses." if frame.training else "")
            self.grid.show_cells((), ())

    def show_theme(self, theme: Theme) -> None:
        self.box.setFixedWidth(round(BOX_WIDTH * theme.zoom))
        for text in (self.steps, self.losses):
            text.dress(theme)
        self.grid.dress(theme)
        super().show_theme(theme)

    def _answers(self, found: Comparison, frame: Frame) -> bool:
        """Whether it is the comparison that is wanted."""
        return (found.before.step, found.after.step) == (self._remembered, frame.session.run.step)

    def _show_box(self, frame: Frame) -> None:
        with QSignalBlocker(self.box):
            self.box.setRange(0, frame.session.whole.run.step)
            if self.box.value() != self._remembered:
                self.box.setValue(self._remembered)

    def _show_comparison(self, found: Comparison, frame: Frame) -> None:
        sizes = frame.session.spec.sizes
        old = "" if self._answers(found, frame) else " · anew when the training pauses"
        self.header.value.say(f"step {found.before.step:,} → step {found.after.step:,}{old}")
        self.losses.say(_losses(found))
        columns = [numbered_layer_name(sizes, change.layer) for change in found.layers]
        self.grid.show_cells(columns, [_column(change, sizes) for change in found.layers])

    def _choose(self, step: float) -> None:
        self._remembered = int(step)
        if self.frame is not None and self.isVisible():
            self.show_again(self.frame)

    def _point(self, index: QModelIndex | QPersistentModelIndex) -> None:
        if self.frame is not None and (found := self.frame.comparison) is not None:
            self.edited.emit(ItemChoice(found.layers[index.column()].largest[0]))


def _column(change: LayerChange, sizes: tuple[int, ...]) -> tuple[str, ...]:
    item, largest = change.largest
    return (
        fixed(change.weights_length, 4),
        fixed(change.biases_length, 4),
        f"+{fixed(largest, 4)}" if largest > 0 else fixed(largest, 4),
        parameter_label(sizes, item),
    )


def _losses(found: Comparison) -> str:
    before, after = found.before, found.after
    said = _loss("Objective over the training set", before.train, after.train)
    if before.test is not None and after.test is not None:
        said += f" · {_loss('test loss', before.test, after.test)}"
    return said


def _loss(name: str, before: Evaluation, after: Evaluation) -> str:
    one, other = before.objective, after.objective
    sign = "+" if other > one else ""
    return f"{name} {fixed(one, 4)} → {fixed(other, 4)} ({sign}{short(other - one)})"
