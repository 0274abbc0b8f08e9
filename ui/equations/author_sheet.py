"""What an author prints beside ours, to be shown: formulas as lines of a sheet, and the words below them."""

import re
from functools import lru_cache

from core.errata.erratum import Erratum
from core.errata.formula import formula_text, read_formula
from core.errata.printed import Printed
from core.errata.remarks import number_lines, reasons
from core.explain.boxes import row, sign
from core.explain.step import Step
from core.explain.written import Written
from ui.equations.view import Line, Sheet

MARKS = {"V": "✗ wrong", "M": "✗ misprint", "W": "✗ wording"}
RIGHT = "✓ right"
WORD_BELOW = re.compile(r"_\{(\w+)\}")


def mark(erratum: Erratum | None) -> str:
    """Right, or what kind of error it is, in a word."""
    return RIGHT if erratum is None else MARKS[erratum.kind]


def title(printed: Printed) -> str:
    """What is printed, on one line: the formula, or the words that are wrong."""
    if printed.formula:
        return WORD_BELOW.sub(r"_\1", formula_text(printed.formula))
    assert printed.erratum is not None
    return printed.erratum.printed


def author_sheet(found: tuple[Printed, ...], step: Step, ours: Written | None) -> Sheet:
    """The formulas as printed, each with its mark, over ours in general and with the numbers of the moment."""
    lines: list[Line] = []
    for printed in found:
        if printed.formula:
            lines.append(Line(mark(printed.erratum), read_formula(printed.formula)))
        lines += (Line("computed", box) for box in number_lines(printed, step))
    if ours is not None:
        numbers = [ours.numbers, sign("=")] if ours.numbers != ours.result else []
        lines.append(Line("ours", ours.lines()[0]))
        lines.append(Line("numbers", row(ours.left, sign("="), *numbers), ours.result))
    where = " · ".join(dict.fromkeys(printed.where for printed in found))
    return Sheet(where or "nothing printed", "", tuple(lines))


@lru_cache(maxsize=4)
def words(found: tuple[Printed, ...], step: Step) -> str:
    """What is wrong, why, and numbers that show it: a paragraph for each error."""
    wrong = (printed for printed in found if printed.erratum is not None)
    return "\n".join(
        " ".join((f"{printed.where}, {mark(printed.erratum)}:", *reasons(printed, step))) for printed in wrong
    )
