"""A table of numbers that only grows, as a value: every version stays what it was, and appending copies nothing."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import field, replace

import numpy as np

from core.arrays import Array
from core.record import record

FIRST_CAPACITY = 256


class _Store:
    """Rows shared by many Series, one branch of them; only rows behind `used` are still written."""

    def __init__(self, rows: Array, capacity: int) -> None:
        self.rows = np.empty((capacity, rows.shape[1]))
        self.rows[: len(rows)] = rows
        self.used = len(rows)

    def grow(self) -> None:
        """Twice the room. Views of the rows until now stay what they are, since those rows never change."""
        rows = np.empty((2 * len(self.rows), self.rows.shape[1]))
        rows[: self.used] = self.rows[: self.used]
        self.rows = rows


@record(eq=False)
class Series:
    """`rows` is a read-only view (n, columns); with a `limit` only the newest rows are kept."""

    columns: int
    limit: int | None = None
    length: int = 0
    _store: _Store | None = field(default=None, repr=False)

    @property
    def rows(self) -> Array:
        """The rows (n, columns), oldest first."""
        if self._store is None:
            return np.empty((0, self.columns))
        first = 0 if self.limit is None else max(0, self.length - self.limit)
        view = self._store.rows[first : self.length]
        view.flags.writeable = False
        return view

    @property
    def held(self) -> tuple[Array, ...]:
        """What it keeps in memory, shared with the versions before and after it."""
        return () if self._store is None else (self._store.rows,)

    def append(self, row: Sequence[float]) -> "Series":
        """This series and one row more."""
        store, length = self._store, self.length
        full = store is not None and length == len(store.rows)
        if store is None or store.used != length or (full and self.limit is not None):
            kept = self.rows
            length = len(kept)
            store = _Store(kept, max(FIRST_CAPACITY, 2 * length))
        elif full:
            store.grow()
        store.rows[length] = row
        store.used = length + 1
        return Series(self.columns, self.limit, length + 1, store)

    def continues(self, earlier: "Series") -> bool:
        """Whether this is `earlier` with rows appended; known without looking at them. Not for one with a limit."""
        return self.limit is None and self._store is earlier._store and self.length >= earlier.length

    def until(self, column: int, value: float) -> "Series":
        """The rows whose number in `column`, where they only grow, is at most `value`."""
        rows = self.rows
        kept = bisect_right(range(len(rows)), value, key=lambda row: rows[row, column])
        return replace(self, length=self.length - len(rows) + kept)

    def nearest(self, column: int, value: float) -> int:
        """The row whose number in `column`, where they only grow, is nearest to `value`; few rows are looked at."""
        rows = self.rows
        after = bisect_left(range(len(rows)), value, key=lambda row: rows[row, column])
        if after == 0:
            return 0
        if after == len(rows) or value - rows[after - 1, column] <= rows[after, column] - value:
            return after - 1
        return after
