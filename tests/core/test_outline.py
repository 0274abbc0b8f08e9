"""A curve thinned out for drawing: every extreme survives, every point is a true row, and only new rows are read."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.outline import Outline, extremes
from core.series import Series, _Store

MILLION = 1_000_000


def series_of(rows) -> Series:
    """A Series of many rows at once, with room for more."""
    return Series(rows.shape[1], None, len(rows), _Store(rows, 2 * len(rows)))


class Counting:
    """The columns as lines; counts the rows that were looked at."""

    def __init__(self) -> None:
        self.read = 0

    def __call__(self, rows):
        self.read += len(rows)
        return rows[:, 1:]


numbers = st.floats(-1e9, 1e9) | st.sampled_from([np.nan, np.inf, -np.inf, 0.0])


@given(
    values=st.lists(st.tuples(numbers, numbers), max_size=300),
    followed=st.lists(st.integers(0, 300), max_size=5),
    capacity=st.sampled_from([1, 2, 3, 8, 50]),
)
@settings(max_examples=200)
def test_extremes_and_ends_survive_however_the_curve_is_followed(values, followed, capacity):
    outline, series = Outline(lambda rows: rows[:, 1:], 2, capacity), Series(3)
    for at, pair in enumerate(values):
        if at in followed:
            outline.follow(series)
        series = series.append([at, *pair])
    outline.follow(series)
    for line in (1, 2):
        rows, points = series.rows, outline.points(line - 1)
        if not values:
            assert not len(points)
            continue
        assert points[0] == 0
        assert points[-1] == len(rows) - 1
        assert (np.diff(points) > 0).all()
        assert len(points) <= 2 * capacity + 4
        sound = rows[np.isfinite(rows[:, line]), line]
        drawn = rows[points, line]
        drawn = drawn[np.isfinite(drawn)]
        if len(sound):
            assert (drawn.min(), drawn.max()) == (sound.min(), sound.max())


@given(st.integers(1, 400), st.integers(0, 2**32 - 1))
def test_following_step_by_step_and_at_once_draw_the_same(length, seed):
    values = np.random.default_rng(seed).normal(size=length)
    rows = np.column_stack([np.arange(length), values])
    slowly, at_once, series = Outline(lambda r: r[:, 1:], 1, 16), Outline(lambda r: r[:, 1:], 1, 16), Series(2)
    for row in rows:
        series = series.append(row)
        slowly.follow(series)
    at_once.follow(series)
    assert slowly.points(0).tolist() == at_once.points(0).tolist()


def test_a_million_rows_are_read_once_and_then_only_what_is_new():
    rng = np.random.default_rng(3)
    rows = np.column_stack([np.arange(MILLION), rng.random(MILLION), rng.random(MILLION)])
    rows[123_457, 1], rows[765_431, 2] = 50.0, -50.0
    values = Counting()
    outline, series = Outline(values, 2), series_of(rows)
    outline.follow(series)
    assert values.read <= MILLION
    values.read = 0
    draws = 100
    for at in range(draws):
        series = series.append([MILLION + at, 0.5, 0.5])
        outline.follow(series)
        assert 123_457 in outline.points(0)
        assert 765_431 in outline.points(1)
        assert len(outline.points(0)) < 1100
    stretch = 2048
    assert values.read <= draws * 2 * stretch + draws


def test_doubling_the_stretches_reads_no_old_rows():
    values = Counting()
    outline, series = Outline(values, 2, 64), Series(3)
    for at in range(20_000):
        series = series.append([at, np.sin(at), np.cos(at)])
        outline.follow(series)
    assert values.read < 3 * 20_000


def test_another_curve_is_looked_at_from_its_beginning():
    outline = Outline(lambda rows: rows[:, 1:], 1)
    one = Series(2).append([0, 5.0]).append([1, 7.0])
    outline.follow(one)
    branch = one.append([2, 9.0])
    other = one.append([2, -9.0])
    for series in (branch, other, one):
        outline.follow(series)
        assert outline.points(0).tolist() == list(range(series.length))


def test_gaps_stay_gaps():
    where, what = extremes(np.full((2, 3, 1), np.nan), np.arange(6).reshape(2, 3, 1))
    assert where[:, :, 0].tolist() == [[0, 0], [3, 3]]
    assert np.isnan(what).all()


@pytest.mark.parametrize("line", [0, 1])
def test_infinite_numbers_hide_no_finite_ones(line):
    values = np.array([[1.0, np.inf, -np.inf, 3.0, np.nan, 2.0]]).reshape(1, 6, 1).repeat(2, axis=2)
    _, what = extremes(values, np.arange(6).reshape(1, 6, 1).repeat(2, axis=2))
    assert what[0, :, line].tolist() == [1.0, 3.0]
