"""One weight or bias of a network: its value, its name as in files and code, and the network with another value."""

from dataclasses import replace

from core.arrays import frozen
from core.network import Network
from core.selection import Edge, Item, Node, exists

Parameter = Edge | Node
"""A weight by its edge, or a bias by its node of layer 1 … K."""


def has_parameter(network: Network, item: Item) -> bool:
    """Whether that edge or node has a weight or a bias that learns: inputs have none."""
    return exists(item, network.sizes) and item.layer > 0 and (isinstance(item, Edge) or network.biased)


def parameter_name(item: Parameter) -> str:
    """W2[0,1] is the weight of layer 2 from unit 0 to unit 1, b2[1] the bias of unit 1, counted from 0 as in NumPy."""
    if isinstance(item, Edge):
        return f"W{item.layer}[{item.source},{item.target}]"
    return f"b{item.layer}[{item.index}]"


def parameter(network: Network, item: Parameter) -> float:
    """The weight of an edge, or the bias of a node of layer 1 … K."""
    if isinstance(item, Edge):
        return float(network.weights[item.layer - 1][item.source, item.target])
    return float(network.biases[item.layer - 1][item.index])


def with_parameter(network: Network, item: Parameter, value: float) -> Network:
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
