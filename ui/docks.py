"""The panels around the network as docks: moved, hidden, floated, and brought back to where they were at first."""

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtWidgets import QDockWidget, QMainWindow, QTabWidget, QWidget

from ui.dock_sizes import DockSizes
from ui.header import NARROWEST, Header
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


class Docks:
    """A dock of the window for every panel but the central one; `fill` puts the panels in."""

    def __init__(self, window: QMainWindow) -> None:
        self._window = window
        self.by_name: dict[str, QDockWidget] = {}
        self._covered: dict[str, bool] = {}
        self.zoom = 1.0
        self.sizes = DockSizes(window)
        self._header_height = Header("").sizeHint().height()
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
        """Everything where it was at first."""
        first: dict[str, QDockWidget] = {}
        for name, dock in self.by_name.items():
            area = PANELS[name].area
            dock.setFloating(False)
            self._window.addDockWidget(AREAS[area], dock)
            dock.show()
            if area == BOTTOM and area in first:
                self._window.tabifyDockWidget(first[area], dock)
            first.setdefault(area, dock)
        if BOTTOM in first:
            first[BOTTOM].raise_()
        self.fit()

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
        if self._window.restoreState(QByteArray(layout), VERSION):
            self.sizes.forget()
            return True
        self.reset()
        return False

    def fill(self, name: str, panel: Panel) -> None:
        """Put a panel into its dock."""
        dock = self.by_name[name]
        # However large the text, a dock may be made narrow; what does not fit then is cut or scrolls.
        panel.setMinimumWidth(NARROWEST)
        held = [widget for widget in (dock.titleBarWidget(), dock.widget()) if widget is not None]
        dock.setWidget(panel)
        dock.setTitleBarWidget(panel.header)
        panel.header.offer(dockable=True)
        panel.header.floated.connect(lambda: dock.setFloating(not dock.isFloating()))
        panel.header.hidden.connect(dock.hide)
        panel.come_in_sight(not self._covered.get(name, False))
        for widget in held:
            widget.deleteLater()

    def _dock(self, entry: PanelEntry) -> QDockWidget:
        dock = QDockWidget(entry.label, self._window)
        dock.setObjectName(entry.name)
        if entry.late:
            self._hold_place(dock)
        self.sizes.watch(dock)
        dock.visibilityChanged.connect(lambda seen: self._show(entry.name, seen))
        dock.toggleViewAction().setToolTip(entry.help)
        return dock

    def _hold_place(self, dock: QDockWidget) -> None:
        """Give the dock what looks like an empty panel, until `fill`, and takes no time to make."""
        header, waiting = QWidget(), QWidget()
        header.setObjectName("header")
        header.setFixedHeight(self._header_height)
        waiting.setObjectName("panel")
        for widget in (header, waiting):
            widget.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        dock.setTitleBarWidget(header)
        dock.setWidget(waiting)

    def _show(self, name: str, seen: bool) -> None:
        """What lies under another tab Qt calls visible too; it must neither compute nor take the focus."""
        dock = self.by_name[name]
        self._covered[name] = not seen
        if (panel := dock.widget()) is not None:
            dock.setEnabled(seen)
        if isinstance(panel, Panel):
            panel.come_in_sight(seen)
