"""The pump: frames are shown never too early, answers and errors arrive, and at rest it does not tick."""

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt, QThread
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from core import edits
from core.errors import InputError
from core.frame import Frame
from core.session import default_session
from core.workbench import Workbench
from playground.engine import Engine
from playground.pump import INTERVAL, Pump

PATIENCE = 10_000  # milliseconds


class Window:
    """What the pump reports to."""

    def __init__(self) -> None:
        self.frames: list[Frame] = []
        self.errors: list[BaseException] = []

    @property
    def frame(self) -> Frame:
        return self.frames[-1]


class Watched(Engine):
    """An engine that notes how often it was looked at."""

    takes = 0

    def take(self) -> Frame | None:
        self.takes += 1
        return super().take()


@pytest.fixture
def engine(qapp) -> Iterator[Watched]:
    engine = Watched(Workbench(default_session()))
    engine.start()
    yield engine
    assert engine.close(PATIENCE / 1000)


@pytest.fixture
def window() -> Window:
    return Window()


@pytest.fixture
def pump(engine: Watched, window: Window) -> Iterator[Pump]:
    pump = Pump(engine, window.frames.append, window.errors.append)
    yield pump
    pump.stop()
    pump.deleteLater()


@pytest.fixture
def rest(qtbot, pump: Pump) -> Callable[[], None]:
    def wait() -> None:
        qtbot.waitUntil(lambda: pump.resting, timeout=PATIENCE)

    return wait


def test_does_not_tick_before_it_is_woken(qtbot, pump: Pump, engine: Watched):
    assert pump.resting
    qtbot.wait(5 * INTERVAL)
    assert engine.takes == 0


def test_shows_the_first_frame_and_rests(qtbot, pump: Pump, engine: Watched, window: Window, rest):
    pump.wake()
    assert not pump.resting
    rest()
    assert [frame.session.run.step for frame in window.frames] == [0]
    looked = engine.takes
    qtbot.wait(5 * INTERVAL)
    assert engine.takes == looked
    assert len(window.frames) == 1


def test_a_question_wakes_it_and_its_effect_is_shown(pump: Pump, window: Window, rest):
    pump.wake()
    rest()
    for number in range(1, 20):
        pump.ask(Workbench.step_batch)
        assert not pump.resting
        rest()
        assert window.frame.session.run.step == number
    assert window.errors == []


def test_the_answer_comes_in_the_thread_of_the_window(qtbot, pump: Pump):
    answers: list[tuple[Any, QThread]] = []
    pump.ask(lambda workbench: threading.get_ident(), lambda answer: answers.append((answer, QThread.currentThread())))
    qtbot.waitUntil(lambda: bool(answers), timeout=PATIENCE)
    asked_in, answered_in = answers[0]
    assert asked_in != threading.get_ident()
    assert answered_in is pump.thread()


def test_answers_come_in_the_order_asked_and_an_answer_may_ask(pump: Pump, rest):
    answers: list[Any] = []

    def ask_again(answer: Any) -> None:
        answers.append(answer)
        pump.ask(lambda workbench: "again", answers.append)

    pump.ask(lambda workbench: "first", ask_again)
    pump.ask(lambda workbench: "second", answers.append)
    rest()
    assert answers == ["first", "second", "again"]


def test_an_error_goes_to_failed(pump: Pump, window: Window, rest):
    answers: list[Any] = []
    pump.ask(lambda workbench: workbench.apply(edits.choose("η", eta=0.0)), answers.append)
    rest()
    assert [type(error) for error in window.errors] == [InputError]
    assert "learning rate" in str(window.errors[0])
    assert answers == []
    assert window.frame.session.spec.eta > 0  # and what is, is shown again


