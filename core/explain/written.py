"""An equation as it is read: in general, for these indices, with the numbers put in, and its result."""

from dataclasses import dataclass, replace

from core.explain.boxes import Box, row, sign
from core.explain.equations import Equation
from core.explain.latex import latex
from core.explain.naming import Naming
from core.explain.notation import Notation
from core.explain.numbers_shown import Digits, digits_needed
from core.explain.plain_text import plain_text
from core.explain.put_in import put_in_indices, put_in_numbers
from core.explain.step import Step
from core.explain.terms import Quantity, Term, evaluate
from core.explain.typeset import Typesetter, number_box
from core.network import Network


@dataclass(frozen=True)
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
    network = step.network
    left = put_in_indices(equation.left, equation.place, network.activations)
    assert isinstance(left, Quantity)
    true = None if equation.claimed else step.value(replace(left, new=equation.update), row_number)
    here, numbers, digits = _worked_out(equation.to_work_out, equation, step, row_number, true, fold)
    if not digits.agrees and equation.otherwise is not None:
        here, numbers, digits = _worked_out(equation.otherwise, equation, step, row_number, true, fold)
    general = Typesetter(Naming(notation, network.sizes, network.activations, equation.layers, equation.layer))
    concrete = Typesetter(Naming(notation, network.sizes, network.activations))
    return Written(
        equation.name,
        equation.source,
        general.box(equation.left),
        general.box(equation.right),
        concrete.box(left),
        concrete.box(here),
        replace(concrete, digits=digits.of_numbers).box(numbers),
        number_box(digits.result, digits.of_result),
        "←" if equation.update else "=",
        digits,
    )


def general_line(equation: Equation, network: Network, notation: Notation) -> Box:
    """The general form of an equation on one line."""
    setter = Typesetter(Naming(notation, network.sizes, network.activations, equation.layers, equation.layer))
    return row(setter.box(equation.left), sign("←" if equation.update else "="), setter.box(equation.right))


def _worked_out(
    right: Term, equation: Equation, step: Step, row_number: int, true: float | None, fold: bool
) -> tuple[Term, Term, Digits]:
    """`right` with its indices, then with its numbers, and the digits that these need to give the `true` result."""
    here = put_in_indices(right, equation.place, step.network.activations, fold=fold)
    numbers = put_in_numbers(here, step, row_number)
    return here, numbers, digits_needed(numbers, evaluate(numbers) if true is None else true)
