"""Where the assets lie, and icons in the colours of the theme."""

from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import QByteArray, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

ICON_SIZES = (16, 64)


def asset(name: str) -> Path:
    """A file or folder of the assets: inside the package in a wheel, beside it in a checkout."""
    here = Path(__file__).parent
    sealed = here / "assets"
    return (sealed if sealed.is_dir() else here.parent / "assets") / name


@lru_cache(maxsize=256)
def icon(name: str, colour: str, disabled: str | None = None) -> QIcon:
    """The icon of that file name (without suffix), its strokes in `colour`, and in `disabled` where it may be that."""
    result = QIcon()
    strokes = {QIcon.Mode.Normal: colour} | ({QIcon.Mode.Disabled: disabled} if disabled else {})
    for mode, stroke in strokes.items():
        drawing = QSvgRenderer(QByteArray(_svg(name, stroke).encode()))
        for size in ICON_SIZES:
            result.addPixmap(_pixmap(drawing, size), mode)
    return result


@lru_cache(maxsize=16)
def coloured_file(name: str, colour: str) -> Path:
    """The icon in that colour as a file, for style sheets, which take nothing else."""
    path = Path(_colours_folder().name) / f"{name}-{colour.lstrip('#')}.svg"
    path.write_text(_svg(name, colour), encoding="utf-8")
    return path


@lru_cache(maxsize=1)
def _colours_folder() -> TemporaryDirectory[str]:
    return TemporaryDirectory(prefix="playground-")


def _svg(name: str, colour: str) -> str:
    return _drawn(name).replace("currentColor", colour)


@lru_cache(maxsize=64)
def _drawn(name: str) -> str:
    return (asset("icons") / f"{name}.svg").read_text(encoding="utf-8")


def _pixmap(drawing: QSvgRenderer, size: int) -> QPixmap:
    pixmap = QPixmap(QSize(size, size))
    pixmap.fill(Qt.GlobalColor.transparent)
    with QPainter(pixmap) as painter:
        drawing.render(painter)
    return pixmap
