"""What stands on a coloured cell can be read on every colour that the cell may have."""

import numpy as np
import pytest
from PySide6.QtGui import QColor

from ui.colours import CELL_STRENGTH, image
from ui.theme import DARK, LIGHT

SHARES = np.linspace(-1.0, 1.0, 501)[None]


def luminance(colour):
    """Relative luminance, as WCAG 2 defines it."""
    channels = np.array([colour.redF(), colour.greenF(), colour.blueF()])
    linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
    return float(linear @ [0.2126, 0.7152, 0.0722])


def contrast(one, other):
    low, high = sorted([luminance(one), luminance(other)])
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_numbers_stand_out_from_every_colour(theme):
    picture = image(SHARES * CELL_STRENGTH, theme)
    worst = min(contrast(QColor(theme.text), picture.pixelColor(x, 0)) for x in range(picture.width()))
    assert worst >= 4.5
