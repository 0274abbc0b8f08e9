"""The small controls over a layer of the drawing: a unit less, a unit more, and a menu of all else of the layer."""

from collections.abc import Callable

from PySide6.QtCore import QSignalBlocker
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget, QWidgetAction

from core import edits
from core.activations import ACTIVATIONS
from core.edits import Edit, refusal
from core.frame import Frame
from ui.fields.whole_box import WholeBox
from ui.freezing import add_layer_actions
from ui.labels import caption
from ui.menus import hang
from ui.scene.geometry import WIDE_COLUMN
from ui.scene.names import layer_name

MOST_UNITS = 64
OFFSET, NARROW_OFFSET = 50, 25
STEPS_COLUMN, ARROW_COLUMN = 74, 46  # narrower columns have no room for − and +, or for an arrow
SIZE_TOP, ACTIVATION_TOP = 4, 28


def small_button(parent: QWidget, text: str, clicked: Callable[[], object]) -> QToolButton:
    """A button of one sign."""
    button = QToolButton(parent)
    button.setText(text)
    button.setProperty("role", "small")
    button.clicked.connect(clicked)
    return button


class LayerControls:
    """Made once for each layer and then told what it is over; `edited` takes the Edits."""

    def __init__(
        self, parent: QWidget, layer: int, edited: Callable[[Edit], object], frame: Callable[[], Frame | None]
    ) -> None:
        self._layer, self._edited, self._frame = layer, edited, frame
        self._freezing: list[QAction] = []
        self._size, self._chosen, self._hidden, self._name = 0, "", True, ""
        self._units: WholeBox | None = None
        self.less = small_button(parent, "−", lambda: self._resize(self._size - 1))
        self.more = small_button(parent, "+", lambda: self._resize(self._size + 1))
        self.settings = QToolButton(parent)
        self.settings.setProperty("role", "quiet")
        self._menu = QMenu(self.settings)
        self._menu.setToolTipsVisible(True)
        self._menu.aboutToShow.connect(self._fill_menu)
        hang(self._menu, self.settings)

    @property
    def buttons(self) -> tuple[QToolButton, QToolButton, QToolButton]:
        """In the order of the Tab key."""
        return self.settings, self.less, self.more

    def show_layer(self, sizes: tuple[int, ...], activation: str) -> None:
        """Say what the layer is now; the output keeps the size that the data give it."""
        size, self._name, entry = sizes[self._layer], layer_name(sizes, self._layer), ACTIVATIONS[activation]
        self._size, self._chosen, self._hidden = size, activation, self._layer < len(sizes) - 1
        for button, tip in (
            (self.less, f"One unit less in {self._name}"),
            (self.more, f"One unit more in {self._name}"),
        ):
            button.setToolTip(f"{tip}. {edits.BEGINS_ANEW}")
            button.setAccessibleName(tip)
        self.less.setEnabled(size > 1)
        self.more.setEnabled(size < MOST_UNITS)
        size_too = "size and activation" if self._hidden else "activation"
        self.settings.setToolTip(
            f"{entry.label}: {entry.formula}. {entry.help} With another {size_too}: {edits.BEGINS_ANEW}"
            " The menu freezes the layer too."
        )
        self.settings.setAccessibleName(f"Activation of {self._name}: {entry.label}")
        if self._units is not None:
            self._show_units(self._units)

    def hide(self) -> None:
        """There is no such layer at present."""
        for button in self.buttons:
            button.hide()

    def place(self, x: float, column: float, width: float, zoom: float) -> None:
        """Stand over the layer whose middle is at `x` of `width`, in a `column`, in units of `zoom` pixels."""
        label = ACTIVATIONS[self._chosen].label.lower()
        wide, arrow = column >= WIDE_COLUMN, " ▾" if column >= ARROW_COLUMN else ""
        self.settings.setText(f"{self._size} · {label}{arrow}" if wide else f"{self._size}{arrow}")
        in_sight = 0 <= x <= width
        steps = self._hidden and column >= STEPS_COLUMN
        offset = OFFSET if wide else NARROW_OFFSET
        for button, left, top, shown in (
            (self.settings, x, ACTIVATION_TOP, in_sight),
            (self.less, x - offset, SIZE_TOP, in_sight and steps),
            (self.more, x + offset, SIZE_TOP, in_sight and steps),
        ):
            button.resize(button.sizeHint())
            button.move(round(left * zoom - button.width() / 2), round(top * zoom))
            button.setVisible(shown)

    def _resize(self, size: int) -> None:
        if size != self._size:
            self._edited(edits.resize_layer(self._layer, size))

    def _fill_menu(self) -> None:
        """Only when it is opened: a menu takes longer to make than all else of a layer."""
        if self._menu.isEmpty():
            self._units_row = self._add_units()
            for entry in ACTIVATIONS:
                action = self._menu.addAction(f"{entry.label}   {entry.formula}")
                action.setToolTip(entry.help)
                action.setCheckable(True)
                action.setData(entry.name)
                action.triggered.connect(lambda _checked, name=entry.name: self._choose(name))
        self._units_row.setVisible(self._hidden)
        for action in self._menu.actions():
            action.setChecked(action.data() == self._chosen)
        for action in self._freezing:
            self._menu.removeAction(action)
            action.deleteLater()
        before = len(self._menu.actions())
        if (frame := self._frame()) is not None:
            self._menu.addSeparator()
            add_layer_actions(self._menu, frame, self._layer, self._edited)
        self._freezing = self._menu.actions()[before:]

    def _add_units(self) -> QWidgetAction:
        """The number of units, to be typed."""
        row = QWidget(self._menu)
        units = self._units = WholeBox(row)
        self._show_units(units)
        units.valueChanged.connect(lambda number: self._resize(int(number)))
        units.refused.connect(lambda sentence: self._edited(refusal(sentence)))
        units.lineEdit().returnPressed.connect(self._menu.close)
        box = QHBoxLayout(row)
        box.setContentsMargins(12, 2, 12, 4)
        box.addWidget(caption("Units"), 1)
        box.addWidget(units)
        action = QWidgetAction(self._menu)
        action.setDefaultWidget(row)
        self._menu.addAction(action)
        return action

    def _show_units(self, units: WholeBox) -> None:
        """Say how many there are; a file may have brought more than can be added here."""
        most = max(MOST_UNITS, self._size)
        with QSignalBlocker(units):
            units.setRange(1, most)
            units.setValue(self._size)
        units.setAccessibleName(f"Units in {self._name}")
        units.setToolTip(f"How many units {self._name} has, 1 to {most}. {edits.BEGINS_ANEW}")

    def _choose(self, name: str) -> None:
        self._edited(edits.choose_activation(self._layer, name))
