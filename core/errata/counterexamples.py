"""Numbers for the errors that computing shows: what is printed, what is right, and the central difference."""

from core.arrays import Array, frozen
from core.errata.erratum import Counterexample
from core.examples import EXAMPLES
from core.explain.step import Step, take_step
from core.gradient_check import EPSILON, check_gradient
from core.network import Layer, Network, Trace, forward, sample_losses


def input_twice() -> Counterexample:
    """001, last formula: δ_j with x_i in it makes ∂L/∂w_ij = δ_j x_i quadratic in x_i."""
    step = _step("365")
    y, t, h, u = step.trace.y[0], step.t[0], step.trace.a[1][0], step.network.weights[1]
    delta = sum((y[k] - t[k]) * y[k] * (1 - y[k]) * u[0, k] for k in range(2)) * h[0] * (1 - h[0])
    x = step.x[0, 0]
    return _weight("∂L/∂w₁₁", step, 1, 0, 0, float(delta * x * x))


def wrong_output() -> Counterexample:
    """003 §3: ∂L/∂y_j with the index i of the other end of the weight."""
    step = _step("365")
    y, t, h = step.trace.y[0], step.t[0], step.trace.a[1][0]
    return _weight("∂L/∂u₁₂", step, 2, 0, 1, float((y[0] - t[0]) * y[1] * (1 - y[1]) * h[0]))


def delta_as_difference() -> Counterexample:
    """001: δ as the difference between target and output."""
    step = _step("365")
    printed = float(step.t[0, 0] - step.trace.y[0, 0])
    return _pre_activation("δ₁ of the output", step, 2, 0, printed)


def wrong_column() -> Counterexample:
    """002: z as a sum over the first index of W, which is the index of the destination: it ends after two inputs."""
    step = _step("medium")
    x, w = step.x[0], step.network.weights[0].T
    printed = float(sum(x[i] * w[i, 0] for i in range(w.shape[0])))
    correct = float(step.trace.z[0][0, 0])
    return Counterexample("(z₁)²", printed, correct)


def sum_too_short() -> Counterexample:
    """004 eq. 38: the sum over the next layer ends with the size of this one; here 1 of 2 units."""
    network = Network(
        (
            Layer(frozen([[0.5]]), frozen([0.0]), "sigmoid"),
            Layer(frozen([[0.8, -1.2]]), frozen([0.0, 0.0]), "sigmoid"),
        ),
        "half-squared-error",
        biased=False,
    )
    step = take_step(network, frozen([[1.0]]), frozen([[0.0, 1.0]]), 0.5)
    z1 = step.trace.a[1][0, 0]
    printed = float(z1 * (1 - z1) * step.gradient.delta[1][0, 0] * network.weights[1][0, 0])
    return _pre_activation("δ₁⁽¹⁾ of a 1-1-2 network", step, 1, 0, printed)


def last_layer_left_out() -> Counterexample:
    """004 §5.2: weight gradients for k = K − 1 … 1 leave the last layer without any."""
    return _weight("∂Eₙ/∂w₁₁⁽³⁾", _step("duke"), 3, 0, 0, 0.0)


def no_bias_gradient() -> Counterexample:
    """000, 001 and 003 print no gradient for the biases that they have."""
    step = _step("365")
    comparison = _comparison(step, "b1[0]")
    return Counterexample("∂L/∂b₁⁽¹⁾", 0.0, *comparison)


def larger_after_update() -> Counterexample:
    """001: after an update the loss "is less"; with η = 6 on one identity unit it is not."""
    network = Network((Layer(frozen([[1.0]]), frozen([0.0]), "identity"),), "half-squared-error", biased=False)
    x, t = frozen([[1.0]]), frozen([[0.0]])
    step = take_step(network, x, t, 6.0)
    after = float(sample_losses(step.after, forward(step.after, x), t)[0])
    return Counterexample("L after the update with η = 6", step.loss, after)


def _step(name: str) -> Step:
    example = EXAMPLES[name]
    return take_step(example.network, example.x, example.t, example.eta)


def _weight(what: str, step: Step, k: int, i: int, j: int, printed: float) -> Counterexample:
    return Counterexample(what, printed, *_comparison(step, f"W{k}[{i},{j}]"))


def _comparison(step: Step, name: str) -> tuple[float, float]:
    check = check_gradient(step.network, step.x, step.t)
    return next((c.analytic, c.numeric) for c in check.comparisons if c.name == name)


def _pre_activation(what: str, step: Step, k: int, j: int, printed: float) -> Counterexample:
    """∂E/∂z_j⁽ᵏ⁾, its central difference taken by moving z itself."""
    above, below = (_loss_with_z_moved(step, k, j, move) for move in (EPSILON, -EPSILON))
    return Counterexample(what, printed, float(step.gradient.delta[k - 1][0, j]), (above - below) / (2 * EPSILON))


def _loss_with_z_moved(step: Step, k: int, j: int, move: float) -> float:
    network = step.network
    z = step.trace.z[k - 1].copy()
    z[0, j] += move
    a: Array = network.layers[k - 1].f(z)
    for layer in network.layers[k:]:
        z = a @ layer.weights + layer.biases
        a = layer.f(z)
    return float(sample_losses(network, Trace((z,), (a,)), step.t)[0])
