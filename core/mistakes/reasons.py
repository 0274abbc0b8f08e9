"""Why a mistake cannot show on some network and rows; None where nothing speaks against it."""

import numpy as np

from core.arrays import Array
from core.losses import LOSSES
from core.network import Network

NO_HIDDEN_LAYER = "Without a hidden layer nothing is sent back over weights."


def all_slopes_one(network: Network, x: Array, t: Array) -> str | None:
    """Without slopes other than 1 none can be left out."""
    names = network.activations if LOSSES[network.loss].output is None else network.activations[:-1]
    if not names:
        return "At this output f′ has cancelled with the slope of the loss, and there is no hidden layer."
    return "Every f′ is 1 here: all activations are the identity." if set(names) == {"identity"} else None


def inputs_are_bits(network: Network, x: Array, t: Array) -> str | None:
    """0 and 1 are their own squares."""
    if len(network.layers) == 1:
        return "The formula is about hidden units, and there are none."
    return "Every input is 0 or 1, and then x · x = x." if bool(np.isin(x, (0.0, 1.0)).all()) else None


def nothing_to_learn(network: Network, x: Array, t: Array) -> str | None:
    """Only 0 is its own opposite."""
    return "The gradient is 0, and so is its opposite."


def no_hidden_layer(network: Network, x: Array, t: Array) -> str | None:
    """A single layer sends δ nowhere."""
    return NO_HIDDEN_LAYER if len(network.layers) == 1 else None


def one_row(network: Network, x: Array, t: Array) -> str | None:
    """The mean of one is its sum."""
    return "There is one sample only: its sum is its mean." if len(x) == 1 else None


def no_square(network: Network, x: Array, t: Array) -> str | None:
    """Indices can be exchanged between layers of one size only."""
    inner = network.weights[1:]
    if not inner:
        return NO_HIDDEN_LAYER
    if not any(w.shape[0] == w.shape[1] for w in inner):
        return "The layers have different sizes: with the indices exchanged the shapes do not fit, and nothing runs."
    squares = [w for w in inner if w.shape[0] == w.shape[1]]
    return "Exchanged indices make no difference to these weights." if all((w == w.T).all() for w in squares) else None


def no_biases(network: Network, x: Array, t: Array) -> str | None:
    """Biases that do not learn need no gradient."""
    return None if network.biased else "No bias learns here, so none can be forgotten."
