"""Text can be read: WCAG's contrast of at least 4.5 : 1 for every colour of text on every ground it is written on."""

from itertools import product

import pytest
from PySide6.QtGui import QColor

from ui.colours import CELL_STRENGTH, shade
from ui.theme import DARK, LIGHT

LEAST = 4.5
TEXT = ("text", "secondary", "chosen", "proof")
GROUNDS = ("panel", "background", "hover")
# Buttons: the main one, also under the mouse; any one while it is pressed; and what is selected in a text.
SPECIAL = (
    ("on_main", "main"),
    ("on_main", "secondary"),
    ("text", "line"),
    ("secondary", "line"),
    ("panel", "chosen"),
)
THEMES = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)


@pytest.fixture
def contrast(linear_rgb):
    def luminance(colour):
        return float(linear_rgb(QColor(colour)) @ [0.2126, 0.7152, 0.0722])

    def ratio(one, other):
        darker, lighter = sorted((luminance(one), luminance(other)))
        return (lighter + 0.05) / (darker + 0.05)

    return ratio


def test_the_measure_is_right(contrast):
    assert contrast("#000000", "#ffffff") == pytest.approx(21.0)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)


@THEMES
@pytest.mark.parametrize(("text", "ground"), [*product(TEXT, GROUNDS), *SPECIAL])
def test_text_on_its_ground(contrast, theme, text, ground):
    assert contrast(getattr(theme, text), getattr(theme, ground)) >= LEAST


@THEMES
@pytest.mark.parametrize("share", [step / 10 for step in range(-10, 11)])
def test_a_number_on_a_coloured_cell(contrast, theme, share):
    assert contrast(theme.text, shade(share, theme, CELL_STRENGTH)) >= LEAST
