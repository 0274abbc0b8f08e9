"""All of the help: its sections in order, where its words lead to, and how it is written."""

from functools import lru_cache
from html import escape

from ui.help import keys, reference
from ui.help.entry import Entry, Section
from ui.help.equations import EQUATIONS
from ui.help.glossary import GLOSSARY
from ui.help.markup import formula, linked
from ui.theme import Theme


@lru_cache(maxsize=1)
def sections() -> tuple[Section, ...]:
    """Every section."""
    panels, *choices = reference.sections()
    return (panels, EQUATIONS, GLOSSARY, *choices, keys.section())


@lru_cache(maxsize=1)
def targets() -> dict[str, str]:
    """The anchor that each word leads to, in small letters: the terms, and the activation functions by their names."""
    activations = next(section for section in sections() if section.anchor == "activation")
    found = {entry.title.casefold(): entry.anchor for entry in activations.entries}
    for entry in GLOSSARY.entries:
        found |= {word.casefold(): entry.anchor for word in (entry.title, *entry.words)}
    return found


def html(theme: Theme) -> str:
    """The whole text in the theme's colours and sizes."""
    return "".join(_section(section, theme) for section in sections())


def _section(section: Section, theme: Theme) -> str:
    title = _heading(section.anchor, section.title, 20, f"{_px(28, theme)} 0 {_px(4, theme)} 0", theme)
    text = f'<p style="color: {theme.secondary}; margin: 0">{linked(section.text, targets())}</p>'
    return title + text + "".join(_entry(entry, theme) for entry in section.entries)


def _entry(entry: Entry, theme: Theme) -> str:
    title = _heading(entry.anchor, entry.title, 15, f"{_px(16, theme)} 0 {_px(2, theme)} 0", theme)
    text = f'<p style="margin: 0">{linked(entry.text, targets(), entry.anchor)}</p>' if entry.text else ""
    table = keys.table(entry.table, theme) if entry.table else ""
    return title + text + "".join(_line(line, theme) for line in entry.formulas) + table


def _heading(anchor: str, title: str, size: int, margin: str, theme: Theme) -> str:
    # Qt would enlarge <h1> and <h2> once more.
    style = f"font-size: {theme.font(size).pixelSize()}px; font-weight: 600; margin: {margin}"
    return f'<p style="{style}"><a name="{anchor}"></a>{escape(title)}</p>'


def _line(line: str, theme: Theme) -> str:
    mathematics, _, remark = line.partition(" | ")
    style = f"font-size: {theme.font(16).pixelSize()}px; margin: {_px(6, theme)} 0 0 {_px(16, theme)}"
    small = f"color: {theme.secondary}; font-size: {theme.font().pixelSize()}px"
    return f'<p style="{style}">{formula(mathematics)}<span style="{small}">&nbsp;&nbsp; {escape(remark)}</span></p>'


def _px(units: int, theme: Theme) -> str:
    return f"{units * theme.zoom:.0f}px"
