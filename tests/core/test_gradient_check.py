"""The gradient check itself: exact on what is known, loud about mistakes, honest about kinks."""

from dataclasses import replace

import numpy as np
import pytest

from core.arrays import frozen
from core.gradient_check import TOLERANCE, check_gradient, comparison_count, comparisons
from core.initializers import INITIALIZERS
from core.network import Gradient, Layer, Network, backward, draw_network, forward


def single_unit(activation: str, weight: float, bias: float, *, biased: bool = True) -> Network:
    return Network((Layer(frozen([[weight]]), frozen([bias]), activation),), "half-squared-error", biased)


def two_layers(rng_seed: int = 0) -> Network:
    return draw_network(
        (3, 3, 3), ("tanh", "sigmoid"), "half-squared-error", INITIALIZERS["he"], rng=np.random.default_rng(rng_seed)
    )


ROWS = np.random.default_rng(1).normal(0.0, 1.0, (4, 3))
TARGETS = np.random.default_rng(2).uniform(0.0, 1.0, (4, 3))


def test_the_slopes_of_a_line_are_known():
    # y = 2x + 1 at x = 3 with t = 5: y − t = 2, so ∂E/∂w = 2 · 3, ∂E/∂b = 2 and ∂E/∂x = 2 · 2.
    check = check_gradient(single_unit("identity", 2.0, 1.0), frozen([[3.0]]), frozen([[5.0]]))
    assert [c.name for c in check.comparisons] == ["W1[0,0]", "b1[0]", "x[0,0]"]
    assert [c.analytic for c in check.comparisons] == [6.0, 2.0, 4.0]
    assert [c.numeric for c in check.comparisons] == pytest.approx([6.0, 2.0, 4.0], abs=1e-8)
    assert check.passed


def test_parameters_are_means_over_the_samples_and_inputs_are_not():
    x, t = frozen([[1.0], [2.0]]), frozen([[0.0], [0.0]])
    check = check_gradient(single_unit("identity", 1.0, 0.0), x, t)
    # E_i = ½ w² x_i²: ∂/∂w is 1 and 4, on average 2.5; ∂/∂x_i = w² x_i.
    assert [c.numeric for c in check.comparisons] == pytest.approx([2.5, 1.5, 1.0, 2.0], abs=1e-8)
    assert check.passed


def test_errors_are_relative_above_one_and_absolute_below():
    check = check_gradient(single_unit("identity", 2.0, 1.0), frozen([[3.0]]), frozen([[5.0]]))
    by_name = {c.name: c for c in check.comparisons}
    large = replace(by_name["W1[0,0]"], analytic=8.0, numeric=10.0)
    small = replace(by_name["W1[0,0]"], analytic=0.1, numeric=0.3)
    assert large.error == pytest.approx(0.2)
    assert small.error == pytest.approx(0.2)


def mistaken(network: Network, mistake: str) -> Gradient:
    """What a learner's wrong formula gives for `network` on ROWS and TARGETS."""
    trace = forward(network, ROWS)
    right = backward(network, trace, TARGETS)
    if mistake == "sum taken for mean":
        return replace(right, weights=tuple(len(ROWS) * w for w in right.weights))
    if mistake == "index transposed":
        return replace(right, weights=tuple(w.T for w in right.weights))
    if mistake == "sign reversed":
        return replace(right, weights=tuple(-w for w in right.weights), biases=tuple(-b for b in right.biases))
    if mistake == "slope left out":
        hidden = right.delta[1] @ network.layers[1].weights.T
        return replace(right, weights=(ROWS.T @ hidden / len(ROWS), right.weights[1]))
    # The update made before δ is passed on through the weights.
    updated = replace(network.layers[1], weights=network.layers[1].weights - 0.5 * right.weights[1])
    return backward(Network((network.layers[0], updated), network.loss), trace, TARGETS)


@pytest.mark.parametrize(
    "mistake", ["sum taken for mean", "index transposed", "sign reversed", "slope left out", "updated too early"]
)
def test_every_usual_mistake_fails(mistake):
    network = two_layers()
    check = check_gradient(network, ROWS, TARGETS, mistaken(network, mistake))
    assert not check.passed
    assert check.worst is not None
    assert check.worst.error > 1e3 * TOLERANCE
    assert check_gradient(network, ROWS, TARGETS).passed


def test_one_wrong_entry_is_named():
    network = two_layers()
    right = backward(network, forward(network, ROWS), TARGETS)
    wrong = right.weights[1].copy()
    wrong[2, 0] += 1e-3
    check = check_gradient(network, ROWS, TARGETS, replace(right, weights=(right.weights[0], wrong)))
    assert [c.name for c in check.counted if c.error > TOLERANCE] == ["W2[2,0]"]
    assert check.worst is not None
    assert check.worst.name == "W2[2,0]"


