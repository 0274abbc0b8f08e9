"""The right and the wrong equation of a mistake in general, whatever network it is made in."""

from functools import lru_cache

from core.examples import EXAMPLES
from core.explain.equations import Equation
from core.explain.phase_equations import equations_of
from core.explain.phases import phases
from core.mistakes.mistake import Mistake
from core.network import Network


def network_in_general() -> Network:
    """One in which every mistake has a wrong line: with a hidden layer, biases, and layers of one size."""
    return EXAMPLES["mazur"].network


@lru_cache(maxsize=16)
def lines_in_general(mistake: Mistake, rows: int) -> tuple[Equation, Equation]:
    """The right equation of a batch of at least 2 rows and the wrong one: of a hidden layer, if it is about one."""
    network = network_in_general()
    found = [
        (right, wrong)
        for phase in phases(network, rows)
        for right in equations_of(phase, network, rows)
        if (wrong := mistake.equation(right, network)) is not None
    ]
    return next((pair for pair in found if pair[0].layer == 1), found[0])
