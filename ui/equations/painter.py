"""Paints what core/explain/layout.py has laid out, in STIX Two."""

from collections.abc import Iterable
from functools import lru_cache
from itertools import chain, starmap

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen

from core.explain.layout import Bracket, Chip, Layout, Mark, Rule, Text
from ui.theme import MATH_FAMILY, Theme

REFERENCE, UNKNOWN = 2048, 0.6
# All that equations are written with: Latin, accents, Greek, spaces, primes, arrows, operators, mathematical letters.
SIGNS = (
    (0x20, 0x7F),
    (0xA0, 0x100),
    (0x300, 0x308),
    (0x391, 0x3CA),
    (0x2000, 0x203E),
    (0x210E, 0x2110),
    (0x2190, 0x2194),
    (0x2200, 0x2270),
    (0x22EF, 0x22F0),
    (0x1D434, 0x1D49C),
    (0x1D6FC, 0x1D717),
    (0x1D736, 0x1D751),
    (0x1D7CE, 0x1D7D8),
)


@lru_cache(maxsize=64)
def font(size: float) -> QFont:
    """The letters of equations: every sign as wide as it was measured, at any scale of the screen."""
    made = QFont(MATH_FAMILY)
    made.setPixelSize(max(1, round(size)))
    made.setKerning(False)
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return made


@lru_cache(maxsize=1)
def load_widths() -> dict[str, float]:
    """How wide every sign is, as a share of the size; in the window's thread, once, and from then on in any."""
    metrics, codes = QFontMetricsF(font(REFERENCE)), chain.from_iterable(starmap(range, SIGNS))
    return {sign: metrics.horizontalAdvance(sign) / REFERENCE for sign in map(chr, codes)}


@lru_cache(maxsize=512)
def measure(text: str, size: float) -> float:
    """How wide a text is: as Qt does it, each sign to a 64th of a pixel."""
    widths, grid = load_widths(), 64 * max(1, round(size))
    return sum(int(widths.get(sign, UNKNOWN) * grid + 1e-6) for sign in text) / 64


LAYOUT = Layout(measure)


def paint_marks(painter: QPainter, marks: Iterable[Mark], theme: Theme, colour: str = "") -> None:
    """Paint them where they are, in that colour or that of text."""
    ink = QColor(colour or theme.text)
    painter.setPen(ink)
    now = 0.0
    for mark in marks:
        match mark:
            case Text():
                if mark.size != now:
                    now = mark.size
                    painter.setFont(font(now))
                painter.drawText(QPointF(mark.x, mark.y), mark.text)
            case Rule():
                bar = QRectF(mark.x, mark.y, mark.width, mark.height)
                painter.fillRect(bar, QColor(theme.chosen) if mark.emphatic else ink)
            case Bracket():
                painter.fillPath(_bracket(mark), ink)
            case Chip():
                painter.setPen(QPen(QColor(theme.chosen), 1))
                painter.drawRoundedRect(QRectF(mark.x, mark.y, mark.width, mark.height), 4, 4)
                painter.setPen(ink)


def _bracket(mark: Bracket) -> QPainterPath:
    """As high as what it holds, and no thicker than a letter."""
    pen = 0.22 * mark.width
    turned = mark.sign in ")]"
    outer, inner = (mark.x, mark.x + mark.width) if turned else (mark.x + mark.width, mark.x)
    way = 1.0 if turned else -1.0
    path = QPainterPath()
    if mark.sign in "[]":
        edge = inner - way * pen * 1.5
        left = min(edge, edge - way * pen)
        path.addRect(QRectF(left, mark.y, pen, mark.height))
        for y in (mark.y, mark.y + mark.height - pen):
            path.addRect(QRectF(min(edge, edge - way * 0.6 * mark.width), y, 0.6 * mark.width, pen))
        path.setFillRule(path.fillRule().WindingFill)
        return path
    outer -= way * -0.15 * mark.width
    bottom, middle = mark.y + mark.height, mark.y + mark.height / 2
    bow = inner + way * 0.45 * mark.width
    path.moveTo(outer, mark.y)
    path.quadTo(bow, middle, outer, bottom)
    path.lineTo(outer - way * -0.02, bottom)
    path.quadTo(bow - way * 2.6 * pen, middle, outer, mark.y)
    path.closeSubpath()
    return path
