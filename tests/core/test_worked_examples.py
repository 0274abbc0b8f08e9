"""One training step worked by hand, and a published one, held against the equations, the trainer and its kernel."""

from dataclasses import replace

import numpy as np
import pytest

from core.arrays import Array, frozen
from core.datasets import Data
from core.network import Layer, Network, backward, forward, sample_losses
from core.spec import Spec, suggested
from core.training import Trainer, begin, evaluate

# 2-2-1, sigmoid, half squared error, one sample x = (0.5, −1) with target t = 1, learning rate η = 0.5.
#
#   W⁽¹⁾ = | 0.1  −0.2 |   b⁽¹⁾ = (0.05, −0.1)      W⁽²⁾ = |  0.6 |   b⁽²⁾ = 0.2
#          | 0.4   0.3 |                                   | −0.5 |
#
# Forward
#   z⁽¹⁾₁ = 0.5 · 0.1 − 1 · 0.4 + 0.05    = −0.3
#   z⁽¹⁾₂ = 0.5 · (−0.2) − 1 · 0.3 − 0.1  = −0.5
#   a⁽¹⁾₁ = 1 / (1 + e^0.3)               = 0.425557483188341
#   a⁽¹⁾₂ = 1 / (1 + e^0.5)               = 0.377540668798145
#   z⁽²⁾  = 0.6 a⁽¹⁾₁ − 0.5 a⁽¹⁾₂ + 0.2   = 0.266564155513932
#   y     = 1 / (1 + e^−z⁽²⁾)             = 0.566249216495481
#   E     = ½ (y − 1)²                    = 0.0940698710953922
# Backward
#   δ⁽²⁾  = (y − 1) y (1 − y)                      = −0.106533981607193
#   δ⁽¹⁾₁ = 0.6 δ⁽²⁾ · a⁽¹⁾₁ (1 − a⁽¹⁾₁)           = −0.0156258703688325
#   δ⁽¹⁾₂ = −0.5 δ⁽²⁾ · a⁽¹⁾₂ (1 − a⁽¹⁾₂)          = 0.0125179405766534
#   ∂E/∂W⁽²⁾ = (a⁽¹⁾₁ δ⁽²⁾, a⁽¹⁾₂ δ⁽²⁾)            = (−0.0453363330867902, −0.0402209106657091)
#   ∂E/∂W⁽¹⁾ = | 0.5 δ⁽¹⁾₁  0.5 δ⁽¹⁾₂ |            = | −0.00781293518441624   0.00625897028832671 |
#              |  −1 δ⁽¹⁾₁   −1 δ⁽¹⁾₂ |              |  0.0156258703688325   −0.0125179405766534   |
#   ∂E/∂b = δ
#   ∂E/∂x₁ = 0.1 δ⁽¹⁾₁ − 0.2 δ⁽¹⁾₂                 = −0.00406617515221393
#   ∂E/∂x₂ = 0.4 δ⁽¹⁾₁ + 0.3 δ⁽¹⁾₂                 = −0.00249496597453697
# Update: every parameter less 0.5 times its slope
#   W⁽¹⁾ ← | 0.103906467592208  −0.203129485144163 |   b⁽¹⁾ ← (0.0578129351844162, −0.106258970288327)
#          | 0.392187064815584   0.306258970288327 |
#   W⁽²⁾ ← (0.622668166543395, −0.479889544667145)     b⁽²⁾ ← 0.253266990803597
X, T = frozen([[0.5, -1.0]]), frozen([[1.0]])
BY_HAND = Network(
    (
        Layer(frozen([[0.1, -0.2], [0.4, 0.3]]), frozen([0.05, -0.1]), "sigmoid"),
        Layer(frozen([[0.6], [-0.5]]), frozen([0.2]), "sigmoid"),
    ),
    "half-squared-error",
)


def same(values: Array, expected: object) -> bool:
    return bool(np.allclose(values, np.array(expected), rtol=1e-13, atol=1e-15))


def sigmoid_spec(eta: float, targets: str, *, biased: bool = True) -> Spec:
    """A 2-2-1 or, with one-hot targets, a 2-2-2 network of sigmoids."""
    return replace(
        suggested("xor"),
        hidden=(2,),
        activations=("sigmoid", "sigmoid"),
        targets=targets,
        eta=eta,
        biased=biased,
    )


def after_one_step(network: Network, spec: Spec, x: Array, t: Array) -> Network:
    data = Data(x, t, len(x), spec.encoding)
    run = begin(spec, network)
    return Trainer(spec, data, run.kernel).advance(run, 1).network


