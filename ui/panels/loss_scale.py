"""The ranges of axes that hold loss curves: from the first epoch or step, and from 0 or from a power of ten."""

import numpy as np

from core.arrays import Array
from ui.scales import FINE, settled_floor, settled_scale

# Beyond these a plot could not compute where things are.
SMALLEST, LARGEST = 1e-290, 1e300

Range = tuple[float, float]


class LossScale:
    """Settles: what is shown grows into it, and it changes seldom."""

    def __init__(self) -> None:
        self.begin()

    def begin(self) -> None:
        """Forget what was shown before."""
        self._last, self._highest = 0.0, 0.0
        self._lowest: float | None = None

    def settle(self, last: float, losses: Array, *, log: bool) -> tuple[Range, Range]:
        """The ranges of epochs or steps, and of losses (n,), of which those that are not finite do not count."""
        losses = losses[np.isfinite(losses)]
        positive = np.clip(losses[losses > 0], SMALLEST, LARGEST)
        self._last = settled_scale(last, self._last, FINE)
        self._highest = settled_scale(float(positive.max(initial=0.0)), self._highest, FINE)
        self._lowest = settled_floor(float(positive.min(initial=self._highest)), self._lowest)
        low = min(self._lowest, self._highest / 10) if log else 0.0
        return (0.0, self._last), (low, self._highest)