def test_whoever_asks_may_take_the_error(pump: Pump, window: Window, rest):
    own: list[BaseException] = []
    pump.ask(lambda workbench: 1 // 0, failed=own.append)
    pump.ask(Workbench.step_batch)
    rest()
    assert [type(error) for error in own] == [ZeroDivisionError]
    assert window.errors == []
    assert window.frame.session.run.step == 1


def test_a_callback_that_raises_keeps_nobody_from_the_answer(qtbot, pump: Pump, window: Window, rest):
    answers: list[Any] = []

    def broken(_: Any) -> None:
        raise RuntimeError("in a slot")

    with qtbot.captureExceptions() as raised:
        pump.ask(lambda workbench: 1, broken)
        pump.ask(lambda workbench: 2, answers.append)
        rest()
    assert [kind for kind, *_ in raised] == [RuntimeError]
    assert answers == [2]
    assert window.frames


@pytest.mark.parametrize("training", [False, True])
def test_shows_nothing_while_an_answer_is_outstanding(
    qtbot, pump: Pump, engine: Watched, window: Window, rest, training: bool
):
    pump.wake()
    rest()
    if training:
        engine.train()
        pump.wake()
        qtbot.waitUntil(lambda: window.frame.session.run.step > 0, timeout=PATIENCE)
    held = threading.Event()
    engine.ask(lambda workbench: held.wait(PATIENCE / 1000))
    pump.ask(lambda workbench: workbench.apply(edits.choose("η", eta=0.123)))
    shown, looked = len(window.frames), engine.takes
    qtbot.wait(6 * INTERVAL)
    assert (len(window.frames), engine.takes) == (shown, looked)
    assert not pump.resting
    held.set()
    qtbot.waitUntil(lambda: len(window.frames) > shown, timeout=PATIENCE)
    assert window.frames[shown].session.spec.eta == 0.123
    engine.pause()
    rest()


def test_training_is_shown_until_it_stops_and_the_last_frame_is_the_last_state(
    pump: Pump, engine: Watched, window: Window, rest
):
    engine.train(until_epoch=2000)
    pump.wake()
    rest()
    assert len(window.frames) > 1
    steps = [frame.session.run.step for frame in window.frames]
    assert steps == sorted(steps)
    assert (window.frame.session.run.epoch, window.frame.training) == (2000, False)


def test_ticks_on_between_frames_that_are_long_in_coming(pump: Pump, engine: Watched, window: Window, rest):
    engine.set_speed(20.0)  # three ticks a step, and a step an epoch
    engine.train(until_epoch=5)
    pump.wake()
    rest()
    assert window.frame.session.run.epoch == 5
    assert engine.takes > len(window.frames)


def test_a_frame_that_needs_no_answer_is_shown_at_once_and_gives_way_to_the_next(pump: Pump, window: Window, rest):
    pump.wake()
    rest()
    held, asked = window.frame, threading.Event()
    pump.ask(lambda workbench: asked.wait(PATIENCE))
    painted: list[int] = []
    pump.painted.connect(lambda: painted.append(len(window.frames)))
    for _ in range(2):
        pump.show(held)
    assert window.frames[1:] == [held, held]
    asked.set()
    rest()
    assert painted[0] == 3  # both were painted together
    assert window.frame is not held


def test_stopped_it_ticks_no_more(qtbot, pump: Pump, engine: Watched, window: Window):
    engine.train()
    pump.wake()
    qtbot.waitUntil(lambda: len(window.frames) > 3, timeout=PATIENCE)
    pump.stop()
    assert pump.resting
    shown = len(window.frames)
    qtbot.wait(5 * INTERVAL)
    assert len(window.frames) == shown


class Protocol:
    """Stands for the engine, with a frame ready at every look, and notes what the pump does and what is painted."""

    idle = False

    def __init__(self) -> None:
        self.log: list[str] = []

    def take_fault(self) -> None:
        return None

    def take(self) -> object:
        self.log.append("take")
        return object()

    def window_draws(self) -> None:
        self.log.append("gate shut")

    def window_drew(self, next_time: float) -> None:
        self.log.append("gate open")


class Painted(QWidget):
    def __init__(self, name: str, log: list[str]) -> None:
        super().__init__()
        self.name, self.log = name, log

    def paintEvent(self, event: Any) -> None:
        self.log.append(self.name)


def test_the_gate_is_shut_until_everything_is_painted(qtbot):
    engine = Protocol()
    widgets = [Painted(name, engine.log) for name in "abc"]
    for widget in widgets:
        qtbot.addWidget(widget)
        widget.show()
        qtbot.waitExposed(widget)
    qtbot.wait(20)
    engine.log.clear()

    def show(_: object) -> None:
        engine.log.append("show")
        for widget in widgets:
            widget.update()

    pump = Pump(engine, show, pytest.fail)  # type: ignore[arg-type]
    pump.wake()
    qtbot.waitUntil(lambda: engine.log.count("gate open") >= 4, timeout=PATIENCE)
    pump.stop()
    turns = " ".join(engine.log).split("gate shut ")[1:5]
    for turn in turns:
        assert turn.startswith("take show ")
        assert sorted(turn.split(" gate open")[0].split()[2:]) == ["a", "b", "c"]
        assert turn.count("gate open") == 1


def test_training_goes_on_after_every_painting(qtbot, pump: Pump, engine: Watched, window: Window, monkeypatch):
    """An engine that waits for ever for the window must be told each time that it has drawn."""
    monkeypatch.setattr("playground.engine.WINDOW_TIMEOUT", 600.0)
    engine.train()
    pump.wake()
    qtbot.waitUntil(lambda: len(window.frames) > 20, timeout=PATIENCE)
    assert window.frame.session.run.step > window.frames[1].session.run.step
    pump.stop()


def test_the_gate_is_shut_while_the_window_deals_with_a_click(qtbot):
    engine = Protocol()
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.show()
    qtbot.waitExposed(widget)
    pump = Pump(engine, pytest.fail, pytest.fail)  # type: ignore[arg-type]
    pump.watch(widget)
    qtbot.wait(20)
    engine.log.clear()
    QTest.mouseClick(widget.windowHandle(), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "gate open" in engine.log, timeout=PATIENCE)
    assert engine.log[0] == "gate shut"
    assert engine.log[-1] == "gate open"
    pump.stop()
