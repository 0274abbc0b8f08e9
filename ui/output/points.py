"""Rows as points: colour and inner mark say the target, the shape says whether the row trains or tests."""

from functools import lru_cache
from typing import cast

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap, QPolygonF
from shiboken6 import Shiboken

from core.arrays import Array, Rows
from core.datasets import ENCODINGS, Data
from core.record import record
from ui.colours import class_colour, shade
from ui.output.reading import output_range, share
from ui.theme import Theme

MOST_POINTS = 2000
SIZES = ((14.0, 16), (7.0, 600), (4.5, MOST_POINTS))  # so large as long as there are at most so many
EDGED = 6.0  # smaller points have no edge, which would cover what is under them
HOLE, WHOLE, FLAT, UPRIGHT, PLUS, TIMES = range(6)


@record
class Stamp:
    """How one kind of point looks: a disc, or a diamond, of that colour with a mark inside."""

    colour: str
    mark: int = WHOLE
    diamond: bool = False


@record(eq=False)
class Points:
    """Places (n, 2), which row of the data each is, and what it looks like: `stamps[kinds[i]]`."""

    places: Array
    rows: Rows
    kinds: Rows
    stamps: tuple[Stamp, ...]
    size: float


def shown_rows(data: Data, *, test: bool, most: int = MOST_POINTS) -> Rows:
    """The rows that are drawn: all, or evenly chosen ones where there are too many to be told apart."""
    rows = len(data.x) if test else data.train
    return np.linspace(0, rows - 1, min(rows, most)).astype(np.intp)


def size_for(count: int) -> float:
    """How large so many points are, in units."""
    return next(size for size, most in SIZES if count <= most)


def points(data: Data, rows: Rows, places: Array, theme: Theme, *, plain: bool = False) -> Points:
    """These rows at those places (n, 2); `plain` ones do not say their target."""
    if plain:
        looks, number = [(theme.secondary, WHOLE)], np.zeros(len(rows), dtype=np.intp)
    elif data.encoding is None:
        looks, number = _by_value(data.t[rows, 0], output_range(data), theme)
    else:
        looks = class_looks(data, theme)
        number = ENCODINGS[data.encoding].read(data.t[rows])
    stamps = tuple(Stamp(colour, mark, diamond) for diamond in (False, True) for colour, mark in looks)
    kinds = number + len(looks) * (rows >= data.train)
    return Points(places, rows, kinds, stamps, size_for(len(rows)))


def class_looks(data: Data, theme: Theme) -> list[tuple[str, int]]:
    """Colour and mark of every class."""
    if data.t.shape[1] == 1:
        return [(theme.negative, HOLE), (theme.positive, WHOLE)]
    return [(class_colour(k, theme).name(), mark_of(k)) for k in range(data.t.shape[1])]


def mark_of(number: int) -> int:
    """The mark of class number 0, 1, …"""
    return number % (TIMES + 1)


def _by_value(t: Array, ends: tuple[float, float], theme: Theme) -> tuple[list[tuple[str, int]], Rows]:
    """One of 21 shades for each target; negative ones have a hole."""
    steps = np.linspace(-1.0, 1.0, 21)
    looks = [(shade(float(step), theme).name(), HOLE if step < 0 else WHOLE) for step in steps]
    return looks, np.rint((np.clip(share(t, ends), -1.0, 1.0) + 1) * 10).astype(np.intp)


def paint_points(painter: QPainter, points: Points, places: Array, size: float, edge: str) -> None:
    """Paint all points with their centres there (n, 2), `size` units large, with an edge of that colour."""
    scale = painter.device().devicePixelRatio()
    sheet = _sheet(points.stamps, size, edge, scale)
    seen = np.isfinite(places).all(axis=1)
    if not seen.any():
        return
    # As QPainter.PixmapFragment lies in memory: a call for each of two thousand points took ten times as long.
    fragments = np.empty((int(seen.sum()), 10))
    fragments[:, 0:2] = places[seen]
    fragments[:, 2] = points.kinds[seen] * sheet.height()
    fragments[:, 3] = 0.0  # top of the source
    fragments[:, 4:6] = sheet.height()  # width and height of the source
    fragments[:, 6:8] = 1 / scale
    fragments[:, 8:10] = 0.0, 1.0  # rotation and opacity
    first = Shiboken.wrapInstance(fragments.ctypes.data, QPainter.PixmapFragment)
    painter.drawPixmapFragments(cast(QPainter.PixmapFragment, first), len(fragments), sheet)


def paint_stamp(painter: QPainter, stamp: Stamp, centre: QPointF, size: float, edge: str) -> None:
    """Paint one point of `size` units."""
    radius = size / 2
    painter.setPen(QPen(QColor(edge), 1) if size >= EDGED else Qt.PenStyle.NoPen)
    painter.setBrush(QColor(stamp.colour))
    if stamp.diamond:
        tip = radius * 1.15
        corners = [QPointF(0, -tip), QPointF(tip, 0), QPointF(0, tip), QPointF(-tip, 0)]
        painter.drawPolygon(QPolygonF(corners).translated(centre))
    else:
        painter.drawEllipse(centre, radius, radius)
    if stamp.mark == HOLE:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(edge))
        painter.drawEllipse(centre, radius * 0.36, radius * 0.36)
        return
    painter.setPen(QPen(QColor(edge), radius * 0.36))
    arm = radius * 0.62
    for across, up in _STROKES.get(stamp.mark, ()):
        painter.drawLine(centre - QPointF(across, up) * arm, centre + QPointF(across, up) * arm)


_STROKES = {
    FLAT: ((1.0, 0.0),),
    UPRIGHT: ((0.0, 1.0),),
    PLUS: ((1.0, 0.0), (0.0, 1.0)),
    TIMES: ((0.7, 0.7), (0.7, -0.7)),
}


@lru_cache(maxsize=32)
def _sheet(stamps: tuple[Stamp, ...], size: float, edge: str, scale: float) -> QPixmap:
    """All of them side by side, each in a square of pixels."""
    side = round((size + 2) * scale)
    sheet = QPixmap(side * len(stamps), side)
    sheet.fill(Qt.GlobalColor.transparent)
    with QPainter(sheet) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(scale, scale)
        for number, stamp in enumerate(stamps):
            paint_stamp(painter, stamp, QPointF(number + 0.5, 0.5) * (side / scale), size, edge)
    return sheet
