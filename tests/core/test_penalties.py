"""Penalties: their slope is the derivative of their value."""

import numpy as np
import pytest

from core.penalties import PENALTIES


def test_without_a_penalty_the_objective_is_the_data_loss():
    assert PENALTIES["none"].value([np.full((2, 2), 1e6)]) == 0.0
    assert PENALTIES["none"].add_slope is None


@pytest.mark.parametrize("penalty", PENALTIES, ids=lambda penalty: penalty.name)
def test_the_slope_added_is_that_of_the_value(penalty):
    weights = np.array([[0.5, -1.5], [2.0, -0.25]])
    added = np.full_like(weights, 7.0)
    if penalty.add_slope is not None:
        penalty.add_slope(weights, added)
    for index in np.ndindex(*weights.shape):
        step = np.zeros_like(weights)
        step[index] = 1e-6
        slope = (penalty.value([weights + step]) - penalty.value([weights - step])) / 2e-6
        assert added[index] - 7.0 == pytest.approx(slope, abs=1e-8)
