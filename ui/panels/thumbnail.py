"""A small picture of a data set, made of its own rows: near a point is its class or value, far from all is nothing."""

from functools import lru_cache

import numpy as np
from PySide6.QtGui import QImage

from core.arrays import Array, Rows
from core.datasets import Data, Dataset, load
from ui.colours import class_image, image
from ui.theme import Theme

# Twice as fine as it is shown, so that its edges are smooth.
WIDTH, HEIGHT = 80, 48
POINTS = 200
INSET = 4
# How far from a point its colour reaches: all over a table of four rows, a few pixels in a cloud, a line for a curve.
REACH_OF_TABLE, REACH_OF_CLOUD, REACH_OF_CURVE = 100.0, 4.5, 3.0
STRENGTH, PALE = 0.85, 0.4


@lru_cache(maxsize=64)
def thumbnail(dataset: Dataset, theme: Theme) -> QImage:
    """The picture, in the theme's colours."""
    values = _values(dataset)
    return image(values[0], theme) if len(values) == 1 else class_image(values, theme)


@lru_cache(maxsize=64)
def _values(dataset: Dataset) -> Array:
    """What is shown, whatever the colours (1 or classes, HEIGHT, WIDTH); 0 is nothing."""
    rng = np.random.default_rng(1)
    samples = dataset.samples if dataset.table else POINTS
    data = load(dataset, samples=samples, noise=0.0, train_share=1.0, encoding=dataset.encoding, rng=rng)
    if dataset.inputs > 2:
        return _truth_table(data)[None]
    row, far = _nearest(dataset, data)
    if dataset.inputs == 1:
        return np.where(far, 0.0, STRENGTH)[None]
    if data.t.shape[1] > 1:
        return np.where(far, 0.0, data.t[row].transpose(2, 0, 1))
    t = data.t[row, 0] if dataset.encoding == "plus-minus" else 2 * data.t[row, 0] - 1
    return np.where(far, 0.0, STRENGTH * t)[None]


def _nearest(dataset: Dataset, data: Data) -> tuple[Rows, Rows]:
    """For every pixel (HEIGHT, WIDTH) the row nearest to it, and whether even that is far."""
    points = data.x if dataset.inputs == 2 else np.column_stack([data.x, data.t])
    low, high = points.min(axis=0), points.max(axis=0)
    places = (points - low) / (high - low) * (np.array([WIDTH, HEIGHT]) - 2 * INSET) + INSET
    places[:, 1] = HEIGHT - places[:, 1]
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH] + 0.5
    pixels = np.stack([x.ravel(), y.ravel()], axis=1).astype(np.float32)
    places = places.astype(np.float32)
    distance = (places**2).sum(axis=1) - 2 * pixels @ places.T
    row = distance.argmin(axis=1)
    reach = REACH_OF_CURVE if dataset.inputs == 1 else REACH_OF_TABLE if dataset.table else REACH_OF_CLOUD
    far = ((pixels - places[row]) ** 2).sum(axis=1) > reach**2
    return row.reshape(HEIGHT, WIDTH), far.reshape(HEIGHT, WIDTH).astype(np.intp)


def _truth_table(data: Data) -> Array:
    """A column for each row: its bits, pale, over the target."""
    bits = np.where(data.x > 0.5, PALE, 0.0).T
    target = np.where(data.t[:, 0] > data.t.mean(), STRENGTH, -STRENGTH)
    cells = np.vstack([bits, target, target])
    return cells.repeat(-(-HEIGHT // len(cells)), axis=0).repeat(-(-WIDTH // cells.shape[1]), axis=1)[:HEIGHT, :WIDTH]
