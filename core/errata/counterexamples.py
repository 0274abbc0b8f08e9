"""Numbers for the errors that computing shows: what is printed, what is right, and the central difference.

Each is computed on a step of the text's own network, wherever its training stands; where that network is too small or
too large to show the error, on a smaller one.
"""

from dataclasses import replace

from core.arrays import Array, frozen
from core.errata.erratum import EXACT, Counterexample
from core.explain.step import Step, take_step, updated
from core.gradient_check import EPSILON, check_gradient
from core.network import Layer, Network, Trace, forward, sample_losses


def input_twice(step: Step) -> Counterexample:
    """001, last formula: δ_j with x_i in it makes ∂L/∂w_ij = δ_j x_i quadratic in x_i."""
    y, t, h, u = step.trace.y[0], step.t[0], step.trace.a[1][0], step.network.weights[1]
    delta = sum((y[k] - t[k]) * y[k] * (1 - y[k]) * u[0, k] for k in range(2)) * h[0] * (1 - h[0])
    x = step.x[0, 0]
    return _weight("∂L/∂w₁₁", step, 1, 0, 0, float(delta * x * x))


def wrong_output(step: Step) -> Counterexample:
    """003 §3: ∂L/∂y_j with the index i of the other end of the weight."""
    y, t, h = step.trace.y[0], step.t[0], step.trace.a[1][0]
    return _weight("∂L/∂u₁₂", step, 2, 0, 1, float((y[0] - t[0]) * y[1] * (1 - y[1]) * h[0]))


def delta_as_difference(step: Step) -> Counterexample:
    """001: δ as the difference between target and output."""
    printed = float(step.t[0, 0] - step.trace.y[0, 0])
    return _pre_activation("δ₁ of the output", step, 2, 0, printed)


def wrong_column(step: Step) -> Counterexample:
    """002: z as a sum over the first index of W, which is the index of the destination: it ends after two inputs."""
    x, w = step.x[0], step.network.weights[0].T
    printed = float(sum(x[i] * w[i, 0] for i in range(w.shape[0])))
    correct = float(step.trace.z[0][0, 0])
    return Counterexample("(z₁)²", printed, correct)


def sum_too_short(_: Step) -> Counterexample:
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


def last_layer_left_out(step: Step) -> Counterexample:
    """004 §5.2: weight gradients for k = K − 1 … 1 leave the last layer without any."""
    return _weight("∂Eₙ/∂w₁₁⁽³⁾", step, 3, 0, 0, 0.0)


def no_bias_gradient(step: Step) -> Counterexample:
    """000, 001 and 003 print no gradient for the biases that they have."""
    comparison = _comparison(step, "b1[0]")
    return Counterexample("∂L/∂b₁⁽¹⁾", 0.0, *comparison)


def larger_after_update(_: Step) -> Counterexample:
    """001: after an update the loss "is less"; with η = 6 on one identity unit it is not."""
    network = Network((Layer(frozen([[1.0]]), frozen([0.0]), "identity"),), "half-squared-error", biased=False)
    x, t = frozen([[1.0]]), frozen([[0.0]])
    step = take_step(network, x, t, 6.0)
    after = float(sample_losses(step.after, forward(step.after, x), t)[0])
    return Counterexample("L after the update with η = 6", step.loss, after)


def loss_after_update(step: Step) -> Counterexample:
    """Mazur: the loss that he prints is what comes of δ sent back over weights that are updated already."""
    biases = tuple(f"b{k}" for k in range(1, len(step.network.sizes)))

    def after(mistake: str | None) -> float:
        x, t = step.x, step.t
        network = updated(step.network, x, t, step.eta, "numpy", mistake, biases)
        return float(sample_losses(network, forward(network, x), t)[0])

    what = "E of the total after the update of the weights alone"
    return Counterexample(what, after("updated-first"), after(None), digits=EXACT)


def _weight(what: str, step: Step, k: int, i: int, j: int, printed: float) -> Counterexample:
    return Counterexample(what, printed, *_comparison(step, f"W{k}[{i},{j}]"))


def _comparison(step: Step, name: str) -> tuple[float, float]:
    # A bias that does not learn has its slope all the same.
    check = check_gradient(replace(step.network, biased=True), step.x, step.t)
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
