"""exp, tanh and their kin from additions and multiplications alone, so that loops over them become vector code.

Range reduction and polynomial as in W. J. Cody and W. Waite, Software Manual for the Elementary Functions, 1980, ch. 6:
x = k ln 2 + r with ln 2 in two parts, the power series of e^r − 1, and 2^k put straight into the exponent. Errors over
the whole range, measured by tests/core/kernels/test_vector_math.py: exp below 1 ulp, tanh below 2 ulp (1.4 where the
machine multiplies and adds in one).
"""

import math
import struct
from collections.abc import Callable
from typing import TypeVar

from core.arrays import Array

Function = TypeVar("Function", bound=Callable[..., object])

LOG2_E = 1.4426950408889634
LN2_HIGH, LN2_LOW = 6.93147180369123816490e-01, 1.90821492927058770002e-10
ROUNDER = 6755399441055744.0  # 1.5 · 2⁵²: what is added to it loses its fraction
EXP_LOWEST, EXP_HIGHEST = -708.0, 709.0
SMALL = 1e-100  # the product of two such is still a normal number


def compiled(function: Function) -> Function:
    """Marks what core/kernels/compiled_kernel.py compiles; sums may be reordered there."""
    return function


def exactly(function: Function) -> Function:
    """The same for functions whose operations must stay as they are written."""
    return function


def borrowed(array: Array) -> Array:
    """The same array, of which compiled code counts no references: its slices cost nothing there."""
    return array


def bits_of(number: float) -> int:
    """The 64 bits of a float as a whole number."""
    return int(struct.unpack("<q", struct.pack("<d", number))[0])


def float_of(bits: int) -> float:
    """The float with these 64 bits."""
    return float(struct.unpack("<d", struct.pack("<q", (bits + 2**63) % 2**64 - 2**63))[0])


@exactly
def power_and_rest(x: float, shift: float) -> tuple[float, float]:
    """2^k and e^r − 1 with e^x = 2^k e^r; `shift` moves the range of r up, so that k stays 0 a little longer."""
    rounded = (x * LOG2_E - shift) + ROUNDER
    k = rounded - ROUNDER
    high = x - k * LN2_HIGH
    low = k * LN2_LOW
    r = high - low
    lost = (high - r) - low
    p = 1 / 1307674368000.0
    p = p * r + 1 / 87178291200.0
    p = p * r + 1 / 6227020800.0
    p = p * r + 1 / 479001600.0
    p = p * r + 1 / 39916800.0
    p = p * r + 1 / 3628800.0
    p = p * r + 1 / 362880.0
    p = p * r + 1 / 40320.0
    p = p * r + 1 / 5040.0
    p = p * r + 1 / 720.0
    p = p * r + 1 / 120.0
    p = p * r + 1 / 24.0
    p = p * r + 1 / 6.0
    p = p * r + 0.5
    return float_of((bits_of(rounded) + 1023) << 52), r + ((r * r) * p + lost)


@exactly
def exp(x: float) -> float:
    """eˣ; 0 below −708, where the true value is below 4·10⁻³⁰⁸; inf above 709.78."""
    power, rest = power_and_rest(min(max(x, EXP_LOWEST), EXP_HIGHEST), 0.0)
    value = power + power * rest
    if x < EXP_LOWEST:
        value = 0.0
    if x > EXP_HIGHEST:
        value = math.inf
    return value if x == x else x


@exactly
def tanh(x: float) -> float:
    """tanh x = e / (e + 2) with e = e^{2|x|} − 1, the quotient corrected; 1 − 2 / (e + 2) where that is closer."""
    size = abs(x)
    power, rest = power_and_rest(2.0 * (size if size < 20.0 else 20.0), 0.25)
    e = power * rest + (power - 1.0)
    below = e + 2.0
    lost = e - (below - 2.0)
    inverse = 1.0 / below
    quotient = e * inverse
    small = quotient + ((e - quotient * below) - quotient * lost) * inverse
    value = small if size < 0.55 else 1.0 - 2.0 * inverse
    value = value if x >= 0 else -value
    return value if x == x else x


@exactly
def sigmoid(x: float) -> float:
    """1 / (1 + e⁻ˣ)."""
    return 1.0 / (1.0 + exp(-x))


@exactly
def log(x: float) -> float:
    """ln x for normal x > 0: x = 2^k f, ln f = 2 artanh s with s = (f − 1) / (f + 1), as a power series."""
    bits = bits_of(x)
    k = (bits - 0x3FE6A09E667F3BCD) >> 52  # so that f lies between √½ and √2
    f = float_of(bits - (k << 52)) - 1.0
    s = f / (2.0 + f)
    q = s * s
    p = 1 / 21.0
    p = p * q + 1 / 19.0
    p = p * q + 1 / 17.0
    p = p * q + 1 / 15.0
    p = p * q + 1 / 13.0
    p = p * q + 1 / 11.0
    p = p * q + 1 / 9.0
    p = p * q + 1 / 7.0
    p = p * q + 1 / 5.0
    p = p * q + 1 / 3.0
    half = 0.5 * f * f
    return k * LN2_HIGH - ((half - (s * (half + 2.0 * q * p) + k * LN2_LOW)) - f)


@exactly
def softplus(x: float) -> float:
    """ln(1 + eˣ), which is x where eˣ would overflow."""
    small = exp(-abs(x))
    whole = 1.0 + small
    return max(x, 0.0) + (log(whole) + (small - (whole - 1.0)) / whole)


FUNCTIONS = (power_and_rest, exp, tanh, sigmoid, log, softplus)
