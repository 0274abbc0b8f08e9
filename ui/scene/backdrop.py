"""Edges and biases as one kept picture: drawn strip by strip, and only where a strength has changed."""

import math
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap, QPolygonF

from core.freezing import Masks
from ui.canvas import Canvas
from ui.colours import CELL_STRENGTH, mixed, shade
from ui.lines import polyline
from ui.scene.geometry import DOT, HEADER, PILL_GAP, PILL_HEIGHT, PILL_WIDTH, Geometry
from ui.scene.strengths import BUCKETS, LEFT_OUT, Levels, Strengths
from ui.theme import Theme, text_font

THICKEST, THINNEST = 5.5, 0.6
ROOMY_PITCH, LEAST_THINNED = 40, 0.4  # closer nodes have thinner edges
FAINTEST = 0.35
SMOOTH_EDGES = 200  # in a strip; while something moves, more are drawn roughly
BUDGET = 0.002  # seconds for strips within one frame
AT_ONCE = 32  # edges between two looks at the clock
TICK, TICK_WIDTH, TICK_AT = 9.0, 2.0, 0.3  # across a negative edge: how long, how wide, and after what share of the way
DASHES, SQUARE = (7.0, 4.0), 2.0  # of what is frozen: units on and off, and its corners
SHARE = 8  # of the time, one part goes into strips


@dataclass(eq=False)
class Strip:
    """What lies between layers k − 1 and k, in the state it was taken in: painted by and by, the strong edges last."""

    k: int
    state: bytes
    area: QRectF
    smooth: bool
    edges: list[tuple[QPen, QPolygonF]]
    biases: Callable[[QPainter], None]
    painted: int = 0

    def paint(self, painter: QPainter, background: str, until: float) -> bool:
        """Paint on until that moment, by time.perf_counter; whether nothing is left to paint."""
        painter.setClipRect(self.area)
        if not self.painted:
            painter.fillRect(self.area, QColor(background))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, self.smooth)
        for start in range(self.painted, len(self.edges), AT_ONCE):
            for pen, curve in self.edges[start : start + AT_ONCE]:
                painter.setPen(pen)
                painter.drawPolyline(curve)
            self.painted = start + AT_ONCE
            if time.perf_counter() > until:
                return False
        self.biases(painter)
        return True


