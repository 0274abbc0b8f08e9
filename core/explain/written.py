"""An equation as it is read: in general, for these indices, with the numbers put in, and its result."""

from dataclasses import replace
from functools import lru_cache

from core.explain.boxes import Box, row, sign
from core.explain.equations import Equation
from core.explain.latex import latex
from core.explain.naming import Naming
from core.explain.notation import NOTATIONS, Notation
from core.explain.numbers_shown import Digits, finding_digits
from core.explain.plain_text import plain_text
from core.explain.put_in import SHOWN_FIRST, put_in_indices, putting_in_indices, putting_in_numbers
from core.explain.step import Step
from core.explain.terms import Quantity, Role, Term, evaluate
from core.explain.typeset import Typesetter, number_box
from core.network import Network
from core.record import record
from core.work import Work, finished


@record
class Written:
    """The three lines of an equation: left = right of `general` and `here`; `numbers` = `result`.

    `digits` says how many they are shown with, and that the numbers as shown give the result as shown.
    """

    name: str
    source: str
    left_general: Box
    general: Box
    left: Box
    here: Box
    numbers: Box
    result: Box
    relation: str
    digits: Digits

    def lines(self, result: Box | None = None) -> tuple[Box, Box, Box]:
        """The three whole lines; `result` may stand for the result, as a blank does."""
        return (
            row(self.left_general, sign(self.relation), self.general),
            row(self.left, sign(self.relation), self.here),
            row(
                self.left,
                sign("="),
                *([self.numbers, sign("=" if self.digits.agrees else "≈")] if self.numbers != self.result else []),
                self.result if result is None else result,
            ),
        )

    def as_text(self) -> str:
        """The lines as text."""
        return "\n".join(plain_text(line) for line in self.lines())

    def as_latex(self) -> str:
        """The lines as LaTeX, one under another."""
        body = " \\\\\n".join(latex(line) for line in self.lines())
        return f"\\begin{{gathered}}\n{body}\n\\end{{gathered}}"


def write(equation: Equation, step: Step, row_number: int, notation: Notation, *, fold: bool = True) -> Written:
    """`equation` in `notation`, with the numbers of that row of `step`; where `fold`, long sums hide their middle."""
    return finished(writing(equation, step, row_number, notation, SHOWN_FIRST if fold else None))


def writing(equation: Equation, step: Step, row_number: int, notation: Notation, first: int | None) -> Work[Written]:
    """As `write`, with so many `first` terms of long sums, or all, and then with a pause after each of them."""
    network, place = step.network, tuple(equation.place.items())
    described = network.sizes, network.activations, notation.name
    left, left_box = _here(equation.left, place, first, *described)
    assert isinstance(left, Quantity)
    true = None if equation.claimed else step.value(replace(left, new=equation.update), row_number)

    def work_out(right: Term) -> Work[tuple[Box, Term, Digits]]:
        known = None if first is None else _here(right, place, first, *described)
        here, box = known or (yield from _opened(right, place, *described))
        numbers = yield from putting_in_numbers(here, step, row_number)
        digits = yield from finding_digits(numbers, evaluate(numbers) if true is None else true)
        return box, numbers, digits

    here_box, numbers, digits = yield from work_out(equation.to_work_out)
    if not digits.agrees and equation.otherwise is not None:
        here_box, numbers, digits = yield from work_out(equation.otherwise)
    setter = Typesetter(Naming(notation, network.sizes, network.activations), digits.of_numbers)
    numbers_box = yield from setter.setting(numbers)
    return Written(
        equation.name,
        equation.source,
        *_general(equation, *described),
        left_box,
        here_box,
        numbers_box,
        number_box(digits.result, digits.of_result),
        "←" if equation.update else "=",
        digits,
    )


def general_line(equation: Equation, network: Network, notation: Notation) -> Box:
    """The general form of an equation on one line."""
    left, right = _general(equation, network.sizes, network.activations, notation.name)
    return row(left, sign("←" if equation.update else "="), right)


# Names do not change with the numbers: they are found once for an equation, and not for each frame that shows it.
# A sum over a thousand units that is not folded takes megabytes.
KNOWN, KNOWN_LONG = 256, 4


@lru_cache(KNOWN)
def _general(
    equation: Equation, sizes: tuple[int, ...], activations: tuple[str, ...], notation: str
) -> tuple[Box, Box]:
    """Both sides of the general form."""
    setter = Typesetter(Naming(NOTATIONS[notation], sizes, activations, equation.layers, equation.layer))
    return setter.box(equation.left), setter.box(equation.right)


@lru_cache(KNOWN)
def _here(
    term: Term,
    place: tuple[tuple[Role, int], ...],
    first: int | None,
    sizes: tuple[int, ...],
    activations: tuple[str, ...],
    notation: str,
) -> tuple[Term, Box]:
    """A side of an equation with its indices put in, and how it is written, with so many terms of long sums."""
    here = put_in_indices(term, dict(place), activations, first=first)
    return here, Typesetter(Naming(NOTATIONS[notation], sizes, activations)).box(here)


@lru_cache(KNOWN_LONG)
def _made_before(*_: object) -> list[tuple[Term, Box]]:
    """Where that is kept, once it is made, which is work."""
    return []


def _opened(
    term: Term,
    place: tuple[tuple[Role, int], ...],
    sizes: tuple[int, ...],
    activations: tuple[str, ...],
    notation: str,
) -> Work[tuple[Term, Box]]:
    """The same with all terms of its sums."""
    made = _made_before(term, place, sizes, activations, notation)
    if not made:
        here = yield from putting_in_indices(term, dict(place), activations)
        box = yield from Typesetter(Naming(NOTATIONS[notation], sizes, activations)).setting(here)
        made.append((here, box))
    return made[0]
