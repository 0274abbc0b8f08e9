"""What there is to say of an author's formulas beside ours, line by line."""

from collections.abc import Iterator
from functools import lru_cache

from core.errata.erratum import EXACT, Counterexample, Erratum
from core.errata.formula import read_formula
from core.errata.formulas import printed_in
from core.errata.printed import Printed
from core.examples import EXAMPLES
from core.explain.boxes import Box, row, sign
from core.explain.notation import Notation
from core.explain.plain_text import plain_text
from core.explain.step import Step, take_step
from core.explain.typeset import number_box
from core.explain.written import general_line
from core.network import Network

TEXTS = {
    "365": "000 is the article with the figures, 001 the long article, 003 the course notes (365 Data Science).",
    "medium": "002 is the article on Medium.",
    "duke": "004 is the tutorial of Duke University.",
    "mazur": "M. Mazur, A Step by Step Backpropagation Example, 2015.",
}
KINDS = {"V": "gives a wrong number", "M": "misprint", "W": "wording"}


def remarks(example: str, network: Network, notation: Notation) -> Iterator[str | Box]:
    """Words and equations: each printed formula, ours, and what is wrong with it; errors of words alone at the end."""
    if example in TEXTS:
        yield TEXTS[example]
    told: set[str] = set()
    step = example_step(example)
    for printed in printed_in(example):
        yield f"{printed.where}{_kind(printed)}:"
        if printed.formula:
            yield read_formula(printed.formula)
        if (ours := printed.ours(network)) is not None:
            yield "Ours:"
            yield general_line(ours, network, notation)
        yield from number_lines(printed, step)
        if printed.erratum is not None and printed.error not in told:
            told.add(printed.error)
            yield from reasons(printed, step)


@lru_cache(maxsize=16)
def example_step(example: str) -> Step:
    """The update that an example begins with, by the plain kernel: it is ready at once."""
    own = EXAMPLES[example]
    one = slice(own.sample, own.sample + 1)
    return take_step(own.network, own.x[one], own.t[one], own.eta, "numpy")


def number_lines(printed: Printed, step: Step) -> tuple[Box, ...]:
    """The numbers that stand beside a formula, computed."""
    return tuple(
        row(read_formula(computed.formula), sign("="), number_box(computed.value(step), EXACT))
        for computed in printed.numbers
    )


def reasons(printed: Printed, step: Step) -> Iterator[str]:
    """What is wrong with a formula: what is printed where that is words, what is right, why, and numbers."""
    erratum = printed.erratum
    if erratum is None:
        return
    if not printed.formula:
        yield f"Printed: {erratum.printed}."
    yield f"Correct: {erratum.correct}."
    yield erratum.reason
    if erratum.shown is not None:
        yield in_numbers(erratum.shown(step))


def in_numbers(shown: Counterexample) -> str:
    """A counter-example as a sentence."""
    printed, correct = (_number(value, shown.digits) for value in (shown.printed, shown.correct))
    line = f"In numbers, {shown.what}: as printed {printed}, correct {correct}"
    numeric = shown.numeric
    return f"{line}." if numeric is None else f"{line}, by central difference {_number(numeric, shown.digits)}."


def verdict(erratum: Erratum | None) -> str:
    """Right, or what kind of error it is."""
    return "right" if erratum is None else f"wrong: {KINDS[erratum.kind]}"


def _kind(printed: Printed) -> str:
    return f" ({verdict(printed.erratum)})"


def _number(value: float, digits: int) -> str:
    return plain_text(number_box(value, digits))