class Backdrop:
    """A strip holds what lies between two layers. While training, changed strips take turns."""

    def __init__(self) -> None:
        self._look: tuple[object, ...] = ()
        self._drawn: dict[int, bytes] = {}
        self._curves: dict[tuple[int, int, int], QPolygonF] = {}
        self._pixmap = self._unfinished = QPixmap()
        self._strip: Strip | None = None
        self._ready = 0.0
        self._turn = 0

    def pixmap(
        self,
        strengths: Strengths,
        geometry: Geometry,
        theme: Theme,
        canvas: Canvas,
        *,
        biased: bool,
        hurried: bool,
        frozen: Masks | None = None,
    ) -> QPixmap:
        """The picture, of the size of `canvas`. `hurried` while training or moving: it need not be quite of now."""
        look = (theme, canvas.devicePixelRatio(), canvas.size(), geometry, biased)
        moved = look != self._look
        if moved:
            self._begin(look, geometry, theme, canvas)
        layers = range(1, len(geometry.xs))
        wanted = {k: self._state(strengths, frozen, k, hurried=hurried) for k in layers}
        changed = [k for k in layers if wanted[k] != self._drawn.get(k)]

        def strip(k: int) -> Strip:
            return self._strip_of(k, wanted[k], strengths, frozen, geometry, theme, biased=biased)

        if hurried and not moved:
            changed.sort(key=lambda k: (k - self._turn) % len(layers))
            self._paint_some(map(strip, changed), theme)
        elif changed:
            self._strip = None
            with QPainter(self._pixmap) as painter:
                for k in changed:
                    strip(k).paint(painter, theme.background, math.inf)
            self._drawn |= wanted
        return self._pixmap

    def _begin(self, look: tuple[object, ...], geometry: Geometry, theme: Theme, canvas: Canvas) -> None:
        self._curves.clear()
        self._look, self._drawn, self._strip = look, {}, None
        self._pixmap, self._unfinished = canvas.layer(), canvas.layer()
        self._pixmap.fill(QColor(theme.background))

    def _paint_some(self, changed: Iterator[Strip], theme: Theme) -> None:
        """Paint strips as long as there is time in this frame; one that is not finished goes on in the next."""
        began = time.perf_counter()
        if began < self._ready:
            return
        until = began + BUDGET
        while time.perf_counter() < until and (strip := self._strip or next(changed, None)) is not None:
            self._strip = strip
            with QPainter(self._unfinished) as painter:
                finished = strip.paint(painter, theme.background, until)
            if finished:
                with QPainter(self._pixmap) as painter:
                    painter.setClipRect(strip.area)
                    painter.drawPixmap(0, 0, self._unfinished)
                self._drawn[strip.k], self._turn, self._strip = strip.state, strip.k + 1, None
        self._ready = began + SHARE * (time.perf_counter() - began)

    def _state(self, strengths: Strengths, frozen: Masks | None, k: int, *, hurried: bool) -> bytes:
        edges = strengths.edges[k - 1]
        marks = b"" if frozen is None else frozen.weights[k - 1].tobytes() + frozen.biases[k - 1].tobytes()
        return bytes([_smooth(edges, hurried=hurried)]) + edges.tobytes() + strengths.biases[k - 1].tobytes() + marks

    def _strip_of(
        self,
        k: int,
        state: bytes,
        strengths: Strengths,
        frozen: Masks | None,
        geometry: Geometry,
        theme: Theme,
        *,
        biased: bool,
    ) -> Strip:
        left, right = geometry.xs[k - 1], geometry.xs[k]
        height = self._pixmap.deviceIndependentSize().height()
        levels, biases = strengths.edges[k - 1], strengths.biases[k - 1].tolist()
        rows = np.argwhere(levels != LEFT_OUT)
        rows = rows[np.abs(levels[rows[:, 0], rows[:, 1]]).argsort(kind="stable")]
        masks = np.zeros_like(levels) if frozen is None else frozen.weights[k - 1]
        width, at = thinned(geometry), tuple(rows.T)
        pens = [
            edge_pen(level, theme, width, dashed=bool(dashed))
            for level, dashed in zip(levels[at].tolist(), masks[at].tolist(), strict=True)
        ]
        dashes = [False] * len(biases) if frozen is None else frozen.biases[k - 1].tolist()

        def paint_them(painter: QPainter) -> None:
            if biased:
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                paint_biases(painter, geometry, k, biases, dashes, theme)

        edges = list(zip(pens, self._curves_of(geometry, k, rows), strict=True))
        if geometry.labelled:
            edges += [tick(*edge) for edge, level in zip(edges, levels[at].tolist(), strict=True) if level < 0]
        return Strip(k, state, QRectF(left, HEADER, right - left, height), bool(state[0]), edges, paint_them)

    def _curves_of(self, geometry: Geometry, k: int, rows: np.ndarray) -> Iterable[QPolygonF]:
        """The curves of these edges (n, 2); each is computed once for an arrangement."""
        keys = [(k, i, j) for i, j in rows.tolist()]
        missing = [key for key in keys if key not in self._curves]
        if missing:
            sources, targets = np.array(missing)[:, 1:].T
            x, ys = geometry.curves(k, geometry.ys[k - 1][sources], geometry.ys[k][targets])
            self._curves.update((key, polyline(x, y)) for key, y in zip(missing, ys, strict=True))
        return (self._curves[key] for key in keys)


