"""With how many digits numbers are shown, so that whoever computes with the shown ones gets the result as shown."""

import math
from decimal import Decimal

from core.explain.terms import Term, evaluate
from core.record import record
from core.work import Work, finished

DIGITS, MOST_DIGITS = 4, 17
PLAIN_FROM, PLAIN_BELOW = 1e-4, 1e6
# Another order of the same operations may change so much of a value.
NOISE = 1e-12


def rounded(value: float, digits: int) -> float:
    """`value` to so many significant digits; all of them from MOST_DIGITS on."""
    if digits >= MOST_DIGITS or not math.isfinite(value):
        return value + 0.0
    return float(f"{value:.{digits - 1}e}") + 0.0


def number_parts(value: float, digits: int) -> tuple[str, int | None]:
    """How `value` is written with so many digits: a decimal number, and the power of ten behind it, if any.

    Zeros at the end are left out where nothing was rounded: 0.5 is a half, and 0.5000 nearly one.
    """
    if not math.isfinite(value):
        return ("NaN" if math.isnan(value) else "∞" if value > 0 else "−∞"), None
    short = rounded(value, digits)
    shown = Decimal(repr(short))
    power = None
    if short and not PLAIN_FROM <= abs(short) < PLAIN_BELOW:
        power = shown.adjusted()
        shown = shown.scaleb(-power)
    if short == value:
        text = f"{shown.normalize():f}"
    else:
        # So many decimals that `digits` significant ones stand there; a whole number has none.
        text = f"{shown:.{max(0, digits - 1 - shown.adjusted())}f}"
    return text.replace("-", "−"), power


@record
class Digits:
    """How many digits the numbers on the right have, and the `result`, shown with `of_result` digits.

    `agrees`: the numbers as shown give the result as shown.
    """

    of_numbers: int
    of_result: int
    result: float
    agrees: bool = True


def digits_needed(right: Term, result: float) -> Digits:
    """The fewest digits with which `right` gives `result`, at once."""
    return finished(finding_digits(right, result))


def finding_digits(right: Term, result: float) -> Work[Digits]:
    """The fewest digits with which `right` gives `result`; with a pause after each number of digits.

    Where rounding noise is all that there is (0.1 + 0.2 − 0.3), what all digits give is shown as the result; where
    they give something else, since a number on the way is too large or too small, the result does not agree.
    """
    for shown in (DIGITS, DIGITS - 1):
        wanted = rounded(result, shown)
        for digits in range(shown, MOST_DIGITS + 1):
            if _gives(right, digits, wanted, shown):
                return Digits(digits, shown, result)
            yield
    got = evaluate(right)
    if abs(got - result) <= NOISE * max(1.0, _largest(right)):
        return Digits(MOST_DIGITS, DIGITS, got)
    return Digits(DIGITS, DIGITS, result, agrees=False)


def _gives(right: Term, digits: int, wanted: float, shown: int) -> bool:
    got = evaluate(right, lambda value: rounded(value, digits))
    return all(rounded(got * (1.0 + noise), shown) == wanted for noise in (-NOISE, 0.0, NOISE))


def _largest(term: Term) -> float:
    """The largest absolute number in it."""
    found = [0.0]

    def look(value: float) -> float:
        found.append(abs(value))
        return value

    evaluate(term, look)
    return max(found)
