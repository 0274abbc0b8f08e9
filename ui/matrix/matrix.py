"""A matrix of numbers with names, and how its numbers are written and copied."""

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from core.arrays import Array, all_finite, without_gaps
from core.freezing import Masks
from core.record import record
from ui.matrix.axes import Axes, TurnedAxes
from ui.numbers import exact, fixed, plain

Cell = TypeVar("Cell", np.float64, np.bool_)


@record(eq=False)
class Matrix:
    """`values` (rows, columns) along `axes`.

    While an update is walked through, `blank` (rows, columns) are the cells that are not computed yet, whose values are
    NaN, and `fresh` the rows that the present phase computes. `frozen` (rows, columns) are the cells that no update
    changes; None where there are none.
    """

    axes: Axes
    values: Array
    blank: NDArray[np.bool_] | None = None
    fresh: tuple[int, ...] = ()
    frozen: NDArray[np.bool_] | None = None

    def text(self, row: int, column: int) -> str:
        """The number in a cell, which may be blank."""
        return "" if self.is_blank(row, column) else written(float(self.values[row, column]))

    def is_blank(self, row: int, column: int) -> bool:
        """Whether there is no number in a cell yet."""
        return self.blank is not None and bool(self.blank[row, column])

    def describe(self, row: int, column: int, *, exactly: bool = False) -> str:
        """A cell in words: w from x₁ to h₂ = −0.4127; or with every digit."""
        name = self.axes.name(row, column)
        if self.is_blank(row, column):
            return f"{name} is not computed yet"
        number = exact(float(self.values[row, column])) if exactly else self.text(row, column)
        return f"{name} = {number}{', frozen' if self.is_frozen(row, column) else ''}"

    def is_frozen(self, row: int, column: int) -> bool:
        """Whether no update changes it."""
        return self.frozen is not None and bool(self.frozen[row, column])

    def at_phase(self, known: Sequence[bool], fresh: Sequence[bool]) -> "Matrix":
        """With only the `known` rows, and the `fresh` ones brought out; a flag for each row."""
        if all(known) and not any(fresh):
            return self
        blank = np.repeat(~np.array(known)[:, None], self.values.shape[1], axis=1)
        values = np.where(blank, np.nan, self.values)
        return Matrix(self.axes, values, blank, tuple(row for row, is_fresh in enumerate(fresh) if is_fresh))

    def tab_separated(self, whose: str) -> str:
        """As a spreadsheet takes it: names at the top and at the left, every number with all its digits."""
        lines = [[f"{self.axes.title} ({whose})", *self.axes.columns]]
        for row, (name, values) in enumerate(zip(self.axes.rows, self.values.tolist(), strict=True)):
            lines.append([name, *("" if self.is_blank(row, at) else repr(each) for at, each in enumerate(values))])
        return "\n".join("\t".join(line) for line in lines)

    def part(self, rows: Sequence[int], columns: Sequence[int]) -> "Matrix":
        """Some of the rows and columns, with their names."""
        axes = self.axes
        names = tuple(axes.rows[row] for row in rows), tuple(axes.columns[column] for column in columns)
        blank = None if self.blank is None else self.blank[np.ix_(rows, columns)]
        return Matrix(Axes(axes.title, *names), self.values[np.ix_(rows, columns)], blank)


def parameters(
    axes: Sequence[Axes], weights: Sequence[Array], biases: Sequence[Array] | None, frozen: Masks | None = None
) -> tuple[Matrix, ...]:
    """A matrix for each layer: weights (n_in, n_out), and below them biases (n_out,) where there are such; turned over
    where its axes are."""
    values = weights if biases is None else map(np.vstack, zip(weights, biases, strict=True))
    found = tuple(Matrix(each, _turned(numbers, each)) for each, numbers in zip(axes, values, strict=True))
    if frozen is None:
        return found
    marks = frozen.weights if biases is None else map(np.vstack, zip(*frozen, strict=True))
    return tuple(replace(matrix, frozen=_turned(mark, matrix.axes)) for matrix, mark in zip(found, marks, strict=True))


def _turned(cells: NDArray[Cell], axes: Axes) -> NDArray[Cell]:
    return cells.T if isinstance(axes, TurnedAxes) else cells


def written(value: float) -> str:
    """A number to four digits, and what is none by its name."""
    return plain(value) if math.isfinite(value) else fixed(value)


def largest(matrices: Sequence[Matrix]) -> float:
    """The largest size of any number in them; infinities and NaN are left out."""
    sizes = (np.abs(matrix.values) for matrix in matrices)
    return max(float(size.max() if all_finite(size) else size[np.isfinite(size)].max(initial=0.0)) for size in sizes)


def gaps(matrices: Sequence[Matrix]) -> int:
    """How many of the numbers are not finite."""
    return sum(int(broken(matrix).sum()) for matrix in matrices if not all_finite(matrix.values))


def broken(matrix: Matrix) -> NDArray[np.bool_]:
    """Which of its numbers are not finite; what is blank is no number."""
    found = ~np.isfinite(matrix.values)
    return found if matrix.blank is None else found & ~matrix.blank


def shares(values: Array, scale: float) -> Array:
    """The values as shares of the scale, in −1 … 1; NaN is 0."""
    return np.clip(without_gaps(values) / scale, -1.0, 1.0)
