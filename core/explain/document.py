"""One whole backpropagation as a document: section by section the phases, in each the equations with their numbers."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby, islice

from core.explain.boxes import Box
from core.explain.matrices import matrix_equations, matrix_line
from core.explain.naming import Naming
from core.explain.notation import Notation
from core.explain.phase_equations import equations_of
from core.explain.phases import phase_title, phases
from core.explain.step import Step
from core.explain.written import Written, write

# As many equations of one kind are written out in a section; of a large layer the others are only counted.
MOST_ALIKE = 100


@dataclass(frozen=True)
class Group:
    """Equations with the same general form; `more` others like them are left out."""

    written: tuple[Written, ...]
    more: int


@dataclass(frozen=True)
class Section:
    """A phase: its title, the step of Duke's Table 1 that it belongs to, and what it computes.

    `matrices` say it for the whole layer, `groups` for each unit or weight.
    """

    title: str
    step: int | None
    matrices: tuple[Box, ...]
    groups: tuple[Group, ...]


def sections(step: Step, row: int, notation: Notation) -> Iterator[Section]:
    """Every phase of the update for that row of `step`."""
    network = step.network
    naming = Naming(notation, network.sizes, network.activations)
    for phase in phases(network, step.rows):
        of_kinds = groupby(
            equations_of(phase, network, step.rows, step.frozen),
            key=lambda equation: (equation.name, equation.left.kind, equation.layer),
        )
        groups: list[Group] = []
        for _, alike in of_kinds:
            written = tuple(write(equation, step, row, notation) for equation in islice(alike, MOST_ALIKE))
            groups.append(Group(written, sum(1 for _ in alike)))
        lines = (matrix_line(each, network, notation) for each in matrix_equations(phase, network, notation))
        yield Section(phase_title(phase, naming), phase.step, tuple(lines), tuple(groups))