def test_forward_by_hand():
    trace = forward(BY_HAND, X)
    assert trace.a[0] is X
    assert same(trace.z[0], [[-0.3, -0.5]])
    assert same(trace.a[1], [[0.425557483188341, 0.377540668798145]])
    assert same(trace.z[1], [[0.266564155513932]])
    assert same(trace.y, [[0.566249216495481]])
    assert same(sample_losses(BY_HAND, trace, T), [0.0940698710953922])


def test_backward_by_hand():
    gradient = backward(BY_HAND, forward(BY_HAND, X), T)
    assert same(gradient.delta[1], [[-0.106533981607193]])
    assert same(gradient.delta[0], [[-0.0156258703688325, 0.0125179405766534]])
    assert same(gradient.weights[1], [[-0.0453363330867902], [-0.0402209106657091]])
    assert same(
        gradient.weights[0], [[-0.00781293518441624, 0.00625897028832671], [0.0156258703688325, -0.0125179405766534]]
    )
    assert same(gradient.biases[1], [-0.106533981607193])
    assert same(gradient.biases[0], [-0.0156258703688325, 0.0125179405766534])
    assert same(gradient.x, [[-0.00406617515221393, -0.00249496597453697]])


def test_update_by_hand():
    network = after_one_step(BY_HAND, sigmoid_spec(0.5, "zero-one"), X, T)
    assert same(network.weights[0], [[0.103906467592208, -0.203129485144163], [0.392187064815584, 0.306258970288327]])
    assert same(network.biases[0], [0.0578129351844162, -0.106258970288327])
    assert same(network.weights[1], [[0.622668166543395], [-0.479889544667145]])
    assert same(network.biases[1], [0.253266990803597])


def test_a_batch_takes_the_mean_of_its_samples():
    """The same sample three times makes the same step as once; η does not scale with the batch."""
    once = after_one_step(BY_HAND, sigmoid_spec(0.5, "zero-one"), X, T)
    thrice = after_one_step(BY_HAND, sigmoid_spec(0.5, "zero-one"), np.repeat(X, 3, 0), np.repeat(T, 3, 0))
    for one, three in zip((*once.weights, *once.biases), (*thrice.weights, *thrice.biases), strict=True):
        assert np.allclose(one, three, rtol=1e-14, atol=0.0)


# M. Mazur, A Step by Step Backpropagation Example (2015): 2-2-2, sigmoid, half squared error, η = 0.5. His w₁ leads
# from i₁ to h₁, w₂ from i₂ to h₁, and so on; he leaves the biases as they are.
MAZUR_X, MAZUR_T = frozen([[0.05, 0.10]]), frozen([[0.01, 0.99]])
MAZUR = Network(
    (
        Layer(frozen([[0.15, 0.25], [0.20, 0.30]]), frozen([0.35, 0.35]), "sigmoid"),
        Layer(frozen([[0.40, 0.50], [0.45, 0.55]]), frozen([0.60, 0.60]), "sigmoid"),
    ),
    "half-squared-error",
)


def loss(network: Network, x: Array, t: Array) -> float:
    evaluation = evaluate(network, "none", x, t, Data(x, t, len(x), None))
    assert evaluation is not None
    return evaluation.objective


def test_mazur_before_his_step():
    trace = forward(MAZUR, MAZUR_X)
    assert np.allclose(trace.a[1], [[0.593269992, 0.596884378]], atol=5e-10)
    assert np.allclose(trace.y, [[0.75136507, 0.772928465]], atol=5e-9)
    assert loss(MAZUR, MAZUR_X, MAZUR_T) == pytest.approx(0.298371109, abs=5e-10)


def test_mazur_with_his_frozen_biases():
    network = after_one_step(MAZUR, sigmoid_spec(0.5, "one-hot", biased=False), MAZUR_X, MAZUR_T)
    assert np.allclose(network.weights[1].T, [[0.35891648, 0.408666186], [0.511301270, 0.561370121]], atol=5e-9)
    assert np.allclose(network.weights[0].T, [[0.149780716, 0.19956143], [0.24975114, 0.29950229]], atol=5e-9)
    assert np.array_equal(network.biases[0], [0.35, 0.35])
    assert np.array_equal(network.biases[1], [0.60, 0.60])
    assert loss(network, MAZUR_X, MAZUR_T) == pytest.approx(0.291027774, abs=5e-10)


def test_mazur_with_biases_that_learn():
    network = after_one_step(MAZUR, sigmoid_spec(0.5, "one-hot"), MAZUR_X, MAZUR_T)
    assert not np.array_equal(network.biases[0], [0.35, 0.35])
    assert loss(network, MAZUR_X, MAZUR_T) == pytest.approx(0.280471447, abs=5e-10)
