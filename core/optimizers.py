"""How a gradient becomes a change of the parameters: one entry for each optimiser."""

from collections.abc import Callable

import numpy as np

from core.arrays import Array
from core.record import record
from core.registry import Registry


@record
class Optimizer:
    """Parameters, gradient and state are flat vectors of P entries.

    `update(gradient, state, eta, step)` overwrites `gradient` with the change that is *subtracted* from the
    parameters, and may rewrite the rows of `state` (slots, P); `step` counts updates from 1. `scalar` are the same
    statements for one parameter: they turn g into the change, and may rewrite s0, s1, … of the state.
    """

    name: str
    label: str
    formula: str
    help: str
    slots: int
    update: Callable[[Array, Array, float, int], object]
    scalar: tuple[str, ...]


OPTIMIZERS: Registry[Optimizer] = Registry("optimiser")
OPTIMIZERS.add(
    Optimizer(
        "gradient-descent",
        "Gradient descent",
        "w ← w − η ∂J/∂w",
        "One step of length η against the gradient.",
        0,
        lambda gradient, state, eta, step: np.multiply(gradient, eta, out=gradient),
        ("g = eta * g",),
    )
)
