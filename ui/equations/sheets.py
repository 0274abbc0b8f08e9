"""What the equation view is given to show: an equation in three lines, a whole layer, or the objective."""

import math
from dataclasses import replace

from core.explain.boxes import row, sign
from core.explain.equations import KEPT
from core.explain.matrices import matrix_box, matrix_equations, matrix_line
from core.explain.matrices_worked import numbers_line, worked_matrices
from core.explain.naming import MEAN_LOSS
from core.explain.notation import Notation
from core.explain.numbers_shown import MOST_DIGITS
from core.explain.objective import Objective
from core.explain.phases import Part, Phase, layer_title
from core.explain.plain_text import plain_text
from core.explain.put_in import SHOWN_FIRST
from core.explain.shown import Shown
from core.explain.starts import Origin, drawn_here, drawn_in_general, name_of
from core.explain.step import healed
from core.explain.terms import Kind, Quantity
from core.explain.typeset import number_box
from core.explain.written import Written, writing
from core.frame import Frame
from core.network import Network
from core.selection import Edge
from core.work import Work, finished
from ui.equations.view import Line, Sheet

# A larger matrix is better seen in the panels of matrices.
LARGEST_MATRIX = 64
DIGITS = 6
WRONG, RIGHT = "✗ wrong", "✓ right"


def sheet_of(frame: Frame, shown: Shown, notation: Notation, *, fold: bool = True) -> Sheet:
    """The sheet for what is shown; where `fold`, long sums hide their middle."""
    return finished(making_sheet(frame, shown, notation, SHOWN_FIRST if fold else None))


