"""The time line asks for one step at a time, the newest that was wanted, and stands where the frame stands."""

from typing import Any, cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMainWindow

from core.selection import StepChoice
from ui.actions import make_actions
from ui.theme import LIGHT
from ui.time_line import MOST_POSITIONS, TimeLine, whereabouts


@pytest.fixture
def line(qtbot):
    owner = QMainWindow()
    qtbot.addWidget(owner)
    actions = make_actions(owner)
    widget = cast(Any, TimeLine(actions, owner))
    widget.actions_by_name = actions
    widget.dress(LIGHT)
    owner.setCentralWidget(widget)
    owner.show()
    widget.asked = []
    widget.edited.connect(widget.asked.append)
    yield widget
    owner.close()


def test_nothing_to_go_back_to_before_the_first_step(line, workbench):
    line.show_frame(workbench().frame())
    assert not line.slider.isEnabled()
    assert not line.actions_by_name["step_back"].isEnabled()
    assert not line.actions_by_name["to_end"].isEnabled()


def test_stands_at_the_end_and_goes_where_the_run_goes(line, xor):
    line.show_frame(xor.frame())
    assert (line.slider.value(), line.slider.maximum()) == (50, 50)
    xor.go_to(20)
    line.show_frame(xor.frame())
    assert (line.slider.value(), line.slider.maximum()) == (20, 50)
    assert line.actions_by_name["to_end"].isEnabled()
    assert line.actions_by_name["branch"].isEnabled()
    assert line.asked == []


def test_while_a_step_is_fetched_only_the_newest_wish_is_kept(line, xor):
    line.show_frame(xor.frame())
    line.slider.setSliderDown(True)
    for position in (40, 30, 10, 25):
        line.slider.setValue(position)
    assert line.asked == [StepChoice(40)]
    xor.perform(line.asked[-1])
    line.show_frame(xor.frame())
    assert line.asked == [StepChoice(40), StepChoice(25)]
    # What comes back meanwhile does not pull the handle out of the hand.
    assert line.slider.value() == 25
    xor.perform(line.asked[-1])
    line.slider.setSliderDown(False)
    line.show_frame(xor.frame())
    assert len(line.asked) == 2
    assert line.slider.value() == 25


def test_what_failed_is_not_asked_again(line, xor):
    line.show_frame(xor.frame())
    line.slider.setValue(40)
    line.slider.setValue(30)
    line.show_again(xor.frame())
    assert len(line.asked) == 1
    assert line.slider.value() == 50


def test_keys_go_by_a_step_and_to_the_ends(qtbot, line, xor):
    line.show_frame(xor.frame())
    for key, step in ((Qt.Key.Key_Left, 49), (Qt.Key.Key_Home, 0), (Qt.Key.Key_Right, 1), (Qt.Key.Key_End, 50)):
        qtbot.keyClick(line.slider, key)
        assert line.asked[-1] == StepChoice(step)
        xor.perform(line.asked[-1])
        line.show_frame(xor.frame())
        assert line.slider.value() == step


def test_a_run_longer_than_a_slider_still_ends_at_its_last_step(line, xor, monkeypatch):
    monkeypatch.setattr("ui.time_line.MOST_POSITIONS", 20)
    line.show_frame(xor.frame())
    assert line.slider.maximum() < 50 < MOST_POSITIONS
    line.slider.setValue(3)
    xor.perform(line.asked[-1])
    line.show_frame(xor.frame())
    assert line.slider.value() == 3
    line.slider.setValue(line.slider.maximum())
    assert line.asked[-1] == StepChoice(50)


def test_says_where_it_stands(xor):
    assert whereabouts(xor.frame()) == "step 50"
    xor.go_to(20)
    assert whereabouts(xor.frame()) == "step 20 of 50"
