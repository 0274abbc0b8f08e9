"""The small buttons over a layer of the drawing: a unit less, a unit more, and the activation."""

from collections.abc import Callable

from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from core import edits
from core.activations import ACTIVATIONS
from core.edits import Edit
from ui.scene.names import layer_name

MOST_UNITS = 64
OFFSET, NARROW_OFFSET = 50, 22
SIZE_TOP, ACTIVATION_TOP = 7, 26


def small_button(parent: QWidget, text: str, clicked: Callable[[], object]) -> QToolButton:
    """A button of one sign."""
    button = QToolButton(parent)
    button.setText(text)
    button.setProperty("role", "small")
    button.clicked.connect(clicked)
    return button


class LayerControls:
    """Made once for each layer and then told what it is over; `edited` takes the Edits."""

    def __init__(self, parent: QWidget, layer: int, edited: Callable[[Edit], object]) -> None:
        self._layer, self._edited = layer, edited
        self._size, self._chosen = 0, ""
        self.less = small_button(parent, "−", lambda: self._resize(-1))
        self.more = small_button(parent, "+", lambda: self._resize(+1))
        self.activation = QToolButton(parent)
        self.activation.setProperty("role", "quiet")
        self.activation.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._menu = QMenu(self.activation)
        self._menu.setToolTipsVisible(True)
        self._menu.aboutToShow.connect(self._fill_menu)
        self.activation.setMenu(self._menu)

    @property
    def buttons(self) -> tuple[QToolButton, QToolButton, QToolButton]:
        """In the order of the Tab key."""
        return self.activation, self.less, self.more

    def show_layer(self, sizes: tuple[int, ...], activation: str, *, narrow: bool) -> None:
        """Say what the layer is now; the output keeps the size that the data give it."""
        size, name, entry = sizes[self._layer], layer_name(sizes, self._layer), ACTIVATIONS[activation]
        self._size, self._chosen = size, activation
        hidden = self._layer < len(sizes) - 1
        for button, tip in ((self.less, f"One unit less in {name}"), (self.more, f"One unit more in {name}")):
            button.setToolTip(f"{tip}. The network starts anew.")
            button.setAccessibleName(tip)
            button.setVisible(hidden)
        self.less.setEnabled(size > 1)
        self.more.setEnabled(size < MOST_UNITS)
        self.activation.setText(f"{size}" if narrow else f"{size} · {entry.label.lower()} ▾")
        self.activation.setToolTip(f"{entry.formula}. {entry.help} Choosing another starts the network anew.")
        self.activation.setAccessibleName(f"Activation of {name}: {entry.label}")
        self.activation.show()

    def hide(self) -> None:
        """There is no such layer at present."""
        for button in self.buttons:
            button.hide()

    def place(self, x: float, zoom: float, *, narrow: bool) -> None:
        """Stand over the layer whose middle is at `x`, in units of `zoom` pixels."""
        offset = NARROW_OFFSET if narrow else OFFSET
        for button, left, top in (
            (self.activation, x, ACTIVATION_TOP),
            (self.less, x - offset, SIZE_TOP),
            (self.more, x + offset, SIZE_TOP),
        ):
            button.resize(button.sizeHint())
            button.move(round(left * zoom - button.width() / 2), round(top * zoom))

    def _resize(self, by: int) -> None:
        self._edited(edits.resize_layer(self._layer, self._size + by))

    def _fill_menu(self) -> None:
        """Only when it is opened: a menu takes longer to make than all else of a layer."""
        if self._menu.isEmpty():
            for entry in ACTIVATIONS:
                action = self._menu.addAction(f"{entry.label}   {entry.formula}")
                action.setToolTip(entry.help)
                action.setCheckable(True)
                action.setData(entry.name)
                action.triggered.connect(lambda _checked, name=entry.name: self._choose(name))
        for action in self._menu.actions():
            action.setChecked(action.data() == self._chosen)

    def _choose(self, name: str) -> None:
        self._edited(edits.choose_activation(self._layer, name))
