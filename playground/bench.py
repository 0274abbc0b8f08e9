"""`playground bench window`: what the window delivers while it trains, measured on this machine."""

import argparse
import json
import sys
import time
from collections.abc import Callable
from typing import Any

import numpy as np

WARM_UP, SECONDS, ANSWERS = 2.0, 10.0, 40
GOALS = {"frames a second": (50.0, "least"), "paint to paint p95, ms": (25.0, "most"), "answer p99, ms": (50.0, "most")}


def main(arguments: argparse.Namespace) -> int:
    """Measure and print a table, or one JSON object; 0 when every goal is met, else 1."""
    rows = measure_window()
    met = {name: _met(name, value) for name, value in rows.items()}
    if getattr(arguments, "json", False):
        print(json.dumps(rows))
    else:
        print("2-4-2-1 on circle, batch 10, maximum speed, default layout at 1280×800")
        for name, value in rows.items():
            print(f"  {name:<28} {value:>12,.1f}  {_goal(name)}{'' if met[name] else '  NOT MET'}")
    return 0 if all(met.values()) else 1


def measure_window() -> dict[str, float]:
    """Frames, paint-to-paint times, answers to a click and training delivered, in the real window."""
    from PySide6.QtCore import QEvent, QObject
    from PySide6.QtWidgets import QApplication

    from core import edits
    from core.session import start_session
    from core.spec import suggested
    from playground.app import SWITCH_SECONDS
    from playground.assembly import assemble

    class Paints(QObject):
        """Notes when the network was painted."""

        def __init__(self) -> None:
            super().__init__()
            self.times: list[float] = []

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint:
                self.times.append(time.perf_counter())
            return False

    sys.setswitchinterval(SWITCH_SECONDS)
    application = QApplication(sys.argv[:1])
    controller = assemble(application, start_session(suggested("circle")))
    window = controller.window
    window.resize(1280, 800)
    window.show()
    paints = Paints()
    window.graph.installEventFilter(paints)
    controller.set_speed(float("inf"))
    controller.train()

    def run_for(seconds: float, done: Callable[[], bool] = lambda: False) -> None:
        end = time.perf_counter() + seconds
        while time.perf_counter() < end and not done():
            application.processEvents(application_flags, 5)

    application_flags = _all_events()
    run_for(WARM_UP)
    paints.times.clear()
    first, began = controller.frame, time.perf_counter()
    run_for(SECONDS)
    last, elapsed = controller.frame, time.perf_counter() - began
    gaps = np.diff(paints.times) * 1e3
    assert first is not None and last is not None
    answers: list[float] = []
    for turn in range(ANSWERS):
        eta = 0.03 + 1e-6 * turn
        asked = time.perf_counter()
        controller.perform(edits.choose("η", eta=eta))
        paints.times.clear()
        run_for(1.0, lambda eta=eta: _shows(controller, eta) and bool(paints.times) and paints.times[-1] > asked)
        answers.append((time.perf_counter() - asked) * 1e3)
        run_for(0.05)
    asked = time.perf_counter()
    controller.train()
    run_for(1.0, lambda: controller.frame is not None and not controller.frame.training)
    pause = (time.perf_counter() - asked) * 1e3
    window.close()
    return {
        "frames a second": len(gaps) / elapsed,
        "paint to paint p50, ms": float(np.percentile(gaps, 50)),
        "paint to paint p95, ms": float(np.percentile(gaps, 95)),
        "paint to paint p99, ms": float(np.percentile(gaps, 99)),
        "answer p50, ms": float(np.percentile(answers, 50)),
        "answer p99, ms": float(np.percentile(answers, 99)),
        "pause, ms": pause,
        "epochs a second": (last.epochs - first.epochs) / elapsed,
    }


def _all_events() -> Any:
    from PySide6.QtCore import QEventLoop

    return QEventLoop.ProcessEventsFlag.AllEvents | QEventLoop.ProcessEventsFlag.WaitForMoreEvents


def _shows(controller: Any, eta: float) -> bool:
    return controller.frame is not None and controller.frame.session.spec.eta == eta


def _met(name: str, value: float) -> bool:
    goal, kind = GOALS.get(name, (value, "least"))
    return value >= goal if kind == "least" else value <= goal


def _goal(name: str) -> str:
    if name not in GOALS:
        return ""
    goal, kind = GOALS[name]
    return f"goal {'≥' if kind == 'least' else '≤'} {goal:g}"
