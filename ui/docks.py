"""The panels around the network as docks: moved, hidden, floated, and brought back to where they were at first."""

from PySide6.QtCore import QByteArray, QChildEvent, QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDockWidget, QMainWindow, QTabBar, QTabWidget, QWidget

from ui.dock_sizes import DockSizes
from ui.dock_tabs import DockTabs
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
MOST_OF_WINDOW = {LEFT: 0.23, RIGHT: 0.3, BOTTOM: 0.4}
# In a window that is lower than so many units the panels at the right, but the first, lie on each other.
LOW = 620
LOWEST = 100
STACKED = [9, 11]
VERSION = 1


class Docks(QObject):
    """A dock of the window for every panel but the central one; `fill` puts the panels in."""

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        self._window = window
        window.installEventFilter(self)
        self.by_name: dict[str, QDockWidget] = {}
        self._covered: dict[str, bool] = {}
        self._stacked = False
        # In a window that is not shown yet Qt would forget a tab bar, and show it later where it was.
        self._shown = QTimer(window)
        self._shown.setSingleShot(True)
        self._shown.timeout.connect(self._fit_shown)
        self.zoom = 1.0
        self.sizes = DockSizes(window)
        self._header_height = Header("").sizeHint().height()
        window.setDockNestingEnabled(True)
        window.setTabPosition(Qt.DockWidgetArea.AllDockWidgetAreas, QTabWidget.TabPosition.North)
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
        if self._window.isVisible() and QGuiApplication.mouseButtons() != Qt.MouseButton.NoButton:
            # In the middle of a drag Qt keeps two layouts, and a dock that changes both would end the program.
            return
        self._stacked = False
        for dock in self.by_name.values():
            dock.setFloating(False)
        self._clear()
        for name in self.by_name:
            self._put_first(name)
        if bottom := self._in(BOTTOM):
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
        self._stack()
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
        self._stack()
        zoom = self.zoom
        for area in (LEFT, RIGHT):
            docks = self._in(area)
            extent = round(min(EXTENT[area] * zoom, MOST_OF_WINDOW[area] * self._window.width()))
            self._window.resizeDocks(docks, [extent] * len(docks), Qt.Orientation.Horizontal)
            self._share(area)
        extent = round(min(EXTENT[BOTTOM] * zoom, MOST_OF_WINDOW[BOTTOM] * self._window.height()))
        self._window.resizeDocks(self._in(BOTTOM)[:1], [extent], Qt.Orientation.Vertical)
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
            self._shown.stop()
            self._stacked = self._low and self._lie_on_each_other()
            return True
        self.reset()
        return False

    def fill(self, name: str, panel: Panel) -> None:
        """Put a panel into its dock."""
        dock = self.by_name[name]
        # However large the text, a dock may be made small, and makes the window no larger than the screen; what does
        # not fit then is cut or scrolls.
        panel.setMinimumWidth(NARROWEST)
        if panel.minimumSizeHint().height() > LOWEST or PANELS[name].late:
            panel.setMinimumHeight(LOWEST)
        held = [widget for widget in (dock.titleBarWidget(), dock.widget()) if widget is not None]
        dock.setWidget(panel)
        dock.setTitleBarWidget(panel.header)
        panel.header.offer(dockable=True)
        panel.header.floated.connect(lambda: dock.setFloating(not dock.isFloating()))
        panel.header.hidden.connect(dock.hide)
        panel.come_in_sight(not self._covered.get(name, False))
        for widget in held:
            widget.deleteLater()

    @property
    def _low(self) -> bool:
        return self._window.height() < LOW * self.zoom

    def _stack(self) -> None:
        """Large text leaves no room for three panels at the right; when it is smaller again they stand as they did.

        What the user has put elsewhere stays there.
        """
        if not self._window.isVisible():
            if self._low:
                self._shown.start(0)
            return
        first, second, *others = self._in(RIGHT)
        if self._low == self._stacked or any(
            dock.isFloating() or dock.isHidden() or self._window.dockWidgetArea(dock) != AREAS[RIGHT]
            for dock in (first, second, *others)
        ):
            return
        if self._low:
            if any(map(self._window.tabifiedDockWidgets, (first, second, *others))):
                return
            for dock in others:
                self._window.tabifyDockWidget(second, dock)
            second.raise_()
        elif self._lie_on_each_other():
            for dock in others:
                self._window.addDockWidget(AREAS[RIGHT], dock)
        self._stacked = self._low
        self._share(RIGHT)

    def _share(self, area: str) -> None:
        """Give each panel of an area its share; those that lie on each other a little more than the one over them."""
        docks = self._in(area)
        shares = [PANELS[dock.objectName()].share for dock in docks]
        if area == RIGHT and self._stacked:
            docks, shares = docks[:2], STACKED
        self._window.resizeDocks(docks, [100 * share for share in shares], Qt.Orientation.Vertical)

    def _fit_shown(self) -> None:
        if self._window.isVisible():
            self.fit()

    def _in(self, area: str) -> list[QDockWidget]:
        return [dock for name, dock in self.by_name.items() if PANELS[name].area == area]

    def _lie_on_each_other(self) -> bool:
        """Whether the panels at the right do, but for the first."""
        first, second, *others = self._in(RIGHT)
        together = self._window.tabifiedDockWidgets(second)
        return not self._window.tabifiedDockWidgets(first) and len(together) == len(others)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # A bar that is polished has been set up by Qt.
        if event.type() == QEvent.Type.ChildPolished:
            assert isinstance(event, QChildEvent)
            bar = event.child()
            if isinstance(bar, QTabBar) and bar.findChild(DockTabs) is None:
                DockTabs(bar)
        return False

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
