"""Where each weight and bias lies in one flat vector of parameters: W⁽¹⁾, b⁽¹⁾, W⁽²⁾, … row by row."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from core.arrays import Array, frozen
from core.network import Layer, Network


class Layout:
    """The layout for n_0 … n_K = sizes; `length` is P, the number of parameters."""

    def __init__(self, sizes: Sequence[int]) -> None:
        self.shapes = list(pairwise(sizes))
        self.length = sum(n_in * n_out + n_out for n_in, n_out in self.shapes)

    def views(self, flat: Array) -> tuple[list[Array], list[Array]]:
        """The weights (n_{k−1}, n_k) and biases (n_k,) as views into `flat` (P,)."""
        weights: list[Array] = []
        biases: list[Array] = []
        at = 0
        for n_in, n_out in self.shapes:
            weights.append(flat[at : at + n_in * n_out].reshape(n_in, n_out))
            at += n_in * n_out
            biases.append(flat[at : at + n_out])
            at += n_out
        return weights, biases

    def joined(self, flat: Array) -> list[Array]:
        """Weights and biases of each layer as one view (n_{k−1} + 1, n_k) into `flat` (P,), the biases last."""
        ends = np.cumsum([(n_in + 1) * n_out for n_in, n_out in self.shapes])[:-1]
        parts = zip(np.split(flat, ends), self.shapes, strict=True)
        return [part.reshape(n_in + 1, n_out) for part, (n_in, n_out) in parts]

    def pack(self, network: Network, flat: Array) -> None:
        """Write the parameters of `network` into `flat` (P,)."""
        for view, values in zip(self.views(flat), (network.weights, network.biases), strict=True):
            for target, value in zip(view, values, strict=True):
                target[...] = value

    def unpack(self, flat: Array, like: Network) -> Network:
        """A network like `like` with the parameters of `flat` (P,)."""
        weights, biases = self.views(flat)
        layers = (
            Layer(frozen(w), frozen(b), layer.activation)
            for w, b, layer in zip(weights, biases, like.layers, strict=True)
        )
        return Network(tuple(layers), like.loss, like.biased)
