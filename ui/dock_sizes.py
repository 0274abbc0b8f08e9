"""What sizes the docks are to have: a window that was too small for them gives them back when it is large again."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer
from PySide6.QtWidgets import QDockWidget, QMainWindow, QTabBar


class DockSizes(QObject):
    """Remembers the sizes that the docks get while the window keeps its own: those were meant.

    Sizes that come with another size of the window are Qt's: it squeezes docks, and never lets them grow again.
    """

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._docks: list[QDockWidget] = []
        self._meant: dict[QDockWidget, QSize] = {}
        self._had: dict[QDockWidget, QSize] = {}
        # While Qt is at it, no size is anybody's will.
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.timeout.connect(self._settle)
        self._within = QSize()

    def watch(self, dock: QDockWidget) -> None:
        """Remember that dock's sizes too."""
        self._docks.append(dock)
        dock.installEventFilter(self)

    def room(self, dock: QDockWidget) -> QSize:
        """What the dock takes up together with the tabs over it: to resize a dock, Qt wants to be told that."""
        direct = Qt.FindChildOption.FindDirectChildrenOnly
        bars = self._window.findChildren(QTabBar, options=direct) if self._window.tabifiedDockWidgets(dock) else []
        own = (bar for bar in bars if dock.windowTitle() in map(bar.tabText, range(bar.count())))
        return dock.size() + QSize(0, next((bar.height() for bar in own), 0))

    def stands(self, dock: QDockWidget) -> bool:
        """Whether it has a place in the window. Qt calls a dock under another tab visible; that one is disabled."""
        return dock.isVisible() and dock.isEnabled() and not dock.isFloating()

    def forget(self) -> None:
        """The docks are being given other sizes, which are meant."""
        self._meant.clear()
        self._settling.start(0)

    def restore(self) -> None:
        """The window has another size: the docks get what was meant, as far as there is room."""
        self._settling.start(0)
        # All areas at once are too much for Qt: it mixes them up.
        areas: dict[Qt.DockWidgetArea, list[QDockWidget]] = {}
        for dock in self._meant:
            if self.stands(dock):
                areas.setdefault(self._window.dockWidgetArea(dock), []).append(dock)
        for docks in areas.values():
            meant = [self._meant[dock] for dock in docks]
            if meant != [self.room(dock) for dock in docks]:
                self._window.resizeDocks(docks, [size.width() for size in meant], Qt.Orientation.Horizontal)
                self._window.resizeDocks(docks, [size.height() for size in meant], Qt.Orientation.Vertical)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and isinstance(watched, QDockWidget) and self.stands(watched):
            if self._window.size() == self._within and not self._settling.isActive():
                self._remember(watched)
            self._had[watched] = self.room(watched)
        return super().eventFilter(watched, event)

    def _settle(self) -> None:
        self._within = self._window.size()
        for dock in self._docks:
            if dock not in self._meant and self.stands(dock):
                self._remember(dock)

    def _remember(self, dock: QDockWidget) -> None:
        """A dock that comes out from under another has its size from that one."""
        room, others = self.room(dock), self._window.tabifiedDockWidgets(dock)
        twin = next((other for other in others if self._had.get(other) == room and other in self._meant), None)
        self._meant[dock] = room if twin is None else self._meant[twin]
