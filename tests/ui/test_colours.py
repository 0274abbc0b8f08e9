"""Colours say sign and size, the same everywhere, and hold back what is not a number."""

import numpy as np
import pytest
from PySide6.QtGui import QColor

from ui.colours import class_colour, class_image, image, shade
from ui.theme import DARK, LIGHT

THEMES = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)


@THEMES
def test_the_ends_and_the_middle_are_the_themes(theme):
    assert shade(1.0, theme) == QColor(theme.positive)
    assert shade(-1.0, theme) == QColor(theme.negative)
    for channel in ("red", "green", "blue"):
        difference = getattr(shade(0.0, theme), channel)() - getattr(QColor(theme.zero), channel)()
        assert abs(difference) <= 2
    assert shade(7.0, theme) == shade(1.0, theme)
    assert shade(float("nan"), theme) == shade(0.0, theme)


@THEMES
def test_a_picture_has_a_pixel_for_each_value_and_row_0_on_top(theme):
    picture = image(np.array([[1.0, -1.0, np.nan], [0.0, 2.0, -np.inf]]), theme)
    assert (picture.width(), picture.height()) == (3, 2)
    assert picture.pixelColor(0, 0) == shade(1.0, theme)
    assert picture.pixelColor(1, 0) == shade(-1.0, theme)
    assert picture.pixelColor(2, 0) == shade(0.0, theme)
    assert picture.pixelColor(1, 1) == shade(1.0, theme)
    assert picture.pixelColor(2, 1) == shade(-1.0, theme)


@THEMES
def test_a_class_with_a_clear_lead_has_its_colour_and_none_has_the_panel(theme):
    outputs = np.zeros((3, 1, 2))
    outputs[1, 0, 0] = 1.0
    picture = class_image(outputs, theme)
    assert picture.pixelColor(1, 0) == QColor(theme.panel)
    mixed, pure = picture.pixelColor(0, 0), class_colour(1, theme)
    assert abs(mixed.hue() - pure.hue()) <= 4


def test_eight_classes_have_eight_colours():
    for theme in (LIGHT, DARK):
        assert len({class_colour(k, theme).rgb() for k in range(8)}) == 8
