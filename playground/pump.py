"""Brings frames to the window, once per refresh and never more, and lets the training wait meanwhile."""

from collections.abc import Callable
from concurrent.futures import Future
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer

from core.frame import Frame
from core.workbench import Workbench
from playground.engine import Engine

INTERVAL = 16  # milliseconds, one refresh of a 60 Hz screen
# Paint requests are posted with priority −1; what comes after them all has been painted.
AFTER_PAINTING = -2


class Pump(QObject):
    """Runs while there is something to come; at rest it does not tick."""

    drew = QEvent.Type(QEvent.registerEventType())

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
        self.painted = True  # whether the frame shown last has reached the screen
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(INTERVAL)
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

    def wake(self) -> None:
        """Tick again, since there will be something to show."""
        if not self._timer.isActive():
            self._timer.start()

    def stop(self) -> None:
        """Tick no more."""
        self._timer.stop()

    @property
    def resting(self) -> bool:
        """Whether it ticks no more until it is woken."""
        return not self._timer.isActive()

    def event(self, event: QEvent) -> bool:
        if event.type() == self.drew:
            self._engine.window_drew()
            self.painted = True
            return True
        return super().event(event)

    def _tick(self) -> None:
        self._collect()
        # A frame made before the answer would show for a moment what was just changed.
        if self._waiting:
            return
        frame = self._engine.take()
        if frame is not None:
            self._engine.window_draws()
            self.painted = False
            self._show(frame)
            QCoreApplication.postEvent(self, QEvent(self.drew), AFTER_PAINTING)
        elif self._engine.idle:
            self._timer.stop()

    def _collect(self) -> None:
        for entry in [entry for entry in self._waiting if entry[0].done()]:
            self._waiting.remove(entry)
            future, answered, failed = entry
            error = future.exception()
            if error is not None:
                failed(error)
            elif answered is not None:
                answered(future.result())
