"""Axes: a range with a name and the numbers that are written at it; ranges settle and do not follow every frame."""

import math
from typing import TypeVar

from core.arrays import Array
from core.record import record
from ui.numbers import short
from ui.ticks import linear_ticks

ROOM = 0.06  # what is left free on each side of what is shown, as a share of it
LOOSE = 2.5  # a range so many times as wide as needed shrinks
MOST_TICKS = 8

Number = TypeVar("Number", float, Array)


@record
class Axis:
    """From `low` to `high`; `ticks` are places with their text, or `columns` with their names."""

    name: str
    low: float
    high: float
    ticks: tuple[tuple[float, str], ...]
    columns: bool = False

    @property
    def words(self) -> str:
        """What there is to read at it."""
        if self.columns:
            return f"{self.name} = {', '.join(text for _, text in self.ticks)}"
        return f"{self.name} from {short(self.low)} to {short(self.high)}"

    def share(self, place: Number) -> Number:
        """Where a place, or each of many, lies, from 0 at the low end to 1 at the high one."""
        return (place - self.low) / (self.high - self.low)

    def place(self, share: float) -> float:
        """What lies there."""
        return self.low + share * (self.high - self.low)

    def rounded(self, place: float) -> float:
        """The place as far as a picture can tell it from others: a number that can be written down."""
        decimals = 3 - math.floor(math.log10(self.high - self.low))
        return round(place, decimals)


def with_ends(name: str, low: float, high: float) -> Axis:
    """An axis that says only from where to where it goes."""
    return Axis(name, low, high, ((low, short(low)), (high, short(high))))


def with_scale(name: str, low: float, high: float) -> Axis:
    """An axis with round numbers."""
    return Axis(name, low, high, tuple(zip(*linear_ticks(low, high, MOST_TICKS), strict=True)))


def with_names(name: str, names: list[str]) -> Axis:
    """An axis of columns at 0, 1, …, each with its name."""
    return Axis(name, -0.5, len(names) - 0.5, tuple(enumerate(names)), columns=True)


def settled_range(low: float, high: float, before: tuple[float, float] | None) -> tuple[float, float]:
    """A range with room around low … high: the one before as long as it holds them and is not much too wide."""
    if not math.isfinite(high - low):
        return before or (-1.0, 1.0)
    if low == high:
        # Around one number only, one to each side.
        low, high = low - 1.0, high + 1.0
    # Where they are so large that their difference has no digits left.
    width = max(high - low, 1e-9, 1e-6 * max(abs(low), abs(high)))
    if before and before[0] <= low and high <= before[1] and before[1] - before[0] <= LOOSE * width:
        return before
    return low - ROOM * width, high + ROOM * width
