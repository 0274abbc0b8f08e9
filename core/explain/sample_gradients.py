"""How the gradients of single samples add up, and cancel, to the mean that an update is made of."""

import numpy as np

from core.arrays import Array, frozen
from core.mistakes import backward_with, formulas_with
from core.network import Network, forward
from core.record import record
from core.selection import Edge, Item


@record(eq=False)
class SampleGradients:
    """Of one weight or bias: `a` and `delta`, whose products, but for a mistake, are the `slopes`, (n,) each."""

    a: Array
    delta: Array
    slopes: Array

    @property
    def up(self) -> float:
        """The sum of all that are positive."""
        return float(np.maximum(self.slopes, 0.0).sum())

    @property
    def down(self) -> float:
        """The sum of all that are negative."""
        return float(np.minimum(self.slopes, 0.0).sum())

    @property
    def total(self) -> float:
        """Their sum."""
        return float(self.slopes.sum())

    @property
    def mean(self) -> float:
        """What the update is made of."""
        return float(self.slopes.mean())


def sample_gradients(
    network: Network, x: Array, t: Array, item: Item, eta: float = 0.0, mistake: str | None = None
) -> SampleGradients | None:
    """∂E/∂w or ∂E/∂b of every row; None for an input, or a bias that does not learn."""
    k = item.layer
    if not isinstance(item, Edge) and (k == 0 or not network.biased):
        return None
    formulas = formulas_with(mistake)
    with np.errstate(all="ignore"):
        trace = forward(network, x)
        deltas = backward_with(mistake, network, trace, t, eta).delta[k - 1]
        if isinstance(item, Edge):
            a, delta = trace.a[k - 1][:, item.source], deltas[:, item.target]
            factor = formulas.source(network, k, a)
        else:
            a, delta = np.ones(len(x)), deltas[:, item.index]
            factor = formulas.bias * a
        return SampleGradients(frozen(a), frozen(delta), frozen(factor * delta))
