"""A growing table thinned out for drawing: the rows with the least and the largest number of every stretch of rows.

Only rows that are new are looked at, so that a curve of a million rows costs no more to draw than one of a thousand.
"""

from collections.abc import Callable

import numpy as np

from core.arrays import Array, Rows
from core.series import Series

CAPACITY = 512
ROWS_AT_ONCE = 65_536


def extremes(values: Array, rows: Rows) -> tuple[Rows, Array]:
    """Where the least and the largest finite numbers of values (stretches, k, lines) are, and these numbers.

    `rows` (stretches, k, lines) says which row each number is of; the answers are (stretches, 2, lines). Where nothing
    is finite the number is NaN.
    """
    finite = np.isfinite(values)
    low = np.where(finite, values, np.inf).argmin(axis=1, keepdims=True)
    high = np.where(finite, values, -np.inf).argmax(axis=1, keepdims=True)
    at = np.concatenate([low, high], axis=1)
    found = np.take_along_axis(values, at, axis=1)
    return np.take_along_axis(rows, at, axis=1), np.where(np.isfinite(found), found, np.nan)


class Outline:
    """Follows a Series; `values` makes the numbers of the lines (n, lines) from rows (n, columns)."""

    def __init__(self, values: Callable[[Array], Array], lines: int, capacity: int = CAPACITY) -> None:
        self._values, self._lines, self._capacity = values, lines, capacity
        self._series: Series | None = None
        self._begin()

    def follow(self, series: Series) -> None:
        """Take the newest version; of one that continues the last, only the rows since then are looked at."""
        if self._series is None or not series.continues(self._series):
            self._begin()
        self._series = series
        while series.length // self._stretch > self._capacity:
            self._double()
        whole = series.length // self._stretch * self._stretch
        at_once = max(1, ROWS_AT_ONCE // self._stretch) * self._stretch
        found = [(self._where, self._what)]
        for first in range(len(self._where) * self._stretch, whole, at_once):
            found.append(self._reduced(first, min(first + at_once, whole), self._stretch))
        if len(found) > 1:
            self._where, self._what = (np.concatenate(parts) for parts in zip(*found, strict=True))

    def points(self, line: int) -> Rows:
        """The rows that a line is drawn through, in order: first, last, and the extremes of every stretch."""
        if self._series is None or not self._series.length:
            return np.empty(0, dtype=np.intp)
        begun, end = len(self._where) * self._stretch, self._series.length
        parts = [np.zeros(1, dtype=np.intp), np.sort(self._where[:, :, line], axis=1).ravel()]
        if begun < end:
            parts.append(np.sort(self._reduced(begun, end, end - begun)[0][0, :, line]))
        rows = np.concatenate([*parts, np.array([end - 1])])
        return rows[np.diff(rows, prepend=-1) > 0]

    def _begin(self) -> None:
        self._stretch = 1
        self._where = np.empty((0, 2, self._lines), dtype=np.intp)
        self._what = np.empty((0, 2, self._lines))

    def _double(self) -> None:
        """Stretches twice as long; a last one without a partner has begun only, and its rows are looked at again."""
        pairs, self._stretch = len(self._where) // 2, 2 * self._stretch
        shape = (pairs, 4, self._lines)
        self._where, self._what = extremes(
            self._what[: 2 * pairs].reshape(shape), self._where[: 2 * pairs].reshape(shape)
        )

    def _reduced(self, first: int, end: int, stretch: int) -> tuple[Rows, Array]:
        assert self._series is not None
        values = self._values(self._series.rows[first:end]).reshape(-1, stretch, self._lines)
        rows = np.arange(first, end).reshape(-1, stretch, 1)
        return extremes(values, np.broadcast_to(rows, values.shape))
