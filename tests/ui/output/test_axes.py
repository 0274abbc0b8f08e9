"""Axes hold what is shown, settle, and say where they are."""

import math

import pytest

from ui.output.axes import settled_range, with_ends, with_names, with_scale


def test_a_range_holds_what_is_shown_with_room_on_both_sides():
    low, high = settled_range(-1.0, 3.0, None)
    assert low < -1.0
    assert high > 3.0


def test_a_range_stays_while_it_fits_and_moves_when_it_does_not():
    first = settled_range(-1.0, 1.0, None)
    assert settled_range(-0.9, 0.95, first) == first
    larger = settled_range(-1.0, 1.5, first)
    assert larger[1] > 1.5
    smaller = settled_range(-0.1, 0.1, larger)
    assert smaller[1] < 0.2


@pytest.mark.parametrize(("low", "high"), [(0.0, 0.0), (1e12, 1e12), (1e12, 1e12 + 1), (-1e300, 1e300)])
def test_a_range_is_never_empty(low, high):
    left, right = settled_range(low, high, None)
    assert left < right
    ticks = with_scale("y", left, right).ticks
    assert len(ticks) >= 1
    assert all(left <= value <= right for value, _ in ticks)


def test_what_is_no_number_leaves_the_range_as_it_was():
    assert settled_range(math.nan, 1.0, (-2.0, 2.0)) == (-2.0, 2.0)
    assert settled_range(-1e308, 1e308, (-2.0, 2.0)) == (-2.0, 2.0)
    assert settled_range(math.inf, math.inf, None) == (-1.0, 1.0)


def test_places_and_shares_are_the_same_thing():
    axis = with_ends("x₁", -6.0, 6.0)
    assert axis.ticks == ((-6.0, "−6"), (6.0, "6"))
    assert axis.share(3.0) == 0.75
    assert axis.place(0.75) == 3.0


def test_a_place_is_rounded_to_what_can_be_told_apart():
    assert with_ends("x₁", -6.0, 6.0).rounded(1.23456) == 1.23
    assert with_ends("x₁", 0.0, 1.0).rounded(0.123456) == 0.123
    assert with_ends("x₁", 1e5, 1e5 + 1).rounded(1e5 + 0.123456) == 1e5 + 0.123


def test_columns_have_their_names_in_the_middle():
    axis = with_names("t", ["no", "yes"])
    assert [axis.share(place) for place, _ in axis.ticks] == [0.25, 0.75]
