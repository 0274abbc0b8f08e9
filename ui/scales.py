"""Scales that settle: round numbers that hold what is shown, and do not change with every frame."""

import math
import sys

ROUND = (1.0, 2.0, 5.0, 10.0)
FINE = (1.0, 1.5, 2.0, 3.0, 4.0, 6.0, 8.0, 10.0)
# Below the first, powers of ten are no longer exact, or 0.
SMALLEST, LARGEST = 1e-300, sys.float_info.max


def settled_scale(largest: float, before: float, series: tuple[float, ...] = ROUND) -> float:
    """A scale from a series like 1, 2, 5 that holds `largest` and only shrinks when that fits twice."""
    if not math.isfinite(largest) or largest <= 0:
        return before or 1.0
    if before and before / 5 <= largest <= before:
        return before
    largest = max(largest, SMALLEST)
    exponent = math.floor(math.log10(largest))
    scale = next(m * 10.0**exponent for m in series if m * 10.0**exponent >= largest * (1 - 1e-12))
    return min(scale, LARGEST)


def settled_floor(smallest: float, before: float | None) -> float:
    """A power of ten below `smallest`, which only rises when two decades are free."""
    if not math.isfinite(smallest) or smallest <= 0:
        return before or 1e-3
    floor = max(10.0 ** math.floor(math.log10(smallest)), math.ulp(0.0))
    return before if before is not None and floor / 100 <= before <= smallest else floor


def settled_range(low: float, high: float, before: tuple[float, float] | None) -> tuple[float, float]:
    """A range with round ends that holds both, and stays until they leave it or fill less than a third of it."""
    if before is not None and before[0] <= low and high <= before[1] and 3 * (high - low) >= before[1] - before[0]:
        return before
    # What is hardly a range is shown as a flat line in one.
    span = max(high - low, 1e-9 * abs(high), SMALLEST)
    step = settled_scale(span / 4, 0.0)
    first, last = math.floor(low / step), math.ceil(high / step)
    return (first - (first == last)) * step, (last + (first == last)) * step
