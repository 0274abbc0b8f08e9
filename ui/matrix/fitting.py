"""A number in as many digits as a narrow cell has room for."""

import math

from ui.numbers import fixed, scientific

DIGIT, RAISED, POINT = 8.0, 5.3, 3.4  # widths in the font of the cells
RAISED_DIGITS = "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"


def fitting(value: float, room: float) -> str:
    """The number with up to three decimals, or as a power of ten; nothing where even that has no room."""
    return next((text for text in _candidates(value) if _width(text) <= room), "")


def _candidates(value: float) -> list[str]:
    full = fixed(value)
    if "·" in full:
        return [full, scientific(value, 0)]
    return [full, *(fixed(value, digits) for digits in (2, 1, 0) if math.isfinite(value) and abs(value) >= 10)]


def _width(text: str) -> float:
    return sum(POINT if c in ".·" else RAISED if c in RAISED_DIGITS else DIGIT for c in text)
