"""Mathematics as nested boxes without sizes: what a writer turns into text or LaTeX, and a painter lays out."""

from dataclasses import dataclass
from typing import Literal

# "italic" names of numbers, "bold" names of vectors and matrices, "upright" names of functions, "number" digits,
# "sign" what stands between terms and has space around it.
Style = Literal["italic", "bold", "upright", "number", "sign"]


@dataclass(frozen=True)
class Glyphs:
    """Characters in one style."""

    text: str
    style: Style


@dataclass(frozen=True)
class Row:
    """Boxes one after the other on one line."""

    parts: tuple["Box", ...]


@dataclass(frozen=True)
class Scripts:
    """A base with something lower and something higher at its right, one over the other."""

    base: "Box"
    below: "Box | None" = None
    above: "Box | None" = None


@dataclass(frozen=True)
class Fraction:
    """One box over another, with a line between."""

    top: "Box"
    bottom: "Box"


@dataclass(frozen=True)
class BigSum:
    """A large Σ with what it runs over written below it, and where it ends above it."""

    below: "Box"
    above: "Box | None" = None


@dataclass(frozen=True)
class Fenced:
    """Brackets as high as what is in them."""

    body: "Box"


@dataclass(frozen=True)
class Fold:
    """So many terms of a long sum, for which `short` stands."""

    count: int
    short: "Box"


@dataclass(frozen=True)
class Table:
    """A matrix."""

    rows: tuple[tuple["Box", ...], ...]


@dataclass(frozen=True)
class Blank:
    """Room to write the answer into."""


Box = Glyphs | Row | Scripts | Fraction | BigSum | Fenced | Fold | Table | Blank


def sign(text: str) -> Glyphs:
    """An operator or relation."""
    return Glyphs(text, "sign")


def row(*parts: Box) -> Box:
    """The boxes on one line, rows within it taken apart."""
    flat = [inner for part in parts for inner in (part.parts if isinstance(part, Row) else (part,))]
    return flat[0] if len(flat) == 1 else Row(tuple(flat))
