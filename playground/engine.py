"""The only thread: it trains in short bursts, answers what it is asked between them, and keeps the newest Frame ready.

Nothing is pushed. The window takes a frame when it is about to draw, and while it draws no burst begins.
"""

import math
import sys
import threading
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from typing import Any, TypeVar

from core.frame import Frame
from core.workbench import Workbench

# Whoever wakes up gets the interpreter's lock within this time while the trainer has it.
SWITCH_SECONDS = 0.0005
BURST_SECONDS, SHORTEST_BURST_SECONDS = 0.003, 0.001
# Whoever draws needs the interpreter's lock at every turn, and would get it back from bursts a millisecond later each
# time. A window that is at work, or late, because it is at work on something else, gets the interpreter to itself; but
# for one burst now and then: a window that does not draw must not stop the training.
WINDOW_TIMEOUT = 0.1
# A burst may end this much later than it was meant to, and what it leaves to do in Python needs the lock again.
LEAD = 0.001
SMOOTHING = 0.2
FRAMES_A_SECOND = 60
CATCH_UP_SECONDS = 0.05
MANY_STEPS = 2**62
# What a fault of the program means to the user is noted on it.
PAUSED = "Training is paused. Nothing is lost: the network is as it was before the last updates."

Answer = TypeVar("Answer")


class Engine:
    """Owns a Workbench; everybody else reaches it through `ask`."""

    def __init__(self, workbench: Workbench) -> None:
        self._workbench = workbench
        self._wake = threading.Condition()
        self._requests: deque[tuple[Future[Any], Callable[[Workbench], Any]]] = deque()
        self._latest: Frame | None = None
        self._wanted = True
        self._stale = True
        self._closing = False
        self._training = False
        self._speed = math.inf
        self._until_epoch: int | None = None
        self._window_drawing = False
        self._window_at_work_since = math.inf
        self._answer_shown_by = -math.inf
        self._faults: deque[BaseException] = deque()
        self._pace = Pace()
        self._thread = threading.Thread(target=self._run, name="training", daemon=True)

    def start(self) -> None:
        """Begin to serve; from now on the interpreter's threads take turns quickly."""
        sys.setswitchinterval(SWITCH_SECONDS)
        self._thread.start()

    def close(self, timeout: float = 1.0) -> bool:
        """Stop training, answer what was asked, and end the thread; whether it ended within `timeout` seconds."""
        with self._wake:
            self._closing = True
            self._wake.notify()
        self._thread.join(timeout)
        return not self._thread.is_alive()

    @property
    def closed(self) -> bool:
        """Whether the thread has ended."""
        return not self._thread.is_alive()

    def ask(self, question: Callable[[Workbench], Answer]) -> "Future[Answer]":
        """Have `question` run on the workbench between two bursts; its answer or error comes with the Future.

        Once it has come, no frame from before is given out.
        """
        future: Future[Answer] = Future()
        with self._wake:
            self._requests.append((future, question))
            self._wake.notify()
        return future

    def train(self, *, until_epoch: int | None = None) -> None:
        """Train from now on, up to the end of epoch number `until_epoch` if it is given."""
        with self._wake:
            self._training, self._until_epoch = True, until_epoch
            self._stale = True
            self._pace.restart()
            self._wake.notify()

    def pause(self) -> None:
        """Stop after the present burst."""
        with self._wake:
            self._training = False
            self._stale = True
            self._wake.notify()

    @property
    def training(self) -> bool:
        """Whether it trains at present."""
        return self._training

    @property
    def idle(self) -> bool:
        """Whether nothing is under way and every frame was taken."""
        with self._wake:
            return not (self._training or self._requests or self._stale or self._latest or self._faults)

    def set_speed(self, steps_per_second: float) -> None:
        """How many updates a second at most; infinity for as many as the machine can."""
        with self._wake:
            self._speed = steps_per_second
            self._pace.restart()
            self._wake.notify()

    def take(self) -> Frame | None:
        """The newest frame if there is one that was not taken yet; asks for the next."""
        with self._wake:
            frame, self._latest = self._latest, None
            self._wanted = True
            if frame is not None:
                self._answer_shown_by = -math.inf
            if self._has_work():
                self._wake.notify()
        return frame

    def take_fault(self) -> BaseException | None:
        """The oldest error, not taken yet, that stopped training or the making of a frame."""
        return self._faults.popleft() if self._faults else None

    def window_draws(self) -> None:
        """Begin no burst and make no frame until `window_drew`, or until the window seems to have stopped drawing."""
        self._window_drawing, self._window_at_work_since = True, time.perf_counter()

    def window_drew(self, next_time: float = math.inf) -> None:
        """Bursts may begin again until `next_time`, when the window is going to draw again, by time.perf_counter."""
        with self._wake:
            self._window_drawing, self._window_at_work_since = False, next_time - LEAD
            self._wake.notify()

    def _run(self) -> None:
        while True:
            with self._wake:
                if not self._has_work():
                    self._wake.wait(self._patience())
                closing = self._closing
            for _ in range(len(self._requests)):
                self._answer(*self._requests[0])
            if closing:
                return
            # The frame first: a window that has just drawn may be due again before a burst has ended.
            if self._may_publish():
                self._publish()
            if self._may_train():
                self._burst()

    def _has_work(self) -> bool:
        return self._closing or bool(self._requests) or self._may_train() or self._may_publish()

    def _may_train(self) -> bool:
        if not self._training or self._waits_for_window() > 0:
            return False
        return self._pace.due(self._speed) > 0

    def _may_publish(self) -> bool:
        return self._wanted and self._stale and not (self._window_drawing and self._waits_for_window() > 0)

    def _waits_for_window(self) -> float:
        """Seconds for which the window goes first: it is at work, or an answer is to be shown."""
        now = time.perf_counter()
        at_work = self._window_at_work_since + WINDOW_TIMEOUT - now if now >= self._window_at_work_since else 0.0
        return max(at_work, self._answer_shown_by - now)

    def _patience(self) -> float | None:
        """Seconds until there may be work though nobody calls; None when there will be none."""
        if (seconds := self._waits_for_window()) > 0:
            return seconds
        return self._pace.wait(self._speed) if self._training else None

    def _answer(self, future: "Future[Any]", question: Callable[[Workbench], Any]) -> None:
        answer, error = None, None
        # Whoever asked may have cancelled it.
        if asked := future.set_running_or_notify_cancel():
            try:
                answer = question(self._workbench)
            except Exception as failure:  # noqa: BLE001 – whoever asked gets the error, whatever it is
                error = failure
        with self._wake:
            self._requests.popleft()
            self._latest, self._wanted, self._stale = None, True, True
            if math.isinf(self._answer_shown_by):
                # Where nobody takes frames, answer after answer must not stop the training.
                self._answer_shown_by = time.perf_counter() + WINDOW_TIMEOUT
            # A step may now take a thousand times as long as before.
            self._pace.be_careful()
        if error is not None:
            future.set_exception(error)
        elif asked:
            future.set_result(answer)

    def _burst(self) -> None:
        steps = min(self._pace.due(self._speed, self._room()), self._steps_to_goal())
        finite, began = True, time.perf_counter()
        if steps > 0:
            finite = self._train(steps)
            self._pace.made(steps, time.perf_counter() - began, self._speed)
        with self._wake:
            self._stale = True
            if steps > 0 and self._window_at_work_since <= began:
                self._window_at_work_since = time.perf_counter()
            if not finite or self._steps_to_goal() <= 0:
                self._training = False

    def _train(self, steps: int) -> bool:
        """Make the steps; False when they could not be made, whatever the reason, so that the thread lives on."""
        try:
            finite = self._workbench.train(steps)
            self._workbench.observe()
            return finite
        except Exception as error:  # noqa: BLE001 – whatever it is, it is shown and the thread lives on
            error.add_note(PAUSED)
            self._faults.append(error)
        return False

    def _room(self) -> float:
        """Seconds that a burst may take: it is over when the window draws again."""
        left = self._window_at_work_since - time.perf_counter()
        return BURST_SECONDS if left < 0 else min(BURST_SECONDS, max(left, SHORTEST_BURST_SECONDS))

    def _steps_to_goal(self) -> int:
        goal = self._until_epoch
        if goal is None:
            return MANY_STEPS
        trainer, run = self._workbench.trainer, self._workbench.session.run
        epochs = goal - run.epoch
        return trainer.steps_to_epoch_end(run) + (epochs - 1) * trainer.steps_per_epoch if epochs > 0 else 0

    def _publish(self) -> None:
        try:
            frame = self._workbench.frame()
            rate = self._pace.delivered if self._training else None
            hurried = self._training and self._pace.quick(self._speed)
            frame = replace(frame, training=self._training, hurried=hurried, steps_per_second=rate)
            frame = self._workbench.prepared(frame)
        except Exception as error:  # noqa: BLE001 – whatever it is, it is shown and the thread lives on
            error.add_note(PAUSED)
            with self._wake:
                self._faults.append(error)
                self._training = self._stale = False
            return
        with self._wake:
            # A pause in the meantime is not in this frame, nor what panels want to have ready, if that takes longer.
            self._latest, self._wanted = frame, False
            self._stale = frame.training != self._training or self._workbench.preparing


