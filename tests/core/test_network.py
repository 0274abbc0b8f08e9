"""The network as a value, and the equations of backpropagation: shapes, means, and what depends on what."""

import dataclasses

import numpy as np
import pytest

from core.arrays import Array
from core.initializers import INITIALIZERS
from core.network import Network, backward, draw_network, forward, output_delta, sample_losses

SIZES = (3, 4, 2, 2)
NAMES = ("tanh", "relu", "sigmoid")
RNG = np.random.default_rng(11)
X: Array = RNG.normal(0.0, 1.0, (6, 3))
T: Array = RNG.uniform(0.0, 1.0, (6, 2))


def drawn(*, biased: bool = True, start: str = "uniform", seed: int = 0) -> Network:
    return draw_network(
        SIZES, NAMES, "half-squared-error", INITIALIZERS[start], rng=np.random.default_rng(seed), biased=biased
    )


def test_a_drawn_network_tells_its_sizes_and_names():
    network = drawn()
    assert network.sizes == SIZES
    assert network.activations == NAMES
    assert [w.shape for w in network.weights] == [(3, 4), (4, 2), (2, 2)]
    assert [b.shape for b in network.biases] == [(4,), (2,), (2,)]
    assert network.layers[1].f.name == "relu"


def test_biases_start_where_the_initialiser_says_or_stay_zero():
    assert all((b == 0.1).all() for b in drawn().biases)
    assert all((b == 0.0).all() for b in drawn(start="he").biases)
    assert all((b == 0.0).all() for b in drawn(biased=False).biases)


def test_layers_are_drawn_one_after_the_other_from_one_generator():
    rng = np.random.default_rng(0)
    for weights, (n_in, n_out) in zip(drawn().weights, [(3, 4), (4, 2), (2, 2)], strict=True):
        assert np.array_equal(weights, INITIALIZERS["uniform"].weights(rng, n_in, n_out))


def test_a_network_cannot_be_changed():
    network = drawn()
    with pytest.raises(ValueError, match="read-only"):
        network.weights[0][0, 0] = 1.0
    with pytest.raises(dataclasses.FrozenInstanceError):
        network.loss = "mean-squared-error"  # pyright: ignore[reportAttributeAccessIssue]


def test_an_activation_is_needed_for_every_layer():
    with pytest.raises(ValueError, match="zip"):
        draw_network(SIZES, NAMES[:2], "half-squared-error", INITIALIZERS["he"], rng=np.random.default_rng(0))


def test_forward_is_matrix_product_bias_activation():
    network = drawn()
    trace = forward(network, X)
    a = X
    for k, layer in enumerate(network.layers):
        z = a @ layer.weights + layer.biases
        assert np.array_equal(trace.z[k], z)
        a = layer.f(z)
        assert np.array_equal(trace.a[k + 1], a)
    assert trace.y is trace.a[-1]
    assert trace.a[0] is X


def test_shapes_of_the_gradient():
    gradient = backward(drawn(), forward(drawn(), X), T)
    assert [d.shape for d in gradient.delta] == [(6, 4), (6, 2), (6, 2)]
    assert [w.shape for w in gradient.weights] == [(3, 4), (4, 2), (2, 2)]
    assert [b.shape for b in gradient.biases] == [(4,), (2,), (2,)]
    assert gradient.x.shape == X.shape


def test_delta_and_input_slopes_belong_to_one_sample_each():
    """They are those of the sample alone, whatever else is in the batch, and never divided by its size."""
    network = drawn()
    whole = backward(network, forward(network, X), T)
    for i in range(len(X)):
        alone = backward(network, forward(network, X[i : i + 1]), T[i : i + 1])
        assert np.allclose(whole.x[i], alone.x[0], rtol=1e-12, atol=1e-16)
        for batch_delta, own_delta in zip(whole.delta, alone.delta, strict=True):
            assert np.allclose(batch_delta[i], own_delta[0], rtol=1e-12, atol=1e-16)


def test_weight_and_bias_gradients_are_means_over_the_samples():
    network = drawn()
    whole = backward(network, forward(network, X), T)
    alone = [backward(network, forward(network, X[i : i + 1]), T[i : i + 1]) for i in range(len(X))]
    for k in range(len(network.layers)):
        assert np.allclose(whole.weights[k], np.mean([g.weights[k] for g in alone], axis=0), rtol=1e-12, atol=1e-16)
        assert np.allclose(whole.biases[k], np.mean([g.biases[k] for g in alone], axis=0), rtol=1e-12, atol=1e-16)


def test_output_delta_is_the_last_delta():
    network = drawn()
    trace = forward(network, X)
    assert np.array_equal(output_delta(network, trace, T), backward(network, trace, T).delta[-1])


def test_a_dead_relu_passes_nothing_back():
    network = draw_network(
        (2, 3, 1), ("relu", "identity"), "half-squared-error", INITIALIZERS["he"], rng=np.random.default_rng(1)
    )
    dead = dataclasses.replace(network.layers[0], biases=np.full(3, -1e3))
    network = dataclasses.replace(network, layers=(dead, network.layers[1]))
    gradient = backward(network, forward(network, X[:, :2]), T[:, :1])
    assert not gradient.delta[0].any()
    assert not gradient.weights[0].any()
    assert not gradient.x.any()
    assert gradient.biases[1].any()


def test_zero_weights_keep_the_units_of_a_layer_alike():
    network = draw_network(
        (3, 4, 2), ("tanh", "sigmoid"), "half-squared-error", INITIALIZERS["zeros"], rng=np.random.default_rng(1)
    )
    gradient = backward(network, forward(network, X), T)
    assert (gradient.weights[1] == gradient.weights[1][0]).all()
    assert not gradient.weights[0].any()


def test_one_loss_a_sample():
    network = drawn()
    trace = forward(network, X)
    assert np.allclose(sample_losses(network, trace, T), 0.5 * ((trace.y - T) ** 2).sum(axis=1), rtol=1e-14)
