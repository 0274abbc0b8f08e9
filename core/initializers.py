"""How the weights start: one entry for each way of drawing them."""

from collections.abc import Callable

import numpy as np

from core.arrays import Array
from core.record import record
from core.registry import Registry

Draw = Callable[[np.random.Generator, int, int], Array]


@record
class Initializer:
    """`weights(rng, n_in, n_out)` draws one layer's W (n_in, n_out); every bias starts at `bias`."""

    name: str
    label: str
    formula: str
    help: str
    weights: Draw
    bias: float = 0.0


def _glorot(rng: np.random.Generator, n_in: int, n_out: int) -> Array:
    bound = np.sqrt(6.0 / (n_in + n_out))
    return rng.uniform(-bound, bound, (n_in, n_out))


INITIALIZERS: Registry[Initializer] = Registry("initialiser")
INITIALIZERS.add(
    Initializer(
        "uniform",
        "Uniform ±½",
        "w ~ U(−½, ½), b = 0.1",
        "The same spread for every layer, whatever its size.",
        lambda rng, n_in, n_out: rng.uniform(-0.5, 0.5, (n_in, n_out)),
        bias=0.1,
    )
)
INITIALIZERS.add(
    Initializer(
        "glorot",
        "Glorot",
        "w ~ U(−r, r), r = √(6 / (nᵢₙ + nₒᵤₜ))",
        "Keeps the spread of a and δ alike through tanh and sigmoid layers (Glorot and Bengio 2010,"
        " Understanding the difficulty of training deep feedforward neural networks, eq. 16).",
        _glorot,
    )
)
INITIALIZERS.add(
    Initializer(
        "he",
        "He",
        "w ~ N(0, 2 / nᵢₙ)",
        "Keeps the spread of a alike through ReLU layers (He et al. 2015, Delving deep into rectifiers, eq. 10).",
        lambda rng, n_in, n_out: rng.normal(0.0, np.sqrt(2.0 / n_in), (n_in, n_out)),
    )
)
INITIALIZERS.add(
    Initializer(
        "normal",
        "Normal σ = 0.1",
        "w ~ N(0, 0.1²)",
        "Small weights: every layer starts almost linear.",
        lambda rng, n_in, n_out: rng.normal(0.0, 0.1, (n_in, n_out)),
    )
)
INITIALIZERS.add(
    Initializer(
        "zeros",
        "Zeros",
        "w = 0",
        "All units of a layer get the same δ and stay alike for ever: the symmetry that random starts break.",
        lambda rng, n_in, n_out: np.zeros((n_in, n_out)),
    )
)
