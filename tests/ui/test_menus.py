"""A button whose menu closes elsewhere does not look pointed at any more."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QMenu, QToolButton

from ui.menus import hang


@pytest.mark.parametrize("inside", [True, False])
def test_a_button_looks_pointed_at_only_where_the_mouse_is(qtbot, inside, monkeypatch):
    button = QToolButton()
    qtbot.addWidget(button)
    menu = QMenu(button)
    hang(menu, button)
    button.move(300, 300)
    button.show()
    qtbot.wait(10)
    button.setAttribute(Qt.WidgetAttribute.WA_UnderMouse)
    place = button.mapToGlobal(button.rect().center() if inside else QPoint(-50, -50))
    monkeypatch.setattr(QCursor, "pos", lambda: place)
    assert button.menu() is menu
    menu.aboutToHide.emit()
    qtbot.wait(10)
    assert button.underMouse() == inside
