"""The speed slider runs from slow to everything; the keys are one to a command."""

import math
from dataclasses import replace

import pytest
from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QToolButton

from ui.actions import COMMANDS, make_actions
from ui.theme import LIGHT
from ui.toolbar import DEFAULT_SPEED, FASTEST, SLOWEST, STOPS, Toolbar, position_of, speed_at


@pytest.fixture
def toolbar(qtbot):
    owner = QObject()
    toolbar = Toolbar(make_actions(owner))
    qtbot.addWidget(toolbar)
    toolbar.show_theme(LIGHT)
    toolbar.show()
    yield toolbar
    toolbar.hide()
    owner.deleteLater()


def in_sight(toolbar):
    return {button.defaultAction() for button in toolbar.findChildren(QToolButton) if button.isVisible()} - {None}


def in_menu(toolbar):
    toolbar.more.menu().aboutToShow.emit()
    return set(toolbar.more.menu().actions())


@pytest.mark.parametrize(
    ("width", "zoom"), [(1280, 1.0), (1280, 1.5), (1280, 2.0), (900, 1.0), (600, 1.0), (1920, 2.0)]
)
def test_every_button_is_in_sight_or_in_the_menu_at_its_end(toolbar, width, zoom):
    toolbar.resize(1400, 60)
    everything = in_sight(toolbar)
    assert len(everything) == 11
    assert not toolbar.more.isVisible()
    toolbar.show_theme(replace(LIGHT, zoom=zoom))
    toolbar.resize(width, 60)
    seen, hidden = in_sight(toolbar), in_menu(toolbar)
    assert seen | hidden == everything
    assert not seen & hidden
    assert toolbar.more.isVisible() == bool(hidden)


def test_the_ends_of_the_slider():
    assert speed_at(0) == SLOWEST
    assert math.isclose(speed_at(STOPS - 1), FASTEST)
    assert math.isinf(speed_at(STOPS))


def test_positions_and_speeds_agree():
    for position in range(STOPS + 1):
        assert position_of(speed_at(position)) == position
    assert 0 < position_of(DEFAULT_SPEED) < STOPS


def test_no_key_does_two_things():
    keys = [QKeySequence(key).toString() for command in COMMANDS for key in command.keys]
    assert len(keys) == len(set(keys))
    assert all(keys)


def test_every_command_has_a_key():
    assert all(command.keys for command in COMMANDS)


def test_every_command_says_what_it_does():
    assert all(command.tip.endswith(".") and command.menu for command in COMMANDS)
