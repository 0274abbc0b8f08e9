"""One measured figure beside a rival's and its goal, and the table of them."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from core.record import record


@record
class Row:
    """`ours` in `unit`; `theirs` is the rival's. The goal bounds their ratio where there is a rival, else `ours`."""

    what: str
    ours: float
    unit: str
    at_most: float | None = None
    at_least: float | None = None
    rival: str = ""
    theirs: float | None = None

    @property
    def ratio(self) -> float | None:
        """Ours as a share of theirs."""
        return None if self.theirs is None else self.ours / self.theirs

    @property
    def met(self) -> bool:
        """Whether the goal is reached; what has none always is."""
        value = self.ours if self.ratio is None else self.ratio
        return (self.at_most is None or value <= self.at_most) and (self.at_least is None or value >= self.at_least)

    @property
    def goal(self) -> str:
        """The goal in words."""
        times = "" if self.ratio is None else " ×"
        if self.at_least is not None:
            return f"≥ {self.at_least:g}{times}"
        return "" if self.at_most is None else f"≤ {self.at_most:.3g}{times}"

    def as_json(self) -> dict[str, Any]:
        """Everything, for --json."""
        return {**asdict(self), "ratio": self.ratio, "met": self.met}


def table(rows: Iterable[Row]) -> str:
    """The rows as text, a line each."""
    cells = [("", "ours", "", "rival", "ratio", "goal", "")]
    for row in rows:
        theirs = "" if row.theirs is None else f"{row.rival} {_number(row.theirs)}"
        ratio = "" if row.ratio is None else f"{row.ratio:.3g} ×"
        met = "" if not row.goal else "met" if row.met else "NOT MET"
        cells.append((row.what, _number(row.ours), row.unit, theirs, ratio, row.goal, met))
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    left = (0, 2, 6)
    lines = (
        "  ".join(
            cell.ljust(width) if place in left else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(line, widths, strict=True))
        )
        for line in cells
    )
    return "\n".join(line.rstrip() for line in lines)


def _number(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"
