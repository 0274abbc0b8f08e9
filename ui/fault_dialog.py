"""Says that the program made a mistake, what that means, and hands out a report; it stops nobody."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSize, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QFont, QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from ui.labels import caption

SIZE = QSize(640, 420)
WHAT_IS_IN_IT = (
    "The report holds versions, what failed, the chosen settings and the last lines of the log. It holds none of"
    " your data, and goes nowhere unless you send it."
)
FRAME = (
    "QPlainTextEdit { border: 1px solid palette(mid); border-radius: 6px }"
    "QPlainTextEdit:focus { border-color: palette(highlight) }"
)


class FaultDialog(QDialog):
    """`report` writes the report as it is at that moment; `folder` is where the log is, None if there is none."""

    def __init__(self, folder: Path | None, report: Callable[[], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._report, self._folder = report, folder
        self.setWindowTitle("A fault in the program – Backprop Playground")
        self.setAccessibleName("A fault in the program")
        self.setModal(False)
        title = QLabel("A fault in the program", self)
        title.setStyleSheet("font-weight: 600")
        self.sentence = QLabel(self)
        self.sentence.setWordWrap(True)
        self.sentence.setTextFormat(Qt.TextFormat.PlainText)
        self.counted = caption(parent=self)
        explanation = caption(WHAT_IS_IN_IT, self)
        explanation.setWordWrap(True)
        self.details = QPlainTextEdit(self)
        self.details.setReadOnly(True)
        self.details.setTabChangesFocus(True)
        self.details.setAccessibleName("Report")
        self.details.setFont(_fixed_font())
        self.details.setStyleSheet(FRAME)
        self.told = caption(parent=self)
        row = QHBoxLayout()
        self.copy_report = self._button(row, "Copy report", "Put the report onto the clipboard.", self._copy)
        self.open_folder = self._button(row, "Open log folder", "Show the files of the log.", self._open)
        self.open_folder.setVisible(folder is not None)
        row.addWidget(self.told, 1)
        self._button(row, "Close", "Close this; the program goes on.", self.close)
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 16, 16, 16)
        box.setSpacing(8)
        for widget in (title, self.sentence, self.counted, self.details, explanation):
            box.addWidget(widget, int(widget is self.details))
        box.addLayout(row)
        self.resize(SIZE * self.fontMetrics().height() / 16)

    def tell(self, sentence: str) -> None:
        """Say what a fault means to the user, and come to the front."""
        self.sentence.setText(sentence)
        self.setAccessibleDescription(sentence)
        self.details.setPlainText(self._report())
        self.told.clear()
        # Not a button: whoever is just pressing the space bar shall not close this unread.
        self.details.setFocus()
        self.show()
        self.raise_()

    def count(self, kinds: int, times: int) -> None:
        """Say how many faults there were."""
        self.counted.setText("" if times == 1 else f"{times:,} times by now, {kinds:,} different")

    def _button(self, row: QHBoxLayout, text: str, tip: str, slot: Callable[[], object]) -> QPushButton:
        button = QPushButton(text, self)
        button.setToolTip(tip)
        button.setAutoDefault(False)
        button.clicked.connect(slot)
        row.addWidget(button)
        return button

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._report())
        self.told.setText("Copied.")

    def _open(self) -> None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder))):
            self.told.setText(str(self._folder))


def _fixed_font() -> QFont:
    """A font with letters of one width, of the size that the application's has."""
    font = QFont()
    font.setFamilies(["monospace", "Consolas", "Menlo", "DejaVu Sans Mono"])
    font.setStyleHint(QFont.StyleHint.TypeWriter)
    return font
