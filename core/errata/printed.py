"""What the texts print: their formulas and the errors in them, each with the quantity of ours that it is about."""

from collections.abc import Callable
from enum import Enum

from core.errata.erratum import ERRATA, Erratum
from core.explain.equations import Equation
from core.explain.phase_equations import equations_of
from core.explain.phases import phases
from core.explain.step import Step
from core.explain.terms import Kind
from core.network import Network
from core.record import record


class Where(Enum):
    """In which layers a formula holds: in all, the input, that after it, those before the output, or the output."""

    ANY = "any"
    INPUT = "input"
    FIRST = "first"
    HIDDEN = "hidden"
    OUTPUT = "output"


@record
class Computed:
    """A number that stands beside a formula: what it is, for core/errata/formula.py, and what computes it."""

    formula: str
    value: Callable[[Step], float]


@record
class Printed:
    """A formula of the text that `text` names, as core/errata/formula.py reads it; "" where only words are printed.

    `kinds` are the quantities that it is about, in the layers `layers`; `error` names what is wrong with it, "" where
    it is right.
    """

    text: str
    where: str
    formula: str
    kinds: tuple[Kind, ...] = ()
    layers: Where = Where.ANY
    error: str = ""
    numbers: tuple[Computed, ...] = ()

    @property
    def erratum(self) -> Erratum | None:
        """What is wrong with it."""
        return ERRATA[self.error] if self.error else None

    def is_about(self, equation: Equation, network: Network) -> bool:
        """Whether that equation of ours says the same, or what should be said."""
        k, last = equation.left.layer, len(network.layers)
        fits = {
            Where.ANY: True,
            Where.INPUT: k == 0,
            Where.FIRST: k == 1 < last,
            Where.HIDDEN: 0 < k < last,
            Where.OUTPUT: k == last,
        }
        return equation.left.kind in self.kinds and fits[self.layers]

    def ours(self, network: Network) -> Equation | None:
        """The equation of an update of `network` that this is about: of the first of its kinds that there is."""
        every = [equation for phase in phases(network) for equation in equations_of(phase, network, 1)]
        about = [equation for equation in every if self.is_about(equation, network)]
        return min(about, key=lambda equation: self.kinds.index(equation.left.kind), default=None)
