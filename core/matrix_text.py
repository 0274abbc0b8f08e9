"""Numbers as people write and paste them: a matrix from a spreadsheet, a notebook or by hand, comma or point.

Cells lie between tabs, semicolons, commas or blanks, rows on lines of their own or in brackets. Names around the
numbers, a first row or column without a single number, are left out, unless they may be numbers written wrongly.
"""

import math
import re
from collections.abc import Collection

import numpy as np

from core.arrays import Array
from core.errors import InputError
from core.record import record

MOST_CHARACTERS = 4_000_000
LONGEST_QUOTE = 20
BETWEEN_BRACKETS = re.compile(r"\]\s*[,;]?\s*\[")


@record
class Matrix:
    """The `numbers` (rows, columns) of a text, and what was `left_out` as names, in words."""

    numbers: Array
    left_out: str


def read_number(text: str, what: str) -> float:
    """A finite number, with a decimal comma or point; InputError, naming `what`, when it is none."""
    number = _number(text)
    if number is None:
        said = f"is {_quoted(text)}, which is not a number" if text.strip() else "is empty and needs a number"
        raise InputError(f"{what} {said}.")
    if not math.isfinite(number):
        raise InputError(f"{what} is {_quoted(text)}, and must be a finite number.")
    return number


def read_numbers(text: str, count: int, what: str) -> Array:
    """So many numbers (count,) from one line; InputError, naming `what`, when there are more or fewer."""
    cells = [text] if count == 1 else _cells([text], _commas_separate([text], count))[0]
    if len(cells) != count:
        raise InputError(f"{what} needs {count} number{'s' if count > 1 else ''}, not {len(cells)}.")
    names = [f"{what}, number {at}," if count > 1 else what for at in range(1, count + 1)]
    return np.array([read_number(cell, name) for cell, name in zip(cells, names, strict=True)])


def read_matrix(text: str, width: int, shapes: Collection[tuple[int, int]] = ()) -> Matrix:
    """The matrix that `text` writes; `width` is how many columns are expected, and `shapes` are those that fit.

    InputError, naming the row and column, when a cell is no number or a row has another length, or when the text
    has a shape that fits only with what looks like names.
    """
    if len(text) > MOST_CHARACTERS:
        raise InputError(f"That is too long: at most {MOST_CHARACTERS:,} characters are read.")
    lines = BETWEEN_BRACKETS.sub("\n", text).replace("]", "").replace("[", "").splitlines()
    # A tab at the end of a line is an empty cell of a spreadsheet; a comma there is Python's.
    lines = [line if "\t" in line else line.strip(" ,;") for line in lines if line.strip(" ,;\t")]
    cells, left_out = _without_names(_cells(lines, _commas_separate(lines, width)), width, shapes)
    if not cells:
        raise InputError("There are no numbers in that text.")
    for at, row in enumerate(cells, start=1):
        if len(row) != len(cells[0]):
            raise InputError(f"Row {at} has {len(row)} numbers, and row 1 has {len(cells[0])}.")
    numbers = [
        [read_number(cell, f"Row {i}, column {j}") for j, cell in enumerate(row, start=1)]
        for i, row in enumerate(cells, start=1)
    ]
    return Matrix(np.array(numbers), left_out)


def _cells(lines: list[str], commas: bool) -> list[list[str]]:
    for separator in "\t;":
        if any(separator in line for line in lines):
            return [[cell.strip() for cell in line.split(separator)] for line in lines]
    between = r"\s*,\s*|\s+" if commas else r"\s+"
    return [[cell for cell in re.split(between, line.strip()) if cell] for line in lines]


def _commas_separate(lines: list[str], width: int) -> bool:
    """Whether commas stand between numbers, and not within them: in doubt, what gives the expected width."""
    if any("," in line and ("." in line or re.search(r",\s|\s,", line)) for line in lines):
        return True
    return all(len(line.split()) != width and line.count(",") == width - 1 for line in lines)


def _without_names(
    cells: list[list[str]], width: int, shapes: Collection[tuple[int, int]]
) -> tuple[list[list[str]], str]:
    """The cells without names, and what was left out, in words."""
    if not cells:
        return [], ""
    above = int(all(_number(cell) is None for cell in cells[0]))
    rows = cells[above:]
    beside = int(bool(rows) and all(len(row) > width and _number(row[0]) is None for row in rows))
    # Names on both sides have nothing in their corner.
    if not (above and beside and not cells[0][0]):
        for top, left in {(0, beside), (above, 0), (0, 0)} - {(above, beside)}:
            kept = [row[left:] for row in cells[top:]]
            if len({len(row) for row in kept}) == 1 and (len(kept), len(kept[0])) in shapes:
                side = "row" if top < above else "column"
                raise InputError(
                    f"Row {top + 1}, column {left + 1} is {_quoted(kept[0][0])}, which is not a number; "
                    f"leave the first {side} out if it holds names."
                )
    left_out = [f"the first row {_quoted(' '.join(cells[0]))}"] * above
    left_out += [f"the first column {_quoted(' '.join(row[0] for row in rows))}"] * beside
    return [row[beside:] for row in rows], " and ".join(left_out)


def _number(text: str) -> float | None:
    plain = text.strip().replace("−", "-")
    if "." not in plain:
        plain = plain.replace(",", ".")
    try:
        return float(plain)
    except ValueError:
        return None


def _quoted(text: str) -> str:
    short = text.strip()
    return f"“{short if len(short) <= LONGEST_QUOTE else short[:LONGEST_QUOTE] + '…'}”"
