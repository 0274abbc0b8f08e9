"""What every test may rely on: no window on the screen, the user's settings left alone, nothing left over."""

import gc
import os
import threading
from collections.abc import Iterator
from weakref import WeakSet

import pytest
from hypothesis import settings

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QCoreApplication, QEvent, QStandardPaths, QThread, QTimer
from PySide6.QtWidgets import QApplication
from shiboken6 import Shiboken

from core.kernels import compiled_kernel

QStandardPaths.setTestModeEnabled(True)

# How long an example takes is the machine's affair; the examples are what is tested.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")

kept: WeakSet[QTimer | QThread] = WeakSet()


def pytest_collection_finish() -> None:
    """What was imported stays."""
    set_aside()


@pytest.fixture(autouse=True)
def _nothing_outlives_its_test(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test with Qt that leaves a window, a thread or a running timer to the tests after it."""
    if "qapp" not in request.fixturenames:
        yield
        return
    request.getfixturevalue("qapp")
    set_aside()
    before = {**threads(), **windows()}
    yield
    if not left_behind(before):
        return
    gc.collect()  # or was it only a cycle that nobody had collected yet?
    left = left_behind(before)
    for thing in left:
        if isinstance(thing, QTimer):
            thing.stop()  # so that the next test is not blamed for it
    if left:
        pytest.fail(f"left behind: {left}", pytrace=False)


@pytest.fixture(autouse=True)
def _kernels_are_as_at_the_start() -> Iterator[None]:
    """Which kernel serves shall not depend on the tests before: only NumPy's is ready at first."""
    yield
    compiled_kernel.machine_code.cache_clear()


def threads() -> dict[int, object]:
    """Python's threads, by identity."""
    return {id(thread): thread for thread in threading.enumerate()}


def windows() -> dict[int, object]:
    """The top-level widgets, by their address in C++: Python may make a new wrapper at each look."""
    return {Shiboken.getCppPointer(widget)[0]: widget for widget in QApplication.topLevelWidgets()}


def set_aside() -> None:
    """Have the garbage collector look only through what comes from now on; of timers and threads we keep a list.

    Looking through all that there is, after each test, was a third of the time that a test with Qt took.
    """
    gc.collect()
    kept.update(held())
    gc.freeze()


def held() -> list[QTimer | QThread]:
    """The timers and threads of Qt that Python holds and that were not set aside."""
    return [thing for thing in gc.get_objects() if issubclass(type(thing), (QTimer, QThread))]


def running() -> dict[int, object]:
    """The timers and threads of Qt that run, as far as Python holds them."""
    return {id(thing): thing for thing in (*held(), *kept) if Shiboken.isValid(thing) and runs(thing)}


def runs(thing: QTimer | QThread) -> bool:
    """Whether a timer ticks or a thread works."""
    return thing.isActive() if isinstance(thing, QTimer) else thing.isRunning()


def left_behind(before: dict[int, object]) -> list[object]:
    """All that is alive, and was not before, once Qt has deleted what it was asked to delete."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QCoreApplication.processEvents()
    now = {**threads(), **windows(), **running()}
    return [thing for identity, thing in now.items() if identity not in before]
