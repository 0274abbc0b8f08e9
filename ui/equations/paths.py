"""What the panel of paths is given to show: every path with its factors, their sum, and one of them as an equation."""

from collections.abc import Iterator, Set

import numpy as np

from core.explain.boxes import Box, row, sign
from core.explain.naming import Naming
from core.explain.notation import Notation
from core.explain.numbers_shown import digits_needed
from core.explain.paths import Factor, Path, Paths, opened, paths_from
from core.explain.plain_text import plain_text
from core.explain.put_in import LONGEST, SHOWN_FIRST
from core.explain.shown import step_of
from core.explain.step import Step
from core.explain.terms import Add, Folded, Kind, Number, Quantity, Term, Times, plus
from core.explain.typeset import DOT, Typesetter, number_box
from core.frame import Frame
from core.record import record
from core.selection import Edge, Item, Node
from ui.equations.view import Line, Sheet
from ui.matrix.axes import Axes
from ui.matrix.matrix import Matrix
from ui.numbers import counted

Nodes = tuple[Node, ...]

CLOSED, OPENED, INDENT = "▸ ", "▾ ", "    "
PRODUCT = "product"
# What comes first along a path.
ORDER = {Kind.W: 0, Kind.Z: 1, Kind.A: 2, Kind.E: 3}


@record(eq=False)
class ToldPaths:
    """A line of `matrix` for each of `lines`, and the sum as its last; `sheet` tells one of them, and the sum.

    `total` is the sum, and `gradient` what backpropagation has found.
    """

    matrix: Matrix
    lines: tuple[Path, ...]
    sheet: Sheet
    count: int
    total: float
    gradient: float


def told_paths(frame: Frame, item: Item, notation: Notation, unfolded: Set[Nodes], told: Nodes) -> ToldPaths:
    """Every path from `item` to the loss of the frame's sample; the groups that are `unfolded` with what they hold.

    The one over the nodes `told` is written out.
    """
    step, sample = step_of(frame)
    network = step.network
    naming = Naming(notation, network.sizes, network.activations)
    found, left = paths_from(step, item, sample), slope_by(item)
    placed = tuple(_placed(step, sample, found.paths, unfolded, 0))
    lines = tuple(path for path, _ in placed)
    columns = sorted({_column(factor) for path in lines for factor in path.factors}, key=_along)
    values = np.full((len(lines) + 1, len(columns) + 1), np.nan)
    for at, path in enumerate(lines):
        for factor in path.factors:
            values[at, 1 + columns.index(_column(factor))] = factor.value
        values[at, 0] = path.product
    values[-1, 0] = found.total
    blank = np.isnan(values)
    blank[:, 0] = False
    names = [_name(naming, item, path, depth, is_open=path.nodes in unfolded) for path, depth in placed]
    headings = (PRODUCT, *(plain_text(naming.derivative(*column)) for column in columns))
    title = plain_text(naming.quantity(left))
    axes = Axes(f"Paths of {title}", (*names, f"Σ = {title}"), headings)
    path = next((path for path in lines if path.nodes == told), None)
    sheet = _sheet(naming, found, left, path, item, frame.subject)
    count = sum(path.count for path in found.paths)
    return ToldPaths(Matrix(axes, values, blank), lines, sheet, count, found.total, step.value(left, sample))


def slope_by(item: Item) -> Quantity:
    """What the paths of a weight or node add up to."""
    if isinstance(item, Edge):
        return Quantity(Kind.D_W, item.layer, (item.source, item.target))
    return Quantity(Kind.D_A, item.layer, (item.index,))


def _placed(
    step: Step, sample: int, paths: tuple[Path, ...], unfolded: Set[Nodes], depth: int
) -> Iterator[tuple[Path, int]]:
    """Each path with how deep it lies in groups."""
    for path in paths:
        yield path, depth
        if path.nodes in unfolded:
            yield from _placed(step, sample, opened(step, path, sample), unfolded, depth + 1)


def _column(factor: Factor) -> tuple[Quantity, Quantity]:
    """The factors of a column: derivatives of one layer by another."""
    of, by = factor.of, factor.by
    return Quantity(of.kind, of.layer), Quantity(by.kind, by.layer)


def _along(column: tuple[Quantity, Quantity]) -> tuple[int, ...]:
    of, by = column
    return by.layer, ORDER[by.kind], int(of.kind is Kind.E), of.layer, ORDER[of.kind]


def _name(naming: Naming, item: Item, path: Path, depth: int, *, is_open: bool) -> str:
    """Such as x₁ → h₂ → y; a group says how many it stands for."""
    mark = "" if path.count == 1 else OPENED if is_open else CLOSED
    more = "" if path.count == 1 else f" → {counted(path.count, 'path')}"
    return f"{INDENT * depth}{mark}{naming.way(item, path.nodes)}{more}"


def _sheet(naming: Naming, found: Paths, left: Quantity, path: Path | None, item: Item, subject: str) -> Sheet:
    """One path as a product, and below it the sum of all."""
    symbol = naming.quantity(left)
    total = _line("sum", naming, row(symbol, sign("=")), _sum(found), found.total)
    if path is None:
        count = counted(sum(each.count for each in found.paths), "path")
        return Sheet(plain_text(symbol), f"{subject} · multiply along a path, add across {count}", (total,))
    fractions = [part for each in path.factors for part in (DOT, naming.derivative(each.of, each.by))]
    numbers = [Number(factor.value) for factor in path.factors]
    product = Times(tuple(numbers)) if len(numbers) > 1 else numbers[0]
    lines = (_line("path", naming, row(*fractions[1:], sign("=")), product, path.product), total)
    share = "a group" if path.count > 1 else "a path"
    return Sheet(naming.way(item, path.nodes), f"{subject} · {share} of {plain_text(symbol)}", lines)


def _line(label: str, naming: Naming, before: Box, term: Term, result: float) -> Line:
    digits = digits_needed(term, result)
    numbers = Typesetter(naming, digits.of_numbers).box(term)
    shown = number_box(digits.result, digits.of_result)
    parts = [] if numbers == shown else [numbers, sign("=" if digits.agrees else "≈")]
    return Line(label, row(before, *parts), shown)


def _sum(found: Paths) -> Term:
    products = [Number(path.product) for path in found.paths]
    if len(products) <= LONGEST:
        return plus(*products)
    hidden = products[SHOWN_FIRST:-1]
    folded = Folded(len(hidden), sum(number.value for number in hidden))
    return Add((*products[:SHOWN_FIRST], folded, products[-1]))
