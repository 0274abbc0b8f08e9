"""The engine without a window: it answers, pauses, stops and ends when told to, and gives out no old frame.

What is waited for has ten seconds and comes within milliseconds; what must not happen is asked of the engine, whose
answers come between two bursts.
"""

import dataclasses
import math
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import replace
from itertools import pairwise

import pytest

from core import edits
from core.arrays import all_finite
from core.errors import InputError
from core.frame import Frame
from core.session import Session, default_session, start_session
from core.spec import suggested
from core.training import Trainer
from core.workbench import Workbench
from playground import engine as module
from playground.engine import Engine

PATIENCE = 10.0
CIRCLE = replace(suggested("circle"), samples=46, batch=5)  # 23 rows to train on: five updates an epoch
Opening = Callable[..., Engine]


def step(engine: Engine) -> int:
    """How many updates have been made."""
    return engine.ask(lambda workbench: workbench.session.run.step).result(PATIENCE)


def wait_until(happens: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not happens():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.001)


def next_frame(engine: Engine) -> Frame:
    frames: list[Frame] = []

    def taken() -> bool:
        if (frame := engine.take()) is not None:
            frames.append(frame)
        return bool(frames)

    wait_until(taken)
    return frames[0]


def at_rest(engine: Engine) -> Frame:
    """The last frame, once nothing is under way."""
    frames = [next_frame(engine)]

    def rests() -> bool:
        if (frame := engine.take()) is not None:
            frames.append(frame)
        return engine.idle

    wait_until(rests)
    return frames[-1]


@pytest.fixture
def opened() -> Iterator[Opening]:
    """Engines that run; all of them have ended, and nothing else is left, when the test is over."""
    engines: list[Engine] = []
    before = set(threading.enumerate())

    def start(session: Session | None = None, *, workbench: Workbench | None = None) -> Engine:
        engine = Engine(workbench or Workbench(session or default_session()))
        engines.append(engine)
        engine.start()
        return engine

    yield start
    for engine in engines:
        assert engine.close(PATIENCE)
    assert set(threading.enumerate()) == before


def test_answers(opened: Opening):
    engine = opened()
    assert engine.ask(lambda workbench: workbench.session.spec.dataset).result(PATIENCE) == "xor"
    assert engine.ask(lambda workbench: None).result(PATIENCE) is None


def test_questions_before_the_start_are_answered_then():
    engine = Engine(Workbench(default_session()))
    answer = engine.ask(lambda workbench: workbench.sample)
    assert not answer.done()
    engine.start()
    assert answer.result(PATIENCE) == 0
    assert engine.close(PATIENCE)


