"""The time line of the run, at the bottom of the window: any step of it, one step back, and its end."""

from collections.abc import Mapping

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QSlider, QToolButton, QWidget

from core.frame import Frame
from core.selection import StepChoice
from ui.theme import Theme
from ui.throttle import Description, Throttle

LEAST_WIDTH, WIDTH, ICON = 72, 240, 14
MOVES_A_SECOND = 4
# Qt's sliders count to 2³¹; a run may be longer.
MOST_POSITIONS = 2**30
PAGES = 20


def whereabouts(frame: Frame) -> str:
    """Where in the run a frame stands: its step and, when that was gone back to, what that means."""
    session = frame.session
    step = f"step {session.run.step:,}"
    if session.ahead is None:
        return step
    return f"{step} of {session.whole.run.step:,}"


class TimeLine(QWidget):
    """`edited` asks for a step; while one is being fetched, only the newest that was asked for since is kept."""

    edited = Signal(object)

    def __init__(self, actions: Mapping[str, QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._actions = actions
        self._frame: Frame | None = None
        self._fetching = False
        self._wanted: int | None = None
        self._width = WIDTH
        self._due = Throttle(MOVES_A_SECOND)
        self.slider = QSlider(Qt.Orientation.Horizontal, self)
        self.slider.setAccessibleName("Time line: step of the run")
        self.slider.setToolTip(
            "Drag to any earlier step of this run; training pauses, and everything is as it was then. Training goes on"
            " from there as it did; a change there branches off. ← and →: one step."
        )
        self.slider.valueChanged.connect(self._choose)
        self._spoken = Description(self.slider, self._words)
        self._buttons = [self._button(name) for name in ("step_back", "to_end")]
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self._buttons[0])
        row.addWidget(self.slider, 1)
        row.addWidget(self._buttons[1])

    def show_frame(self, frame: Frame) -> None:
        """Stand where the frame stands, unless the user is on the way to another step."""
        session = frame.session
        self._frame, self._fetching = frame, False
        self._actions["step_back"].setEnabled(bool(session.run.step or session.run.seen))
        for name in ("to_end", "branch"):
            self._actions[name].setEnabled(session.ahead is not None)
        if self._wanted is not None:
            step, self._wanted = self._wanted, None
            self._ask(step)
        elif not self.slider.isSliderDown() and self._due.due(frame):
            self._stand(frame)

    def sizeHint(self) -> QSize:
        return QSize(self._width, super().sizeHint().height())

    def show_again(self, frame: Frame) -> None:
        """Stand where the frame stands, whatever was asked for."""
        self._wanted = None
        self.show_frame(frame)

    def dress(self, theme: Theme) -> None:
        """Take over colours and zoom."""
        self.slider.setMinimumWidth(round(LEAST_WIDTH * theme.zoom))
        self._width = round(WIDTH * theme.zoom)
        for button in self._buttons:
            button.setIconSize(QSize(ICON, ICON) * theme.zoom)

    def _stand(self, frame: Frame) -> None:
        last = frame.session.whole.run.step
        with QSignalBlocker(self.slider):
            self.slider.setRange(0, last // self._scale)
            self.slider.setPageStep(max(1, self.slider.maximum() // PAGES))
            self.slider.setValue(frame.session.run.step // self._scale)
        self.slider.setEnabled(last > 0)
        self._spoken.renew()

    @property
    def _scale(self) -> int:
        """So many steps are one position of the slider: one, but for the longest runs."""
        return 1 if self._frame is None else 1 + self._frame.session.whole.run.step // MOST_POSITIONS

    def _choose(self, position: int) -> None:
        if self._frame is None:
            return
        last = self._frame.session.whole.run.step
        self._ask(last if position == self.slider.maximum() else position * self._scale)

    def _ask(self, step: int) -> None:
        if self._fetching:
            self._wanted = step
        elif self._frame is not None and (self._frame.training or step != self._frame.session.run.step):
            self._fetching = True
            self.edited.emit(StepChoice(step))

    def _words(self) -> str:
        return "" if self._frame is None else whereabouts(self._frame)

    def _button(self, name: str) -> QToolButton:
        action = self._actions[name]
        button = QToolButton(self)
        button.setProperty("role", "quiet")
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setDefaultAction(action)
        button.setAccessibleName(action.text())
        return button
