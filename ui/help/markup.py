"""Plain text to Qt's rich text: links between the words, and formulas with real sub- and superscripts.

Formulas are written as the registries write them, in Unicode (e⁻ᶻ, Σⱼ yⱼ), or with braces where Unicode has no
such letter: δ_{j}^{(k)}.
"""

import re
from collections.abc import Mapping
from html import escape

from PySide6.QtGui import QTextBlock, QTextBlockFormat, QTextCharFormat, QTextCursor, QTextDocument

from ui.theme import MATH_FAMILY

_RAISED = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁱⁿᵏᴷᵀᶻ", "0123456789+−()inkK⊤z", strict=True))
_LOWERED = dict(zip("₀₁₂₃₄₅₆₇₈₉ᵢⱼₖₙₒᵤₜₘ", "0123456789ijknoutm", strict=True))
# Letters that stand for one thing, and not for a product of variables.
_UPRIGHT = frozenset(
    ["in", "out", "if", "else", "for", "and", "or", "ln", "log", "exp", "max", "min", "tanh", "sign", "penalty"]
)
_SCRIPT = re.compile(
    r"\^\{(?P<up>[^}]*)\}|_\{(?P<down>[^}]*)\}|\^(?P<power>\w+)"
    rf"|(?P<raised>[{''.join(_RAISED)}]+)|(?P<lowered>[{''.join(_LOWERED)}]+)"
)
_LETTERS = re.compile(r"[A-Za-zα-ω]+")
# In shares of the height of the font: Qt's own suit fonts that are less tall than the one of the mathematics.
_UP, _DOWN = 22.0, 9.0
_LINE = 1.5  # the height of a line in shares of the size of its letters


def formula(text: str) -> str:
    """A formula in the font of the mathematics, its variables in italics."""
    parts, end = list[str](), 0
    for match in _SCRIPT.finditer(text):
        parts += _italics(text[end : match.start()]), _script(match)
        end = match.end()
    written = "".join(parts) + _italics(text[end:])
    return f"<span style=\"font-family:'{MATH_FAMILY}'\">{written}</span>"


def linked(text: str, targets: Mapping[str, str], own: str = "") -> str:
    """A sentence in which the first of each word in `targets` leads to its anchor; none to the `own` one."""
    words = "|".join(re.escape(word) for word in sorted(targets, key=len, reverse=True))
    done, parts, end = {own}, list[str](), 0
    for match in re.finditer(rf"(?<!\w)({words})(?!\w)", text, re.IGNORECASE):
        anchor = targets[match[0].casefold()]
        if anchor not in done:
            done.add(anchor)
            parts += escape(text[end : match.start()]), f'<a href="#{anchor}">{escape(match[0])}</a>'
            end = match.end()
    return "".join(parts) + escape(text[end:])


def typeset(document: QTextDocument) -> None:
    """Give scripts and lines their heights, which HTML cannot say."""
    scripts = QTextCharFormat()
    scripts.setSuperScriptBaseline(_UP)
    scripts.setSubScriptBaseline(_DOWN)
    cursor = QTextCursor(document)
    # One edit, or the document would be laid out anew for each line.
    cursor.beginEditBlock()
    cursor.select(QTextCursor.SelectionType.Document)
    cursor.mergeCharFormat(scripts)
    block = document.begin()
    while block.isValid():
        line = QTextBlockFormat()
        line.setLineHeight(_LINE * _letters(block), QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        cursor.setPosition(block.position())
        cursor.mergeBlockFormat(line)
        block = block.next()
    cursor.endEditBlock()


def _letters(block: QTextBlock) -> float:
    """The size of a block's largest letters, in pixels."""
    sizes = [each.format.font().pixelSize() for each in block.textFormats()]
    return max((size for size in sizes if size > 0), default=block.charFormat().font().pixelSize())


def _script(match: re.Match[str]) -> str:
    up, down = match["up"] or match["power"], match["down"]
    if match["raised"]:
        up = match["raised"].translate(str.maketrans(_RAISED))
    if match["lowered"]:
        down = match["lowered"].translate(str.maketrans(_LOWERED))
    return f"<sup>{_italics(up)}</sup>" if up else f"<sub>{_italics(down or '')}</sub>"


def _italics(text: str) -> str:
    parts, end = list[str](), 0
    for match in _LETTERS.finditer(text):
        parts += escape(text[end : match.start()]), match[0] if match[0] in _UPRIGHT else f"<i>{match[0]}</i>"
        end = match.end()
    return "".join(parts) + escape(text[end:])
