"""Numbers as colours: negative, zero and positive run from one end to the other, the same in every panel."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor, QImage

from core.arrays import Array, without_gaps
from ui.theme import Theme

SHADES = 256
HALF = (SHADES - 1) / 2
# A single cell or pill is mixed with the panel, so that the number on it stays readable.
CELL_STRENGTH = 0.5
CLASS_STRENGTH = 0.7
LIGHT_CLASSES = ("#D9680D", "#176BC4", "#1F8A5B", "#8C3FA8", "#A58A00", "#3D4A5C", "#C2336B", "#0E8C9B")
DARK_CLASSES = ("#F5A04D", "#4DA3F0", "#5FBF8F", "#C98BE0", "#D9C34A", "#A9B6C6", "#F08AB0", "#5CCBD8")


@lru_cache(maxsize=4)
def table(theme: Theme) -> NDArray[np.uint32]:
    """SHADES colours as 0xffRRGGBB, from negative over zero to positive."""
    ends = [_rgb(QColor(c)) for c in (theme.negative, theme.zero, theme.positive)]
    share = np.linspace(-1.0, 1.0, SHADES)[:, None]
    mixed = np.where(share < 0, ends[1] - share * (ends[0] - ends[1]), ends[1] + share * (ends[2] - ends[1]))
    red, green, blue = mixed.round().astype(np.uint32).T
    return (np.uint32(0xFF000000) | red << 16 | green << 8 | blue).astype(np.uint32)


def image(values: Array, theme: Theme) -> QImage:
    """A picture of values (rows, columns) in −1 … 1, row 0 on top; NaN is shown as zero."""
    return images(values[None], theme)[0]


def images(values: Array, theme: Theme) -> list[QImage]:
    """The pictures of values (n, rows, columns)."""
    index = np.clip(without_gaps(values), -1.0, 1.0) * HALF + (HALF + 0.5)
    return [_picture(pixels) for pixels in table(theme)[index.astype(np.intp)]]


def class_colour(number: int, theme: Theme) -> QColor:
    """The colour of class number 0, 1, …; lightness as well as hue tells them apart."""
    return QColor((LIGHT_CLASSES if theme.name == "light" else DARK_CLASSES)[number % len(LIGHT_CLASSES)])


def class_image(outputs: Array, theme: Theme) -> QImage:
    """A picture of outputs (classes, rows, columns): the colour of the largest, paler where its lead is small."""
    outputs = without_gaps(outputs)
    ordered = np.sort(outputs, axis=0)
    lead = np.clip(ordered[-1] - ordered[-2], 0.0, 1.0)[..., None] * CLASS_STRENGTH
    palette = np.array([_rgb(class_colour(k, theme)) for k in range(len(outputs))])
    panel = _rgb(QColor(theme.panel))
    mixed = panel + lead * (palette[outputs.argmax(axis=0)] - panel)
    red, green, blue = np.moveaxis(mixed.round().astype(np.uint32), -1, 0)
    return _picture(np.uint32(0xFF000000) | red << 16 | green << 8 | blue)


def _rgb(colour: QColor) -> Array:
    return np.array([colour.red(), colour.green(), colour.blue()], dtype=np.float64)


def _picture(pixels: NDArray[np.uint32]) -> QImage:
    pixels = np.ascontiguousarray(pixels, dtype=np.uint32)
    height, width = pixels.shape
    # The image takes a copy: Qt would else read freed memory.
    return QImage(pixels.data, width, height, 4 * width, QImage.Format.Format_RGB32).copy()


def shade(share: float, theme: Theme, strength: float = 1.0) -> QColor:
    """The colour of one value in −1 … 1, weakened towards the panel by `strength`."""
    return QColor.fromRgb(int(table(theme)[int(clamped(share) * strength * HALF + HALF + 0.5)]))


def clamped(share: float) -> float:
    """The share brought into −1 … 1; NaN is 0."""
    return 0.0 if share != share else min(1.0, max(-1.0, share))
