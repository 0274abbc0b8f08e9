"""The gradient check of a batch in slices, since a large network takes minutes; what is found so far, by layer."""

import time
from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from core.arrays import Rows
from core.gradient_check import TOLERANCE, Comparison, comparison_count, comparisons
from core.losses import LOSSES
from core.mistakes import backward_with
from core.network import forward
from core.record import record
from core.session import Session

SLICE_SECONDS = 0.012
# So many places at kinks are named; of more there is only the number.
MOST_NAMES = 100
# So many comparisons are kept one by one; of all there are the layers' sums.
MOST_KEPT = 10_000


@record
class LayerCheck:
    """What was found of layer 1 … K; layer 0 is ∂E/∂x. `kinks` are the first of those at one, `failures` of those whose
    error is too large."""

    layer: int
    counted: int = 0
    worst: Comparison | None = None
    at_kinks: int = 0
    kinks: tuple[Comparison, ...] = ()
    failed: int = 0
    failures: tuple[Comparison, ...] = ()

    def with_one(self, found: Comparison) -> "LayerCheck":
        """This and one comparison more."""
        if found.at_kink:
            return replace(self, at_kinks=self.at_kinks + 1, kinks=(*self.kinks, found)[:MOST_NAMES])
        worse = self.worst is None or found.error > self.worst.error
        after = replace(self, counted=self.counted + 1, worst=found if worse else self.worst)
        if found.error <= TOLERANCE:
            return after
        return replace(after, failed=self.failed + 1, failures=(*self.failures, found)[:MOST_NAMES])


@record
class Checking:
    """How far a check has come: `done` of `needed` comparisons at that `step`, on so many `rows`, with that loss.

    `found` are the first of the comparisons. With a `mistake` it is the wrong gradient that is compared.
    """

    step: int
    rows: int
    loss: str
    needed: int
    layers: tuple[LayerCheck, ...]
    done: int = 0
    cancelled: bool = False
    mistake: str | None = None
    found: tuple[Comparison, ...] = ()

    @property
    def under_way(self) -> bool:
        """Whether there is more to compare."""
        return self.done < self.needed and not self.cancelled

    @property
    def worst(self) -> Comparison | None:
        """The counted comparison with the largest error; None when none is counted."""
        found = [layer.worst for layer in self.layers if layer.worst is not None]
        return max(found, key=lambda comparison: comparison.error, default=None)

    @property
    def passed(self) -> bool:
        """Whether no error found so far exceeds TOLERANCE."""
        return self.worst is None or self.worst.error <= TOLERANCE


class Checker:
    """Compares the gradients of a session's network on these rows; `now` says what is known."""

    def __init__(self, session: Session, rows: Rows) -> None:
        network, data, spec = session.run.network, session.data, session.spec
        x, t = data.x[rows], data.t[rows]
        with np.errstate(all="ignore"):
            gradient = backward_with(spec.mistake, network, forward(network, x), t, spec.eta)
        layers = (*range(1, len(network.layers) + 1), 0)
        self.now = Checking(
            session.run.step,
            len(rows),
            LOSSES[network.loss].label,
            comparison_count(network, len(rows)),
            tuple(map(LayerCheck, layers)),
            mistake=spec.mistake,
        )
        self._left: Iterator[Comparison] = comparisons(network, x, t, gradient)

    def go_on(self, seconds: float = SLICE_SECONDS) -> None:
        """Compare for so long, at least one."""
        if not self.now.under_way:
            return
        end = time.perf_counter() + seconds
        layers, done = {layer.layer: layer for layer in self.now.layers}, self.now.done
        kept: list[Comparison] = []
        for found in self._left:
            layers[found.layer] = layers[found.layer].with_one(found)
            kept.append(found)
            done += 1
            if time.perf_counter() >= end:
                break
        else:
            if done < self.now.needed:
                # An error broke it off, and nothing more will come.
                self.cancel()
        every = self.now.found if len(self.now.found) == MOST_KEPT else (*self.now.found, *kept)[:MOST_KEPT]
        self.now = replace(self.now, layers=tuple(layers.values()), done=done, found=every)

    def cancel(self) -> None:
        """Leave it at what was found."""
        self.now = replace(self.now, cancelled=True)
