"""Going back in a run, and forward again: what was not kept is made again by its own kernel, the same to the bit."""

from dataclasses import replace
from math import isqrt

import numpy as np

from core.arrays import Array
from core.session import CurveColumn, Session
from core.training import Run, Trainer
from core.work import Work, finished

# So many steps are made in one go: some 10 ms of a small network, and about so many multiplications of a large one.
STEPS_AT_ONCE, MULTIPLICATIONS_AT_ONCE = 1000, 20_000_000


def at_step(session: Session, step: int, trainer: Trainer) -> Session:
    """The run of `session` as it was after `step` updates, 0 … those of `session.whole`, with what was known then.

    Settings, and what was set by hand, are those with which it went on from there. `trainer`, that of `session`,
    serves where they are its own.
    """
    whole = session.whole
    if step == whole.run.step and not whole.run.seen:
        return whole
    # The losses of a stretch are kept together: those of a stretch that is cut are found again.
    begun = step - step % whole.batch_losses.stretch
    # What was gone back to has more runs in its neighbourhood.
    timeline = session.timeline if step <= session.run.step else whole.timeline
    kept = timeline.nearest(begun)
    losses = np.empty(step - kept.step)
    # One step back is often followed by another.
    before = step - isqrt(len(losses))
    middle = finished(moving(whole, kept, before, losses, trainer))
    run = finished(moving(whole, middle, step, losses[before - kept.step :], trainer))
    legs = tuple(leg for leg in whole.legs if leg.step <= step)
    return replace(
        whole,
        spec=legs[-1].spec,
        run=run,
        curve=whole.curve.until(CurveColumn.STEP, step),
        legs=legs,
        timeline=timeline.until(step).with_run(middle),
        batch_losses=whole.batch_losses.until(step, losses[begun - kept.step :]),
        ahead=whole,
    )


def moving(whole: Session, run: Run, step: int, losses: Array, trainer: Trainer) -> Work[Run]:
    """`run` brought on to `step` as `whole` was, leg by leg; `losses` are given those of its steps."""
    first, ends = run.step, [*(leg.step for leg in whole.legs[1:]), step]
    for leg, end in zip(whole.legs, ends, strict=True):
        if run.step == leg.step <= step:
            run = leg.entered(run)
        last = min(end, step)
        if run.step < last and leg.spec != trainer.spec:
            trainer = Trainer(leg.spec, whole.data, run.kernel)
        while run.step < last:
            made, steps = run.step - first, min(last - run.step, _at_once(run, trainer))
            run = trainer.repeat(run, steps, losses[made : made + steps])
            yield
    return run


def _at_once(run: Run, trainer: Trainer) -> int:
    """How many steps are not worth a pause."""
    parameters = sum(w.size for w in run.network.weights)
    return min(STEPS_AT_ONCE, 1 + MULTIPLICATIONS_AT_ONCE // (3 * parameters * trainer.batch))
