"""The line over a panel: its name, what it says at the moment, its tools, and what can be done with the panel."""

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QVBoxLayout, QWidget

from ui.labels import LiveText, heading
from ui.menus import hang
from ui.resources import icon
from ui.theme import Theme

NARROWEST = 120
ICON = 14
# How much of their width tools must keep, and how high, in units, a window is that has room for another line.
TIGHTEST, HIGH = 0.85, 500
WIDEST = 16_777_215  # as wide as Qt lets a widget be


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
        self._tool_box = QWidget(self)
        self._tools = QHBoxLayout(self._tool_box)
        self._tools.setContentsMargins(0, 0, 0, 0)
        self._tools.setSpacing(4)
        self._heading = heading(title)
        self._row, self._rows = QHBoxLayout(), QVBoxLayout(self)
        self._row.setSpacing(8)
        for widget in (self._heading, self.value, self._tool_box):
            self._row.addWidget(widget)
        self._row.setStretch(1, 1)
        self._rows.setContentsMargins(16, 4, 8, 2)
        self._rows.setSpacing(2)
        self._rows.addLayout(self._row)
        self._below, self._zoom = False, 1.0
        self._more: QToolButton | None = None

    def add_tool(self, tool: QWidget) -> None:
        """Put a tool at the right."""
        self._tools.addWidget(tool)

    def offer(self, *, dockable: bool) -> None:
        """Offer the menu of what can be done with the panel."""
        more = self._more = QToolButton(self)
        more.setProperty("role", "quiet")
        more.setAccessibleName(f"{self._title}: full screen, undock, hide")
        more.setToolTip("Full screen, undock or hide this panel.")
        more.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        menu = QMenu(more)
        menu.addAction("Full screen").triggered.connect(self.alone)
        if dockable:
            menu.addAction("Undock, or dock again").triggered.connect(self.floated)
            menu.addAction("Hide").triggered.connect(self.hidden)
        hang(menu, more)
        self._row.addWidget(more)

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):
            self._fit()
        return super().event(event)

    def _fit(self) -> None:
        """Tools that would be cut beside the name, as with large text, stand in a line of their own, if there is room
        for that: in a low window the panels need it more."""
        margins = self._rows.contentsMargins()
        beside = [self._heading, *([self._more] if self._more is not None else [])]
        taken = sum(part.sizeHint().width() + self._row.spacing() for part in beside)
        room = self.width() - margins.left() - margins.right() - taken
        cut = self._tools.count() > 0 and room < TIGHTEST * self._tool_box.sizeHint().width()
        below = cut and self.window().height() >= HIGH * self._zoom
        # The name is whole, whatever becomes of the tools.
        self._tool_box.setMaximumWidth(WIDEST if below else max(1, room - self._row.spacing()))
        if below != self._below:
            self._below = below
            self._row.removeWidget(self._tool_box)
            if below:
                self._rows.addWidget(self._tool_box, 0, Qt.AlignmentFlag.AlignRight)
            else:
                self._row.insertWidget(2, self._tool_box)

    def minimumSizeHint(self) -> QSize:
        # However large the text, the dock may be made narrow.
        return QSize(NARROWEST, super().minimumSizeHint().height())

    def dress(self, theme: Theme) -> None:
        """Take over colours and zoom."""
        self._zoom = theme.zoom
        if self._more is not None:
            self._more.setIconSize(QSize(ICON, ICON) * theme.zoom)
            self._more.setIcon(icon("ellipsis", theme.secondary))
