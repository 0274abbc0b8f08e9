"""A window to read in, beside the main one: it holds nothing up, and Escape closes it."""

from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence, QPalette, QShortcut
from PySide6.QtWidgets import QTextBrowser, QVBoxLayout, QWidget

from ui.help.markup import typeset
from ui.theme import Theme

if TYPE_CHECKING:
    from ui.main_window import MainWindow

NAME = "Backprop Playground"
MOST_OF_SCREEN = 0.9


class Book(QWidget):
    """Its text is written anew for each theme, since colours and sizes are in it."""

    title = ""
    size_at_first = QSize(720, 560)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle(f"{self.title} – {NAME}")
        self.setAccessibleName(self.title)
        self.theme: Theme | None = None
        self.browser = QTextBrowser(self)
        self.browser.setAccessibleName(self.title)
        self.box = QVBoxLayout(self)
        self.box.setContentsMargins(0, 0, 0, 0)
        self.box.setSpacing(0)
        self.fill()
        QShortcut(QKeySequence(Qt.Key.Key_Escape), self, self.close)

    def fill(self) -> None:
        """Put the widgets into `box`; here the text alone."""
        self.box.addWidget(self.browser)

    def html(self, theme: Theme) -> str:
        """The text; each book has its own."""
        return ""

    def show_theme(self, theme: Theme) -> None:
        """Take over colours and zoom."""
        if theme == self.theme:
            return
        if self.theme is None or self.theme.zoom != theme.zoom:
            self.resize((self.size_at_first * theme.zoom).boundedTo(self.screen().availableSize() * MOST_OF_SCREEN))
        self.theme = theme
        palette = self.browser.palette()
        palette.setColor(QPalette.ColorRole.Link, theme.chosen)
        palette.setColor(QPalette.ColorRole.LinkVisited, theme.chosen)
        self.browser.setPalette(palette)
        margin = round(16 * theme.zoom)
        edge = theme.panel if self.browser.parent() is self else theme.chosen
        # The focus is seen at the links, and where there is more than the text, at its frame.
        self.browser.setStyleSheet(
            f"QTextBrowser {{ border: 2px solid transparent; background: {theme.panel}; padding: {margin}px; }}"
            f"QTextBrowser:focus {{ border-color: {edge}; }}"
        )
        document = self.browser.document()
        document.setDocumentMargin(0)
        document.setDefaultFont(theme.font())
        document.setDefaultStyleSheet(f"a {{ color: {theme.chosen}; }}")
        self.browser.setHtml(self.html(theme))
        typeset(document)

    def follow(self, theme: Theme) -> None:
        """Take over the window's new theme; a book that nobody reads does that when it is opened."""
        if self.isVisible():
            self.show_theme(theme)


Kind = TypeVar("Kind", bound=Book)


def open_book(kind: type[Kind], window: "MainWindow", theme: Theme) -> Kind:
    """Bring that window's book of the kind to the front; it is made when it is opened first."""
    found = window.findChild(kind)
    if isinstance(found, kind):
        book = found
    else:
        book = kind(window)
        window.themed.connect(book.follow)
    book.show_theme(theme)
    book.show()
    book.raise_()
    book.activateWindow()
    return book
