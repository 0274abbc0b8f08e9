"""The names of classes stand inside their regions, and do not hop about."""

import numpy as np

from ui.output.regions import Regions


def halves(side, border):
    return (np.arange(side) >= border * side).astype(np.intp)[None, :].repeat(side, axis=0)


def test_each_name_stands_inside_its_region():
    places = Regions().places(halves(40, 0.5), 2)
    assert set(places) == {0, 1}
    assert 0.1 < places[0][0] < 0.4
    assert 0.6 < places[1][0] < 0.9
    assert 0.4 < places[0][1] < 0.6


def test_a_class_without_a_clear_region_has_no_name():
    classes = np.zeros((40, 40), dtype=np.intp)
    classes[20, :] = 1
    assert set(Regions().places(classes, 3)) == {0}


def test_a_name_stays_while_its_region_moves_a_little_or_the_grid_changes():
    regions = Regions()
    first = regions.places(halves(40, 0.5), 2)
    assert regions.places(halves(40, 0.55), 2) == first
    assert regions.places(halves(23, 0.5), 2) == first


def test_a_name_moves_when_its_region_has_left_it():
    regions = Regions()
    first = regions.places(halves(40, 0.5), 2)
    second = regions.places(halves(40, 0.8), 2)
    assert second[1][0] > first[1][0] + 0.1


def test_the_smallest_grid_will_do():
    assert set(Regions().places(halves(16, 0.5), 2)) == {0, 1}
