"""Logic tables: every combination of bits with its truth value, complete and without noise."""

from collections.abc import Callable
from functools import cache
from itertools import product

import numpy as np

from core.arrays import Array, frozen
from core.datasets.dataset import DATASETS, Dataset, Draw, Suggestion, parity_family


def _table(bits: int, truth: Callable[[Array], Array]) -> Draw:
    rows = frozen(np.array(list(product((0, 1), repeat=bits))))
    labels = frozen(truth(rows))
    return lambda rng, samples, noise: (rows, labels)


def _logic(
    name: str, label: str, help: str, bits: int, truth: Callable[[Array], Array], suggestion: Suggestion
) -> Dataset:
    return Dataset(name, label, help, bits, 2, 2**bits, "zero-one", _table(bits, truth), suggestion, table=True)


def _one_line() -> Suggestion:
    """AND, OR and NAND are separable by a line: one unit does."""
    return Suggestion((), "tanh", "sigmoid", "binary-cross-entropy", 1.0, None, epochs=500, goal=0.05)


DATASETS.add(
    _logic(
        "xor",
        "XOR",
        "1 when exactly one input is 1; no straight line separates it, so a hidden layer is needed.",
        2,
        lambda x: x.sum(axis=1) % 2,
        Suggestion((3,), "tanh", "sigmoid", "half-squared-error", 0.8, None, epochs=1000, goal=0.01),
    )
)
DATASETS.add(
    _logic(
        "and",
        "AND",
        "1 when both inputs are 1; one unit without a hidden layer can learn it.",
        2,
        lambda x: x.min(axis=1),
        _one_line(),
    )
)
DATASETS.add(
    _logic(
        "or",
        "OR",
        "1 when at least one input is 1; one unit can learn it.",
        2,
        lambda x: x.max(axis=1),
        _one_line(),
    )
)
DATASETS.add(
    _logic(
        "nand",
        "NAND",
        "0 only when both inputs are 1; one unit can learn it.",
        2,
        lambda x: 1.0 - x.min(axis=1),
        _one_line(),
    )
)


def _parity_suggestion(bits: int) -> Suggestion:
    """Few bits yield to the full batch; more of them only to ReLUs in plenty and the jolts of small batches."""
    if bits <= 5:
        return Suggestion((2 * bits,), "tanh", "sigmoid", "binary-cross-entropy", 0.5, None, 3000, goal=0.05)
    return Suggestion((5 * bits,), "relu", "sigmoid", "binary-cross-entropy", 0.2, 16, 1500, goal=0.05)


@parity_family
@cache
def parity(bits: int) -> Dataset:
    """1 when an odd number of the inputs is 1; XOR for more bits."""
    return _logic(
        f"parity-{bits}",
        f"Parity of {bits}",
        "1 when an odd number of inputs is 1: every bit matters, whatever the others are.",
        bits,
        lambda x: x.sum(axis=1) % 2,
        _parity_suggestion(bits),
    )


DATASETS.add(parity(3))
