"""The switch between a linear and a logarithmic axis of losses."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QToolButton, QWidget


class LogSwitch(QToolButton):
    """Says which axis there is; `changed` carries whether it is logarithmic now."""

    changed = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "quiet")
        self.setCheckable(True)
        self.setText("linear")
        self.setAccessibleName("Logarithmic loss axis")
        self.setToolTip("Linear or logarithmic loss axis; the logarithmic one shows small losses.")
        self.toggled.connect(self._tell)

    def _tell(self, log: bool) -> None:
        self.setText("log" if log else "linear")
        self.changed.emit(log)
