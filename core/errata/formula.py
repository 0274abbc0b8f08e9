"""Formulas as authors print them, written on one line and read into boxes.

<∂L|∂u_{ij}> = (y_j − t_j) h_i     a fraction, indices, brackets as high as what is in them
*W*^{(k)}, Σ_{j=1}^{N_k}           bold for vectors and matrices, a sum with its limits
j " up to " K                      words
"""

import re

from core.explain.boxes import BigSum, Box, Fenced, Fraction, Glyphs, Row, Scripts, row, sign
from core.explain.plain_text import plain_text

SIGNS, WORDY = "=+−←·∘→≈", ",:;…′"
NUMBER = re.compile(r"\d+(\.\d+)?")
CLOSING = ")|>}"


def read_formula(text: str) -> Box:
    """The boxes of a formula; ValueError where its brackets do not match."""
    return _Reader(text).row("")


def formula_text(text: str) -> str:
    """The formula as plain text."""
    return plain_text(read_formula(text))


class _Reader:
    """Reads on from `at`; in indices and exponents signs have no space around them."""

    def __init__(self, text: str) -> None:
        self.text, self.at, self.small = text, 0, False

    def row(self, end: str) -> Box:
        """Everything up to that character, which is taken too."""
        parts: list[Box] = []
        while (now := self._next()) != end:
            if now == "" or now in CLOSING:
                raise ValueError(f"{end!r} is expected, not {now!r}, in {self.text!r}")
            parts.append(self._part(now, first=not parts or _is_sign(parts[-1])))
        return row(*parts) if parts else Row(())

    def _part(self, now: str, *, first: bool) -> Box:
        """What begins with this character, and its indices and exponents."""
        if now == "−" and first:
            return Glyphs("−", "number")
        base = self._base(now)
        self.small, before = True, self.small
        below, above = self._script("_"), self._script("^")
        self.small = before
        if below is not None and now == "Σ":
            return BigSum(below, above)
        return base if below is None and above is None else Scripts(base, below, above)

    def _script(self, mark: str) -> Box | None:
        if self.text[self.at : self.at + 1] != mark:
            return None
        self.at += 1
        return self._base(self._next())

    def _base(self, now: str) -> Box:
        match now:
            case "(":
                return Fenced(self.row(")"))
            case "{":
                return self.row("}")
            case "<":
                return Fraction(self.row("|"), self.row(">"))
            case '"':
                return Glyphs(self._until('"'), "upright")
            case "*":
                return Glyphs(self._until("*"), "bold")
            case "Σ":
                return Glyphs("∑", "upright")
            case _ if now in SIGNS:
                return Glyphs(now, "number") if self.small else sign(now)
            case _ if now in WORDY:
                return Glyphs(now + " " * (now in ",:;"), "upright")
            case _:
                if not now.isdigit():
                    return Glyphs(now, "italic")
                number = NUMBER.match(self.text, self.at - 1)
                assert number is not None
                self.at = number.end()
                return Glyphs(number[0], "number")

    def _until(self, end: str) -> str:
        first, self.at = self.at, self.text.index(end, self.at) + 1
        return self.text[first : self.at - 1]

    def _next(self) -> str:
        """The next character that is no space, "" at the end."""
        while self.text[self.at : self.at + 1] == " ":
            self.at += 1
        self.at += 1
        return self.text[self.at - 1 : self.at]


def _is_sign(box: Box) -> bool:
    return isinstance(box, Glyphs) and (box.style == "sign" or box.text.startswith(","))
