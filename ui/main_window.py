"""The window: where everything stands. It joins nothing to the engine; that is the application's."""

from collections.abc import Sequence
from typing import TypeVar

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QPalette, QResizeEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QToolBar, QVBoxLayout, QWidget

from core.frame import Frame
from core.kernels import KERNELS
from core.training import kernel_for
from ui import actions
from ui.docks import Docks
from ui.help.hint import HintStrip
from ui.labels import Sentence
from ui.message import Message
from ui.mistake_banner import MistakeBanner, mistake_on
from ui.panel import Panel
from ui.panels import CENTRE, PANELS, PanelEntry
from ui.scene.names import write_in
from ui.stage import Stage
from ui.theme import LIGHT, Theme
from ui.time_line import TimeLine, whereabouts
from ui.toolbar import Toolbar

SIZE = QSize(1280, 800)
TITLE = "Backprop Playground"
# The letter that opens a menu with Alt, where it is not the first.
LETTERS = {"Examples": "E&xamples"}

Kind = TypeVar("Kind", bound=Panel)


class MainWindow(QMainWindow):
    """`edited` carries the gestures of all panels, `recent` a file's name, `said` what is written at the bottom;
    `themed` a new theme; `closing` comes before the window goes."""

    edited = Signal(object)
    closing = Signal()
    recent = Signal(str)
    said = Signal(str)
    themed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("main")
        self.setWindowTitle(TITLE)
        self.resize(SIZE)
        self.theme: Theme = LIGHT
        self.actions_by_name = actions.make_actions(self)
        self._make_toolbar()
        self._frame: Frame | None = None
        self._kernel_remark = ""
        self._made: dict[str, Panel] = {}
        self._make_centre()
        self.docks = Docks(self)
        self._make_panels(late=False)
        self.docks.reset()
        self._make_menus()
        self._make_status()
        self._stage: Stage | None = None
        self._first.setFocus()

    @property
    def panels(self) -> dict[str, Panel]:
        """All panels by name; those that are made late are made now."""
        self._make_panels(late=True)
        return self._made

    def complete(self) -> None:
        """Make the panels that were left for when the window has been painted."""
        self._make_panels(late=True)

    def panel(self, kind: type[Kind]) -> Kind:
        """The panel of that kind."""
        return next(panel for panel in self.panels.values() if isinstance(panel, kind))

    def bring_forward(self, kind: type[Kind]) -> Kind:
        """The panel of that kind, shown before what lies over it."""
        panel = self.panel(kind)
        dock = next(dock for dock in self.docks.by_name.values() if dock.widget() is panel)
        dock.show()
        dock.raise_()
        return panel

    def show_frame(self, frame: Frame) -> None:
        """Tell everyone."""
        self._frame = frame
        self.toolbar.show_frame(frame)
        for panel in self._made.values():
            panel.show_frame(frame)
        self.time_line.show_frame(frame)
        self._show_undo(frame)
        self._show_mistake(frame)
        self._show_state(frame)

    def show_theme(self, theme: Theme) -> None:
        """Dress everyone."""
        write_in(theme.notation)
        growth, self.theme = theme.zoom / self.theme.zoom, theme
        actions.dress(self.actions_by_name, theme)
        self.toolbar.show_theme(theme)
        for panel in self._made.values():
            panel.show_theme(theme)
        for text in (self.state, self.message):
            text.dress(theme)
        self.time_line.dress(theme)
        self.hint.show_theme(theme)
        self.docks.zoom = theme.zoom
        if growth != 1.0 and self._frame is None:
            self.docks.fit()
        elif growth != 1.0:
            self.docks.grow(growth)
        self.themed.emit(theme)

    def show_again(self, frame: Frame) -> None:
        """Bring every widget back to the frame, also those whose value the user has just changed in vain."""
        for panel in self._made.values():
            panel.show_again(frame)
        self.time_line.show_again(frame)

    def show_alone(self, panel: Panel) -> None:
        """Show one panel on the whole screen; if it is there already, bring it back."""
        if self._stage is not None:
            self._stage.close()
            return
        name = next(name for name, each in self.panels.items() if each is panel)
        self._stage = Stage(panel, lambda: self._bring_home(name), self)
        self._stage.banner.healed.connect(self.actions_by_name["heal"].trigger)
        if self._frame is not None:
            self._stage.banner.show_frame(self._frame)
        self._stage.showFullScreen()

    def fill_screen(self, on: bool) -> None:
        """Take the whole screen, or go back to what was before: maximised, if it was."""
        full, state = Qt.WindowState.WindowFullScreen, self.windowState()
        self.setWindowState(state | full if on else state & ~full)

    @property
    def stage(self) -> Stage | None:
        """What stands alone on the screen at present."""
        return self._stage

    def panel_with_focus(self) -> Panel:
        """The panel that has the focus; the central one if none has it."""
        focus = QApplication.focusWidget()
        for panel in self.panels.values():
            if focus is not None and (panel.isAncestorOf(focus) or panel.header.isAncestorOf(focus) or focus is panel):
                return panel
        return self._first

    def focus_next_panel(self) -> None:
        """Give the focus to the next panel that can be seen."""
        panels = [panel for panel in self.panels.values() if panel.isVisible()]
        now = self.panel_with_focus()
        panel = panels[(panels.index(now) + 1) % len(panels)] if now in panels else panels[0]
        takers = (each for each in panel.findChildren(QWidget) if each.focusPolicy() & Qt.FocusPolicy.TabFocus)
        taker = next((each for each in takers if each.isVisible() and each.isEnabled()), panel)
        taker.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_recent(self, names: Sequence[str]) -> None:
        """Offer the files that were opened or saved last."""
        self.recent_menu.clear()
        self.recent_menu.setEnabled(bool(names))
        for name in names:
            self.recent_menu.addAction(name.replace("&", "&&")).triggered.connect(
                lambda _checked=False, name=name: self.recent.emit(name)
            )

    def say(self, sentence: str) -> None:
        """Write a sentence at the bottom; it stays until the next."""
        self.message.say(sentence)
        self.said.emit(sentence)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.docks.sizes.restore()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.WindowStateChange:
            self._show_full_screen()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._stage is not None:
            self._stage.close()
        self.closing.emit()
        super().closeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The space bar trains, unless a widget that needs it has the focus."""
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self.actions_by_name["train"].trigger()
        else:
            super().keyPressEvent(event)

    def _bring_home(self, name: str) -> None:
        self._stage = None
        panel = self.panels[name]
        if name in self.docks.by_name:
            dock = self.docks.by_name[name]
            dock.setTitleBarWidget(panel.header)
            dock.setWidget(panel)
            dock.raise_()
        else:
            self._centre.addWidget(panel.header)
            self._centre.addWidget(panel, 1)
        panel.header.show()
        panel.show()
        self.activateWindow()
        panel.setFocus()
        self._show_full_screen()

    def _show_full_screen(self) -> None:
        """The window manager may have its own way to fill the screen."""
        self.actions_by_name["full_screen"].setChecked(self.isFullScreen())

    def _show_undo(self, frame: Frame) -> None:
        for name, label in (("undo", frame.undo), ("redo", frame.redo)):
            action = self.actions_by_name[name]
            action.setEnabled(label is not None)
            action.setText(name.capitalize() if label is None else f"{name.capitalize()}: {label}")

    def _show_mistake(self, frame: Frame) -> None:
        """A mistake that is on is said over the network, in the title, and over a panel that stands alone."""
        mistake = frame.session.spec.mistake
        self.actions_by_name["heal"].setEnabled(mistake is not None)
        self.setWindowTitle(TITLE if mistake is None else f"{TITLE} – {mistake_on(mistake)}")
        self.banner.show_frame(frame)
        if self._stage is not None:
            self._stage.banner.show_frame(frame)

    def remark_on_kernel(self, remark: str) -> None:
        """Say beside the kernel that serves everywhere why there is no quicker one."""
        self._kernel_remark = remark

    def _show_state(self, frame: Frame) -> None:
        run = frame.session.run
        if frame.session.ahead is not None and not frame.training:
            back = self.actions_by_name["to_end"].shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            said = f"◆ {whereabouts(frame)}; Train goes on as it did, a change branches off here · {back} returns"
            self.state.say(said)
            return
        if not frame.training:
            state = f"paused at {whereabouts(frame)}"
        elif frame.steps_per_second is None:
            state = f"training · {whereabouts(frame)}"
        else:
            rate = frame.steps_per_second
            epochs = rate / frame.steps_per_epoch
            rates = f"{rate:,.0f} steps/s = {epochs:,.{0 if epochs >= 10 else 2}f} epochs/s"
            state = f"training · {whereabouts(frame)} · {rates}"
        remark = self._kernel_remark if run.kernel == KERNELS.names()[0] else ""
        if (quickest := kernel_for(frame.session.spec)) != run.kernel:
            remark = f"Reset for the {KERNELS[quickest].label} one"
        kernel = f"{KERNELS[run.kernel].label} kernel{f' ({remark})' if remark else ''}"
        mistake = frame.session.spec.mistake
        self.state.say(f"● {state} · {kernel if mistake is None else mistake_on(mistake)}")

    def _make_toolbar(self) -> None:
        self.toolbar = Toolbar(self.actions_by_name)
        bar = QToolBar("Training", self)
        bar.setObjectName("training")
        bar.setMovable(False)
        bar.toggleViewAction().setEnabled(False)
        bar.addWidget(self.toolbar)
        self.addToolBar(bar)

    def _make_centre(self) -> None:
        centre = QWidget()
        centre.setObjectName("network")
        self._centre, whole = QVBoxLayout(), QVBoxLayout(centre)
        for box in (self._centre, whole):
            box.setContentsMargins(0, 0, 0, 0)
            box.setSpacing(0)
        self.banner, self.hint = MistakeBanner(centre), HintStrip(centre)
        self.banner.healed.connect(self.actions_by_name["heal"].trigger)
        whole.addWidget(self.banner)
        whole.addLayout(self._centre, 1)
        whole.addWidget(self.hint)
        self.setCentralWidget(centre)

    def _make_panels(self, *, late: bool) -> None:
        if len(self._made) == len(PANELS):
            return
        made = self._made
        for entry in PANELS:
            if entry.name not in made and entry.late == late:
                made[entry.name] = self._make_panel(entry)
        self._made = {entry.name: made[entry.name] for entry in PANELS if entry.name in made}
        if late:
            self._join()

    def _join(self) -> None:
        """A number chosen in a matrix or in the network is explained by the Backprop panel, and by the author too."""
        from ui.matrix.panel import MatrixPanel
        from ui.panels.author import AuthorPanel
        from ui.panels.backprop import BackpropPanel
        from ui.panels.graph import GraphPanel

        backprop, author, graph = self.panel(BackpropPanel), self.panel(AuthorPanel), self.panel(GraphPanel)
        backprop.wished.connect(author.wish)
        for explaining in (backprop, author):
            graph.explained.connect(explaining.prefer)
            explaining.prefer(graph.part)
        for panel in self._made.values():
            if isinstance(panel, MatrixPanel):
                panel.wished.connect(backprop.wish)

    def _make_panel(self, entry: PanelEntry) -> Panel:
        panel = entry.make()
        panel.edited.connect(self.edited)
        panel.spaced.connect(self.actions_by_name["train"].trigger)
        panel.called.connect(lambda name: self.actions_by_name[name].trigger())
        panel.header.alone.connect(lambda: self.show_alone(panel))
        if entry.area == CENTRE:
            panel.header.offer(dockable=False)
            self._centre.addWidget(panel.header)
            self._centre.addWidget(panel, 1)
            self._first = panel
        else:
            self.docks.fill(entry.name, panel)
        if entry.late:
            panel.show_theme(self.theme)
            if self._frame is not None:
                panel.show_frame(self._frame)
        return panel

    def _make_menus(self) -> None:
        menus = {}
        for command in actions.COMMANDS:
            if command.menu not in menus:
                menus[command.menu] = self.menuBar().addMenu(LETTERS.get(command.menu, f"&{command.menu}"))
            if command.separated:
                menus[command.menu].addSeparator()
            menus[command.menu].addAction(self.actions_by_name[command.name])
            if command.name == "open":
                self.recent_menu = menus["File"].addMenu("Open recent")
        menus["Examples"].setToolTipsVisible(True)
        shown = menus["View"].addMenu("Panels")
        for dock in self.docks.by_name.values():
            shown.addAction(dock.toggleViewAction())
        for action in self.actions_by_name.values():
            self.addAction(action)

    def _make_status(self) -> None:
        self.state = Sentence("State of the training", alignment=Qt.AlignmentFlag.AlignLeft)
        self.state.setBackgroundRole(QPalette.ColorRole.AlternateBase)
        self.message = Message()
        self.actions_by_name["message"].triggered.connect(self.message.open)
        bar = self.statusBar()
        bar.setSizeGripEnabled(False)
        bar.setContentsMargins(12, 0, 12, 0)
        bar.addWidget(self.state, 1)
        self.time_line = TimeLine(self.actions_by_name)
        self.time_line.edited.connect(self.edited)
        bar.addWidget(self.time_line)
        bar.addPermanentWidget(self.message, 1)
