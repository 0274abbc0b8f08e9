"""The network as a drawing: what it shows, where its nodes lie, and how they come to lie elsewhere."""

from itertools import pairwise

from PySide6.QtCore import QEasingCurve, QPointF, Qt, QVariantAnimation, Signal
from PySide6.QtGui import QAccessible, QColor, QHideEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QToolButton, QWidget

from core.frame import Frame
from core.selection import Item
from ui.canvas import Canvas
from ui.scene.facts import description
from ui.scene.geometry import HEADER, Geometry, arrange, between
from ui.scene.layer_controls import LayerControls
from ui.scene.painter import NetworkPainter
from ui.scene.scene import Scene
from ui.scene.view import FIT, View
from ui.surface import surface
from ui.theme import Theme
from ui.throttle import Throttle

GLIDE = 180  # milliseconds from one arrangement to the next


class Drawing(Canvas):
    """The small buttons over the layers are widgets, so that keys and readers reach them."""

    edited = Signal(object)
    viewed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMinimumSize(320, 220)
        self.setAccessibleName("Network")
        self.frame: Frame | None = None
        self.view = FIT
        self.by_gradient = False
        self.hovered: Item | None = None
        self.chosen: Item | None = None
        self._painter = NetworkPainter(self.theme)
        self._geometry: Geometry | None = None
        self._before: Geometry | None = None
        self._look: tuple[tuple[int, ...], tuple[str, ...]] = ((), ())
        self._controls: list[LayerControls] = []
        self._pointer = QPointF()
        self._dragged = self._ring = False
        self._told = Throttle(1.0)
        self._glide = QVariantAnimation(self)
        self._glide.setDuration(GLIDE)
        self._glide.setStartValue(0.0)
        self._glide.setEndValue(1.0)
        self._glide.setEasingCurve(QEasingCurve.Type.InOutCubic)
        self._glide.valueChanged.connect(self._glide_on)
        self._glide.finished.connect(lambda: self._place(1.0))

    @property
    def geometry_of_network(self) -> Geometry | None:
        """Where the nodes lie at present."""
        return self._geometry

    @property
    def gliding(self) -> bool:
        """Whether the nodes are on their way to other places."""
        return self._glide.state() == QVariantAnimation.State.Running

    def buttons(self) -> list[QToolButton]:
        """The small buttons over the layers."""
        over_layers = (button for controls in self._controls for button in controls.buttons)
        return [button for button in over_layers if not button.isHidden()]

    def show_frame(self, frame: Frame) -> None:
        """Take a frame and paint it."""
        self.frame, self.chosen = frame, frame.chosen
        spec = frame.session.spec
        if (spec.sizes, spec.activations) != self._look:
            resized = spec.sizes != self._look[0]
            self._look = (spec.sizes, spec.activations)
            if resized:
                # What was painted last is no longer what lies under the mouse.
                self.hovered = self._painter.strengths = None
            self._show_controls()
            self._arrange(glide=resized)
        elif self.gliding:
            self._place(self._glide.currentValue())
        if QAccessible.isActive() and self._told.heard(frame):
            self.setAccessibleDescription(self.description())
        # The buttons over the layers are not painted again for each frame.
        self.update(self.in_pixels(self.room.adjusted(0, HEADER, 0, 0)))

    def show_gradients(self, on: bool) -> None:
        """Draw edges and biases by their gradients, or by their values."""
        self.by_gradient = on
        self.update()

    def dress(self, theme: Theme) -> None:
        self._painter.theme = theme
        super().dress(theme)
        self._arrange()

    def description(self) -> str:
        """The network and what is chosen, in words."""
        return "" if self.frame is None else description(self.frame, mean=self.by_gradient)

    def scene(self) -> Scene | None:
        """What there is to paint."""
        if self.frame is None or self._geometry is None:
            return None
        return Scene(
            frame=self.frame,
            geometry=self._geometry,
            surface=surface(self.frame),
            chosen=self.chosen,
            hovered=self.hovered,
            pointer=self._pointer,
            by_gradient=self.by_gradient,
            moving=self.gliding or self._dragged,
        )

    def look(self, view: View) -> None:
        """Look at it from nearer, or at another part of it."""
        view = view.in_sight(self.room.width(), self.room.height())
        if view != self.view:
            self.view = view
            self._arrange()
            self.viewed.emit()

    def zoom(self, factor: float, at: QPointF | None = None) -> None:
        """Come nearer to the point, or to the middle."""
        at = at or self.room.center()
        self.look(self.view.zoomed(factor, at.x(), at.y()))

    def fit(self) -> None:
        """Look at all of it."""
        self.look(FIT)

    def paintEvent(self, event: QPaintEvent) -> None:
        scene = self.scene()
        with QPainter(self) as painter:
            if scene is None:
                painter.fillRect(self.rect(), QColor(self.theme.background))
                return
            painter.setClipRegion(event.region())
            painter.scale(self.theme.zoom, self.theme.zoom)
            self._painter.paint(painter, self, scene)
            if self._ring:
                painter.setPen(QPen(QColor(self.theme.chosen), 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRect(self.room.adjusted(1, 1, -1, -1))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.view = self.view.in_sight(self.room.width(), self.room.height())
        self._arrange()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._arrange()

    def _arrange(self, *, glide: bool = False) -> None:
        """Find the places of the nodes anew; they glide there if they can be seen doing so."""
        self._glide.stop()
        self._before = self._geometry if glide and self.isVisible() else None
        self._place(0.0 if self._before is not None else 1.0)
        if self._before is not None:
            self._glide.start()

    def _glide_on(self, share: float) -> None:
        """While training hurries the next frame takes the nodes along, so that they are painted once."""
        if self.frame is not None and not self.frame.hurried:
            self._place(share)

    def _place(self, share: float) -> None:
        """Put nodes and controls where they are after that share of the way."""
        sizes, room = self._look[0], self.room
        if not sizes:
            return
        geometry = arrange(sizes, room.width(), room.height(), self.view)
        if self._before is not None and share < 1.0:
            geometry = between(self._before, geometry, share)
        self._geometry = geometry
        for controls, x in zip(self._controls, geometry.xs[1:].tolist(), strict=False):
            controls.place(x, geometry.column, room.width(), self.theme.zoom)
        self.update()

    def _show_controls(self) -> None:
        """Size and activation over each layer but the input; what was made for a layer is kept."""
        sizes, activations = self._look
        for layer in range(len(self._controls) + 1, len(sizes)):
            self._controls.append(LayerControls(self, layer, self.edited.emit, lambda: self.frame))
            # What is made late would come last with the Tab key.
            before = self if layer == 1 else self._controls[-2].buttons[-1]
            for one, next_one in pairwise((before, *self._controls[-1].buttons)):
                self.setTabOrder(one, next_one)
        for controls, activation in zip(self._controls, activations, strict=False):
            controls.show_layer(sizes, activation)
        for controls in self._controls[len(activations) :]:
            controls.hide()
