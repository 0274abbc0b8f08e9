"""How a class becomes target numbers, and how a class is read off an output: one entry for each encoding."""

import numpy as np

from core.arrays import Array, Rows
from core.record import record
from core.registry import Registry


@record
class Encoding:
    """`low` and `high` are the target values of "not this class" and "this class".

    Two classes share one column unless `column_each`; more classes always have a column each.
    `threshold` is where a single output is read; several outputs are read by the largest.
    """

    name: str
    label: str
    low: float
    high: float
    threshold: float
    column_each: bool = False

    def columns(self, classes: int) -> int:
        """How many outputs it takes to tell `classes` classes apart."""
        return classes if self.column_each or classes > 2 else 1

    def encode(self, labels: Rows, classes: int) -> Array:
        """Targets (n, columns) for labels (n,) in 0 … classes − 1."""
        of_columns = [1] if self.columns(classes) == 1 else range(classes)
        return np.where(labels[:, None] == np.array(of_columns), self.high, self.low)

    def read(self, y: Array) -> Rows:
        """The class of each row of outputs or targets y (n, columns)."""
        if y.shape[1] == 1:
            return (y[:, 0] > self.threshold).astype(np.intp)
        return y.argmax(axis=1)


ENCODINGS: Registry[Encoding] = Registry("target encoding")
ENCODINGS.add(Encoding("plus-minus", "−1 / +1", -1.0, 1.0, 0.0))
ENCODINGS.add(Encoding("zero-one", "0 / 1", 0.0, 1.0, 0.5))
ENCODINGS.add(Encoding("one-hot", "One-hot", 0.0, 1.0, 0.5, column_each=True))
