"""The network as a graph: nodes with a, bias and δ of the chosen sample, edges by weight, and its size to change."""

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QToolButton, QToolTip, QWidget

from core import edits
from core.edits import Edit
from core.frame import Frame
from ui.canvas import Canvas
from ui.labels import caption
from ui.numbers import plain
from ui.panel import Panel
from ui.panels.layer_controls import LayerControls, small_button
from ui.scene.backdrop import LEFT_OUT, MOST_EDGES, edge_levels
from ui.scene.geometry import HEADER, Geometry, arrange, edge_distance
from ui.scene.names import node_name
from ui.scene.painter import NetworkPainter, Selection
from ui.surface import surface
from ui.theme import Theme

NEAR = 5.0
MOST_LAYERS = 8


class NetworkCanvas(Canvas):
    """The drawing; the small buttons over the layers are widgets, so that keys and readers reach them."""

    edited = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMinimumSize(320, 220)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Network")
        self.frame: Frame | None = None
        self._painter = NetworkPainter(self.theme)
        self._selection = Selection()
        self._geometry: Geometry | None = None
        self._sizes: tuple[int, ...] = ()
        self._activations: tuple[str, ...] = ()
        self._controlled: tuple[tuple[int, ...], tuple[str, ...], bool] | None = None
        self._controls: list[LayerControls] = []

    def show_frame(self, frame: Frame) -> None:
        """Take a frame and paint it."""
        self.frame = frame
        spec = frame.session.spec
        if (spec.sizes, spec.activations) != (self._sizes, self._activations):
            self._sizes, self._activations = spec.sizes, spec.activations
            self._selection = Selection()
            self._arrange()
        # The buttons over the layers are not painted again for each frame.
        room = self.room
        self.update(self.in_pixels(room.adjusted(0, HEADER, 0, 0)))

    def dress(self, theme: Theme) -> None:
        self._painter.theme = theme
        super().dress(theme)
        self._arrange()

    @property
    def selection(self) -> Selection:
        """The chosen or hovered node or edge."""
        return self._selection

    @property
    def geometry_of_network(self) -> Geometry | None:
        """Where the nodes lie at present."""
        return self._geometry

    def buttons(self) -> list[QToolButton]:
        """The small buttons over the layers."""
        over_layers = (button for controls in self._controls for button in controls.buttons)
        return [button for button in over_layers if not button.isHidden()]

    def paintEvent(self, event: QPaintEvent) -> None:
        frame = self.frame
        if frame is None or self._geometry is None or frame.session.spec.sizes != self._sizes:
            return
        with QPainter(self) as painter:
            painter.setClipRegion(event.region())
            painter.scale(self.theme.zoom, self.theme.zoom)
            self._painter.paint(painter, self, frame, self._geometry, surface(frame), self._selection)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self.place(event))
        text = self.description()
        if text:
            QToolTip.showText(event.globalPosition().toPoint(), text, self)
        else:
            QToolTip.hideText()

    def leaveEvent(self, event: QEvent) -> None:
        self._select(Selection())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1)}
        move = step.get(Qt.Key(event.key()))
        if move is None or not self._sizes:
            super().keyPressEvent(event)
            return
        layer, index = self._selection.node or (0, 0)
        if self._selection.node is not None:
            layer = min(max(layer + move[0], 0), len(self._sizes) - 1)
            index += move[1]
        self._select(Selection(node=(layer, min(max(index, 0), self._sizes[layer] - 1))))
        self.setAccessibleDescription(self.description())

    def _hover(self, position: QPointF) -> None:
        if self._geometry is None:
            return
        x, y = position.x(), position.y()
        node = self._geometry.node_at(x, y)
        if node is not None:
            self._select(Selection(node=(node.layer, node.index)))
            return
        self._select(Selection(edge=self._edge_at(x, y)))

    def _edge_at(self, x: float, y: float) -> tuple[int, int, int] | None:
        """The drawn edge nearest to the point, if it is near."""
        if self._geometry is None or self.frame is None:
            return None
        layers = self._geometry.layers
        k = next((k for k in range(1, len(layers)) if layers[k - 1][0].x < x < layers[k][0].x), None)
        if k is None:
            return None
        drawn = edge_levels(self.frame.session.run.network.weights, 1.0)[k - 1] != LEFT_OUT
        near = (
            (edge_distance(layers[k - 1][i], layers[k][j], x, y), (k, i, j)) for i, j in np.argwhere(drawn).tolist()
        )
        distance, edge = min(near, default=(NEAR + 1, None))
        return edge if distance <= NEAR else None

    def _select(self, selection: Selection) -> None:
        if selection != self._selection:
            self._selection = selection
            self.update()

    def description(self) -> str:
        """The exact numbers of what is chosen, for the tooltip and for screen readers."""
        frame = self.frame
        if frame is None:
            return ""
        network, sizes = frame.session.run.network, frame.session.spec.sizes
        if self._selection.edge is not None:
            k, i, j = self._selection.edge
            return (
                f"w from {node_name(sizes, k - 1, i)} to {node_name(sizes, k, j)}"
                f" = {plain(network.weights[k - 1][i, j])}\n"
                f"∂E/∂w of this sample = {plain(frame.gradient.weights[k - 1][i, j])}"
            )
        if self._selection.node is None:
            return ""
        layer, index = self._selection.node
        name, a = node_name(sizes, layer, index), frame.trace.a[layer][0, index]
        if layer == 0:
            return f"{name} = {plain(a)}\n∂E/∂x of this sample = {plain(frame.gradient.x[0, index])}"
        return (
            f"{name} = a = {plain(a)}\nz = {plain(frame.trace.z[layer - 1][0, index])}\n"
            f"b = {plain(network.biases[layer - 1][index])}\n"
            f"δ = ∂E/∂z of this sample = {plain(frame.gradient.delta[layer - 1][0, index])}"
        )

    def _arrange(self) -> None:
        if not self._sizes:
            return
        self._geometry = arrange(self._sizes, self.room.width(), self.room.height())
        narrow = self._geometry.narrow
        if self._controlled != (self._sizes, self._activations, narrow):
            self._show_controls(narrow)
        for controls, nodes in zip(self._controls, self._geometry.layers[1:], strict=False):
            controls.place(nodes[0].x, self.theme.zoom, narrow=narrow)

    def _show_controls(self, narrow: bool) -> None:
        """Size and activation over each layer but the input; what was made for a layer is kept."""
        self._controlled = (self._sizes, self._activations, narrow)
        for layer in range(len(self._controls) + 1, len(self._sizes)):
            self._controls.append(LayerControls(self, layer, self.edited.emit))
        for controls, activation in zip(self._controls, self._activations, strict=False):
            controls.show_layer(self._sizes, activation, narrow=narrow)
        for controls in self._controls[len(self._activations) :]:
            controls.hide()