def _smooth(edges: Levels, *, hurried: bool) -> bool:
    return not hurried or int((edges != LEFT_OUT).sum()) <= SMOOTH_EDGES


@lru_cache(maxsize=64)
def edge_pen(level: int, theme: Theme, thinned: float = 1.0, *, dashed: bool = False) -> QPen:
    """Colour by sign; width and colour by strength; what is frozen is dashed."""
    share = abs(level) / BUCKETS
    colour = theme.positive if level >= 0 else theme.negative
    # Opaque, which is drawn much faster than what shines through.
    pen = QPen(mixed(theme.background, colour, FAINTEST + (1 - FAINTEST) * share))
    pen.setWidthF(max(THINNEST, thinned * (THINNEST + (THICKEST - THINNEST) * share)))
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    if dashed:
        pen.setDashPattern([length / pen.widthF() for length in DASHES])
    return pen


def tick(pen: QPen, curve: QPolygonF) -> tuple[QPen, QPolygonF]:
    """A short stroke across an edge, nearer to its source: its sign is not told by its colour alone."""
    at = round(TICK_AT * (curve.count() - 1))
    along = QLineF(curve.at(at), curve.at(at + 1))
    reach = (TICK + pen.widthF()) / 2 / (along.length() or 1.0)
    across = QPointF(-along.dy() * reach, along.dx() * reach)
    return QPen(pen.color(), TICK_WIDTH), QPolygonF([along.p1() - across, along.p1() + across])


def thinned(geometry: Geometry) -> float:
    """The width of edges where nodes lie close together, as a share."""
    return min(1.0, max(LEAST_THINNED, geometry.pitch / ROOMY_PITCH))


def paint_biases(
    painter: QPainter, geometry: Geometry, k: int, levels: list[int], dashes: list[bool], theme: Theme
) -> None:
    """The biases of a layer at the left of its nodes: pills where there is room, else dots; frozen ones are squares."""
    for node, level, dashed in zip(geometry.layers[k], levels, dashes, strict=True):
        left = node.x - node.side / 2
        if geometry.labelled:
            pill = bias_pill(geometry, k, node.index)
            painter.setPen(edge_pen(level, theme))
            painter.drawLine(QLineF(pill.right() + 1, node.y, left - 1, node.y))
            paint_pill(painter, pill, "b", level, theme, dashed=dashed)
        else:
            painter.setPen(QPen(QColor(theme.secondary), 1 if node.side >= DOT else 0.5))
            painter.setBrush(shade(level / BUCKETS, theme))
            size = min(DOT, 0.8 * node.side)
            place = QRectF(left - DOT - size / 2, node.y - size / 2, size, size)
            (painter.drawRect if dashed else painter.drawEllipse)(place)


def bias_pill(geometry: Geometry, layer: int, index: int) -> QRectF:
    """Where a bias stands."""
    right = float(geometry.xs[layer] - geometry.sides[layer] / 2) - PILL_GAP
    return QRectF(right - PILL_WIDTH, float(geometry.ys[layer][index]) - PILL_HEIGHT / 2, PILL_WIDTH, PILL_HEIGHT)


def paint_pill(
    painter: QPainter,
    pill: QRectF,
    text: str,
    level: int,
    theme: Theme,
    outline: str = "",
    *,
    dashed: bool = False,
) -> None:
    """A bias, coloured by its strength; a frozen one is square, with a dashed outline."""
    pen = QPen(QColor(outline or (theme.text if dashed else theme.line)), 1.5 if outline else 1)
    if dashed:
        pen.setStyle(Qt.PenStyle.DashLine)
    painter.setPen(pen)
    painter.setBrush(shade(level / BUCKETS, theme, CELL_STRENGTH))
    round_off = SQUARE if dashed else PILL_HEIGHT / 2
    painter.drawRoundedRect(pill, round_off, round_off)
    painter.setPen(QColor(theme.text))
    painter.setFont(text_font(11))
    painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, text)
