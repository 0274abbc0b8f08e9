"""The array type of the whole program, and how an array becomes a value that nobody can change."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]
Rows = NDArray[np.intp]


def frozen(values: ArrayLike) -> Array:
    """A float64 copy of `values`, row-major and marked not writeable."""
    array = np.array(values, dtype=np.float64, order="C")
    array.setflags(write=False)
    return array


def without_gaps(values: Array) -> Array:
    """The values with NaN as 0 and infinities as the largest numbers; the same array where there are none."""
    return values if all_finite(values) else np.nan_to_num(values)


def all_finite(*arrays: Array) -> bool:
    """Whether no entry is NaN or infinite."""
    return all(bool(np.isfinite(array).all()) for array in arrays)
