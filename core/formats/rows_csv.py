"""The rows of a data set as a table, exactly as training uses them: inputs, targets, train or test."""

from pathlib import Path

from core.datasets import Data
from core.formats.atomic import write_atomically
from core.formats.trouble import WRITING, explained, usable


def write_rows(path: str | Path, data: Data) -> None:
    """Write the rows of `data`, in their order and with all their digits, to the CSV file `path`.

    Columns x1 … (n_0), t1 … (n_K), split ("train" or "test"). InputError when it cannot be written.
    """
    path = usable(path)
    with explained(path, WRITING):
        write_atomically(path, _table(data).encode(), lambda written: None)


def _table(data: Data) -> str:
    inputs = [f"x{i}" for i in range(1, data.x.shape[1] + 1)]
    targets = [f"t{j}" for j in range(1, data.t.shape[1] + 1)]
    lines = [",".join([*inputs, *targets, "split"])]
    for i, (x, t) in enumerate(zip(data.x, data.t, strict=True)):
        numbers = [repr(value) for value in (*x.tolist(), *t.tolist())]
        lines.append(",".join([*numbers, "train" if i < data.train else "test"]))
    return "\n".join(lines) + "\n"
