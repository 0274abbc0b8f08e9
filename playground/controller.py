"""Joins the window's actions and gestures to the engine, and the engine's frames to the window."""

import math
import sys
from types import ModuleType
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QInputDialog, QLineEdit

from core import edits
from core.errors import InputError
from core.frame import Frame, pointing_at
from core.selection import ItemChoice, PhaseChoice, PhaseStep, StepBack, StepChoice
from core.spec import Spec
from core.workbench import Workbench
from playground.engine import Engine
from playground.files import Files
from playground.preferences import Preferences
from playground.pump import Pump
from ui.fields.whole_box import no_whole_number, whole_number
from ui.freezing import freeze_or_thaw, parameter_of
from ui.main_window import MainWindow
from ui.panels.data import DataPanel
from ui.panels.learning import LearningPanel
from ui.toolbar import DEFAULT_SPEED

MOST_EPOCHS = 10_000_000


class Controller(QObject):
    """Lives as long as its window."""

    def __init__(self, window: MainWindow, engine: Engine, preferences: Preferences) -> None:
        super().__init__(window)
        self.window, self.engine, self.preferences = window, engine, preferences
        self.pump = Pump(engine, self._show_frame, self.show_error, self)
        self._frame: Frame | None = None
        self._speed = DEFAULT_SPEED
        self.files = Files(self)
        self.pump.watch(window)
        # First the window, then what takes long to load.
        self.pump.painted.connect(
            lambda: QTimer.singleShot(0, window, window.complete), Qt.ConnectionType.SingleShotConnection
        )
        if preferences.file.trouble:
            window.say(preferences.file.trouble)
        engine.set_speed(self._speed)
        window.edited.connect(self.perform)
        window.closing.connect(self.close)
        window.toolbar.speed_changed.connect(self.set_speed)
        for name, action in window.actions_by_name.items():
            slot = getattr(self, name, None)
            if slot is not None:
                action.triggered.connect(slot)
        self.pump.wake()

    @property
    def frame(self) -> Frame | None:
        """The frame that the window shows."""
        return self._frame

    @property
    def spec(self) -> Spec | None:
        """The choices that the window shows."""
        return None if self._frame is None else self._frame.session.spec

    def perform(self, gesture: Any) -> None:
        """Do what a panel asked for."""
        if isinstance(gesture, StepChoice | StepBack | PhaseChoice | PhaseStep):
            self.engine.pause()
        self.pump.ask(lambda workbench: workbench.perform(gesture))
        if isinstance(gesture, ItemChoice) and self._frame is not None:
            # The numbers are there already: only what is pointed at changes.
            self.pump.show(pointing_at(self._frame, gesture.item))

    def set_speed(self, steps_per_second: float) -> None:
        """Train at that speed; infinity is as fast as possible."""
        if not math.isinf(steps_per_second):
            self._speed = steps_per_second
        self.engine.set_speed(steps_per_second)
        self.window.toolbar.show_speed(steps_per_second)
        self.window.actions_by_name["maximum"].setChecked(math.isinf(steps_per_second))

    def train(self) -> None:
        """Train or pause."""
        if self.engine.training:
            self.engine.pause()
        else:
            self.window.say("")
            self.engine.train()
        self.pump.wake()

    def train_epochs(self, epochs: int) -> None:
        """Train so many epochs from here, then pause."""
        if self._frame is not None:
            self.engine.train(until_epoch=self._frame.session.run.epoch + epochs)
            self.pump.wake()

    def run_epochs(self) -> None:
        """Ask for how many epochs, and train them."""
        text, agreed = QInputDialog.getText(
            self.window, "Run epochs", "Epochs to train, then pause:", QLineEdit.EchoMode.Normal, "100"
        )
        epochs = whole_number(text)
        if agreed and epochs is not None and 1 <= epochs <= MOST_EPOCHS:
            self.train_epochs(epochs)
        elif agreed:
            self.window.say(no_whole_number("The number of epochs", text, 1, MOST_EPOCHS))

    def step_sample(self) -> None:
        self._step(Workbench.step_sample)

    def step_batch(self) -> None:
        self._step(Workbench.step_batch)

    def step_epoch(self) -> None:
        self._step(Workbench.step_epoch)

    def step_phase(self) -> None:
        self._step(lambda workbench: workbench.step_phase(1))

    def phase_back(self) -> None:
        self._step(lambda workbench: workbench.step_phase(-1))

    def play_phases(self) -> None:
        # Loaded with the late panels, not with the program.
        from ui.panels.backprop import BackpropPanel

        self.window.panel(BackpropPanel).toggle_play()

    def last_or_next(self) -> None:
        """Explain the chosen weight or bias by the update that made it, or by the next one."""
        from ui.panels.backprop import BackpropPanel

        if self._frame is None or parameter_of(self._frame, self._frame.chosen) is None:
            self.window.say("Choose an edge, or a node with a bias, and its last and next update can be told.")
        else:
            self.window.bring_forward(BackpropPanel).turn()

    def maximum(self, on: bool) -> None:
        self.set_speed(math.inf if on else self._speed)

    def step_back(self) -> None:
        self.perform(StepBack())

    def to_end(self) -> None:
        if self._frame is not None:
            self.perform(StepChoice(self._frame.session.whole.run.step))

    def branch(self) -> None:
        self.perform(edits.branch())

    def compare_here(self) -> None:
        # Loaded with the late panels, not with the program.
        from ui.panels.compare import ComparePanel

        self.window.bring_forward(ComparePanel).remember()

    def check_gradients(self) -> None:
        from ui.panels.check import CheckPanel

        self.window.bring_forward(CheckPanel).begin()

    def what_if(self) -> None:
        from ui.panels.what_if import WhatIfPanel

        self.window.bring_forward(WhatIfPanel).take_the_value()

    def freeze(self) -> None:
        """Freeze what is chosen, or have it learn again."""
        item = None if self._frame is None else parameter_of(self._frame, self._frame.chosen)
        if self._frame is None or item is None:
            self.window.say("Choose an edge, or a node with a bias, and it can be frozen.")
        else:
            self.perform(freeze_or_thaw(self._frame, item))

    def break_it(self) -> None:
        from ui.panels.break_it import BreakItPanel

        self.window.bring_forward(BreakItPanel)

    def heal(self) -> None:
        self.perform(edits.heal())

    def reset(self) -> None:
        self.perform(edits.reset())

    def new_seed(self) -> None:
        self.perform(edits.new_seed())

    def undo(self) -> None:
        self.pump.ask(Workbench.undo)

    def redo(self) -> None:
        self.pump.ask(Workbench.redo)

    def full_screen(self, on: bool) -> None:
        if self.window.stage is not None:
            # The panel that stands alone is what fills the screen.
            self.window.stage.close()
        else:
            self.window.fill_screen(on)

    def panel_alone(self) -> None:
        """Show the panel with the focus on the whole screen, or bring it back."""
        self.window.show_alone(self.window.panel_with_focus())

    def next_panel(self) -> None:
        self.window.focus_next_panel()

    def next_sample(self) -> None:
        self.window.panel(DataPanel).choose_next(+1)

    def previous_sample(self) -> None:
        self.window.panel(DataPanel).choose_next(-1)

    def type_weights(self) -> None:
        self.window.panel(LearningPanel).type_weights()

    def help(self) -> None:
        _books().show_help(self.window)

    def keys(self) -> None:
        _books().show_keys(self.window)

    def about(self) -> None:
        _books().show_about(self.window)

    def quit(self) -> None:
        self.window.close()

    def close(self) -> None:
        """End the thread and the ticking."""
        self.pump.stop()
        self.engine.close()

    def _step(self, step: Any) -> None:
        self.engine.pause()
        self.pump.ask(step)

    def _show_frame(self, frame: Frame) -> None:
        # A notice speaks once: training does not wipe out what was said about a file.
        if frame.notice and (self._frame is None or frame.notices != self._frame.notices):
            self.window.say(frame.notice)
        self._frame = frame
        self.window.show_frame(frame)

    def show_error(self, error: BaseException) -> None:
        """Say what went wrong, and show again what is."""
        if isinstance(error, InputError):
            self.window.say(str(error))
        elif isinstance(error, MemoryError):
            self.window.say(
                "There is not enough memory for this; undo, or choose fewer samples, units or a smaller batch."
            )
        else:
            self.window.say(f"A fault in the program stopped this, and nothing is lost: {error!r}.")
            sys.excepthook(type(error), error, error.__traceback__)
        QApplication.beep()
        if self._frame is not None:
            # The widget that asked shows again what is.
            self.window.show_again(self._frame)


def _books() -> ModuleType:
    """Help, keys and About: loaded when somebody asks for them."""
    from playground import about

    return about
