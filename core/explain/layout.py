"""Where every sign of a box stands on a line of mathematics: plain numbers, for whoever paints.

Lengths are in units of the caller; y grows downwards from the baseline. How wide a text is says a `Measure`.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from core.explain.boxes import BigSum, Blank, Box, Fenced, Fold, Fraction, Glyphs, Row, Scripts, Style, Table
from core.record import record
from core.work import Work, finished

Measure = Callable[[str, float], float]

# All as shares of the size of the letters.
ASCENT, DESCENT, AXIS = 0.74, 0.22, 0.26
SCRIPT, SMALLEST_SCRIPT = 0.7, 8.0
RAISED, LOWERED = 0.40, 0.24
IN_FRACTION, GAP, OVERHANG = 0.88, 0.13, 0.1
SIGMA, SIGMA_DROP, SIGMA_DEPTH, UNDER_SIGMA = 1.45, 0.13, 0.25, 0.66
BRACKET, CHIP, COLUMN_GAP, ROW_GAP, BLANK = 0.32, 0.35, 0.8, 0.25, 4.0
RULE = 0.055
THIN, WIDE = "\N{THIN SPACE}", "\N{FOUR-PER-EM SPACE}"


@record
class Text:
    """Characters whose baseline begins at x, y."""

    x: float
    y: float
    text: str
    size: float
    width: float

    def moved(self, x: float, y: float) -> "Text":
        """The same elsewhere."""
        return Text(self.x + x, self.y + y, self.text, self.size, self.width)


@record
class Rule:
    """A filled bar: of a fraction, to write on, or below what is `emphatic`."""

    x: float
    y: float
    width: float
    height: float
    emphatic: bool = False

    def moved(self, x: float, y: float) -> "Rule":
        """The same elsewhere."""
        return replace(self, x=self.x + x, y=self.y + y)


@record
class Bracket:
    """One of ( ) [ ] that is as high as what it holds."""

    x: float
    y: float
    sign: str
    width: float
    height: float

    def moved(self, x: float, y: float) -> "Bracket":
        """The same elsewhere."""
        return replace(self, x=self.x + x, y=self.y + y)


@record
class Chip:
    """The outline of what is folded away."""

    x: float
    y: float
    width: float
    height: float

    def moved(self, x: float, y: float) -> "Chip":
        """The same elsewhere."""
        return replace(self, x=self.x + x, y=self.y + y)


Mark = Text | Rule | Bracket | Chip


@record
class Laid:
    """Marks, and the room they take: `ascent` above and `descent` below the baseline."""

    width: float
    ascent: float
    descent: float
    marks: tuple[Mark, ...]

    def moved(self, x: float, y: float) -> tuple[Mark, ...]:
        """The marks, elsewhere."""
        if not x and not y:
            return self.marks
        return tuple(mark.moved(x, y) for mark in self.marks)


NOTHING = Laid(0.0, 0.0, 0.0, ())
_ITALIC = {"a": 0x1D44E, "A": 0x1D434, "α": 0x1D6FC}
_BOLD = {"a": 0x1D482, "A": 0x1D468, "α": 0x1D736, "0": 0x1D7CE}
_RANGES = (("a", "z"), ("A", "Z"), ("α", "ω"), ("0", "9"))


def characters(text: str, style: Style) -> str:
    """The text with the letters that Unicode has for mathematics in that style, and space around signs."""
    if style == "sign":
        space = THIN if text in "·∘" else WIDE
        return f"{space}{text}{space}"
    if style not in ("italic", "bold"):
        return text
    return "".join(_styled(character, _ITALIC if style == "italic" else _BOLD) for character in text)


def _styled(character: str, alphabets: dict[str, int]) -> str:
    if character == "ŷ":
        return _styled("y", alphabets) + "\N{COMBINING CIRCUMFLEX ACCENT}"
    if character == "∂":
        return "𝜕"
    if character == "h" and alphabets is _ITALIC:
        # U+1D455 is not assigned: the italic h is Planck's constant.
        return "ℎ"
    for first, last in _RANGES:
        if first in alphabets and first <= character <= last:
            return chr(alphabets[first] + ord(character) - ord(first))
    return character


@record
class Layout:
    """Lays boxes out in letters of one size."""

    measure: Measure

    def lay(self, box: Box, size: float) -> Laid:
        """The box on one line."""
        match box:
            case Glyphs():
                return self._text(characters(box.text, box.style), size)
            case Row():
                return joined([self.lay(part, size) for part in box.parts])
            case Scripts():
                return self._scripts(box, size)
            case Fraction():
                return self._fraction(box, size)
            case BigSum():
                return self._sum(box, size)
            case Fenced():
                return self.fenced(self.lay(box.body, size), size)
            case Fold():
                return self._fold(box, size)
            case Table():
                return self._table(box, size)
            case Blank():
                rule = Rule(0.0, DESCENT * size, BLANK * size, RULE * size)
                return Laid(BLANK * size, ASCENT * size, DESCENT * size, (rule,))

    def _text(self, text: str, size: float) -> Laid:
        return _laid_text(self.measure, text, size)

    def _scripts(self, box: Scripts, size: float) -> Laid:
        base, small = self.lay(box.base, size), max(SCRIPT * size, min(SMALLEST_SCRIPT, size))
        low = NOTHING if box.below is None else self.lay(box.below, small)
        high = NOTHING if box.above is None else self.lay(box.above, small)
        down = max(LOWERED * size, base.descent - DESCENT * small)
        up = RAISED * size + max(0.0, base.ascent - ASCENT * size) + max(0.0, high.descent - DESCENT * small)
        marks = (*base.marks, *low.moved(base.width, down), *high.moved(base.width, -up))
        ascent = max(base.ascent, up + high.ascent if high.marks else 0.0, low.ascent - down)
        descent = max(base.descent, down + low.descent if low.marks else 0.0, high.descent - up)
        return Laid(base.width + max(low.width, high.width), ascent, descent, marks)

    def _fraction(self, box: Fraction, size: float) -> Laid:
        top, bottom = (self.lay(each, IN_FRACTION * size) for each in (box.top, box.bottom))
        width, rule = max(top.width, bottom.width) + 2 * OVERHANG * size, max(RULE * size, 0.8)
        up, down = AXIS * size + GAP * size + top.descent * 0.8, GAP * size + bottom.ascent - AXIS * size
        marks = (
            *top.moved((width - top.width) / 2, -up),
            Rule(OVERHANG * size / 2, -AXIS * size - rule / 2, width - OVERHANG * size, rule),
            *bottom.moved((width - bottom.width) / 2, down),
        )
        return Laid(width, up + top.ascent, down + bottom.descent, marks)

    def _sum(self, box: BigSum, size: float) -> Laid:
        sigma = self._text("∑", SIGMA * size)
        below = self.lay(box.below, UNDER_SIGMA * size)
        above = NOTHING if box.above is None else self.lay(box.above, UNDER_SIGMA * size)
        width, drop = max(sigma.width, below.width, above.width), SIGMA_DROP * size
        down = drop + SIGMA_DEPTH * SIGMA * size + ASCENT * UNDER_SIGMA * size
        up = 0.8 * SIGMA * size - drop + above.descent
        placed = ((sigma, drop), (below, down), (above, -up))
        marks = tuple(mark for part, y in placed for mark in part.moved((width - part.width) / 2, y))
        return Laid(width + self.measure(THIN, size), up + above.ascent, down + below.descent, marks)

    def fenced(self, body: Laid, size: float) -> Laid:
        """What is laid out already, in brackets."""
        return joined([self.bracket("(", body, size), body, self.bracket(")", body, size)])

    def bracket(self, sign: str, body: Laid, size: float) -> Laid:
        """One bracket, drawn where a letter is not as high as what it holds."""
        if body.ascent <= ASCENT * size * 1.35 and body.descent <= DESCENT * size * 1.7:
            return self._text(sign, size)
        return _drawn_bracket(sign, body, size)

    def _fold(self, box: Fold, size: float) -> Laid:
        short, more = self.lay(box.short, size), self._text(f"{WIDE}{box.count} more", SCRIPT * size)
        inner, edge = joined([short, more]), CHIP * size
        chip = Chip(0.0, -inner.ascent, inner.width + 2 * edge, inner.ascent + inner.descent)
        return Laid(chip.width, inner.ascent, inner.descent, (chip, *inner.moved(edge, 0.0)))

    def _table(self, box: Table, size: float) -> Laid:
        cells = [[self.lay(cell, size) for cell in line] for line in box.rows]
        widths = [max(cell.width for cell in column) for column in zip(*cells, strict=True)]
        marks: list[Mark] = []
        top = 0.0
        for line in cells:
            ascent, descent = max(cell.ascent for cell in line), max(cell.descent for cell in line)
            left = 0.0
            for cell, width in zip(line, widths, strict=True):
                marks += cell.moved(left + width - cell.width, top + ascent)
                left += width + COLUMN_GAP * size
            top += ascent + descent + ROW_GAP * size
        height = top - ROW_GAP * size
        up = height / 2 + AXIS * size
        body = Laid(sum(widths) + COLUMN_GAP * size * (len(widths) - 1), up, height - up, tuple(marks))
        raised = replace(body, marks=body.moved(0.0, -up))
        return joined([_drawn_bracket("[", body, size), raised, _drawn_bracket("]", body, size)])


@lru_cache(maxsize=512)
def _laid_text(measure: Measure, text: str, size: float) -> Laid:
    """One text: signs, brackets and indices come again and again."""
    width = measure(text, size)
    return Laid(width, ASCENT * size, DESCENT * size, (Text(0.0, 0.0, text, size, width),))


def joined(parts: Sequence[Laid]) -> Laid:
    """One after the other on one baseline; texts that touch are made one."""
    marks: list[Mark] = []
    x = 0.0
    for part in parts:
        for mark in part.moved(x, 0.0):
            last = marks[-1] if marks else None
            if isinstance(last, Text) and isinstance(mark, Text) and _touch(last, mark):
                marks[-1] = Text(last.x, last.y, last.text + mark.text, last.size, last.width + mark.width)
            else:
                marks.append(mark)
        x += part.width
    return replace(_extent(parts), marks=tuple(marks))


def _touch(one: Text, other: Text) -> bool:
    return (one.y, one.size) == (other.y, other.size) and abs(one.x + one.width - other.x) < 1e-6


def _drawn_bracket(sign: str, body: Laid, size: float) -> Laid:
    mark = Bracket(0.0, -body.ascent, sign, BRACKET * size, body.ascent + body.descent)
    return Laid(mark.width, body.ascent, body.descent, (mark,))


@record
class Lines:
    """Lines under one another, each with the y of its baseline, from the top."""

    lines: tuple[tuple[float, Laid], ...]
    width: float
    height: float

    def between(self, top: float, bottom: float) -> tuple[tuple[float, Laid], ...]:
        """Those of which something is there: found without going through all."""
        first = bisect_left(self.lines, top, key=lambda line: line[0] + line[1].descent)
        end = bisect_right(self.lines, bottom, first, key=lambda line: line[0] - line[1].ascent)
        return self.lines[first:end]


NO_LINES = Lines((), 0.0, 0.0)
INDENT, LEADING = 1.5, 0.35
TERM_BREAKS, FACTOR_BREAKS = {"=", "←", "≈", "+", "−"}, {"·", "∘"}
BREAKS = TERM_BREAKS | FACTOR_BREAKS


def wrapped(layout: Layout, box: Box, size: float, room: float, result: Box | None = None) -> Lines:
    """The box, and a `result` brought out behind it, on as many lines as that room needs."""
    return finished(wrapping(layout, box, size, room, result))


def wrapping(layout: Layout, box: Box, size: float, room: float, result: Box | None = None) -> Work[Lines]:
    """As `wrapped`, with a pause after each part and each line.

    It is broken before signs, also those within long brackets; within a product only where it is longer than a line.
    """
    lines: list[list[Laid]] = [[]]
    parts = yield from _parts(layout, box, size)
    behind = NOTHING if result is None else layout.lay(_bold(result), size)
    fits = _width(part.laid for part in parts) + behind.width <= room
    loose = _whole(layout, parts, size) if fits else _loose(layout, parts, size, room)
    pieces = [[part.laid for part in loose]] if fits else _pieces(loose, room - INDENT * size)
    if result is not None:
        pieces[-1].append(_underlined(behind, size))
    indent = Laid(INDENT * size, 0.0, 0.0, ())
    width = 0.0
    for piece in pieces:
        more = _width(piece)
        if lines[-1] and width + more > room:
            lines.append([])
            width = indent.width
        lines[-1] += piece
        width += more
    done: list[Laid] = []
    for line in lines:
        done.append(joined([indent, *line] if done else line))
        yield
    return stacked(done, LEADING * size)


def length(box: Box) -> int:
    """How many parts it has that lines may be made of."""
    match box:
        case Row():
            return sum(map(length, box.parts))
        case Fenced():
            return length(box.body)
        case _:
            return 1


def _bold(box: Box) -> Box:
    match box:
        case Glyphs(text, "number"):
            return Glyphs(text, "bold")
        case Row(parts):
            return Row(tuple(map(_bold, parts)))
        case Scripts(base, below, above):
            return Scripts(_bold(base), below, above if above is None else _bold(above))
        case _:
            return box


def _underlined(laid: Laid, size: float) -> Laid:
    rule = Rule(0.0, 0.28 * size, laid.width, 2.5 * RULE * size, emphatic=True)
    return replace(laid, descent=max(laid.descent, 0.28 * size + rule.height), marks=(*laid.marks, rule))


def stacked(lines: Sequence[Laid], leading: float) -> Lines:
    """One line under the other."""
    y = 0.0
    placed: list[tuple[float, Laid]] = []
    for line in lines:
        placed.append((y + line.ascent, line))
        y += line.ascent + line.descent + leading
    return Lines(tuple(placed), max(line.width for line in lines), y - leading)


class _Part(NamedTuple):
    """A box with where its signs stand; of one in brackets how large it is, and the parts `inside` of them."""

    box: Box
    laid: Laid
    inside: "tuple[_Part, ...]" = ()


def _parts(layout: Layout, box: Box, size: float) -> Work[list[_Part]]:
    """The parts of a row, each laid out once, however the line is broken."""
    parts: list[_Part] = []
    for part in box.parts if isinstance(box, Row) else (box,):
        if isinstance(part, Fenced):
            inside = tuple((yield from _parts(layout, part.body, size)))
            parts.append(_Part(part, layout.fenced(_extent([each.laid for each in inside]), size), inside))
        else:
            parts.append(_Part(part, layout.lay(part, size)))
            yield
    return parts


def _extent(parts: Sequence[Laid]) -> Laid:
    """The room of parts one after the other."""
    ascent, descent = (max((getattr(part, side) for part in parts), default=0.0) for side in ("ascent", "descent"))
    return Laid(_width(parts), ascent, descent, ())


def _whole(layout: Layout, parts: Iterable[_Part], size: float) -> list[_Part]:
    """The parts with what is in their brackets."""
    whole: list[_Part] = []
    for part in parts:
        if part.inside:
            inside = joined([each.laid for each in _whole(layout, part.inside, size)])
            whole.append(_Part(part.box, layout.fenced(inside, size)))
        else:
            whole.append(part)
    return whole


def _width(parts: Iterable[Laid]) -> float:
    return sum(part.width for part in parts)


def _pieces(parts: Sequence[_Part], room: float) -> list[list[Laid]]:
    """What must stay on one line, piece by piece."""
    pieces: list[list[Laid]] = []
    for term in _split(parts, TERM_BREAKS):
        too_long = _width(part.laid for part in term) > room
        factors = _split(term, FACTOR_BREAKS) if too_long else [term]
        pieces += [[part.laid for part in factor] for factor in factors]
    return pieces


def _split(parts: Sequence[_Part], signs: set[str]) -> list[Sequence[_Part]]:
    """The parts, each of these signs the first of its own; without them, one."""
    starts = [0, *(at for at, part in enumerate(parts) if at and _is_one_of(part.box, signs)), len(parts)]
    return [parts[first:end] for first, end in pairwise(starts) if end > first]


def _loose(layout: Layout, parts: Sequence[_Part], size: float, room: float) -> list[_Part]:
    """The parts of a row, where a bracket that is too long for a line has come apart."""
    loose: list[_Part] = []
    for part in parts:
        if part.inside and part.laid.width > room / 2:
            left, right = (_Part(Glyphs(each, "number"), layout.bracket(each, part.laid, size)) for each in "()")
            loose += [left, *_loose(layout, part.inside, size, room), right]
        else:
            loose += _whole(layout, [part], size)
    return loose


def _is_one_of(part: Box, signs: set[str]) -> bool:
    return isinstance(part, Glyphs) and part.style == "sign" and part.text in signs
