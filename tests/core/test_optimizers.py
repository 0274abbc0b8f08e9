"""Optimisers: the change that is subtracted, written over the gradient."""

import numpy as np
import pytest

from core.optimizers import OPTIMIZERS


def test_gradient_descent_goes_eta_times_the_gradient():
    gradient = np.array([1.0, -2.0, 0.0])
    OPTIMIZERS["gradient-descent"].update(gradient, np.zeros((0, 3)), 0.25, 1)
    assert gradient.tolist() == [0.25, -0.5, 0.0]


@pytest.mark.parametrize("optimizer", OPTIMIZERS, ids=lambda optimizer: optimizer.name)
def test_the_first_step_of_every_optimiser_goes_downhill(optimizer):
    slope = np.array([3.0, -0.5, 1e-3])
    change = slope.copy()
    optimizer.update(change, np.zeros((optimizer.slots, 3)), 0.1, 1)
    assert (change * slope > 0).all()


@pytest.mark.parametrize("optimizer", OPTIMIZERS, ids=lambda optimizer: optimizer.name)
def test_without_a_slope_nothing_moves_at_first(optimizer):
    change = np.zeros(3)
    optimizer.update(change, np.zeros((optimizer.slots, 3)), 0.1, 1)
    assert not change.any()
