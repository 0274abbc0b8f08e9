"""`playground bench window`: what the window delivers while it trains, measured on this machine."""

import argparse
import json
import sys
import time
from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from core.frame import Frame
from core.session import start_session
from core.spec import suggested
from playground.app import SWITCH_SECONDS
from playground.assembly import assemble
from ui.panels.learning import eta_field

WARM_UP, SECONDS, ANSWERS = 2.0, 10.0, 50
AT_LEAST = {"frames/s": 50.0}
AT_MOST = {"paint to paint p95, ms": 25.0, "click to painted answer p99, ms": 50.0, "pause to painted answer, ms": 50.0}


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
        sys.setswitchinterval(SWITCH_SECONDS)
        self.application = QApplication(sys.argv[:1])
        self.controller = assemble(self.application, start_session(suggested("circle")))
        self.window = self.controller.window
        self.window.show()
        self.paints = Paints(self.window.graph)
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
        answers = [self._answer_to_key(turn) for turn in range(ANSWERS)]
        pause = self._answer(self.controller.train, lambda frame: not frame.training)
        self.window.close()
        return {
            "frames/s": len(gaps) / elapsed,
            "paint to paint p50, ms": float(np.percentile(gaps, 50)),
            "paint to paint p95, ms": float(np.percentile(gaps, 95)),
            "paint to paint p99, ms": float(np.percentile(gaps, 99)),
            "click to painted answer p50, ms": float(np.percentile(answers, 50)),
            "click to painted answer p99, ms": float(np.percentile(answers, 99)),
            "pause to painted answer, ms": pause,
            "epochs/s delivered": (last.epochs - first.epochs) / elapsed,
        }

    def _answer_to_key(self, turn: int) -> float:
        """Move the slider of η by a key, forth and back."""
        slider = eta_field(self.window.learning).slider
        before = self._frame().session.spec.eta
        key = Qt.Key.Key_Left if turn % 2 else Qt.Key.Key_Right
        self._run(0.03)
        return self._answer(lambda: QTest.keyClick(slider, key), lambda frame: frame.session.spec.eta != before)

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
