"""Costly pictures and spoken words wait while training, and never when it is over."""

from dataclasses import replace

import pytest
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QWidget

from ui.labels import LiveText
from ui.throttle import MOST_AT_ONCE, Description, Throttle


def test_while_training_only_now_and_then_and_else_always(xor, monkeypatch):
    now = [100.0]
    monkeypatch.setattr("time.monotonic", lambda: now[0])
    throttle = Throttle(10.0)
    still, training = xor.frame(), replace(xor.frame(), training=True, hurried=True)
    assert throttle.due(training)
    assert not throttle.due(training)
    now[0] += 0.11
    assert throttle.due(training)
    assert throttle.due(still)
    assert throttle.due(still)


def test_training_that_can_be_followed_is_drawn_step_by_step(xor):
    throttle, slow = Throttle(10.0), replace(xor.frame(), training=True)
    assert throttle.due(slow)
    assert throttle.due(slow)


def test_what_the_user_has_changed_is_drawn_as_soon_as_there_is_room(xor):
    throttle, frame = Throttle(10.0), replace(xor.frame(), training=True, hurried=True)
    assert throttle.due(frame)
    changed = replace(frame, sample=frame.sample + 1)
    others = [Throttle(10.0) for _ in range(MOST_AT_ONCE)]
    assert all(other.due(frame) and other.due(changed) for other in others)
    assert not throttle.due(changed)
    assert throttle.due(replace(changed))
    assert not throttle.due(replace(frame, sample=frame.sample + 1))
    assert throttle.due(replace(frame, generation=frame.generation + 1))


def test_a_frame_has_few_costly_pictures_and_none_waits_for_long(xor, monkeypatch):
    now = [100.0]
    monkeypatch.setattr("time.monotonic", lambda: now[0])
    first = replace(xor.frame(), training=True, hurried=True)
    throttles = [Throttle(10.0) for _ in range(MOST_AT_ONCE + 1)]
    assert all(throttle.due(first) for throttle in throttles)
    now[0] += 0.11
    second = replace(first)
    assert [throttle.due(second) for throttle in throttles] == [True] * MOST_AT_ONCE + [False]
    assert throttles[-1].due(replace(first))
    now[0] += 0.21
    last = replace(first)
    assert all(throttle.due(last) for throttle in throttles)


@pytest.fixture
def spoken(qtbot, monkeypatch):
    """A description of a widget, and the list of words that it takes its last from."""
    monkeypatch.setattr(QAccessible, "isActive", lambda: True)
    words, widget = [], QWidget()
    qtbot.addWidget(widget)
    return Description(widget, lambda: words[-1]), words, widget


def test_words_that_change_all_the_time_are_told_now_and_then_and_the_last_always(qtbot, spoken):
    description, words, widget = spoken
    for number in range(70):
        words.append(f"step {number}")
        description.renew()
    assert widget.accessibleDescription() == "step 0"
    qtbot.waitUntil(lambda: widget.accessibleDescription() == "step 69")


def test_what_the_user_asked_for_is_told_at_once(spoken):
    description, words, widget = spoken
    words += ["one"]
    description.renew()
    words += ["two"]
    description.tell()
    assert widget.accessibleDescription() == "two"


def test_nothing_is_put_into_words_while_nobody_listens(spoken, monkeypatch):
    description, words, widget = spoken
    monkeypatch.setattr(QAccessible, "isActive", lambda: False)
    description.renew()
    description.tell()
    assert not words
    assert widget.accessibleDescription() == ""


def test_live_text_is_read_at_once_and_spoken_soon(qtbot, monkeypatch):
    monkeypatch.setattr(QAccessible, "isActive", lambda: True)
    label = LiveText("Steps")
    qtbot.addWidget(label)
    label.say("one")
    label.say("two")
    assert (label.text(), label.accessibleDescription()) == ("two", "one")
    qtbot.waitUntil(lambda: label.accessibleDescription() == "two")
