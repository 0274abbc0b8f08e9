"""The functions that vectorise: their errors over the whole range, and what becomes of what is not finite."""

import math
from decimal import Decimal, localcontext

import numpy as np
import pytest

from core.kernels import vector_math
from core.kernels.compiled_kernel import machine_code

RNG = np.random.default_rng(0)
AROUND_ZERO = np.concatenate([RNG.normal(0.0, 1e-3, 500), 10.0 ** RNG.uniform(-300, 0, 500), [0.0]])


def exp(x):
    return x.exp()


def tanh(x):
    # Small x: the digits of e²ˣ that the −1 takes away must be there.
    e = (2 * x).exp()
    return (e - 1) / (e + 1)


def sigmoid(x):
    return 1 / (1 + (-x).exp())


def softplus(x):
    return (1 + x.exp()).ln()


CASES = {
    "exp": (exp, np.concatenate([RNG.uniform(-708.0, 709.0, 4000), RNG.uniform(-3.0, 3.0, 4000), AROUND_ZERO]), 1.0),
    "tanh": (tanh, np.concatenate([RNG.uniform(-22.0, 22.0, 4000), RNG.uniform(-2.0, 2.0, 4000), AROUND_ZERO]), 2.0),
    "sigmoid": (sigmoid, RNG.uniform(-30.0, 30.0, 4000), 2.0),
    "softplus": (softplus, RNG.uniform(-30.0, 30.0, 4000), 2.0),
}


@pytest.fixture(params=["as written", "compiled"])
def functions(request):
    return vector_math if request.param == "as written" else machine_code()


def ulps(value, exact):
    """How far a float is from the exact number, in units of its last place."""
    return abs(Decimal(value) - exact) / Decimal(float(np.spacing(abs(float(exact))))) if exact else abs(value)


@pytest.mark.parametrize("name", CASES)
def test_errors_are_as_stated(functions, name):
    truth, places, most = CASES[name]
    function = getattr(functions, name)
    with localcontext() as context:
        context.prec = 340  # e²ˣ − 1 for x = 10⁻³⁰⁰
        near = [x for x in places.tolist() if abs(x) < 1e-20]
        assert max((ulps(function(x), truth(Decimal(x))) for x in near[:40]), default=0) <= most
        context.prec = 45
        far = [x for x in places.tolist() if abs(x) >= 1e-20]
        assert max(ulps(function(x), truth(Decimal(x))) for x in far) <= most


def test_what_is_not_finite_stays_so(functions):
    assert functions.exp(math.inf) == math.inf
    assert functions.exp(-math.inf) == 0.0
    assert functions.exp(720.0) == math.inf
    assert functions.exp(-720.0) == 0.0
    assert functions.tanh(math.inf) == 1.0
    assert functions.tanh(-math.inf) == -1.0
    assert functions.sigmoid(-1e4) == 0.0
    assert functions.softplus(1e4) == 1e4
    for name in ("exp", "tanh", "sigmoid", "softplus"):
        assert math.isnan(getattr(functions, name)(math.nan))
