"""The flat vector of parameters: its order, its views, and the way there and back."""

import numpy as np

from core.initializers import INITIALIZERS
from core.kernels.layout import Layout
from core.network import draw_network

SIZES = (2, 3, 1)


def test_the_order_is_weights_then_biases_layer_by_layer():
    flat = np.arange(13.0)
    weights, biases = Layout(SIZES).views(flat)
    assert Layout(SIZES).length == 13
    assert weights[0].tolist() == [[0, 1, 2], [3, 4, 5]]
    assert biases[0].tolist() == [6, 7, 8]
    assert weights[1].tolist() == [[9], [10], [11]]
    assert biases[1].tolist() == [12]


def test_views_share_the_memory_of_the_vector():
    flat = np.zeros(13)
    weights, biases = Layout(SIZES).views(flat)
    weights[1][2, 0] = 5.0
    biases[0][1] = 7.0
    assert flat[11] == 5.0
    assert flat[7] == 7.0


def test_packing_and_unpacking_give_the_same_network():
    network = draw_network(
        SIZES, ("relu", "sigmoid"), "half-squared-error", INITIALIZERS["uniform"], rng=np.random.default_rng(1)
    )
    flat = np.empty(13)
    Layout(SIZES).pack(network, flat)
    back = Layout(SIZES).unpack(flat, network)
    for one, other in zip((*network.weights, *network.biases), (*back.weights, *back.biases), strict=True):
        assert np.array_equal(one, other)
    assert back.activations == network.activations
    assert back.loss == network.loss
    assert back.biased == network.biased


def test_an_unpacked_network_no_longer_hangs_on_the_vector():
    network = draw_network(
        SIZES, ("relu", "sigmoid"), "half-squared-error", INITIALIZERS["zeros"], rng=np.random.default_rng(1)
    )
    flat = np.zeros(13)
    back = Layout(SIZES).unpack(flat, network)
    flat += 1.0
    assert not back.weights[0].any()
    assert not back.weights[0].flags.writeable
    assert not back.biases[1].flags.writeable
