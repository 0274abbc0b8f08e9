"""Puts the parts together: session, workbench, engine, window, controller and theme."""

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from core.session import Session, default_session
from core.workbench import Workbench
from playground.controller import Controller
from playground.engine import Engine
from ui.main_window import MainWindow
from ui.theme import DARK, LIGHT, Theme, apply_theme, load_fonts

CHOICES = {"theme_system": None, "theme_light": LIGHT, "theme_dark": DARK}


def assemble(application: QApplication, session: Session | None = None, theme: Theme | None = None) -> Controller:
    """A window with everything behind it, its thread running, not shown yet."""
    load_fonts()
    apply_theme(application, theme or system_theme())
    engine = Engine(Workbench(session or default_session()))
    controller = Controller(MainWindow(), engine)
    Dresser(application, controller.window, theme)
    engine.start()
    return controller


def system_theme() -> Theme:
    """What the desktop is set to; light where it does not say."""
    return DARK if QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark else LIGHT


class Dresser(QObject):
    """Keeps application and window in the chosen theme, or in the system's."""

    def __init__(self, application: QApplication, window: MainWindow, theme: Theme | None) -> None:
        super().__init__(window)
        self._application, self._window, self._choice = application, window, theme
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._follow)
        for name in CHOICES:
            window.actions_by_name[name].triggered.connect(self._choose_by_action)
        self.choose(theme)

    def choose(self, theme: Theme | None) -> None:
        """Dress everything; None follows the system."""
        self._choice = theme
        worn = theme or system_theme()
        apply_theme(self._application, worn)
        self._window.show_theme(worn)
        for name, choice in CHOICES.items():
            self._window.actions_by_name[name].setChecked(choice is theme)

    @Slot()
    def _choose_by_action(self) -> None:
        action = self.sender()
        self.choose(next(choice for name, choice in CHOICES.items() if self._window.actions_by_name[name] is action))

    @Slot()
    def _follow(self) -> None:
        if self._choice is None:
            self.choose(None)
