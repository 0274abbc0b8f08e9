"""What the network answers: a surface for two inputs, a curve for one, row by row for more."""

from PySide6.QtCore import QSize, QTimer
from PySide6.QtGui import QAccessible, QAction, QShowEvent
from PySide6.QtWidgets import QMenu, QSizePolicy, QToolButton, QWidget

from core.frame import Frame
from core.selection import OwnInput, SampleChoice
from ui.output.comparison import ComparisonView
from ui.output.curve import CurveView
from ui.output.plane import PlaneView
from ui.output.probe import ProbedPicture
from ui.output.reading import place_in_words, quality_in_words, row_in_words, sample_in_words
from ui.output.view import Look, View
from ui.panel import Panel
from ui.resources import icon
from ui.surface import coarse_while_training
from ui.theme import Theme
from ui.throttle import Throttle

ICON = 14
QUIET = 100  # milliseconds
KEYS = "Arrow keys move a probe, Enter chooses the row or asks the network there."


class OutputPanel(Panel):
    """A click on a point chooses its row, a click elsewhere asks the network; the mouse reads the output anywhere."""

    title = "Output"
    rate = 30

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.picture = ProbedPicture(self)
        self.picture.probed.connect(self._probe)
        self.picture.pressed.connect(self._mean)
        self.setFocusProxy(self.picture)
        self.header.value.setToolTip("What the network answers there; of several outputs the largest.")
        self._curve, self._plane, self._comparison = CurveView(), PlaneView(), ComparisonView()
        self._prepared: tuple[object, ...] = ()
        self._spoken = Throttle(1)
        self._rest = QTimer(self)
        self._rest.timeout.connect(self._refine)
        self.test = QAction("Test rows", self)
        self.test.setToolTip("Show the rows that are held back from training, as diamonds.")
        self.discrete = QAction("Discretise", self)
        self.discrete.setToolTip("Show which class each place is read as, and the border between the classes.")
        self.tool = self._make_tool()
        self.header.add_tool(self.tool)
        self.body.setContentsMargins(12, 0, 12, 6)
        self.body.addWidget(self.picture)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)

    @property
    def look(self) -> Look:
        """What the user has chosen to see."""
        return Look(self.theme, self.test.isChecked(), self.discrete.isChecked())

    def draw(self, frame: Frame) -> None:
        session, look, view = frame.session, self.look, self._view(frame)
        # Not by the hidden layers: the points, which take longest, stay where they are when one changes.
        kind = (view, session.data, session.spec.sizes[-1], look, coarse_while_training(session.run.network))
        if kind != self._prepared:
            self._prepared = kind
            self.picture.setAccessibleName(view.name)
            self.test.setEnabled(session.data.train < len(session.data.x))
            self.discrete.setEnabled(session.data.encoding is not None and view is self._plane)
            view.prepare(frame, look, self.picture)
            self.picture.forget()
        view.draw(frame, look, self.picture)
        self.header.value.say(self._words(frame))
        if QAccessible.isActive() and self._spoken.heard(frame):
            self._speak(frame)
        self._wait()

    def come_in_sight(self, seen: bool) -> None:
        super().come_in_sight(seen)
        self._wait()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._wait()

    def show_theme(self, theme: Theme) -> None:
        super().show_theme(theme)
        self.tool.setIcon(icon("eye", theme.secondary))
        self.tool.setIconSize(QSize(1, 1) * round(ICON * theme.zoom))

    def description(self, frame: Frame) -> str:
        """What there is to see, for who cannot see it."""
        probed = "" if self.picture.probe is None else f" {self._words(frame, brief=False).capitalize()}."
        drawing, ground = self.picture.drawing, self.picture.ground
        note = f" {drawing.note.capitalize()}." if drawing is not None and drawing.note else ""
        remarks = [entry.text for entry in self.picture.legend.entries if entry.sign is None]
        shown = "; ".join((ground.x.words, ground.y.words, *remarks)) + "."
        return f"{sample_in_words(frame).capitalize()}.{probed}{note} {quality_in_words(frame)} {shown} {KEYS}"

    def _view(self, frame: Frame) -> View:
        return {1: self._curve, 2: self._plane}.get(frame.session.spec.sizes[0], self._comparison)

    def _words(self, frame: Frame, *, brief: bool = True) -> str:
        """The answer at the probe, or that of the chosen sample; `brief` for the header, which has little room."""
        place, row = self.picture.probe, self.picture.row
        if place is None:
            return sample_in_words(frame, brief=brief)
        x = self._view(frame).inputs(place)
        if x is not None:
            return place_in_words(frame, x, brief=brief) + ("" if row is None else f" · sample {row + 1}")
        return sample_in_words(frame, brief=brief) if row is None else row_in_words(frame, row, brief=brief)

    def _probe(self) -> None:
        """The probe has moved, so say at once what is there."""
        if self.frame is None:
            return
        if self.picture.drawing is not None and self.picture.drawing.values:
            # The legend's numbers belong to the probe too.
            self._view(self.frame).draw(self.frame, self.look, self.picture)
        self.header.value.say(self._words(self.frame))
        if QAccessible.isActive():
            self._speak(self.frame)

    def _mean(self) -> None:
        """Choose the row at the probe, or ask about its place."""
        place, row = self.picture.probe, self.picture.row
        if self.frame is None or place is None:
            return
        x = self._view(self.frame).inputs(place)
        if row is not None:
            self.edited.emit(SampleChoice(row))
        elif x is not None:
            self.edited.emit(OwnInput(x))

    def _wait(self) -> None:
        """Make the surface finer when nothing has happened for a while."""
        if self._resting:
            self._rest.start(QUIET)
        else:
            self._rest.stop()

    @property
    def _resting(self) -> bool:
        """Whether there is something to be made finer, by which nobody is kept waiting, and which can be seen."""
        frame = self.frame
        if frame is None or frame.training or not self._in_sight or not self.isVisible():
            return False
        return self._view(frame) is self._plane and self._plane.unfinished

    def _refine(self) -> None:
        """Work at a finer surface for some milliseconds; what the user does comes in between."""
        if not self._resting or self.frame is None:
            self._rest.stop()
            return
        self._rest.start(0)
        if self._plane.refine():
            self._plane.draw(self.frame, self.look, self.picture)

    def _speak(self, frame: Frame) -> None:
        self.picture.setAccessibleDescription(self.description(frame))

    def _make_tool(self) -> QToolButton:
        """The menu of what is shown."""
        tool = QToolButton(self)
        tool.setProperty("role", "quiet")
        tool.setAccessibleName("Output: what is shown")
        tool.setToolTip("Show or hide the test rows; show values or classes.")
        tool.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(tool)
        menu.setToolTipsVisible(True)
        for action in (self.test, self.discrete):
            action.setCheckable(True)
            action.setChecked(action is self.test)
            action.toggled.connect(self._look_again)
            menu.addAction(action)
        tool.setMenu(menu)
        return tool

    def _look_again(self) -> None:
        if self.frame is not None and self.isVisible():
            self.show_again(self.frame)
