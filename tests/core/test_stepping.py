"""An update walked through phase by phase: the same to the bit as a step, and walked back as if never made."""

from dataclasses import replace

import numpy as np
import pytest

from core import edits
from core.arrays import frozen
from core.explain.phases import Part
from core.explain.terms import Kind
from core.frame import batch_pass
from core.selection import OwnInput, PhaseChoice, PhaseStep, SampleChoice
from core.session import start_session
from core.spec import suggested
from core.workbench import Workbench

BATCHES = replace(suggested("circle"), samples=23, train_share=1.0, batch=5)


def opened(spec=BATCHES, steps=7):
    bench = Workbench(start_session(spec))
    bench.train(steps)
    bench.frame()
    return bench


def same_run(one, other):
    arrays = zip(
        (*one.network.weights, *one.network.biases, one.state),
        (*other.network.weights, *other.network.biases, other.state),
        strict=True,
    )
    places = [(run.step, run.epoch, run.start, run.seen) for run in (one, other)]
    return places[0] == places[1] and all(np.array_equal(a, b) for a, b in arrays)


def walk(bench):
    stepping = bench.frame().stepping
    assert stepping is not None
    return stepping


def walk_to_the_end(bench):
    bench.perform(PhaseStep())
    while not walk(bench).updated:
        bench.perform(PhaseStep())


@pytest.mark.parametrize("batch", [None, 1, 5])
def test_after_the_last_phase_the_network_has_made_the_update_that_a_step_makes(batch):
    walked, stepped = (opened(replace(BATCHES, batch=batch)) for _ in range(2))
    for _ in range(6):
        stepped.step_batch()
        walk_to_the_end(walked)
        assert same_run(walked.session.run, stepped.session.run)
        assert walked.session.batch_losses.length == stepped.session.batch_losses.length
        assert np.array_equal(walk(walked).update.after.weights[0], stepped.session.run.network.weights[0])


def test_walked_back_the_update_was_never_made():
    bench, straight = opened(), opened()
    bench.perform(SampleChoice(int(bench.frame().batch[0])))
    before, deltas = bench.session.run, bench.frame().deltas
    walk_to_the_end(bench)
    assert bench.session.run.step == before.step + 1
    bench.perform(PhaseStep(-1))
    frame = bench.frame()
    assert bench.session.run is before
    assert np.array_equal(frame.deltas, deltas)
    assert frame.past[-1].step <= before.step
    while bench.frame().stepping is not None:
        bench.perform(PhaseStep(-1))
    bench.perform(PhaseStep(-1))
    assert bench.frame().stepping is None
    bench.step_batch()
    straight.step_batch()
    assert same_run(bench.session.run, straight.session.run)


def test_an_earlier_step_of_the_run_is_walked_through_as_it_went():
    bench = opened()
    whole = bench.session.run
    bench.go_to(3)
    there = bench.session
    walk_to_the_end(bench)
    assert bench.session.run.step == 4
    assert bench.session.whole.run is whole
    bench.perform(PhaseStep(-1))
    assert bench.session is there or same_run(bench.session.run, there.run)
    assert bench.session.whole.run is whole
    bench.go_to(7)
    assert same_run(bench.session.run, whole)


def test_after_the_update_comes_the_first_phase_of_the_next():
    bench = opened()
    walk_to_the_end(bench)
    made = walk(bench)
    bench.perform(PhaseStep())
    then = walk(bench)
    assert (then.at, then.phase.part) == (0, Part.CHOOSE)
    assert then.update.network is bench.session.run.network
    assert not np.array_equal(then.rows, made.rows)


def test_any_phase_is_gone_to_and_numbers_outside_are_the_nearest():
    bench = opened()
    bench.perform(PhaseChoice(4))
    assert walk(bench).at == 4
    bench.perform(PhaseChoice(10_000))
    assert walk(bench).updated
    bench.perform(PhaseChoice(-3))
    assert walk(bench).at == 0


def test_the_numbers_of_the_walk_are_those_of_its_update_to_the_end():
    bench = opened()
    bench.perform(PhaseStep())
    first = bench.frame()
    mean = batch_pass(first).weights[0]
    walk_to_the_end(bench)
    last = bench.frame()
    assert np.array_equal(last.trace.a[1], first.trace.a[1])
    assert np.array_equal(last.gradient.delta[0], first.gradient.delta[0])
    assert np.array_equal(batch_pass(last).weights[0], mean)
    assert np.allclose(walk(bench).update.trace.a[1][walk(bench).row], last.trace.a[1][0], rtol=0, atol=1e-12)
    assert last.sample == walk(bench).rows[walk(bench).row]


def test_what_is_known_grows_phase_by_phase():
    bench = opened()
    assert bench.frame().knows(Kind.DELTA, 1)
    bench.perform(PhaseStep())
    seen = []
    while not walk(bench).updated:
        frame = bench.frame()
        seen.append(sum(frame.knows(kind, k) for kind in (Kind.Z, Kind.A, Kind.DELTA, Kind.D_W) for k in (1, 2, 3)))
        bench.perform(PhaseStep())
    assert seen[0] == 0
    assert seen == sorted(seen)
    assert seen[-1] == 12
    bench.perform(PhaseChoice(1))
    assert bench.frame().computes(Kind.Z, 1)
    assert not bench.frame().computes(Kind.A, 1)


@pytest.mark.parametrize(
    "end",
    [
        lambda bench: bench.train(1),
        lambda bench: bench.step_sample(),
        lambda bench: bench.perform(edits.choose("η", eta=0.5)),
        lambda bench: bench.undo(),
        lambda bench: bench.perform(OwnInput(frozen([0.0, 0.0]))),
        lambda bench: bench.perform(SampleChoice(int(next(r for r in range(23) if r not in bench.frame().batch)))),
    ],
    ids=["train", "step sample", "edit", "undo", "own input", "a sample of another batch"],
)
def test_whatever_else_is_done_ends_the_walk(end):
    bench = opened()
    bench.perform(edits.choose("η", eta=0.2))
    bench.perform(PhaseChoice(3))
    assert bench.frame().stepping is not None
    end(bench)
    assert bench.frame().stepping is None


def test_another_sample_of_the_batch_is_shown_within_the_walk():
    bench = opened()
    bench.perform(PhaseChoice(3))
    other = int(walk(bench).rows[2])
    bench.perform(SampleChoice(other))
    frame = bench.frame()
    assert (walk(bench).at, walk(bench).row, frame.sample) == (3, 2, other)
    assert np.array_equal(frame.x[0], walk(bench).update.x[2])
    bench.perform(PhaseChoice(10_000))
    bench.perform(SampleChoice(int(walk(bench).rows[0])))
    # The update is made, and the numbers are those of the network before it.
    after = bench.frame()
    assert after.deltas[:, 0].tolist() == [after.session.run.step - 1]
    assert np.array_equal(after.deltas[0, 1:], np.concatenate([delta[0] for delta in after.gradient.delta]))
    bench.perform(PhaseStep(-1))
    assert bench.frame().deltas.shape[0] == 1


def test_an_own_input_gives_way_to_a_sample_of_the_batch():
    bench = opened()
    bench.perform(OwnInput(frozen([0.5, 0.5])))
    bench.perform(PhaseStep())
    frame = bench.frame()
    assert not frame.own
    assert frame.sample in walk(bench).rows


def test_an_update_that_cannot_be_made_is_no_walk_and_says_why():
    bench = opened(replace(suggested("plane"), samples=40, eta=1e200), steps=1)
    bench.train(5)
    bench.perform(PhaseStep())
    assert bench.frame().stepping is None
    assert "not finite" in bench.notice
