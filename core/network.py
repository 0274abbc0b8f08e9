"""The network and the equations of backpropagation, written to be read. Everything else is held to these.

Samples are rows. Layer k turns a⁽ᵏ⁻¹⁾ into z⁽ᵏ⁾ = a⁽ᵏ⁻¹⁾ W⁽ᵏ⁾ + b⁽ᵏ⁾ and a⁽ᵏ⁾ = f_k(z⁽ᵏ⁾). δ⁽ᵏ⁾ = ∂E/∂z⁽ᵏ⁾ has
one row a sample and is never divided by their number; the gradients of weights and biases are means over samples.
"""

from collections.abc import Sequence

import numpy as np

from core.activations import ACTIVATIONS, Activation
from core.arrays import Array, frozen
from core.initializers import Initializer
from core.losses import LOSSES
from core.record import record


@record(eq=False)
class Layer:
    """W (n_in, n_out), b (n_out,) and the name of the activation."""

    weights: Array
    biases: Array
    activation: str

    @property
    def f(self) -> Activation:
        """The activation function itself."""
        return ACTIVATIONS[self.activation]


@record(eq=False)
class Network:
    """K layers of weights, the loss they are trained on, and whether the biases learn or keep their values."""

    layers: tuple[Layer, ...]
    loss: str
    biased: bool = True

    @property
    def sizes(self) -> tuple[int, ...]:
        """n_0 … n_K: the inputs, then the units of every layer."""
        return (self.layers[0].weights.shape[0], *(layer.weights.shape[1] for layer in self.layers))

    @property
    def activations(self) -> tuple[str, ...]:
        """The K activations' names."""
        return tuple(layer.activation for layer in self.layers)

    @property
    def weights(self) -> tuple[Array, ...]:
        """W⁽¹⁾ … W⁽ᴷ⁾."""
        return tuple(layer.weights for layer in self.layers)

    @property
    def biases(self) -> tuple[Array, ...]:
        """b⁽¹⁾ … b⁽ᴷ⁾."""
        return tuple(layer.biases for layer in self.layers)


@record(eq=False)
class Trace:
    """What the forward pass computed: z⁽¹⁾ … z⁽ᴷ⁾ (n, n_k), and a⁽⁰⁾ = x … a⁽ᴷ⁾ = y."""

    z: tuple[Array, ...]
    a: tuple[Array, ...]

    @property
    def y(self) -> Array:
        """The outputs (n, n_K)."""
        return self.a[-1]


@record(eq=False)
class Gradient:
    """What the backward pass computed, by layer.

    `delta` δ⁽ᵏ⁾ (n, n_k) and `x` = ∂E/∂x (n, n_0) by sample; `weights` (n_{k−1}, n_k) and `biases` (n_k,) as means.
    """

    delta: tuple[Array, ...]
    weights: tuple[Array, ...]
    biases: tuple[Array, ...]
    x: Array


def draw_network(
    sizes: Sequence[int],
    activations: Sequence[str],
    loss: str,
    initializer: Initializer,
    *,
    rng: np.random.Generator,
    biased: bool = True,
) -> Network:
    """A new network with n_0 … n_K = sizes, its weights drawn layer by layer from `rng`."""
    layers = [
        Layer(
            frozen(initializer.weights(rng, n_in, n_out)),
            frozen(np.full(n_out, initializer.bias if biased else 0.0)),
            activation,
        )
        for n_in, n_out, activation in zip(sizes[:-1], sizes[1:], activations, strict=True)
    ]
    return Network(tuple(layers), loss, biased)


def forward(network: Network, x: Array) -> Trace:
    """z and a of every layer for the rows of x (n, n_0)."""
    z: list[Array] = []
    a = [x]
    for layer in network.layers:
        z.append(a[-1] @ layer.weights + layer.biases)
        a.append(layer.f(z[-1]))
    return Trace(tuple(z), tuple(a))


def backward(network: Network, trace: Trace, t: Array) -> Gradient:
    """δ of every layer, by the chain rule from the last to the first, and the gradients of E for t (n, n_K).

    Rumelhart, Hinton and Williams 1986, Learning representations by back-propagating errors, eq. 4 to 7.
    """
    delta = [output_delta(network, trace, t)]
    for k in range(len(network.layers) - 1, 0, -1):
        upstream = delta[0] @ network.layers[k].weights.T
        here = np.empty_like(upstream)
        network.layers[k - 1].f.pull_back(trace.z[k - 1], trace.a[k], upstream, here)
        delta.insert(0, here)
    n = len(t)
    return Gradient(
        delta=tuple(delta),
        weights=tuple(a.T @ d / n for a, d in zip(trace.a[:-1], delta, strict=True)),
        biases=tuple(d.mean(axis=0) for d in delta),
        x=delta[0] @ network.layers[0].weights.T,
    )


def output_delta(network: Network, trace: Trace, t: Array) -> Array:
    """δ⁽ᴷ⁾ = ∂E/∂z⁽ᴷ⁾ (n, n_K)."""
    z, y = trace.z[-1], trace.y
    out = np.empty_like(y)
    LOSSES[network.loss].delta(network.layers[-1].f, z, y, t, np.empty_like(y), out)
    return out


def sample_losses(network: Network, trace: Trace, t: Array) -> Array:
    """E_i of every sample, shape (n,)."""
    return LOSSES[network.loss].values(trace.z[-1], trace.y, t)
