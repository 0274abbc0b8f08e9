"""The outputs over the plane as an image: by value, by the leading class, or by class alone."""

from functools import lru_cache

import numpy as np
from PySide6.QtGui import QColor, QImage

from core.arrays import Array, Rows, without_gaps
from core.datasets import ENCODINGS, Data
from ui.colours import CLASS_STRENGTH, class_colours, class_image, class_map, image, pierced, shade
from ui.output.reading import output_range, share
from ui.theme import Theme

# A map of classes has about so many pixels along a side, whatever the surface has, so that its borders are smooth.
MAP, MAP_WHILE_TRAINING = 256, 128


def surface_image(outputs: Array, data: Data, theme: Theme, *, discrete: bool = False, side: int = MAP) -> QImage:
    """The image of outputs (n_K, rows, rows); what is not finite is left out.

    If `discrete` by class alone, with about `side` pixels along a side.
    """
    holes = np.logical_not(np.isfinite(outputs).all(axis=0))
    broken = bool(holes.any())
    filled = without_gaps(outputs) if broken else outputs
    if discrete and data.encoding is not None:
        fine = max(1, side // outputs.shape[1])
        picture = class_map(read(enlarged(filled, fine), data.encoding), map_colours(data, theme), QColor(theme.text))
        holes = holes.repeat(fine, axis=0).repeat(fine, axis=1) if broken else holes
    elif data.encoding is None or len(outputs) == 1:
        picture = image(share(filled[0], output_range(data)), theme)
    else:
        picture = class_image(filled, theme)
    return pierced(picture, holes) if broken else picture


def read(outputs: Array, encoding: str) -> Rows:
    """The class (side, side) of outputs (n_K, side, side)."""
    rows = outputs.reshape(len(outputs), -1).T
    return ENCODINGS[encoding].read(rows).reshape(outputs.shape[1:])


def enlarged(outputs: Array, fine: int) -> Array:
    """Outputs (n_K, side, side) on a grid so many times as fine, with straight lines between the values."""
    weights = _between(outputs.shape[1], fine)
    return weights @ outputs @ weights.T


def map_colours(data: Data, theme: Theme) -> list[QColor]:
    """The colour of every class in a map."""
    if data.t.shape[1] == 1:
        return [shade(sign, theme, CLASS_STRENGTH) for sign in (-1.0, 1.0)]
    return class_colours(data.t.shape[1], theme)


@lru_cache(maxsize=4)
def _between(side: int, fine: int) -> Array:
    """The shares (fine · side, side) that the values of a grid have in those of the finer one."""
    place = np.clip((np.arange(fine * side) + 0.5) / fine - 0.5, 0, side - 1)
    lower = np.minimum(place.astype(np.intp), max(side - 2, 0))
    weights = np.zeros((fine * side, side))
    rows = np.arange(fine * side)
    weights[rows, lower] = 1 - (place - lower)
    weights[rows, np.minimum(lower + 1, side - 1)] += place - lower
    return weights
