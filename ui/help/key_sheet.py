"""The sheet of keys: all of them at a glance, in two columns."""

from html import escape

from PySide6.QtCore import QSize

from ui.help.book import Book
from ui.help.keys import Lines, by_heading, table
from ui.theme import Theme

LETTERS = 50  # that fit into a line


class KeySheet(Book):
    """Grouped as the menus are."""

    title = "Keys"
    size_at_first = QSize(1080, 760)

    def html(self, theme: Theme) -> str:
        groups = by_heading()
        rows = [2 + sum(1 + len(what) / LETTERS for _, what in lines) for lines in groups.values()]
        # Both columns end at about the same height.
        half = min(range(len(rows)), key=lambda split: abs(sum(rows[:split]) - sum(rows[split:])))
        written = [_group(heading, lines, theme) for heading, lines in groups.items()]
        cells = "".join(f'<td width="50%">{"".join(each)}</td>' for each in (written[:half], written[half:]))
        return f'<table width="100%"><tr>{cells}</tr></table>'


def _group(heading: str, lines: Lines, theme: Theme) -> str:
    title = (
        f'<p style="color: {theme.secondary}; font-size: {theme.font(11).pixelSize()}px; font-weight: 600;'
        f' margin: {12 * theme.zoom:.0f}px 0 0 0">{escape(heading.upper() if heading.isascii() else heading)}</p>'
    )
    return title + table(lines, theme)
