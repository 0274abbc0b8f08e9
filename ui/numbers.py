"""How numbers are written: a true minus sign, a width that does not jump, and no digit that is not there."""

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


def scientific(value: float) -> str:
    """Two digits and a power of ten: 1.2·10⁻⁷."""
    mantissa, exponent = f"{value:.1e}".split("e")
    return f"{mantissa.replace('-', MINUS)}·10{str(int(exponent)).translate(SUPERSCRIPTS)}"


def plain(value: float) -> str:
    """The shortest text that is the value to four digits."""
    return f"{value + 0.0:.4g}".replace("-", MINUS)


def short(value: float) -> str:
    """Two or three digits, for where there is little room."""
    if value and abs(value) < 1.0:
        return fixed(value, 3 if abs(value) < 0.1 else 2)
    return f"{value + 0.0:.3g}".replace("-", MINUS)


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
