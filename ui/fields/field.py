"""What every field is: a label and an editor for one choice; it speaks by `edited` and is told by `show_session`."""

from PySide6.QtCore import QEvent, QObject, QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from core.session import Session
from ui.labels import caption
from ui.theme import LIGHT, Theme

FIELD_WIDTH, GAP = 146, 6
# In a column narrower than this the editor stands under its caption.
NARROWEST = 190
ANEW = "↺"
ANEW_MEANS = f"{ANEW} Training begins anew; the run so far stays in the history, and undo brings it back."


class Field(QWidget):
    """Shows the session's value, and emits an Edit when the user wants another; `anew` marks what needs a new start."""

    edited = Signal(object)

    def __init__(self, label: str, tip: str, *, anew: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.label, self.anew = label, anew
        self.tip = f"{tip}\n{ANEW_MEANS if anew else 'Changes at once, without a new start.'}"
        self.theme: Theme = LIGHT

    def show_session(self, session: Session) -> None:
        """Bring the editor to the session's value, without emitting. Each field has its own."""

    def dress(self, theme: Theme) -> None:
        """Take over the zoom of the text."""
        self.theme = theme

    def minimumSizeHint(self) -> QSize:
        # A long value is elided sooner than the column scrolls sideways.
        return QSize(0, super().minimumSizeHint().height())

    @property
    def title(self) -> str:
        """The label with its mark."""
        return f"{self.label} {ANEW}" if self.anew else self.label

    def explain(self, editor: QWidget, name: str | None = None) -> None:
        """Tell eyes and screen readers what the editor does to the mathematics and to the run."""
        editor.setAccessibleName(name or self.label)
        editor.setAccessibleDescription(self.tip)
        editor.setToolTip(self.tip)

    def keep_from_wheel(self, editor: QWidget) -> None:
        """Let the wheel scroll the column, and not change what happens to lie under the mouse."""
        editor.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Wheel:
            event.ignore()
            return True
        return super().eventFilter(watched, event)


class LabelledField(Field):
    """A caption beside its editor; `above` it if that is wanted, or in a column narrow for the size of the text."""

    def __init__(self, label: str, tip: str, *, anew: bool, above: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(label, tip, anew=anew, parent=parent)
        self._always_above = above
        self._above: bool | None = None
        self._editor: QWidget | None = None
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setRowStretch(2, 1)
        self._caption = caption(self.title, self)
        self._caption.setToolTip(self.tip)
        if above:
            self._caption.setProperty("role", "caption")

    def hold(self, editor: QWidget) -> None:
        """Put the editor in its place."""
        self._editor = editor
        editor.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._grid.addWidget(self._caption, 0, 0)
        self._place(above=self._always_above)

    def needed(self) -> int:
        """How wide the editor must be to show its value whole."""
        return 0

    def dress(self, theme: Theme) -> None:
        super().dress(theme)
        self.fit()

    def fit(self) -> None:
        """Make the editor as wide as the others of its column, wider where its value needs it and there is room."""
        if self._editor is None:
            return
        above = self._always_above or self.width() < NARROWEST * self.theme.zoom
        if above != self._above:
            self._place(above=above)
        room = self.width() if above else self.width() - self._caption.sizeHint().width() - GAP
        wanted = room if above else max(round(FIELD_WIDTH * self.theme.zoom), self.needed())
        self._editor.setFixedWidth(max(1, min(wanted, room)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def _place(self, *, above: bool) -> None:
        assert self._editor is not None
        self._above = above
        self._grid.removeWidget(self._editor)
        self._grid.addWidget(self._editor, int(above), int(not above))
        self._grid.setColumnStretch(0, 1)
        self._grid.setHorizontalSpacing(GAP)
        self._grid.setVerticalSpacing(1)
