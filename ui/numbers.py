"""How numbers are written: a true minus sign, a width that does not jump, and no digit that is not there.

Powers of ten are written one way on the screen, 4·10³⁰⁶. What is copied or typed is for machines: there it is 4e+306.
"""

import math

MINUS = "\N{MINUS SIGN}"
SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


def fixed(value: float, digits: int = 3) -> str:
    """The value with `digits` decimals; as a power of ten where these would not show it."""
    if not math.isfinite(value):
        return "NaN" if math.isnan(value) else ("∞" if value > 0 else f"{MINUS}∞")
    if (value and abs(value) < 0.5 * 10**-digits) or abs(value) >= 1e5:
        return scientific(value)
    # A negative zero is a zero.
    return f"{value + 0.0:.{digits}f}".replace("-", MINUS)


def scientific(value: float, decimals: int = 1) -> str:
    """A number from 1 to 10 with so many decimals, and a power of ten: 1.2·10⁻⁷."""
    return _with_power(f"{value:.{decimals}e}")


def power_of_ten(exponent: int) -> str:
    """10⁻⁷."""
    return f"10{str(exponent).translate(SUPERSCRIPTS)}"


def plain(value: float, digits: int = 4) -> str:
    """The shortest text that is the value to so many digits."""
    if not math.isfinite(value):
        return fixed(value)
    return _with_power(f"{value + 0.0:.{digits}g}")


def exact(value: float) -> str:
    """All the digits that tell the value from its neighbours."""
    return _with_power(repr(value + 0.0).removesuffix(".0")) if math.isfinite(value) else fixed(value)


def short(value: float) -> str:
    """Two or three digits, for where there is little room."""
    if value and abs(value) < 1.0:
        return fixed(value, 3 if abs(value) < 0.1 else 2)
    return plain(value, 3)


def _with_power(text: str) -> str:
    """Python's number as it is written here: 1.2e-07 is 1.2·10⁻⁷."""
    mantissa, _, exponent = text.replace("-", MINUS).partition("e")
    return f"{mantissa}·{power_of_ten(int(exponent.replace(MINUS, '-')))}" if exponent else mantissa


def count(value: int) -> str:
    """A whole number with its thousands apart."""
    return f"{value:,}"


def counted(number: int, thing: str) -> str:
    """So many of a thing: 1 row, 2 rows."""
    return f"{count(number)} {thing}{'' if number == 1 else 's'}"


def percent(share: float | None) -> str:
    """A share in percent; a dash where there is none."""
    if share is None or math.isnan(share):
        return "–"
    # Only all is 100 %, and only none is 0 %.
    if 0.99 < share < 1.0 or 0.0 < share < 0.01:
        return f"{min(max(100 * share, 0.1), 99.9):.1f} %"
    return f"{100 * share:.0f} %"


def subscript(number: int) -> str:
    """₁₂ for 12."""
    return str(number).translate(SUBSCRIPTS)
