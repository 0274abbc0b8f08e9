"""The speed slider runs from slow to everything; the keys are one to a command."""

import math

from PySide6.QtGui import QKeySequence

from ui.actions import COMMANDS
from ui.toolbar import DEFAULT_SPEED, FASTEST, SLOWEST, STOPS, position_of, speed_at


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


def test_every_command_says_what_it_does():
    assert all(command.tip.endswith(".") and command.menu for command in COMMANDS)
