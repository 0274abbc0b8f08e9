"""Where an axis has its marks and what is written at them: round numbers, never more than there is room for."""

import math
from collections.abc import Iterator
from itertools import count

import numpy as np

from core.arrays import Array
from ui.numbers import MINUS, power_of_ten

Ticks = tuple[list[float], list[str]]

# Between these powers of ten a logarithmic axis writes its numbers out.
WRITTEN_OUT = (-3, 4)
LARGEST_WRITTEN_OUT = 1e7


def linear_ticks(low: float, high: float, most: int) -> Ticks:
    """At most `most` numbers at equal distances of 1, 2 or 5 times a power of ten, and how they are written."""
    spacing, numbers = next(
        (spacing, numbers)
        for spacing in _spacings((high - low) / most)
        for numbers in [range(math.ceil(low / spacing - 1e-9), math.floor(high / spacing + 1e-9) + 1)]
        if len(numbers) <= most
    )
    return [number * spacing for number in numbers], [_written(number * spacing, spacing) for number in numbers]


def log_ticks(low: float, high: float, most: int) -> Ticks:
    """The same for exponents `low` … `high`: powers of ten, and 2 and 5 between them where there is room."""
    first, last = math.ceil(low - 1e-9), math.floor(high + 1e-9)
    every = next(int(step) for step in _spacings(1.0) if (last - first + 1) / step <= most)
    # The same powers are marked wherever the axis begins.
    marks = [(1, power) for power in range(-(-first // every) * every, last + 1, every)]
    between = [
        (digit, power)
        for power in range(first - 1, min(last, first + most) + 1)
        for digit in (1, 2, 5)
        if low - 1e-9 <= power + math.log10(digit) <= high + 1e-9
    ]
    if every == 1 and len(between) <= most:
        marks = between
    if len(marks) < 2 and high - low < 1:
        values, texts = linear_ticks(10.0**low, 10.0**high, most)
        return [math.log10(value) for value in values], texts
    return [power + math.log10(digit) for digit, power in marks], [_power(digit, power) for digit, power in marks]


def logarithms(values: Array, least: float) -> Array:
    """log₁₀ of the values; of 0 and what lies below `least`, the logarithm of `least`."""
    with np.errstate(invalid="ignore"):
        return np.log10(np.maximum(values, least))


def _spacings(at_least: float) -> Iterator[float]:
    exponent = math.floor(math.log10(at_least)) if at_least > 0 else 0
    return (m * 10.0**power for power in count(exponent) for m in (1, 2, 5))


def _written(value: float, spacing: float) -> str:
    """The value with the digits that the spacing has; where these are many, with a power of ten."""
    power = math.floor(math.log10(spacing) + 1e-9)
    if not value:
        return "0"
    if power < -4 or abs(value) >= LARGEST_WRITTEN_OUT:
        largest = math.floor(math.log10(abs(value)) + 1e-9)
        mantissa = f"{value / 10.0**largest:.{max(0, largest - power)}f}"
        return f"{mantissa.replace('-', MINUS)}·{power_of_ten(largest)}"
    return f"{value:,.{max(0, -power)}f}".replace("-", MINUS)


def _power(digit: int, power: int) -> str:
    if WRITTEN_OUT[0] <= power <= WRITTEN_OUT[1]:
        return f"{digit * 10.0**power:.{max(0, -power)}f}"
    return f"{'' if digit == 1 else f'{digit}·'}{power_of_ten(power)}"
