"""The equation of a whole layer with its numbers put in: matrices of numbers for its vectors and matrices."""

from dataclasses import replace

import numpy as np

from core.arrays import Array
from core.explain.boxes import Box, row, sign
from core.explain.equations import Layers
from core.explain.matrices import MatrixEquation, matrix_line
from core.explain.naming import Naming
from core.explain.notation import Notation
from core.explain.numbers_shown import DIGITS, MOST_DIGITS, NOISE, rounded
from core.explain.step import Step
from core.explain.terms import (
    Add,
    Apply,
    Function,
    Grid,
    Kind,
    Negative,
    Number,
    Over,
    Quantity,
    Term,
    Times,
    Transposed,
    mapped,
)
from core.explain.typeset import Typesetter
from core.record import record

# More numbers are better seen in the panels of matrices.
MOST_NUMBERS = 64


@record
class WorkedMatrices:
    """The three lines of a layer: in `general`, `here`, and left = `numbers` = `result`, in so many digits.

    `agrees`: the numbers as shown give the result as shown.
    """

    general: Box
    here: Box
    left: Box
    numbers: Box
    result: Box
    digits: int
    agrees: bool


def worked_matrices(equation: MatrixEquation, step: Step, row_number: int, notation: Notation) -> WorkedMatrices | None:
    """The equation for that row of `step`; None where it is made of more numbers than can be read.

    Or of other rows, too.
    """
    work = _Work(step, row_number, notation)
    made_of = _quantities(equation.right)
    if any(quantity.sample is not None for quantity in made_of):
        return None
    if sum(work.values(quantity).size for quantity in (equation.left, *made_of)) > MOST_NUMBERS:
        return None
    network = step.network
    naming = Naming(notation, network.sizes, network.activations)
    result = work.values(replace(equation.left, new=equation.update))
    digits, agrees = work.digits_needed(equation.right, result)
    here = replace(equation, layers=Layers.NUMBERED)
    return WorkedMatrices(
        matrix_line(equation, network, notation),
        matrix_line(here, network, notation),
        naming.quantity(equation.left),
        Typesetter(naming, digits).box(work.put_in(equation.right)),
        Typesetter(naming, DIGITS).box(_grid(result)),
        digits,
        agrees,
    )


@record
class _Work:
    step: Step
    row: int
    notation: Notation

    def values(self, quantity: Quantity) -> Array:
        """The numbers of a whole vector or matrix, as it lies in the notation."""
        values = np.atleast_2d(self.step.whole(quantity, self.row))
        return values.T if self.notation.columns else values

    def put_in(self, term: Term) -> Term:
        """The term with numbers for its quantities."""
        match term:
            case Quantity(kind=Kind.ETA):
                return Number(self.step.eta)
            case Quantity():
                return _grid(self.values(term))
            case Transposed(Quantity() as matrix):
                return _grid(self.values(matrix).T)
            case Function():
                sigmoid = self.step.network.activations[term.layer - 1] == "sigmoid"
                name = (self.notation.function if sigmoid else "f") + ("′" if term.slope else "")
                return Apply(name, (_grid(self.values(_argument(term))),), letter=True)
            case _:
                return mapped(term, self.put_in)

    def digits_needed(self, right: Term, result: Array) -> tuple[int, bool]:
        """The fewest digits with which the numbers give the result as shown, and whether any do."""
        wanted = _rounded(result, DIGITS)
        with np.errstate(all="ignore"):
            for digits in range(DIGITS, MOST_DIGITS + 1):
                got = self._computed(right, digits)
                if all(np.array_equal(_rounded(got * (1 + noise), DIGITS), wanted) for noise in (-NOISE, 0.0, NOISE)):
                    return digits, True
        return DIGITS, False

    def _computed(self, term: Term, digits: int) -> Array:
        """What the term comes to with rounded numbers."""
        match term:
            case Quantity():
                return _rounded(self.values(term), digits)
            case Add():
                return sum((self._computed(each, digits) for each in term.terms), start=np.zeros(()))
            case Negative():
                return -self._computed(term.term, digits)
            case Transposed():
                return self._computed(term.term, digits).T
            case Times():
                product = self._computed(term.factors[0], digits)
                for factor in term.factors[1:]:
                    other = self._computed(factor, digits)
                    by_entry = term.by_entry or product.size == 1 or other.size == 1
                    product = product * other if by_entry else product @ other
                return product
            case Number():
                return np.full((1, 1), term.value)
            case Over():
                return self._computed(term.top, digits) / self._computed(term.bottom, digits)
            case Function():
                return self._of_function(term, digits)
            case _:
                raise TypeError(f"{type(term).__name__} stands in no equation of matrices")

    def _of_function(self, function: Function, digits: int) -> Array:
        z = _rounded(self.values(_argument(function)), digits)
        lying = z.T if self.notation.columns else z
        f = self.step.network.layers[function.layer - 1].f
        a = f(lying)
        if function.slope:
            slope = np.empty_like(a)
            f.slope(lying, a, slope)
            a = slope
        return a.T if self.notation.columns else a


def _argument(function: Function) -> Quantity:
    return Quantity(Kind.Z, function.layer)


def _quantities(term: Term) -> list[Quantity]:
    """All that numbers are put in for."""
    found: list[Quantity] = []

    def look(inner: Term) -> Term:
        match inner:
            case Quantity():
                found.append(inner)
            case Function():
                found.append(_argument(inner))
            case _:
                mapped(inner, look)
        return inner

    look(term)
    return found


def _grid(values: Array) -> Grid:
    return Grid(tuple(tuple(map(Number, line)) for line in values.tolist()))


def _rounded(values: Array, digits: int) -> Array:
    return np.array([[rounded(value, digits) for value in line] for line in values.tolist()])


def numbers_line(worked: WorkedMatrices) -> Box:
    """left = numbers =, to which the result is to be added."""
    return row(worked.left, sign("="), worked.numbers, sign("=" if worked.agrees else "≈"))
