"""How large δ is in each layer beside the output's, so that vanishing and exploding are seen."""

from collections.abc import Sequence

import numpy as np

from core.arrays import Array
from core.record import record

VANISHED, EXPLODED = 1e-3, 1e3


@record
class LayerError:
    """`mean` |δ| over the units and samples of a layer, and its `ratio` to the output layer's.

    The ratio is NaN where the output's mean is 0 or not finite: there is nothing to compare with.
    """

    mean: float
    ratio: float

    @property
    def word(self) -> str:
        """What has become of the error on its way from the output; nothing when it is still of its order."""
        if self.ratio < VANISHED:
            return "vanishes"
        return "explodes" if self.ratio > EXPLODED else ""


def layer_errors(delta: Sequence[Array]) -> tuple[LayerError, ...]:
    """One for each of δ⁽¹⁾ … δ⁽ᴷ⁾ (n, n_k)."""
    with np.errstate(all="ignore"):
        means = [float(np.abs(layer).mean()) for layer in delta]
    output = means[-1]
    return tuple(LayerError(mean, mean / output if 0 < output < np.inf else float("nan")) for mean in means)
