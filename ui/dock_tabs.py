"""The tabs over panels that lie on each other: closer together in a narrow window, and in a menu where some hide."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QMenu, QTabBar, QToolButton

from ui.menus import hang

RESTYLED = (QEvent.Type.StyleChange, QEvent.Type.FontChange)
FITTING = (QEvent.Type.Resize, QEvent.Type.LayoutRequest, QEvent.Type.Show)
MOVING = (QEvent.Type.Show, QEvent.Type.Hide, QEvent.Type.Move, QEvent.Type.Resize)
MENU_TIP = "All panels that lie here, also those whose tabs do not fit."


class DockTabs(QObject):
    """Watches one bar, and lives as long as it.

    Tabs keep their order: dragging a dock can leave a tab bar behind whose group Qt then looks for in vain, and
    crashes, when one of its tabs is moved. Panels are moved by their headers.
    """

    def __init__(self, bar: QTabBar) -> None:
        super().__init__(bar)
        self._bar = bar
        self._dressing = self._restyled = False
        self._roomy: tuple[list[str], int] = [], 0
        bar.setMovable(False)
        bar.setAccessibleName("Panels that lie on each other")
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._fit_later)
        # Qt's arrows go tab by tab; the menu stands in their place.
        self._arrows = bar.findChildren(QToolButton)
        self.menu_button = self._make_menu()
        for watched in (bar, *self._arrows):
            watched.installEventFilter(self)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self._dressing:
            return False
        if watched is not self._bar:
            # Arrows are hidden also while the bar is being destroyed, when nothing can be asked of it.
            if event.type() in MOVING:
                self._later.start(0)
        elif event.type() in RESTYLED:
            # The bar itself is still to hear of it.
            self._restyled = True
            self._later.start(0)
        elif event.type() in FITTING:
            self._fit()
        return False

    def _fit_later(self) -> None:
        if self._restyled:
            self._restyled, self._roomy = False, ([], 0)
        self._fit()

    def _fit(self) -> None:
        wanted = self._wanted()
        tight = wanted > self._bar.width()
        if tight != bool(self._bar.property("tight")):
            self._dress(tight=tight)
        hidden = [arrow for arrow in self._arrows if not arrow.isHidden()]
        self.menu_button.setVisible(bool(hidden))
        if hidden:
            place = hidden[0].geometry()
            for arrow in hidden[1:]:
                place = place.united(arrow.geometry())
            self.menu_button.setGeometry(place)
            self.menu_button.raise_()

    def _wanted(self) -> int:
        """How wide all tabs are when they stand apart as usual."""
        texts = [self._bar.tabText(at) for at in range(self._bar.count())]
        if texts != self._roomy[0]:
            if self._bar.property("tight"):
                self._dress(tight=False)
            self._roomy = texts, self._bar.sizeHint().width()
        return self._roomy[1]

    def _dress(self, *, tight: bool) -> None:
        self._dressing = True
        self._bar.setProperty("tight", tight)
        self._bar.style().unpolish(self._bar)
        self._bar.style().polish(self._bar)
        self._dressing = False

    def _make_menu(self) -> QToolButton:
        button = QToolButton(self._bar)
        button.setText("▾")
        button.setAccessibleName("All panels here")
        button.setToolTip(MENU_TIP)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        menu = QMenu(button)
        menu.aboutToShow.connect(lambda: self._list(menu))
        hang(menu, button)
        button.hide()
        return button

    def _list(self, menu: QMenu) -> None:
        menu.clear()
        for at in range(self._bar.count()):
            entry = menu.addAction(self._bar.tabText(at).replace("&", "&&"))
            entry.setCheckable(True)
            entry.setChecked(at == self._bar.currentIndex())
            entry.triggered.connect(lambda _=False, at=at: self._bar.setCurrentIndex(at))
