"""Boxes as one line of plain text, with Unicode's subscripts and superscripts where it has them."""

from core.explain.boxes import BigSum, Blank, Box, Fenced, Fold, Fraction, Glyphs, Row, Scripts, Table

LOW = str.maketrans("0123456789+−=ijklmnps", "₀₁₂₃₄₅₆₇₈₉₊₋₌ᵢⱼₖₗₘₙₚₛ")
HIGH = str.maketrans("0123456789()+−klKLTn", "⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾⁺⁻ᵏˡᴷᴸᵀⁿ")
_LOW_TEXT, _HIGH_TEXT = (set(map(chr, table)) for table in (LOW, HIGH))


def plain_text(box: Box) -> str:
    """The box on one line; a row of a matrix ends with a semicolon."""
    match box:
        case Glyphs():
            return f" {box.text} " if box.style == "sign" else box.text
        case Row():
            return "".join(map(plain_text, box.parts))
        case Scripts():
            return plain_text(box.base) + _low(box.below) + _high(box.above)
        case Fraction():
            return f"{_part(box.top)}/{_part(box.bottom)}"
        case BigSum():
            return f"Σ{_low(box.below)}{_high(box.above)} "
        case Fenced():
            return f"({plain_text(box.body)})"
        case Fold():
            short = plain_text(box.short)
            return f"[{box.count} more: {short}]" if short != "⋯" else "⋯"
        case Table():
            return f"[{'; '.join('  '.join(map(plain_text, line)) for line in box.rows)}]"
        case Blank():
            return "________"


def _low(box: Box | None) -> str:
    text = "" if box is None else plain_text(box)
    return text.translate(LOW) if set(text) <= _LOW_TEXT else f"_{{{text}}}"


def _high(box: Box | None) -> str:
    text = "" if box is None else plain_text(box)
    return text.translate(HIGH) if set(text) <= _HIGH_TEXT else f"^({text})"


def _part(box: Box) -> str:
    """What stands over or under a line, in brackets where the line would end too early."""
    text = plain_text(box)
    compound = isinstance(box, Row) and any(
        isinstance(part, BigSum) or (isinstance(part, Glyphs) and (part.style == "sign" or part.text == "·"))
        for part in box.parts
    )
    return f"({text})" if compound else text
