"""Paths multiply along and add across: their sum is the gradient, for every weight and input of random networks."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.activations import ACTIVATIONS
from core.arrays import frozen
from core.examples import EXAMPLES
from core.explain.paths import MOST_PATHS, paths_from
from core.explain.step import take_step
from core.initializers import INITIALIZERS
from core.losses import LOSSES
from core.network import draw_network
from core.selection import Edge, Node


def example_step(name):
    example = EXAMPLES[name]
    return take_step(example.network, example.x, example.t, example.eta)


@settings(max_examples=40)
@given(st.data())
def test_the_products_sum_to_the_gradient(data):
    loss = LOSSES[data.draw(st.sampled_from(LOSSES.names()))]
    hidden = data.draw(st.lists(st.integers(1, 5), max_size=3))
    sizes = (data.draw(st.integers(1, 3)), *hidden, data.draw(st.integers(1, 4)))
    names = [data.draw(st.sampled_from(ACTIVATIONS.names())) for _ in hidden]
    names.append(loss.output or data.draw(st.sampled_from(ACTIVATIONS.names())))
    rng = np.random.default_rng(data.draw(st.integers(0, 1000)))
    network = draw_network(sizes, names, loss.name, INITIALIZERS["he"], rng=rng)
    x, t = rng.normal(0, 1, (1, sizes[0])), rng.dirichlet(np.ones(sizes[-1]), 1)
    step = take_step(network, frozen(x), frozen(t), 0.1)
    for k, weights in enumerate(step.gradient.weights, start=1):
        for (i, j), gradient in np.ndenumerate(weights):
            found = paths_from(step, Edge(k, i, j))
            assert found.total == pytest.approx(gradient, rel=1e-10, abs=1e-13)
            assert len(found.paths) <= max(MOST_PATHS, *sizes)
    for i, slope in enumerate(step.gradient.x[0]):
        assert paths_from(step, Node(0, i)).total == pytest.approx(slope, rel=1e-10, abs=1e-13)


def test_each_product_is_that_of_its_factors():
    for path in paths_from(example_step("medium"), Edge(1, 2, 1)).paths:
        assert path.product == math.prod(factor.value for factor in path.factors)


def test_every_path_is_listed_by_its_nodes():
    found = paths_from(example_step("duke"), Edge(1, 0, 0))
    assert [path.nodes for path in found.paths] == [(Node(1, 0), Node(2, m), Node(3, 0)) for m in (0, 1)]
    assert [factor.name for factor in found.paths[1].factors] == [
        *(
            "∂z1[0]/∂W",
            "∂a1[0]/∂z1[0]",
            "∂z2[1]/∂a1[0]",
            "∂a2[1]/∂z2[1]",
            "∂z3[0]/∂a2[1]",
            "∂a3[0]/∂z3[0]",
            "∂E/∂a3[0]",
        ),
    ]


@pytest.mark.parametrize(
    ("name", "products"), [("duke-figure-1", [6]), ("duke-figure-2", [6, -1]), ("duke-figure-3", [1, -2, 6])]
)
def test_dukes_figures(name, products):
    step = example_step(name)
    paths = paths_from(step, Node(0, 0)).paths
    # The last factor is ∂E/∂y = y; before it stands dy/dx, path by path.
    assert [math.prod(factor.value for factor in path.factors[:-1]) for path in paths] == products
    assert step.trace.y[0, 0] == sum(products)


def test_more_than_fifty_paths_are_grouped_by_the_next_layer():
    network = draw_network(
        (2, 3, 8, 7, 2), ("tanh",) * 4, "half-squared-error", INITIALIZERS["he"], rng=np.random.default_rng(1)
    )
    step = take_step(network, frozen([[0.3, -0.8]]), frozen([[0.1, 0.9]]), 0.1)
    found = paths_from(step, Edge(1, 1, 2))
    assert found.grouped
    assert [path.nodes for path in found.paths] == [(Node(1, 2), Node(2, m)) for m in range(8)]
    assert sum(path.count for path in found.paths) == 8 * 7 * 2
    assert found.total == pytest.approx(step.gradient.weights[0][1, 2], rel=1e-12)
    assert not paths_from(step, Edge(2, 1, 2)).grouped
