"""Everything that is told of one backpropagation: the numbers it starts from, its phases, paths, and the proof."""

from collections.abc import Sequence

import numpy as np

from core.arrays import Array
from core.explain.boxes import Box
from core.explain.document import Section, Subject, sections
from core.explain.notation import Notation
from core.explain.paths import Paths, paths_from
from core.explain.phases import Phase, phases
from core.explain.step import Step
from core.gradient_check import Comparison, GradientCheck, comparisons
from core.record import record
from core.selection import Edge
from core.work import Work, finished


@record(eq=False)
class Report:
    """`title` says what network and sample it is; `paths` lead from the weight that was asked for, or the first.

    `subjects` are the rows of `step` that are worked through. `check` is None where nobody asked for it. `remarks`
    are words and equations on the author of an example.
    """

    title: str
    step: Step
    notation: Notation
    phases: tuple[Phase, ...]
    sections: tuple[Section, ...]
    paths: Paths
    check: GradientCheck | None
    remarks: tuple[str | Box, ...] = ()
    subjects: tuple[Subject, ...] = (Subject(0),)


def report_work(
    title: str,
    step: Step,
    notation: Notation,
    weight: Edge,
    remarks: tuple[str | Box, ...] = (),
    subjects: Sequence[Subject] = (Subject(0),),
    *,
    checked: bool = True,
) -> Work[Report]:
    """The report of an update, in which these rows of its batch are worked through."""
    told = yield from sections(step, subjects, notation)
    paths = paths_from(step, weight, subjects[0].row)
    check = (yield from _checked(step)) if checked else None
    every = phases(step.network, step.rows)
    return Report(title, step, notation, every, told, paths, check, remarks, tuple(subjects))


def make_report(
    title: str, step: Step, notation: Notation, weight: Edge, remarks: tuple[str | Box, ...] = ()
) -> Report:
    """The report of an update, in which its first row is worked through, at once."""
    return finished(report_work(title, step, notation, weight, remarks))


def _checked(step: Step) -> Work[GradientCheck]:
    found: list[Comparison] = []
    for comparison in comparisons(step.network, step.x, step.t, step.gradient):
        found.append(comparison)
        yield
    return GradientCheck(tuple(found))


def input_slopes(step: Step, row: int = 0) -> Array:
    """∂y_j/∂x_i of that row, (n_K, n_0): δ of each output on its own, sent back to the inputs (Duke, §2)."""
    network = step.network
    slopes = np.eye(network.sizes[-1])
    for layer, z, a in zip(network.layers[::-1], step.trace.z[::-1], step.trace.a[:0:-1], strict=True):
        of_row, n = slice(row, row + 1), len(slopes)
        local = np.empty_like(slopes)
        with np.errstate(all="ignore"):
            layer.f.pull_back(np.repeat(z[of_row], n, axis=0), np.repeat(a[of_row], n, axis=0), slopes, local)
            slopes = local @ layer.weights.T
    return slopes
