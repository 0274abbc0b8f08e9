"""What the window delivers while it trains, and what equations cost in it, measured on this machine."""

import math
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np
from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton

from core.arrays import Array
from core.datasets import DATASETS, Dataset
from core.datasets.dataset import Suggestion, Values
from core.errors import InputError
from core.frame import Frame
from core.kernels import KERNELS
from core.record import record
from core.session import Session, start_session
from core.spec import suggested
from playground.assembly import assemble
from playground.benchmarks.rows import Row
from ui.panels.deltas import DeltasPanel
from ui.panels.graph import GraphPanel
from ui.panels.learning import LearningPanel, eta_field
from ui.panels.loss import LossPanel

WARM_UP, SECONDS, ANSWERS, LOAD = 2.0, 10.0, 40, 0.15
UNITS, ETA, RECORDED = 4, 0.03, 1_000_000


@record
class Scene:
    """A session to train flat out, and what its window shall reach."""

    name: str
    session: Callable[[], Session]
    frames: float
    p99: float
    p95: float | None = None
    epochs: float | None = None
    answers: bool = False


def _circle(hidden: tuple[int, ...]) -> Session:
    spec = suggested("circle")
    return start_session(replace(spec, hidden=hidden, activations=("tanh",) * (len(hidden) + 1), batch=10))


def _many_inputs() -> Session:
    """64-32-10 on as many rows as scikit-learn's digits, of random numbers."""
    name = "random-64"
    if name not in DATASETS.names():
        suggestion = Suggestion((32,), "tanh", "softmax", "softmax-cross-entropy", 0.1, 32, 100, 0.1)
        DATASETS.add(Dataset(name, "Random", "Random numbers.", 64, 10, 1797, "one-hot", _random_rows, suggestion))
    return start_session(replace(suggested(name), train_share=1.0))


def _random_rows(rng: np.random.Generator, samples: int, noise: float) -> tuple[Array, Values]:
    return rng.uniform(0.0, 1.0, (samples, 64)), rng.integers(0, 10, samples)


SCENES = (
    Scene("2-4-2-1", lambda: _circle((4, 2)), frames=58, p99=25, p95=18, epochs=10_000, answers=True),
    Scene("8 hidden layers of 16", lambda: _circle((16,) * 8), frames=55, p99=30),
    Scene("64-32-10", _many_inputs, frames=55, p99=30),
)


def measure(skipped: Callable[[str], None]) -> Iterator[Row]:
    """Every scene in a window of its own, in the default layout at 1280×800 with the δ tab in front."""
    try:
        KERNELS["compiled"].prepare()
    except InputError as error:
        skipped(f"the compiled kernel in the window: {error}")
    for scene in SCENES:
        yield from WindowBench(scene).measure()
    # It is made of what stands here.
    from playground.benchmarks.equations import EquationsBench

    for scene in SCENES[:2]:
        yield from EquationsBench(scene).measure()


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

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.application = QApplication.instance() or QApplication(sys.argv[:1])
        assert isinstance(self.application, QApplication)
        self.controller = assemble(self.application, scene.session())
        self.window = self.controller.window
        self.window.show()
        self.window.bring_forward(DeltasPanel)
        self.paints = Paints(self.window.panel(GraphPanel).canvas)
        self.controller.set_speed(math.inf)
        self._stops: list[float] = []

    def measure(self) -> Iterator[Row]:
        """Frames while nobody touches it; how soon gestures are answered, if the scene asks for that."""
        self.controller.train()
        self._run(WARM_UP)
        self.paints.times.clear()
        first, began = self._frame(), time.perf_counter()
        self._run(SECONDS)
        last, elapsed = self._frame(), time.perf_counter() - began
        gaps = np.diff(self.paints.times) * 1e3
        scene, name = self.scene, self.scene.name
        yield Row(f"{name}: frames", len(gaps) / elapsed, "/s", at_least=scene.frames)
        for share, most in ((50, None), (95, scene.p95), (99, scene.p99)):
            yield Row(f"{name}: paint to paint p{share}", float(np.percentile(gaps, share)), "ms", at_most=most)
        rate = (last.epochs - first.epochs) / elapsed
        yield Row(f"{name}: epochs, {last.session.run.kernel} kernel", rate, "/s", at_least=scene.epochs)
        if scene.answers:
            yield from self._answers()
        self.finish()

    def finish(self) -> None:
        """Close the window."""
        self.controller.engine.pause()
        self.window.close()
        self._run(0.2)
        self.window.deleteLater()

    def _answers(self) -> Iterator[Row]:
        gestures = {
            "key to painted η": self._change_eta,
            "click to painted step": self._click_step,
            "click to painted layer": self._click_layer,
            "click to painted pause": self._click_pause,
        }
        for name, gesture in gestures.items():
            times = self._times(gesture)
            yield Row(f"{name} p50", float(np.percentile(times, 50)), "ms")
            yield Row(f"{name} p99", float(np.percentile(times, 99)), "ms", at_most=50)
        yield Row("click to the last update p99", float(np.percentile(self._stops, 99)), "ms", at_most=20)
        yield from self._recorded()

    def _recorded(self) -> Iterator[Row]:
        """What the losses of a million steps cost in each frame, drawn anew."""
        while self._frame().session.run.step < RECORDED:
            if not self.controller.engine.training:
                self.controller.train()
            self._run(0.5)
        self.controller.engine.pause()
        self._run(0.5)
        panel, frame, times = self.window.panel(LossPanel), self._frame(), list[float]()
        for _ in range(ANSWERS):
            began = time.perf_counter()
            panel.show_frame(replace(frame))
            panel.repaint()
            times.append((time.perf_counter() - began) * 1e3)
        held = sum(rows.nbytes for rows in frame.session.batch_losses.held) / 2**20
        steps = f"{frame.session.run.step:,} recorded losses"
        yield Row(f"{steps}: drawing them p95", float(np.percentile(times, 95)), "ms", at_most=5)
        yield Row(f"{steps}: memory", held, "MiB", at_most=50)

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
        click = self._click("Pause")

        def press() -> None:
            began = time.perf_counter()
            click()
            # Answered between two updates, after the pause: no update comes later.
            last = self.controller.engine.ask(lambda workbench: time.perf_counter()).result()
            self._stops.append((last - began) * 1e3)

        return self._answer(press, lambda frame: not frame.training)

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
