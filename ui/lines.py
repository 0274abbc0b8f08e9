"""Long lines brought to the few points that can be seen, and handed to Qt; nothing here needs pyqtgraph."""

from typing import Any

import numpy as np
from PySide6.QtGui import QPolygonF
from shiboken6 import VoidPtr

from core.arrays import Array
from core.outline import extremes

# Its types in Shiboken's stubs are wrong.
pointer: Any = VoidPtr
COLUMNS = 300
POINT_BYTES = 16


def decimated(x: Array, y: Array, columns: int = COLUMNS) -> tuple[Array, Array]:
    """At most 2 · columns points of the line through x, y (n,), the least and the largest y of each stretch kept."""
    stretch = -(-len(x) // columns)
    if stretch < 4:
        return x, y
    whole = len(x) // stretch * stretch
    ends, _ = extremes(y[:whole].reshape(-1, stretch, 1), np.arange(whole).reshape(-1, stretch, 1))
    rows = np.concatenate([np.sort(ends, axis=1).ravel(), np.arange(whole, len(x))])
    if rows[-1] != len(x) - 1:
        rows = np.append(rows, len(x) - 1)
    return x[rows], y[rows]


def until_broken(x: Array, y: Array) -> tuple[Array, Array]:
    """The line without what is not finite at its end: with that a plot shows nothing of what is huge before it."""
    sound = np.flatnonzero(np.isfinite(y))
    end = sound[-1] + 1 if len(sound) else 0
    return x[:end], y[:end]


def polyline(x: Array, y: Array) -> QPolygonF:
    """The points x, y (n,) as Qt takes them."""
    points = QPolygonF()
    points.resize(len(x))
    if len(x):
        memory = np.frombuffer(pointer(points.data(), POINT_BYTES * len(x), True), dtype=np.float64).reshape(-1, 2)
        memory[:, 0], memory[:, 1] = x, y
    return points
