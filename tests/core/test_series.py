"""Series: every version keeps its rows for ever, whatever is appended to it or to versions that share its memory."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import series as module
from core.series import FIRST_CAPACITY, Series


def grown(series: Series, first: int, last: int) -> Series:
    for number in range(first, last):
        series = series.append([number, -number])
    return series


def test_an_empty_series_has_columns_and_no_rows():
    assert Series(3).rows.shape == (0, 3)
    assert Series(3, limit=2).rows.shape == (0, 3)


def test_appending_makes_a_new_version():
    one = Series(2).append([1.0, 2.0])
    two = one.append([3.0, 4.0])
    assert one.rows.tolist() == [[1, 2]]
    assert two.rows.tolist() == [[1, 2], [3, 4]]


def test_two_rows_appended_to_the_same_version_make_two_branches():
    trunk = grown(Series(2), 0, 3)
    left, right = trunk.append([7, 7]), trunk.append([8, 8])
    left, right = left.append([70, 70]), right.append([80, 80])
    assert trunk.rows[:, 0].tolist() == [0, 1, 2]
    assert left.rows[:, 0].tolist() == [0, 1, 2, 7, 70]
    assert right.rows[:, 0].tolist() == [0, 1, 2, 8, 80]


def test_rows_cannot_be_written():
    rows = Series(2).append([1, 2]).rows
    with pytest.raises(ValueError, match="read-only"):
        rows[0, 0] = 5


@pytest.mark.parametrize("row", [[1, 2, 3], "number"])
def test_a_row_that_does_not_fit_changes_nothing(row):
    one = Series(2).append([1, 2])
    with pytest.raises(ValueError, match="could not"):
        one.append(row)
    assert one.rows.tolist() == [[1, 2]]
    assert one.append([3, 4]).rows.tolist() == [[1, 2], [3, 4]]


def test_growth_keeps_every_row_and_copies_seldom():
    series, stores = Series(2), []
    for number in range(20 * FIRST_CAPACITY):
        series = series.append([number, -number])
        if not stores or series.rows.base is not stores[-1]:
            stores.append(series.rows.base)
    assert series.rows[:, 0].tolist() == list(range(20 * FIRST_CAPACITY))
    assert len(stores) <= 6  # 256, 512, 1024, … rows


@pytest.mark.parametrize("limit", [1, 5, FIRST_CAPACITY, 3 * FIRST_CAPACITY])
def test_a_limit_keeps_the_newest_rows_in_bounded_memory(limit):
    series = Series(2, limit=limit)
    for number in range(5 * FIRST_CAPACITY):
        series = series.append([number, -number])
        assert series.rows[:, 0].tolist() == list(range(max(0, number + 1 - limit), number + 1))
        assert series.rows.base is not None
        assert len(series.rows.base) <= 4 * max(limit, FIRST_CAPACITY)


@given(
    parents=st.lists(st.integers(0, 10**6), max_size=60),
    limit=st.none() | st.integers(1, 9),
    capacity=st.integers(1, 5),
)
def test_no_version_ever_changes(parents: list[int], limit: int | None, capacity: int):
    """A tree of versions, each appended to any earlier one, against plain lists; with small stores that often grow."""
    versions: list[tuple[Series, list[list[float]]]] = [(Series(2, limit=limit), [])]
    views = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "FIRST_CAPACITY", capacity)
        for number, parent in enumerate(parents):
            series, rows = versions[parent % len(versions)]
            row = [float(number), float(parent)]
            versions.append((series.append(row), [*rows, row]))
            view = versions[-1][0].rows
            views.append((view, view.copy()))
    for series, rows in versions:
        assert series.rows.tolist() == (rows if limit is None else rows[-limit:])
        assert not series.rows.size or not series.rows.flags.writeable
    for view, copy in views:
        assert np.array_equal(view, copy)


def test_a_version_continues_the_ones_that_it_was_made_from_and_no_other():
    trunk = grown(Series(2), 0, 3)
    later = grown(trunk, 3, 5 * FIRST_CAPACITY)
    branch = trunk.append([9, 9])
    assert later.continues(trunk)
    assert trunk.continues(trunk)
    assert not trunk.continues(later)
    assert not branch.continues(later)
    assert not grown(Series(2), 0, 9).continues(trunk)
    assert not grown(Series(2, limit=4), 0, 9).continues(Series(2, limit=4))


@given(st.lists(st.floats(0, 100), min_size=1, max_size=40), st.floats(-10, 110))
def test_the_nearest_row_is_found_by_halving(values: list[float], value: float):
    series = Series(1)
    for number in sorted(values):
        series = series.append([number])
    found = series.nearest(0, value)
    distances = np.abs(series.rows[:, 0] - value)
    assert distances[found] == distances.min()


@pytest.mark.parametrize("limit", [None, 4])
@pytest.mark.parametrize(("value", "kept"), [(-1, []), (6, [6]), (7.5, [6, 7]), (9, [6, 7, 8, 9]), (99, [6, 7, 8, 9])])
def test_rows_up_to_a_number_go_on_without_touching_the_others(limit, value, kept):
    series = Series(2, limit=limit)
    for number in range(6, 10):
        series = series.append([number, -number])
    early = series.until(0, value)
    assert early.rows[:, 0].tolist() == kept
    if limit is None:
        assert series.continues(early)
    assert early.append([50, 0]).rows[:, 0].tolist() == [*kept, 50][-4 if limit else None :]
    assert series.rows[:, 0].tolist() == [6, 7, 8, 9]
