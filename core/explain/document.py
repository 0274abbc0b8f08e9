"""One whole backpropagation as a document: section by section the phases, in each the equations with their numbers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, islice

from core.explain.boxes import Box
from core.explain.matrices import matrix_equations, matrix_line
from core.explain.naming import Naming
from core.explain.notation import Notation
from core.explain.phase_equations import equations_of
from core.explain.phases import Part, Phase, phase_title, phases
from core.explain.step import Step
from core.explain.written import Written, write

# As many equations of one kind are written out in a section, fewer where each has many terms; the others are counted.
MOST_ALIKE, FEWEST_ALIKE, MOST_TERMS = 100, 8, 2000
OF_THE_BATCH = (Part.MEAN, Part.UPDATE)


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


@dataclass(frozen=True)
class Subject:
    """A row of a step by its number there, and what it is called; "" where it is the only one."""

    row: int
    name: str = ""


def sections(step: Step, subjects: Sequence[Subject], notation: Notation) -> Iterator[Section]:
    """Every phase of the update: those of a sample for each of `subjects`, then those of the whole batch."""
    every = phases(step.network, step.rows)
    of_sample = [phase for phase in every if phase.part not in OF_THE_BATCH]
    for subject in subjects:
        for phase in of_sample:
            yield _section(phase, step, subject, notation)
    for phase in every[len(of_sample) :]:
        yield _section(phase, step, Subject(subjects[0].row), notation)


def _section(phase: Phase, step: Step, subject: Subject, notation: Notation) -> Section:
    network = step.network
    of_kinds = groupby(
        equations_of(phase, network, step.rows, step.frozen, step.rule),
        key=lambda equation: (equation.name, equation.left.kind, equation.layer),
    )
    groups: list[Group] = []
    most = max(FEWEST_ALIKE, min(MOST_ALIKE, MOST_TERMS // max(network.sizes)))
    for _, alike in of_kinds:
        written = tuple(write(equation, step, subject.row, notation) for equation in islice(alike, most))
        groups.append(Group(written, sum(1 for _ in alike)))
    lines = (matrix_line(each, network, notation) for each in matrix_equations(phase, step, notation))
    title = phase_title(phase, Naming(notation, network.sizes, network.activations))
    named = f"{subject.name} · {title}" if subject.name else title
    return Section(named, phase.step, tuple(lines), tuple(groups))
