"""What every node answers over the plane of two inputs: one forward pass over a grid, shared by all who draw it."""

from functools import lru_cache

import numpy as np

from core.activations import ACTIVATIONS
from core.arrays import Array, without_gaps
from core.datasets import Data
from core.frame import Frame
from core.network import Network, forward
from core.record import record
from ui.throttle import Throttle

# As many multiplications as one picture may take: a large network makes the grid coarser and not the window slow.
WORK, WORK_WHILE_TRAINING = 4_000_000, 250_000
ACTIVATION_WORK = 10  # an activation takes as long as so many multiplications
FINEST, COARSEST = 64, 16
COARSE = 24  # with so few places along a side the grid can be seen
SHARPEST = 128  # nothing finer can be seen in a picture
SLICE = 2_000_000  # what is worked at while the window rests takes some milliseconds at a time
MARGIN = 0.15
SURFACES_A_SECOND = 30  # while training hurries


@record(eq=False)
class Surface:
    """`responses[k]` (n_k, side, side) are the a⁽ᵏ⁾ of each node, row 0 the largest x₂; `bounds` are x₁ and x₂."""

    bounds: tuple[tuple[float, float], tuple[float, float]]
    responses: tuple[Array, ...]


def bounds(data: Data) -> tuple[tuple[float, float], tuple[float, float]]:
    """A square region a little larger than the data's; around a single row, two wide."""
    low, high = data.x.min(axis=0), data.x.max(axis=0)
    middle, half = (low + high) / 2, (float((high - low).max()) / 2 or 1.0) * (1 + 2 * MARGIN)
    return (middle[0] - half, middle[0] + half), (middle[1] - half, middle[1] + half)


class _Latest:
    """What was drawn last: while training hurries, those who draw it share one for some frames."""

    def __init__(self) -> None:
        self._pace = Throttle(SURFACES_A_SECOND)
        self._of: tuple[object, ...] = ()
        self._surface: Surface | None = None

    def surface(self, frame: Frame) -> Surface:
        network, data = frame.session.run.network, frame.session.data
        side = _side(network, WORK_WHILE_TRAINING if frame.training else WORK)
        due, of = self._pace.due(frame), (data, network.sizes, side)
        if self._surface is None or due or of != self._of:
            self._of, self._surface = of, _surface(network, data, side)
        return self._surface


_latest = _Latest()


def surface(frame: Frame) -> Surface | None:
    """The surface of the frame's network, or of one shortly before it; None unless it has two inputs."""
    return None if frame.session.spec.sizes[0] != 2 else _latest.surface(frame)


def coarse_while_training(network: Network) -> bool:
    """Whether the network is so large that its surface shows the grid as long as it is trained."""
    return _side(network, WORK_WHILE_TRAINING) < COARSE


class Refinement:
    """The outputs on finer and finer grids, some places at a time: what is coarse need not stay so.

    `outputs` (n_K, side, side) belong to the finest grid that is done.
    """

    def __init__(self, network: Network, data: Data, outputs: Array) -> None:
        self.network, self.data, self.outputs = network, data, outputs
        self._at_once = max(1, SLICE // _work_at_a_place(network))
        self._slices: list[Array] = []
        self._places = 0

    @property
    def done(self) -> bool:
        """Whether there is nothing finer to come."""
        return self.outputs.shape[1] >= SHARPEST

    def advance(self) -> bool:
        """Work for some milliseconds; whether a finer grid is done by that."""
        side = min(2 * self.outputs.shape[1], SHARPEST)
        _, grid = _grid(self.data, side)
        places = grid[self._places : self._places + self._at_once]
        with np.errstate(all="ignore"):
            self._slices.append(forward(self.network, places).y)
        self._places += len(places)
        if self._places < len(grid):
            return False
        self.outputs = np.concatenate(self._slices).T.reshape(-1, side, side)
        self._slices, self._places = [], 0
        return True


@lru_cache(maxsize=4)
def _grid(data: Data, side: int) -> tuple[tuple[tuple[float, float], tuple[float, float]], Array]:
    (x_low, x_high), (y_low, y_high) = region = bounds(data)
    step = np.arange(side) + 0.5
    x = x_low + step * (x_high - x_low) / side
    y = y_high - step * (y_high - y_low) / side
    return region, np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2)


@lru_cache(maxsize=2)
def _surface(network: Network, data: Data, side: int) -> Surface:
    region, grid = _grid(data, side)
    with np.errstate(all="ignore"):
        trace = forward(network, grid)
    return Surface(region, tuple(a.T.reshape(-1, side, side) for a in trace.a))


def _work_at_a_place(network: Network) -> int:
    return sum(weights.size + ACTIVATION_WORK * weights.shape[1] for weights in network.weights)


def _side(network: Network, work: int) -> int:
    """How many places along a side can be answered with so much work."""
    return int(np.clip(np.sqrt(work / _work_at_a_place(network)), COARSEST, FINEST))


def scaled(values: Array, activation: str | None, axis: tuple[int, ...] | None = None) -> Array:
    """Values brought to −1 … 1: by the activation's range if it has two ends, else by the largest over `axis`."""
    low, high = (-np.inf, np.inf) if activation is None else ACTIVATIONS[activation].range
    if np.isfinite(low) and np.isfinite(high):
        return (values - (low + high) / 2) * (2 / (high - low))
    largest = np.abs(without_gaps(values)).max(axis=axis, keepdims=True)
    return values / np.where(largest > 0, largest, 1.0)
