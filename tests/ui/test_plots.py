"""Lines are thinned out without losing their extremes."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from ui.plots import Plot, decimated
from ui.theme import LIGHT


@given(st.integers(1, 5000), st.integers(2, 300), st.integers(0, 2**32 - 1))
def test_extremes_and_ends_survive(length, columns, seed):
    y = np.random.default_rng(seed).normal(size=length)
    x = np.arange(length, dtype=float)
    few_x, few_y = decimated(x, y, columns)
    assert len(few_x) <= 3 * columns + -(-length // columns)
    assert few_y.min() == y.min()
    assert few_y.max() == y.max()
    assert few_x[-1] == x[-1]
    assert (np.diff(few_x) >= 0).all()
    assert np.array_equal(y[few_x.astype(int)], few_y)


def test_gaps_stay_gaps():
    y = np.full(4000, np.nan)
    _, few = decimated(np.arange(4000.0), y, 100)
    assert np.isnan(few).all()


def test_a_plot_draws_what_it_is_given(qtbot):
    plot = Plot()
    qtbot.addWidget(plot)
    plot.dress(LIGHT)
    plot.axes("epoch", "loss")
    plot.line("a", np.arange(5.0), np.arange(5.0), LIGHT.text)
    plot.show_range((0.0, 5.0), (0.0, 5.0))
    plot.set_log(True)
    plot.line("a", np.arange(5.0), np.arange(1.0, 6.0), LIGHT.text)
    (item,) = plot.item.listDataItems()
    assert np.allclose(item.yData, np.arange(1.0, 6.0))
