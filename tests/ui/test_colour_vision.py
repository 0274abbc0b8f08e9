"""Colours that must be told apart can be, with any colour vision.

Simulated after Machado, Oliveira and Fernandes 2009, A physiologically-based model for simulation of color vision
deficiency, table 1, severity 1.0, on linear RGB; differences are ΔE of CIE 1976 in L*a*b* under D65.
"""

from itertools import combinations

import numpy as np
import pytest
from PySide6.QtGui import QColor

from ui.colours import class_colour, class_colours, shade
from ui.theme import DARK, LIGHT

VISIONS = {
    "full": np.eye(3),
    "protan": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deutan": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritan": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}
TO_XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)
THEMES = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
EYES = pytest.mark.parametrize("vision", VISIONS)


@pytest.fixture
def difference(linear_rgb):
    """How different two colours look, as ΔE."""

    def lab(colour, vision):
        light = np.clip(VISIONS[vision] @ linear_rgb(QColor(colour)), 0.0, 1.0)
        share = TO_XYZ @ light / TO_XYZ.sum(axis=1)
        x, y, z = np.where(share > 216 / 24389, np.cbrt(share), (24389 / 27 * share + 16) / 116)
        return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])

    return lambda one, other, vision: float(np.linalg.norm(lab(one, vision) - lab(other, vision)))


def test_the_measure_is_right(difference):
    assert difference("#000000", "#ffffff", "full") == pytest.approx(100.0, abs=0.01)
    # Red in L*a*b* is (53.24, 80.09, 67.20).
    assert difference("#ff0000", "#000000", "full") == pytest.approx(np.linalg.norm([53.24, 80.09, 67.20]), abs=0.05)
    # What the simulation is for: this red and this green are one colour to who lacks the long cones' pigment.
    assert difference("#8c0000", "#2f3a00", "full") > 3 * difference("#8c0000", "#2f3a00", "protan")


@THEMES
@EYES
def test_negative_zero_and_positive(difference, theme, vision):
    assert difference(theme.negative, theme.positive, vision) >= 40
    assert difference(theme.negative, theme.zero, vision) >= 40
    assert difference(theme.positive, theme.zero, vision) >= 40
    # Weak values too: a tenth of the way to each end.
    assert difference(shade(0.1, theme), shade(-0.1, theme), vision) >= 5


@THEMES
@EYES
def test_every_two_of_eight_classes(difference, theme, vision):
    for one, other in combinations(range(8), 2):
        assert difference(class_colour(one, theme), class_colour(other, theme), vision) >= 20, (one, other)


@THEMES
@EYES
def test_the_first_classes_as_regions_too(difference, theme, vision):
    regions = class_colours(4, theme)
    for one, other in combinations(range(4), 2):
        assert difference(regions[one], regions[other], vision) >= 15, (one, other)


@THEMES
@EYES
def test_what_is_chosen_differs_from_what_is_written_round_it(difference, theme, vision):
    assert difference(theme.chosen, theme.panel, vision) >= 40
    assert difference(theme.chosen, theme.line, vision) >= 20
