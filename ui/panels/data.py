"""The data: a gallery to choose from, how they are drawn, and their rows."""

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QSize, Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QListWidget,
    QListWidgetItem,
    QTableView,
    QWidget,
)

from core import edits
from core.datasets import DATASETS, ENCODINGS, Data
from core.frame import Frame
from core.selection import SampleChoice
from core.session import Session
from core.spec import MAX_SAMPLES, Spec
from ui.fields.choice import ChoiceField
from ui.fields.slider import Scale, SliderField
from ui.fields.whole import WholeField
from ui.panel import Panel
from ui.panels.rows_model import RowsModel
from ui.panels.thumbnail import SIZE, thumbnail
from ui.theme import Theme, text_font

NUMBER_COLUMN, DIGIT_COLUMN = 48, 30


class DataPanel(Panel):
    """Choosing a set loads it with the settings that solve it; choosing a row shows its numbers everywhere."""

    title = "Data"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._spec: Spec | None = None
        self._sized: Data | None = None
        self.gallery = self._make_gallery()
        self.rows = RowsModel()
        self.table = self._make_table()
        self._sampling = [
            SliderField(
                "Noise",
                Scale(0.0, 50.0, digits=0),
                lambda session: session.spec.noise,
                lambda value, gesture: edits.choose(f"noise {value:g} %", merge=gesture, noise=value),
                "How much the data are disturbed. New data, and the network starts anew.",
                suffix=" %",
            ),
            WholeField(
                "Samples",
                lambda session: (1, MAX_SAMPLES),
                lambda session: session.spec.samples,
                lambda number: edits.choose(f"{number} samples", samples=number),
                "How many rows are drawn. New data, and the network starts anew.",
            ),
        ]
        share = SliderField(
            "Train share",
            Scale(0.0, 100.0, digits=0),
            lambda session: round(100 * session.spec.train_share, 6),
            lambda value, gesture: edits.choose(f"train share {value:g} %", merge=gesture, train_share=value / 100),
            "How many of the rows train; the rest test. The network starts anew.",
            suffix=" %",
        )
        targets = ChoiceField(
            "Targets",
            TARGETS,
            lambda session: session.spec.targets,
            lambda name: edits.choose(f"targets {name}", targets=name),
            "Which numbers stand for the classes. The network starts anew.",
        )
        self.fields = [*self._sampling, share, targets]
        self.body.setContentsMargins(12, 0, 8, 4)
        self.body.addWidget(self.gallery)
        self.body.addWidget(self.table, 1)
        for field in self.fields:
            field.edited.connect(self.edited)
            self.body.addWidget(field)

    def draw(self, frame: Frame) -> None:
        session = frame.session
        data = session.data
        if self.forced or session.spec is not self._spec:
            self._spec = session.spec
            self._show_choices(session)
        first = max(0, self.table.rowAt(0))
        last = self.table.rowAt(self.table.viewport().height() - 1)
        last = len(data.x) - 1 if last < 0 else last
        self.rows.show_frame(frame, min(first, len(data.x) - 1), min(last, first + 60, len(data.x) - 1))
        if self._sized is not data:
            self._sized = data
            self._size_columns(data)
        if self.table.currentIndex().row() != frame.sample:
            self._show_sample(frame.sample)

    def _show_choices(self, session: Session) -> None:
        train, test = session.data.train, len(session.data.x) - session.data.train
        self.header.value.say(f"{train:,} rows" if not test else f"{train:,} train + {test:,} test")
        for field in self.fields:
            field.show_session(session)
        for field in self._sampling:
            field.setEnabled(not session.spec.source.table)
        self._show_dataset(session.spec.dataset)

    def show_theme(self, theme: Theme) -> None:
        for row, dataset in enumerate(DATASETS):
            icon = QIcon()
            # Without a picture of its own, "selected" would be tinted and its colours mean something else.
            for mode in (QIcon.Mode.Normal, QIcon.Mode.Selected):
                icon.addPixmap(thumbnail(dataset, theme), mode)
            self.gallery.item(row).setIcon(icon)
        super().show_theme(theme)

    def _size_columns(self, data: Data) -> None:
        """Inputs and outputs need room for a sign and three digits; targets of classes are single digits."""
        inputs, outputs = data.x.shape[1], data.t.shape[1]
        targets = NUMBER_COLUMN if data.encoding is None else DIGIT_COLUMN
        for column in range(inputs + 2 * outputs):
            is_target = inputs <= column < inputs + outputs
            self.table.setColumnWidth(column, targets if is_target else NUMBER_COLUMN)

    def _show_dataset(self, name: str) -> None:
        current = self.gallery.currentItem()
        if current is not None and current.data(Qt.ItemDataRole.UserRole) == name:
            return
        self.gallery.setCurrentItem(None)  # pyright: ignore[reportArgumentType] – Qt takes null for "none"
        for row in range(self.gallery.count()):
            if self.gallery.item(row).data(Qt.ItemDataRole.UserRole) == name:
                self.gallery.setCurrentRow(row)

    def _show_sample(self, sample: int) -> None:
        index = self.rows.index(sample, 0)
        self.table.selectionModel().setCurrentIndex(
            index,
            QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows,
        )

    def _make_gallery(self) -> QListWidget:
        gallery = QListWidget(self)
        gallery.setAccessibleName("Data sets")
        gallery.setViewMode(QListWidget.ViewMode.IconMode)
        gallery.setMovement(QListWidget.Movement.Static)
        gallery.setIconSize(SIZE)
        gallery.setGridSize(QSize(66, 66))
        gallery.setFixedHeight(140)
        gallery.setFont(text_font(11))
        gallery.setResizeMode(QListWidget.ResizeMode.Adjust)
        gallery.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for dataset in DATASETS:
            item = QListWidgetItem(dataset.label, gallery)
            item.setData(Qt.ItemDataRole.UserRole, dataset.name)
            item.setToolTip(f"{dataset.help}\nLoads the data with a network and settings that solve it.")
            item.setSizeHint(QSize(62, 64))
            item.setTextAlignment(Qt.AlignmentFlag.AlignHCenter)
        gallery.itemClicked.connect(self._choose_dataset)
        gallery.itemActivated.connect(self._choose_dataset)
        return gallery

    def _make_table(self) -> QTableView:
        table = QTableView(self)
        table.setAccessibleName("Rows of the data with the network's outputs")
        table.setModel(self.rows)
        table.setFixedHeight(112)
        table.setShowGrid(False)
        table.setFont(text_font(11))
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setCornerButtonEnabled(False)
        table.verticalHeader().setDefaultSectionSize(20)
        table.verticalHeader().setFixedWidth(34)
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        table.horizontalHeader().setMinimumSectionSize(DIGIT_COLUMN)
        table.horizontalHeader().setStretchLastSection(True)
        table.horizontalHeader().setHighlightSections(False)
        table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        table.selectionModel().currentRowChanged.connect(self._choose_row)
        return table

    def _choose_dataset(self, item: QListWidgetItem) -> None:
        name = item.data(Qt.ItemDataRole.UserRole)
        if self.frame is None or name != self.frame.session.spec.dataset:
            self.edited.emit(edits.choose_dataset(name))

    def _choose_row(self, current: QModelIndex, previous: QModelIndex) -> None:
        if self.frame is not None and current.isValid() and current.row() != self.frame.sample:
            self.edited.emit(SampleChoice(current.row()))


class _Automatic:
    """The entry that follows the output activation."""

    name = "auto"
    label = "By the output"
    formula = ""
    help = "−1 / +1 for tanh and identity outputs, 0 / 1 for sigmoid, one-hot for softmax."


class _Targets:
    """A target encoding as an entry of a combo box."""

    formula = ""
    help = ""

    def __init__(self, name: str, label: str) -> None:
        self.name, self.label = name, label


TARGETS = [_Automatic(), *(_Targets(encoding.name, encoding.label) for encoding in ENCODINGS)]
