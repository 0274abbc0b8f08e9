"""How optimisers and penalties change a parameter, as terms: an entry for each, like their registries."""

from collections.abc import Callable

from core.arrays import Array
from core.explain.terms import Term, times
from core.record import record


@record
class OptimizerTerms:
    """What an optimiser does with one parameter whose slope is g.

    `change(g, state, eta, number)` is subtracted from it; `state` has the new values of what the optimiser remembers,
    which `remember(g, old, number)` makes of the old ones. `letters` name these, in the order of the optimiser's slots;
    `number` counts updates from 1. `source` says where it comes from.
    """

    source: str
    change: Callable[[Term, tuple[Term, ...], Term, Term], Term]
    letters: tuple[str, ...] = ()
    remember: Callable[[Term, tuple[Term, ...], Term], tuple[Term, ...]] = lambda g, old, number: ()


# The formulas of core/optimizers.py.
OPTIMIZER_TERMS = {
    "gradient-descent": OptimizerTerms(
        "365, update rule; Duke, eq. 31",
        lambda g, state, eta, number: times(eta, g),
    )
}

# The slopes of core/penalties.py for one weight w; None where nothing is added.
PENALTY_TERMS: dict[str, Callable[[Term], Term] | None] = {"none": None}


@record(eq=False)
class Rule:
    """By which optimiser an update changes the parameters of an objective with which penalty.

    `state` (slots, P) is what the optimiser remembered before it, None where that is nothing yet; `number` counts
    updates from 1.
    """

    optimizer: str = "gradient-descent"
    penalty: str = "none"
    state: Array | None = None
    number: int = 1

    @property
    def terms(self) -> OptimizerTerms:
        """What the optimiser does, as terms."""
        return OPTIMIZER_TERMS[self.optimizer]

    @property
    def slope(self) -> Callable[[Term], Term] | None:
        """What the penalty adds to the slope of a weight."""
        return PENALTY_TERMS[self.penalty]


PLAIN = Rule()
