"""A hint: seen, named, and gone when it is told to."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from ui.help.hint import HintStrip
from ui.theme import LIGHT


@pytest.fixture
def strip(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    box = QVBoxLayout(window)
    typing, strip = QLineEdit(), HintStrip(window)
    box.addWidget(typing)
    box.addWidget(strip)
    strip.show_theme(LIGHT)
    window.show()
    typing.setFocus()
    yield strip
    window.close()


def test_is_not_there_until_there_is_something_to_say(strip):
    assert not strip.isVisible()


def test_says_it_without_taking_the_focus_or_covering_anything(strip):
    window = strip.window()
    focus = window.focusWidget()
    strip.show_hint("Press Space to train.")
    assert strip.isVisible()
    assert strip.accessibleName() == "Hint"
    assert strip.accessibleDescription() == strip.text.text() == "Press Space to train."
    assert window.focusWidget() is focus
    window.layout().activate()
    assert not strip.geometry().intersects(focus.geometry())


@pytest.mark.parametrize("by_key", [False, True])
def test_goes_when_it_is_dismissed_by_mouse_or_key(qtbot, strip, by_key):
    strip.show_hint("Press Space to train.")
    assert strip.close_button.accessibleName()
    with qtbot.waitSignal(strip.dismissed):
        if by_key:
            strip.close_button.setFocus()
            qtbot.keyClick(strip.close_button, Qt.Key.Key_Space)
        else:
            qtbot.mouseClick(strip.close_button, Qt.MouseButton.LeftButton)
    assert not strip.isVisible()
