"""The passes of one sample through the earlier networks of a run, so that all its numbers can be shown over time."""

import numpy as np

from core.arrays import Array
from core.frame import Frame
from core.mistakes import backward_with
from core.network import Gradient, Network, Trace, forward
from core.record import record
from core.spec import Spec


@record(eq=False)
class Pass:
    """What a network answered to the sample after `step` updates."""

    step: int
    network: Network
    trace: Trace
    gradient: Gradient


class Passes:
    """Keeps what it computed, for one sample, and the mistake that is on: a new frame costs what is new in its past."""

    def __init__(self) -> None:
        self._x: Array | None = None
        self._t: Array | None = None
        self._made_with: tuple[str, float] | None = None
        self._known: dict[Network, Pass] = {}

    def through(self, frame: Frame) -> list[Pass]:
        """The frame's sample through the networks of its past, oldest first, and at the end its own."""
        run, spec = frame.session.run, frame.session.spec
        made_with = None if spec.mistake is None else (spec.mistake, spec.eta)
        if frame.x is not self._x or frame.t is not self._t or made_with != self._made_with:
            self._x, self._t, self._made_with, self._known = frame.x, frame.t, made_with, {}
        earlier = [moment for moment in frame.past if moment.step < run.step]
        known = self._known
        self._known = {
            moment.network: known.get(moment.network) or _passed(moment.step, moment.network, frame.x, frame.t, spec)
            for moment in earlier
        }
        present = Pass(run.step, run.network, frame.trace, frame.gradient)
        return [*(self._known[moment.network] for moment in earlier), present]


def _passed(step: int, network: Network, x: Array, t: Array, spec: Spec) -> Pass:
    with np.errstate(all="ignore"):
        trace = forward(network, x)
        return Pass(step, network, trace, backward_with(spec.mistake, network, trace, t, spec.eta))
