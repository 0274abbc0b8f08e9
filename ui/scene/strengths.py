"""How strong each edge and bias is drawn: in a few steps, and beyond a number of edges only the strongest."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from core.arrays import Array, without_gaps
from core.record import record
from ui.scales import settled_scale

MOST_EDGES = 700
BUCKETS = 8
LEFT_OUT = 127

Levels = NDArray[np.int8]


@record(eq=False)
class Strengths:
    """Levels −BUCKETS … BUCKETS for values of −`scale` … `scale`, by layer; LEFT_OUT is not drawn."""

    edges: tuple[Levels, ...]
    biases: tuple[Levels, ...]
    scale: float

    @property
    def drawn(self) -> list[NDArray[np.bool_]]:
        """Which edges are drawn, by layer."""
        return [levels != LEFT_OUT for levels in self.edges]


def strengths(weights: Sequence[Array], biases: Sequence[Array], scale_before: float) -> Strengths:
    """Those of weights or of their gradients, on a scale that settles."""
    values = np.concatenate([each.ravel() for each in (*weights, *biases)])
    sizes = np.abs(without_gaps(values))
    # One infinite weight does not make all others vanish.
    scale = settled_scale(float(sizes.max(initial=0.0, where=np.isfinite(values))), scale_before)
    levels = levels_of(without_gaps(values), scale)
    edges = sum(each.size for each in weights)
    if edges > MOST_EDGES:
        levels[np.argpartition(sizes[:edges], -MOST_EDGES)[:-MOST_EDGES]] = LEFT_OUT
    parts = np.split(levels, np.cumsum([each.size for each in (*weights, *biases)])[:-1])
    shaped = [part.reshape(each.shape) for part, each in zip(parts, (*weights, *biases), strict=True)]
    return Strengths(tuple(shaped[: len(weights)]), tuple(shaped[len(weights) :]), scale)


def levels_of(values: Array, scale: float) -> Levels:
    """Away from zero: what is not 0 is drawn as more than nothing."""
    shares = np.clip(values / scale, -1.0, 1.0) * BUCKETS
    return np.where(shares < 0, np.floor(shares), np.ceil(shares)).astype(np.int8)
