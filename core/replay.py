"""Going back in a run, and forward again: what was not kept is made again by its own kernel, the same to the bit."""

from dataclasses import replace
from math import isqrt

import numpy as np

from core.arrays import Array
from core.session import CurveColumn, Session
from core.training import Run, Trainer


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
    middle = _moved(whole, kept, before, losses, trainer)
    run = _moved(whole, middle, step, losses[before - kept.step :], trainer)
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


def _moved(whole: Session, run: Run, step: int, losses: Array, trainer: Trainer) -> Run:
    """`run` brought on to `step` as `whole` was, leg by leg; `losses` are given those of its steps."""
    first, ends = run.step, [*(leg.step for leg in whole.legs[1:]), step]
    for leg, end in zip(whole.legs, ends, strict=True):
        if run.step == leg.step <= step:
            run = leg.entered(run)
        made, steps = run.step - first, min(end, step) - run.step
        if steps > 0:
            if leg.spec != trainer.spec:
                trainer = Trainer(leg.spec, whole.data, run.kernel)
            run = trainer.advance(run, steps, losses[made : made + steps])
    return run
