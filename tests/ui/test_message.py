"""The sentence at the bottom is whole on one line or two; a longer one opens whole, and nothing else moves."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.message import Message
from ui.theme import LIGHT

SHORT, LONGER, LONG = "Saved.", "Training begins anew; undo brings it back. " * 4, "One sentence of many words " * 30


@pytest.fixture
def message(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    message = Message(window)
    QVBoxLayout(window).addWidget(message)
    message.dress(LIGHT)
    window.resize(600, 60)
    window.show()
    qtbot.waitUntil(message.sentence.isVisible)
    yield message
    window.close()


def lines(message):
    """How many lines of letters are painted."""
    image = message.sentence.grab().toImage()
    empty = image.pixelColor(0, 0)
    inked = [y for y in range(image.height()) if any(image.pixelColor(x, y) != empty for x in range(image.width()))]
    return round((inked[-1] - inked[0] + 1) / 13)


def test_a_longer_sentence_takes_two_lines_and_no_more_room(message):
    before = message.geometry()
    for text, expected in ((SHORT, 1), (LONGER, 2)):
        message.say(text)
        assert message.sentence.fits
        assert not message.button.isVisible()
        assert lines(message) == expected
        assert message.geometry() == before


@pytest.mark.parametrize("way", ["button", "key", "click"])
def test_what_does_not_fit_opens_whole_and_closes_again(qtbot, message, way):
    before = message.sentence.geometry()
    message.say(LONG)
    assert message.button.isVisible()
    assert message.sentence.geometry() == before
    if way == "button":
        qtbot.mouseClick(message.button, Qt.MouseButton.LeftButton)
    elif way == "key":
        qtbot.keyClick(message.button, Qt.Key.Key_Space)
    else:
        qtbot.mouseClick(message.sentence, Qt.MouseButton.LeftButton)
    assert message.whole.isVisible()
    assert message.whole.text() == LONG
    assert message.whole.accessibleDescription() == LONG
    assert message.whole.height() >= message.whole.heightForWidth(message.whole.width())
    qtbot.keyClick(message.whole, Qt.Key.Key_Escape)
    assert not message.whole.isVisible()


def test_the_next_sentence_closes_the_one_before(message):
    message.say(LONG)
    message.open()
    message.say(SHORT)
    assert not message.whole.isVisible()
    assert not message.button.isVisible()


def test_larger_text_or_a_narrow_window_offers_the_whole_sentence(message):
    message.say(LONGER)
    message.dress(replace(LIGHT, zoom=2.0))
    assert message.button.isVisibleTo(message) != message.sentence.fits
    assert not message.sentence.fits


def test_a_long_name_without_blanks_is_broken_and_not_lost(message):
    message.say("/folder" * 18)
    assert message.sentence.fits
    assert lines(message) == 2


def test_there_is_nothing_to_open_when_nothing_was_said(message):
    message.open()
    assert not message.whole.isVisible()
