"""A monkey at the window: thousands of clicks, drags, keys, words, turns of the wheel and sizes, with training on.

Any exception and any warning of Qt fails the test. The same seed does the same again.
"""

import random

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QInputDialog, QWidget

from core import edits
from ui.actions import COMMANDS

EVENTS, PIECES = 10_000, 8
DATASETS = ("xor", "circle", "spiral", "blobs-4", "sine", "parity-4")
KEYS = [
    getattr(Qt.Key, f"Key_{name}")
    for name in (
        *("Left", "Right", "Up", "Down", "Tab", "Backtab", "Space", "Return", "Escape", "Home", "End", "PageUp"),
        *("PageDown", "Delete", "Plus", "Minus", "F", "S", "B", "E", "M", "N", "R", "T", "U", "1", "5", "F6"),
    )
]
WORDS = ("0.5", "1e-3", "-7", "nan", "99", "ä€", "0,25", "", "3 4", "\t")
BUTTONS = (
    Qt.MouseButton.LeftButton,
    Qt.MouseButton.LeftButton,
    Qt.MouseButton.RightButton,
    Qt.MouseButton.MiddleButton,
)
HARMLESS = [command.name for command in COMMANDS if command.name != "quit"]


class Monkey:
    """Does one random thing after another to the widgets that can be seen."""

    def __init__(self, application, seed):
        self.window, self.controller = application.window, application.controller
        self.random = random.Random(seed)

    def act(self):
        things = (self.click, self.drag, self.press, self.write, self.wheel, self.resize, self.command, self.load)
        self.random.choices(things, (30, 12, 25, 8, 12, 2, 3, 3))[0]()
        if self.random.random() < 0.05 and not self.controller.engine.training:
            self.controller.train()
        QApplication.processEvents()

    def target(self):
        """A window's own door for input, and a place: Qt finds the widget, which may be gone a moment later."""
        window = self.random.choice([None, None, QGuiApplication.focusWindow()]) or self.window.windowHandle()
        return window, QPoint(self.random.randrange(window.width() or 1), self.random.randrange(window.height() or 1))

    def click(self):
        window, place = self.target()
        kind = QTest.mouseDClick if self.random.random() < 0.1 else QTest.mouseClick
        modifier = self.random.choice((Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier))
        kind(window, self.random.choice(BUTTONS), modifier, place)

    def drag(self):
        window = self.window.windowHandle()
        _, place = self.target()
        button = self.random.choice(BUTTONS)
        for step in range(4):
            # A place may have come to lie outside since.
            place = QPoint(min(place.x(), window.width() - 1), min(place.y(), window.height() - 1))
            if step:
                QTest.mouseMove(window, place)
            else:
                QTest.mousePress(window, button, Qt.KeyboardModifier.NoModifier, place)
            place += QPoint(self.random.randint(-60, 60), self.random.randint(-60, 60))
            place = QPoint(max(place.x(), 0), max(place.y(), 0))
        place = QPoint(min(place.x(), window.width() - 1), min(place.y(), window.height() - 1))
        QTest.mouseRelease(window, button, Qt.KeyboardModifier.NoModifier, place)

    def press(self):
        window, _ = self.target()
        modifier = self.random.choice((Qt.KeyboardModifier.NoModifier,) * 5 + (Qt.KeyboardModifier.ShiftModifier,))
        if window is not self.window.windowHandle():
            # A key may close a dialog; the Shift that QTest lets go after it would find no window any more.
            modifier = Qt.KeyboardModifier.NoModifier
        QTest.keyClick(window, self.random.choice(KEYS), modifier)

    def write(self):
        for letter in self.random.choice(WORDS):
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                event = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter)
                QApplication.sendEvent(self.window.windowHandle(), event)

    def wheel(self):
        window, place = self.target()
        QTest.wheelEvent(window, QPointF(place), QPoint(0, self.random.choice((-120, 120, 360))))

    def resize(self):
        self.window.resize(self.random.randint(300, 2000), self.random.randint(200, 1300))

    def command(self):
        self.window.actions_by_name[self.random.choice(HARMLESS)].trigger()

    def load(self):
        self.controller.perform(edits.choose_dataset(self.random.choice(DATASETS)))


@pytest.fixture
def popups_close():
    """Menus and dialogs run their own event loops: close them, as somebody would."""

    def close():
        open_now = [QApplication.activePopupWidget(), QApplication.activeModalWidget()]
        for widget in filter(None, open_now):
            if isinstance(widget, QDialog):
                widget.reject()
            else:
                widget.close()

    timer = QTimer()
    timer.timeout.connect(close)
    timer.start(5)
    yield
    timer.stop()


@pytest.fixture
def answers(monkeypatch, tmp_path):
    """What the system's own dialogs would answer."""
    weights = str(tmp_path / "monkey.json")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (weights, ""))
    names = iter([weights, str(tmp_path / "picture.png"), ""] * EVENTS)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (next(names), ""))
    monkeypatch.setattr(QInputDialog, "getText", lambda *_: ("3", True))


@pytest.mark.usefixtures("popups_close", "answers")
@pytest.mark.parametrize("seed", range(PIECES))
def test_nothing_breaks_the_window(application, seed, capsys):
    opened = application("circle")
    opened.controller.set_speed(float("inf"))
    opened.controller.train()
    opened.window.actions_by_name["quit"].setEnabled(False)
    monkey = Monkey(opened, seed)
    for _ in range(EVENTS // PIECES):
        monkey.act()
        if not opened.window.isVisible():
            opened.window.show()
    for widget in QApplication.topLevelWidgets():
        if isinstance(widget, QWidget) and widget is not opened.window and widget.parent() is opened.window:
            widget.close()
    opened.settle_paused()
    docks = opened.window.docks.by_name.values()
    assert all(dock.isEnabled() for dock in docks if dock.isVisible() and not dock.visibleRegion().isEmpty())
    engine = opened.controller.engine
    assert engine.idle, (engine.closed, engine.training, opened.controller.pump.resting)
    assert capsys.readouterr().err == ""
