"""Where the history of δ has its lines: a column for each layer, a line for each of its nodes."""

from PySide6.QtCore import QRectF, QSizeF

from core.record import record
from core.selection import Node

MARGIN, TOP = 16.0, 22.0
SMALLEST_COLUMN = 150.0
SMALLEST_ROW, LARGEST_ROW = 18.0, 40.0
NAME_WIDTH, NUMBER_WIDTH = 40.0, 62.0


@record
class Line:
    """A node's line: `rect` holds name, number and history; `column` is its place in Frame.deltas."""

    node: Node
    column: int
    rect: QRectF

    @property
    def number(self) -> QRectF:
        """Where the number stands."""
        return QRectF(self.rect.left() + NAME_WIDTH - 8, self.rect.top(), NUMBER_WIDTH, self.rect.height())

    @property
    def plot(self) -> QRectF:
        """Where the history is drawn."""
        left = self.rect.left() + NAME_WIDTH + NUMBER_WIDTH + 4
        return QRectF(left, self.rect.top() + 2, max(10.0, self.rect.right() - left), self.rect.height() - 4)


def place(sizes: tuple[int, ...], width: float, height: float) -> list[Line]:
    """A column for each layer, a line for each of its nodes."""
    lines: list[Line] = []
    layers = len(sizes) - 1
    column_width = (width - MARGIN * (layers - 1)) / layers
    column = 1
    for layer in range(1, len(sizes)):
        left = (layer - 1) * (column_width + MARGIN)
        line_height = min(LARGEST_ROW, max(SMALLEST_ROW, (height - TOP) / sizes[layer]))
        for index in range(sizes[layer]):
            rect = QRectF(left, TOP + index * line_height, column_width, line_height)
            lines.append(Line(Node(layer, index), column + index, rect))
        column += sizes[layer]
    return lines


def least_room(sizes: tuple[int, ...]) -> QSizeF:
    """The room that a network of these sizes needs."""
    layers = max(1, len(sizes) - 1)
    return QSizeF((SMALLEST_COLUMN + MARGIN) * layers - MARGIN, TOP + SMALLEST_ROW * max(sizes[1:], default=1))
