"""Three independent streams from one seed, and an order of samples for any epoch at once."""

import numpy as np
import pytest

from core.streams import DATA, START, order, stream


def test_a_stream_is_decided_by_its_seed():
    assert np.array_equal(stream(5, DATA).random(8), stream(5, DATA).random(8))
    assert not np.array_equal(stream(5, DATA).random(8), stream(6, DATA).random(8))


def test_data_and_start_are_different_streams():
    data, start = stream(5, DATA).normal(size=4000), stream(5, START).normal(size=4000)
    # Of independent normal numbers the correlation has the standard deviation 1 / √4000 = 0.016.
    assert abs(np.corrcoef(data, start)[0, 1]) < 0.06
    assert not np.intersect1d(data, start).size


def test_neighbouring_seeds_are_not_alike():
    one, two = stream(1, START).normal(size=4000), stream(2, START).normal(size=4000)
    assert abs(np.corrcoef(one, two)[0, 1]) < 0.06


@pytest.mark.parametrize("samples", [1, 2, 7, 500])
def test_an_order_visits_every_sample_once(samples):
    for epoch in (0, 1, 2**40):
        assert sorted(order(3, epoch, samples).tolist()) == list(range(samples))


def test_an_order_depends_on_nothing_but_its_arguments():
    late = order(3, 1000, 50)
    for epoch in range(5):
        order(3, epoch, 50)
    assert np.array_equal(order(3, 1000, 50), late)


def test_epochs_and_seeds_have_orders_of_their_own():
    orders = {order(seed, epoch, 50).tobytes() for seed in range(5) for epoch in range(40)}
    assert len(orders) == 200


def test_every_sample_comes_first_equally_often():
    first = np.bincount([order(8, epoch, 4)[0] for epoch in range(2000)], minlength=4)
    # 500 expected each, standard deviation √(2000 · ¼ · ¾) = 19.4.
    assert np.abs(first - 500).max() < 5 * 19.4


def test_the_largest_seed_is_taken():
    assert sorted(order(2**63 - 1, 0, 5).tolist()) == [0, 1, 2, 3, 4]
    assert stream(2**63 - 1, START).random() < 1.0
