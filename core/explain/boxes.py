"""Mathematics as nested boxes without sizes: what a writer turns into text or LaTeX, and a painter lays out."""

from typing import Literal

from core.record import record

# "italic" names of numbers, "bold" names of vectors and matrices, "upright" names of functions, "number" digits,
# "sign" what stands between terms and has space around it.
Style = Literal["italic", "bold", "upright", "number", "sign"]


@record
class Glyphs:
    """Characters in one style."""

    text: str
    style: Style


@record
class Row:
    """Boxes one after the other on one line."""

    parts: tuple["Box", ...]


@record
class Scripts:
    """A base with something lower and something higher at its right, one over the other."""

    base: "Box"
    below: "Box | None" = None
    above: "Box | None" = None


@record
class Fraction:
    """One box over another, with a line between."""

    top: "Box"
    bottom: "Box"


@record
class BigSum:
    """A large Σ with what it runs over written below it, and where it ends above it."""

    below: "Box"
    above: "Box | None" = None


@record
class Fenced:
    """Brackets as high as what is in them."""

    body: "Box"


@record
class Fold:
    """So many terms of a long sum, for which `short` stands."""

    count: int
    short: "Box"


@record
class Table:
    """A matrix."""

    rows: tuple[tuple["Box", ...], ...]


@record
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
