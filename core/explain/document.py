"""One whole backpropagation as a document: section by section the phases, in each the equations with their numbers."""

from collections.abc import Sequence

from core.explain.boxes import Box
from core.explain.equations import Equation
from core.explain.matrices import matrix_equations, matrix_line
from core.explain.naming import Naming
from core.explain.notation import Notation
from core.explain.phase_equations import alike, equations_of
from core.explain.phases import Part, Phase, phase_title, phases
from core.explain.step import Step
from core.explain.written import Written, write
from core.record import record
from core.work import Work

# As many equations of one kind are written out in a section, fewer where each has many terms; the others are counted.
MOST_ALIKE, FEWEST_ALIKE, MOST_TERMS = 100, 8, 2000
OF_THE_BATCH = (Part.MEAN, Part.UPDATE)


@record
class Group:
    """Equations with the same general form; `more` others like them are left out."""

    written: tuple[Written, ...]
    more: int


@record
class Section:
    """A phase: its title, the step of Duke's Table 1 that it belongs to, and what it computes.

    `matrices` say it for the whole layer, `groups` for each unit or weight.
    """

    title: str
    step: int | None
    matrices: tuple[Box, ...]
    groups: tuple[Group, ...]


@record
class Subject:
    """A row of a step by its number there, and what it is called; "" where it is the only one."""

    row: int
    name: str = ""


def sections(step: Step, subjects: Sequence[Subject], notation: Notation) -> Work[tuple[Section, ...]]:
    """Every phase of the update: those of a sample for each of `subjects`, then those of the whole batch."""
    every = phases(step.network, step.rows)
    of_sample = [phase for phase in every if phase.part not in OF_THE_BATCH]
    found: list[Section] = []
    for subject in subjects:
        for phase in of_sample:
            found.append((yield from _section(phase, step, subject, notation)))
    for phase in every[len(of_sample) :]:
        found.append((yield from _section(phase, step, Subject(subjects[0].row), notation)))
    return tuple(found)


def _section(phase: Phase, step: Step, subject: Subject, notation: Notation) -> Work[Section]:
    network = step.network
    most = max(FEWEST_ALIKE, min(MOST_ALIKE, MOST_TERMS // max(network.sizes)))
    kinds: dict[tuple[object, ...], list[Equation]] = {}
    for equation in equations_of(phase, network, step.rows, step.frozen, step.rule, most):
        kinds.setdefault((equation.name, equation.left.kind, equation.layer), []).append(equation)
    groups: list[Group] = []
    for of_kind in kinds.values():
        written: list[Written] = []
        for equation in of_kind[:most]:
            written.append(write(equation, step, subject.row, notation))
            yield
        groups.append(Group(tuple(written), alike(of_kind[0], phase, network, step.frozen) - len(written)))
    lines = (matrix_line(each, network, notation) for each in matrix_equations(phase, step, notation))
    title = phase_title(phase, Naming(notation, network.sizes, network.activations))
    named = f"{subject.name} · {title}" if subject.name else title
    return Section(named, phase.step, tuple(lines), tuple(groups))
