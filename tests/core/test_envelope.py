"""The bounded series: true to every number while they fit, and to every extreme for ever."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core import envelope as module
from core.envelope import Envelope

parts = st.lists(st.lists(st.floats(-1e6, 1e6), max_size=40), max_size=12)


def by_hand(values, stretch):
    cut = [values[at : at + stretch] for at in range(0, len(values), stretch)]
    return [(min(each), max(each)) for each in cut]


@given(parts=parts, capacity=st.sampled_from([2, 4, 8, 64]))
@settings(max_examples=200)
def test_holds_the_extremes_of_equal_stretches(parts, capacity):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "CAPACITY", capacity)
        series = Envelope()
        everything = []
        for part in parts:
            series = series.extended(np.array(part, dtype=float))
            everything += part
        assert series.length == len(everything)
        assert len(series.rows) <= capacity
        assert [tuple(row) for row in series.rows.tolist()] == by_hand(everything, series.stretch)
        assert series.starts.tolist() == list(range(0, len(everything), series.stretch))


def test_is_exact_while_it_fits():
    values = np.random.default_rng(1).normal(size=1000)
    series = Envelope().extended(values[:300]).extended(values[300:])
    assert series.stretch == 1
    np.testing.assert_array_equal(series.rows, np.column_stack([values, values]))


def test_a_million_numbers_stay_small_and_keep_their_extremes():
    values = np.random.default_rng(2).normal(size=1_000_000)
    values[123_456], values[765_432] = 50.0, -50.0
    series = Envelope()
    for part in np.array_split(values, 137):
        series = series.extended(part)
    assert series.rows.nbytes <= 16 * module.CAPACITY
    assert series.rows[123_456 // series.stretch, 1] == 50.0
    assert series.rows[765_432 // series.stretch, 0] == -50.0


def test_older_values_stay_what_they_were():
    series = Envelope().extended(np.arange(5.0))
    one, other = series.extended(np.array([7.0])), series.extended(np.array([8.0]))
    assert series.rows[:, 0].tolist() == [0, 1, 2, 3, 4]
    assert one.rows[-1].tolist() == [7, 7]
    assert other.rows[-1].tolist() == [8, 8]
    with pytest.raises(ValueError, match="read-only"):
        one.rows[0] = 1


with_gaps = st.lists(st.lists(st.floats(-1e6, 1e6) | st.just(np.nan), max_size=40), max_size=12)


@given(parts=with_gaps, capacity=st.sampled_from([2, 4, 64]))
@settings(max_examples=200)
def test_what_is_no_number_hides_no_extreme(parts, capacity):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "CAPACITY", capacity)
        series = Envelope()
        everything = []
        for part in parts:
            series = series.extended(np.array(part, dtype=float))
            everything += part
        cut = [everything[at : at + series.stretch] for at in range(0, len(everything), series.stretch)]
        for row, values in zip(series.rows, cut, strict=True):
            sound = [value for value in values if not np.isnan(value)]
            expected = (min(sound), max(sound)) if sound else (np.nan, np.nan)
            np.testing.assert_array_equal(row, expected)


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=200), st.data())
def test_the_stretch_around_a_number_is_that_of_the_rows(values, data):
    number = data.draw(st.integers(0, len(values) - 1))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "CAPACITY", 16)
        series = Envelope().extended(np.array(values))
    first, last, low, high = series.around(number)
    assert first <= number <= last
    assert (low, high) == (min(values[first : last + 1]), max(values[first : last + 1]))
    assert (low, high) == tuple(series.rows[number // series.stretch])


@given(parts=with_gaps, capacity=st.sampled_from([2, 4, 64]), data=st.data())
@settings(max_examples=200)
def test_what_was_there_at_a_length_is_found_again_and_goes_on(parts, capacity, data):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "CAPACITY", capacity)
        whole = Envelope()
        everything = [value for part in parts for value in part]
        for part in parts:
            whole = whole.extended(np.array(part, dtype=float))
        shown = whole.rows.tobytes()
        length = data.draw(st.integers(0, len(everything)))
        cut = length - length % whole.stretch
        early = whole.until(length, np.array(everything[cut:length]))
        assert (early.length, early.stretch) == (length, whole.stretch)
        if cut == length:
            np.testing.assert_array_equal(early.rows, whole.rows[: length // whole.stretch])
        again = early.extended(np.array(everything[length:]))
        assert (again.rows.tobytes(), whole.rows.tobytes()) == (shown, shown)
        early.extended(np.array([7.0, 8.0, 9.0]))
        assert (again.rows.tobytes(), whole.rows.tobytes()) == (shown, shown)
