"""Where a number comes from that no update made: it was drawn for the start, taken over, or set by hand."""

import math
from collections.abc import Callable

from core.explain.boxes import Box, Fenced, Glyphs, Scripts, row, sign
from core.explain.equations import Layers, parameter_quantity
from core.explain.naming import Naming
from core.explain.notation import Notation
from core.explain.put_in import put_in_indices
from core.explain.terms import HALF, Apply, Kind, Number, Over, Quantity, Term, evaluate, mapped, plus
from core.explain.typeset import Typesetter, number_box
from core.initializers import INITIALIZERS
from core.network import Network
from core.parameters import Parameter, parameter
from core.record import record
from core.selection import Edge
from core.session import Session

DIGITS = 6
SPREAD = Glyphs("r", "italic")


@record
class Spread:
    """How the weights of a layer are drawn: evenly from −`width` to `width`, or normally with that σ; its sizes stand
    in the width by their names."""

    even: bool
    width: Term


@record
class Origin:
    """The `value` of `item`, and in `words` where it comes from; what was drawn has a `spread`."""

    item: Parameter
    value: float
    words: str
    spread: Spread | None = None


def root(argument: Term) -> Apply:
    """Its square root."""
    return Apply("√", (argument,), math.sqrt)


# How core/initializers.py draws the weights between n_in inputs and n_out units; None where nothing is drawn.
SPREADS: dict[str, Callable[[Term, Term], Spread] | None] = {
    "uniform": lambda n_in, n_out: Spread(True, HALF),
    "glorot": lambda n_in, n_out: Spread(True, root(Over(Number(6.0, exact=True), plus(n_in, n_out)))),
    "he": lambda n_in, n_out: Spread(False, root(Over(Number(2.0, exact=True), n_in))),
    "normal": lambda n_in, n_out: Spread(False, Number(0.1, exact=True)),
    "zeros": None,
}


def origin_of(session: Session, item: Parameter) -> Origin | None:
    """Where that weight or bias of `session` comes from; None where an update made it."""
    step, value = session.run.step, parameter(session.run.network, item)
    if any((leg.step, leg.item) == (step, item) for leg in session.legs):
        return Origin(item, value, f"set by hand after step {step:,}")
    if step:
        return None
    spec = session.legs[0].spec
    initializer, spread = INITIALIZERS[spec.init], SPREADS[spec.init]
    if session.given and (words := session.given[item.layer - 1]):
        return Origin(item, value, f"step 0 · {words}")
    if not isinstance(item, Edge) or spread is None:
        return Origin(item, value, f"step 0 · what all start with: {initializer.label}")
    k = item.layer
    words = f"step 0 · drawn by {initializer.label}, seed {spec.seed}"
    return Origin(item, value, words, spread(Quantity(Kind.SIZE, k - 1), Quantity(Kind.SIZE, k)))


def name_of(item: Parameter, network: Network, notation: Notation) -> Box:
    """Its symbol."""
    quantity, place = parameter_quantity(item)
    here = put_in_indices(quantity, place, network.activations)
    return Typesetter(Naming(notation, network.sizes, network.activations)).box(here)


def drawn_in_general(spread: Spread, k: int, network: Network, notation: Notation) -> Box:
    """How each weight of layer k is drawn."""
    setter = Typesetter(Naming(notation, network.sizes, network.activations, Layers.ANY, k))
    quantity, _ = parameter_quantity(Edge(k, 0, 0))
    return row(setter.box(quantity), *_drawn(spread, SPREAD), setter.box(spread.width))


def drawn_here(spread: Spread, item: Edge, network: Network, notation: Notation) -> Box:
    """The same with the numbers of units put in."""

    def put_in(term: Term) -> Term:
        if isinstance(term, Quantity):
            return Number(float(network.sizes[term.layer]), exact=True)
        return mapped(term, put_in)

    width = put_in(spread.width)
    setter = Typesetter(Naming(notation, network.sizes, network.activations))
    reach = number_box(evaluate(width), DIGITS)
    return row(name_of(item, network, notation), *_drawn(spread, reach), setter.box(width))


def _drawn(spread: Spread, reach: Box) -> tuple[Box, ...]:
    """~ U(−r, r), r = …, or ~ N(0, r²), r = …"""
    comma = Glyphs(", ", "upright")
    if spread.even:
        limits = row(Glyphs("−", "number"), reach, comma, reach)
    else:
        limits = row(Glyphs("0", "number"), comma, Scripts(reach, None, Glyphs("2", "number")))
    letter = Glyphs("U" if spread.even else "N", "italic")
    return sign("~"), letter, Fenced(limits), comma, SPREAD, sign("=")
