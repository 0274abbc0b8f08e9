"""The rows of the data as a table: which columns it has, what stands in them, and in which order the rows are shown."""

from enum import Enum

import numpy as np

from core.arrays import Array, Rows
from core.datasets import ENCODINGS, Data
from core.network import Network, forward, sample_losses
from core.record import record

# A million rows at once would take a gigabyte for the activations alone.
CHUNK = 32_768


class Kind(Enum):
    """What a column holds; CLASS and ANSWER are the class that the targets, and the outputs, are read as."""

    NUMBER = "#"
    INPUT = "x"
    TARGET = "t"
    OUTPUT = "y"
    LOSS = "E"
    CLASS = "class"
    ANSWER = "read"

    @property
    def moves(self) -> bool:
        """Whether training changes it."""
        return self in (Kind.OUTPUT, Kind.LOSS, Kind.ANSWER)


@record
class Column:
    """Column `index` of its kind, counted from 0; `alone` when one is all there can be of it."""

    kind: Kind
    index: int = 0
    alone: bool = True


def columns(data: Data, *, brief: bool = False) -> tuple[Column, ...]:
    """Number, inputs, targets, outputs, loss; `brief` ones say classes instead of targets and outputs, if there are
    several outputs for them."""
    inputs, outputs = data.x.shape[1], data.t.shape[1]
    told = tuple(Column(kind, j, alone=outputs == 1) for kind in (Kind.TARGET, Kind.OUTPUT) for j in range(outputs))
    if brief and outputs > 1 and data.encoding is not None:
        told = Column(Kind.CLASS), Column(Kind.ANSWER)
    return (
        Column(Kind.NUMBER),
        *(Column(Kind.INPUT, i, alone=False) for i in range(inputs)),
        *told,
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
        case Kind.CLASS:
            return read_classes(data, data.t)
        case Kind.OUTPUT | Kind.LOSS | Kind.ANSWER:
            chunks = (slice(at, at + CHUNK) for at in range(0, len(data.x), CHUNK))
            pairs = (answers(network, data, rows) for rows in chunks)
            return np.concatenate([_answered(data, column, y, loss) for y, loss in pairs])


def read_classes(data: Data, y: Array) -> Array:
    """The class, counted from 0, that each row of outputs or targets y (n, n_K) is read as."""
    assert data.encoding is not None
    return ENCODINGS[data.encoding].read(y).astype(np.float64)


def _answered(data: Data, column: Column, y: Array, loss: Array) -> Array:
    if column.kind is Kind.ANSWER:
        return read_classes(data, y)
    return loss if column.kind is Kind.LOSS else y[:, column.index]


def sorted_rows(values: Array, *, descending: bool) -> Rows:
    """The rows by their values; equal ones keep the order of the data, and those that are no number come last."""
    return np.argsort(-values if descending else values, kind="stable")
