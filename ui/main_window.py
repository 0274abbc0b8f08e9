"""The window: where everything stands. It joins nothing to the engine; that is the application's."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMainWindow, QScrollArea, QTabWidget, QVBoxLayout, QWidget

from core.frame import Frame
from ui import actions
from ui.labels import LiveText
from ui.panel import Panel
from ui.panels.data import DataPanel
from ui.panels.deltas import DeltasPanel
from ui.panels.graph import GraphPanel
from ui.panels.learning import LearningPanel
from ui.panels.loss import LossPanel
from ui.panels.output import OutputPanel
from ui.panels.weights import WeightsPanel
from ui.theme import Theme
from ui.toolbar import Toolbar

LEFT, RIGHT, BOTTOM = 248, 336, 264
SIZE = QSize(1280, 800)


class MainWindow(QMainWindow):
    """`edited` carries the gestures of all panels; `closing` is emitted before the window goes."""

    edited = Signal(object)
    closing = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("main")
        self.setWindowTitle("Backprop Playground")
        self.resize(SIZE)
        self.actions_by_name = actions.make_actions(self)
        self.toolbar = Toolbar(self.actions_by_name)
        self.data, self.learning = DataPanel(), LearningPanel()
        self.graph = GraphPanel()
        self.output, self.loss, self.weights = OutputPanel(), LossPanel(), WeightsPanel()
        self.deltas = DeltasPanel()
        self.panels: list[Panel] = [
            self.graph,
            self.output,
            self.loss,
            self.weights,
            self.deltas,
            self.data,
            self.learning,
        ]
        for panel in self.panels:
            panel.edited.connect(self.edited)
        self._make_menus()
        self._make_layout()
        self._make_status()
        self.graph.setFocus()

    def show_frame(self, frame: Frame) -> None:
        """Tell everyone."""
        self.toolbar.show_frame(frame)
        for panel in self.panels:
            panel.show_frame(frame)
        self._show_undo(frame)
        self._show_state(frame)

    def _show_undo(self, frame: Frame) -> None:
        for name, label in (("undo", frame.undo), ("redo", frame.redo)):
            action = self.actions_by_name[name]
            action.setEnabled(label is not None)
            action.setText(name.capitalize() if label is None else f"{name.capitalize()}: {label}")

    def show_theme(self, theme: Theme) -> None:
        """Dress everyone."""
        actions.dress(self.actions_by_name, theme)
        self.toolbar.show_theme(theme)
        for panel in self.panels:
            panel.show_theme(theme)

    def show_again(self, frame: Frame) -> None:
        """Bring every widget back to the frame, also those whose value the user has just changed in vain."""
        for panel in self.panels:
            panel.show_again(frame)

    def say(self, sentence: str) -> None:
        """Write a sentence at the bottom; it stays until the next."""
        self.message.say(sentence)
        self.message.setToolTip(sentence)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.closing.emit()
        super().closeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The space bar trains, unless a widget that needs it has the focus."""
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self.actions_by_name["train"].trigger()
        else:
            super().keyPressEvent(event)

    def _show_state(self, frame: Frame) -> None:
        run = frame.session.run
        if not frame.training:
            state = f"paused at step {run.step:,}"
        elif frame.steps_per_second is None:
            state = f"training · step {run.step:,}"
        else:
            rate = frame.steps_per_second
            epochs = rate / frame.steps_per_epoch
            state = (
                f"training · step {run.step:,} · {rate:,.0f} steps/s = {epochs:,.{0 if epochs >= 10 else 2}f} epochs/s"
            )
        self.state.say(f"● {state} · {run.kernel} kernel")

    def _make_menus(self) -> None:
        menus = {}
        for command in actions.COMMANDS:
            if command.menu not in menus:
                menus[command.menu] = self.menuBar().addMenu(f"&{command.menu}")
            if command.separated:
                menus[command.menu].addSeparator()
            menus[command.menu].addAction(self.actions_by_name[command.name])
        for action in self.actions_by_name.values():
            self.addAction(action)

    def _make_layout(self) -> None:
        left = _column("left", LEFT, [self.data, self.learning])
        right = QFrame()
        right.setObjectName("right")
        right.setFixedWidth(RIGHT)
        stack = QVBoxLayout(right)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(0)
        for panel, stretch in ((self.output, 5), (self.loss, 4), (self.weights, 3)):
            stack.addWidget(panel, stretch)
        self.tabs = QTabWidget()
        self.tabs.setObjectName("bottom")
        self.tabs.setDocumentMode(True)
        self.tabs.setFixedHeight(BOTTOM)
        self.tabs.addTab(self.deltas, self.deltas.title)
        middle = QVBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.graph, 1)
        middle.addWidget(self.tabs)
        columns = QHBoxLayout()
        columns.setSpacing(0)
        columns.addWidget(left)
        columns.addLayout(middle, 1)
        columns.addWidget(right)
        centre = QWidget()
        centre.setObjectName("centre")
        box = QVBoxLayout(centre)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self.toolbar)
        box.addLayout(columns, 1)
        self.setCentralWidget(centre)

    def _make_status(self) -> None:
        self.state = LiveText("State of the training", alignment=Qt.AlignmentFlag.AlignLeft)
        self.state.setBackgroundRole(QPalette.ColorRole.AlternateBase)
        self.message = LiveText("Message", role=QPalette.ColorRole.WindowText)
        self.message.setBackgroundRole(QPalette.ColorRole.AlternateBase)
        bar = self.statusBar()
        bar.setSizeGripEnabled(False)
        bar.setContentsMargins(12, 0, 12, 0)
        bar.addWidget(self.state, 1)
        bar.addPermanentWidget(self.message, 1)


def _column(name: str, width: int, panels: list[Panel]) -> QScrollArea:
    """Panels above one another that scroll when there is no room."""
    inside = QWidget()
    inside.setObjectName("side")
    box = QVBoxLayout(inside)
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(0)
    for panel in panels:
        box.addWidget(panel)
    area = QScrollArea()
    area.setObjectName(name)
    area.setFixedWidth(width)
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(inside)
    return area
