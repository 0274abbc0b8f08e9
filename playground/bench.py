"""`playground bench window`: what the window delivers while it trains, measured on this machine."""

import argparse
import json
import sys
import time
from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton

from core.frame import Frame
from core.session import start_session
from core.spec import suggested
from playground.assembly import assemble
from ui.panels.graph import GraphPanel
from ui.panels.learning import LearningPanel, eta_field

WARM_UP, SECONDS, ANSWERS, LOAD = 2.0, 10.0, 40, 0.15
UNITS, ETA = 4, 0.03
AT_LEAST = {"frames/s": 50.0}
AT_MOST = {
    "paint to paint p95, ms": 25.0,
    "key to painted η p99, ms": 50.0,
    "click to painted step p99, ms": 50.0,
    "click to painted layer p99, ms": 50.0,
    "click to painted pause p99, ms": 50.0,
}


def main(arguments: argparse.Namespace) -> int:
    """Measure, and print a table or one JSON object; 0 when every goal is met, else 1."""
    rows = WindowBench().measure()
    if getattr(arguments, "json", False):
        print(json.dumps(rows))
    else:
        print("The window training 2-4-2-1 on circle, batch 10, at maximum speed; default layout, 1280×800:")
        for name, value in rows.items():
            print(f"  {name:<34}{value:>10,.1f}  {goal(name)}{'' if met(name, value) else '  NOT MET'}")
    return 0 if all(met(name, value) for name, value in rows.items()) else 1


def met(name: str, value: float) -> bool:
    """Whether a row reaches its goal; rows without one do."""
    return AT_LEAST.get(name, value) <= value <= AT_MOST.get(name, value)


def goal(name: str) -> str:
    """A row's goal in words."""
    if name in AT_LEAST:
        return f"≥ {AT_LEAST[name]:g}"
    return f"≤ {AT_MOST[name]:g}" if name in AT_MOST else ""


class Paints(QObject):
    """Notes when a widget is painted."""

    def __init__(self, watched: QObject) -> None:
        super().__init__()
        self.times: list[float] = []
        watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self.times.append(time.perf_counter())
        return False


class WindowBench:
    """The real window with its thread, driven by real events."""

    def __init__(self) -> None:
        self.application = QApplication(sys.argv[:1])
        self.controller = assemble(self.application, start_session(suggested("circle")))
        self.window = self.controller.window
        self.window.show()
        self.paints = Paints(self.window.panel(GraphPanel).canvas)
        self.controller.set_speed(float("inf"))

    def measure(self) -> dict[str, float]:
        """All rows, in milliseconds or per second."""
        self.controller.train()
        self._run(WARM_UP)
        self.paints.times.clear()
        first, began = self._frame(), time.perf_counter()
        self._run(SECONDS)
        last, elapsed = self._frame(), time.perf_counter() - began
        gaps = np.diff(self.paints.times) * 1e3
        answers = {
            "key to painted η": self._times(self._change_eta),
            "click to painted step": self._times(self._click_step),
            "click to painted layer": self._times(self._click_layer),
            "click to painted pause": self._times(self._click_pause),
        }
        self.window.close()
        return {
            "frames/s": len(gaps) / elapsed,
            **{f"paint to paint p{share}, ms": float(np.percentile(gaps, share)) for share in (50, 95, 99)},
            **{
                f"{name} p{share}, ms": float(np.percentile(times, share))
                for name, times in answers.items()
                for share in (50, 99)
            },
            "epochs/s delivered": (last.epochs - first.epochs) / elapsed,
        }

    def _times(self, gesture: Callable[[], float]) -> list[float]:
        """How long that gesture takes, each time from full load."""
        times: list[float] = []
        for _ in range(ANSWERS):
            if not self.controller.engine.training:
                self.controller.train()
            self._run(LOAD)
            times.append(gesture())
        return times

    def _change_eta(self) -> float:
        """Move the slider of η by a key, forth and back."""
        slider = eta_field(self.window.panel(LearningPanel)).slider
        before = self._frame().session.spec.eta
        key = Qt.Key.Key_Left if before > ETA else Qt.Key.Key_Right
        return self._answer(lambda: QTest.keyClick(slider, key), lambda frame: frame.session.spec.eta != before)

    def _click_step(self) -> float:
        before = self._frame().session.run.step
        return self._answer(
            self._click("Step batch"), lambda frame: not frame.training and frame.session.run.step > before
        )

    def _click_layer(self) -> float:
        """A hidden unit more or less: the network starts anew and is drawn anew."""
        before = self._frame().session.spec.hidden
        button = f"One unit {'less' if before[0] > UNITS else 'more'} in Hidden 1"
        return self._answer(self._click(button), lambda frame: frame.session.spec.hidden != before)

    def _click_pause(self) -> float:
        return self._answer(self._click("Pause"), lambda frame: not frame.training)

    def _click(self, name: str) -> Callable[[], object]:
        """Pressing and releasing the mouse over a button, through the window's own door for input."""
        button = next(
            each for each in self.window.findChildren(QToolButton) if each.accessibleName() == name and each.isVisible()
        )
        place, handle = button.mapTo(self.window, button.rect().center()), self.window.windowHandle()
        return lambda: QTest.mouseClick(handle, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)

    def _answer(self, gesture: Callable[[], object], shown: Callable[[Frame], bool]) -> float:
        asked = time.perf_counter()
        gesture()
        self._run(2.0, lambda: shown(self._frame()))
        return (time.perf_counter() - asked) * 1e3

    def _run(self, seconds: float, done: Callable[[], bool] = lambda: False) -> None:
        """Let the application run in its own event loop, until a frame on the screen is what is waited for."""
        loop = QEventLoop()

        def look() -> None:
            if done():
                loop.quit()

        painted = self.controller.pump.painted.connect(look)
        QTimer.singleShot(round(seconds * 1e3), loop, loop.quit)
        loop.exec()
        self.controller.pump.painted.disconnect(painted)

    def _frame(self) -> Frame:
        if self.controller.frame is None:
            self._run(2.0, lambda: self.controller.frame is not None)
        assert self.controller.frame is not None
        return self.controller.frame