def making_sheet(frame: Frame, shown: Shown, notation: Notation, first: int | None) -> Work[Sheet]:
    """The same with so many `first` terms of long sums, or all, and then with pauses."""
    if shown.origin is not None:
        return _origin_sheet(shown.origin, shown.step.network, notation)
    whole = frame.chosen is None and frame.stepping is not None and shown.wrong is None
    if shown.equation is None or whole:
        layer = _layer_sheet(frame, shown, notation)
        if layer is not None:
            return layer
    assert shown.equation is not None
    written = yield from writing(shown.wrong or shown.equation, shown.step, shown.row, notation, first)
    lines = _three_lines(written)
    if shown.step.mistake is not None:
        lines = yield from _mistaken_lines(written, shown, notation, first)
    where = f"{_where(shown)} · {_whose(frame, shown)}"
    if not frame.has_target and math.isnan(written.digits.result):
        return Sheet(plain_text(written.left), f"{where} · no target, so no error", lines[: 2 * (len(lines) // 3)])
    return Sheet(plain_text(written.left), f"{where} · {_digits(written)}", lines)


def _origin_sheet(origin: Origin, network: Network, notation: Notation) -> Sheet:
    """A number that no update made: how it was drawn, if it was, and what it is."""
    item, spread, name = origin.item, origin.spread, name_of(origin.item, network, notation)
    number = Line("numbers", row(name, sign("=")), number_box(origin.value, DIGITS))
    where = f"{layer_title(network.sizes, item.layer)} · {origin.words}"
    if spread is None or not isinstance(item, Edge):
        return Sheet(plain_text(name), where, (number,))
    general = Line("general", drawn_in_general(spread, item.layer, network, notation))
    return Sheet(plain_text(name), where, (general, Line("here", drawn_here(spread, item, network, notation)), number))


def _mistaken_lines(written: Written, shown: Shown, notation: Notation, first: int | None) -> Work[tuple[Line, ...]]:
    """Each wrong line below the right one; of an equation that is right, what its numbers would lead to."""
    assert shown.equation is not None
    right = yield from writing(shown.equation, healed(shown.step), shown.row, notation, first)
    lines = _three_lines(written)
    if shown.wrong is not None:
        pairs = zip(_three_lines(right), lines, strict=True)
        return tuple(line for good, bad in pairs for line in (good, replace(bad, label=WRONG)))
    if right.result == written.result:
        return lines
    return (*lines, Line(RIGHT, row(right.left, sign("=")), right.result))


def _three_lines(written: Written) -> tuple[Line, ...]:
    general, here, _ = written.lines()
    middle = [written.numbers, sign("=")] if written.numbers != written.result else []
    numbers = row(written.left, sign("="), *middle)
    return (Line("general", general), Line("here", here), Line("numbers", numbers, written.result))


def _digits(written: Written) -> str:
    shown = written.digits.of_numbers
    if not written.digits.agrees:
        return "rounding on the way changes the result"
    return "all digits" if shown >= MOST_DIGITS else f"rounded to {shown} digits"


def _where(shown: Shown) -> str:
    assert shown.equation is not None
    sizes, phase = shown.step.network.sizes, shown.phase
    k = shown.equation.left.layer if phase.layer is None else phase.layer
    return f"{layer_title(sizes, k)}{_table_step(shown.phase)}{' · frozen' if shown.equation.name == KEPT else ''}"


def _table_step(phase: Phase) -> str:
    return "" if phase.step is None else f" · Duke's step {phase.step}"


def _whose(frame: Frame, shown: Shown) -> str:
    step = frame.session.run.step
    if (made := shown.made) is not None:
        rows = f"batch of {len(made.rows):,}" if len(made.rows) > 1 else f"sample {made.rows[0] + 1:,}"
        kept = shown.equation is not None and shown.equation.name == KEPT
        return f"{'kept' if kept else 'made'} by step {step:,}, {rows}"
    match shown.phase.part:
        case Part.MEAN:
            rows = f"{shown.step.rows:,}"
            return f"mean of the next batch of {rows}" if frame.stepping is None else f"mean of {rows} samples"
        case Part.UPDATE if frame.stepping is None:
            said = f"next update, step {step:,} to {step + 1:,}"
            until = "training rests" if frame.training else "the last one is found"
            return f"{said}, until {until}" if shown.instead else said
        case Part.UPDATE:
            return f"from step {step - 1:,} to {step:,}"
        case _:
            return frame.subject


def _layer_sheet(frame: Frame, shown: Shown, notation: Notation) -> Sheet | None:
    """The phase for all units at once, where it is a matter of matrices."""
    phase, step, network = shown.phase, shown.step, shown.step.network
    if phase.part is Part.CHOOSE:
        kinds = ((Kind.A, 0), (Kind.T, len(network.layers)))
        numbers = (matrix_box(Quantity(kind, k), step, notation, shown.row) for kind, k in kinds)
        given = tuple(Line("given", each) for each in numbers)
        return Sheet(phase.words, f"{frame.subject} is shown", given)
    found = matrix_equations(phase, step, notation)
    if not found:
        return None
    lines: list[Line] = []
    for equation in found:
        worked = worked_matrices(equation, step, shown.row, notation)
        if worked is not None and frame.has_target:
            lines.append(Line("general", worked.general))
            # Where layers have letters and no numbers, there is nothing to put in.
            if worked.here != worked.general:
                lines.append(Line("here", worked.here))
            lines.append(Line("numbers", numbers_line(worked), worked.result))
            continue
        lines.append(Line("layer", matrix_line(equation, network, notation)))
        result = replace(equation.left, new=equation.update)
        if step.whole(result, shown.row).size <= LARGEST_MATRIX:
            lines.append(Line("numbers", matrix_box(result, step, notation, shown.row)))
    return Sheet(phase.words, f"all units{_table_step(phase)} · {_whose(frame, shown)}", tuple(lines))


def objective_sheet(frame: Frame, told: Objective) -> Sheet:
    """What is minimised: the mean over the rows, what it is the mean of, and its parts now."""
    data, penalty, whole = (
        number_box(each, DIGITS) for each in (frame.train.data_loss, frame.train.penalty, frame.train.objective)
    )
    now = row(MEAN_LOSS, sign("="), data, sign("+"), penalty, sign("="))
    lines = (Line("minimised", told.whole), Line("of a row", told.of_sample), Line("now", now, whole))
    return Sheet("Objective", "now: data and penalty, over all training rows", lines)
