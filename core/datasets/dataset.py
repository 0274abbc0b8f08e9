"""What a data set is, what settings it suggests, and how its rows are drawn, encoded and split."""

import re
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from core.arrays import Array, frozen
from core.datasets.encoding import ENCODINGS
from core.errors import InputError
from core.record import record
from core.registry import Registry

Values = NDArray[np.float64 | np.intp | np.bool_]
Draw = Callable[[np.random.Generator, int, float], tuple[Array, Values]]


@record
class Suggestion:
    """Settings that solve a data set: within `epochs` the objective on the training rows falls to `goal`.

    That holds from seeds 1, 2 and 3, with the samples, noise and share that the data set has by itself.
    """

    hidden: tuple[int, ...]
    activation: str
    output_activation: str
    loss: str
    eta: float
    batch: int | None
    epochs: int
    goal: float


@record
class Dataset:
    """One data set.

    `draw(rng, samples, noise)` gives x (n, inputs) and the labels (n,) in 0 … classes − 1, or for regression
    (classes = 0) the `targets` (n, targets); noise is a share, 0 … 0.5. A `table` has fixed rows in a fixed order: no
    sampling, no noise, nothing held back for testing unless asked. `encoding` is its own target encoding.
    """

    name: str
    label: str
    help: str
    inputs: int
    classes: int
    samples: int
    encoding: str
    draw: Draw
    suggestion: Suggestion
    table: bool = False
    targets: int = 1

    @property
    def train_share(self) -> float:
        """The share of rows to train on when nothing is said."""
        return 1.0 if self.table else 0.5

    def outputs(self, encoding: str) -> int:
        """How many outputs a network for it has, with that target encoding."""
        return ENCODINGS[encoding].columns(self.classes) if self.classes else self.targets


@record(eq=False)
class Data:
    """Rows ready to train on: x (n, n_0), t (n, n_K); the first `train` rows train, the rest test.

    `encoding` says how to read a class off an output; None for regression.
    """

    x: Array
    t: Array
    train: int
    encoding: str | None

    @property
    def x_train(self) -> Array:
        """The inputs to train on (train, n_0)."""
        return self.x[: self.train]

    @property
    def t_train(self) -> Array:
        """Their targets (train, n_K)."""
        return self.t[: self.train]

    @property
    def x_test(self) -> Array:
        """The inputs held back (n − train, n_0)."""
        return self.x[self.train :]

    @property
    def t_test(self) -> Array:
        """Their targets (n − train, n_K)."""
        return self.t[self.train :]

    def accuracy(self, y: Array, t: Array) -> float | None:
        """The share of rows whose output y is read as the class of target t; None without classes or rows.

        An output that is not a number is read as no class.
        """
        if self.encoding is None or not len(t):
            return None
        encoding = ENCODINGS[self.encoding]
        right = (encoding.read(y) == encoding.read(t)) & ~np.isnan(y).any(axis=1)
        return float(right.mean())


DATASETS: Registry[Dataset] = Registry("data set")
# Found by their names, and not offered: those of the examples.
WORKED: Registry[Dataset] = Registry("worked example")

PARITY_BITS = range(2, 13)
_parity: list[Callable[[int], Dataset]] = []


def parity_family(make: Callable[[int], Dataset]) -> Callable[[int], Dataset]:
    """Register the maker of parity-N for every N; the registry itself shows one of them."""
    _parity.append(make)
    return make


def find_dataset(name: str) -> Dataset:
    """The data set of that name, an example's or parity-N for any N in PARITY_BITS included; InputError if there is
    none."""
    for registry in (DATASETS, WORKED):
        if name in registry:
            return registry[name]
    match = re.fullmatch(r"parity-([1-9][0-9]{0,8})", name)
    if not match:
        return DATASETS[name]
    bits = int(match[1])
    if bits not in PARITY_BITS:
        raise InputError(f"{name}: the number of bits must lie in {PARITY_BITS[0]} … {PARITY_BITS[-1]}.")
    return _parity[0](bits)


def train_rows(samples: int, train_share: float) -> int:
    """How many of the rows train: floor(samples · train_share); InputError if that is none."""
    # 0.29 · 100 falls just short of 29 in floating point.
    rows = int(samples * train_share + 1e-9)
    if rows < 1:
        raise InputError(
            f"A train share of {train_share:g} leaves none of the {samples} rows to train on;"
            " raise it or the number of samples."
        )
    return rows


def load(
    dataset: Dataset,
    *,
    samples: int,
    noise: float,
    train_share: float,
    encoding: str,
    rng: np.random.Generator,
) -> Data:
    """Draw the rows of `dataset`, shuffle them once (a table keeps its order) and split them.

    `noise` in percent. InputError when no row is left to train on.
    """
    x, values = dataset.draw(rng, samples, noise / 100.0)
    if not dataset.table:
        order = rng.permutation(len(x))
        x, values = x[order], values[order]
    train = train_rows(len(x), train_share)
    if not dataset.classes:
        return Data(frozen(x), frozen(values), train, None)
    t = ENCODINGS[encoding].encode(values.astype(np.intp), dataset.classes)
    return Data(frozen(x), frozen(t), train, encoding)
