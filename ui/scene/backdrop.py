"""Edges and biases as one kept picture: drawn strip by strip, and only where a strength has changed."""

import time
from collections.abc import Iterable
from functools import lru_cache

import numpy as np
from PySide6.QtCore import QLineF, QRectF, Qt
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
DASHES, SQUARE = (7.0, 4.0), 2.0  # of what is frozen: units on and off, and its corners
SHARE = 8  # of the time, one part goes into strips


class Backdrop:
    """A strip holds what lies between two layers. While training, changed strips take turns."""

    def __init__(self) -> None:
        self._look: tuple[object, ...] = ()
        self._drawn: dict[int, bytes] = {}
        self._curves: dict[tuple[int, int, int], QPolygonF] = {}
        self._pixmap = QPixmap()
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
        now = time.perf_counter()
        if changed and (moved or not hurried or now >= self._ready):
            with QPainter(self._pixmap) as painter:
                for k in sorted(changed, key=lambda k: (k - self._turn) % len(layers)):
                    self._draw(painter, strengths, frozen, geometry, theme, k, biased=biased, hurried=hurried)
                    self._drawn[k], self._turn = wanted[k], k + 1
                    if hurried and not moved and time.perf_counter() - now > BUDGET:
                        break
            spent = time.perf_counter() - now
            self._ready = now + SHARE * spent
        return self._pixmap

    def _begin(self, look: tuple[object, ...], geometry: Geometry, theme: Theme, canvas: Canvas) -> None:
        self._curves.clear()
        self._look, self._drawn = look, {}
        self._pixmap = canvas.layer()
        self._pixmap.fill(QColor(theme.background))

    def _state(self, strengths: Strengths, frozen: Masks | None, k: int, *, hurried: bool) -> bytes:
        edges = strengths.edges[k - 1]
        marks = b"" if frozen is None else frozen.weights[k - 1].tobytes() + frozen.biases[k - 1].tobytes()
        return bytes([_smooth(edges, hurried=hurried)]) + edges.tobytes() + strengths.biases[k - 1].tobytes() + marks

    def _draw(
        self,
        painter: QPainter,
        strengths: Strengths,
        frozen: Masks | None,
        geometry: Geometry,
        theme: Theme,
        k: int,
        *,
        biased: bool,
        hurried: bool,
    ) -> None:
        """All that lies between layers k − 1 and k, the strong edges on top."""
        left, right = geometry.xs[k - 1], geometry.xs[k]
        strip = QRectF(left, HEADER, right - left, self._pixmap.height())
        painter.setClipRect(strip)
        painter.fillRect(strip, QColor(theme.background))
        edges = strengths.edges[k - 1]
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, _smooth(edges, hurried=hurried))
        rows = np.argwhere(edges != LEFT_OUT)
        levels = edges[rows[:, 0], rows[:, 1]]
        order = np.abs(levels).argsort(kind="stable")
        for (i, j), curve in zip(rows[order].tolist(), self._curves_of(geometry, k, rows[order]), strict=True):
            dashed = frozen is not None and bool(frozen.weights[k - 1][i, j])
            painter.setPen(edge_pen(int(edges[i, j]), theme, thinned(geometry), dashed=dashed))
            painter.drawPolyline(curve)
        if biased:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            dashes = [False] * len(edges[0]) if frozen is None else frozen.biases[k - 1].tolist()
            paint_biases(painter, geometry, k, strengths.biases[k - 1].tolist(), dashes, theme)

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
