"""What there is to say of an author's formulas beside ours, line by line."""

from collections.abc import Iterator

from core.errata.erratum import Counterexample, Erratum, errata_of
from core.errata.printed import Printed, printed_in
from core.explain.boxes import Box
from core.explain.notation import Notation
from core.explain.numbers_shown import DIGITS
from core.explain.plain_text import plain_text
from core.explain.typeset import number_box
from core.explain.written import general_line
from core.network import Network

TEXTS = {
    "365": "000 is the article with the figures, 001 the long article, 003 the course notes (365 Data Science).",
    "medium": "002 is the article on Medium.",
    "duke": "004 is the tutorial of Duke University.",
}
KINDS = {"V": "gives a wrong number", "M": "misprint", "W": "wording"}


def remarks(example: str, network: Network, notation: Notation) -> Iterator[str | Box]:
    """Words and equations: each printed formula, ours, and what is wrong with it; then the other errors of the text."""
    told: set[str] = set()
    if example in TEXTS:
        yield TEXTS[example]
    for printed in printed_in(example):
        yield f"{printed.where} prints: {printed.formula}"
        if printed.ours is not None:
            yield general_line(printed.ours(network), network, notation)
        if printed.erratum is not None:
            told.add(printed.erratum.name)
            yield from _told(printed)
    for erratum in errata_of(example):
        if erratum.name not in told:
            yield f"{erratum.where} ({KINDS[erratum.kind]}): {erratum.printed}. Correct: {erratum.correct}."
            yield from _reason(erratum)


def _told(printed: Printed) -> Iterator[str]:
    erratum = printed.erratum
    if erratum is not None:
        yield f"That is wrong ({KINDS[erratum.kind]}); correct: {erratum.correct}."
        yield from _reason(erratum)


def _reason(erratum: Erratum) -> Iterator[str]:
    yield erratum.reason
    if erratum.shown is not None:
        yield _numbers(erratum.shown())


def _numbers(shown: Counterexample) -> str:
    line = f"In numbers, {shown.what}: as printed {_number(shown.printed)}, correct {_number(shown.correct)}"
    return f"{line}." if shown.numeric is None else f"{line}, by central difference {_number(shown.numeric)}."


def _number(value: float) -> str:
    return plain_text(number_box(value, DIGITS))
