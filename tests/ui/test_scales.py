"""Scales hold what they show, are round, and stay as they are while they can."""

import math
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.scales import FINE, ROUND, settled_floor, settled_scale

sizes = st.floats(1e-12, 1e12)


@given(sizes, st.one_of(st.just(1.0), sizes))
def test_a_scale_holds_the_largest_and_is_at_most_five_times_too_large(largest, before):
    scale = settled_scale(largest, before)
    assert largest * (1 - 1e-9) <= scale <= 5 * largest * (1 + 1e-9)
    assert settled_scale(largest, scale) == scale


def test_a_scale_is_round_and_bears_anything():
    assert [settled_scale(x, 0.0) for x in (0.9, 1.0, 1.1, 2.2, 6.0)] == [1.0, 1.0, 2.0, 5.0, 10.0]
    assert settled_scale(0.0, 2.0) == settled_scale(math.nan, 2.0) == settled_scale(math.inf, 2.0) == 2.0


@given(st.floats(5e-324, sys.float_info.max), st.sampled_from([ROUND, FINE]))
def test_a_scale_and_a_floor_hold_every_number_there_is(number, series):
    assert number * (1 - 1e-9) <= settled_scale(number, 0.0, series) < math.inf
    assert 0 < settled_floor(number, None) <= number * (1 + 1e-9)


@pytest.mark.parametrize("number", [5e-324, 9.99e-320, 2.3e-308, 1.7e308, sys.float_info.max])
def test_the_ends_of_all_numbers_have_scales(number):
    assert number <= settled_scale(number, 0.0, FINE) < math.inf
    assert 0 < settled_floor(number, None) <= number


@given(sizes)
def test_a_floor_is_a_power_of_ten_below(smallest):
    floor = settled_floor(smallest, None)
    assert floor <= smallest * (1 + 1e-9)
    assert floor >= smallest / 10 * (1 - 1e-9)
    assert settled_floor(smallest, floor) == floor
