"""The line over a panel: its name, what it says at the moment, its tools, and what can be done with the panel."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

from ui.labels import LiveText, heading
from ui.menus import hang
from ui.resources import icon
from ui.theme import Theme

NARROWEST = 120


class Header(QWidget):
    """In a dock it is the title bar, by which the dock is dragged."""

    alone = Signal()
    floated = Signal()
    hidden = Signal()

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("header")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.value = LiveText(f"{title}: what is shown", parent=self)
        self._title = title
        self._tools = QHBoxLayout()
        self._tools.setSpacing(4)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 4, 8, 2)
        row.setSpacing(8)
        row.addWidget(heading(title))
        row.addWidget(self.value, 1)
        row.addLayout(self._tools)
        self._more: QToolButton | None = None

    def add_tool(self, tool: QWidget) -> None:
        """Put a tool at the right."""
        self._tools.addWidget(tool)

    def offer(self, *, dockable: bool) -> None:
        """Offer the menu of what can be done with the panel."""
        more = self._more = QToolButton(self)
        more.setProperty("role", "quiet")
        more.setIconSize(QSize(14, 14))
        more.setAccessibleName(f"{self._title}: full screen, undock, hide")
        more.setToolTip("Full screen, undock or hide this panel.")
        more.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        menu = QMenu(more)
        menu.addAction("Full screen").triggered.connect(self.alone)
        if dockable:
            menu.addAction("Undock, or dock again").triggered.connect(self.floated)
            menu.addAction("Hide").triggered.connect(self.hidden)
        hang(menu, more)
        self._tools.addWidget(more)

    def minimumSizeHint(self) -> QSize:
        # However large the text, the dock may be made narrow.
        return QSize(NARROWEST, super().minimumSizeHint().height())

    def dress(self, theme: Theme) -> None:
        """Take over colours and zoom."""
        if self._more is not None:
            self._more.setIcon(icon("ellipsis", theme.secondary))
