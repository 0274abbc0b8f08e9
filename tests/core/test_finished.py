"""Finished runs: every run that was left for another start is there, once, until one goes back to it."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core import edits, workbench
from core import finished as module
from core.formats import Document
from core.frame import Frame
from core.session import CurveColumn, Leg, Session, held_bytes, start_session
from core.spec import suggested
from core.training import Run, draw_start
from core.workbench import Workbench

UNEVEN = replace(suggested("circle"), samples=23, train_share=1.0, batch=5, hidden=(3,), activations=("tanh", "tanh"))
START = draw_start(replace(UNEVEN, seed=9))
NEW_STARTS = {
    "reset": edits.reset(),
    "new seed": edits.new_seed(),
    "layer": edits.resize_layer(1, 2),
    "data set": edits.choose_dataset("xor"),
    "order": edits.choose("order", shuffle=False),
    "file": edits.open_document(Document(START), "file.npz"),
    "numbers": edits.set_parameters(1, START.weights[0], START.biases[0]),
}
FASTER = edits.choose("η", eta=0.2)


def opened() -> Workbench:
    return Workbench(start_session(UNEVEN))


def trained(steps: int) -> Workbench:
    w = opened()
    w.frame()
    w.train(steps)
    return w


def left(w: Workbench) -> list[tuple[int, int]]:
    """Number and step of every finished run."""
    return [(run.number, run.session.run.step) for run in w.frame().finished]


def bits(session: Session) -> tuple[Any, ...]:
    """Where the run stands, and all its numbers."""
    run = session.run
    numbers = [array.tobytes() for array in (*run.network.weights, *run.network.biases, run.state)]
    return session.spec, run.step, run.epoch, run.start, run.seen, numbers, session.batch_losses.rows.tobytes()


@pytest.mark.parametrize("edit", NEW_STARTS.values(), ids=NEW_STARTS.keys())
def test_a_run_left_for_another_start_is_kept_as_it_was(edit: edits.Edit):
    w = trained(4)
    w.frame()
    w.step_sample()
    before = w.frame().session
    w.apply(edit)
    (run,) = w.frame().finished
    assert run.number == 1
    assert bits(run.session) == bits(before)
    assert run.session.curve.rows[:, CurveColumn.STEP].tolist() == [0, 4]
    assert run.session.curve.rows.tobytes() == before.curve.rows.tobytes()
    w.train(3)
    assert bits(w.frame().finished[0].session) == bits(before)


@pytest.mark.parametrize("edit", NEW_STARTS.values(), ids=NEW_STARTS.keys())
def test_a_run_without_a_step_is_none(edit: edits.Edit):
    w = opened()
    w.step_sample()
    w.apply(edit)
    w.apply(edits.reset())
    assert left(w) == []


def test_a_change_under_way_finishes_nothing_and_neither_does_its_undo():
    w = trained(3)
    w.apply(FASTER)
    w.train(2)
    w.apply(edits.choose("batch", batch=3))
    for gesture in (w.undo, w.redo, w.undo):
        gesture()
        assert left(w) == []
    w.train(2)
    w.redo()
    assert left(w) == [(1, 7)]


def test_a_run_that_loses_steps_to_undo_is_kept_until_redo_brings_them_back():
    w = trained(4)
    w.apply(FASTER)
    w.train(8)
    before = bits(w.session)
    for _ in range(3):
        w.undo()
        assert (w.session.run.step, left(w)) == (4, [(1, 12)])
        assert bits(w.finished.runs[0].session) == before
        w.redo()
        assert (bits(w.session), left(w)) == (before, [])


def test_two_branches_of_one_run_have_two_numbers():
    w = trained(4)
    w.apply(FASTER)
    w.train(8)
    w.undo()
    w.apply(edits.reset())
    assert left(w) == [(1, 12), (2, 4)]
    w.undo()
    w.redo()
    assert left(w) == [(1, 12), (2, 4)]


@pytest.mark.parametrize("looked", [False, True])
def test_a_run_ends_with_the_losses_of_its_last_step(looked: bool):
    w, other = trained(4), trained(4)
    expected = other.frame().session.curve.rows
    if looked:
        w.frame()
    w.apply(edits.reset())
    assert w.finished.runs[0].session.curve.rows.tobytes() == expected.tobytes()
    w.undo()
    assert w.session.curve.rows.tobytes() == expected.tobytes()


def test_nothing_is_evaluated_where_no_run_is_left():
    w = trained(4)
    w.apply(FASTER)
    w.undo()
    w.redo()
    assert w.session.curve.length == 1


def held(w: Workbench) -> int:
    return held_bytes([*w.history.values, *(run.session for run in w.finished.runs)])


def test_what_is_shared_counts_once():
    w = trained(4)
    session = w.session
    assert held_bytes([session, session]) == held_bytes([session])
    start = start_session(replace(UNEVEN, seed=8), data=session.data)
    assert held_bytes([session, start]) == held_bytes([session]) + held_bytes([start]) - session.data.x.nbytes - (
        session.data.t.nbytes
    )


def test_history_and_finished_runs_fit_into_their_memory(monkeypatch):
    monkeypatch.setattr(workbench, "MOST_BYTES", 300_000)
    w = Workbench(start_session(replace(UNEVEN, samples=2_000)))
    for noise in range(1, 15):
        w.train(1)
        w.apply(edits.choose("noise", noise=float(noise)))
        assert held(w) <= 300_000
    assert [run.number for run in w.finished.runs] == list(range(15 - len(w.finished), 15))
    assert 1 < len(w.history) < 14
    monkeypatch.setattr(workbench, "MOST_BYTES", 0)
    w.train(1)
    w.apply(edits.new_seed())
    assert (len(w.history), len(w.finished)) == (1, 1)
    w.undo()
    assert w.session.run.step == 1


def test_undo_and_redo_between_two_runs_leave_always_the_other():
    w = trained(4)
    w.apply(edits.new_seed())
    w.train(6)
    assert left(w) == [(1, 4)]
    w.undo()
    assert left(w) == [(2, 6)]
    w.redo()
    assert left(w) == [(1, 4)]


def test_a_run_from_the_same_start_is_another_run():
    w = trained(4)
    w.apply(edits.reset())
    w.train(6)
    assert left(w) == [(1, 4)]
    w.undo()
    assert left(w) == [(2, 6)]
    w.redo()
    assert left(w) == [(1, 4)]
    w.apply(edits.reopen(w.frame().finished[0]))
    assert left(w) == [(2, 6)]


def test_a_run_that_was_gone_back_to_and_trained_on_is_left_anew():
    w = trained(4)
    w.apply(edits.new_seed())
    w.undo()
    assert left(w) == []
    w.train(3)
    w.redo()
    assert left(w) == [(1, 7)]


def test_undo_to_the_very_start_leaves_the_run():
    w = opened()
    w.apply(FASTER)
    w.train(5)
    w.undo()
    assert left(w) == [(1, 5)]
    w.redo()
    assert left(w) == []


def test_a_slider_dragged_while_training_leaves_the_run_before_it_and_none_on_the_way():
    w = trained(4)
    for noise in range(1, 9):
        w.apply(edits.choose("noise", merge="drag", noise=float(noise)))
        w.train(2)
    assert left(w) == [(1, 4)]
    w.apply(edits.choose("noise", merge="next drag", noise=9.0))
    assert left(w) == [(1, 4), (2, 2)]
    w.undo()
    assert left(w) == [(1, 4)]
    w.undo()
    assert left(w) == [(2, 2)]
    assert w.session.run.step == 4


def reopened(steps: int) -> tuple[Workbench, Frame]:
    """A workbench gone back to a run of 7 steps by way of another with that many, and the frame before it was left."""
    w = trained(7)
    w.apply(FASTER)
    w.step_sample()
    before = w.frame()
    w.apply(edits.resize_layer(1, 2))
    w.train(steps)
    w.apply(edits.reopen(w.frame().finished[0]))
    return w, before


@pytest.mark.parametrize("steps", [0, 3, 20])
def test_a_reopened_run_goes_on_as_if_it_had_not_been_left(steps: int):
    w, before = reopened(steps)
    assert bits(w.session) == bits(before.session)
    assert w.session.curve.rows.tobytes() == before.session.curve.rows.tobytes()
    assert w.notice == "Changed: reopen run 1."
    straight = trained(7)
    straight.apply(FASTER)
    straight.step_sample()
    for each in (w, straight):
        each.step_sample()
        each.train(9)
    assert bits(w.session) == bits(straight.session)


def test_a_reopened_run_is_no_longer_finished_and_the_one_left_for_it_is():
    assert left(reopened(0)[0]) == []
    w, _ = reopened(3)
    assert left(w) == [(2, 3)]
    w.train(2)
    w.undo()
    assert (w.session.run.step, left(w)) == (3, [(1, 9)])


def test_a_run_that_is_open_can_be_asked_for_again():
    """A panel may still show it; what was trained since comes back with undo."""
    w = trained(4)
    w.apply(edits.new_seed())
    (run,) = w.frame().finished
    w.apply(edits.reopen(run))
    w.train(2)
    w.apply(edits.reopen(run))
    assert (w.session.run.step, left(w)) == (4, [(1, 6)])
    w.undo()
    assert left(w) == []
    assert w.session.run.step == 6


def test_the_oldest_are_forgotten_and_no_number_is_given_twice(monkeypatch):
    monkeypatch.setattr(module, "MOST_RUNS", 3)
    w = opened()
    for steps in range(1, 6):
        w.train(steps)
        w.apply(edits.reset())
    assert left(w) == [(3, 3), (4, 4), (5, 5)]


def test_frames_keep_the_runs_that_were_finished_then():
    w = trained(4)
    frames = [w.frame()]
    for gesture in (lambda: w.apply(edits.reset()), w.undo, w.redo):
        gesture()
        frames.append(w.frame())
    assert [[run.number for run in frame.finished] for frame in frames] == [[], [1], [], [1]]


def reopen_last(w: Workbench) -> None:
    if w.finished.runs:
        w.apply(edits.reopen(w.finished.runs[-1]))


def change_under_way(w: Workbench) -> None:
    if w.session.run.step:
        w.apply(FASTER)


def another_size(w: Workbench) -> None:
    w.apply(edits.resize_layer(1, 5 - w.session.spec.hidden[0]))


GESTURES: list[Callable[[Workbench], Any]] = [
    *(Workbench.undo, Workbench.redo, Workbench.frame),
    *(lambda w: w.train(2), lambda w: w.train(3)),
    *(lambda w: w.apply(edits.reset()), lambda w: w.apply(edits.new_seed()), another_size),
    *(change_under_way, reopen_last),
]


@settings(max_examples=200)
@given(st.lists(st.sampled_from(GESTURES), max_size=40))
def test_the_finished_runs_are_those_that_were_left_and_not_gone_back_to(gestures: list[Callable[[Workbench], Any]]):
    """`made` holds for every run the part of the history in which each of its steps was made, which grows with new
    starts and changes under way; a session that another does not go on from is left."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "MOST_RUNS", 4)
        w = opened()
        made: dict[Run, tuple[tuple[int, ...], int]] = {w.session.run: ((), 0)}
        parts = 0
        expected: list[Run] = []
        firsts: dict[int, Leg] = {}
        for gesture in gestures:
            before, generation = w.session, w.generation
            gesture(w)
            run = w.session.run
            steps, part = made[before.run]
            if w.generation == generation:
                made[run] = (*steps, *[part] * (run.step - before.run.step)), part
            else:
                if run not in made:
                    parts += 1
                    made[run] = (steps if gesture is change_under_way else ()), parts
                expected = [each for each in expected if each is not run]
                if made[run][0][: len(steps)] != steps:
                    expected = [*expected, before.run][-4:]
            now = w.finished.runs
            assert [each.session.run for each in now] == expected
            assert len({each.number for each in now}) == len(now)
            for each in now:
                assert firsts.setdefault(each.number, each.session.legs[0]) is each.session.legs[0]
                assert each.session.curve.rows[-1, CurveColumn.STEP] == each.session.run.step
