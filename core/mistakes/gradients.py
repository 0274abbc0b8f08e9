"""What each wrong formula gives for a whole network: the backward pass of core/network.py with one line wrong."""

from dataclasses import replace

import numpy as np

from core.arrays import Array
from core.losses import LOSSES
from core.network import Gradient, Network, Trace, backward, output_delta


def without_slope(network: Network, trace: Trace, t: Array, eta: float) -> Gradient:
    """δ without f′, in every layer; a cross-entropy's y − t at its own output stays, since f′ has cancelled there."""
    loss = LOSSES[network.loss]
    delta = output_delta(network, trace, t)
    if loss.output is None:
        delta = np.empty_like(trace.y)
        loss.slope(trace.y, t, delta)
    deltas = [delta]
    for layer in network.layers[:0:-1]:
        deltas.insert(0, deltas[0] @ layer.weights.T)
    return _from_deltas(network, trace, tuple(deltas))


def input_twice(network: Network, trace: Trace, t: Array, eta: float) -> Gradient:
    """∂E/∂W⁽¹⁾_ij = δ_j x_i x_i: x_i once in the δ of the hidden unit, as 001 prints it, and once behind it."""
    right = backward(network, trace, t)
    if len(network.layers) == 1:
        return right
    squared = np.square(trace.a[0])
    return replace(right, weights=(squared.T @ right.delta[0] / len(t), *right.weights[1:]))


def sign_reversed(network: Network, trace: Trace, t: Array, eta: float) -> Gradient:
    """Errors as target − output: every number of the backward pass has the wrong sign."""
    right = backward(network, trace, t)
    return Gradient(
        tuple(-delta for delta in right.delta),
        tuple(-w for w in right.weights),
        tuple(-b for b in right.biases),
        -right.x,
    )


def updated_first(network: Network, trace: Trace, t: Array, eta: float) -> Gradient:
    """Each layer is updated as soon as its gradient is known, and δ then goes back over the new weights."""
    deltas = [output_delta(network, trace, t)]
    for k in range(len(network.layers) - 1, 0, -1):
        new = network.layers[k].weights - eta * (trace.a[k].T @ deltas[0] / len(t))
        deltas.insert(0, _pulled_back(network, trace, k, deltas[0] @ new.T))
    return _from_deltas(network, trace, tuple(deltas))


def sum_for_mean(network: Network, trace: Trace, t: Array, eta: float) -> Gradient:
    """The gradients of the rows are added and not divided: η then means n times as much."""
    right = backward(network, trace, t)
    n = len(t)
    return replace(right, weights=tuple(n * w for w in right.weights), biases=tuple(n * b for b in right.biases))


def transposed(network: Network, trace: Trace, t: Array, eta: float) -> Gradient:
    """δ goes back over W_lj where W_jl stands, wherever both layers have as many units."""
    deltas = [output_delta(network, trace, t)]
    for k in range(len(network.layers) - 1, 0, -1):
        w = network.layers[k].weights
        back = w if w.shape[0] == w.shape[1] else w.T
        deltas.insert(0, _pulled_back(network, trace, k, deltas[0] @ back))
    return _from_deltas(network, trace, tuple(deltas))


def bias_forgotten(network: Network, trace: Trace, t: Array, eta: float) -> Gradient:
    """No gradient for the biases: none of 000, 001 and 003 prints it."""
    right = backward(network, trace, t)
    return replace(right, biases=tuple(np.zeros_like(b) for b in right.biases))


def _pulled_back(network: Network, trace: Trace, k: int, upstream: Array) -> Array:
    """δ⁽ᵏ⁾ of ∂E/∂a⁽ᵏ⁾."""
    here = np.empty_like(upstream)
    network.layers[k - 1].f.pull_back(trace.z[k - 1], trace.a[k], upstream, here)
    return here


def _from_deltas(network: Network, trace: Trace, deltas: tuple[Array, ...]) -> Gradient:
    n = len(trace.y)
    return Gradient(
        deltas,
        tuple(a.T @ delta / n for a, delta in zip(trace.a[:-1], deltas, strict=True)),
        tuple(delta.mean(axis=0) for delta in deltas),
        deltas[0] @ network.layers[0].weights.T,
    )
