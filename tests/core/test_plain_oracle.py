"""Training held, update by update, against the same algorithm on lists of numbers: no arrays, one sample at a time."""

from dataclasses import replace
from math import exp, isclose, log1p, tanh

import pytest

from core.network import Network
from core.spec import Spec, check, suggested
from core.streams import order
from core.training import Trainer, begin, draw_start, load_data

Vector = list[float]
Matrix = list[Vector]


def activate(name: str, z: Vector) -> Vector:
    if name == "softmax":
        total = sum(exp(value) for value in z)
        return [exp(value) / total for value in z]
    f = {
        "identity": lambda v: v,
        "sigmoid": lambda v: 1.0 / (1.0 + exp(-v)),
        "tanh": tanh,
        "relu": lambda v: v if v > 0 else 0.0,
        "leaky-relu": lambda v: v if v > 0 else 0.01 * v,
        "softplus": lambda v: log1p(exp(v)),
    }[name]
    return [f(value) for value in z]


def jacobian(name: str, z: Vector) -> Matrix:
    """∂a_j/∂z_i in row i, column j."""
    size = range(len(z))
    a = activate(name, z)
    if name == "softmax":
        return [[a[j] * ((i == j) - a[i]) for j in size] for i in size]
    slope = {
        "identity": lambda v: 1.0,
        "sigmoid": lambda v: exp(-v) / (1.0 + exp(-v)) ** 2,
        "tanh": lambda v: 1.0 - tanh(v) ** 2,
        "relu": lambda v: 1.0 if v > 0 else 0.0,
        "leaky-relu": lambda v: 1.0 if v > 0 else 0.01,
        "softplus": lambda v: 1.0 / (1.0 + exp(-v)),
    }[name]
    return [[slope(z[i]) if i == j else 0.0 for j in size] for i in size]


def loss_slope(name: str, y: Vector, t: Vector) -> Vector:
    """∂E/∂y_j, written out for every loss: cross-entropies get no short cut to y − t here."""
    pairs = list(zip(y, t, strict=True))
    if name == "half-squared-error":
        return [o - w for o, w in pairs]
    if name == "mean-squared-error":
        return [2.0 * (o - w) / len(y) for o, w in pairs]
    if name == "binary-cross-entropy":
        return [-w / o + (1.0 - w) / (1.0 - o) for o, w in pairs]
    return [-w / o for o, w in pairs]


class Oracle:
    """W[k][i][j] leads from unit i to unit j of the next layer."""

    def __init__(self, network: Network, eta: float) -> None:
        self.W: list[Matrix] = [layer.weights.tolist() for layer in network.layers]
        self.b: Matrix = [layer.biases.tolist() for layer in network.layers]
        self.names, self.loss, self.biased, self.eta = network.activations, network.loss, network.biased, eta

    def update(self, batch: list[tuple[Vector, Vector]]) -> None:
        W_sum = [[[0.0] * len(row) for row in W] for W in self.W]
        b_sum = [[0.0] * len(b) for b in self.b]
        for x, t in batch:
            self.add_gradient(x, t, W_sum, b_sum)
        for k, W in enumerate(self.W):
            for i, row in enumerate(W):
                for j in range(len(row)):
                    row[j] -= self.eta * W_sum[k][i][j] / len(batch)
            for j in range(len(self.b[k])):
                if self.biased:
                    self.b[k][j] -= self.eta * b_sum[k][j] / len(batch)

    def add_gradient(self, x: Vector, t: Vector, W_sum: list[Matrix], b_sum: Matrix) -> None:
        z: Matrix = []
        a = [x]
        for W, b, name in zip(self.W, self.b, self.names, strict=True):
            z.append([sum(a[-1][i] * W[i][j] for i in range(len(W))) + b[j] for j in range(len(b))])
            a.append(activate(name, z[-1]))
        upstream = loss_slope(self.loss, a[-1], t)
        for k in reversed(range(len(self.W))):
            J = jacobian(self.names[k], z[k])
            delta = [sum(J[i][j] * upstream[j] for j in range(len(upstream))) for i in range(len(z[k]))]
            for i, a_i in enumerate(a[k]):
                for j, delta_j in enumerate(delta):
                    W_sum[k][i][j] += a_i * delta_j
            for j, delta_j in enumerate(delta):
                b_sum[k][j] += delta_j
            upstream = [sum(w * d for w, d in zip(row, delta, strict=True)) for row in self.W[k]]


def numbers(W: list[Matrix], b: Matrix) -> Vector:
    return [w for matrix in W for row in matrix for w in row] + [v for row in b for v in row]


BASE = replace(suggested("circle"), samples=23, train_share=1.0, batch=5, eta=0.1, init="uniform")
SPECS = {
    "as suggested": BASE,
    "order kept": replace(BASE, shuffle=False),
    "no biases": replace(BASE, biased=False),
    "order kept, no biases": replace(BASE, shuffle=False, biased=False),
    "one sample a batch": replace(BASE, batch=1),
    "full batch": replace(BASE, batch=None),
    "batch larger than the set": replace(BASE, batch=100),
    "no hidden layer": replace(BASE, hidden=(), activations=("tanh",)),
    "deep, hidden softmax": replace(
        BASE, hidden=(3, 4, 3), activations=("softmax", "leaky-relu", "softplus", "identity"), loss="mean-squared-error"
    ),
    "relu, binary cross-entropy": replace(BASE, activations=("relu", "relu", "sigmoid"), loss="binary-cross-entropy"),
    "softmax cross-entropy": replace(
        BASE, dataset="blobs-3", hidden=(4,), activations=("sigmoid", "softmax"), loss="softmax-cross-entropy"
    ),
    "softmax, half squared error": replace(BASE, dataset="blobs-4", hidden=(4,), activations=("tanh", "softmax")),
    "regression": replace(BASE, dataset="multi-gauss", activations=("tanh", "tanh", "identity")),
    "XOR": suggested("xor"),
}


@pytest.mark.parametrize("spec", SPECS.values(), ids=SPECS.keys())
def test_every_update_of_whole_epochs_is_the_oracles(spec: Spec):
    check(spec)
    data = load_data(spec)
    samples = list(zip(data.x_train.tolist(), data.t_train.tolist(), strict=True))
    run = begin(spec, draw_start(spec))
    trainer = Trainer(spec, data, run.kernel)
    oracle = Oracle(run.network, spec.eta)
    start = numbers(oracle.W, oracle.b)
    size = spec.batch or len(samples)
    for epoch in range(6):
        rows = order(spec.seed, epoch, len(samples)).tolist() if spec.shuffle else list(range(len(samples)))
        for first in range(0, len(rows), size):
            oracle.update([samples[row] for row in rows[first : first + size]])
            run = trainer.advance(run, 1)
            ours = numbers([w.tolist() for w in run.network.weights], [b.tolist() for b in run.network.biases])
            theirs = numbers(oracle.W, oracle.b)
            assert all(isclose(o, p, rel_tol=1e-12, abs_tol=1e-14) for o, p in zip(ours, theirs, strict=True))
    assert run.epoch == 6
    assert run.start == 0
    assert max(abs(p - s) for p, s in zip(numbers(oracle.W, oracle.b), start, strict=True)) > 1e-3
