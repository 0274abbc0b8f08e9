"""Seven minutes at full speed in the real window: what its memory grows by."""

import math
import sys
import time
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any

import numpy as np
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from core.errors import InputError
from core.kernels import KERNELS
from core.session import start_session
from core.spec import suggested
from playground.assembly import assemble
from playground.benchmarks.rows import Row

WARM_UP, MINUTES, EVERY = 30.0, 7.0, 5.0


def measure(skipped: Callable[[str], None]) -> Iterator[Row]:
    """The slope of a straight line through the memory of each five seconds, after a warm-up."""
    try:
        psutil: Any = import_module("psutil")
    except ImportError:
        skipped("the soak, which needs psutil (python -m pip install psutil)")
        return
    try:
        KERNELS["compiled"].prepare()
    except InputError as error:
        skipped(f"the compiled kernel in the soak: {error}")
    application = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(application, QApplication)
    controller = assemble(application, start_session(suggested("circle")))
    controller.window.show()
    controller.set_speed(math.inf)
    controller.train()
    _wait(WARM_UP)
    process: Any = psutil.Process()
    times, sizes = list[float](), list[float]()
    began = time.monotonic()
    while (now := time.monotonic() - began) < MINUTES * 60:
        times.append(now / 60)
        sizes.append(process.memory_info().rss / 2**20)
        _wait(EVERY)
    slope = float(np.polyfit(times, sizes, 1)[0])
    frame = controller.frame
    steps = frame.session.run.step if frame is not None else 0
    controller.window.close()
    yield Row(f"memory after {steps:,} steps", sizes[-1], "MiB", at_most=350)
    yield Row("growth of the memory a minute", slope, "MiB", at_most=0.5)


def _wait(seconds: float) -> None:
    loop = QEventLoop()
    QTimer.singleShot(round(seconds * 1e3), loop.quit)
    loop.exec()
