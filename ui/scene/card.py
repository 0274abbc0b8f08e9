"""The numbers of what lies under the mouse, on a card beside it: a tooltip that lives while the training goes on."""

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QFont, QPainter, QPen

from ui.scene.facts import Fact, facts, title
from ui.scene.geometry import HEADER
from ui.scene.scene import Scene
from ui.scene.texts import text_width
from ui.theme import Theme, text_font

LINE = 18.0
PADDING = 8.0
COLUMN_GAP = 10.0
AWAY = 14.0
WIDEST_NUMBER = "−0.12345678901234567"


def paint_card(painter: QPainter, room: QRectF, scene: Scene, theme: Theme) -> None:
    """The exact numbers of what lies under the mouse; painted with every frame, so that they live."""
    if scene.hovered is None:
        return
    name = title(scene.frame.session.spec.sizes, scene.hovered)
    lines = facts(scene.frame, scene.hovered, mean=scene.by_gradient)
    bold, font = text_font(weight=QFont.Weight.DemiBold), text_font(12)
    widths = [max(text_width(text, font) for text in texts) for texts in _columns(lines)]
    width = max(sum(widths) + 2 * COLUMN_GAP, text_width(name, bold)) + 2 * PADDING
    size = (width, (len(lines) + 1) * LINE + 2 * PADDING - 4)
    box = _beside(scene.pointer, size, room)
    painter.setPen(QPen(QColor(theme.line), 1))
    painter.setBrush(QColor(theme.panel))
    painter.drawRoundedRect(box, 6, 6)
    painter.setPen(QColor(theme.text))
    painter.setFont(bold)
    left, y = box.left() + PADDING, box.top() + PADDING + 12
    painter.drawText(QPointF(left, y), name)
    painter.setFont(font)
    for fact in lines:
        y += LINE
        painter.setPen(QColor(theme.text))
        painter.drawText(QPointF(left, y), fact.symbol)
        painter.drawText(QPointF(left + widths[0] + COLUMN_GAP, y), fact.exact)
        painter.setPen(QColor(theme.secondary))
        painter.drawText(QPointF(left + widths[0] + widths[1] + 2 * COLUMN_GAP, y), fact.whose)


def _columns(lines: list[Fact]) -> list[list[str]]:
    # As wide as most numbers are: the card keeps its size while they change.
    return [
        [line.symbol for line in lines],
        [WIDEST_NUMBER, *(line.exact for line in lines)],
        [line.whose for line in lines],
    ]


def _beside(pointer: QPointF, size: tuple[float, float], room: QRectF) -> QRectF:
    """A box near the mouse that stays in the room and leaves what is under the mouse in sight."""
    width, height = size
    left = pointer.x() + AWAY
    if left + width > room.right() - 4:
        left = max(4.0, pointer.x() - AWAY - width)
    top = min(max(pointer.y() + AWAY, HEADER), room.bottom() - height - 4)
    return QRectF(left, max(top, 4.0), width, height)
