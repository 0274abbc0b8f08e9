"""Joins the settings to the window: dresses it, lays it out, and remembers what the user changes."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QByteArray, QObject, QSize, Qt, QTimer, Slot
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QApplication

from core.explain.notation import NOTATIONS
from playground.settings import LARGEST_ZOOM, SMALLEST_ZOOM, Settings, SettingsFile
from ui.main_window import MainWindow
from ui.theme import DARK, LIGHT, THEMES, Theme, apply_theme

ZOOM_STEP = 1.1
CHOICES = {"theme_system": "system", "theme_light": "light", "theme_dark": "dark"}


def system_theme() -> Theme:
    """What the desktop is set to; light where it does not say."""
    return DARK if QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark else LIGHT


def chosen_theme(settings: Settings) -> Theme:
    """The theme of the settings, or the system's, at their zoom."""
    return replace(THEMES.get(settings.theme) or system_theme(), zoom=settings.zoom, notation=settings.notation)


class Preferences(QObject):
    """Lives as long as its window."""

    def __init__(self, application: QApplication, window: MainWindow, file: SettingsFile) -> None:
        super().__init__(window)
        self._application, self._window, self.file = application, window, file
        settings = file.settings
        self._wanted = self._forced = QSize()
        self.dress()
        if settings.geometry:
            window.restoreGeometry(QByteArray(settings.geometry))
            window.actions_by_name["full_screen"].setChecked(window.isFullScreen())
        if settings.layout:
            window.docks.restore(settings.layout)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._follow)
        for name in (*CHOICES, "theme_switch"):
            window.actions_by_name[name].triggered.connect(self._choose_theme)
        for name in NOTATIONS.names():
            action = self._window.actions_by_name[f"notation_{name}"]
            action.triggered.connect(lambda _=False, name=name: self.choose_notation(name))
        window.actions_by_name["notation_next"].triggered.connect(lambda _: self._next_notation())
        for name, factor in (("zoom_in", ZOOM_STEP), ("zoom_out", 1 / ZOOM_STEP)):
            window.actions_by_name[name].triggered.connect(self._zoomer(factor))
        window.actions_by_name["zoom_reset"].triggered.connect(lambda: self.zoom(1.0))
        window.actions_by_name["reset_layout"].triggered.connect(window.docks.reset)
        window.closing.connect(self._remember_layout)

    @property
    def _zoom(self) -> float:
        return self.file.settings.zoom

    @property
    def theme(self) -> Theme:
        """The chosen theme, or the system's, at the chosen zoom."""
        return chosen_theme(self.file.settings)

    def choose_notation(self, name: str) -> None:
        """Write everything in that notation."""
        self.file.change(notation=name)
        self.dress()

    def _next_notation(self) -> None:
        names = NOTATIONS.names()
        self.choose_notation(names[(names.index(self.file.settings.notation) + 1) % len(names)])

    def dress(self) -> None:
        """Put the theme on everything."""
        apply_theme(self._application, self.theme)
        self._window.show_theme(self.theme)
        for action, theme in CHOICES.items():
            self._window.actions_by_name[action].setChecked(theme == self.file.settings.theme)
        for name in NOTATIONS.names():
            self._window.actions_by_name[f"notation_{name}"].setChecked(name == self.theme.notation)

    def _keep_size(self) -> None:
        self._window.resize(self._wanted)
        self._forced = self._window.size()

    def choose_theme(self, name: str) -> None:
        """Dress in "light" or "dark", or follow the "system"."""
        self.file.change(theme=name)
        self.dress()

    def zoom(self, zoom: float) -> None:
        """Show text, and all that is painted with it, larger or smaller."""
        zoom = round(min(max(zoom, SMALLEST_ZOOM), LARGEST_ZOOM), 2)
        if abs(zoom - 1.0) < 0.04:
            zoom = 1.0
        if zoom != self._zoom:
            if self._window.size() != self._forced:
                self._wanted = self._window.size()
            self.file.change(zoom=zoom)
            self.dress()
            # Large text may need a larger window; it is given back when the text is small again.
            QTimer.singleShot(0, self, self._keep_size)
        self._window.say(f"Text at {100 * zoom:.0f} %.")

    def _zoomer(self, factor: float) -> Callable[[], None]:
        return lambda: self.zoom(self._zoom * factor)

    @Slot()
    def _choose_theme(self) -> None:
        action = self.sender()
        assert isinstance(action, QAction)
        name = next(name for name, each in self._window.actions_by_name.items() if each is action)
        self.choose_theme(CHOICES.get(name) or ("light" if self.theme.name == "dark" else "dark"))

    @Slot()
    def _follow(self) -> None:
        if self.file.settings.theme == "system":
            self.dress()

    @Slot()
    def _remember_layout(self) -> None:
        self.file.change(layout=self._window.docks.layout(), geometry=bytes(self._window.saveGeometry().data()))
