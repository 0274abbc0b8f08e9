"""Outputs as an image: the same numbers, as values or as what they are read as."""

import numpy as np
import pytest
from PySide6.QtGui import QColor

from core.datasets import ENCODINGS, Data
from ui.colours import class_colour, shade
from ui.output.surface_image import enlarged, map_colours, surface_image
from ui.theme import LIGHT

FINE = 4

ONE = Data(np.zeros((2, 2)), np.array([[0.0], [1.0]]), 2, "zero-one")
FOUR = Data(np.zeros((4, 2)), np.eye(4), 4, "one-hot")
VALUES = Data(np.zeros((2, 2)), np.array([[-2.0], [1.0]]), 2, None)


def test_values_run_from_the_one_target_to_the_other():
    picture = surface_image(np.array([[[0.0, 0.5], [1.0, 7.0]]]), ONE, LIGHT)
    for place, share in (((0, 0), -1), ((1, 0), 0), ((0, 1), 1), ((1, 1), 1)):
        assert picture.pixelColor(*place) == shade(share, LIGHT)


def test_without_classes_the_colours_reach_as_far_as_the_targets():
    picture = surface_image(np.array([[[-2.0, -1.0], [0.0, 2.0]]]), VALUES, LIGHT, discrete=True)
    for place, share in (((0, 0), -1), ((1, 0), -0.5), ((0, 1), 0), ((1, 1), 1)):
        assert picture.pixelColor(*place) == shade(share, LIGHT)


def test_between_the_values_of_a_surface_are_straight_lines():
    rows, columns = np.mgrid[0:5, 0:5]
    finer = enlarged((2.0 * rows + columns)[None], FINE)[0]
    inside = finer[FINE:-FINE, FINE:-FINE]
    assert np.allclose(np.diff(inside, axis=0), 2.0 / FINE)
    assert np.allclose(np.diff(inside, axis=1), 1.0 / FINE)
    assert np.allclose(enlarged(np.full((2, 1, 1), 3.0), FINE), 3.0)


@pytest.mark.parametrize(("data", "outputs"), [(ONE, 1), (FOUR, 4)], ids=["one output", "four"])
def test_discretised_each_place_has_the_colour_of_what_it_is_read_as(data, outputs):
    y = np.random.default_rng(1).uniform(0, 1, (outputs, 8, 8))
    picture = surface_image(y, data, LIGHT, discrete=True, side=8 * FINE)
    fine = enlarged(y, FINE)
    read = ENCODINGS[data.encoding].read(fine.reshape(outputs, -1).T).reshape(fine.shape[1:])
    colours, borders = map_colours(data, LIGHT), 0
    for row, column in np.ndindex(read.shape):
        seen = picture.pixelColor(column, row)
        at_border = any(
            read[row, column] != read[min(row + down, len(read) - 1), min(column + right, len(read) - 1)]
            for down, right in ((0, 1), (1, 0))
        )
        borders += at_border
        assert seen == (QColor(LIGHT.text) if at_border else colours[read[row, column]])
    assert borders > 0


def test_the_leading_class_has_its_colour_and_is_paler_where_the_lead_is_small():
    y = np.zeros((4, 1, 3))
    y[2, 0] = [1.0, 0.4, 0.0]
    picture = surface_image(y, FOUR, LIGHT)
    saturation = [picture.pixelColor(column, 0).hslSaturationF() for column in range(3)]
    lightness = [picture.pixelColor(column, 0).lightnessF() for column in range(3)]
    assert lightness[0] < lightness[1] < lightness[2] == 1.0
    assert saturation[2] == 0
    assert abs(picture.pixelColor(0, 0).hue() - class_colour(2, LIGHT).hue()) <= 4


@pytest.mark.parametrize("discrete", [False, True])
@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_what_is_not_finite_is_left_out(discrete, bad):
    y = np.full((4, 2, 2), 0.25)
    y[0, 0, 0] = 1.0
    y[3, 1, 1] = bad
    picture = surface_image(y, FOUR, LIGHT, discrete=discrete)
    last = picture.width() - 1
    assert picture.pixelColor(0, 0).alpha() == 255
    assert picture.pixelColor(last, last).alpha() == 0
