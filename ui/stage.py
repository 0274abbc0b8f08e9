"""One panel alone on the whole screen, for a class to see; Escape brings it back to its place."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.mistake_banner import MistakeBanner
from ui.panel import Panel


class Stage(QWidget):
    """Takes a panel with its header; `home` puts them back."""

    def __init__(self, panel: Panel, home: Callable[[], object], window: QWidget) -> None:
        super().__init__(window, Qt.WindowType.Window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("panel")
        self.setWindowTitle(f"{panel.title} – Backprop Playground")
        self.setAccessibleName(f"{panel.title}, full screen")
        self.panel, self._home = panel, home
        # The window's keys work here too.
        self.addActions(window.actions())
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        self.banner = MistakeBanner(self)
        box.addWidget(self.banner)
        box.addWidget(panel.header)
        box.addWidget(panel, 1)
        panel.header.show()
        panel.show()
        # Not the first of its buttons, which would take the space bar.
        panel.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._home()
        super().closeEvent(event)
