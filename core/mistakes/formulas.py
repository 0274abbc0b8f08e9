"""The formulas of one backward pass, each for itself: a mistake puts another in the place of one of them."""

from collections.abc import Callable

import numpy as np

from core.arrays import Array
from core.losses import LOSSES
from core.network import Gradient, Network, Trace, output_delta
from core.record import record


def slope_of_the_loss(network: Network, trace: Trace, t: Array) -> Array:
    """∂E/∂y."""
    slope = np.empty_like(trace.y)
    LOSSES[network.loss].slope(trace.y, t, slope)
    return slope


def over_the_weights(network: Network, trace: Trace, k: int, delta: Array, eta: float) -> Array:
    """∂E/∂a⁽ᵏ⁾ = δ⁽ᵏ⁺¹⁾ W⁽ᵏ⁺¹⁾ᵀ."""
    return delta @ network.layers[k].weights.T


def through_the_activation(network: Network, trace: Trace, k: int, upstream: Array) -> Array:
    """δ⁽ᵏ⁾ = ∂E/∂a⁽ᵏ⁾ f′(z⁽ᵏ⁾)."""
    delta = np.empty_like(upstream)
    network.layers[k - 1].f.pull_back(trace.z[k - 1], trace.a[k], upstream, delta)
    return delta


def as_it_is(network: Network, k: int, a: Array) -> Array:
    """a⁽ᵏ⁻¹⁾."""
    return a


@record
class Formulas:
    """Those of core/network.py, unless another is put in.

    `loss` is ∂E/∂y, and `output` δ⁽ᴷ⁾. `upstream` is ∂E/∂a⁽ᵏ⁾ of δ⁽ᵏ⁺¹⁾ for a hidden layer k, `delta` is δ⁽ᵏ⁾ of that.
    δ⁽ᵏ⁾ times `source` is a row's ∂E/∂W⁽ᵏ⁾, and times `bias` its ∂E/∂b⁽ᵏ⁾; an update takes their mean over the rows,
    or, `summed`, their sum.
    """

    loss: Callable[[Network, Trace, Array], Array] = slope_of_the_loss
    output: Callable[[Network, Trace, Array], Array] = output_delta
    upstream: Callable[[Network, Trace, int, Array, float], Array] = over_the_weights
    delta: Callable[[Network, Trace, int, Array], Array] = through_the_activation
    source: Callable[[Network, int, Array], Array] = as_it_is
    bias: float = 1.0
    summed: bool = False

    def backward(self, network: Network, trace: Trace, t: Array, eta: float) -> Gradient:
        """What these formulas give for t (n, n_K); `eta` is the η of the update that follows."""
        deltas = [self.output(network, trace, t)]
        for k in range(len(network.layers) - 1, 0, -1):
            deltas.insert(0, self.delta(network, trace, k, self.upstream(network, trace, k, deltas[0], eta)))
        n = 1 if self.summed else len(t)
        pairs = enumerate(zip(trace.a[:-1], deltas, strict=True), start=1)
        return Gradient(
            delta=tuple(deltas),
            weights=tuple(self.source(network, k, a).T @ delta / n for k, (a, delta) in pairs),
            biases=tuple(self.bias * delta.sum(axis=0) / n for delta in deltas),
            x=deltas[0] @ network.layers[0].weights.T,
        )


RIGHT = Formulas()
