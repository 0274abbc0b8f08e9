"""Terms as boxes: names in a notation, brackets where they are needed, dots between numbers."""

from dataclasses import field
from itertools import pairwise

from core.explain.boxes import BigSum, Box, Fenced, Fold, Fraction, Glyphs, Row, Scripts, Table, row, sign
from core.explain.naming import Naming
from core.explain.numbers_shown import MOST_DIGITS, number_parts
from core.explain.put_in import long_sums
from core.explain.terms import (
    Add,
    Apply,
    Euler,
    Folded,
    Function,
    Grid,
    Negative,
    Number,
    Over,
    Power,
    Quantity,
    Rest,
    Sum,
    Term,
    Times,
    Transposed,
)
from core.record import record
from core.work import Work

DOT, PLUS, MINUS = sign("·"), sign("+"), sign("−")
UNARY_MINUS = Glyphs("−", "number")
EMPTY = Row(())


@record
class Typesetter:
    """Sets terms with the names of `naming`, and numbers with so many `digits`; None where there are only names."""

    naming: Naming
    digits: int | None = None
    _known: dict[int, Box] = field(default_factory=dict[int, Box], init=False, compare=False, repr=False)

    def setting(self, term: Term) -> Work[Box]:
        """As `box`, with a pause after each term of a long sum."""
        for long in long_sums(term):
            parts: list[Box] = []
            for at, part in enumerate(long.terms):
                parts.append(self._summand(part, alone=not at))
                yield
            self._known[id(long)] = row(*parts)
        return self.box(term)

    def box(self, term: Term) -> Box:
        """The term as it stands alone."""
        match term:
            case Quantity():
                return self.naming.quantity(term)
            case Function():
                return self.naming.function(term)
            case Number():
                return number_box(term.value, MOST_DIGITS if term.exact or self.digits is None else self.digits)
            case Add():
                known = self._known.get(id(term))
                return known or row(*(self._summand(each, alone=not at) for at, each in enumerate(term.terms)))
            case Negative():
                return row(UNARY_MINUS, self._factor(term.term))
            case Times():
                return self._product(term)
            case Sum():
                return row(BigSum(self.naming.letter(term.role)), self._factor(term.body))
            case _:
                return self._drawn(term)

    def _drawn(self, term: Over | Power | Euler | Apply | Transposed | Grid | Rest | Folded) -> Box:
        """What is told by more than one line of signs."""
        match term:
            case Over():
                return Fraction(self.box(term.top), self.box(term.bottom))
            case Power():
                return Scripts(self._base(term.base), None, self.box(term.exponent))
            case Euler():
                return Scripts(Glyphs("e", "upright"), None, self.box(term.exponent))
            case Apply():
                parts = [self.box(argument) for argument in term.arguments]
                return row(
                    Glyphs(term.name, "italic" if term.letter else "upright"),
                    Fenced(_joined(parts, Glyphs(", ", "upright"))),
                )
            case Transposed():
                return Scripts(self._base(term.term), None, Glyphs("T", "upright"))
            case Grid():
                return Table(tuple(tuple(map(self.box, line)) for line in term.rows))
            case Rest():
                return Fold(term.count, Glyphs("⋯", "upright"))
            case Folded():
                return Fold(term.count, self._factor(Number(term.value)))

    def _summand(self, term: Term, *, alone: bool) -> Box:
        """A term with its sign; the first needs none."""
        if isinstance(term, Negative):
            return row(UNARY_MINUS if alone else MINUS, self._factor(term.term))
        if alone:
            return self.box(term)
        return row(PLUS, self._product(term, first=False) if isinstance(term, Times) else self._factor(term))

    def _product(self, term: Times, *, first: bool = True) -> Box:
        boxes = [self._factor(factor, first=first and not at) for at, factor in enumerate(term.factors)]
        parts = boxes[:1]
        for left, right in pairwise(boxes):
            if term.by_entry:
                parts += [sign("∘"), right]
            else:
                parts += [right] if _is_name(left) and _is_name(right) else [DOT, right]
        return row(*parts)

    def _factor(self, term: Term, *, first: bool = False) -> Box:
        if isinstance(term, Add | Negative) or (isinstance(term, Number) and term.value < 0 and not first):
            return Fenced(self.box(term))
        return self.box(term)

    def _base(self, term: Term) -> Box:
        """What something stands at the upper right of: in brackets, unless it is one symbol without the like."""
        box = self.box(term)
        bare = isinstance(box, Glyphs) and not box.text.startswith("−")
        return (
            box if bare or isinstance(box, Table) or (isinstance(box, Scripts) and box.above is None) else Fenced(box)
        )


def number_box(value: float, digits: int) -> Box:
    """A number, with its power of ten where it has one."""
    text, power = number_parts(value, digits)
    if power is None:
        return Glyphs(text, "number")
    exponent = Glyphs(str(power).replace("-", "−"), "number")
    return row(Glyphs(text, "number"), Glyphs("·", "number"), Scripts(Glyphs("10", "number"), None, exponent))


def _joined(parts: list[Box], between: Box) -> Box:
    spread = [piece for part in parts for piece in (between, part)]
    return row(*spread[1:])


def _is_name(box: Box) -> bool:
    """Whether it is one symbol, which needs no dot beside another."""
    if isinstance(box, Scripts):
        return _is_name(box.base.body if isinstance(box.base, Fenced) else box.base)
    return isinstance(box, Glyphs) and box.style in ("italic", "bold")
