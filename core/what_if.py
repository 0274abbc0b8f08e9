"""What if one weight or bias were another: the loss along it, its tangent, and what a step of η promises and brings."""

from dataclasses import dataclass, replace

import numpy as np

from core.arrays import Array, frozen
from core.network import Network, backward, forward, sample_losses
from core.selection import Edge, Node, exists

POINTS = 101


@dataclass(frozen=True, eq=False)
class Slice:
    """The mean loss over some rows as a function of one parameter: `losses` (m,) at `values` (m,).

    Now the parameter is `value` and the loss `loss`; `slope` is its tangent, the gradient of backpropagation. A step
    of gradient descent leads to `target`, `predicted` to change the loss by −η slope², and really by `real`.
    """

    values: Array
    losses: Array
    value: float
    loss: float
    slope: float
    target: float
    predicted: float
    real: float

    def tangent(self, values: Array) -> Array:
        """The loss at `values` if it went straight on."""
        return self.loss + self.slope * (values - self.value)


def parameter(network: Network, item: Edge | Node) -> float:
    """The weight of an edge, or the bias of a node of layer 1 … K."""
    if isinstance(item, Edge):
        return float(network.weights[item.layer - 1][item.source, item.target])
    return float(network.biases[item.layer - 1][item.index])


def with_parameter(network: Network, item: Edge | Node, value: float) -> Network:
    """`network` with that weight or bias as `value`; the other layers are shared."""
    if not exists(item, network.sizes) or item.layer == 0:
        raise ValueError(f"{item} is neither a weight nor a bias of this network")
    layer = network.layers[item.layer - 1]
    weights, biases = layer.weights.copy(), layer.biases.copy()
    if isinstance(item, Edge):
        weights[item.source, item.target] = value
    else:
        biases[item.index] = value
    changed = replace(layer, weights=frozen(weights), biases=frozen(biases))
    layers = (*network.layers[: item.layer - 1], changed, *network.layers[item.layer :])
    return replace(network, layers=layers)


def loss_slice(
    network: Network, x: Array, t: Array, item: Edge | Node, *, eta: float, reach: float, points: int = POINTS
) -> Slice:
    """The loss over the rows x (n, n_0), t (n, n_K) for values of that parameter from −reach to +reach around its own.

    The points are evenly spread, and with an odd number of them its own value is the one in the middle.
    """
    value, slope = parameter(network, item), _slope(network, x, t, item)
    values = np.linspace(value - reach, value + reach, points)
    values[points // 2] = value if points % 2 else values[points // 2]
    losses = [_loss(with_parameter(network, item, float(each)), x, t) for each in values]
    loss, target = _loss(network, x, t), value - eta * slope
    real = _loss(with_parameter(network, item, target), x, t) - loss
    return Slice(frozen(values), frozen(losses), value, loss, slope, target, -eta * slope * slope, real)


def _slope(network: Network, x: Array, t: Array, item: Edge | Node) -> float:
    with np.errstate(all="ignore"):
        gradient = backward(network, forward(network, x), t)
    if isinstance(item, Edge):
        return float(gradient.weights[item.layer - 1][item.source, item.target])
    return float(gradient.biases[item.layer - 1][item.index])


def _loss(network: Network, x: Array, t: Array) -> float:
    with np.errstate(all="ignore"):
        return float(sample_losses(network, forward(network, x), t).mean())
