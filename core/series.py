"""A table of numbers that only grows, as a value: every version stays what it was, and appending copies nothing."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from core.arrays import Array

FIRST_CAPACITY = 256


class _Store:
    """Rows shared by many Series; only rows behind `used` are still written."""

    def __init__(self, rows: Array, capacity: int) -> None:
        self.rows = np.empty((capacity, rows.shape[1]))
        self.rows[: len(rows)] = rows
        self.used = len(rows)


@dataclass(frozen=True, eq=False)
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

    def append(self, row: Sequence[float]) -> "Series":
        """This series and one row more."""
        store, length = self._store, self.length
        if store is None or store.used != length or length == len(store.rows):
            kept = self.rows
            length = len(kept)
            store = _Store(kept, max(FIRST_CAPACITY, 2 * length))
        store.rows[length] = row
        store.used = length + 1
        return Series(self.columns, self.limit, length + 1, store)
