"""What a mistake is: one formula put in the place of a right one, its wrong line, and when it cannot be seen."""

from collections.abc import Callable, Mapping
from dataclasses import field
from typing import Any

import numpy as np

from core.arrays import Array
from core.explain.equations import Equation
from core.mistakes.formulas import RIGHT, Formulas
from core.network import Gradient, Network, Trace, backward, forward
from core.record import record
from core.registry import Registry

# What two gradients may differ by and still count as the same: less than any gradient check notices.
SAME = 1e-9
# So many rows of a batch, and so many batches, are looked at to find out whether a mistake shows.
MOST_ROWS, MOST_BATCHES = 512, 16


@record
class Example:
    """Where a mistake is seen: a data set with the settings that learn it, but for those of `changes`.

    After so many `epochs` with the mistake the loss is plainly not what it is without.
    """

    dataset: str
    epochs: int
    changes: Mapping[str, Any] = field(default_factory=dict[str, Any])


@record(eq=False)
class Mistake:
    """One mistake; `help` says why it is wrong, and `erratum` names where one of the texts makes it, or one like it.

    `equation(right, network)` is the wrong equation in the place of `right`, None where the mistake leaves that one
    alone. `reason(network, x, t)` says why it cannot show there, None where nothing speaks against it; `example` is
    where it shows.
    """

    name: str
    label: str
    help: str
    formulas: Formulas
    equation: Callable[[Equation, Network], Equation | None]
    reason: Callable[[Network, Array, Array], str | None]
    example: Example
    erratum: str | None = None


MISTAKES: Registry[Mistake] = Registry("mistake")


def formulas_with(mistake: str | None) -> Formulas:
    """The formulas of a backward pass with the mistake of that name, or none."""
    return RIGHT if mistake is None else MISTAKES[mistake].formulas


def backward_with(mistake: str | None, network: Network, trace: Trace, t: Array, eta: float) -> Gradient:
    """What backpropagation gives with the mistake of that name, or none."""
    if mistake is None:
        return backward(network, trace, t)
    return MISTAKES[mistake].formulas.backward(network, trace, t, eta)


def why_it_cannot_show(mistake: Mistake, network: Network, x: Array, t: Array, eta: float) -> str | None:
    """Why the wrong gradient is the right one on these rows; None where they differ."""
    with np.errstate(all="ignore"):
        trace = forward(network, x)
        if _differ(network, mistake.formulas.backward(network, trace, t, eta), backward(network, trace, t)):
            return None
    return mistake.reason(network, x, t) or "On these numbers the wrong formula happens to give the right result."


def why_not_here(mistake: Mistake, network: Network, x: Array, t: Array, eta: float, batch: int) -> str | None:
    """Why it cannot show in the batches that these rows make; None where it does in one of them."""
    reason = None
    for first in range(0, min(len(x), batch * MOST_BATCHES), batch):
        rows = slice(first, first + min(batch, MOST_ROWS))
        reason = why_it_cannot_show(mistake, network, x[rows], t[rows], eta)
        if reason is None:
            return None
    return reason


def _differ(network: Network, one: Gradient, other: Gradient) -> bool:
    """Whether they differ for a parameter that learns."""
    kinds = [(one.weights, other.weights), *([(one.biases, other.biases)] if network.biased else [])]
    pairs = [pair for ours, theirs in kinds for pair in zip(ours, theirs, strict=True)]
    return any(not np.allclose(ours, theirs, rtol=SAME, atol=SAME * 1e-3, equal_nan=True) for ours, theirs in pairs)
