"""What can be done with a node or an edge, in a menu where it lies."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu, QWidget

from core.edits import Edit
from core.frame import Frame
from core.selection import Item
from ui.freezing import add_item_action, add_layer_actions, parameter_of


def show_item_menu(
    parent: QWidget,
    place: QPoint,
    frame: Frame,
    item: Item,
    edited: Callable[[Edit], object],
    called: Callable[[str], object],
) -> None:
    """Offer to freeze its weight or bias, or those of its layer, and to move it by hand; inputs have none."""
    if item.layer == 0:
        return
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    menu.setToolTipsVisible(True)
    parameter = parameter_of(frame, item)
    if parameter is not None:
        menu.addAction("What if it were another…").triggered.connect(lambda: called("what_if"))
        add_item_action(menu, frame, parameter, edited)
        menu.addSeparator()
    add_layer_actions(menu, frame, item.layer, edited)
    menu.popup(place)
