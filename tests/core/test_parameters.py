"""One weight or bias: its value, its name, and the network with another."""

import numpy as np
import pytest

from core.examples import EXAMPLES, with_frozen_biases
from core.parameters import has_parameter, parameter, parameter_name, with_parameter
from core.selection import Edge, Node

XOR = EXAMPLES["xor"]
ITEMS = [Edge(1, 1, 0), Edge(2, 1, 0), Node(1, 1), Node(2, 0)]


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
    assert not has_parameter(XOR.network, item)
    with pytest.raises(ValueError, match="neither a weight nor a bias"):
        with_parameter(XOR.network, item, 1.0)


def test_names_are_those_of_files():
    assert [parameter_name(item) for item in ITEMS] == ["W1[1,0]", "W2[1,0]", "b1[1]", "b2[0]"]


def test_biases_that_do_not_learn_are_no_parameters():
    network = with_frozen_biases(XOR).network
    assert [has_parameter(network, item) for item in ITEMS] == [True, True, False, False]
