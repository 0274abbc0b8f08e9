"""The wrong equation in the place of a right one, for each mistake; None where it leaves the right one alone."""

from dataclasses import replace

from core.explain.equations import Equation
from core.explain.terms import Function, Kind, Negative, Number, Quantity, Sum, Term, Times, mapped, minus, times
from core.network import Network


def _wrong(equation: Equation, right: Term) -> Equation:
    return replace(equation, right=right, worked=None, claimed=True)


def without_slope(equation: Equation, network: Network) -> Equation | None:
    """δ without f′, unless that is 1; of a softmax, without its Jacobian."""
    term = equation.to_work_out
    if equation.name != "δ" or not isinstance(term, Times) or network.activations[equation.layer - 1] == "identity":
        return None
    if _quantities(term, Kind.D_A):
        return _wrong(equation, Quantity(Kind.D_A, equation.layer, equation.left.indices))
    kept = tuple(factor for factor in term.factors if not isinstance(factor, Function))
    return None if len(kept) == len(term.factors) else _wrong(equation, times(*kept))


def input_twice(equation: Equation, network: Network) -> Equation | None:
    """∂E/∂W⁽¹⁾ with x_i once more."""
    if equation.name != "∂E/∂W" or equation.layer != 1 or len(network.layers) == 1:
        return None
    x = next(iter(_quantities(equation.right, Kind.A)))
    return _wrong(equation, times(equation.right, x))


def sign_reversed(equation: Equation, network: Network) -> Equation | None:
    """t − y for y − t; a δ that is made of ∂E/∂y has its sign from there."""
    if equation.name not in ("δ", "∂E/∂y") or equation.layer != len(network.layers):
        return None
    if _quantities(equation.to_work_out, Kind.D_A):
        return None
    t = Quantity(Kind.T, equation.layer, equation.left.indices)
    y = Quantity(Kind.A, equation.layer, equation.left.indices)

    def turned(term: Term) -> Term:
        return minus(t, y) if term == minus(y, t) else mapped(term, turned)

    wrong = turned(equation.to_work_out)
    return _wrong(equation, Negative(wrong) if wrong == equation.to_work_out else wrong)


def updated_first(equation: Equation, network: Network) -> Equation | None:
    """δ over W⁺, which the update gives."""

    def newer(term: Term) -> Term:
        if isinstance(term, Quantity):
            return replace(term, new=True) if term.kind is Kind.W else term
        return mapped(term, newer)

    if equation.name not in ("δ", "∂E/∂a") or equation.layer == len(network.layers):
        return None
    wrong = newer(equation.to_work_out)
    return None if wrong == equation.to_work_out else _wrong(equation, wrong)


def sum_for_mean(equation: Equation, network: Network) -> Equation | None:
    """∂J without 1/n."""

    def summed(term: Term) -> Term:
        if not isinstance(term, Times):
            return mapped(term, summed)
        sums = tuple(factor for factor in term.factors if isinstance(factor, Sum))
        return times(*sums) if sums else term

    if equation.name not in ("∂J/∂W", "∂J/∂b"):
        return None
    return _wrong(equation, summed(equation.right))


def transposed(equation: Equation, network: Network) -> Equation | None:
    """W_lj for W_jl, where both layers have as many units."""

    def turned(term: Term) -> Term:
        if isinstance(term, Quantity):
            return replace(term, indices=term.indices[::-1]) if term.kind is Kind.W else term
        return mapped(term, turned)

    k = equation.layer
    if equation.name not in ("δ", "∂E/∂a") or k == len(network.layers) or network.sizes[k] != network.sizes[k + 1]:
        return None
    wrong = turned(equation.to_work_out)
    return None if wrong == equation.to_work_out else _wrong(equation, wrong)


def bias_forgotten(equation: Equation, network: Network) -> Equation | None:
    """0 for δ."""
    if equation.name not in ("∂E/∂b", "∂J/∂b"):
        return None
    return _wrong(equation, Number(0.0, exact=True))


def _quantities(term: Term, kind: Kind) -> list[Quantity]:
    found: list[Quantity] = []

    def look(inner: Term) -> Term:
        if isinstance(inner, Quantity) and inner.kind is kind:
            found.append(inner)
        return mapped(inner, look)

    look(term)
    return found
