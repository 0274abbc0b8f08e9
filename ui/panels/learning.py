"""How the network learns: learning rate, batch, loss, start and the order of samples."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from core import edits
from core.frame import Frame
from core.initializers import INITIALIZERS
from core.losses import LOSSES
from core.optimizers import OPTIMIZERS
from core.spec import MAX_SEED, Spec
from ui.fields.choice import ChoiceField
from ui.fields.field import ANEW, ANEW_MEANS, Field
from ui.fields.slider import Scale, SliderField
from ui.fields.switch import SwitchField
from ui.fields.whole import WholeField
from ui.numbers import counted, plain
from ui.panel import Panel
from ui.panels.weights_editor import WeightsEditor
from ui.scene.names import spelled
from ui.theme import Theme

LARGEST_SEED = min(MAX_SEED, 2**53)
ETA = "Learning rate"


def learning_fields() -> list[Field]:
    """One field for each choice of how to learn."""
    return [
        SliderField(
            f"{ETA} η",
            Scale(1e-4, 10.0, logarithmic=True),
            lambda session: session.spec.eta,
            lambda value, gesture: edits.choose(f"η = {plain(value)}", merge=gesture, eta=value),
            "How far each update goes: W ← W − η ∂J/∂W.",
            anew=False,
        ),
        ChoiceField(
            "Optimiser",
            OPTIMIZERS,
            lambda session: session.spec.optimizer,
            lambda name: edits.choose(f"optimiser {OPTIMIZERS[name].label}", optimizer=name),
            "How the mean gradient of a batch becomes a change of the weights.",
        ),
        WholeField(
            "Batch",
            lambda session: (0, max(session.data.train, session.spec.batch or 0)),
            lambda session: session.spec.batch or 0,
            lambda number: edits.choose(f"batch {number or 'full'}", batch=number or None),
            "How many samples' gradients are averaged for one update; 0 takes all the training rows.",
            anew=False,
            special=lambda session: f"All {counted(session.data.train, 'row')}",
        ),
        ChoiceField(
            "Loss",
            LOSSES,
            lambda session: session.spec.loss,
            edits.choose_loss,
            "What is minimised, as a mean over the samples. A cross-entropy brings its output activation along.",
        ),
        ChoiceField(
            "Start",
            INITIALIZERS,
            lambda session: session.spec.init,
            lambda name: edits.choose(f"start {INITIALIZERS[name].label}", init=name),
            "How the first weights are drawn.",
        ),
        WholeField(
            "Seed",
            lambda session: (0, LARGEST_SEED),
            lambda session: session.spec.seed,
            lambda number: edits.choose(f"seed {number}", seed=number),
            "Draws the start and the order of the samples: the same seed, the same run. The data stay.",
        ),
        SwitchField(
            "Biases",
            lambda session: session.spec.biased,
            lambda on: edits.choose(f"biases {'on' if on else 'off'}", biased=on),
            "Whether a bias b is added to each z; without, b stays 0.",
        ),
        SwitchField(
            "Shuffle",
            lambda session: session.spec.shuffle,
            lambda on: edits.choose(f"shuffle {'on' if on else 'off'}", shuffle=on),
            "Whether each epoch visits the samples in an order of its own; without, in the order of the data.",
        ),
    ]


class LearningPanel(Panel):
    """The fields under one heading, and the way to type the weights themselves."""

    title = "Learning"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._spec: Spec | None = None
        self._editor: WeightsEditor | None = None
        self.fields = learning_fields()
        self._lay_out()
        self.header.add_tool(self._make_typing())
        self.header.value.say(f"{ANEW} anew")
        self.header.value.setToolTip(ANEW_MEANS)

    def show_frame(self, frame: Frame) -> None:
        super().show_frame(frame)
        if self._editor is not None and self._editor.isVisible():
            self._editor.show_frame(frame)

    def show_theme(self, theme: Theme) -> None:
        eta_field(self).rename(f"{ETA} {spelled('η')}")
        for field in self.fields:
            field.dress(theme)
        if self._editor is not None:
            self._editor.dress(theme)
        super().show_theme(theme)

    def draw(self, frame: Frame) -> None:
        if self.forced or frame.session.spec is not self._spec:
            self._spec = frame.session.spec
            for field in self.fields:
                field.show_session(frame.session)

    def type_weights(self) -> None:
        """Open the editor of whole matrices, or bring it to the front with what was typed."""
        if self.frame is None:
            return
        if self._editor is None:
            self._editor = WeightsEditor(self.frame, self)
            self._editor.edited.connect(self.edited)
            self._editor.dress(self.theme)
        self._editor.show_frame(self.frame)
        self._editor.show()
        self._editor.raise_()
        self._editor.activateWindow()

    def _make_typing(self) -> QToolButton:
        button = QToolButton(self)
        button.setText("W, b")
        button.setProperty("role", "quiet")
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setAccessibleName("Type or paste weights")
        button.setToolTip(f"Type or paste weights: whole matrices W and b of your own.\n{ANEW_MEANS}")
        button.clicked.connect(self.type_weights)
        return button

    def _lay_out(self) -> None:
        inside = QWidget()
        inside.setObjectName("panel")
        box = QVBoxLayout(inside)
        box.setContentsMargins(12, 0, 8, 6)
        box.setSpacing(3)
        switches = QHBoxLayout()
        for field in self.fields:
            field.edited.connect(self.edited)
            if isinstance(field, SwitchField):
                switches.addWidget(field)
            else:
                box.addWidget(field)
        box.addLayout(switches)
        box.addStretch()
        self.fill_with_column(inside)


def eta_field(panel: LearningPanel) -> SliderField:
    """The learning rate's field."""
    return next(f for f in panel.fields if isinstance(f, SliderField) and f.label.startswith(ETA))
