"""What is kept of a run: little for a million steps, and never far from any of them."""

import tracemalloc
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core import timeline as module
from core.arrays import frozen
from core.kernels.layout import Layout
from core.network import Layer, Network
from core.session import start_session
from core.spec import suggested
from core.timeline import Timeline
from core.training import Run, begin, draw_start
from core.workbench import STEPS_AT_ONCE

MILLION = 1_000_000
# So many steps of the 2-4-2-1 network the slower kernel makes in 0.6 s.
STEPS_IN_TIME = 30_000
SPEC = replace(suggested("xor"), hidden=(4, 2), activations=("tanh", "tanh", "tanh"))
BEGUN = begin(SPEC, draw_start(SPEC))


def run_at(step: int) -> Run:
    return replace(BEGUN, step=step)


def filled(bursts: list[int], begun: Run = BEGUN) -> Timeline:
    """The timeline of a run that was made in bursts of so many steps."""
    timeline, step = Timeline((begun,)), 0
    for burst in bursts:
        step += burst
        timeline = timeline.with_run(replace(begun, step=step))
    return timeline


def steps(timeline: Timeline) -> list[int]:
    return [run.step for run in timeline.runs]


def again(timeline: Timeline, step: int) -> int:
    """How many steps have to be made again to reach that one."""
    return step - timeline.nearest(step).step


def test_the_network_of_the_promise_is_the_one_measured():
    assert start_session(SPEC).spec.sizes == (2, 4, 2, 1)


@pytest.mark.parametrize("burst", [97, 1000, STEPS_AT_ONCE])
def test_every_step_of_a_million_is_near_to_one_that_is_kept(burst: int):
    timeline = filled([burst] * (MILLION // burst))
    assert len(timeline.runs) <= module.MOST_RUNS
    assert max(np.diff(steps(timeline))) <= STEPS_IN_TIME
    end = timeline.runs[-1].step
    assert again(timeline, end) == 0
    for age in (1, 100, 10_000):
        assert again(timeline, end - age) <= max(burst, 2000)


def test_a_run_grows_a_thousandfold_and_its_gaps_with_it():
    timeline = Timeline((BEGUN,))
    for step in range(1, 100_000):
        timeline = timeline.with_run(run_at(step))
        if step % 997 == 0:
            assert max(np.diff(steps(timeline))) <= max(1, step * STEPS_IN_TIME / MILLION)


def test_a_million_steps_take_little_memory():
    layout, numbers = Layout(SPEC.sizes), np.random.default_rng(1).normal(size=Layout(SPEC.sizes).length)
    tracemalloc.start()
    try:
        before = tracemalloc.get_traced_memory()[0]
        timeline = Timeline((BEGUN,))
        for step in range(500, MILLION + 1, 500):
            network = layout.unpack(numbers, BEGUN.network)
            timeline = timeline.with_run(replace(BEGUN, step=step, network=network, state=frozen(BEGUN.state)))
        taken = tracemalloc.get_traced_memory()[0] - before
    finally:
        tracemalloc.stop()
    assert timeline.runs[-1].step == MILLION
    assert taken <= 64_000_000
    kept = len(timeline.runs)
    assert kept * 1000 < taken < kept * module.BYTES_OF_OBJECTS  # what is reckoned with is not too little


@pytest.mark.parametrize(("units", "most"), [(1, 512), (1_000, 512), (100_000, 6), (10_000_000, 2)])
def test_of_a_large_network_fewer_are_kept(units: int, most: int):
    """With an optimiser that keeps as many numbers as the network has twice."""
    weights, biases = np.broadcast_to(0.0, (1, units)), np.broadcast_to(0.0, (units,))
    network = Network((Layer(weights, biases, "tanh"),), "half-squared-error")
    heavy = replace(BEGUN, network=network, state=np.broadcast_to(0.0, (2, 2 * units)))
    counts = [len(filled([1] * length, heavy).runs) for length in range(0, 1200, 7)]
    assert max(counts) == most
    if most > 2:  # the first is the start, the last is now: both are there anyway
        assert most * 6 * 8 * units <= module.MOST_BYTES


@settings(max_examples=60)
@given(
    bursts=st.lists(st.sampled_from([1, 1, 2, 50, 4096]) | st.integers(1, 500), max_size=150),
    most=st.sampled_from([2, 3, 4, 16, 64]),
)
def test_gaps_are_no_longer_than_their_age_allows(bursts: list[int], most: int):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "MOST_RUNS", most)
        timeline, offered = Timeline((BEGUN,), 1 / most), [0]
        for burst in bursts:
            offered.append(offered[-1] + burst)
            timeline = timeline.with_run(run_at(offered[-1]))
            kept, now = steps(timeline), offered[-1]
            assert kept == sorted(set(kept) & set(offered))
            assert (kept[0], kept[-1]) == (0, now)
            assert len(kept) <= most
            for one, other in pairwise(kept):
                neighbours = offered.index(other) == offered.index(one) + 1
                assert neighbours or (other - one) ** 2 <= timeline.share**2 * (now - one) * now * (1 + 1e-9)


def test_what_is_known_is_not_taken_again_and_older_values_stay():
    two = filled([5, 5])
    assert two.with_run(run_at(10)) is two
    assert two.with_run(run_at(7)) is two
    three = two.with_run(run_at(11))
    assert (steps(two), steps(three), steps(three.until(9)), steps(two.until(10))) == (
        [0, 5, 10],
        [0, 5, 10, 11],
        [0, 5],
        [0, 5, 10],
    )


@pytest.mark.parametrize(("step", "kept"), [(0, 0), (4, 0), (5, 5), (9, 5), (10, 10), (99, 10)])
def test_the_nearest_is_never_later(step: int, kept: int):
    assert filled([5, 5]).nearest(step).step == kept
