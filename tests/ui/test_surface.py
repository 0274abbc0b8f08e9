"""The surface is the network's answer on a grid: the same numbers as one forward pass at each place."""

import numpy as np
import pytest

from core.network import forward
from ui.surface import COARSEST, FINEST, SHARPEST, Refinement, bounds, coarse_while_training, scaled, surface


@pytest.mark.parametrize("dataset", ["xor", "circle", "blobs-4"])
def test_every_node_everywhere(workbench, dataset):
    frame = workbench(dataset).frame()
    answer = surface(frame)
    assert answer is not None
    side = answer.responses[0].shape[1]
    assert COARSEST <= side <= FINEST
    (left, right), (bottom, top) = answer.bounds
    x = left + (np.arange(side) + 0.5) * (right - left) / side
    y = top - (np.arange(side) + 0.5) * (top - bottom) / side
    for row, column in ((0, 0), (side - 1, 0), (3, side // 2)):
        trace = forward(frame.session.run.network, np.array([[x[column], y[row]]]))
        for a, response in zip(trace.a, answer.responses, strict=True):
            assert np.allclose(a[0], response[:, row, column], rtol=0, atol=1e-12)


def test_the_region_holds_all_the_data(workbench):
    data = workbench("circle").session.data
    (left, right), (bottom, top) = bounds(data)
    assert left < data.x[:, 0].min()
    assert data.x[:, 0].max() < right
    assert bottom < data.x[:, 1].min()
    assert data.x[:, 1].max() < top


def test_there_is_none_without_two_inputs(workbench):
    assert surface(workbench("sine").frame()) is None


def test_scaled_runs_from_minus_one_to_one():
    assert np.array_equal(scaled(np.array([0.0, 0.5, 1.0]), "sigmoid"), [-1.0, 0.0, 1.0])
    assert np.array_equal(scaled(np.array([-0.5, 1.0]), "tanh"), [-0.5, 1.0])
    assert np.array_equal(scaled(np.array([-1.0, 4.0]), "relu"), [-0.25, 1.0])
    assert np.array_equal(scaled(np.zeros(3), None), np.zeros(3))


def test_a_large_network_is_answered_in_small_slices_until_nothing_finer_can_be_seen(workbench):
    frame = workbench("circle", hidden=(64,) * 8, activations=("tanh",) * 9).frame()
    network, data = frame.session.run.network, frame.session.data
    coarse = surface(frame)
    assert coarse is not None
    outputs = coarse.responses[-1]
    assert coarse_while_training(network)
    refinement, slices, sides = Refinement(network, data, outputs), 0, [outputs.shape[1]]
    while not refinement.done:
        slices += 1
        if refinement.advance():
            sides.append(refinement.outputs.shape[1])
    assert sides == [COARSEST, 32, 64, SHARPEST]
    assert slices > 50
    (left, right), (bottom, top) = bounds(data)
    for row, column in ((0, 0), (SHARPEST - 1, 5), (40, SHARPEST - 1)):
        x = left + (column + 0.5) * (right - left) / SHARPEST, top - (row + 0.5) * (top - bottom) / SHARPEST
        assert forward(network, np.array([x])).y[0] == pytest.approx(refinement.outputs[:, row, column], abs=1e-12)


def test_a_small_network_is_never_coarse(workbench):
    assert not coarse_while_training(workbench("xor").session.run.network)
