"""The data: a gallery to choose from, their rows, a line for an own input, and how the rows are drawn."""

import numpy as np
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QGridLayout, QMenu, QToolButton, QVBoxLayout, QWidget

from core import edits
from core.datasets import Data, find_dataset
from core.edits import Edit
from core.frame import Frame
from core.selection import SampleChoice
from core.session import Session
from core.spec import MAX_SAMPLES, Spec
from ui.fields.choice import ChoiceField
from ui.fields.field import Field
from ui.fields.slider import Scale, SliderField
from ui.fields.whole import WholeField
from ui.labels import LiveText
from ui.menus import hang
from ui.numbers import counted, fixed
from ui.output.reading import outputs_in_words
from ui.panel import Panel
from ui.panels.gallery import Gallery, network
from ui.panels.legend import Legend
from ui.panels.own_input import OwnInputLine
from ui.panels.rows_model import TEST, RowsModel
from ui.panels.rows_table import RowsTable
from ui.panels.targets import TARGETS
from ui.resources import icon
from ui.scene.names import spelled
from ui.theme import Theme, text_font
from ui.throttle import Throttle

# The second column has the longer captions.
STRETCH = (4, 5)


class DataPanel(Panel):
    """Choosing a set loads it with the settings that solve it; choosing a row shows its numbers everywhere."""

    title = "Data"
    rate = 15

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._spec: Spec | None = None
        self._data: Data | None = None
        self._pointed = ""
        self._told = Throttle(1.0)
        self.gallery = Gallery(self)
        self.gallery.loaded.connect(lambda name: self.edited.emit(edits.choose_dataset(name)))
        self.gallery.pointed.connect(self._point)
        self.note = LiveText("About the rows", font=text_font(11), alignment=Qt.AlignmentFlag.AlignLeft, parent=self)
        self.rows = RowsModel()
        self.table = RowsTable(self.rows, self)
        self.table.chosen.connect(lambda row: self.edited.emit(SampleChoice(row)))
        self.table.sorted.connect(self._say)
        self.own = OwnInputLine(self.table, self)
        self.own.edited.connect(self.edited)
        self.legend = Legend(self)
        self.sampling, self.splitting = sampling_fields(), splitting_fields()
        self._order = self._make_order()
        self._lay_out()

    def draw(self, frame: Frame) -> None:
        session = frame.session
        if self.forced or session.spec is not self._spec:
            self._spec = session.spec
            self._show_choices(session)
        if session.data is not self._data:
            self._data = session.data
            self.legend.show_data(session.data)
        self.table.show_frame(frame)
        self.own.show_frame(frame)
        self._say()
        if QAccessible.isActive() and self._told.heard(frame):
            self.table.setAccessibleDescription(described(frame))

    def show_theme(self, theme: Theme) -> None:
        self.gallery.dress(theme)
        self.table.dress(theme)
        self.own.dress(theme)
        for field in (*self.sampling, *self.splitting):
            field.dress(theme)
        self._data = None
        self._order.setIcon(icon("arrow-down-wide-narrow", theme.secondary))
        super().show_theme(theme)

    def choose_next(self, step: int = 1) -> None:
        """Choose the next row in the order shown, round the end, or with −1 the previous; from an own input its row."""
        if self.frame is None:
            return
        self.rows.take(self.frame)
        place = self.rows.place_of(self.frame.sample) + (0 if self.frame.own else step)
        self.edited.emit(SampleChoice(self.rows.row_at(place % self.rows.rowCount())))

    def _say(self) -> None:
        """What is looked at in the gallery, an own input's answer, or how the rows are sorted."""
        frame = self.frame
        if frame is None:
            return
        if self._pointed:
            dataset = find_dataset(self._pointed)
            self.note.say(f"{dataset.label} brings {network(dataset)} · undo returns")
        elif frame.own:
            error = f"{spelled('E')} = {fixed(frame.sample_loss, 4)}" if frame.has_target else "no target"
            self.note.say(f"Own input: {outputs_in_words(frame.trace.y[0])} · {error}")
        elif self.rows.order_in_words:
            self.note.say(self.rows.order_in_words)
        else:
            self.note.say(f"{frame.subject.capitalize()} of {len(frame.session.data.x):,} · keys [ and ]")
        self.note.setToolTip(self.note.text())

    def _point(self, name: str) -> None:
        self._pointed = name
        self._say()

    def _show_choices(self, session: Session) -> None:
        train, test = session.data.train, len(session.data.x) - session.data.train
        self.header.value.say(counted(train, "row") if not test else f"{train:,} + {test:,} {TEST}")
        self.header.value.setToolTip(f"{counted(train, 'row')} to train on, {counted(test, 'test row')} ({TEST}).")
        for field in (*self.sampling, *self.splitting):
            field.show_session(session)
        for field in self.sampling:
            field.setEnabled(not session.spec.source.table)
        self.gallery.show_dataset(session.spec.dataset)

    def _make_order(self) -> QToolButton:
        button = QToolButton(self)
        button.setProperty("role", "quiet")
        button.setIconSize(QSize(14, 14))
        button.setAccessibleName("Order of the rows")
        button.setToolTip("Sort the rows by number, input, target, output or loss, as they are at this moment.")
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        menu = QMenu(button)
        menu.aboutToShow.connect(lambda: self.table.orders(menu))
        hang(menu, button)
        self.header.add_tool(button)
        return button

    def _lay_out(self) -> None:
        inside = QWidget()
        inside.setObjectName("panel")
        box = QVBoxLayout(inside)
        box.setContentsMargins(12, 0, 8, 6)
        box.setSpacing(3)
        box.addWidget(self.gallery)
        box.addWidget(self.note)
        box.addWidget(self.table, 1)
        box.addWidget(self.own)
        box.addWidget(self.legend)
        grid = QGridLayout()
        grid.setHorizontalSpacing(6)
        grid.setVerticalSpacing(3)
        for column, fields in enumerate((self.sampling, self.splitting)):
            grid.setColumnStretch(column, STRETCH[column])
            for row, field in enumerate(fields):
                field.edited.connect(self.edited)
                grid.addWidget(field, row, column)
        box.addLayout(grid)
        self.fill_with_column(inside)


