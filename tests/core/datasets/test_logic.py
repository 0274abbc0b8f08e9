"""Logic tables and parity: every row, in counting order, with its truth."""

import numpy as np
import pytest

from core.datasets import DATASETS, find_dataset
from core.errors import InputError
from core.spec import suggested
from core.training import load_data

TRUTHS = {"xor": [0, 1, 1, 0], "and": [0, 0, 0, 1], "or": [0, 1, 1, 1], "nand": [1, 1, 1, 0]}


@pytest.mark.parametrize(("name", "truth"), TRUTHS.items())
def test_the_four_rows_of_a_table(name, truth):
    data = load_data(suggested(name))
    assert data.x.tolist() == [[0, 0], [0, 1], [1, 0], [1, 1]]
    assert data.t.ravel().tolist() == truth
    assert data.train == 4
    assert len(data.x_test) == 0


@pytest.mark.parametrize("bits", [2, 3, 5, 12])
def test_parity_counts_the_ones(bits):
    data = load_data(suggested(f"parity-{bits}"))
    assert data.x.shape == (2**bits, bits)
    for number, (row, target) in enumerate(zip(data.x.tolist(), data.t.ravel().tolist(), strict=True)):
        assert int("".join(str(int(bit)) for bit in row), 2) == number
        assert target == number.bit_count() % 2


def test_parity_of_two_is_xor():
    assert np.array_equal(load_data(suggested("parity-2")).t, load_data(suggested("xor")).t)


def test_a_member_of_the_family_is_one_and_the_same():
    assert find_dataset("parity-7") is find_dataset("parity-7")
    assert find_dataset("parity-3") is DATASETS["parity-3"]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("parity-1", "parity-1: the number of bits must lie in 2 … 12."),
        ("parity-13", "must lie in 2 … 12"),
        ("parity-999999999", "must lie in 2 … 12"),
        ("parity-03", "no data set 'parity-03'; did you mean 'parity-3'?"),
        ("parity-3x", "did you mean 'parity-3'?"),
        ("parity-\N{ARABIC-INDIC DIGIT THREE}", "did you mean 'parity-3'?"),
        ("parity-99999999999999999999", "no data set"),
    ],
)
def test_what_is_no_member_is_refused(name, said):
    with pytest.raises(InputError) as caught:
        find_dataset(name)
    assert said in str(caught.value)


@pytest.mark.parametrize("name", [*TRUTHS, "parity-4"])
def test_a_table_keeps_its_order_whatever_the_seed(name):
    one, other = load_data(suggested(name, seed=1)), load_data(suggested(name, seed=2))
    assert np.array_equal(one.x, other.x)
    assert np.array_equal(one.t, other.t)


def test_drawing_never_hands_out_what_can_be_changed():
    x, labels = DATASETS["xor"].draw(np.random.default_rng(0), 4, 0.0)
    assert not x.flags.writeable
    assert not labels.flags.writeable
