"""Menus that hang on buttons."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QMenu, QToolButton


def hang(menu: QMenu, button: QToolButton) -> None:
    """Have the button open the menu, and look pointed at only as long as it is."""
    button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    button.setMenu(menu)
    # Qt tells a button nothing of a mouse that has left it while its menu was open.
    menu.aboutToHide.connect(lambda: QTimer.singleShot(0, button, lambda: leave_if_left(button)))


def leave_if_left(button: QToolButton) -> None:
    """Take the button's hover away if the mouse is elsewhere."""
    if not button.rect().contains(button.mapFromGlobal(QCursor.pos())):
        button.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, False)
        button.update()
