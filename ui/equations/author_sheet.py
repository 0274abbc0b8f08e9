"""What an author prints beside ours, to be shown: formulas as lines of a sheet, and the words below them."""

import re
from functools import lru_cache

from core.datasets import find_dataset
from core.errata.beside import beside, is_open, step_for
from core.errata.erratum import Erratum
from core.errata.formula import formula_text, read_formula
from core.errata.printed import Printed
from core.errata.remarks import number_lines, reasons
from core.examples import EXAMPLES
from core.explain.boxes import row, sign
from core.explain.notation import Notation
from core.explain.phases import Part
from core.explain.shown import AFTER_THE_SAMPLE, Shown, shown, step_of
from core.explain.step import Step, healed, take_step
from core.explain.written import Written, write
from core.frame import Frame
from core.record import record
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


@record(eq=False)
class ToldAuthor:
    """What is `found` in the text, its formulas over ours as a `sheet`, the `words` below, and `whose` numbers these
    are."""

    found: tuple[Printed, ...]
    sheet: Sheet
    words: str
    whose: str


def told_author(
    frame: Frame, text: str, chosen: Printed | None, part: Part | None, notation: Notation, *, fold: bool
) -> ToldAuthor:
    """What the text prints on that `part` of what is chosen in the frame, or the formula that was `chosen` instead."""
    # A formula is that of every update.
    now = shown(frame, Part.UPDATE if part is Part.MADE else part)
    found = beside(now, text) if chosen is None else (chosen,)
    step = step_for(frame, text)
    ours = _ours(frame, now, found, notation, in_step=chosen is None, fold=fold)
    elsewhere = "" if is_open(frame, text) else f" · counter-examples: {EXAMPLES[text].label} as it opens"
    coming = frame.stepping is None and chosen is None and now.phase.part in AFTER_THE_SAMPLE
    of = "next batch" if coming else frame.subject
    whose = f"{of} after step {frame.session.run.step:,}{elsewhere}"
    said = _words(found, step) if found else f"{find_dataset(text).label} prints nothing on this."
    return ToldAuthor(found, author_sheet(found, step, ours), said, whose)


def _ours(
    frame: Frame, now: Shown, found: tuple[Printed, ...], notation: Notation, *, in_step: bool, fold: bool
) -> Written | None:
    """Our equation with the numbers of the frame: the one that is shown, or the first that the formula is about."""
    equation, step, row_number = now.equation, now.step, now.row
    if not in_step or (found and not found[0].kinds):
        equation, (step, row_number) = found[0].ours(frame.network), step_of(frame)
        if equation is not None and equation.update:
            # It is that of the sample alone.
            step, row_number = take_step(frame.network, frame.x, frame.t, frame.session.spec.eta, "numpy"), 0
    right = step if step.mistake is None else healed(step)
    return None if equation is None else write(equation, right, row_number, notation, fold=fold)


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
def _words(found: tuple[Printed, ...], step: Step) -> str:
    """What is wrong, why, and numbers that show it: a paragraph for each error."""
    wrong = (printed for printed in found if printed.erratum is not None)
    return "\n".join(
        " ".join((f"{printed.where}, {mark(printed.erratum)}:", *reasons(printed, step))) for printed in wrong
    )
