"""The only thread: it trains in short bursts, answers what it is asked between them, and keeps the newest Frame ready.

Nothing is pushed. The window takes a frame when it is about to draw, and while it draws no burst begins.
"""

import math
import threading
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from typing import Any, TypeVar

from core.frame import Frame
from core.workbench import Workbench

BURST_SECONDS = 0.003
# The window answers within a few milliseconds; a window that does not draw must not stop the training.
DRAWING_TIMEOUT = 0.1
SMOOTHING = 0.2
CATCH_UP_SECONDS = 0.05

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
        self._free = threading.Event()
        self._free.set()
        self._pace = Pace()
        self._thread = threading.Thread(target=self._run, name="training", daemon=True)

    def start(self) -> None:
        """Begin to serve."""
        self._thread.start()

    def close(self, timeout: float = 1.0) -> bool:
        """Stop training and end the thread; whether it ended within `timeout` seconds."""
        with self._wake:
            self._closing = True
            self._wake.notify()
        self._free.set()
        self._thread.join(timeout)
        return not self._thread.is_alive()

    @property
    def closed(self) -> bool:
        """Whether the thread has ended."""
        return not self._thread.is_alive()

    def ask(self, question: Callable[[Workbench], Answer]) -> "Future[Answer]":
        """Have `question` run on the workbench between two bursts; its answer or error comes with the Future."""
        future: Future[Answer] = Future()
        with self._wake:
            self._requests.append((future, question))
            self._wake.notify()
        return future

    def train(self, *, until_epoch: int | None = None) -> None:
        """Train from now on, up to the end of epoch number `until_epoch` if it is given."""
        with self._wake:
            self._training, self._until_epoch = True, until_epoch
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
            return not (self._training or self._requests or self._stale or self._latest)

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
            self._wake.notify()
        return frame

    def window_draws(self) -> None:
        """Begin no burst until `window_drew`."""
        self._free.clear()

    def window_drew(self) -> None:
        """Bursts may begin again."""
        self._free.set()

    def _run(self) -> None:
        while not self._closing:
            with self._wake:
                self._wake.wait_for(self._has_work, self._pace.wait(self._speed) if self._training else None)
                requests = list(self._requests)
                self._requests.clear()
            for future, question in requests:
                self._answer(future, question)
            if self._training and not self._closing:
                self._burst()
            if self._wanted and self._stale:
                self._publish()

    def _has_work(self) -> bool:
        due = self._training and self._pace.due(self._speed) > 0
        return self._closing or bool(self._requests) or due or (self._wanted and self._stale)

    def _answer(self, future: "Future[Any]", question: Callable[[Workbench], Any]) -> None:
        try:
            future.set_result(question(self._workbench))
        except Exception as error:  # noqa: BLE001 – whoever asked gets the error, whatever it is
            future.set_exception(error)
        with self._wake:
            self._latest, self._wanted, self._stale = None, True, True

    def _burst(self) -> None:
        self._free.wait(DRAWING_TIMEOUT)
        steps = min(self._pace.due(self._speed), self._steps_to_goal())
        if steps > 0:
            began = time.perf_counter()
            if not self._workbench.train(steps):
                self._training = False
            self._pace.made(steps, time.perf_counter() - began, self._speed)
            self._stale = True
        if self._steps_to_goal() <= 0:
            self._training = False
            self._stale = True

    def _steps_to_goal(self) -> float:
        if self._until_epoch is None:
            return math.inf
        trainer, run = self._workbench.trainer, self._workbench.session.run
        epochs = self._until_epoch - run.epoch
        return trainer.steps_to_epoch_end(run) + (epochs - 1) * trainer.steps_per_epoch if epochs > 0 else 0

    def _publish(self) -> None:
        frame = replace(
            self._workbench.frame(),
            training=self._training,
            steps_per_second=self._pace.delivered if self._training else None,
        )
        with self._wake:
            self._latest, self._wanted, self._stale = frame, False, False


class Pace:
    """How many updates are due, so that a burst stays short and a chosen speed is kept without catching up."""

    def __init__(self) -> None:
        self._seconds_per_step = 1e-3
        self.restart()

    def restart(self) -> None:
        """Count from now."""
        self._due_since = time.perf_counter()
        self._window_began, self._window_steps = self._due_since, 0
        self.delivered: float | None = None

    def due(self, speed: float) -> int:
        """The updates that may be made now: a burst's worth, or fewer where the speed allows fewer."""
        burst = max(1, int(BURST_SECONDS / self._seconds_per_step))
        if math.isinf(speed):
            return burst
        return min(burst, int((time.perf_counter() - self._due_since) * speed))

    def wait(self, speed: float) -> float:
        """Seconds until the next update is due."""
        return 0.0 if math.isinf(speed) else max(0.0, self._due_since + 1.0 / speed - time.perf_counter())

    def made(self, steps: int, seconds: float, speed: float) -> None:
        """Take note of a burst."""
        self._seconds_per_step += SMOOTHING * (seconds / steps - self._seconds_per_step)
        now = time.perf_counter()
        self._due_since = max(self._due_since + steps / speed, now - CATCH_UP_SECONDS)
        self._window_steps += steps
        if now - self._window_began >= 0.5:
            self.delivered = self._window_steps / (now - self._window_began)
            self._window_began, self._window_steps = now, 0
