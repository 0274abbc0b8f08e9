"""A report as text, Markdown or LaTeX, and as a worksheet with blanks and its solution."""

from collections.abc import Callable, Iterable, Iterator
from itertools import chain

import numpy as np

from core.explain.boxes import Blank, Box, row, sign
from core.explain.document import Section
from core.explain.equations import has_biases
from core.explain.latex import latex
from core.explain.latex_lines import END, PREAMBLE, displayed
from core.explain.latex_words import latex_words
from core.explain.matrices import matrix_box
from core.explain.naming import Naming
from core.explain.numbers_shown import MOST_DIGITS, digits_needed
from core.explain.paths import Path
from core.explain.phases import table_step_name
from core.explain.plain_text import plain_text
from core.explain.report import Report
from core.explain.terms import Add, Kind, Number, Quantity, Term, Times
from core.explain.typeset import Typesetter, number_box
from core.explain.written import Written
from core.gradient_check import TOLERANCE
from core.record import record
from core.selection import Edge

# What is larger has no room on a page, and is not written out.
MOST_LINES, MOST_COLUMNS = 40, 32


@record
class Manner:
    """How a kind of document writes a heading, a line of words, and an equation, and how it parts its halves."""

    heading: Callable[[str], str]
    words: Callable[[str], str]
    equation: Callable[[Box], str]
    solution: tuple[str, ...] = ()
    begin: str = ""
    end: str = ""


MANNERS = {
    "text": Manner(lambda words: f"\n{words}\n{'-' * len(words)}", str, lambda box: f"  {plain_text(box)}"),
    "markdown": Manner(
        lambda words: f"\n## {words}\n",
        lambda words: f"{words}  ",
        lambda box: f"$${latex(box)}$$\n",
        ("", "---", "", "# Solution"),
    ),
    "latex": Manner(
        lambda words: f"\n\\section*{{{latex_words(words)}}}",
        lambda words: f"{latex_words(words)}\\par",
        displayed,
        (r"\newpage", r"\section*{Solution}"),
        PREAMBLE,
        END,
    ),
}


def report_lines(report: Report, kind: str) -> Iterator[str]:
    """The report in one of MANNERS, line by line."""
    manner = MANNERS[kind]
    parts = _opening(report, manner), _body(report, manner, blanks=False)
    return _whole(manner, *parts, _paths(report, manner), _proof(report, manner), _remarks(report, manner))


def worksheet_lines(report: Report, kind: str = "markdown") -> Iterator[str]:
    """A worksheet, line by line: every result a blank to fill in, and its solution behind it."""
    manner = MANNERS[kind]
    with_blanks, solved = (_body(report, manner, blanks=blanks) for blanks in (True, False))
    return _whole(manner, _opening(report, manner), with_blanks, manner.solution, solved)


def _whole(manner: Manner, *parts: Iterable[str]) -> Iterator[str]:
    yield from filter(None, (manner.begin,))
    yield from chain(*parts)
    yield from filter(None, (manner.end,))


def _opening(report: Report, manner: Manner) -> Iterator[str]:
    yield manner.words(report.title)
    yield manner.words(f"Notation: {report.notation.label} ({report.notation.source}); {report.notation.matrices}.")
    yield manner.heading("Given")
    network = report.step.network
    last = len(network.layers)
    for subject in report.subjects:
        if subject.name:
            yield manner.words(f"{subject.name}:")
        for kind, k in ((Kind.A, 0), (Kind.T, last)):
            yield _given(report, manner, Quantity(kind, k), subject.row)
    left_out = report.step.rows - len(report.subjects)
    if left_out:
        yield manner.words(f"The other {left_out:,} rows of the batch are gone through alike; the means have them all.")
    parameters = (Kind.W, Kind.B) if has_biases(network) else (Kind.W,)
    for k in range(1, last + 1):
        for kind in parameters:
            yield _given(report, manner, Quantity(kind, k))
    yield from _given_of_the_rule(report, manner)


def _given_of_the_rule(report: Report, manner: Manner) -> Iterator[str]:
    """η, and what the optimiser remembers."""
    step, naming = report.step, _naming(report)
    yield manner.equation(row(naming.quantity(Quantity(Kind.ETA)), sign("="), number_box(step.eta, MOST_DIGITS)))
    if letters := step.rule.terms.letters:
        number = naming.quantity(Quantity(Kind.NUMBER))
        yield manner.equation(row(number, sign("="), number_box(step.rule.number, MOST_DIGITS)))
    for letter in letters:
        for k in range(1, len(step.network.sizes)):
            for kind in (Kind.STATE_W, *([Kind.STATE_B] if step.network.biased else [])):
                yield _given(report, manner, Quantity(kind, k, letter=letter))


