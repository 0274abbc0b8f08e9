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
# Told apart with any colour vision: every two of a row, tests/ui/test_colour_vision.py measures it.
LIGHT_CLASSES = ("#D9680D", "#176BC4", "#2F5200", "#CC7890", "#8A1048", "#A884C0", "#E41848", "#5C1070")
DARK_CLASSES = ("#F5A04D", "#4DA3F0", "#B8EFB0", "#EE3A86", "#9A6A2C", "#F5DF20", "#B8349E", "#8A48FC")


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
    return _picture(_pixels(values, theme))


def column_image(values: Array, theme: Theme) -> QImage:
    """The pictures of values (n, rows, columns) as one, below each other."""
    return _picture(_pixels(values, theme).reshape(-1, values.shape[-1]))


def _pixels(values: Array, theme: Theme) -> NDArray[np.uint32]:
    index = np.clip(without_gaps(values), -1.0, 1.0) * HALF + (HALF + 0.5)
    return table(theme)[index.astype(np.intp)]


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


def class_map(classes: NDArray[np.intp], palette: list[QColor], border: QColor) -> QImage:
    """A picture of class numbers (rows, columns), each in its colour of the palette, with borders between them."""
    colours = np.array([colour.rgb() for colour in (*palette, border)], dtype=np.uint32)
    index = classes.copy()
    for here, there in ((classes[1:], classes[:-1]), (classes[:, 1:], classes[:, :-1])):
        rows, columns = here.shape
        index[:rows, :columns][here != there] = len(palette)
    return _picture(colours[index])


def pierced(picture: QImage, holes: NDArray[np.bool_]) -> QImage:
    """The picture with nothing at all where `holes` (rows, columns) says so."""
    picture = picture.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)
    pixels = np.frombuffer(picture.bits(), dtype=np.uint32).reshape(holes.shape)
    pixels[holes] = 0
    return picture


def class_colours(count: int, theme: Theme) -> list[QColor]:
    """The colours of a map of `count` classes, weak enough for points to be seen on them."""
    panel = _rgb(QColor(theme.panel))
    return [
        QColor(*(int(v) for v in (panel + CLASS_STRENGTH * (_rgb(class_colour(k, theme)) - panel)).round()))
        for k in range(count)
    ]


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


def mixed(low: str, high: str, share: float) -> QColor:
    """The colour at that share, 0 … 1, of the way from one to the other."""
    red, green, blue = _rgb(QColor(low)) + share * (_rgb(QColor(high)) - _rgb(QColor(low)))
    return QColor(round(red), round(green), round(blue))


def clamped(share: float) -> float:
    """The share brought into −1 … 1; NaN is 0."""
    return 0.0 if share != share else min(1.0, max(-1.0, share))
