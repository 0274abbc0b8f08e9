"""The report of what a frame shows: of its sample alone, or of the whole batch of its next update."""

from dataclasses import replace

from core.datasets import Data
from core.errata.beside import READ_AS
from core.errata.remarks import remarks
from core.errors import InputError
from core.explain.document import Subject
from core.explain.notation import Notation
from core.explain.report import Report, report_work
from core.explain.step import Step, next_step
from core.frame import Frame
from core.gradient_check import comparison_count
from core.losses import LOSSES
from core.mistakes import MISTAKES
from core.selection import Edge
from core.training import Diverged, Run, Trainer
from core.work import Work

# So many rows of a batch are worked through, fewer of a large network, and one at least.
MOST_WORKED, MOST_GRADIENTS = 8, 400
MOST_ROWS = 1000
# A larger network is checked where that can be watched and cancelled.
MOST_COMPARISONS = 20_000


def sample_work(frame: Frame, notation: Notation) -> Work[Report]:
    """One backpropagation of the frame's sample, as an update on it alone would be; InputError without a target."""
    _check_healed(frame)
    if not frame.has_target:
        raise InputError("The own input has no target, so there is no error to explain; give it one beside its inputs.")
    alone = Data(frame.x, frame.t, 1, frame.session.data.encoding)
    run = replace(frame.session.run, network=frame.network, start=0, seen=0)
    return (yield from _work(frame, notation, frame.subject.capitalize(), _update(frame, alone, run), (Subject(0),)))


def batch_work(frame: Frame, notation: Notation) -> Work[Report]:
    """The next update, or the one that is walked through: each row of its batch, the means, and the new weights."""
    _check_healed(frame)
    rows = frame.batch.tolist()
    if len(rows) > MOST_ROWS:
        raise InputError(
            f"A batch of {len(rows):,} samples is too large to be written out; choose one of at most {MOST_ROWS:,}."
        )
    every = [Subject(place, f"Row {place + 1} (sample {row + 1})") for place, row in enumerate(rows)]
    all_of_them = len(rows) <= MOST_WORKED and len(rows) * comparison_count(frame.network, 1) <= MOST_GRADIENTS
    worked = every if all_of_them else [every[rows.index(frame.sample) if frame.sample in rows else 0]]
    title = f"The next batch of {len(rows):,}" if len(rows) > 1 else f"Sample {rows[0] + 1}"
    subjects = worked if len(rows) > 1 else [Subject(0)]
    walk, session = frame.stepping, frame.session
    step = _update(frame, session.data, session.run) if walk is None else walk.update
    return (yield from _work(frame, notation, title, step, tuple(subjects)))


def _update(frame: Frame, data: Data, run: Run) -> Step:
    """The next update of that run on those rows; InputError where it leaves the finite numbers."""
    try:
        return next_step(Trainer(frame.session.spec, data, run.kernel), run)
    except Diverged as failure:
        raise InputError(str(failure)) from None


def _check_healed(frame: Frame) -> None:
    mistake = frame.session.spec.mistake
    if mistake is not None:
        raise InputError(f"The mistake that is on, {MISTAKES[mistake].label}, is no explanation: heal it first.")


def _work(frame: Frame, notation: Notation, title: str, step: Step, subjects: tuple[Subject, ...]) -> Work[Report]:
    network, spec = frame.network, frame.session.spec
    at = frame.session.run.step - (frame.stepping is not None and frame.stepping.updated)
    sizes = "-".join(map(str, network.sizes))
    told = f"{title} of {spec.source.label} after step {at:,}; {sizes}, {LOSSES[network.loss].name}, η = {spec.eta:g}"
    checked = comparison_count(network, step.rows) <= MOST_COMPARISONS
    beside = tuple(remarks(spec.dataset, network, notation)) if spec.dataset in READ_AS else ()
    return report_work(told, step, notation, Edge(1, 0, 0), beside, subjects, checked=checked)
