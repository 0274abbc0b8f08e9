"""From the general form of an equation to the one for these indices, and from that to the one with numbers."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from core.arrays import Array
from core.explain.functions import ACTIVATION_TERMS
from core.explain.step import Step
from core.explain.terms import (
    Add,
    Euler,
    Folded,
    Function,
    Kind,
    Negative,
    Number,
    Place,
    Quantity,
    Rest,
    Role,
    Sum,
    Term,
    Times,
    evaluate,
    mapped,
    mapping,
    parts_of,
    plus,
    times,
)
from core.work import Work

# Of a longer sum so many terms are shown at its beginning, and the last; the others are folded away.
LONGEST, SHOWN_FIRST = 6, 3


def put_in_indices(term: Term, place: Place, activations: tuple[str, ...], *, first: int | None = SHOWN_FIRST) -> Term:
    """`term` with the numbers of `place` for its roles, f and f′ written out, and every sum term by term.

    Of long sums the `first` terms and the last are shown, or all. `activations` are those of layers 1 … K.
    """

    def go(inner: Term) -> Term:
        return put_in_indices(inner, place, activations, first=first)

    match term:
        case Quantity():
            indices = tuple(place.get(i, i) if isinstance(i, Role) else i for i in term.indices)
            sample = place.get(term.sample, term.sample) if isinstance(term.sample, Role) else term.sample
            return replace(term, indices=indices, sample=sample)
        case Function():
            index = place.get(term.index, term.index) if isinstance(term.index, Role) else term.index
            return _written_out(replace(term, index=index), activations)
        case Sum():
            return _unrolled(term, place, activations, first=first)
        case Times(by_entry=False):
            return times(*map(go, term.factors))
        case _:
            return mapped(term, go)


def put_in_numbers(term: Term, step: Step, row: int) -> Term:
    """`term`, whose indices are put in, with the numbers of that row of `step` for its quantities."""

    def go(inner: Term) -> Term:
        return put_in_numbers(inner, step, row)

    match term:
        case Quantity():
            return Number(step.value(term, row))
        case Function():
            return Number(_function_value(term, step, row))
        case Rest():
            return Folded(term.count, _rest(term, step, row))
        case _:
            return mapped(term, go)


def putting_in_indices(term: Term, place: Place, activations: tuple[str, ...]) -> Work[Term]:
    """As `put_in_indices` with nothing folded away, and with a pause after each term of a sum."""
    match term:
        case Sum():
            terms: list[Term] = []
            for number in range(term.count):
                terms.append(put_in_indices(term.body, {**place, term.role: number}, activations, first=None))
                yield
            return plus(*terms)
        case Quantity() | Function():
            return put_in_indices(term, place, activations)
        case _:
            found = yield from mapping(term, lambda part: putting_in_indices(part, place, activations))
            return times(*found.factors) if isinstance(found, Times) and not found.by_entry else found


def putting_in_numbers(term: Term, step: Step, row: int) -> Work[Term]:
    """As `put_in_numbers`, with a pause after each term of a long sum."""
    match next(long_sums(term), None):
        case None:
            return put_in_numbers(term, step, row)
        case long if long is term:
            terms: list[Term] = []
            for part in long.terms:
                terms.append(put_in_numbers(part, step, row))
                yield
            return Add(tuple(terms))
        case _:
            return (yield from mapping(term, lambda part: putting_in_numbers(part, step, row)))


def long_sums(term: Term) -> Iterator[Add]:
    """The sums in it that are so long that they would be folded, but for those within one another."""
    if isinstance(term, Add) and len(term.terms) > LONGEST:
        yield term
        return
    for part in parts_of(term):
        yield from long_sums(part)


def _unrolled(term: Sum, place: Place, activations: tuple[str, ...], *, first: int | None) -> Term:
    """The sum term by term; of what is folded away there is only what it has in common."""

    def body(number: int) -> Term:
        return put_in_indices(term.body, {**place, term.role: number}, activations, first=first)

    if first is None or term.count <= first + LONGEST - SHOWN_FIRST:
        return plus(*map(body, range(term.count)))
    others = {role: number for role, number in place.items() if role is not term.role}
    hidden = put_in_indices(term.body, others, activations, first=first)
    rest = Rest(term.role, first, term.count - first - 1, hidden)
    return Add((*map(body, range(first)), rest, body(term.count - 1)))


def _rest(rest: Rest, step: Step, row: int) -> float:
    """What the terms that are folded away come to: of a thousand too, all at once."""
    try:
        with np.errstate(all="ignore"):
            values = _along(rest.body, rest, step, row)
            return float(np.sum(np.broadcast_to(values, (rest.count,))))
    except TypeError:
        return sum(_one_of(rest, number, step, row) for number in range(rest.first, rest.first + rest.count))


def _one_of(rest: Rest, number: int, step: Step, row: int) -> float:
    here = put_in_indices(rest.body, {rest.role: number}, step.network.activations)
    return evaluate(put_in_numbers(here, step, row))


def _along(term: Term, rest: Rest, step: Step, row: int) -> Array | float:
    """The values of `term` for those numbers of the role (count,); TypeError where that is no matter of arrays."""

    def go(inner: Term) -> Array | float:
        return _along(inner, rest, step, row)

    match term:
        case Quantity():
            return step.along(term, rest.role, slice(rest.first, rest.first + rest.count), row)
        case Times():
            product: Array | float = 1.0
            for factor in term.factors:
                product = product * go(factor)
            return product
        case Add():
            return sum(map(go, term.terms))
        case Negative():
            return -go(term.term)
        case Euler():
            return np.exp(go(term.exponent))
        case Number():
            return term.value
        case _:
            raise TypeError(f"{type(term).__name__} is worked out one by one")


def _written_out(function: Function, activations: tuple[str, ...]) -> Term:
    """What f or f′ of that unit is; itself where there is no formula without a distinction of cases."""
    written = ACTIVATION_TERMS.get(activations[function.layer - 1])
    indices = () if function.index is None else (function.index,)
    z, a = (Quantity(kind, function.layer, indices) for kind in (Kind.Z, Kind.A))
    if written is None or function.index is None:
        return function
    if not function.slope:
        return written.value(z)
    return function if written.slope is None else written.slope(z, a)


def _function_value(function: Function, step: Step, row: int) -> float:
    k, j = function.layer, function.index
    if not isinstance(j, int):
        raise TypeError("f has no number before its index is put in")
    a = step.trace.a[k][row : row + 1]
    if not function.slope:
        return float(a[0, j])
    out = np.empty_like(a)
    step.network.layers[k - 1].f.slope(step.trace.z[k - 1][row : row + 1], a, out)
    return float(out[0, j])
