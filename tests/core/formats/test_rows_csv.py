"""The table of rows holds what training uses: every row, in order, every digit."""

import csv
import dataclasses

import numpy as np
import pytest

from core.datasets import Data
from core.errors import InputError
from core.formats import write_rows
from core.spec import suggested
from core.training import load_data


@pytest.mark.parametrize("dataset", ["xor", "gauss", "blobs-3", "sine", "parity-3"])
def test_the_rows_of_training(dataset, tmp_path):
    data = load_data(dataclasses.replace(suggested(dataset, seed=3), train_share=0.5))
    path = tmp_path / "rows.csv"
    write_rows(path, data)
    with path.open(newline="", encoding="ascii") as file:
        header, *rows = csv.reader(file)
    n_in, n_out = data.x.shape[1], data.t.shape[1]
    assert header == [*(f"x{i + 1}" for i in range(n_in)), *(f"t{j + 1}" for j in range(n_out)), "split"]
    numbers = np.array([[float(cell) for cell in row[:-1]] for row in rows])
    assert numbers[:, :n_in].tobytes() == data.x.tobytes()
    assert numbers[:, n_in:].tobytes() == data.t.tobytes()
    assert [row[-1] for row in rows] == ["train"] * data.train + ["test"] * (len(data.x) - data.train)


def test_full_digits(tmp_path):
    data = Data(np.array([[0.1 + 0.2, -0.0]]), np.array([[1.0]]), 1, None)
    write_rows(str(tmp_path / "rows.csv"), data)
    assert (tmp_path / "rows.csv").read_bytes() == b"x1,x2,t1,split\n0.30000000000000004,-0.0,1.0,train\n"


def test_trouble_is_a_sentence(tmp_path):
    data = Data(np.zeros((1, 1)), np.zeros((1, 1)), 1, None)
    with pytest.raises(InputError, match=r"There is no folder .*none to write rows\.csv into; create it"):
        write_rows(tmp_path / "none" / "rows.csv", data)
    with pytest.raises(InputError, match="cannot be the name of a file"):
        write_rows("\0", data)
