"""The wrong formulas, each in the place of one of core/mistakes/formulas.py."""

import numpy as np

from core.arrays import Array
from core.losses import LOSSES
from core.mistakes.formulas import slope_of_the_loss
from core.network import Network, Trace, output_delta


def output_without_slope(network: Network, trace: Trace, t: Array) -> Array:
    """∂E/∂y for δ⁽ᴷ⁾; a cross-entropy's y − t at its own output stays, since f′ has cancelled there."""
    cancelled = LOSSES[network.loss].output is not None
    return output_delta(network, trace, t) if cancelled else slope_of_the_loss(network, trace, t)


def without_slope(network: Network, trace: Trace, k: int, upstream: Array) -> Array:
    """∂E/∂a⁽ᵏ⁾ for δ⁽ᵏ⁾."""
    return upstream


def reversed_loss(network: Network, trace: Trace, t: Array) -> Array:
    """t − y where y − t stands in ∂E/∂y."""
    return -slope_of_the_loss(network, trace, t)


def reversed_output(network: Network, trace: Trace, t: Array) -> Array:
    """The same in δ⁽ᴷ⁾: every number of the backward pass then has the wrong sign."""
    return -output_delta(network, trace, t)


def input_twice(network: Network, k: int, a: Array) -> Array:
    """x_i x_i: once in the δ of the hidden unit, as 001 prints it, and once behind it."""
    return np.square(a) if k == 1 < len(network.layers) else a


def over_updated_weights(network: Network, trace: Trace, k: int, delta: Array, eta: float) -> Array:
    """δ goes back over weights that are updated as soon as their gradient is known."""
    updated = network.layers[k].weights - eta * (trace.a[k].T @ delta / len(delta))
    return delta @ updated.T


def over_transposed_weights(network: Network, trace: Trace, k: int, delta: Array, eta: float) -> Array:
    """δ goes back over W_lj where W_jl stands, wherever both layers have as many units."""
    w = network.layers[k].weights
    return delta @ (w if w.shape[0] == w.shape[1] else w.T)
