"""Every gradient that backpropagation gives, held to central differences: all activations, losses, starts, depths."""

import numpy as np
import pytest

from core.activations import ACTIVATIONS
from core.arrays import Array
from core.gradient_check import TOLERANCE, check_gradient
from core.initializers import INITIALIZERS
from core.losses import LOSSES
from core.network import Network, draw_network

INPUTS, OUTPUTS, ROWS = 3, 3, 5
DEPTHS: tuple[tuple[int, ...], ...] = ((), (4,), (4, 3), (3, 2, 4))
PAIRS = [(loss.name, output.name) for loss in LOSSES for output in ACTIVATIONS if loss.output in (None, output.name)]


def rows_for(loss: str, rng: np.random.Generator) -> tuple[Array, Array]:
    """Inputs (ROWS, INPUTS), and targets (ROWS, OUTPUTS) of the kind that the loss is defined for."""
    x = rng.normal(0.0, 1.0, (ROWS, INPUTS))
    if LOSSES[loss].targets_sum_to_one:
        return x, rng.dirichlet(np.ones(OUTPUTS), ROWS)
    if LOSSES[loss].target_range == (0.0, 1.0):
        return x, rng.uniform(0.0, 1.0, (ROWS, OUTPUTS))
    return x, rng.normal(0.0, 1.0, (ROWS, OUTPUTS))


def drawn(hidden: tuple[int, ...], activation: str, output: str, loss: str, start: str, seed: int) -> Network:
    sizes = (INPUTS, *hidden, OUTPUTS)
    names = (*(activation for _ in hidden), output)
    return draw_network(sizes, names, loss, INITIALIZERS[start], rng=np.random.default_rng(seed))


def assert_right(network: Network, x: Array, t: Array) -> None:
    check = check_gradient(network, x, t)
    parameters = sum(w.size for w in network.weights) + sum(b.size for b in network.biases)
    assert len(check.comparisons) == parameters + x.size
    assert check.worst is not None, "every parameter was at a kink"
    assert check.worst.error <= TOLERANCE, (check.worst, network.activations, network.loss)
    if not any(layer.f.kink for layer in network.layers):
        assert check.at_kinks == ()


@pytest.mark.parametrize("activation", ACTIVATIONS.names())
@pytest.mark.parametrize(("loss", "output"), PAIRS)
def test_every_activation_loss_start_and_depth(loss, output, activation):
    x, t = rows_for(loss, np.random.default_rng(7))
    for hidden in DEPTHS[1:]:
        for seed, start in enumerate(INITIALIZERS.names()):
            assert_right(drawn(hidden, activation, output, loss, start, seed), x, t)


@pytest.mark.parametrize("start", INITIALIZERS.names())
@pytest.mark.parametrize(("loss", "output"), PAIRS)
def test_without_a_hidden_layer(loss, output, start):
    x, t = rows_for(loss, np.random.default_rng(8))
    assert_right(drawn((), "identity", output, loss, start, 3), x, t)


@pytest.mark.parametrize("loss", LOSSES.names())
def test_activations_mixed_in_one_deep_network(loss):
    """All seven activations one after the other, softmax in the middle included."""
    hidden = ("tanh", "relu", "softmax", "leaky-relu", "sigmoid", "softplus", "identity")
    output = LOSSES[loss].output or "identity"
    network = draw_network(
        (INPUTS, 5, 4, 3, 4, 5, 3, 4, OUTPUTS),
        (*hidden, output),
        loss,
        INITIALIZERS["he"],
        rng=np.random.default_rng(5),
    )
    x, t = rows_for(loss, np.random.default_rng(9))
    assert_right(network, x, t)


@pytest.mark.parametrize("activation", ["relu", "leaky-relu"])
@pytest.mark.parametrize("start", ["uniform", "glorot", "he", "normal"])
def test_random_starts_leave_most_parameters_of_a_kinked_network_to_be_counted(activation, start):
    x, t = rows_for("half-squared-error", np.random.default_rng(10))
    check = check_gradient(drawn((6, 5), activation, "identity", "half-squared-error", start, 2), x, t)
    assert len(check.counted) > 0.9 * len(check.comparisons)
    assert any(abs(comparison.analytic) > 1e-3 for comparison in check.counted)
