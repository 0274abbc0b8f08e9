"""Which of the remembered steps of a history is read: the newest, or one that was pointed at."""

import numpy as np
from PySide6.QtCore import Qt

from core.arrays import Array

FARTHEST = 10**9
MOVES = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Home: -FARTHEST, Qt.Key.Key_End: FARTHEST}


class StepCursor:
    """Stays at its step while further ones come; `steps` (n,) are those that are remembered."""

    def __init__(self) -> None:
        self._at: float | None = None

    @property
    def reads(self) -> bool:
        """Whether a step was pointed at."""
        return self._at is not None

    def row(self, steps: Array) -> int:
        """The row of the step that is read."""
        return len(steps) - 1 if self._at is None else int(np.abs(steps - self._at).argmin())

    def share(self, steps: Array) -> float:
        """How far to the right that lies, from 0 to 1."""
        return float((steps[self.row(steps)] - steps[0]) / max(steps[-1] - steps[0], 1.0))

    def point(self, share: float, steps: Array) -> None:
        """Read the step nearest to there."""
        self._at = float(steps[0] + share * (steps[-1] - steps[0]))
        self._at = float(steps[self.row(steps)])

    def move(self, by: int, steps: Array) -> None:
        """Read the step so many remembered ones away."""
        self._at = float(steps[int(np.clip(self.row(steps) + by, 0, len(steps) - 1))])

    def forget(self) -> None:
        """Read the newest again."""
        self._at = None
