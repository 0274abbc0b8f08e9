"""Puts the parts together: session, workbench, engine, window, controller and theme."""

from PySide6.QtCore import Qt
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
    Dresser(application, controller, theme)
    engine.start()
    return controller


def system_theme() -> Theme:
    """What the desktop is set to; light where it does not say."""
    return DARK if QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark else LIGHT


class Dresser:
    """Keeps application and window in the chosen theme, or in the system's."""

    def __init__(self, application: QApplication, controller: Controller, theme: Theme | None) -> None:
        self._application, self._controller, self._choice = application, controller, theme
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._follow)
        self._actions = controller.window.actions_by_name
        for name, choice in CHOICES.items():
            self._actions[name].triggered.connect(lambda _checked=False, choice=choice: self.choose(choice))
        self.choose(theme)

    def choose(self, theme: Theme | None) -> None:
        """Dress everything; None follows the system."""
        self._choice = theme
        worn = theme or system_theme()
        apply_theme(self._application, worn)
        self._controller.show_theme(worn)
        for name, choice in CHOICES.items():
            self._actions[name].setChecked(choice is theme)

    def _follow(self) -> None:
        if self._choice is None:
            self.choose(None)
