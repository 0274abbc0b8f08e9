"""The network as a graph under a line that says whose numbers it shows, with the tools that change it."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QToolButton, QWidget

from core import edits
from core.edits import Edit
from core.explain.phases import Part
from core.frame import Frame
from ui.labels import caption
from ui.panel import Panel
from ui.scene.canvas import NetworkCanvas
from ui.scene.facts import whose_mean
from ui.scene.layer_controls import small_button
from ui.scene.view import FIT
from ui.segments import Segments

MOST_LAYERS = 8


class GraphPanel(Panel):
    """Header and drawing; the drawing speaks for itself. `explained` says which equation explains the number that edges
    show, by its part of the update.
    """

    explained = Signal(object)
    title = "Network"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.canvas = NetworkCanvas(self)
        self.canvas.edited.connect(self.edited)
        self.canvas.viewed.connect(self._show_view)
        self.canvas.called.connect(self.called)
        self.setFocusProxy(self.canvas)
        self.header.value.align(Qt.AlignmentFlag.AlignLeft)
        self.header.value.setBackgroundRole(QPalette.ColorRole.AlternateBase)
        self.edges = Segments(
            "Edges by",
            [
                ("Weights", "Edges and biases as wide as they are strong; the colour is the sign."),
                ("Gradients", "Edges and biases by ∂E/∂w and ∂E/∂b: what the next update moves most, before η."),
            ],
            self,
        )
        self.edges.changed.connect(self._show_edges)
        self._fit = small_button(self, "Fit", self.canvas.fit)
        self._fit.setProperty("role", "quiet")
        self._fit.setToolTip("Show the whole network (F). The wheel zooms, dragging empty space moves.")
        self._fit.setAccessibleName("Fit the network into the panel")
        self._fit.setEnabled(False)
        for tool in (self.edges, self._fit, caption("Layers")):
            self.header.add_tool(tool)
        self._less = self._layers_button("−", "Remove the last hidden layer", edits.remove_layer)
        self._more = self._layers_button("+", "Add a hidden layer before the output", edits.add_layer)
        self.body.addWidget(self.canvas)

    def draw(self, frame: Frame) -> None:
        self.canvas.show_frame(frame)
        hidden = len(frame.session.spec.hidden)
        self._less.setEnabled(hidden > 0)
        self._more.setEnabled(hidden < MOST_LAYERS)
        self.header.value.say(self._caption(frame))

    @property
    def part(self) -> Part:
        """The part of an update that computes the numbers of the edges."""
        return Part.MEAN if self.canvas.by_gradient else Part.MADE

    def buttons(self) -> list[QToolButton]:
        """The small buttons: layers less and more, then those over each layer."""
        return [self._less, self._more, *self.canvas.buttons()]

    def _layers_button(self, text: str, tip: str, edit: Callable[[], Edit]) -> QToolButton:
        button = small_button(self, text, lambda: self.edited.emit(edit()))
        button.setToolTip(f"{tip}. {edits.BEGINS_ANEW}")
        button.setAccessibleName(tip)
        self.header.add_tool(button)
        return button

    def _show_edges(self, number: int) -> None:
        self.canvas.show_gradients(number == 1)
        self.explained.emit(self.part)
        if self.frame is not None:
            self.show_again(self.frame)

    def _show_view(self) -> None:
        self._fit.setEnabled(self.canvas.view != FIT)

    def _caption(self, frame: Frame) -> str:
        """Whose numbers stand at the nodes, and whose at the edges."""
        text = frame.subject.capitalize()
        if not frame.own:
            text += f" of {len(frame.session.data.x):,}"
        if (walk := frame.stepping) is not None:
            return f"{text} · phase {walk.at + 1} of {len(walk.phases)}: {walk.phase.words}"
        if self.canvas.by_gradient:
            return f"Edges: {whose_mean(frame)}"
        seen = frame.session.run.seen
        return f"{text} · {seen} of the batch's {len(frame.batch)} collected" if seen else text
