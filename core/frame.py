"""One moment of a session with everything that a panel may draw; it never changes after it was made."""

from dataclasses import dataclass

from core.arrays import Array, Rows
from core.network import Gradient, Trace
from core.session import Session
from core.training import Evaluation


@dataclass(frozen=True, eq=False)
class Frame:
    """`generation` grows with each edit, so that a panel knows when more than the numbers has changed.

    `sample` is a row of the data; `trace`, `gradient` and `sample_loss` belong to it alone. `train` and `test` are
    means over the whole sets, with the parameters of this very moment. `epochs` counts passes, the begun one as a
    share; `steps_per_epoch` is what a whole one takes now, and `batch` are the rows of the next update. `deltas`
    (n, 1 + Σ n_k) holds step and δ of every node for that sample, at earlier steps and this one. `undo` and `redo`
    name what they would do. `notice` is what there was to say last, and `notices` counts, so that the same words
    said again are seen.
    """

    session: Session
    generation: int
    sample: int
    trace: Trace
    gradient: Gradient
    sample_loss: float
    train: Evaluation
    test: Evaluation | None
    epochs: float
    steps_per_epoch: int
    batch: Rows
    deltas: Array
    undo: str | None
    redo: str | None
    training: bool = False
    steps_per_second: float | None = None
    notice: str = ""
    notices: int = 0

    def __post_init__(self) -> None:
        trace, gradient = self.trace, self.gradient
        computed = (*trace.z, *trace.a, *gradient.delta, *gradient.weights, *gradient.biases, gradient.x)
        for array in (*computed, self.batch, self.deltas):
            array.setflags(write=False)
