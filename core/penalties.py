"""What the objective adds for large weights: one entry for each penalty. Biases are never penalised."""

from collections.abc import Callable, Sequence

from core.arrays import Array
from core.record import record
from core.registry import Registry


@record
class Penalty:
    """`value(weights)` is the term in the objective; `add_slope(weights, gradient)` adds its slope, in place.

    `add_slope` is None, and `scalar_slope`, its slope for one weight w, is "" where there is nothing to add, so that
    a training step does no work for it.
    """

    name: str
    label: str
    formula: str
    help: str
    value: Callable[[Sequence[Array]], float]
    add_slope: Callable[[Array, Array], object] | None
    scalar_slope: str = ""


PENALTIES: Registry[Penalty] = Registry("penalty")
PENALTIES.add(Penalty("none", "None", "0", "The objective is the data loss alone.", lambda weights: 0.0, None))