def test_a_unit_at_its_kink_is_named_and_not_counted():
    # z = 0·x + 0 = 0: moving w or b takes it off 0; moving x does not, since w = 0.
    check = check_gradient(single_unit("relu", 0.0, 0.0), frozen([[2.0]]), frozen([[1.0]]))
    assert check.at_kinks == ("W1[0,0]", "b1[0]")
    assert [c.name for c in check.counted] == ["x[0,0]"]
    assert check.passed


def test_a_unit_within_epsilon_of_its_kink_counts_as_being_there():
    x, t = frozen([[1.0]]), frozen([[1.0]])
    assert check_gradient(single_unit("leaky-relu", 0.0, 0.5e-5), x, t).at_kinks == ("W1[0,0]", "b1[0]")
    assert check_gradient(single_unit("leaky-relu", 0.0, -0.5e-5), x, t).at_kinks == ("W1[0,0]", "b1[0]")
    assert check_gradient(single_unit("leaky-relu", 0.0, 1.5e-5), x, t).at_kinks == ()


def test_a_kink_reached_exactly_counts_as_being_there():
    # z = 1·1e-5: lowering x by ε gives z = 0 and not less.
    check = check_gradient(single_unit("relu", 1.0, 0.0), frozen([[1e-5]]), frozen([[1.0]]))
    assert "x[0,0]" in check.at_kinks
    assert "W1[0,0]" not in check.at_kinks


def test_only_the_samples_that_meet_a_kink_lose_their_input_slopes():
    x, t = frozen([[1.0], [0.0], [-1.0]]), frozen([[1.0], [1.0], [1.0]])
    check = check_gradient(single_unit("relu", 1.0, 0.0), x, t)
    # Moving b takes sample 1 off 0, moving w does not, since its x is 0.
    assert check.at_kinks == ("b1[0]", "x[1,0]")
    assert check.passed


def test_a_hidden_unit_beyond_a_kink_is_found_through_the_layers():
    # The hidden unit is linear; the output unit has z = 2·1·1 − 2 = 0, and everything moves it.
    hidden = Layer(frozen([[1.0]]), frozen([0.0]), "identity")
    output = Layer(frozen([[1.0]]), frozen([-2.0]), "relu")
    check = check_gradient(Network((hidden, output), "half-squared-error"), frozen([[2.0]]), frozen([[1.0]]))
    assert check.at_kinks == ("W1[0,0]", "b1[0]", "W2[0,0]", "b2[0]", "x[0,0]")
    assert check.worst is None


def test_smooth_activations_have_no_kinks():
    check = check_gradient(single_unit("tanh", 0.0, 0.0), frozen([[2.0]]), frozen([[1.0]]))
    assert check.at_kinks == ()
    assert len(check.counted) == 3


def test_biases_that_do_not_learn_are_not_compared():
    check = check_gradient(single_unit("tanh", 0.5, 0.0, biased=False), frozen([[2.0]]), frozen([[1.0]]))
    assert [c.name for c in check.comparisons] == ["W1[0,0]", "x[0,0]"]


@pytest.mark.parametrize("activation", ["tanh", "relu"])
def test_what_is_not_a_number_does_not_pass(activation):
    check = check_gradient(single_unit(activation, float("nan"), 0.0), frozen([[2.0]]), frozen([[1.0]]))
    assert not check.passed
    assert check.worst is not None
    assert check.worst.error == float("inf")


def test_nothing_that_was_given_is_changed():
    network = two_layers()
    before = [array.copy() for array in (*network.weights, *network.biases, ROWS, TARGETS)]
    check_gradient(network, ROWS, TARGETS)
    after = [*network.weights, *network.biases, ROWS, TARGETS]
    assert all(np.array_equal(b, a) for b, a in zip(before, after, strict=True))


@pytest.mark.parametrize("biased", [True, False])
def test_a_large_check_can_be_made_bit_by_bit_and_left(biased):
    network = replace(two_layers(), biased=biased)
    whole = check_gradient(network, ROWS, TARGETS).comparisons
    assert len(whole) == comparison_count(network, len(ROWS))
    begun = comparisons(network, ROWS, TARGETS)
    assert [next(begun) for _ in range(5)] == list(whole[:5])


def test_a_check_under_way_leaves_warnings_to_others():
    huge = single_unit("identity", 1e200, 0.0)
    next(comparisons(huge, frozen([[1e200]]), frozen([[0.0]])))
    assert np.geterr()["over"] == "warn"
