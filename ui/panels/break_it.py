"""The classic mistakes of backpropagation: each beside what is right, made and healed by a click."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListWidget,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from core import edits
from core.errata import ERRATA
from core.explain.notation import NOTATIONS
from core.explain.written import general_line
from core.frame import Frame
from core.mistakes import MISTAKES, Mistake, why_not_here
from core.mistakes.in_general import lines_in_general, network_in_general
from ui.equations.sheets import RIGHT, WRONG
from ui.equations.view import EquationView, Line, Sheet
from ui.labels import caption
from ui.matrix.scrolled import ScrollRoom
from ui.mistake_banner import HEAL_TIP
from ui.panel import Panel
from ui.theme import Theme
from ui.throttle import Throttle

ON, OFF, NOT_HERE = "✗", "○", "—"
CANNOT_SHOW = "cannot show here"
REASONS_A_SECOND = 1
MARGIN = 16


class BreakItPanel(Panel):
    """A list, and beside it the chosen mistake: the wrong line, why it is wrong, and why it may not show here."""

    title = "Break it"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.list = QListWidget(self)
        self.list.setObjectName("phases")
        self.list.setAccessibleName("Classic mistakes")
        self.list.setToolTip("Enter or a double click makes the mistake, or heals it.")
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.addItems([mistake.label for mistake in MISTAKES])
        self.list.setCurrentRow(0)
        self.list.currentRowChanged.connect(self._again)
        self.list.itemActivated.connect(self._press)
        self.lines = EquationView("Right and wrong formula", self)
        self.why = caption(parent=self)
        self.why.setWordWrap(True)
        self.example = self._button("Open an example where it shows", self._open_example)
        self.button = self._button("Make this mistake", self._press)
        self._reasons: dict[str, str | None] = {}
        self._told = Throttle(REASONS_A_SECOND)
        self._of: tuple[object, ...] = ()
        self._shown_now: tuple[object, ...] = ()
        self._lay_out()

    @property
    def mistake(self) -> Mistake:
        """The one that is chosen in the list."""
        return MISTAKES[MISTAKES.names()[max(0, self.list.currentRow())]]

    def draw(self, frame: Frame) -> None:
        spec, on = frame.session.spec, frame.session.spec.mistake
        of, due = (spec, frame.session.data), self._told.heard(frame)
        if due or of != self._of:
            self._of = of
            self._reasons = {mistake.name: _why_not(mistake, frame) for mistake in MISTAKES}
        rows = max(2, _batch(frame))
        now = (on, self.mistake.name, tuple(self._reasons.values()), self.theme.notation, rows)
        if now != self._shown_now:
            self._shown_now = now
            self._show_list(on)
            self._show_chosen(on, rows)

    def show_theme(self, theme: Theme) -> None:
        super().show_theme(theme)
        self.list.setMaximumWidth(self.list.sizeHintForColumn(0) + round(MARGIN * theme.zoom))

    def _show_list(self, on: str | None) -> None:
        for row, mistake in enumerate(MISTAKES):
            item, now = self.list.item(row), mistake.name == on
            reason = self._reasons[mistake.name]
            item.setText(f"{ON if now else OFF if reason is None else NOT_HERE}  {mistake.label}")
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{mistake.label} {_state(now, reason)}".strip())
            font = self.list.font()
            font.setBold(now)
            item.setFont(font)
            item.setToolTip(mistake.help if reason is None else _not_here(reason))

    def _show_chosen(self, on: str | None, rows: int) -> None:
        mistake, notation = self.mistake, NOTATIONS[self.theme.notation]
        is_on, reason = mistake.name == on, self._reasons[mistake.name]
        right, wrong = (general_line(line, network_in_general(), notation) for line in lines_in_general(mistake, rows))
        state = _state(is_on, reason)
        self.lines.show_sheet(Sheet(mistake.label, state, (Line(RIGHT, right), Line(WRONG, wrong))))
        self.why.setText(" ".join(filter(None, (mistake.help, _who_prints(mistake), _not_here(reason)))))
        self.button.setText("Heal" if is_on else "Make this mistake")
        self.button.setAccessibleName(f"{self.button.text()}: {mistake.label}")
        self.button.setToolTip(
            HEAL_TIP
            if is_on
            else "Train on from the same weights with this mistake, until you heal it. Undo comes back."
        )
        self.example.setVisible(reason is not None)
        source = mistake.example.dataset
        self.example.setToolTip(f"Loads {source} with settings on which it shows, and makes it. {edits.BEGINS_ANEW}")

    def _press(self) -> None:
        if self.frame is not None:
            is_on = self.mistake.name == self.frame.session.spec.mistake
            self.edited.emit(edits.heal() if is_on else edits.make_mistake(self.mistake.name))

    def _open_example(self) -> None:
        self.edited.emit(edits.show_mistake(self.mistake.name))

    def _again(self) -> None:
        if self.frame is not None:
            self.show_again(self.frame)

    def _button(self, text: str, do: Callable[[], None]) -> QToolButton:
        button = QToolButton(self)
        button.setText(text)
        button.setAccessibleName(text)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(do)
        self.header.add_tool(button)
        return button

    def _scrolled(self, text: QLabel) -> QScrollArea:
        """A bar that comes and goes would have the text written anew for ever."""
        text.setAlignment(Qt.AlignmentFlag.AlignTop)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(text)
        return area

    def _lay_out(self) -> None:
        column = QVBoxLayout()
        column.setSpacing(4)
        column.addWidget(ScrollRoom(self.lines), 5)
        column.addWidget(self._scrolled(self.why), 2)
        row = QHBoxLayout()
        row.setContentsMargins(16, 0, 16, 8)
        row.setSpacing(16)
        row.addWidget(self.list, 2)
        row.addLayout(column, 3)
        self.body.addLayout(row)


def _state(is_on: bool, reason: str | None) -> str:
    return ", ".join(["on"] * is_on + [CANNOT_SHOW] * (reason is not None))


def _batch(frame: Frame) -> int:
    """Rows of a whole batch."""
    rows = frame.session.data.train
    return min(frame.session.spec.batch or rows, rows)


def _why_not(mistake: Mistake, frame: Frame) -> str | None:
    """Why it cannot show in the next batch, nor in those that the rows make in their order."""
    data, spec = frame.session.data, frame.session.spec
    network, rows, batch = frame.session.run.network, frame.batch, _batch(frame)
    reason = why_not_here(mistake, network, data.x[rows], data.t[rows], spec.eta, batch)
    return reason and why_not_here(mistake, network, data.x_train, data.t_train, spec.eta, batch)


def _who_prints(mistake: Mistake) -> str:
    if mistake.erratum is None:
        return ""
    erratum = ERRATA[mistake.erratum]
    return f"In {erratum.where}: “{erratum.printed}”."


def _not_here(reason: str | None) -> str:
    return "" if reason is None else f"It cannot show here: {reason}"
