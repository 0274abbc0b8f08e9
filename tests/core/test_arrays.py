"""Arrays that are values: copied, of one type, and closed to writing."""

import numpy as np
import pytest

from core.arrays import all_finite, frozen


def test_a_frozen_array_is_a_copy_in_float64_that_cannot_be_written():
    source = np.array([[1, 2], [3, 4]], order="F")
    array = frozen(source)
    source[0, 0] = 9
    assert array.tolist() == [[1.0, 2.0], [3.0, 4.0]]
    assert array.dtype == np.float64
    assert array.flags.c_contiguous
    with pytest.raises(ValueError, match="read-only"):
        array[0, 0] = 5.0


def test_freezing_a_frozen_array_copies_again():
    array = frozen([1.0])
    assert frozen(array) is not array
    assert not np.shares_memory(frozen(array), array)


@pytest.mark.parametrize("culprit", [np.nan, np.inf, -np.inf])
def test_one_bad_entry_anywhere_is_seen(culprit):
    good, bad = np.ones((2, 3)), np.ones((2, 3))
    bad[1, 2] = culprit
    assert all_finite(good, good)
    assert all_finite()
    assert not all_finite(good, bad)
    assert not all_finite(bad, good)
