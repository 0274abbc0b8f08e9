"""What one parameter does to the loss: the slice, its tangent, and a step along it."""

import numpy as np
import pytest

from core.arrays import frozen
from core.examples import EXAMPLES
from core.network import Layer, Network
from core.selection import Edge, Node
from core.what_if import loss_slice, parameter, with_parameter

XOR = EXAMPLES["xor"]
ITEMS = [Edge(1, 1, 0), Edge(2, 1, 0), Node(1, 1), Node(2, 0)]
# E = ½ (w · 2 − 1)² with w = 1: E = ½, its slope 2, and a parabola along w.
LINE = Network((Layer(frozen([[1.0]]), frozen([0.0]), "identity"),), "half-squared-error")


def test_the_slice_of_a_parabola():
    cut = loss_slice(LINE, frozen([[2.0]]), frozen([[1.0]]), Edge(1, 0, 0), eta=0.1, reach=1.0, points=5)
    assert cut.values.tolist() == [0.0, 0.5, 1.0, 1.5, 2.0]
    assert cut.losses.tolist() == [0.5, 0.0, 0.5, 2.0, 4.5]
    assert (cut.value, cut.loss, cut.slope) == (1.0, 0.5, 2.0)
    assert cut.target == pytest.approx(0.8)
    # Predicted −η slope² = −0.4; really E(0.8) = ½ · 0.6² = 0.18.
    assert cut.predicted == pytest.approx(-0.4)
    assert cut.real == pytest.approx(-0.32)
    assert cut.tangent(cut.values).tolist() == [-1.5, -0.5, 0.5, 1.5, 2.5]


@pytest.mark.parametrize("item", ITEMS, ids=str)
def test_the_tangent_touches_the_slice(item):
    cut = loss_slice(XOR.network, XOR.x, XOR.t, item, eta=1e-3, reach=1e-4, points=3)
    assert cut.losses[1] == cut.loss
    assert (cut.losses[2] - cut.losses[0]) / 2e-4 == pytest.approx(cut.slope, abs=1e-8)
    assert np.allclose(cut.tangent(cut.values), cut.losses, atol=1e-8)
    # A small step brings what the tangent promises.
    assert cut.real == pytest.approx(cut.predicted, rel=1e-2)


@pytest.mark.parametrize("item", ITEMS, ids=str)
def test_one_parameter_changes_and_nothing_else(item):
    before = [array.copy() for array in (*XOR.network.weights, *XOR.network.biases)]
    changed = with_parameter(XOR.network, item, 7.5)
    assert parameter(changed, item) == 7.5
    after = (*changed.weights, *changed.biases)
    assert sum(int((one != other).sum()) for one, other in zip(before, after, strict=True)) == 1
    assert all(not array.flags.writeable for array in after)
    assert all(
        np.array_equal(one, own) for one, own in zip(before, (*XOR.network.weights, *XOR.network.biases), strict=True)
    )


@pytest.mark.parametrize("item", [Node(0, 0), Node(3, 0), Edge(1, 2, 0), Edge(0, 0, 0)], ids=str)
def test_what_has_no_parameter_cannot_be_changed(item):
    with pytest.raises(ValueError, match="neither a weight nor a bias"):
        with_parameter(XOR.network, item, 1.0)