class Pace:
    """How many updates are due, so that a burst stays short and a chosen speed is kept without catching up."""

    def __init__(self) -> None:
        self.be_careful()
        self.restart()

    def be_careful(self) -> None:
        """Make one step at first, and find out how long it takes."""
        self._seconds_per_step = BURST_SECONDS

    def restart(self) -> None:
        """Count from now."""
        self._due_since = time.perf_counter()
        self._window_began, self._window_steps = self._due_since, 0
        self.delivered: float | None = None

    def due(self, speed: float, seconds: float = BURST_SECONDS) -> int:
        """The updates that may be made now: as many as `seconds` allow, or fewer where the speed allows fewer."""
        burst = max(1, int(seconds / self._seconds_per_step))
        if math.isinf(speed):
            return burst
        return min(burst, int((time.perf_counter() - self._due_since) * speed))

    def quick(self, speed: float) -> bool:
        """Whether there are so many updates a second that every frame shows another one."""
        return min(speed, 1 / self._seconds_per_step) >= FRAMES_A_SECOND

    def wait(self, speed: float) -> float:
        """Seconds until the next update is due."""
        return 0.0 if math.isinf(speed) else max(0.0, self._due_since + 1.0 / speed - time.perf_counter())

    def made(self, steps: int, seconds: float, speed: float) -> None:
        """Take note of a burst."""
        self._seconds_per_step += SMOOTHING * (seconds / steps - self._seconds_per_step)
        now = time.perf_counter()
        self._due_since = max(self._due_since + steps / speed, now - CATCH_UP_SECONDS)
        self._window_steps += steps
        if (elapsed := now - self._window_began) >= 0.5:
            self.delivered = self._window_steps / elapsed
            self._window_began, self._window_steps = now, 0
