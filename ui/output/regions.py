"""Where the name of each class stands on the plane: well inside its region, and staying there while it can."""

import numpy as np

from core.arrays import Array, Rows

REACH = 10  # the name wants a square of its class round it, this part of the picture's side to each side
CLEAR = 0.6  # a class whose squares are filled with less of it has no name on the plane
CALM = 0.15  # a place must be so much clearer for the name to move


class Regions:
    """Remembers where the names stood."""

    def __init__(self) -> None:
        self._places: dict[int, tuple[float, float]] = {}

    def places(self, classes: Rows, count: int) -> dict[int, tuple[float, float]]:
        """For each class of a map (side, side) that has a clear region, how far right and down, as shares."""
        side = len(classes)
        here: dict[int, tuple[float, float]] = {}
        for number in range(count):
            filled = _shares(classes == number, max(side // REACH, 1))
            best = float(filled.max())
            if best < CLEAR:
                continue
            before = self._places.get(number)
            if before is not None and filled[int(before[1] * side), int(before[0] * side)] >= best - CALM:
                here[number] = before
                continue
            # Of places that are equally clear the one in their middle.
            rows, columns = np.nonzero(filled >= best - 1e-9)
            middle = np.hypot(rows - rows.mean(), columns - columns.mean()).argmin()
            here[number] = ((int(columns[middle]) + 0.5) / side, (int(rows[middle]) + 0.5) / side)
        self._places = here
        return here


def _shares(mask: Array, reach: int) -> Array:
    """For each cell which share of the square round it, `reach` cells to each side, is filled."""
    side, width = len(mask), 2 * reach + 1
    padded = np.zeros((side + width, side + width))
    padded[reach + 1 : reach + 1 + side, reach + 1 : reach + 1 + side] = mask
    total = padded.cumsum(axis=0).cumsum(axis=1)
    return (
        total[width:, width:] - total[:-width, width:] - total[width:, :-width] + total[:-width, :-width]
    ) / width**2