class GraphPanel(Panel):
    """The drawing under a line that says whose numbers it shows."""

    title = "Network"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.canvas = NetworkCanvas(self)
        self.canvas.edited.connect(self.edited)
        self.setFocusProxy(self.canvas)
        self.header.value.align(Qt.AlignmentFlag.AlignLeft)
        self.header.value.setBackgroundRole(QPalette.ColorRole.AlternateBase)
        self.header.add_tool(caption("Hidden layers"))
        self._less = self._layers_button("−", "Remove the last hidden layer", edits.remove_layer)
        self._more = self._layers_button("+", "Add a hidden layer before the output", edits.add_layer)
        self.body.addWidget(self.canvas)

    def draw(self, frame: Frame) -> None:
        self.canvas.show_frame(frame)
        hidden = len(frame.session.spec.hidden)
        self._less.setEnabled(hidden > 0)
        self._more.setEnabled(hidden < MOST_LAYERS)
        self.header.value.say(_caption(frame))

    def buttons(self) -> list[QToolButton]:
        """The small buttons: layers less and more, then those over each layer."""
        return [self._less, self._more, *self.canvas.buttons()]

    def _layers_button(self, text: str, tip: str, edit: Callable[[], Edit]) -> QToolButton:
        button = small_button(self, text, lambda: self.edited.emit(edit()))
        button.setToolTip(f"{tip}. The network starts anew.")
        button.setAccessibleName(tip)
        self.header.add_tool(button)
        return button


def _caption(frame: Frame) -> str:
    text = frame.subject.capitalize()
    if not frame.own:
        text += f" of {len(frame.session.data.x):,}"
    seen = frame.session.run.seen
    if seen:
        text += f" · {seen} of the batch's {len(frame.batch)} collected"
    edges = sum(weights.size for weights in frame.session.run.network.weights)
    if edges > MOST_EDGES:
        text += f" · the {MOST_EDGES} strongest of {edges:,} edges"
    return text
