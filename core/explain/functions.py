"""What f, f′, E and ∂E/∂y are, as terms: an entry for each activation and each loss, like their registries."""

import math
from collections.abc import Callable

from core.activations import LEAK
from core.explain.terms import (
    HALF,
    ONE,
    TWO,
    Add,
    Apply,
    Euler,
    Negative,
    Number,
    Over,
    Term,
    logarithm,
    minus,
    plus,
    squared,
    times,
)
from core.record import record

ZERO = Number(0.0, exact=True)


@record
class ActivationTerms:
    """a = value(z), and its slope(z, a); None where the slope has a kink, and is shown as f′(z) with its number."""

    value: Callable[[Term], Term]
    slope: Callable[[Term, Term], Term] | None


def _tanh(z: Term) -> Term:
    return Apply("tanh", (z,), math.tanh)


def _maximum(*arguments: Term) -> Term:
    return Apply("max", arguments, max)


# The formulas of core/activations.py. Softmax ties its units together and is written out by the equations themselves.
ACTIVATION_TERMS = {
    "identity": ActivationTerms(lambda z: z, lambda z, a: ONE),
    "sigmoid": ActivationTerms(
        lambda z: Over(ONE, plus(ONE, Euler(Negative(z)))),
        lambda z, a: times(a, minus(ONE, a)),
    ),
    "tanh": ActivationTerms(_tanh, lambda z, a: minus(ONE, squared(a))),
    "relu": ActivationTerms(lambda z: _maximum(ZERO, z), None),
    "leaky-relu": ActivationTerms(lambda z: _maximum(times(Number(LEAK, exact=True), z), z), None),
    "softplus": ActivationTerms(
        lambda z: logarithm(plus(ONE, Euler(z))),
        lambda z, a: Over(ONE, plus(ONE, Euler(Negative(z)))),
    ),
}


@record
class LossTerms:
    """One output's share of E, value(y, t, m), of m outputs, and its slope(y, t, m) = ∂E/∂y.

    `from_z(z, t, partition)` is the value again, for outputs so near 0 or 1 that no logarithm of them can be taken;
    `partition` is Σ e^z over the outputs.
    """

    value: Callable[[Term, Term, Term], Term]
    slope: Callable[[Term, Term, Term], Term]
    from_z: Callable[[Term, Term, Term], Term] | None = None


# The formulas of core/losses.py.
LOSS_TERMS = {
    "half-squared-error": LossTerms(
        lambda y, t, m: times(HALF, squared(minus(y, t))),
        lambda y, t, m: minus(y, t),
    ),
    "mean-squared-error": LossTerms(
        lambda y, t, m: times(Over(ONE, m), squared(minus(y, t))),
        lambda y, t, m: times(Over(TWO, m), minus(y, t)),
    ),
    "binary-cross-entropy": LossTerms(
        lambda y, t, m: Negative(Add((times(t, logarithm(y)), times(minus(ONE, t), logarithm(minus(ONE, y)))))),
        lambda y, t, m: minus(Over(minus(ONE, t), minus(ONE, y)), Over(t, y)),
        lambda z, t, partition: minus(logarithm(plus(ONE, Euler(z))), times(t, z)),
    ),
    "softmax-cross-entropy": LossTerms(
        lambda y, t, m: Negative(times(t, logarithm(y))),
        lambda y, t, m: Negative(Over(t, y)),
        lambda z, t, partition: times(t, minus(logarithm(partition), z)),
    ),
}
