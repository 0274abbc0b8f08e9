"""A long series of numbers in bounded memory, as a value: the least and the largest of each stretch, so that no extreme
is ever lost. Up to CAPACITY numbers a stretch is one number; then stretches double, again and again."""

from dataclasses import field

import numpy as np

from core.arrays import Array
from core.record import record

CAPACITY = 65_536
FIRST_CAPACITY = 1024


class _Store:
    """Rows (low, high) shared by many Envelopes; only rows behind `used` are still written."""

    def __init__(self, rows: Array, capacity: int) -> None:
        self.rows = np.empty((capacity, 2))
        self.rows[: len(rows)] = rows
        self.used = len(rows)


@record(eq=False)
class Envelope:
    """`length` numbers were put in; each of `rows` holds the least and the largest of `stretch` of them in turn.

    What is not a number counts for neither; a stretch of such alone is NaN.
    """

    length: int = 0
    stretch: int = 1
    _whole: int = 0
    _open: tuple[float, float] = (np.nan, np.nan)
    _store: _Store | None = field(default=None, repr=False)

    @property
    def rows(self) -> Array:
        """Least and largest number of each stretch (n, 2), oldest first; the last stretch may have begun only."""
        whole = np.empty((0, 2)) if self._store is None else self._store.rows[: self._whole]
        if self._whole * self.stretch < self.length:
            whole = np.vstack([whole, self._open])
        whole.flags.writeable = False
        return whole

    @property
    def held(self) -> tuple[Array, ...]:
        """What it keeps in memory, shared with the versions before and after it."""
        return () if self._store is None else (self._store.rows,)

    @property
    def starts(self) -> Array:
        """Which number each stretch begins with (n,), counted from 0."""
        return np.arange(-(-self.length // self.stretch), dtype=np.float64) * self.stretch

    def around(self, number: int) -> tuple[int, int, float, float]:
        """The stretch that holds number 0 … length − 1: its first and its last number, and their least and largest."""
        at = number // self.stretch
        store = self._store
        low, high = self._open if store is None or at >= self._whole else store.rows[at].tolist()
        return at * self.stretch, min((at + 1) * self.stretch, self.length) - 1, low, high

    def extended(self, values: Array) -> "Envelope":
        """This series and `values` (n,) after it."""
        envelope = self
        for first in range(0, len(values), CAPACITY):
            envelope = envelope._extended(values[first : first + CAPACITY])
        return envelope

    def until(self, length: int, rest: Array) -> "Envelope":
        """The first `length` numbers. The last of them, `rest`, are those in the stretch that is cut, if one is."""
        whole = length // self.stretch
        left_open = (float(np.fmin.reduce(rest)), float(np.fmax.reduce(rest))) if len(rest) else (np.nan, np.nan)
        return Envelope(length, self.stretch, whole, left_open, self._store)

    def _extended(self, values: Array) -> "Envelope":
        length, begun = self.length + len(values), self.length - self._whole * self.stretch
        if -(-length // self.stretch) > CAPACITY:
            return self._halved()._extended(values)
        # What has begun is one more number in front: its least counts as least, its largest as largest.
        cuts = np.arange(0, begun + len(values), self.stretch) - begun
        cuts[0] = 0
        stretches = np.column_stack([np.fmin.reduceat(values, cuts), np.fmax.reduceat(values, cuts)])
        if begun:
            stretches[0] = np.fmin(self._open[0], stretches[0, 0]), np.fmax(self._open[1], stretches[0, 1])
        whole = length // self.stretch
        closed, rest = stretches[: whole - self._whole], stretches[whole - self._whole :]
        store = self._with_room(whole)
        store.rows[self._whole : whole] = closed
        store.used = whole
        left_open = (float(rest[0, 0]), float(rest[0, 1])) if len(rest) else (np.nan, np.nan)
        return Envelope(length, self.stretch, whole, left_open, store)

    def _with_room(self, whole: int) -> _Store:
        store = self._store
        if store is None or store.used != self._whole or whole > len(store.rows):
            kept = np.empty((0, 2)) if store is None else store.rows[: self._whole]
            store = _Store(kept, min(CAPACITY, max(FIRST_CAPACITY, 2 * whole)))
        return store

    def _halved(self) -> "Envelope":
        """The same numbers in stretches twice as long."""
        assert self._store is not None
        pairs = self._whole // 2
        two = self._store.rows[: 2 * pairs].reshape(pairs, 2, 2)
        rows = np.column_stack([np.fmin(*two[:, :, 0].T), np.fmax(*two[:, :, 1].T)])
        low, high = self._open
        if self._whole % 2:
            last = self._store.rows[self._whole - 1]
            low, high = float(np.fmin(low, last[0])), float(np.fmax(high, last[1]))
        return Envelope(self.length, 2 * self.stretch, pairs, (low, high), _Store(rows, CAPACITY))
