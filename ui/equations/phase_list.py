"""The phases of one update as a list to jump in, with the buttons that go from one to the next, and play them."""

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ui.theme import Theme

DONE, NOW, TO_COME = "✓", "●", "○"
WIDTH, LEAST_WIDTH = 224, 120
PACES = (0.5, 1.0, 2.0, 4.0)
FIRST_PACE = 1
NOT_BEGUN = -1


class PhaseList(QWidget):
    """`jumped` carries the number of the phase that was clicked, or on which Enter was pressed.

    `called` names the command of a button. `at` is the phase that is done last, NOT_BEGUN outside of an update.
    """

    jumped = Signal(int)
    called = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.at = self._stands_at = NOT_BEGUN
        self._titles: tuple[str, ...] = ()
        self._tips: tuple[str, ...] = ()
        self._theme: Theme | None = None
        self.list = QListWidget(self)
        self.list.setObjectName("phases")
        self.list.setAccessibleName("Phases of one update")
        self.list.setToolTip("Click a phase, or press Enter on it: training pauses, and the update stands there.")
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.itemClicked.connect(self._jump)
        self.list.itemActivated.connect(self._jump)
        self._clock = QTimer(self)
        self._clock.setSingleShot(True)
        self._clock.timeout.connect(lambda: self.called.emit("step_phase"))
        self.back = self._button("◂", "Phase back", "One phase back (Shift+P).")
        self.back.clicked.connect(lambda: self.called.emit("phase_back"))
        self.step = self._button("▸", "Step phase", "One phase on; the last one makes the update (P).")
        self.step.clicked.connect(lambda: self.called.emit("step_phase"))
        self.play = self._button("Play", "Play phases", "Phase after phase, at the chosen pace, to the update.")
        self.play.setCheckable(True)
        self.play.toggled.connect(self._play)
        self.pace = QComboBox(self)
        self.pace.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.pace.addItems([f"{seconds:g} s" for seconds in PACES])
        self.pace.setCurrentIndex(FIRST_PACE)
        self.pace.setAccessibleName("Pace of the phases")
        self.pace.setToolTip("How long each phase is shown while they are played.")
        self.pace.currentIndexChanged.connect(lambda number: self._clock.setInterval(round(1000 * PACES[number])))
        self._clock.setInterval(round(1000 * PACES[FIRST_PACE]))
        buttons = QHBoxLayout()
        buttons.setSpacing(4)
        for widget in (self.back, self.step, self.play, self.pace):
            buttons.addWidget(widget)
        buttons.setStretchFactor(self.pace, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        box.addWidget(self.list, 1)
        box.addLayout(buttons)

    @property
    def playing(self) -> bool:
        """Whether phases are being played."""
        return self.play.isChecked()

    def show_phases(self, titles: tuple[str, ...], at: int, tips: tuple[str, ...] = ()) -> None:
        """Show these phases, of which number `at` was done last; `tips` say more of each."""
        if (titles, at) == (self._titles, self.at):
            return
        anew = titles != self._titles
        self._titles, self._tips, self.at = titles, tips or titles, at
        with QSignalBlocker(self.list):
            if anew:
                self.list.clear()
                self.list.addItems(list(titles))
            self._mark()

    def follow(self, at: int, last: int) -> None:
        """While playing, wait before the next phase; it ends where the update is made, or the walk is left."""
        before, self._stands_at = self._stands_at, at
        if self.playing and at == NOT_BEGUN:
            self.play.setChecked(False)
        elif self.playing and at != before:
            if at == last:
                self.play.setChecked(False)
            else:
                self._clock.start()

    def show_theme(self, theme: Theme) -> None:
        """Take over colours and zoom."""
        self._theme = theme
        self.setMinimumWidth(round(LEAST_WIDTH * theme.zoom))
        self.setMaximumWidth(round(WIDTH * theme.zoom))
        self._mark()

    def _mark(self) -> None:
        for number, (title, tip) in enumerate(zip(self._titles, self._tips, strict=True)):
            item = self.list.item(number)
            now = number == self.at
            mark = NOW if now else DONE if number < self.at else TO_COME
            item.setText(f"{mark}  {title}")
            font = self.list.font()
            font.setBold(now)
            item.setFont(font)
            item.setToolTip(tip)
            if self._theme is not None:
                roles = {NOW: self._theme.chosen, DONE: self._theme.text, TO_COME: self._theme.secondary}
                item.setForeground(QColor(roles[mark]))
        if 0 <= self.at < len(self._titles):
            self.list.setCurrentRow(self.at)
            self.list.scrollToItem(self.list.item(self.at))

    def _jump(self, item: QListWidgetItem) -> None:
        self.jumped.emit(self.list.row(item))

    def _play(self, on: bool) -> None:
        self.play.setText("Stop" if on else "Play")
        self._clock.stop()
        if on:
            self.called.emit("step_phase")

    def _button(self, text: str, name: str, tip: str) -> QToolButton:
        button = QToolButton(self)
        button.setText(text)
        button.setAccessibleName(name)
        button.setToolTip(tip)
        return button
