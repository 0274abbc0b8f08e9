"""The nodes of one frame: their pictures or colours, their outlines, and δ as bars, drawn in few strokes."""

from functools import lru_cache

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from core.arrays import Array, without_gaps
from core.explain.terms import Kind
from core.frame import Frame
from ui.colours import CELL_STRENGTH, column_image, shade
from ui.scene.geometry import DOT, Geometry, NodePlace
from ui.surface import Surface, scaled
from ui.theme import Theme

DELTA_BAR, DELTA_HEIGHT = 50, 5
MOST_PIXELS = 32  # along a side of the picture in a node, while training
FINE = 2  # times the node's own pixels when nothing moves: screens may have more
LEAST_BAR = 0.5
LEAST_OUTLINED, LEAST_MEASURED = 8, 12  # smaller nodes have a faint outline, or no bar


def square(node: NodePlace) -> QRectF:
    """What a node covers."""
    return QRectF(node.x - node.side / 2, node.y - node.side / 2, node.side, node.side)


def delta_track(geometry: Geometry, node: NodePlace) -> QRectF:
    """Where the bar of δ may go: its middle is 0."""
    bottom = node.y + node.side / 2
    if geometry.labelled:
        return QRectF(node.x - DELTA_BAR / 2, bottom + 6, DELTA_BAR, DELTA_HEIGHT)
    return QRectF(node.x - node.side / 2, bottom + 1, node.side, min(DOT / 2, node.side / 4))


@lru_cache(maxsize=2)
def squares(geometry: Geometry) -> list[list[QRectF]]:
    """All squares by layer; kept, since making them takes longer than painting them."""
    return [[square(node) for node in nodes] for nodes in geometry.layers]


@lru_cache(maxsize=2)
def delta_tracks(geometry: Geometry) -> list[list[QRectF]]:
    """All tracks by layer from the first hidden one, none where the nodes are too small."""
    return [
        [delta_track(geometry, node) for node in nodes if geometry.labelled or node.side >= LEAST_MEASURED]
        for nodes in geometry.layers[1:]
    ]


@lru_cache(maxsize=2)
def measured_tracks(geometry: Geometry) -> tuple[list[QRectF], Array, Array]:
    """All tracks in a row, with half their widths (n,) and their middles (n,)."""
    tracks = [track for layer in delta_tracks(geometry) for track in layer]
    ends = np.array([(track.width() / 2, track.center().x()) for track in tracks]).reshape(-1, 2)
    return tracks, ends[:, 0], ends[:, 1]


def paint_squares(painter: QPainter, frame: Frame, surface: Surface | None, geometry: Geometry, theme: Theme) -> None:
    """What every node answers over the plane, or the colour of its a where the inputs are no plane."""
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, not frame.training)
    for layer, places in enumerate(squares(geometry)):
        activation = frame.session.spec.activations[layer - 1] if layer else None
        if not frame.knows(Kind.A, layer):
            for place in places:
                painter.fillRect(place, QColor(theme.zero))
            continue
        if surface is None:
            for place, share in zip(places, scaled(frame.trace.a[layer], activation)[0].tolist(), strict=True):
                painter.fillRect(place, shade(share, theme, CELL_STRENGTH))
            continue
        # Finer than the node's own pixels it need not be.
        finest = min(MOST_PIXELS, places[0].width()) if frame.training else places[0].width() * FINE
        column = _responses(surface, layer, activation, max(1, int(surface.responses[layer].shape[1] / finest)), theme)
        side = column.width()
        for index, place in enumerate(places):
            painter.drawImage(place, column, QRectF(0, index * side, side, side))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for places in squares(geometry):
        painter.setPen(QPen(QColor(theme.secondary if places[0].width() >= LEAST_OUTLINED else theme.line), 1))
        painter.drawRects(places)


@lru_cache(maxsize=32)
def _responses(surface: Surface, layer: int, activation: str | None, step: int, theme: Theme) -> QImage:
    """The pictures of a layer's nodes, one above the other."""
    return column_image(scaled(surface.responses[layer][:, ::step, ::step], activation, axis=(1, 2)), theme)


def paint_deltas(painter: QPainter, deltas: tuple[Array, ...], scale: float, geometry: Geometry, theme: Theme) -> None:
    """δ from the middle of its track, to the right when positive."""
    tracks, halves, middles = measured_tracks(geometry)
    shares = [delta[0] for delta, measured in zip(deltas, delta_tracks(geometry), strict=True) if measured]
    lengths = np.clip(without_gaps(np.concatenate([np.empty(0), *shares])) / scale, -1.0, 1.0) * halves
    lefts = middles + np.minimum(lengths, 0.0)
    bars: dict[str, list[QRectF]] = {theme.line: tracks, theme.positive: [], theme.negative: []}
    for index in np.flatnonzero(np.abs(lengths) >= LEAST_BAR).tolist():
        track, length = tracks[index], float(lengths[index])
        bar = QRectF(float(lefts[index]), track.top(), abs(length), track.height())
        bars[theme.positive if length > 0 else theme.negative].append(bar)
    painter.setPen(Qt.PenStyle.NoPen)
    for colour, rects in bars.items():
        if rects:
            painter.setBrush(QColor(colour))
            painter.drawRects(rects)
