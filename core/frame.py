"""One moment of a session with everything that a panel may draw; it never changes after it was made."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from core.arrays import Array, Rows
from core.finished import FinishedRun
from core.network import Gradient, Trace, backward, forward
from core.past import Moment
from core.selection import Item
from core.session import Session
from core.training import Evaluation


@dataclass(frozen=True, eq=False)
class Frame:
    """`generation` grows with each edit, so that a panel knows when more than the numbers has changed.

    `trace`, `gradient` and `sample_loss` belong to x (1, n_0) and t (1, n_K) alone: row `sample` of the data, or an
    `own` input that is no row; when that has no targets t is NaN, and so is all that depends on it. `chosen` is the
    node or edge that all panels point at. `train` and `test` are means over the whole sets, with the parameters of
    this very moment. `epochs` counts passes, the begun one as a share; `steps_per_epoch` is what a whole one takes
    now, and `batch` are the rows of the next update. `deltas` (n, 1 + Σ n_k) holds step and δ of every node for that
    sample, at earlier steps and this one; `past` earlier networks of this run; `finished` the runs before it. `undo`
    and `redo` name what they would do. `notice` is what there was to say last, and `notices` counts, so that the same
    words said again are seen.
    """

    session: Session
    generation: int
    sample: int
    own: bool
    x: Array
    t: Array
    chosen: Item | None
    trace: Trace
    gradient: Gradient
    sample_loss: float
    train: Evaluation
    test: Evaluation | None
    epochs: float
    steps_per_epoch: int
    batch: Rows
    deltas: Array
    past: tuple[Moment, ...]
    finished: tuple[FinishedRun, ...]
    undo: str | None
    redo: str | None
    training: bool = False
    steps_per_second: float | None = None
    notice: str = ""
    notices: int = 0

    def __post_init__(self) -> None:
        _freeze(self.trace, self.gradient)
        for array in (self.batch, self.deltas):
            array.setflags(write=False)

    @property
    def subject(self) -> str:
        """What the numbers of one sample belong to, in words."""
        return "own input" if self.own else f"sample {self.sample + 1}"

    @property
    def has_target(self) -> bool:
        """Whether there is a target to compare the outputs with; without one there is no loss and no δ."""
        return not bool(np.isnan(self.t).any())


@lru_cache(maxsize=2)
def batch_pass(frame: Frame) -> tuple[Trace, Gradient]:
    """Forward and backward pass of the rows of the next update: what its mean gradient is made of."""
    network, data = frame.session.run.network, frame.session.data
    with np.errstate(all="ignore"):
        trace = forward(network, data.x[frame.batch])
        gradient = backward(network, trace, data.t[frame.batch])
    _freeze(trace, gradient)
    return trace, gradient


def _freeze(trace: Trace, gradient: Gradient) -> None:
    """Nobody writes into what was computed."""
    for array in (*trace.z, *trace.a, *gradient.delta, *gradient.weights, *gradient.biases, gradient.x):
        array.setflags(write=False)
