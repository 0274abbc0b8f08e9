"""One moment of a session with everything that a panel may draw; it never changes after it was made."""

from collections.abc import Mapping
from dataclasses import field, replace
from functools import lru_cache

import numpy as np

from core.arrays import Array, Rows
from core.checking import Checking
from core.comparison import Comparison
from core.explain.made import Made
from core.explain.phases import Known
from core.explain.terms import Kind
from core.finished import FinishedRun
from core.mistakes import backward_with
from core.network import Gradient, Network, Trace, forward
from core.past import Moment
from core.preparing import Prepared
from core.record import record
from core.selection import Item, Node, exists
from core.session import Session
from core.stepping import Stepping
from core.training import Evaluation
from core.what_if import Slice

# What the pass of a batch may cost at each frame, some 20 ms; an activation costs as much as so many multiplications.
MOST_MULTIPLICATIONS = 20_000_000
UNIT_COST = 20
LEAST_ROWS = 256


@record(eq=False)
class Frame:
    """`generation` grows with each edit, so that a panel knows when more than the numbers has changed.

    `trace`, `gradient` and `sample_loss` belong to x (1, n_0) and t (1, n_K) alone: row `sample` of the data, or an
    `own` input that is no row; when that has no targets t is NaN, and so is all that depends on it. `chosen` is the
    node or edge that all panels point at, and `path` the nodes on the way from it that is brought out. `train` and
    `test` are means over the whole sets, with the parameters of this very moment. `epochs` counts passes, the begun
    one as a share; `steps_per_epoch` is what a whole one takes now, and `batch` are the rows of the next update.
    `deltas` (n, 1 + Σ n_k) holds step and δ of every node for that sample, at earlier steps and this one; `past`
    earlier networks of this run; `finished` the runs before it. `undo` and `redo` name what they would do. `hurried`
    while it trains so fast that the next frame comes at once. `notice` is what there was to say last, and `notices`
    counts, so that the same words said again are seen. `stepping` is where one stands within an update that is walked
    through: trace, gradient and batch are then that update's, whose `network` is the one before it. `comparison`, of
    two steps of this run, `checking`, of gradients, and `slice`, the loss along a parameter, are those asked for last.
    `made` is the update that made the network, if that is wanted, at rest, as soon as it is known; `prepared` is what
    panels wanted to have ready, by name.
    """

    session: Session
    generation: int
    sample: int
    own: bool
    x: Array
    t: Array
    chosen: Item | None
    path: tuple[Node, ...]
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
    hurried: bool = False
    steps_per_second: float | None = None
    notice: str = ""
    notices: int = 0
    stepping: Stepping | None = None
    comparison: Comparison | None = None
    checking: Checking | None = None
    slice: Slice | None = None
    made: Made | None = None
    prepared: Mapping[str, Prepared] = field(default_factory=dict[str, Prepared])

    def __post_init__(self) -> None:
        _freeze(self.trace, self.gradient)
        for array in (self.batch, self.deltas):
            array.setflags(write=False)

    @property
    def subject(self) -> str:
        """What the numbers of one sample belong to, in words."""
        return "own input" if self.own else f"sample {self.sample + 1}"

    @property
    def network(self) -> Network:
        """The network that trace, gradient and batch belong to."""
        return self.session.run.network if self.stepping is None else self.stepping.update.network

    def knows(self, kind: Kind, layer: int) -> bool:
        """Whether that quantity of a layer is computed by now: all are, but while an update is walked through."""
        return self.stepping is None or Known(kind, layer) in self.stepping.known

    def computes(self, kind: Kind, layer: int) -> bool:
        """Whether that quantity of a layer is what the present phase has computed."""
        return self.stepping is not None and Known(kind, layer) in self.stepping.phase.makes

    @property
    def has_target(self) -> bool:
        """Whether there is a target to compare the outputs with; without one there is no loss and no δ."""
        return not bool(np.isnan(self.t).any())


def pointing_at(frame: Frame, item: Item | None) -> Frame:
    """The same moment with that item chosen, if it exists; what was prepared of another one is not in it."""
    there = item if item is not None and exists(item, frame.network.sizes) else None
    path = frame.path if there == frame.chosen else ()
    stepping = None if frame.stepping is None else frame.stepping.asking(there)
    return replace(frame, chosen=there, path=path, prepared={}, stepping=stepping)


@record(eq=False)
class BatchPass:
    """Forward and backward pass of the next update's batch, as means: what its mean gradient is made of.

    z and `delta` (1, n_k) by layer, a from a⁽⁰⁾ = x on, `sizes` (1, n_k) the means of |δ|; `weights` and `biases` the
    mean gradients. They are means over `rows` rows `of` the batch's: all of them, unless that would take too long.
    """

    rows: int
    of: int
    z: tuple[Array, ...]
    a: tuple[Array, ...]
    delta: tuple[Array, ...]
    sizes: tuple[Array, ...]
    weights: tuple[Array, ...]
    biases: tuple[Array, ...]

    @property
    def subject(self) -> str:
        """What these are the means of, in words."""
        if self.rows == self.of:
            return f"the next batch of {self.of:,}"
        return f"{self.rows:,} of the next batch's {self.of:,}"


@lru_cache(maxsize=2)
def batch_pass(frame: Frame) -> BatchPass:
    """The means over the rows of the next update."""
    network, data, spec = frame.network, frame.session.data, frame.session.spec
    rows = _affordable(frame.batch, network)
    with np.errstate(all="ignore"):
        trace = forward(network, data.x[rows])
        gradient = backward_with(spec.mistake, network, trace, data.t[rows], spec.eta)
        z, a, delta, sizes = (
            tuple(values.mean(axis=0, keepdims=True) for values in quantity)
            for quantity in (trace.z, trace.a, gradient.delta, map(np.abs, gradient.delta))
        )
    for array in (*z, *a, *delta, *sizes, *gradient.weights, *gradient.biases):
        array.setflags(write=False)
    return BatchPass(len(rows), len(frame.batch), z, a, delta, sizes, gradient.weights, gradient.biases)


def _affordable(batch: Rows, network: Network) -> Rows:
    """The batch, or so much of it as a frame has time for: one row from each of equal stretches.

    Which one is drawn, always alike: at equal distances the rows might all be of one class.
    """
    costs = 3 * sum(w.size + b.size * UNIT_COST for w, b in zip(network.weights, network.biases, strict=True))
    most = max(LEAST_ROWS, MOST_MULTIPLICATIONS // costs)
    if len(batch) <= most:
        return batch
    ends = np.arange(most + 1) * len(batch) // most
    return batch[np.random.default_rng(0).integers(ends[:-1], ends[1:])]


def _freeze(trace: Trace, gradient: Gradient) -> None:
    """Nobody writes into what was computed."""
    for array in (*trace.z, *trace.a, *gradient.delta, *gradient.weights, *gradient.biases, gradient.x):
        array.setflags(write=False)
