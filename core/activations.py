"""Activation functions f and their slopes f′: one entry each, for menus, files, kernels, equations and tests alike.

Functions write into `out`, which may not overlap their other arguments: a training step then allocates nothing.
"""

from collections.abc import Callable

import numpy as np

from core.arrays import Array
from core.record import record
from core.registry import Registry

LEAK = 0.01


@record
class Activation:
    """One activation a = f(z), applied to every unit of a layer on its own.

    `apply(z, out)` writes f(z); `slope(z, a, out)` writes f′(z), given a = f(z); shapes (n, m).
    `range` bounds f's values; `encoding` is the target encoding that suits it as the output;
    `scalar` is f in z and `scalar_slope` f′ in z and a, for one number, in the words of core/kernels/vector_math.py;
    "" where units depend on each other. `kink` says that f′ jumps at z = 0, where no central difference can be trusted.
    """

    name: str
    label: str
    formula: str
    help: str
    range: tuple[float, float]
    encoding: str
    apply: Callable[[Array, Array], object]
    slope: Callable[[Array, Array, Array], object]
    scalar: str = ""
    scalar_slope: str = ""
    kink: bool = False

    def __call__(self, z: Array) -> Array:
        """f(z) as a new array of z's shape; what is not a number stays so, without a warning."""
        out = np.empty_like(z)
        with np.errstate(over="ignore", invalid="ignore"):
            self.apply(z, out)
        return out

    def pull_back(self, z: Array, a: Array, gradient: Array, out: Array) -> None:
        """Write ∂E/∂z (n, m) into `out`, given gradient = ∂E/∂a (n, m): here gradient ∘ f′(z)."""
        self.slope(z, a, out)
        out *= gradient


class Softmax(Activation):
    """a_j = e^{z_j} / Σ_k e^{z_k}: each output depends on every z of its row, so δ needs the full Jacobian."""

    def pull_back(self, z: Array, a: Array, gradient: Array, out: Array) -> None:
        """∂E/∂z_i = Σ_j ∂E/∂a_j · a_j (1[i=j] − a_i) = a_i (∂E/∂a_i − Σ_j ∂E/∂a_j a_j)."""
        np.multiply(gradient, a, out=out)
        total = out.sum(axis=1, keepdims=True)
        np.subtract(gradient, total, out=out)
        out *= a


def _identity_slope(z: Array, a: Array, out: Array) -> None:
    out[...] = 1.0


def _sigmoid(z: Array, out: Array) -> None:
    # e^{−z} may overflow to inf for very negative z; 1 / (1 + inf) = 0 is then the right limit.
    np.negative(z, out=out)
    np.exp(out, out=out)
    out += 1.0
    np.reciprocal(out, out=out)


def _sigmoid_slope(z: Array, a: Array, out: Array) -> None:
    np.subtract(1.0, a, out=out)
    out *= a


def _tanh_slope(z: Array, a: Array, out: Array) -> None:
    np.multiply(a, a, out=out)
    np.subtract(1.0, out, out=out)


def _leaky_relu(z: Array, out: Array) -> None:
    np.multiply(z, LEAK, out=out)
    np.maximum(z, out, out=out)


def _leaky_relu_slope(z: Array, a: Array, out: Array) -> None:
    np.greater(z, 0.0, out=out)
    out *= 1.0 - LEAK
    out += LEAK


def _softplus_slope(z: Array, a: Array, out: Array) -> None:
    # σ(z) = 1 − e^{−a}, which cannot overflow, since a ≥ 0.
    np.negative(a, out=out)
    np.expm1(out, out=out)
    np.negative(out, out=out)


def _softmax(z: Array, out: Array) -> None:
    np.subtract(z, z.max(axis=1, keepdims=True), out=out)
    np.exp(out, out=out)
    out /= out.sum(axis=1, keepdims=True)


def _softmax_slope(z: Array, a: Array, out: Array) -> None:
    """The Jacobian's diagonal only; pull_back uses all of it."""
    _sigmoid_slope(z, a, out)


INFINITY = float("inf")

ACTIVATIONS: Registry[Activation] = Registry("activation")
ACTIVATIONS.add(
    Activation(
        "identity",
        "Identity",
        "a = z",
        "Passes the pre-activation on; a network of these alone is one linear map.",
        (-INFINITY, INFINITY),
        "plus-minus",
        lambda z, out: np.copyto(out, z),
        _identity_slope,
        "z",
        "1.0",
    )
)
ACTIVATIONS.add(
    Activation(
        "sigmoid",
        "Sigmoid",
        "a = 1 / (1 + e⁻ᶻ)",
        "Squeezes z into 0…1; its slope a(1 − a) is at most ¼, so δ shrinks from layer to layer.",
        (0.0, 1.0),
        "zero-one",
        _sigmoid,
        _sigmoid_slope,
        "sigmoid(z)",
        "a * (1.0 - a)",
    )
)
ACTIVATIONS.add(
    Activation(
        "tanh",
        "Tanh",
        "a = tanh z",
        "Squeezes z into −1…1, centred on 0; its slope 1 − a² is 1 at z = 0.",
        (-1.0, 1.0),
        "plus-minus",
        lambda z, out: np.tanh(z, out=out),
        _tanh_slope,
        "tanh(z)",
        "1.0 - a * a",
    )
)
ACTIVATIONS.add(
    Activation(
        "relu",
        "ReLU",
        "a = max(0, z)",
        "Cuts negative z off; a unit whose z is negative for every sample gets δ = 0 and stays dead.",
        (0.0, INFINITY),
        "zero-one",
        lambda z, out: np.maximum(z, 0.0, out=out),
        lambda z, a, out: np.greater(z, 0.0, out=out),
        "max(z, 0.0)",
        "1.0 if z > 0.0 else 0.0",
        kink=True,
    )
)
ACTIVATIONS.add(
    Activation(
        "leaky-relu",
        "Leaky ReLU",
        "a = z if z > 0, else 0.01 z",
        "Like ReLU, with slope 0.01 for negative z, so that no unit dies.",
        (-INFINITY, INFINITY),
        "plus-minus",
        _leaky_relu,
        _leaky_relu_slope,
        "z if z > 0.0 else 0.01 * z",
        "1.0 if z > 0.0 else 0.01",
        kink=True,
    )
)
ACTIVATIONS.add(
    Activation(
        "softplus",
        "Softplus",
        "a = ln(1 + eᶻ)",
        "A ReLU without the kink; its slope is the sigmoid of z.",
        (0.0, INFINITY),
        "zero-one",
        lambda z, out: np.logaddexp(z, 0.0, out=out),
        _softplus_slope,
        "softplus(z)",
        "1.0 - exp(-a)",
    )
)
ACTIVATIONS.add(
    Softmax(
        "softmax",
        "Softmax",
        "aⱼ = e^zⱼ / Σₖ e^zₖ",
        "Turns a layer's z into shares that sum to 1; for outputs that choose one of several classes.",
        (0.0, 1.0),
        "one-hot",
        _softmax,
        _softmax_slope,
    )
)
