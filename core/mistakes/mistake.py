"""What a mistake is: a wrong gradient, its wrong line beside the right one, and when it cannot be seen."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from core.arrays import Array
from core.explain.equations import Equation
from core.network import Gradient, Network, Trace, backward, forward
from core.registry import Registry

# What two gradients may differ by and still count as the same: less than any gradient check notices.
SAME = 1e-9


@dataclass(frozen=True)
class Mistake:
    """One mistake.

    `right` and `wrong` are the formulas in the code's notation, `help` says why it is wrong. `gradient(network, trace,
    t, eta)` is what the wrong formula gives. `equation(right, network)` is the wrong equation in the place of `right`,
    None where the mistake leaves that one alone. `reason(network, x, t)` says why it cannot show there, None where
    nothing speaks against it; `example` is where it shows.
    """

    name: str
    label: str
    help: str
    right: str
    wrong: str
    gradient: Callable[[Network, Trace, Array, float], Gradient]
    equation: Callable[[Equation, Network], Equation | None]
    reason: Callable[[Network, Array, Array], str | None]
    example: str


MISTAKES: Registry[Mistake] = Registry("mistake")


def why_it_cannot_show(mistake: Mistake, network: Network, x: Array, t: Array, eta: float) -> str | None:
    """Why the wrong gradient is the right one on these rows, and which example shows it; None where they differ."""
    with np.errstate(all="ignore"):
        trace = forward(network, x)
        if _differ(network, mistake.gradient(network, trace, t, eta), backward(network, trace, t)):
            return None
    reason = mistake.reason(network, x, t) or "On these numbers the wrong formula happens to give the right result."
    return f"{reason} The example {mistake.example} shows it."


def _differ(network: Network, one: Gradient, other: Gradient) -> bool:
    """Whether they differ for a parameter that learns."""
    kinds = [(one.weights, other.weights), *([(one.biases, other.biases)] if network.biased else [])]
    pairs = [pair for ours, theirs in kinds for pair in zip(ours, theirs, strict=True)]
    return any(not np.allclose(ours, theirs, rtol=SAME, atol=SAME * 1e-3, equal_nan=True) for ours, theirs in pairs)
