"""The network as a graph: nodes with a, bias and δ of the chosen sample, edges by weight, and its size to change."""

import numpy as np
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QMenu, QToolButton, QToolTip, QWidget

from core import edits
from core.activations import ACTIVATIONS
from core.edits import Edit
from core.frame import Frame
from ui.numbers import plain
from ui.panel import Panel
from ui.scene.backdrop import LEFT_OUT, MOST_EDGES, edge_levels
from ui.scene.geometry import HEADER, Geometry, arrange, edge_distance
from ui.scene.names import layer_name, node_name
from ui.scene.painter import NetworkPainter, Selection
from ui.surface import surface
from ui.theme import Theme, text_font

NEAR = 5.0
MOST_UNITS, MOST_LAYERS = 64, 8
HEADER_BUTTONS = 52
LAYERS = "Hidden layers"


class GraphPanel(Panel):
    """Paints itself; the small buttons over the layers are widgets, so that keys and readers reach them."""

    title = "Network"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMinimumSize(320, 240)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._painter = NetworkPainter(self.theme)
        self._selection = Selection()
        self._geometry: Geometry | None = None
        self._written = ""
        self._sizes: tuple[int, ...] = ()
        self._activations: tuple[str, ...] = ()
        self._buttons_for: tuple[tuple[int, ...], tuple[str, ...], bool] | None = None
        self._buttons: list[tuple[int, float, QToolButton]] = []
        self._layers_less = self._button("−", "Remove the last hidden layer", edits.remove_layer())
        self._layers_more = self._button("+", "Add a hidden layer before the output", edits.add_layer())

    def draw(self, frame: Frame) -> None:
        spec = frame.session.spec
        if (spec.sizes, spec.activations) != (self._sizes, self._activations):
            self._sizes, self._activations, self._written = spec.sizes, spec.activations, ""
            self._selection = Selection()
            self._arrange()
        caption = self._caption(frame)
        if caption == self._written:
            # The buttons over the layers are not painted again for each frame.
            self.update(0, HEADER, self.width(), self.height() - HEADER)
        else:
            self._written = caption
            self.update()

    def show_theme(self, theme: Theme) -> None:
        self._painter.theme = theme
        self._written = ""
        super().show_theme(theme)

    @property
    def selection(self) -> Selection:
        """The chosen or hovered node or edge."""
        return self._selection

    @property
    def geometry_of_network(self) -> Geometry | None:
        """Where the nodes lie at present."""
        return self._geometry

    def buttons(self) -> list[QToolButton]:
        """The small buttons: layers less and more, then those over each layer."""
        return [self._layers_less, self._layers_more, *(button for _, _, button in self._buttons)]

    def paintEvent(self, event: QPaintEvent) -> None:
        frame = self.frame
        if frame is None or self._geometry is None or frame.session.spec.sizes != self._sizes:
            return
        with QPainter(self) as painter:
            painter.setClipRegion(event.region())
            self._painter.paint(painter, frame, self._geometry, surface(frame), self._selection)
            if event.rect().top() >= HEADER:
                return
            painter.setPen(self.theme.secondary)
            painter.setFont(text_font(12))
            painter.drawText(QPointF(16, 24), self._written)
            left = self._layers_less.x() - 8 - painter.fontMetrics().horizontalAdvance(LAYERS)
            painter.drawText(QPointF(left, 24), LAYERS)

    def _caption(self, frame: Frame) -> str:
        text = f"Sample {frame.sample + 1} of {len(frame.session.data.x)}"
        seen = frame.session.run.seen
        if seen:
            text += f" · {seen} of the batch's {len(frame.batch)} collected"
        edges = sum(weights.size for weights in frame.session.run.network.weights)
        if edges > MOST_EDGES:
            text += f" · the {MOST_EDGES} strongest of {edges:,} edges"
        return text

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(event.position())
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
        self._geometry = arrange(self._sizes, self.width(), self.height())
        if self._buttons_for != (self._sizes, self._activations, self._geometry.narrow):
            self._rebuild_buttons(self._geometry.narrow)
        for layer, offset, button in self._buttons:
            button.adjustSize()
            x = self._geometry.layers[layer][0].x + offset - button.width() / 2
            button.move(int(x), HEADER_BUTTONS if offset == 0 else 33)
        right = self.width() - 16
        for button in (self._layers_more, self._layers_less):
            right -= button.sizeHint().width()
            button.move(right, 8)
            right -= 4

    def _rebuild_buttons(self, narrow: bool) -> None:
        """A size on either side of each hidden layer's name, and its activation under it."""
        for _, _, button in self._buttons:
            button.deleteLater()
        self._buttons = []
        self._buttons_for = (self._sizes, self._activations, narrow)
        for layer in range(1, len(self._sizes)):
            self._buttons.append((layer, 0, self._activation_button(layer, narrow)))
            if layer < len(self._sizes) - 1:
                size, name = self._sizes[layer], layer_name(self._sizes, layer)
                less = self._button("−", f"One unit less in {name}", edits.resize_layer(layer, size - 1))
                more = self._button("+", f"One unit more in {name}", edits.resize_layer(layer, size + 1))
                less.setEnabled(size > 1)
                more.setEnabled(size < MOST_UNITS)
                offset = 22 if narrow else 50
                self._buttons += [(layer, -offset, less), (layer, offset, more)]
        self._layers_less.setEnabled(len(self._sizes) > 2)
        self._layers_more.setEnabled(len(self._sizes) < MOST_LAYERS + 2)
        for _, _, button in self._buttons:
            button.show()

    def _button(self, text: str, tip: str, edit: Edit) -> QToolButton:
        button = QToolButton(self)
        button.setText(text)
        button.setToolTip(f"{tip}. The network starts anew.")
        button.setAccessibleName(tip)
        button.setProperty("role", "small")
        button.clicked.connect(lambda: self.edited.emit(edit))
        return button

    def _activation_button(self, layer: int, narrow: bool) -> QToolButton:
        activation = ACTIVATIONS[self._activations[layer - 1]]
        button = QToolButton(self)
        button.setText(f"{self._sizes[layer]}" if narrow else f"{self._sizes[layer]} · {activation.label.lower()} ▾")
        button.setProperty("role", "quiet")
        button.setToolTip(f"{activation.formula}. {activation.help} Choosing another starts the network anew.")
        button.setAccessibleName(f"Activation of {layer_name(self._sizes, layer)}: {activation.label}")
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(button)
        menu.setToolTipsVisible(True)
        for entry in ACTIVATIONS:
            action = menu.addAction(f"{entry.label}   {entry.formula}")
            action.setToolTip(entry.help)
            action.setCheckable(True)
            action.setChecked(entry is activation)
            action.triggered.connect(
                lambda _checked, name=entry.name: self.edited.emit(edits.choose_activation(layer, name))
            )
        button.setMenu(menu)
        return button
