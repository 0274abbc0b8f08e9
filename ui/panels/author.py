"""What the author of a text prints beside ours: in step with the phases, or any formula of the list."""

from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QListWidget, QListWidgetItem, QWidget

from core.datasets import find_dataset
from core.errata.beside import READ_AS, text_of
from core.errata.formulas import printed_in
from core.errata.printed import Printed
from core.errata.remarks import TEXTS, verdict
from core.examples import EXAMPLES
from core.explain.notation import NOTATIONS
from core.explain.phases import Part
from core.explain.shown import part_wished
from core.frame import Frame
from ui.equations.author_sheet import ToldAuthor, mark, title, told_author
from ui.equations.page import EquationPage
from ui.equations.view import Sheet
from ui.panel import Panel
from ui.prepared import Order
from ui.theme import Theme
from ui.throttle import Throttle

TIMES_A_SECOND = 5
WIDTH, LEAST_WIDTH = 260, 120


class AuthorPanel(Panel):
    """The text is that of the open example or of the notation, until another is chosen; a click on a formula of its
    list stays with that formula."""

    title = "Author"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.header.value.align(Qt.AlignmentFlag.AlignLeft)
        self.text = QComboBox(self)
        self.text.setAccessibleName("Text")
        self.text.setToolTip("Whose formulas stand beside ours.")
        self.text.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.text.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        for row, name in enumerate(READ_AS):
            self.text.addItem(find_dataset(name).label, name)
            self.text.setItemData(row, TEXTS.get(name, EXAMPLES[name].label), Qt.ItemDataRole.ToolTipRole)
        self.text.activated.connect(lambda _: self._again())
        self.in_step = QCheckBox("In step", self)
        self.in_step.setChecked(True)
        self.in_step.setToolTip("Show what is printed on the phase, or on what is chosen; off: stay with one formula.")
        self.in_step.clicked.connect(lambda _: self._again())
        self.list = QListWidget(self)
        self.list.setObjectName("phases")
        self.list.setAccessibleName("What the text prints")
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.itemClicked.connect(self._stay)
        self.list.itemActivated.connect(self._stay)
        self.page = EquationPage("The author's formula and ours", "What is wrong with it", self)
        self.page.equation.copied.connect(lambda kind: self.header.value.say(f"copied as {kind}"))
        self.page.equation.turned.connect(self._again)
        self._wished: Part | None = None
        self._of_edges: Part | None = None
        self._followed: tuple[str, str] = ("", "")
        self._listed = ""
        self._dressed = False
        self._orders: Order[ToldAuthor] = Order("author", self.edited.emit)
        self._shown_told: ToldAuthor | None = None
        self._found: tuple[Printed, ...] | None = None
        self._asked = False
        self._due = Throttle(TIMES_A_SECOND)
        for tool in (self.in_step, self.text):
            self.header.add_tool(tool)
        line = QHBoxLayout()
        line.setContentsMargins(16, 0, 16, 8)
        line.setSpacing(16)
        line.addWidget(self.list, 1)
        line.addWidget(self.page, 2)
        self.body.addLayout(line)

    def wish(self, part: Part | None) -> None:
        """Be in step with that equation of what is chosen."""
        self._wished = part
        self._again()

    def prefer(self, part: Part) -> None:
        """Be in step with that equation of an edge of which nothing else is wished."""
        self._of_edges = part
        self._again()

    def draw(self, frame: Frame) -> None:
        self._follow(frame)
        self._show_list()
        told = self._told(frame)
        if told is None or told is self._shown_told:
            return
        anew = told.found != self._found
        if anew or self._asked or self._due.due(frame):
            self._shown_told, self._found, self._asked = told, told.found, False
            self.page.equation.show_sheet(told.sheet)
            self.page.say(told.words)
            self.header.value.say(told.whose)
        if anew:
            self._mark(told.found)

    def out_of_sight(self) -> None:
        self._orders.cancel()

    def show_theme(self, theme: Theme) -> None:
        self.list.setMinimumWidth(round(LEAST_WIDTH * theme.zoom))
        self.list.setMaximumWidth(round(WIDTH * theme.zoom))
        self._dressed, self._shown_told, self._found = False, None, None
        super().show_theme(theme)

    def _follow(self, frame: Frame) -> None:
        """Turn to the text of an example that is opened, and to that of a notation that is chosen."""
        now = (frame.session.spec.dataset, self.theme.notation)
        if now != self._followed:
            self._followed = now
            if (text := text_of(frame, self.theme.notation)) is not None:
                with QSignalBlocker(self.text):
                    self.text.setCurrentIndex(self.text.findData(text))

    def _show_list(self) -> None:
        text = self.text.currentData()
        if text == self._listed and self._dressed:
            return
        # In other colours it stays with the formula that it was with.
        row = self.list.currentRow() if text == self._listed else -1
        self._listed, self._dressed = text, True
        with QSignalBlocker(self.list):
            self.list.clear()
            for printed in printed_in(text):
                wrong = printed.erratum is not None
                item = QListWidgetItem(f"{mark(printed.erratum)[0]}  {title(printed)}", self.list)
                item.setToolTip(f"{printed.where}: {verdict(printed.erratum)}\n{title(printed)}")
                item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{verdict(printed.erratum)}: {title(printed)}")
                item.setForeground(QColor(self.theme.text if wrong else self.theme.secondary))
            self.list.setCurrentRow(row)

    def _told(self, frame: Frame) -> ToldAuthor | None:
        """Made where frames are made."""
        text, notation = self.text.currentData(), NOTATIONS[self.theme.notation]
        part = part_wished(frame, self._wished, self._of_edges)
        chosen = None if self.in_step.isChecked() else self._chosen()
        opened, room = self.page.equation.opened, self.page.equation.room_for_lines
        last: list[Sheet] = []

        def make(frame: Frame) -> ToldAuthor:
            told = told_author(frame, text, chosen, part, notation, fold=not opened)
            last[:] = [told.sheet.laid(room, *last)]
            return replace(told, sheet=last[0])

        return self._orders.take(frame, (text, chosen, part, notation.name, opened, room), make)

    def _chosen(self) -> Printed:
        every, row = printed_in(self.text.currentData()), self.list.currentRow()
        return every[max(0, row)]

    def _mark(self, found: tuple[Printed, ...]) -> None:
        """Point out in the list what is shown."""
        every = printed_in(self._listed)
        with QSignalBlocker(self.list):
            for row, printed in enumerate(every):
                font = self.list.font()
                font.setBold(printed in found)
                self.list.item(row).setFont(font)
            if found and self.in_step.isChecked():
                self.list.setCurrentRow(every.index(found[0]))
        if found:
            self.list.scrollToItem(self.list.item(every.index(found[0])))

    def _stay(self, item: QListWidgetItem) -> None:
        self.list.setCurrentItem(item)
        self.in_step.setChecked(False)
        self._again()

    def _again(self) -> None:
        self._asked = True
        if self.frame is not None:
            self.show_again(self.frame)
