"""Brings frames to the window, once per refresh and never more, and lets the training wait meanwhile."""

import time
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

from core.frame import Frame
from core.workbench import Workbench
from playground.engine import Engine

INTERVAL = 16  # milliseconds, one refresh of a 60 Hz screen
BREATH = 2  # milliseconds between painting and the next tick, in which the engine makes the next frame
LATE_FRAMES = 3  # so often a frame that is not there yet is asked for a breath later, and then at the next refresh
# Paint requests are posted with priority −1; what comes after them all has been painted.
AFTER_PAINTING = -2
BUSY = frozenset(
    {
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseButtonRelease,
        QEvent.Type.KeyPress,
        QEvent.Type.KeyRelease,
        QEvent.Type.Wheel,
        QEvent.Type.UpdateRequest,
    }
)


class Pump(QObject):
    """Runs while there is something to come; at rest it does not tick. `painted`: the frame is on the screen."""

    painted = Signal()

    drew = QEvent.Type(QEvent.registerEventType())
    served = QEvent.Type(QEvent.registerEventType())

    def __init__(
        self,
        engine: Engine,
        show: Callable[[Frame], None],
        failed: Callable[[BaseException], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._engine, self._show, self._failed = engine, show, failed
        self._waiting: list[tuple[Future[Any], Callable[[Any], None] | None, Callable[[BaseException], None]]] = []
        self._drawing = self._serving = self._stopped = self._answered = False
        self._began = self._due = 0.0
        self._missed = 0
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._tick)

    def ask(
        self,
        question: Callable[[Workbench], Any],
        answered: Callable[[Any], None] | None = None,
        failed: Callable[[BaseException], None] | None = None,
    ) -> None:
        """Have the engine do something; `answered` gets its result, `failed` its error, both in this thread."""
        self._waiting.append((self._engine.ask(question), answered, failed or self._failed))
        self.wake()
        # Whoever asked shall not wait for a whole refresh.
        if self._timer.remainingTime() > BREATH:
            self._timer.start(BREATH)

    def show(self, frame: Frame) -> None:
        """Show a frame that needs no answer; while another one is waiting to be painted, they are painted together."""
        if self._drawing:
            self._show(frame)
        elif not self._stopped:
            self._began = time.perf_counter()
            self._engine.window_draws()
            self._draw(frame)

    def wake(self) -> None:
        """Tick again, since there will be something to show."""
        if self.resting and not self._stopped:
            self._timer.start(0)

    def stop(self) -> None:
        """Tick no more, for good."""
        self._stopped = True
        self._timer.stop()

    @property
    def resting(self) -> bool:
        """Whether it ticks no more until it is woken."""
        return self._stopped or not (self._timer.isActive() or self._drawing)

    def watch(self, window: QWidget) -> None:
        """Have the training wait while the window deals with a click, a key or a repaint of its own too."""
        window.winId()  # makes the handle, through which input comes
        for source in (window, window.windowHandle()):
            source.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in BUSY and not (self._serving or self._drawing or self._stopped):
            self._serving = True
            self._engine.window_draws()
            QCoreApplication.postEvent(self, QEvent(self.served), AFTER_PAINTING)
        return False

    def event(self, event: QEvent) -> bool:
        if event.type() == self.served:
            self._serving = False
            if not self._drawing:
                self._engine.window_drew(self._due)
            return True
        if event.type() == self.drew:
            self._drawing = False
            now = time.perf_counter()
            # From when the tick was due, not from when it came: late ticks shall not slow the rhythm.
            late = self._began - self._due
            self._due = (self._due if 0 <= late < INTERVAL / 1e3 else self._began) + INTERVAL / 1e3
            pause = BREATH if self._waiting else max(BREATH, round((self._due - now) * 1e3))
            # The next tick is settled before the engine is woken, which then has the interpreter to itself for a while.
            if not self._stopped:
                self._timer.start(pause)
            self._engine.window_drew(now + pause / 1e3)
            self.painted.emit()
            return True
        return super().event(event)

    def _tick(self) -> None:
        # First of all, so that the next tick comes whatever a callback does.
        self._timer.start(INTERVAL)
        if self._drawing:
            return
        self._began = time.perf_counter()
        self._engine.window_draws()
        self._collect()
        while (fault := self._engine.take_fault()) is not None:
            self._failed(fault)
        # A frame made before the answer would show for a moment what was just changed.
        frame = None if self._waiting else self._engine.take()
        if frame is not None:
            self._draw(frame)
        elif self._engine.idle and not self._waiting:
            self._timer.stop()
            self._engine.window_drew()
        else:
            # An answer takes a few milliseconds, and so does the frame that shows it, or one that is under way.
            self._missed += 1
            pause = BREATH if self._waiting or self._answered or self._missed <= LATE_FRAMES else INTERVAL
            self._due = self._began + pause / 1e3
            self._engine.window_drew(self._due)
            self._timer.start(pause)

    def _draw(self, frame: Frame) -> None:
        self._drawing, self._answered, self._missed = True, False, 0
        try:
            self._show(frame)
        finally:
            QCoreApplication.postEvent(self, QEvent(self.drew), AFTER_PAINTING)

    def _collect(self) -> None:
        for entry in [entry for entry in self._waiting if entry[0].done()]:
            self._waiting.remove(entry)
            self._answered = True
            future, answered, failed = entry
            error = future.exception()
            if error is not None:
                failed(error)
            elif answered is not None:
                answered(future.result())
