"""The rows of the data as a table: which columns it has, what stands in them, and in which order the rows are shown."""

from dataclasses import dataclass
from enum import Enum

import numpy as np

from core.arrays import Array, Rows
from core.datasets import Data
from core.network import Network, forward, sample_losses

# A million rows at once would take a gigabyte for the activations alone.
CHUNK = 32_768


class Kind(Enum):
    """What a column holds."""

    NUMBER = "#"
    INPUT = "x"
    TARGET = "t"
    OUTPUT = "y"
    LOSS = "E"

    @property
    def moves(self) -> bool:
        """Whether training changes it."""
        return self in (Kind.OUTPUT, Kind.LOSS)


@dataclass(frozen=True)
class Column:
    """Column `index` of its kind, counted from 0; `alone` when one is all there can be of it."""

    kind: Kind
    index: int = 0
    alone: bool = True


def columns(data: Data) -> tuple[Column, ...]:
    """Number, inputs, targets, outputs, loss."""
    inputs, outputs = data.x.shape[1], data.t.shape[1]
    return (
        Column(Kind.NUMBER),
        *(Column(Kind.INPUT, i, alone=False) for i in range(inputs)),
        *(Column(kind, j, alone=outputs == 1) for kind in (Kind.TARGET, Kind.OUTPUT) for j in range(outputs)),
        Column(Kind.LOSS),
    )


def answers(network: Network, data: Data, rows: Rows | slice) -> tuple[Array, Array]:
    """The outputs y (n, n_K) and losses E (n,) of these rows."""
    with np.errstate(all="ignore"):
        trace = forward(network, data.x[rows])
        return trace.y, sample_losses(network, trace, data.t[rows])


def column_values(network: Network, data: Data, column: Column) -> Array:
    """What stands in a column, for every row (n,)."""
    match column.kind:
        case Kind.NUMBER:
            return np.arange(len(data.x), dtype=np.float64)
        case Kind.INPUT:
            return data.x[:, column.index]
        case Kind.TARGET:
            return data.t[:, column.index]
        case Kind.OUTPUT | Kind.LOSS:
            chunks = (slice(at, at + CHUNK) for at in range(0, len(data.x), CHUNK))
            pairs = (answers(network, data, rows) for rows in chunks)
            return np.concatenate([loss if column.kind is Kind.LOSS else y[:, column.index] for y, loss in pairs])


def sorted_rows(values: Array, *, descending: bool) -> Rows:
    """The rows by their values; equal ones keep the order of the data, and those that are no number come last."""
    return np.argsort(-values if descending else values, kind="stable")
