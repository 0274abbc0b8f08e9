"""A small picture of a data set, drawn from its own rows."""

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap

from core.datasets import Dataset, load
from ui.colours import class_colour, shade
from ui.theme import Theme

SIZE = QSize(50, 36)
POINTS = 220
SCALE = 2


def thumbnail(dataset: Dataset, theme: Theme) -> QPixmap:
    """The rows of the data set as coloured points; as columns of bits where there are more than two inputs."""
    rng = np.random.default_rng(1)
    samples = dataset.samples if dataset.table else POINTS
    data = load(dataset, samples=samples, noise=0.0, train_share=1.0, encoding=dataset.encoding, rng=rng)
    pixmap = QPixmap(SIZE * SCALE)
    pixmap.setDevicePixelRatio(SCALE)
    pixmap.fill(QColor(theme.background))
    if dataset.inputs == 2:
        points = data.x
    elif dataset.inputs == 1:
        points = np.column_stack([data.x[:, 0], data.t[:, 0]])
    else:
        points = np.column_stack([np.arange(len(data.x)), data.x.sum(axis=1)])
    low, high = points.min(axis=0), points.max(axis=0)
    span = np.where(high > low, high - low, 1.0)
    radius = 6.0 if len(points) <= 16 else 1.6
    inset = radius + 3
    with QPainter(pixmap) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        for point, target in zip((points - low) / span, data.t, strict=True):
            centre = QPointF(
                inset + point[0] * (SIZE.width() - 2 * inset),
                SIZE.height() - inset - point[1] * (SIZE.height() - 2 * inset),
            )
            if len(target) > 1:
                painter.setBrush(class_colour(int(target.argmax()), theme))
            elif dataset.classes:
                painter.setBrush(shade(1.0 if target[0] > 0.5 else -1.0, theme))
            else:
                painter.setBrush(shade(float(target[0]), theme))
            painter.drawEllipse(QRectF(centre.x() - radius, centre.y() - radius, 2 * radius, 2 * radius))
    return pixmap
