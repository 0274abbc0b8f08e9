"""The panels around the network as docks: moved, hidden, floated, and brought back to where they were at first."""

from PySide6.QtCore import QByteArray, QChildEvent, QEvent, QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDockWidget, QMainWindow, QTabBar, QTabWidget

from ui.dock_sizes import DockSizes
from ui.header import NARROWEST
from ui.panel import Panel
from ui.panels import BOTTOM, CENTRE, LEFT, PANELS, RIGHT, PanelEntry

AREAS = {
    LEFT: Qt.DockWidgetArea.LeftDockWidgetArea,
    RIGHT: Qt.DockWidgetArea.RightDockWidgetArea,
    BOTTOM: Qt.DockWidgetArea.BottomDockWidgetArea,
}
EXTENT = {LEFT: 256, RIGHT: 336, BOTTOM: 264}
# However large the text, the network keeps the middle of the window.
MOST_OF_WINDOW = {LEFT: 0.22, RIGHT: 0.3, BOTTOM: 0.4}
VERSION = 1


class Docks(QObject):
    """A dock of the window for every panel but the central one; `fill` puts the panels in."""

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        self._window = window
        window.installEventFilter(self)
        self.by_name: dict[str, QDockWidget] = {}
        self._covered: dict[str, bool] = {}
        self.zoom = 1.0
        self.sizes = DockSizes(window)
        window.setDockNestingEnabled(True)
        window.setTabPosition(AREAS[BOTTOM], QTabWidget.TabPosition.North)
        window.setDocumentMode(True)
        for corner in (Qt.Corner.TopLeftCorner, Qt.Corner.BottomLeftCorner):
            window.setCorner(corner, AREAS[LEFT])
        for corner in (Qt.Corner.TopRightCorner, Qt.Corner.BottomRightCorner):
            window.setCorner(corner, AREAS[RIGHT])
        for entry in PANELS:
            if entry.area != CENTRE:
                self.by_name[entry.name] = self._dock(entry)

    def reset(self) -> None:
        """Everything where it was at first; what is under way with the mouse is not disturbed."""
        if QGuiApplication.mouseButtons() != Qt.MouseButton.NoButton:
            # In the middle of a drag Qt keeps two layouts, and a dock that changes both would end the program.
            return
        for dock in self.by_name.values():
            dock.setFloating(False)
        self._clear()
        for name in self.by_name:
            self._put_first(name)
        bottom = [dock for name, dock in self.by_name.items() if PANELS[name].area == BOTTOM]
        if bottom:
            bottom[0].raise_()
        self.fit()

    def _clear(self) -> None:
        """Take all docks out: Qt leaves the tab bars of docks that are moved otherwise behind."""
        for dock in self.by_name.values():
            self._window.removeDockWidget(dock)
        layout = self._window.layout()
        assert layout is not None
        layout.invalidate()
        layout.activate()

    def _put_first(self, name: str) -> None:
        """A dock where it was at first; at the bottom over the others."""
        dock, area = self.by_name[name], PANELS[name].area
        self._window.addDockWidget(AREAS[area], dock)
        dock.show()
        first = next(each for each in self.by_name if PANELS[each].area == area)
        if area == BOTTOM and first != name:
            self._window.tabifyDockWidget(self.by_name[first], dock)

    def grow(self, factor: float) -> None:
        """Make the areas so much larger, as far as the network keeps its place."""
        for area, place in AREAS.items():
            docks = [dock for dock in self.by_name.values() if self._window.dockWidgetArea(dock) == place]
            docks = [dock for dock in docks if self.sizes.stands(dock)]
            upright = area == BOTTOM
            whole = self._window.height() if upright else self._window.width()
            way = Qt.Orientation.Vertical if upright else Qt.Orientation.Horizontal
            rooms = [self.sizes.room(dock) for dock in docks]
            sizes = [(room.height() if upright else room.width()) * factor for room in rooms]
            most = max([MOST_OF_WINDOW[area] * whole, *(size / factor for size in sizes)])
            self._window.resizeDocks(docks, [round(min(size, most)) for size in sizes], way)
        self.sizes.forget()

    def fit(self) -> None:
        """Give the areas and the panels in them their first sizes."""
        zoom = self.zoom
        for area in (LEFT, RIGHT):
            docks = [dock for name, dock in self.by_name.items() if PANELS[name].area == area]
            extent = round(min(EXTENT[area] * zoom, MOST_OF_WINDOW[area] * self._window.width()))
            self._window.resizeDocks(docks, [extent] * len(docks), Qt.Orientation.Horizontal)
            shares = [100 * entry.share for entry in PANELS if entry.area == area]
            self._window.resizeDocks(docks, shares, Qt.Orientation.Vertical)
        bottom = [dock for name, dock in self.by_name.items() if PANELS[name].area == BOTTOM]
        extent = round(min(EXTENT[BOTTOM] * zoom, MOST_OF_WINDOW[BOTTOM] * self._window.height()))
        self._window.resizeDocks(bottom[:1], [extent], Qt.Orientation.Vertical)
        self.sizes.forget()

    def layout(self) -> bytes:
        """Where everything is, for `restore`."""
        return bytes(self._window.saveState(VERSION).data())

    def restore(self, layout: bytes) -> bool:
        """Put everything where it was; False, with everything as at first, when that is no layout of ours."""
        self._clear()
        if self._window.restoreState(QByteArray(layout), VERSION):
            for name, dock in self.by_name.items():
                if self._window.dockWidgetArea(dock) == Qt.DockWidgetArea.NoDockWidgetArea:
                    self._put_first(name)
            self.sizes.forget()
            return True
        self.reset()
        return False

    def fill(self, name: str, panel: Panel) -> None:
        """Put a panel into its dock."""
        dock = self.by_name[name]
        # However large the text, a dock may be made narrow; what does not fit then is cut or scrolls.
        panel.setMinimumWidth(NARROWEST)
        waiting = dock.widget()
        dock.setWidget(panel)
        dock.setTitleBarWidget(panel.header)
        panel.header.offer(dockable=True)
        panel.header.floated.connect(lambda: dock.setFloating(not dock.isFloating()))
        panel.header.hidden.connect(dock.hide)
        panel.come_in_sight(not self._covered.get(name, False))
        if isinstance(waiting, Panel):
            waiting.header.deleteLater()
            waiting.deleteLater()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # Dragging a dock can leave a tab bar behind whose group Qt then looks for in vain, and crashes, when one of
        # its tabs is moved: tabs keep their order, and panels are moved by their headers. A bar that is polished has
        # been set up by Qt.
        if event.type() == QEvent.Type.ChildPolished:
            assert isinstance(event, QChildEvent)
            if isinstance(bar := event.child(), QTabBar):
                bar.setMovable(False)
        return False

    def _dock(self, entry: PanelEntry) -> QDockWidget:
        dock = QDockWidget(entry.label, self._window)
        dock.setObjectName(entry.name)
        waiting = Panel()
        waiting.header.setFixedHeight(waiting.header.sizeHint().height())
        dock.setWidget(waiting)
        dock.setTitleBarWidget(waiting.header)
        self.sizes.watch(dock)
        dock.visibilityChanged.connect(lambda seen: self._show(entry.name, seen))
        dock.toggleViewAction().setToolTip(entry.help)
        return dock

    def _show(self, name: str, seen: bool) -> None:
        """What lies under another tab Qt calls visible too; it must neither compute nor take the focus."""
        dock = self.by_name[name]
        self._covered[name] = not seen
        if isinstance(panel := dock.widget(), Panel):
            panel.come_in_sight(seen)
            dock.setEnabled(seen)
