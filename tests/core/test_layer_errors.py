"""The size of δ by layer: against numbers worked out by hand, and on networks that vanish and explode."""

import math
from dataclasses import replace

import numpy as np
import pytest

from core.layer_errors import layer_errors
from core.session import start_session
from core.spec import suggested
from core.workbench import Workbench


def test_means_are_over_units_and_samples_and_ratios_to_the_output():
    first, last = np.array([[1.0, -3.0], [0.0, 4.0]]), np.array([[-0.5], [0.5]])
    errors = layer_errors([first, last])
    assert [error.mean for error in errors] == [2.0, 0.5]
    assert [error.ratio for error in errors] == [4.0, 1.0]
    assert [error.word for error in errors] == ["", ""]


@pytest.mark.parametrize(("size", "word"), [(9e-4, "vanishes"), (1.1e-3, ""), (999.0, ""), (1001.0, "explodes")])
def test_a_word_says_when_the_error_vanishes_or_explodes(size, word):
    assert layer_errors([np.array([[size]]), np.array([[1.0]])])[0].word == word


def test_without_an_error_at_the_output_there_is_nothing_to_compare_with():
    errors = layer_errors([np.array([[2.0]]), np.array([[0.0]])])
    assert all(math.isnan(error.ratio) and not error.word for error in errors)


@pytest.mark.parametrize("broken", [math.inf, -math.inf, math.nan])
def test_an_error_at_the_output_that_is_not_finite_makes_no_layer_vanish(broken):
    errors = layer_errors([np.array([[2.0]]), np.array([[broken, 1.0]])])
    assert all(math.isnan(error.ratio) and not error.word for error in errors)


def test_eight_layers_of_sigmoids_vanish_and_one_of_tanh_does_not():
    def first(hidden, activation):
        names = (activation,) * len(hidden) + ("tanh",)
        frame = Workbench(start_session(replace(suggested("circle"), hidden=hidden, activations=names))).frame()
        return layer_errors(frame.gradient.delta)[0]

    assert first((16,) * 8, "sigmoid").word == "vanishes"
    assert first((16,), "tanh").word == ""
