"""Which edges are drawn and how strongly."""

import numpy as np

from ui.scene.strengths import BUCKETS, LEFT_OUT, MOST_EDGES, strengths


def test_the_strongest_edges_are_drawn_and_no_more():
    rng = np.random.default_rng(0)
    weights = [rng.normal(size=(64, 32)), rng.normal(size=(32, 10))]
    shown = strengths(weights, [np.zeros(32), np.zeros(10)], 0.0)
    drawn = np.concatenate([each.ravel() for each in shown.drawn])
    sizes = np.abs(np.concatenate([each.ravel() for each in weights]))
    assert drawn.sum() == MOST_EDGES
    assert sizes[drawn].min() >= sizes[~drawn].max()
    assert all(LEFT_OUT not in each for each in shown.biases)


def test_equal_edges_are_not_all_drawn():
    shown = strengths([np.zeros((64, 64))], [np.zeros(64)], 0.0)
    assert sum(each.sum() for each in shown.drawn) == MOST_EDGES


def test_strength_has_the_sign_of_the_value_and_only_nothing_has_none():
    weights = np.array([[-3.0, -1e-9, 0.0, 1e-9, 3.0, np.nan, np.inf]])
    shown = strengths([weights], [np.array([0.5] * 7)], 4.0)
    assert np.sign(shown.edges[0][0, :5]).tolist() == [-1, -1, 0, 1, 1]
    assert shown.edges[0][0, 5] == 0
    assert shown.edges[0][0, 6] == BUCKETS
    assert shown.edges[0].shape == weights.shape


def test_the_scale_settles():
    first = strengths([np.array([[1.7]])], [np.zeros(1)], 0.0)
    assert first.scale == 2.0
    assert strengths([np.array([[1.2]])], [np.zeros(1)], first.scale).scale == 2.0
    assert strengths([np.array([[2.1]])], [np.zeros(1)], first.scale).scale == 5.0
