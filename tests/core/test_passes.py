"""The numbers of a sample over time are those that the networks of that time give."""

import numpy as np
import pytest

import core.passes
from core.edits import new_seed
from core.network import backward, forward
from core.passes import Passes
from core.session import default_session
from core.workbench import Workbench


@pytest.fixture
def bench():
    bench = Workbench(default_session())
    for _ in range(6):
        bench.frame()
        bench.train(3)
    return bench


def test_every_earlier_network_is_asked_about_the_shown_sample(bench):
    bench.choose_sample(2)
    frame = bench.frame()
    found = Passes().through(frame)
    assert [each.step for each in found] == [0, 3, 6, 9, 12, 15, 18]
    assert found[-1].network is frame.session.run.network
    for each in found:
        trace = forward(each.network, frame.x)
        gradient = backward(each.network, trace, frame.t)
        assert np.array_equal(each.trace.y, trace.y)
        for mine, theirs in zip(each.gradient.delta, gradient.delta, strict=True):
            assert np.array_equal(mine, theirs)


def test_a_new_frame_costs_only_its_new_moment(bench, monkeypatch):
    passes, asked = Passes(), []
    first = passes.through(bench.frame())
    monkeypatch.setattr(core.passes, "forward", lambda network, x: asked.append(network) or forward(network, x))
    bench.train(1)
    frame = bench.frame()
    again = passes.through(frame)
    assert [each.step for each in again] == [0, 3, 6, 9, 12, 15, 18, 19]
    assert asked == [first[-1].network]
    assert again[:6] == first[:6]


def test_another_sample_and_another_run_are_asked_anew(bench):
    passes = Passes()
    before = passes.through(bench.frame())
    bench.choose_sample(1)
    other = passes.through(bench.frame())
    assert all(mine is not theirs for mine, theirs in zip(before, other, strict=True))
    bench.apply(new_seed())
    assert [each.step for each in passes.through(bench.frame())] == [0]
