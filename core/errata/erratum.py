"""An error in a text: where it stands, what is printed, what is right and why, and a number that shows it."""

from collections.abc import Callable
from typing import Literal

from core.explain.numbers_shown import DIGITS
from core.explain.step import Step
from core.record import record
from core.registry import Registry

# As many digits as Mazur prints.
EXACT = 9


@record
class Counterexample:
    """What a printed formula gives for `what`, and what is correct; `numeric` is a slope's central difference.

    So many `digits` show that they differ.
    """

    what: str
    printed: float
    correct: float
    numeric: float | None = None
    digits: int = DIGITS


@record
class Erratum:
    """One error of the text that `example` comes from.

    `kind`: V, computing what is printed gives a wrong number, and `shown` computes both on a step of that example; M, a
    misprint of a symbol or an index; W, the wording.
    """

    name: str
    kind: Literal["V", "M", "W"]
    example: str
    where: str
    printed: str
    correct: str
    reason: str
    shown: Callable[[Step], Counterexample] | None = None


ERRATA: Registry[Erratum] = Registry("erratum")


def errata_of(example: str) -> tuple[Erratum, ...]:
    """Those of the text that an example comes from."""
    return tuple(erratum for erratum in ERRATA if erratum.example == example)
