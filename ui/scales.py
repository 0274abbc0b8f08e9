"""Scales that settle: round numbers that hold what is shown, and do not change with every frame."""

import math


def settled_scale(largest: float, before: float) -> float:
    """A scale from the series 1, 2, 5 that holds `largest` and only shrinks when that fits twice."""
    if not math.isfinite(largest) or largest <= 0:
        return before or 1.0
    if before and before / 5 <= largest <= before:
        return before
    exponent = math.floor(math.log10(largest))
    return next(m * 10.0**exponent for m in (1, 2, 5, 10) if m * 10.0**exponent >= largest * (1 - 1e-12))


def settled_floor(smallest: float, before: float | None) -> float:
    """A power of ten below `smallest`, which only rises when two decades are free."""
    if not math.isfinite(smallest) or smallest <= 0:
        return before or 1e-3
    floor = 10.0 ** math.floor(math.log10(smallest))
    return before if before is not None and floor / 100 <= before <= smallest else floor
