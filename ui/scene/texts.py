"""What is written in the drawing: names of layers and nodes, the numbers of the sample, and what the edges show."""

from functools import lru_cache

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from core.explain.terms import Kind
from core.frame import Frame
from ui.numbers import fixed, plain
from ui.scene.facts import whose_mean
from ui.scene.geometry import FOOTER, Geometry
from ui.scene.names import italic, kept, layer_name, layer_number, node_name, short_layer_name, symbol
from ui.scene.nodes import delta_tracks, squares
from ui.scene.scene import Scene
from ui.scene.strengths import MOST_EDGES
from ui.theme import Theme, math_font, text_font

SymbolPlaces = list[tuple[str, QPointF, QPointF]]  # a symbol, where it stands, and where its number begins
SAMPLE_NUMBER = "−0.000"
ROOM_FOR_NUMBER = 30
LEAST_NAME, NUMBER = 22, 10
CENTRE = Qt.AlignmentFlag.AlignCenter


def paint_headers(painter: QPainter, geometry: Geometry, sizes: tuple[int, ...], theme: Theme) -> None:
    """The name of each layer; the size of the input, which has no button to say it."""
    name = short_layer_name if geometry.narrow else layer_name
    for layer, x in enumerate(geometry.xs.tolist()):
        width = min(120.0, geometry.column)
        box = QRectF(x - width / 2, 6, width, 18)
        number = "" if geometry.narrow else layer_number(sizes, layer)
        if number:
            painter.setPen(QColor(theme.secondary))
            painter.setFont(text_font(NUMBER))
            painter.drawText(QRectF(box.left(), 0, width, NUMBER + 2), CENTRE, number)
        if width >= LEAST_NAME:
            painter.setPen(QColor(theme.text))
            painter.setFont(text_font(weight=QFont.Weight.DemiBold))
            painter.drawText(box.translated(0, 4 if number else 0), CENTRE, name(sizes, layer))
        if layer == 0:
            painter.setPen(QColor(theme.secondary))
            painter.setFont(text_font())
            painter.drawText(box.translated(0, 26), CENTRE, str(sizes[0]))


def paint_numbers(painter: QPainter, frame: Frame, geometry: Geometry, theme: Theme) -> None:
    """Beside each node its symbol with a and, below its bar, δ; the targets at the right."""
    painter.setPen(QColor(theme.text))
    places = symbol_places(geometry, frame.session.spec.sizes)
    painter.setFont(math_font())
    for symbols in places:
        for name, place, _ in symbols:
            painter.drawText(place, name)
    painter.setFont(text_font())
    for layer, symbols in enumerate(places):
        write = fixed if layer else plain
        if not frame.knows(Kind.A, layer):
            _paint_pre_activations(painter, frame, layer, symbols)
            continue
        for (_, _, place), value in zip(symbols, frame.trace.a[layer][0].tolist(), strict=True):
            painter.drawText(place, write(value))
    painter.setFont(text_font(12))
    for k, (tracks, deltas) in enumerate(zip(delta_tracks(geometry), frame.gradient.delta, strict=True), start=1):
        if not frame.knows(Kind.DELTA, k):
            continue
        name = symbol(Kind.DELTA, frame.network.sizes, k)
        for track, delta in zip(tracks, deltas[0].tolist(), strict=True):
            below = QRectF(track.center().x() - 60, track.bottom() + 1, 120, 18)
            painter.drawText(below, CENTRE, f"{name} {fixed(delta) if frame.has_target else '–'}")
    paint_targets(painter, frame, geometry, theme)


def _paint_pre_activations(painter: QPainter, frame: Frame, layer: int, symbols: SymbolPlaces) -> None:
    """z in the place of a, while that is not computed yet; nothing while z is not either."""
    if frame.knows(Kind.Z, layer):
        for (_, _, place), value in zip(symbols, frame.trace.z[layer - 1][0].tolist(), strict=True):
            painter.drawText(place, f"{symbol(Kind.Z)} {fixed(value)}")


def paint_targets(painter: QPainter, frame: Frame, geometry: Geometry, theme: Theme) -> None:
    """The targets beside the outputs; with one output, the loss of the sample too."""
    targets = frame.t[0].tolist()
    alone = len(targets) == 1
    for node, target in zip(geometry.layers[-1], targets, strict=True):
        left = node.x + node.side / 2 + 4
        painter.setPen(QPen(QColor(theme.secondary), 1, Qt.PenStyle.DashLine))
        painter.drawLine(QLineF(left, node.y, left + 12, node.y))
        painter.setPen(QColor(theme.text))
        if not frame.has_target:
            painter.drawText(QPointF(left + 16, node.y + 4), "no target")
            continue
        painter.drawText(QPointF(left + 16, node.y + (-2 if alone else 4)), f"{symbol(Kind.T)} {plain(target)}")
        if alone and frame.knows(Kind.E, len(frame.trace.z)):
            painter.drawText(QPointF(left + 16, node.y + 15), f"{symbol(Kind.E)} {fixed(frame.sample_loss, 4)}")


def paint_activations(painter: QPainter, frame: Frame, geometry: Geometry, theme: Theme) -> None:
    """a inside the squares, where there is room nowhere else."""
    painter.setPen(QColor(theme.text))
    painter.setFont(text_font(11))
    for layer, (places, values) in enumerate(zip(squares(geometry), frame.trace.a, strict=True)):
        if places[0].width() >= ROOM_FOR_NUMBER and frame.knows(Kind.A, layer):
            for place, value in zip(places, values[0].tolist(), strict=True):
                painter.drawText(place, CENTRE, fixed(value, 2))


def paint_legend(painter: QPainter, room: QRectF, scene: Scene, scale: float, theme: Theme) -> None:
    """At the bottom: whose numbers are drawn, what full width means, and whether edges are left out."""
    frame = scene.frame
    edges = sum(weights.size for weights in frame.session.run.network.weights)
    shown = f"{symbol(Kind.D_W)}, {whose_mean(frame)}" if scene.by_gradient else "weights"
    text = f"nodes: {frame.subject} · edges: {shown}, full width ± {plain(scale)}"
    if scene.geometry.labelled:
        text += ", crossed where negative"
    if frame.session.spec.frozen:
        text += " · dashed: frozen"
    if edges > MOST_EDGES:
        text += f" · the {MOST_EDGES} strongest of {edges:,}"
    box = QRectF(16, room.bottom() - FOOTER, text_width(text, text_font(11)) + 8, FOOTER - 2)
    painter.fillRect(box, QColor(theme.background))
    painter.setPen(QColor(theme.secondary))
    painter.setFont(text_font(11))
    painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, text)


@kept(2)
def symbol_places(geometry: Geometry, sizes: tuple[int, ...]) -> list[list[tuple[str, QPointF, QPointF]]]:
    """Each node's symbol, where it stands, and where the number of a begins, whatever that is."""
    number = text_width(SAMPLE_NUMBER, text_font())
    layers: list[list[tuple[str, QPointF, QPointF]]] = []
    for layer, nodes in enumerate(geometry.layers):
        layers.append([])
        for node in nodes:
            name = italic(node_name(sizes, layer, node.index))
            width = text_width(name, math_font()) + 4
            left = QPointF(node.x - (width + number) / 2, node.y - node.side / 2 - 7)
            layers[-1].append((name, left, left + QPointF(width, 0)))
    return layers


@lru_cache(maxsize=512)
def text_width(text: str, font: QFont) -> float:
    """How wide a text is in a font."""
    return QFontMetricsF(font).horizontalAdvance(text)
