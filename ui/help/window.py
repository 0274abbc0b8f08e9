"""The help: on the left what there is, searchable; on the right all of it."""

from itertools import pairwise

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QKeySequence, QShortcut, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QSplitter, QTextEdit, QVBoxLayout, QWidget

from ui.help import contents
from ui.help.book import Book
from ui.help.entry import Entry, Section
from ui.labels import caption
from ui.theme import Theme

LIST_WIDTH, TEXT_WIDTH = 250, 730


class HelpWindow(Book):
    """Typing narrows the list; the list leads to the place in the text, where what was searched for is marked."""

    title = "Help"
    size_at_first = QSize(LIST_WIDTH + TEXT_WIDTH, 700)

    def fill(self) -> None:
        self.search = QLineEdit(self)
        self.search.setPlaceholderText("Search")
        self.search.setAccessibleName("Search the help")
        self.search.textChanged.connect(self.look_for)
        self.search.returnPressed.connect(self.find_next)
        self.list = QListWidget(self)
        self.list.setAccessibleName("What the help says")
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.found = caption(parent=self)
        self.found.setWordWrap(True)
        side = QWidget(self)
        column = QVBoxLayout(side)
        for widget in (self.search, self.found, self.list):
            column.addWidget(widget)
        self._splitter = QSplitter(self)
        self._splitter.addWidget(side)
        self._splitter.addWidget(self.browser)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setStretchFactor(1, 1)
        self.box.addWidget(self._splitter)
        self._headings: dict[int, Section] = {}
        self._entries: dict[int, Entry] = {}
        for section in contents.sections():
            self._headings[self._add(section.title)] = section
            for entry in section.entries:
                self._entries[self._add(f"   {entry.title}")] = entry
        self.list.currentItemChanged.connect(self._go)
        # A heading that was left by scrolling is gone to again.
        self.list.itemClicked.connect(self._go)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self, self._to_search)
        self.found.hide()
        self.search.setFocus()

    def html(self, theme: Theme) -> str:
        return contents.html(theme)

    def show_theme(self, theme: Theme) -> None:
        if theme == self.theme:
            return
        super().show_theme(theme)
        self.list.setStyleSheet(
            "QListView { border: 2px solid transparent; } QListView::item { border: none; margin: 0; padding: 2px; }"
            f"QListView::item:selected {{ border: none; background: {theme.hover}; }}"
            f"QListView:focus {{ border-color: {theme.chosen}; }}"
        )
        self._splitter.setStyleSheet(f"QSplitter::handle {{ background: {theme.line}; width: 1px; }}")
        for row in self._headings:
            self.list.item(row).setForeground(QColor(theme.secondary))
        beside = round(self.width() * LIST_WIDTH / (LIST_WIDTH + TEXT_WIDTH))
        self._splitter.setSizes([beside, self.width() - beside])
        self._mark()
        self._go()

    def look_for(self, words: str) -> None:
        """Show in the list only what has all these words, and go to the first of it."""
        wanted = words.casefold().split()
        rows = [row for row, entry in self._entries.items() if all(word in entry.plain for word in wanted)]
        for row in self._entries:
            self.list.setRowHidden(row, row not in rows)
        starts = [*self._headings, self.list.count()]
        for start, end in pairwise(starts):
            self.list.setRowHidden(start, not any(start < row < end for row in rows))
        self.found.setVisible(bool(wanted))
        self.found.setText("Nothing has these words." if not rows else f"{len(rows)} found")
        self.search.setAccessibleDescription(self.found.text() if wanted else "")
        self._mark()
        if wanted and rows:
            # What is called so goes before what only speaks of it.
            named = (row for row in rows if all(word in self._entries[row].called for word in wanted))
            self.list.setCurrentRow(next(named, rows[0]))

    def find_next(self) -> None:
        """Go to the next entry that has the words; after the last comes the first."""
        rows = [row for row in self._entries if not self.list.isRowHidden(row)]
        if rows:
            self.list.setCurrentRow(next((row for row in rows if row > self.list.currentRow()), rows[0]))

    def _add(self, title: str) -> int:
        self.list.addItem(title)
        return self.list.count() - 1

    def _to_search(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    def _go(self, *_: QListWidgetItem | None) -> None:
        row = self.list.currentRow()
        place = self._headings.get(row) or self._entries.get(row)
        if place is not None:
            self.browser.scrollToAnchor(place.anchor)

    def _mark(self) -> None:
        """Mark in the text every word that is searched for."""
        marks: list[QTextEdit.ExtraSelection] = []
        if self.theme is not None:
            look = QTextCharFormat()
            look.setBackground(QColor(self.theme.line))
            for word in self.search.text().split():
                cursor = self.browser.document().find(word)
                while not cursor.isNull():
                    marks.append(_marked(cursor, look))
                    cursor = self.browser.document().find(word, cursor)
        self.browser.setExtraSelections(marks)


def _marked(cursor: QTextCursor, look: QTextCharFormat) -> QTextEdit.ExtraSelection:
    mark = QTextEdit.ExtraSelection()
    mark.cursor, mark.format = cursor, look  # pyright: ignore[reportAttributeAccessIssue] – fields of a C++ structure
    return mark
