"""What the Help menu opens: help, the sheet of keys, and what the playground is made of."""

from html import escape

from PySide6.QtCore import QSize
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QPushButton

from core.formats.metadata import program_version
from playground.report import diagnostics
from ui.help.book import Book, open_book
from ui.help.key_sheet import KeySheet
from ui.help.window import HelpWindow
from ui.labels import caption
from ui.main_window import MainWindow
from ui.resources import asset
from ui.theme import Theme

# What, licence, what it is here, and its text where it is shipped with the playground.
PARTS = (
    ("Backprop Playground", "MIT", "this program", ""),
    ("Python", "PSF 2.0", "the language", ""),
    ("NumPy", "BSD 3-Clause", "the arithmetic", ""),
    ("PySide6 and Qt", "LGPL 3.0", "the window; used as they come, and may be replaced", ""),
    ("pyqtgraph", "MIT", "the plots", ""),
    ("Inter", "SIL OFL 1.1", "the font of the text", "fonts/OFL-Inter.txt"),
    ("STIX Two Math", "SIL OFL 1.1", "the font of the mathematics", "fonts/OFL-STIX.txt"),
    ("Lucide", "ISC", "the icons", "icons/LICENSE-lucide.txt"),
)


class About(Book):
    """Versions, licences and the texts of those that come with the playground."""

    title = "About"
    size_at_first = QSize(640, 560)

    def fill(self) -> None:
        super().fill()
        self.copy, close = QPushButton("Copy diagnostics", self), QPushButton("Close", self)
        self.copy.setToolTip("Put the versions, the system and the screens onto the clipboard.")
        self.copy.clicked.connect(self._copy)
        close.clicked.connect(self.close)
        self.told = caption(parent=self)
        row = QHBoxLayout()
        row.setContentsMargins(16, 8, 16, 16)
        row.addWidget(self.copy)
        row.addWidget(self.told, 1)
        row.addWidget(close)
        self.box.addLayout(row)

    def html(self, theme: Theme) -> str:
        small = f'style="color: {theme.secondary}"'
        bold = 'style="font-weight: 600"'
        gap = f'style="padding: {2 * theme.zoom:.0f}px {16 * theme.zoom:.0f}px {2 * theme.zoom:.0f}px 0"'
        rows = "".join(
            f"<tr><td {gap}><span {bold}>{name}</span></td><td {gap}>{_licence(licence, text)}</td>"
            f"<td {gap}><span {small}>{what}</span></td></tr>"
            for name, licence, what, text in PARTS
        )
        texts = "".join(
            f'<p style="margin-top: {24 * theme.zoom:.0f}px"><a name="{text}"></a><span {bold}>{name}</span></p>'
            f"{_paragraphs(text)}"
            for name, _, _, text in PARTS
            if text
        )
        return (
            f'<p style="font-size: {theme.font(20).pixelSize()}px; font-weight: 600">'
            f"Backprop Playground {program_version()}</p>"
            f"<p>{escape(diagnostics().partition(chr(10))[2]).replace(chr(10), '<br>')}</p><p></p>"
            f"<table>{rows}</table>{texts}"
        )

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(diagnostics())
        self.told.setText("Copied.")


def _licence(name: str, text: str) -> str:
    return f'<a href="#{text}">{name}</a>' if text else name


def _paragraphs(name: str) -> str:
    """A shipped licence; its lines are joined where only the paragraph's width broke them."""
    text = asset(name).read_text(encoding="utf-8")
    return "".join(f"<p>{escape(part).replace(chr(10), ' ')}</p>" for part in text.split("\n\n") if part.strip())


def show_help(window: MainWindow) -> None:
    """Words, formulas and panels."""
    open_book(HelpWindow, window, window.theme)


def show_keys(window: MainWindow) -> None:
    """A sheet of all keys."""
    open_book(KeySheet, window, window.theme)


def show_about(window: MainWindow) -> None:
    """Versions and licences."""
    open_book(About, window, window.theme)
