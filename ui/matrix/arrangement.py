"""Where the cells of several matrices lie: in lines like words, as large as all fit; plain numbers, no painting."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF

from core.record import record

# Sizes of a cell, best first: while it holds its number, and when it is colour alone.
NUMBERED = ((72.0, 32.0), (62.0, 26.0), (56.0, 24.0), (52.0, 22.0), (48.0, 20.0))
BARE = ((36.0, 22.0), (30.0, 20.0), (26.0, 18.0), (22.0, 16.0), (18.0, 14.0), (15.0, 13.0), (12.0, 12.0))
BARE += ((10.0, 10.0), (8.0, 8.0), (6.0, 6.0))
MOST_NUMBERED = 400  # cells; more are no longer read, and cost time
NAMES_HEIGHT = 20.0
BETWEEN = 12.0
MAGNIFIED = (3.0, 2.5, 2.0, 1.5)
MAGNIFIED_HEIGHT = 0.6  # no more of the height is taken by what is magnified
WORTH_SCROLLING = 2.0  # so many times the height may be taken by cells that hold their numbers


class Cell(NamedTuple):
    """A cell of matrix `block`."""

    block: int
    row: int
    column: int


@record
class Block:
    """A matrix of that many cells whose first has its corner there; the names of its rows need `names` at its left."""

    left: float
    top: float
    rows: int
    columns: int
    names: float


@record
class Arrangement:
    """Blocks of cells of one size in so many lines, and the room that all take before they are `magnified`."""

    blocks: tuple[Block, ...]
    cell_width: float
    cell_height: float
    numbered: bool
    width: float
    height: float
    lines: int
    magnified: float = 1.0

    def area(self, block: Block) -> QRectF:
        """All the cells of a block."""
        return QRectF(block.left, block.top, block.columns * self.cell_width, block.rows * self.cell_height)

    def rect(self, cell: Cell) -> QRectF:
        """Where one cell lies."""
        block = self.blocks[cell.block]
        left, top = block.left + cell.column * self.cell_width, block.top + cell.row * self.cell_height
        return QRectF(left, top, self.cell_width, self.cell_height)

    def at(self, place: QPointF) -> Cell | None:
        """The cell under a point."""
        for number, block in enumerate(self.blocks):
            row, column = (place.y() - block.top) // self.cell_height, (place.x() - block.left) // self.cell_width
            if 0 <= row < block.rows and 0 <= column < block.columns:
                return Cell(number, int(row), int(column))
        return None

    def within(self, block: Block, sight: QRectF) -> tuple[range, range]:
        """The rows and columns of a block that are in sight."""
        seen = sight.intersected(self.area(block))
        if seen.isEmpty():
            return range(0), range(0)
        return (
            _between(seen.top() - block.top, seen.bottom() - block.top, self.cell_height, block.rows),
            _between(seen.left() - block.left, seen.right() - block.left, self.cell_width, block.columns),
        )


def arrange(shapes: Sequence[tuple[int, int]], names: Sequence[float], width: float, height: float) -> Arrangement:
    """Matrices of these shapes in that room; at the smallest size they may take more, and are scrolled."""

    def flows(sizes: Sequence[tuple[float, float]], *, numbered: bool) -> Iterator[Arrangement]:
        found = (_flow(shapes, names, width, *size, numbered=numbered) for size in sizes)
        return (flow for flow in found if flow.width <= width)

    if sum(rows * columns for rows, columns in shapes) <= MOST_NUMBERED:
        with_numbers = list(flows(NUMBERED, numbered=True))
        in_one_line = (flow for flow in with_numbers if flow.lines == 1 and flow.height <= height)
        in_the_room = (flow for flow in with_numbers if flow.height <= height)
        scrolled = (flow for flow in with_numbers[-1:] if flow.height <= height * WORTH_SCROLLING)
        if best := next(chain(in_one_line, in_the_room, scrolled), None):
            return _magnified(best, width, height)
    bare = (flow for flow in flows(BARE, numbered=False) if flow.height <= height)
    return next(bare, None) or _flow(shapes, names, width, *BARE[-1], numbered=False)


def _magnified(arrangement: Arrangement, width: float, height: float) -> Arrangement:
    """On a whole screen everything is larger, so that a class can read it."""
    share = min(width / arrangement.width, MAGNIFIED_HEIGHT * height / arrangement.height)
    return replace(arrangement, magnified=next((most for most in MAGNIFIED if most <= share), 1.0))


def _flow(
    shapes: Sequence[tuple[int, int]],
    names: Sequence[float],
    width: float,
    cell_width: float,
    cell_height: float,
    *,
    numbered: bool,
) -> Arrangement:
    blocks: list[Block] = []
    left = top = tallest = widest = 0.0
    lines = 1
    for (rows, columns), name in zip(shapes, names, strict=True):
        wide, tall = name + columns * cell_width, NAMES_HEIGHT + rows * cell_height
        if left and left + wide > width:
            left, top, tallest, lines = 0.0, top + tallest + BETWEEN / 2, 0.0, lines + 1
        blocks.append(Block(left + name, top + NAMES_HEIGHT, rows, columns, name))
        widest, tallest = max(widest, left + wide), max(tallest, tall)
        left += wide + BETWEEN
    # One more, for the outline of the last cell.
    return Arrangement(tuple(blocks), cell_width, cell_height, numbered, widest + 1, top + tallest + 1, lines)


def _between(first: float, last: float, size: float, number: int) -> range:
    return range(max(0, int(first // size)), min(number, int(last // size) + 1))
