"""Equations as trees of terms: what is computed from what, before any notation, index or number is put in.

One tree serves for all forms of an equation. `core/explain/put_in.py` puts indices and numbers in,
`core/explain/typeset.py` turns a tree into what can be written or painted.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import field, replace
from enum import Enum

from core.record import record
from core.work import Work


class Role(Enum):
    """What an index counts where no number is put in; each notation has its own letter for it."""

    SOURCE = "units of the layer before"
    UNIT = "units of the layer that the equation is about"
    NEXT = "units of the layer after"
    ALSO = "once more the units of the same layer"
    SAMPLE = "rows of the batch"


class Kind(Enum):
    """The quantities of one backpropagation. Layer 0 is the input; `A` of layer 0 is x, and of layer K it is y."""

    Z = "pre-activation"
    A = "activation"
    T = "target"
    W = "weight"
    B = "bias"
    E_UNIT = "loss of one output"
    E = "loss"
    J = "mean loss"
    D_A = "∂E/∂a"
    DELTA = "δ"
    D_W = "∂E/∂W"
    D_B = "∂E/∂b"
    MEAN_W = "∂J/∂W"
    MEAN_B = "∂J/∂b"
    STATE_W = "what the optimiser remembers of a weight"
    STATE_B = "what the optimiser remembers of a bias"
    ETA = "learning rate"
    NUMBER = "number of the update"
    SIZE = "number of units"


Index = int | Role
Place = Mapping[Role, int]


@record
class Quantity:
    """One number, like W⁽ᵏ⁾[i, j], indices from 0 in the code's order; without indices, the whole vector or matrix.

    `new` is its value after the update, written W⁺. `sample` says of which row it is, where several are spoken of;
    `letter` which of the numbers that an optimiser remembers.
    """

    kind: Kind
    layer: int = 0
    indices: tuple[Index, ...] = ()
    new: bool = False
    sample: Index | None = None
    letter: str = ""


@record
class Number:
    """A number. `exact` ones belong to the formula, like the 1 in 1 − a², and are written with all their digits."""

    value: float
    exact: bool = False


@record
class Add:
    """Terms with plus signs between them."""

    terms: tuple["Term", ...]


@record
class Negative:
    """−term."""

    term: "Term"


@record
class Times:
    """Factors one after the other; `by_entry` (∘) for matrices of the same shape."""

    factors: tuple["Term", ...]
    by_entry: bool = False


@record
class Over:
    """A fraction."""

    top: "Term"
    bottom: "Term"


@record
class Power:
    """base to the power of `exponent`."""

    base: "Term"
    exponent: "Term"


@record
class Euler:
    """e to the power of `exponent`."""

    exponent: "Term"


@record
class Apply:
    """A function of some terms; `value` computes it and is None for f and f′, which put_in writes out.

    Its name is a `letter` like f, or a word like tanh.
    """

    name: str
    arguments: tuple["Term", ...]
    value: Callable[..., float] | None = field(default=None, compare=False)
    letter: bool = False


@record
class Function:
    """f_k(z) of a unit (or layer), or its slope f_k′(z) where `slope`; put_in writes out what f is."""

    layer: int
    index: Index | None
    slope: bool = False
    sample: Index | None = None


@record
class Sum:
    """Σ over all `count` values of `role`."""

    role: Role
    count: int
    body: "Term"


@record
class Rest:
    """The terms of a long sum for the values `first` … `first` + `count` − 1 of `role`, folded away."""

    role: Role
    first: int
    count: int
    body: "Term"


@record
class Folded:
    """The number that so many terms of a sum come to, which are folded away."""

    count: int
    value: float


@record
class Transposed:
    """A matrix turned over."""

    term: "Term"


@record
class Grid:
    """Numbers in rows and columns, in the order of the code."""

    rows: tuple[tuple["Term", ...], ...]


Term = (
    Quantity
    | Number
    | Add
    | Negative
    | Times
    | Over
    | Power
    | Euler
    | Apply
    | Function
    | Sum
    | Rest
    | Folded
    | Transposed
    | Grid
)

ONE, TWO = Number(1.0, exact=True), Number(2.0, exact=True)
HALF = Over(ONE, TWO)


def plus(*terms: Term) -> Term:
    """Their sum; of one term, itself."""
    return terms[0] if len(terms) == 1 else Add(terms)


def minus(one: Term, other: Term) -> Term:
    """one − other."""
    return Add((one, Negative(other)))


def times(*factors: Term) -> Term:
    """Their product, without factors that are 1."""
    left = tuple(factor for factor in factors if factor != ONE)
    if not left:
        return ONE
    return left[0] if len(left) == 1 else Times(left)


def mapped(term: Term, go: Callable[[Term], Term]) -> Term:
    """The same kind of term with `go` of all that it consists of."""
    match term:
        case Add():
            return replace(term, terms=tuple(map(go, term.terms)))
        case Negative() | Transposed():
            return replace(term, term=go(term.term))
        case Times():
            return replace(term, factors=tuple(map(go, term.factors)))
        case Over():
            return Over(go(term.top), go(term.bottom))
        case Power():
            return Power(go(term.base), go(term.exponent))
        case Euler():
            return Euler(go(term.exponent))
        case Apply():
            return replace(term, arguments=tuple(map(go, term.arguments)))
        case Sum() | Rest():
            return replace(term, body=go(term.body))
        case Grid():
            return Grid(tuple(tuple(map(go, row)) for row in term.rows))
        case _:
            return term


def parts_of(term: Term) -> list[Term]:
    """All that it consists of."""
    found: list[Term] = []

    def note(part: Term) -> Term:
        found.append(part)
        return part

    mapped(term, note)
    return found


def mapping(term: Term, go: Callable[[Term], Work[Term]]) -> Work[Term]:
    """As `mapped`, where `go` is work."""
    done: list[Term] = []
    for part in parts_of(term):
        done.append((yield from go(part)))
    left = iter(done)
    return mapped(term, lambda _: next(left))


def squared(base: Term) -> Term:
    """base²."""
    return Power(base, TWO)


def logarithm(argument: Term) -> Apply:
    """The natural logarithm; of 0 it is −∞, as a limit."""
    return Apply("ln", (argument,), _logarithm)


def _logarithm(value: float) -> float:
    return math.log(value) if value > 0.0 else -math.inf


Rounding = Callable[[float], float]


def evaluate(term: Term, rounded: Rounding = lambda value: value) -> float:
    """What a tree without quantities comes to when each of its numbers is first `rounded`; NaN where it cannot be."""
    try:
        return _value(term, rounded)
    except (OverflowError, ZeroDivisionError):
        return math.nan


def _value(term: Term, rounded: Rounding) -> float:
    match term:
        case Number():
            return term.value if term.exact else rounded(term.value)
        case Folded():
            return rounded(term.value)
        case Add():
            return sum(_value(part, rounded) for part in term.terms)
        case Negative():
            return -_value(term.term, rounded)
        case Times():
            return math.prod(_value(factor, rounded) for factor in term.factors)
        case Over():
            return _value(term.top, rounded) / _value(term.bottom, rounded)
        case Power():
            return _value(term.base, rounded) ** _value(term.exponent, rounded)
        case Euler():
            return math.exp(_value(term.exponent, rounded))
        case Apply() if term.value is not None:
            return term.value(*(_value(argument, rounded) for argument in term.arguments))
        case _:
            raise TypeError(f"{type(term).__name__} has no value before its numbers are put in")
