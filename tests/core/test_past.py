"""Earlier states: evenly thinned, bounded, and always those of the run that is shown, to the bit."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core import edits
from core import past as module
from core.arrays import frozen
from core.network import Layer, Network
from core.past import Past
from core.session import start_session
from core.spec import suggested
from core.training import Run, Trainer, draw_start
from core.workbench import Workbench

UNEVEN = replace(suggested("circle"), samples=23, train_share=1.0, batch=5, hidden=(3,), activations=("tanh", "tanh"))
NETWORK = draw_start(suggested("xor"))


def steps(past: Past) -> list[int]:
    return [moment.step for moment in past.moments]


def offered(count: int, network: Network = NETWORK) -> Past:
    past = Past()
    for step in range(count):
        past = past.with_moment(step, network)
    return past


def wide(units: int) -> Network:
    """A network of 3 · 8 · units bytes."""
    return Network((Layer(frozen(np.zeros((2, units))), frozen(np.zeros(units)), "tanh"),), "half-squared-error")


def parameters(network: Network) -> bytes:
    return b"".join(array.tobytes() for array in (*network.weights, *network.biases))


@pytest.mark.parametrize("most", [3, 8, 13])
def test_moments_are_evenly_thinned_from_the_first_on(most: int, monkeypatch):
    monkeypatch.setattr(module, "MOST_MOMENTS", most)
    past = Past()
    for step in range(300):
        past = past.with_moment(step, NETWORK)
        assert len(past.moments) <= most
        assert steps(past) == list(range(0, step + 1, past.every))
        assert 2 * len(past.moments) >= min(most, step + 1)  # no more are dropped than need be
    assert past.every > 1


def test_all_are_kept_while_they_are_few():
    assert steps(offered(module.MOST_MOMENTS)) == list(range(module.MOST_MOMENTS))


@settings(deadline=None)
@given(gestures=st.lists(st.tuples(st.sampled_from(["on", "on", "on", "until"]), st.integers(0, 9)), max_size=80))
def test_steps_only_grow_and_none_is_later_than_now(gestures: list[tuple[str, int]]):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "MOST_MOMENTS", 5)
        past, step = Past().with_moment(0, NETWORK), 0
        for gesture, count in gestures:
            if gesture == "until":
                step = max(0, step - count)
                before = steps(past)
                past = past.until(step)
                assert steps(past) == [earlier for earlier in before if earlier <= step]
            else:
                step += count
                past = past.with_moment(step, NETWORK)
            shown = steps(past)
            assert shown == sorted(set(shown))
            assert shown[0] == 0
            assert shown[-1] <= step
            assert len(shown) <= 5


def test_a_moment_has_the_network_that_was_offered_first_for_its_step():
    one, other = draw_start(suggested("xor")), draw_start(suggested("xor", seed=2))
    past = Past().with_moment(3, one).with_moment(3, other).with_moment(2, other)
    assert [(moment.step, moment.network) for moment in past.moments] == [(3, one)]


def test_older_values_stay_what_they_were(monkeypatch):
    monkeypatch.setattr(module, "MOST_MOMENTS", 4)
    four = offered(4)
    five = four.with_moment(4, NETWORK)
    two = four.until(1)
    assert (steps(four), steps(five), steps(two)) == ([0, 1, 2, 3], [0, 2, 4], [0, 1])


@pytest.mark.parametrize("units", [1, 10, 100, 1000, 10_000])
def test_the_moments_of_a_large_network_are_few(units: int, monkeypatch):
    monkeypatch.setattr(module, "MOST_BYTES", 50_000)
    network = wide(units)
    size = 24 * units
    most = 0
    past = Past()
    for step in range(600):
        past = past.with_moment(step, network)
        most = max(most, len(past.moments))
    assert most * size <= max(module.MOST_BYTES, 2 * size)
    assert most == {1: 256, 10: 208, 100: 20, 1000: 2, 10_000: 2}[units]


def test_where_little_is_left_moments_are_taken_as_often_as_at_first(monkeypatch):
    monkeypatch.setattr(module, "MOST_MOMENTS", 8)
    past = offered(1000)
    assert past.every > 100
    for left, kept in ((past.until(5), [0]), (past.until(-1), [])):
        assert steps(left) == kept
        again = left
        for step in range(6, 10):
            again = again.with_moment(step, NETWORK)
        assert steps(again) == [*kept, 6, 7, 8, 9]


def opened() -> Workbench:
    return Workbench(start_session(UNEVEN))


def trained(w: Workbench, updates: int) -> None:
    """So many updates, and a frame after each."""
    w.frame()
    for _ in range(updates):
        w.train(1)
        w.frame()


def shown(w: Workbench) -> list[int]:
    return [moment.step for moment in w.frame().past]


def test_every_frame_adds_its_moment_up_to_now():
    w = opened()
    assert shown(w) == [0]
    w.train(3)
    w.train(4)
    first = w.frame()
    assert shown(w) == [0, 7]
    assert w.frame().past[-1].network is w.session.run.network
    w.train(1)
    w.frame()
    assert [moment.step for moment in first.past] == [0, 7]


def test_a_rate_changed_and_taken_back_keeps_what_came_before():
    w = opened()
    trained(w, 3)
    w.apply(edits.choose("η", eta=0.2))
    assert shown(w) == [0, 1, 2, 3]
    trained(w, 3)
    assert shown(w) == [0, 1, 2, 3, 4, 5, 6]
    w.undo()
    assert shown(w) == [0, 1, 2, 3]


def test_what_was_trained_after_undo_is_no_past_of_what_redo_brings_back():
    w = opened()
    trained(w, 3)
    w.apply(edits.choose("η", eta=0.2))
    trained(w, 5)
    w.undo()
    trained(w, 3)
    assert shown(w) == [0, 1, 2, 3, 4, 5, 6]
    w.redo()
    assert shown(w) == [0, 1, 2, 3, 8]
    w.undo()
    assert shown(w) == [0, 1, 2, 3, 6]


def test_what_was_trained_after_reset_is_no_past_of_the_run_before():
    w = opened()
    trained(w, 3)
    w.apply(edits.choose("η", eta=0.2))
    trained(w, 3)
    w.apply(edits.reset())
    trained(w, 4)
    w.undo()
    assert shown(w) == [6]


@pytest.mark.parametrize("edit", [edits.reset(), edits.new_seed(), edits.resize_layer(1, 2)], ids=lambda e: e.label)
def test_a_new_start_has_no_past_and_takes_every_moment(edit: edits.Edit, monkeypatch):
    monkeypatch.setattr(module, "MOST_MOMENTS", 8)
    w = opened()
    trained(w, 100)
    w.apply(edit)
    assert shown(w) == [0]
    trained(w, 7)
    assert shown(w) == list(range(8))


def reopen_last(w: Workbench) -> None:
    if w.finished.runs:
        w.apply(edits.reopen(w.finished.runs[-1]))


EDITS = [
    *(edits.choose("η", eta=0.2), edits.choose("η", eta=0.4), edits.choose("batch", batch=3)),
    *(edits.reset(), edits.new_seed(), edits.resize_layer(1, 2)),
]
TRAINED = st.tuples(st.integers(1, 4), st.booleans())  # so many updates, and whether there is a frame of them
CHANGED: list[Callable[[Workbench], Any]] = [reopen_last, *(lambda w, edit=edit: w.apply(edit) for edit in EDITS)]
GESTURES = TRAINED | st.sampled_from([Workbench.undo, Workbench.redo]) | st.sampled_from(CHANGED)


def assert_past_is_of(line: dict[int, bytes], w: Workbench) -> None:
    past = w.frame().past
    taken = [moment.step for moment in past]
    assert taken == sorted(set(taken))
    assert taken[-1] <= w.session.run.step
    assert len(taken) <= module.MOST_MOMENTS
    assert [parameters(moment.network) for moment in past] == [line[step] for step in taken]


@settings(max_examples=200)
@given(st.lists(GESTURES, min_size=10, max_size=40))
def test_every_moment_is_that_of_a_straight_run(gestures: list[Any]):
    """`line` has the parameters at every step that led to now, one update at a time."""
    lines: dict[Run, dict[int, bytes]] = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "MOST_MOMENTS", 6)
        w = opened()
        line = {0: parameters(w.session.start)}
        for gesture in gestures:
            before, looks = w.session, True
            if isinstance(gesture, tuple):
                updates, looks = gesture
                trainer, run = Trainer(before.spec, before.data, before.run.kernel), before.run
                for _ in range(updates):
                    run = trainer.advance(run, 1)
                    line[run.step] = parameters(run.network)
                w.train(updates)
            else:
                lines[before.run] = line
                gesture(w)
                after = w.session
                known = lines.get(after.run, line if after.start is before.start else {0: parameters(after.start)})
                line = {step: known[step] for step in known if step <= after.run.step}
            if looks:
                assert_past_is_of(line, w)
