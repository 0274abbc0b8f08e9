"""Target encodings: classes to numbers and back, at the stated thresholds."""

import numpy as np
import pytest

from core.datasets import ENCODINGS

LABELS = np.array([0, 1, 2, 1])
TWO = np.array([0, 1, 1])


def test_the_names_are_those_of_files_and_command_line():
    assert ENCODINGS.names() == ("plus-minus", "zero-one", "one-hot")


def test_two_classes():
    assert ENCODINGS["plus-minus"].encode(TWO, 2).tolist() == [[-1], [1], [1]]
    assert ENCODINGS["zero-one"].encode(TWO, 2).tolist() == [[0], [1], [1]]
    assert ENCODINGS["one-hot"].encode(TWO, 2).tolist() == [[1, 0], [0, 1], [0, 1]]


def test_three_classes_have_a_column_each():
    hot = [[1, 0, 0], [0, 1, 0], [0, 0, 1], [0, 1, 0]]
    assert ENCODINGS["one-hot"].encode(LABELS, 3).tolist() == hot
    assert ENCODINGS["zero-one"].encode(LABELS, 3).tolist() == hot
    assert ENCODINGS["plus-minus"].encode(LABELS, 3).tolist() == [[2 * v - 1 for v in row] for row in hot]


@pytest.mark.parametrize("encoding", ENCODINGS, ids=lambda encoding: encoding.name)
@pytest.mark.parametrize("classes", [2, 3, 4])
def test_what_was_encoded_is_read_back(encoding, classes):
    labels = np.arange(20) % classes
    t = encoding.encode(labels, classes)
    assert t.dtype == np.float64
    assert t.shape == (20, encoding.columns(classes))
    assert np.array_equal(encoding.read(t), labels)
    assert set(np.unique(t).tolist()) == {encoding.low, encoding.high}


def test_a_single_output_is_read_at_its_threshold():
    y = np.array([[-2.0], [-1e-9], [0.0], [1e-9], [0.5], [0.51], [3.0]])
    assert ENCODINGS["plus-minus"].read(y).tolist() == [0, 0, 0, 1, 1, 1, 1]
    assert ENCODINGS["zero-one"].read(y).tolist() == [0, 0, 0, 0, 0, 1, 1]


@pytest.mark.parametrize("encoding", ENCODINGS, ids=lambda encoding: encoding.name)
def test_several_outputs_are_read_by_the_largest(encoding):
    y = np.array([[0.1, 0.4, 0.3], [-5.0, -7.0, -6.0], [0.2, 0.2, 0.1]])
    assert encoding.read(y).tolist() == [1, 0, 0]
