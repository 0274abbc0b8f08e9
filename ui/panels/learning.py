"""How the network learns: learning rate, batch, loss, start and the order of samples."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from core import edits
from core.frame import Frame
from core.initializers import INITIALIZERS
from core.losses import LOSSES
from core.optimizers import OPTIMIZERS
from core.spec import MAX_SEED, Spec
from ui.fields.choice import ChoiceField
from ui.fields.field import Field
from ui.fields.slider import Scale, SliderField
from ui.fields.switch import SwitchField
from ui.fields.whole import WholeField
from ui.panel import Panel

LARGEST_SEED = min(MAX_SEED, 2**53)
ETA = "Learning rate η"
NEW_START = "The network starts anew."


def learning_fields() -> list[Field]:
    """One field for each choice of how to learn."""
    return [
        SliderField(
            ETA,
            Scale(1e-4, 10.0, logarithmic=True),
            lambda session: session.spec.eta,
            lambda value, gesture: edits.choose(f"η = {value:g}", merge=gesture, eta=value),
            "How far each update goes: W ← W − η ∂J/∂W. Changes at once, without a new start.",
        ),
        ChoiceField(
            "Optimiser",
            OPTIMIZERS,
            lambda session: session.spec.optimizer,
            lambda name: edits.choose(f"optimiser {OPTIMIZERS[name].label}", optimizer=name),
            "How a gradient becomes a change of the weights.",
        ),
        WholeField(
            "Batch",
            lambda session: (0, max(session.data.train, session.spec.batch or 0)),
            lambda session: session.spec.batch or 0,
            lambda number: edits.choose(f"batch {number or 'full'}", batch=number or None),
            "How many samples' gradients are averaged for one update. Changes at once, without a new start.",
            special=lambda session: f"All {session.data.train:,} rows",
        ),
        ChoiceField(
            "Loss",
            LOSSES,
            lambda session: session.spec.loss,
            edits.choose_loss,
            "What is minimised, as a mean over the samples."
            f" A cross-entropy brings its output activation along. {NEW_START}",
        ),
        ChoiceField(
            "Start",
            INITIALIZERS,
            lambda session: session.spec.init,
            lambda name: edits.choose(f"start {INITIALIZERS[name].label}", init=name),
            f"How the first weights are drawn. {NEW_START}",
        ),
        WholeField(
            "Seed",
            lambda session: (0, LARGEST_SEED),
            lambda session: session.spec.seed,
            lambda number: edits.choose(f"seed {number}", seed=number),
            f"Draws the start and the order of the samples: the same seed, the same run. The data stay. {NEW_START}",
        ),
        SwitchField(
            "Biases",
            lambda session: session.spec.biased,
            lambda on: edits.choose(f"biases {'on' if on else 'off'}", biased=on),
            f"Whether a bias b is added to each z; without, b stays 0. {NEW_START}",
        ),
        SwitchField(
            "Shuffle every epoch",
            lambda session: session.spec.shuffle,
            lambda on: edits.choose(f"shuffle {'on' if on else 'off'}", shuffle=on),
            f"Whether each epoch visits the samples in an order of its own. {NEW_START}",
        ),
    ]


class LearningPanel(Panel):
    """The fields under one heading."""

    title = "Learning"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        inside = QWidget()
        inside.setObjectName("panel")
        box = QVBoxLayout(inside)
        box.setContentsMargins(12, 0, 8, 12)
        box.setSpacing(6)
        self._spec: Spec | None = None
        self.fields = learning_fields()
        for field in self.fields:
            field.edited.connect(self.edited)
            box.addWidget(field)
        box.addStretch()
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        self.body.addWidget(area)

    def draw(self, frame: Frame) -> None:
        if self.forced or frame.session.spec is not self._spec:
            self._spec = frame.session.spec
            for field in self.fields:
                field.show_session(frame.session)


def eta_field(panel: LearningPanel) -> SliderField:
    """The learning rate's field."""
    return next(f for f in panel.fields if isinstance(f, SliderField) and f.number.accessibleName() == ETA)