def described(frame: Frame) -> str:
    """The numbers of the chosen row, or of the own input, to be read aloud."""
    given = {"x": frame.x[0], "y": frame.trace.y[0]}
    if frame.has_target:
        given |= {"t": frame.t[0], "E": np.array([frame.sample_loss])}
    numbers = "; ".join(f"{spelled(name)} = {', '.join(map(fixed, values.tolist()))}" for name, values in given.items())
    return f"{frame.subject.capitalize()}: {numbers}"


def sampling_fields() -> list[Field]:
    """How the rows are drawn; a table's are what they are."""
    return [
        SliderField(
            "Noise",
            Scale(0.0, 50.0, digits=0),
            lambda session: session.spec.noise,
            lambda value, gesture: edits.choose(f"noise {value:g} %", merge=gesture, noise=value),
            "How much the data are disturbed. New data are drawn.",
            suffix=" %",
            narrow=True,
        ),
        WholeField(
            "Samples",
            lambda session: (1, MAX_SAMPLES),
            lambda session: session.spec.samples,
            lambda number: edits.choose(counted(number, "sample"), samples=number),
            "How many rows are drawn, to train and to test. New data are drawn.",
            above=True,
        ),
    ]


def choose_train_share(percent: float, gesture: str) -> Edit:
    """Set the share of the rows that train; what is refused is named as it was typed."""
    if not 0 <= percent <= 100:
        return edits.refusal(f"The train share must lie in 0 … 100 %, not {percent:g} %.")
    return edits.choose(f"train share {percent:g} %", merge=gesture, train_share=percent / 100)


def splitting_fields() -> list[Field]:
    """Which of them train, and what their classes are called in numbers."""
    return [
        SliderField(
            "Train share",
            Scale(0.0, 100.0, digits=0),
            lambda session: round(100 * session.spec.train_share, 6),
            choose_train_share,
            "The share of the rows that train; the rest test (◇): gradients never see them.",
            suffix=" %",
            narrow=True,
        ),
        ChoiceField(
            "Targets",
            TARGETS,
            lambda session: session.spec.targets,
            lambda name: edits.choose(f"targets {name}", targets=name),
            "Which numbers stand for the classes; the number of outputs follows.",
            above=True,
        ),
    ]
