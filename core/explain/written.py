"""An equation as it is read: in general, for these indices, with the numbers put in, and its result."""

from dataclasses import replace
from functools import lru_cache

from core.explain.boxes import Box, row, sign
from core.explain.equations import Equation
from core.explain.latex import latex
from core.explain.naming import Naming
from core.explain.notation import NOTATIONS, Notation
from core.explain.numbers_shown import Digits, digits_needed
from core.explain.plain_text import plain_text
from core.explain.put_in import put_in_indices, put_in_numbers
from core.explain.step import Step
from core.explain.terms import Quantity, Role, Term, evaluate
from core.explain.typeset import Typesetter, number_box
from core.network import Network
from core.record import record


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
    network, place = step.network, tuple(equation.place.items())
    described = network.sizes, network.activations, notation.name
    left, left_box = _here(equation.left, place, fold, *described)
    assert isinstance(left, Quantity)
    true = None if equation.claimed else step.value(replace(left, new=equation.update), row_number)
    here, here_box = _here(equation.to_work_out, place, fold, *described)
    numbers, digits = _worked_out(here, step, row_number, true)
    if not digits.agrees and equation.otherwise is not None:
        here, here_box = _here(equation.otherwise, place, fold, *described)
        numbers, digits = _worked_out(here, step, row_number, true)
    setter = Typesetter(Naming(notation, network.sizes, network.activations), digits.of_numbers)
    return Written(
        equation.name,
        equation.source,
        *_general(equation, *described),
        left_box,
        here_box,
        setter.box(numbers),
        number_box(digits.result, digits.of_result),
        "←" if equation.update else "=",
        digits,
    )


def general_line(equation: Equation, network: Network, notation: Notation) -> Box:
    """The general form of an equation on one line."""
    left, right = _general(equation, network.sizes, network.activations, notation.name)
    return row(left, sign("←" if equation.update else "="), right)


# Names do not change with the numbers: they are found once for an equation, and not for each frame that shows it.
KNOWN = 256


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
    fold: bool,
    sizes: tuple[int, ...],
    activations: tuple[str, ...],
    notation: str,
) -> tuple[Term, Box]:
    """A side of an equation with its indices put in, and how it is written."""
    here = put_in_indices(term, dict(place), activations, fold=fold)
    return here, Typesetter(Naming(NOTATIONS[notation], sizes, activations)).box(here)


def _worked_out(here: Term, step: Step, row_number: int, true: float | None) -> tuple[Term, Digits]:
    """`here` with its numbers, and the digits that these need to give the `true` result."""
    numbers = put_in_numbers(here, step, row_number)
    return numbers, digits_needed(numbers, evaluate(numbers) if true is None else true)