def _given(report: Report, manner: Manner, quantity: Quantity, row_number: int = 0) -> str:
    """name = numbers, with all their digits; of what no page has room for, only how many they are."""
    values = np.atleast_2d(report.step.whole(quantity, row_number))
    lines, columns = values.T.shape if report.notation.columns else values.shape
    if lines > MOST_LINES or columns > MOST_COLUMNS:
        name = plain_text(_naming(report).quantity(quantity))
        return manner.words(f"{name} has {values.size:,} numbers, which are not written out.")
    return manner.equation(matrix_box(quantity, report.step, report.notation, row_number, exact=True))


def _body(report: Report, manner: Manner, *, blanks: bool) -> Iterator[str]:
    for number, section in enumerate(report.sections, start=1):
        if not section.groups:
            continue
        yield manner.heading(f"{number}. {section.title}{_table_step(section)}")
        for line in section.matrices:
            yield manner.equation(line)
        for group in section.groups:
            first = group.written[0]
            yield manner.equation(first.lines()[0])
            for written in group.written:
                yield from _worked(written, manner, blanks)
            if group.more:
                yield manner.words(f"… and {group.more:,} more like these.")


def _worked(written: Written, manner: Manner, blanks: bool) -> Iterator[str]:
    _, here, numbers = written.lines()
    yield manner.equation(here)
    yield manner.equation(row(written.left, sign("="), Blank()) if blanks else numbers)


def _table_step(section: Section) -> str:
    return "" if section.step is None else f" ({table_step_name(section.step)})"


def _paths(report: Report, manner: Manner) -> Iterator[str]:
    start, paths = report.paths.start, report.paths
    assert isinstance(start, Edge)
    slope = Quantity(Kind.D_W, start.layer, (start.source, start.target))
    subject = report.subjects[0].name
    yield manner.heading(f"Paths{f' of {subject}' if subject else ''}: multiply along each, add across them")
    naming = _naming(report)
    if paths.grouped:
        yield manner.words(f"{sum(path.count for path in paths.paths):,} paths, by the node that they go through next.")
    for path in paths.paths:
        product = Times(tuple(Number(factor.value) for factor in path.factors))
        yield manner.words(f"{_way(path, naming)}:")
        yield manner.equation(_equated(product, path.product, naming))
    added = Add(tuple(Number(path.product) for path in paths.paths))
    yield manner.equation(row(naming.quantity(slope), sign("="), _equated(added, paths.total, naming)))


def _way(path: Path, naming: Naming) -> str:
    names = (plain_text(naming.quantity(Quantity(Kind.A, node.layer, (node.index,)))) for node in path.nodes)
    way = " → ".join(names)
    return f"{way} ({path.count:,} paths)" if path.count > 1 else way


def _equated(term: Term, value: float, naming: Naming) -> Box:
    """Numbers = result, with as many digits as it takes."""
    digits = digits_needed(term, value)
    numbers = Typesetter(naming, digits.of_numbers).box(term)
    return row(numbers, sign("=" if digits.agrees else "≈"), number_box(digits.result, digits.of_result))


def _proof(report: Report, manner: Manner) -> Iterator[str]:
    check = report.check
    if check is None:
        return
    yield manner.heading("Proof")
    if check.worst is None:
        yield manner.words("Every parameter moves a unit across a kink: no central difference can be compared.")
    else:
        verdict = "agree" if check.passed else "do NOT agree"
        yield manner.words(
            f"Backpropagation and central differences {verdict}: {len(check.counted)} compared, worst error"
            f" {check.worst.error:.1e} at {check.worst.name} (at most {TOLERANCE:g} is taken)."
        )
    if check.at_kinks:
        yield manner.words(f"At a kink, and not counted: {', '.join(check.at_kinks)}.")


def _remarks(report: Report, manner: Manner) -> Iterator[str]:
    if report.remarks:
        yield manner.heading("The author's formulas and ours")
    for remark in report.remarks:
        yield manner.words(remark) if isinstance(remark, str) else manner.equation(remark)


def _naming(report: Report) -> Naming:
    network = report.step.network
    return Naming(report.notation, network.sizes, network.activations)
