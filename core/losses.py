"""Per-sample losses E, their slope ∂E/∂y and the output layer's δ: one entry each.

Cross-entropies are computed from the pre-activation z: a saturated output gives a large number, never inf.
"""

from collections.abc import Callable

import numpy as np

from core.activations import Activation
from core.arrays import Array
from core.record import record
from core.registry import Registry


@record
class Loss:
    """One loss E_i of sample i, a sum over its outputs.

    `values(z, y, t)` gives E, shape (n,), from the output layer's z, y and the targets t, each (n, m).
    `slope(y, t, out)` writes ∂E/∂y (n, m), which a saturated output may make infinite. `output` names the
    only output activation for which the loss is defined (None: any); for such a pair δ = y − t, exactly.
    `scalar` is one output's part of E in z, y, t and the number m of outputs, `scalar_slope` ∂E/∂y, in the words of
    core/kernels/vector_math.py; "" where outputs depend on each other. `target_range` bounds what t may hold, and
    `targets_sum_to_one` asks for rows of shares.
    """

    name: str
    label: str
    formula: str
    help: str
    values: Callable[[Array, Array, Array], Array]
    slope: Callable[[Array, Array, Array], object]
    scalar: str = ""
    scalar_slope: str = ""
    output: str | None = None
    target_range: tuple[float, float] = (-float("inf"), float("inf"))
    targets_sum_to_one: bool = False

    def delta(self, activation: Activation, z: Array, y: Array, t: Array, scratch: Array, out: Array) -> None:
        """Write δ⁽ᴷ⁾ = ∂E/∂z⁽ᴷ⁾ (n, m) into `out`; `scratch` is a work array of the same shape."""
        if self.output is not None:
            np.subtract(y, t, out=out)
        else:
            self.slope(y, t, scratch)
            activation.pull_back(z, y, scratch, out)


def _quotient(numerator: Array, denominator: Array) -> Array:
    """numerator / denominator, and 0 where the numerator is: a target of 0 asks nothing of its output."""
    with np.errstate(divide="ignore", over="ignore"):
        return np.divide(numerator, denominator, out=np.zeros_like(denominator), where=numerator != 0)


def _half_squared_error(z: Array, y: Array, t: Array) -> Array:
    return 0.5 * np.square(y - t).sum(axis=1)


def _mean_squared_error(z: Array, y: Array, t: Array) -> Array:
    return np.square(y - t).mean(axis=1)


def _mean_squared_error_slope(y: Array, t: Array, out: Array) -> None:
    np.subtract(y, t, out=out)
    out *= 2.0 / y.shape[1]


def _binary_cross_entropy(z: Array, y: Array, t: Array) -> Array:
    # −log σ(z) = softplus(−z) and −log(1 − σ(z)) = softplus(z).
    return (t * np.logaddexp(0.0, -z) + (1.0 - t) * np.logaddexp(0.0, z)).sum(axis=1)


def _binary_cross_entropy_slope(y: Array, t: Array, out: Array) -> None:
    np.subtract(_quotient(1.0 - t, 1.0 - y), _quotient(t, y), out=out)


def _softmax_cross_entropy(z: Array, y: Array, t: Array) -> Array:
    # −log softmax(z)_j = log Σ_k e^{z_k} − z_j, with the largest z taken out of the sum.
    shifted = z - z.max(axis=1, keepdims=True)
    log_sum = np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return (t * (log_sum - shifted)).sum(axis=1)


def _softmax_cross_entropy_slope(y: Array, t: Array, out: Array) -> None:
    np.negative(_quotient(t, y), out=out)


LOSSES: Registry[Loss] = Registry("loss")
LOSSES.add(
    Loss(
        "half-squared-error",
        "½ Σ (y − t)²",
        "E = ½ Σⱼ (yⱼ − tⱼ)²",
        "Half the squared distance to the target: ∂E/∂yⱼ = yⱼ − tⱼ.",
        _half_squared_error,
        lambda y, t, out: np.subtract(y, t, out=out),
        "0.5 * (y - t) * (y - t)",
        "y - t",
    )
)
LOSSES.add(
    Loss(
        "mean-squared-error",
        "Mean (y − t)²",
        "E = 1/m Σⱼ (yⱼ − tⱼ)²",
        "The mean squared error over the m outputs: ∂E/∂yⱼ = 2 (yⱼ − tⱼ) / m.",
        _mean_squared_error,
        _mean_squared_error_slope,
        "(y - t) * (y - t) / m",
        "2.0 * (y - t) / m",
    )
)
LOSSES.add(
    Loss(
        "binary-cross-entropy",
        "Binary cross-entropy",
        "E = −Σⱼ [tⱼ ln yⱼ + (1 − tⱼ) ln(1 − yⱼ)]",
        "For sigmoid outputs and targets in 0…1; the slope of the sigmoid cancels, so δ = y − t.",
        _binary_cross_entropy,
        _binary_cross_entropy_slope,
        "t * softplus(-z) + (1.0 - t) * softplus(z)",
        output="sigmoid",
        target_range=(0.0, 1.0),
    )
)
LOSSES.add(
    Loss(
        "softmax-cross-entropy",
        "Softmax cross-entropy",
        "E = −Σⱼ tⱼ ln yⱼ",
        "For softmax outputs and targets that sum to 1; the Jacobian collapses, so δ = y − t.",
        _softmax_cross_entropy,
        _softmax_cross_entropy_slope,
        output="softmax",
        target_range=(0.0, float("inf")),
        targets_sum_to_one=True,
    )
)