def test_an_error_goes_to_whoever_asked_and_to_nobody_else(opened: Opening):
    engine = opened()
    engine.train()
    refused = engine.ask(lambda workbench: workbench.apply(edits.choose("η", eta=-1.0)))
    broken = engine.ask(lambda workbench: 1 // 0)
    with pytest.raises(InputError, match="learning rate"):
        refused.result(PATIENCE)
    with pytest.raises(ZeroDivisionError):
        broken.result(PATIENCE)
    before = step(engine)
    wait_until(lambda: step(engine) > before)


def test_one_thread_does_everything_in_the_order_asked(opened: Opening):
    engine = opened()
    engine.train()
    done: list[tuple[int, int]] = []
    asked = [engine.ask(lambda w, n=n: done.append((n, threading.get_ident()))) for n in range(50)]
    for answer in asked:
        answer.result(PATIENCE)
    assert [number for number, _ in done] == list(range(50))
    assert len({thread for _, thread in done}) == 1
    assert threading.get_ident() not in {thread for _, thread in done}


def test_answers_while_it_trains_flat_out(opened: Opening):
    engine = opened()
    engine.train()
    steps = [step(engine) for _ in range(100)]
    assert steps == sorted(steps)
    wait_until(lambda: step(engine) > steps[-1])


def test_a_question_taken_back_is_not_asked(opened: Opening):
    engine = opened()
    held, asked = threading.Event(), []
    engine.ask(lambda workbench: held.wait(PATIENCE))
    unwanted = engine.ask(lambda workbench: asked.append(1))
    assert unwanted.cancel()
    held.set()
    step(engine)
    assert asked == []


def test_a_pause_once_acknowledged_is_one(opened: Opening):
    engine = opened()
    for _ in range(20):
        engine.train()
        before = step(engine)
        wait_until(lambda before=before: step(engine) > before)
        engine.pause()
        stopped = step(engine)
        assert not engine.training
        assert [step(engine) for _ in range(10)] == [stopped] * 10
    time.sleep(0.05)
    assert at_rest(engine).session.run.step == step(engine)
    assert not at_rest(engine).training


def test_a_pause_while_a_frame_is_being_made_shows_in_the_next(opened: Opening, monkeypatch):
    engine = opened()
    at_rest(engine)

    def made_then_paused(frame: Frame, **changes) -> Frame:
        made = dataclasses.replace(frame, **changes)
        engine.pause()
        return made

    monkeypatch.setattr(module, "replace", made_then_paused)
    engine.train()
    wait_until(lambda: not engine.training)
    assert not at_rest(engine).training


def test_frames_say_at_once_whether_it_trains(opened: Opening):
    engine = opened()
    engine.set_speed(1e-4)  # the first step would come in three hours
    assert not at_rest(engine).training
    for _ in range(5):
        engine.train()
        assert next_frame(engine).training
        engine.pause()
        assert not next_frame(engine).training


@pytest.mark.parametrize("speed", [math.inf, 2000.0])
def test_trains_until_the_end_of_an_epoch_and_no_further(opened: Opening, speed: float):
    engine = opened(start_session(CIRCLE))
    engine.set_speed(speed)
    for goal in (1, 2, 17):
        engine.train(until_epoch=goal)
        wait_until(lambda: not engine.training)
        frame = at_rest(engine)
        run = frame.session.run
        assert (run.epoch, run.start, run.step) == (goal, 0, 5 * goal)
        assert not frame.training
    begun = start_session(CIRCLE)
    alone = Trainer(CIRCLE, begun.data, begun.run.kernel).advance(begun.run, 85)
    for ours, theirs in zip(run.network.weights, alone.network.weights, strict=True):
        assert ours.tobytes() == theirs.tobytes()


def test_a_goal_counts_from_where_a_step_has_left_the_epoch(opened: Opening):
    engine = opened(start_session(CIRCLE))
    engine.ask(Workbench.step_batch).result(PATIENCE)
    engine.ask(lambda workbench: workbench.apply(edits.choose("batch of 4", batch=4))).result(PATIENCE)
    engine.train(until_epoch=2)
    wait_until(lambda: not engine.training)
    run = at_rest(engine).session.run
    assert (run.epoch, run.start, run.step) == (2, 0, 1 + 5 + 6)


def test_a_goal_that_is_reached_already_asks_for_no_step(opened: Opening):
    engine = opened(start_session(CIRCLE))
    engine.train(until_epoch=0)
    wait_until(lambda: not engine.training)
    assert step(engine) == 0
    engine.train()
    wait_until(lambda: step(engine) > 100)  # and is forgotten by the next training


@pytest.mark.parametrize("speed", [150.0, 900.0])
def test_keeps_to_the_speed_and_needs_nobody_to_look(opened: Opening, speed: float):
    workbench = Workbench(default_session())
    engine = opened(workbench=workbench)
    engine.set_speed(speed)
    time.sleep(0.1)  # which counts for nothing
    began = time.perf_counter()
    engine.train()
    wait_until(lambda: workbench.session.run.step >= speed / 3)
    for _ in range(10):
        steps = step(engine)
        assert steps <= speed * (time.perf_counter() - began) + 1
        time.sleep(0.01)


def test_time_lost_is_not_caught_up(opened: Opening):
    engine = opened()
    engine.set_speed(1000.0)
    engine.train()
    wait_until(lambda: step(engine) > 0)
    engine.ask(lambda workbench: time.sleep(0.5)).result(PATIENCE)
    began = time.perf_counter()
    before = step(engine)
    wait_until(lambda: step(engine) > before + 200)
    steps = step(engine) - before
    # After an answer comes a burst of one step, and only what is due within CATCH_UP_SECONDS is kept.
    assert steps <= 1000.0 * (time.perf_counter() - began + module.CATCH_UP_SECONDS) + 2


def test_another_speed_holds_at_once(opened: Opening):
    engine = opened()
    engine.set_speed(1e-4)  # a step in three hours
    engine.train()
    assert step(engine) == 0
    time.sleep(0.02)
    assert step(engine) == 0
    engine.set_speed(math.inf)
    wait_until(lambda: step(engine) > 100)
    engine.set_speed(1e-4)
    stopped = step(engine)
    assert [step(engine) for _ in range(10)] == [stopped] * 10


def test_no_burst_begins_while_the_window_draws(opened: Opening, monkeypatch):
    monkeypatch.setattr(module, "WINDOW_TIMEOUT", 600.0)
    workbench = Workbench(default_session())
    engine = opened(workbench=workbench)
    engine.train()
    for _ in range(5):
        engine.window_draws()
        stopped = step(engine)
        for _ in range(5):
            time.sleep(0.005)
            assert step(engine) == stopped
        assert engine.training
        assert engine.take() is None
        time.sleep(0.005)  # it sleeps again
        engine.window_drew()
        next_frame(engine)  # shows the answers
        wait_until(lambda stopped=stopped: workbench.session.run.step > stopped)


def test_no_burst_begins_between_an_answer_and_the_frame_that_shows_it(opened: Opening, monkeypatch):
    monkeypatch.setattr(module, "WINDOW_TIMEOUT", 600.0)
    workbench = Workbench(default_session())
    engine = opened(workbench=workbench)
    engine.train()
    for _ in range(5):
        stopped = step(engine)
        time.sleep(0.005)
        assert workbench.session.run.step == stopped
        assert next_frame(engine).session.run.step == stopped
        wait_until(lambda stopped=stopped: workbench.session.run.step > stopped)


def test_a_window_that_is_due_finds_the_interpreter_free(opened: Opening, monkeypatch):
    monkeypatch.setattr(module, "WINDOW_TIMEOUT", 600.0)
    workbench = Workbench(default_session())
    engine = opened(workbench=workbench)
    engine.train()
    engine.window_drew(time.perf_counter())
    stopped = step(engine)
    next_frame(engine)
    time.sleep(0.01)
    assert workbench.session.run.step == stopped
    engine.window_draws()
    engine.window_drew()
    wait_until(lambda: workbench.session.run.step > stopped)


def test_a_window_that_stops_drawing_does_not_stop_the_training(opened: Opening, monkeypatch):
    monkeypatch.setattr(module, "WINDOW_TIMEOUT", 0.02)
    workbench = Workbench(default_session())
    engine = opened(workbench=workbench)
    engine.window_draws()
    engine.train()
    wait_until(lambda: workbench.session.run.step > 100)


@pytest.mark.parametrize("busy", ["drawing", "late"])
def test_a_window_at_work_is_disturbed_by_one_burst_now_and_then_only(opened: Opening, monkeypatch, busy):
    monkeypatch.setattr(module, "WINDOW_TIMEOUT", 0.05)
    bursts = []
    train = Workbench.train
    monkeypatch.setattr(
        Workbench, "train", lambda self, steps: bursts.append(time.perf_counter()) or train(self, steps)
    )
    engine = opened()
    if busy == "drawing":
        engine.window_draws()
    else:
        engine.window_drew(time.perf_counter())
    engine.train()
    wait_until(lambda: len(bursts) > 4)
    assert min(later - earlier for earlier, later in pairwise(bursts)) >= 0.05


def test_a_paused_engine_shows_its_frame_when_the_window_has_drawn(opened: Opening, monkeypatch):
    monkeypatch.setattr(module, "WINDOW_TIMEOUT", 600.0)
    engine = opened()
    at_rest(engine)
    engine.window_draws()
    engine.ask(Workbench.step_batch).result(PATIENCE)
    assert engine.take() is None
    assert not engine.idle
    engine.window_drew()
    assert next_frame(engine).session.run.step == 1


def test_every_frame_is_given_once_and_none_is_older_than_the_last(opened: Opening):
    engine = opened()
    engine.train()
    frames = [next_frame(engine) for _ in range(50)]
    assert len({id(frame) for frame in frames}) == 50
    steps = [frame.session.run.step for frame in frames]
    assert steps == sorted(steps)
    assert steps[-1] > steps[0]
    engine.pause()
    last = at_rest(engine)
    assert last.session.run.step == step(engine)


def test_nothing_new_is_nothing_to_take(opened: Opening):
    engine = opened()
    assert at_rest(engine).session.run.step == 0
    assert engine.idle
    time.sleep(0.02)
    assert engine.take() is None
    assert engine.idle


@pytest.mark.parametrize("training", [False, True])
def test_after_an_answer_the_next_frame_shows_it(opened: Opening, training: bool):
    engine = opened()
    next_frame(engine)
    if training:
        engine.train()
    for number in range(1, 150):
        eta = 0.1 + 0.001 * number
        engine.ask(lambda workbench, eta=eta: workbench.apply(edits.choose("η", eta=eta))).result(PATIENCE)
        frame = next_frame(engine)
        assert frame.session.spec.eta == eta
        assert frame.generation == number


def test_with_the_answer_comes_no_frame_from_before_it(opened: Opening):
    """Whoever hears of the answer may look at once, even on the way."""
    engine = opened()
    wait_until(lambda: not engine._stale)  # a frame of before lies ready
    held, seen = threading.Event(), []
    engine.ask(lambda workbench: held.wait(PATIENCE))
    answer = engine.ask(lambda workbench: workbench.choose_sample(2))

    def look(_: Future) -> None:
        seen.append((engine.take(), engine.idle))

    answer.add_done_callback(look)
    held.set()
    answer.result(PATIENCE)
    wait_until(lambda: bool(seen))
    assert seen == [(None, False)]
    assert next_frame(engine).sample == 2


def test_is_not_idle_while_it_answers(opened: Opening):
    engine = opened()
    at_rest(engine)
    assert engine.ask(lambda workbench: engine.idle).result(PATIENCE) is False


def test_the_burst_after_an_edit_is_a_single_step(opened: Opening):
    """Else a network on which a step takes a thousand times as long would keep everybody waiting."""

    class Watched(Workbench):
        bursts: list[int] | None = None

        def train(self, steps: int) -> bool:
            if self.bursts is not None:
                self.bursts.append(steps)
            return super().train(steps)

    workbench = Watched(default_session())
    engine = opened(workbench=workbench)
    workbench.bursts = []
    engine.train()
    wait_until(lambda: max(workbench.bursts or [0]) > 10)

    def edit(watched: Workbench) -> None:
        watched.apply(edits.resize_layer(1, 8))
        workbench.bursts = []

    engine.ask(edit).result(PATIENCE)
    wait_until(lambda: bool(workbench.bursts))
    assert workbench.bursts[0] == 1


def test_divergence_stops_the_training_and_says_so(opened: Opening):
    engine = opened(start_session(replace(suggested("plane"), samples=40, eta=100.0)))
    engine.train()
    wait_until(lambda: not engine.training)
    frame = at_rest(engine)
    assert not frame.training
    assert "is not finite at step" in frame.notice
    assert frame.session.run.step > 0
    assert all_finite(*frame.session.run.network.weights)
    assert step(engine) == frame.session.run.step
    engine.ask(lambda workbench: workbench.apply(edits.reset())).result(PATIENCE)
    engine.ask(lambda workbench: workbench.apply(edits.choose("η", eta=0.01))).result(PATIENCE)
    engine.train()
    wait_until(lambda: step(engine) > 200)


@pytest.mark.parametrize("speed", [math.inf, 1e-4])
def test_closing_ends_the_thread_within_a_second(speed: float):
    engine = Engine(Workbench(default_session()))
    engine.start()
    engine.set_speed(speed)
    engine.train()
    step(engine)
    assert engine.close()
    assert "training" not in [thread.name for thread in threading.enumerate()]


def test_closing_while_the_window_draws_ends_the_thread(monkeypatch):
    monkeypatch.setattr(module, "WINDOW_TIMEOUT", 600.0)
    engine = Engine(Workbench(default_session()))
    engine.start()
    engine.train()
    engine.window_draws()
    step(engine)
    assert engine.close()


def test_closing_answers_first_what_was_asked_before():
    engine = Engine(Workbench(default_session()))
    engine.start()
    busy, held, saved = threading.Event(), threading.Event(), []
    engine.ask(lambda workbench: busy.set() or held.wait(PATIENCE))
    assert busy.wait(PATIENCE)
    engine.ask(lambda workbench: saved.append("a file, say"))
    engine.train()
    assert not engine.close(0.01)
    assert saved == []
    held.set()
    assert engine.close(PATIENCE)
    assert saved == ["a file, say"]


@pytest.mark.parametrize("where", [(Trainer, "advance"), (Workbench, "frame")], ids=["training", "frame"])
def test_the_thread_outlives_what_goes_wrong(opened: Opening, monkeypatch, where):
    engine = opened()
    error = MemoryError()

    def fail(*_):
        raise error

    with monkeypatch.context() as broken:
        broken.setattr(*where, fail)
        engine.train()
        faults: list[BaseException] = []

        def failed() -> bool:
            engine.take()
            if (fault := engine.take_fault()) is not None:
                faults.append(fault)
            return bool(faults)

        wait_until(failed)
        wait_until(lambda: not engine.training)
    assert faults[-1] is error
    assert step(engine) >= 0
    assert not at_rest(engine).training
