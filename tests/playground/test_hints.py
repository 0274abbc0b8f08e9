"""Two hints in a life: one before the first training, one after it; the settings remember them."""

import pytest

from playground.hints import HINTS, Hints


@pytest.fixture
def xor_with_hints(xor):
    Hints(xor.controller)
    xor.controller.pump.wake()
    return xor


def seen(application):
    return application.controller.preferences.file.settings.hints


def show_again(qtbot, xor):
    xor.trigger("next_sample")
    xor.settle()


def test_the_first_is_there_from_the_beginning_and_the_second_after_the_first_training(qtbot, xor_with_hints):
    xor, strip = xor_with_hints, xor_with_hints.window.hint
    show_again(qtbot, xor)
    assert strip.text.text() == HINTS[0].text
    assert strip.isVisible()
    xor.train_to(5)
    assert strip.text.text() == HINTS[1].text
    assert seen(xor) == ("start",)
    strip.close_button.click()
    assert seen(xor) == ("start", "trained")
    xor.train_to(5)
    assert not strip.isVisible()


def test_a_dismissed_hint_does_not_come_back(qtbot, xor_with_hints):
    xor, strip = xor_with_hints, xor_with_hints.window.hint
    show_again(qtbot, xor)
    strip.close_button.click()
    show_again(qtbot, xor)
    assert not strip.isVisible()
    assert seen(xor) == ("start",)


def test_who_has_seen_them_sees_none(qtbot, xor):
    xor.controller.preferences.file.change(hints=tuple(hint.name for hint in HINTS))
    Hints(xor.controller)
    show_again(qtbot, xor)
    xor.train_to(5)
    assert not xor.window.hint.isVisible()


def test_none_comes_or_goes_while_training(qtbot, xor_with_hints):
    xor, strip = xor_with_hints, xor_with_hints.window.hint
    show_again(qtbot, xor)
    xor.trigger("train")
    qtbot.waitUntil(lambda: xor.run.step > 2)
    assert strip.text.text() == HINTS[0].text
    xor.trigger("train")
    xor.settle()
    assert strip.text.text() == HINTS[1].text
