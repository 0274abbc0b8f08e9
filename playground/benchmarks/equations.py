"""What equations cost in the window: from a click to a formula, new or known, and the frames of a training."""

import time
from collections.abc import Iterator
from dataclasses import replace
from itertools import cycle, islice, pairwise

import numpy as np
from PySide6.QtCore import QCoreApplication, QEvent

from core.frame import Frame
from core.selection import Edge, Item, ItemChoice, Node
from core.workbench import Workbench
from playground.benchmarks.rows import Row
from playground.benchmarks.window import ANSWERS, LOAD, WARM_UP, Scene, WindowBench
from playground.pump import INTERVAL
from ui.panel import Panel
from ui.panels.author import AuthorPanel
from ui.panels.backprop import BackpropPanel
from ui.panels.paths import PathsPanel

NEW, KNOWN, FRAME = 150, 30, 2


class EquationsBench(WindowBench):
    """The window with the Backprop tab in front."""

    def __init__(self, scene: Scene) -> None:
        super().__init__(scene)
        self.panel = self.window.bring_forward(BackpropPanel)

    def measure(self) -> Iterator[Row]:
        """Formulas while it trains flat out; then frames, of which each has new numbers."""
        name = self.scene.name
        self.controller.train()
        self._run(WARM_UP)
        items = _items(self._frame().session.spec.sizes)[:ANSWERS]
        for kind, most in (("new", NEW), ("known", KNOWN)):
            times = [self._choose(item) for item in islice(cycle(items), len(items) if kind == "new" else ANSWERS)]
            yield Row(f"{name}: click to a {kind} formula p95", float(np.percentile(times, 95)), "ms", at_most=most)
        self.controller.engine.pause()
        self._run(LOAD)
        yield from self._cost("Backprop", self.panel)
        paths = self.window.bring_forward(PathsPanel)
        self._run(LOAD)
        yield from self._cost("Paths", paths)
        author = self.window.bring_forward(AuthorPanel)
        self._run(LOAD)
        yield from self._cost("Author", author)
        self.finish()

    def _choose(self, item: Item) -> float:
        self._run(LOAD)
        before = self.panel.equation.sheet.title
        choose = ItemChoice(item)
        return self._answer(
            lambda: self.controller.perform(choose), lambda _: self.panel.equation.sheet.title != before
        )

    def _cost(self, name: str, panel: Panel) -> Iterator[Row]:
        """What the frames of a training cost the window in this panel; some of them bring new numbers."""
        times: list[float] = []
        # The engine rests, and the event loop does not run: nobody else makes frames or draws them.
        workbench = self.controller.engine.ask(lambda workbench: workbench).result()
        self._run(LOAD)
        for _ in range(4 * ANSWERS):
            frame = _next_frame(workbench)
            time.sleep(INTERVAL / 1e3)
            began = time.perf_counter()
            panel.show_frame(frame)
            QCoreApplication.sendPostedEvents(self.window, QEvent.Type.UpdateRequest.value)
            times.append((time.perf_counter() - began) * 1e3)
        what = f"{self.scene.name}: {name} panel, a frame while training"
        yield Row(f"{what} mean", float(np.mean(times)), "ms", at_most=FRAME)
        yield Row(f"{what} p95", float(np.percentile(times, 95)), "ms")


def _items(sizes: tuple[int, ...]) -> list[Item]:
    """Hidden nodes, then weights, those of one layer after those of another."""
    nodes = [Node(k, j) for j in range(max(sizes)) for k in range(1, len(sizes) - 1) if j < sizes[k]]
    return [*nodes, *(Edge(k, i, j) for k, (n, m) in enumerate(pairwise(sizes), 1) for i in range(n) for j in range(m))]


def _next_frame(workbench: Workbench) -> Frame:
    """The frame after one more update, with all that panels want to have ready by now."""
    workbench.train(1)
    return workbench.prepared(replace(workbench.frame(), training=True, hurried=True))
