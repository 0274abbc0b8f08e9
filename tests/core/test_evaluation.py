"""The loss and accuracy over a set of rows: means over all of them, nothing where there is nothing to say."""

from dataclasses import replace

import numpy as np
import pytest

from core.arrays import frozen
from core.datasets import Data
from core.network import forward
from core.spec import suggested
from core.training import draw_start, evaluate, load_data


def test_an_evaluation_is_the_mean_over_all_rows():
    spec = replace(suggested("blobs-3"), samples=31)
    data, network = load_data(spec), draw_start(spec)
    y = forward(network, data.x_test).y
    found = evaluate(network, "none", data.x_test, data.t_test, data)
    assert found is not None
    assert found.data_loss == pytest.approx(-np.log(y[data.t_test == 1]).mean(), rel=1e-13)
    assert found.accuracy == (y.argmax(axis=1) == data.t_test.argmax(axis=1)).mean()
    assert (found.penalty, found.objective) == (0.0, found.data_loss)


def test_an_evaluation_of_no_rows_is_none_and_regression_has_no_accuracy():
    spec = suggested("plane")
    data, network = load_data(spec), draw_start(spec)
    assert evaluate(network, "none", data.x[:0], data.t[:0], data) is None
    found = evaluate(network, "none", data.x_train, data.t_train, data)
    assert found is not None
    assert found.accuracy is None


def test_an_evaluation_that_overflows_is_infinite_without_a_warning():
    spec = suggested("plane")
    data, network = load_data(spec), draw_start(spec)
    huge = replace(network, layers=(replace(network.layers[0], weights=frozen([[1e200], [1e200]])),))
    found = evaluate(huge, "none", data.x, data.t, Data(data.x, data.t, len(data.x), None))
    assert found is not None
    assert found.objective == float("inf")
