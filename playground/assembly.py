"""Puts the parts together: session, workbench, engine, window, controller and what the window remembers."""

from PySide6.QtWidgets import QApplication

from core.session import Session, default_session
from core.workbench import Workbench
from playground.controller import Controller
from playground.engine import Engine
from playground.examples import Examples
from playground.explanations import Explanations
from playground.preferences import Preferences, chosen_theme
from playground.settings import SettingsFile
from ui.main_window import MainWindow
from ui.theme import apply_theme, load_fonts


def assemble(
    application: QApplication, session: Session | None = None, settings: SettingsFile | None = None
) -> Controller:
    """A window with everything behind it, its thread running, not shown yet; without `settings` it forgets."""
    load_fonts()
    settings = settings or SettingsFile()
    # A label that is made before there is a style sheet keeps the system's font.
    apply_theme(application, chosen_theme(settings.settings))
    engine = Engine(Workbench(session or default_session()))
    window = MainWindow()
    preferences = Preferences(application, window, settings)
    controller = Controller(window, engine, preferences)
    Examples(controller)
    Explanations(controller)
    engine.start()
    return controller
