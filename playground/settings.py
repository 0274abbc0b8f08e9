"""What the window remembers from one sitting to the next: a small JSON file, of which nothing is trusted."""

import base64
import binascii
import hashlib
import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import fields, replace
from pathlib import Path
from typing import Any, cast

from core.errors import InputError
from core.explain.notation import NOTATIONS
from core.formats.atomic import write_atomically
from core.formats.strict_json import parse
from core.record import record

THEMES = ("system", "light", "dark")
SMALLEST_ZOOM, LARGEST_ZOOM = 0.7, 2.5
MOST_RECENT = 8
LONGEST_TEXT, LONGEST_BLOB = 4096, 200_000
LARGEST_FILE = 2**20


@record
class Settings:
    """`layout` and `geometry` are Qt's own words for where everything is; `hints` names those that were seen."""

    theme: str = "system"
    zoom: float = 1.0
    layout: bytes = b""
    geometry: bytes = b""
    recent: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()
    notation: str = "365"

    def with_recent(self, path: Path) -> "Settings":
        """These settings with that file as the one opened last."""
        name = str(path.absolute())
        return replace(self, recent=(name, *(each for each in self.recent if each != name))[:MOST_RECENT])


class SettingsFile:
    """Reads and writes the settings, or begins with `first`; without a path they last as long as the program."""

    def __init__(self, path: Path | None = None, first: Settings | None = None) -> None:
        self.path = path
        self.trouble = ""
        self.settings = first or self._read()

    def change(self, **changes: Any) -> None:
        """Set fields, and write the file if that changes anything."""
        self.keep(replace(self.settings, **changes))

    def keep(self, settings: Settings) -> None:
        """Take over all settings, and write the file if that changes anything."""
        if settings != self.settings:
            self.settings = settings
            self._write()

    def _read(self) -> Settings:
        if self.path is None or not self.path.exists():
            return Settings()
        try:
            if self.path.stat().st_size > LARGEST_FILE:
                raise InputError("it is too large to be one.")
            found = parse(self.path.read_bytes())
        except (OSError, InputError) as error:
            self.trouble = f"{self.path.name} is no settings file, so everything is as at first: {error}"
            return Settings()
        return from_json(found)

    def _write(self) -> None:
        if self.path is None:
            return
        data = json.dumps(to_json(self.settings), indent=2).encode()
        # Where nothing can be written the program works as well; it only forgets.
        with suppress(OSError):
            self.path.parent.mkdir(parents=True, exist_ok=True)
            write_atomically(self.path, data, lambda _: None)


def to_json(settings: Settings) -> dict[str, Any]:
    """The settings as JSON's own kinds."""
    kinds: dict[type, Callable[[Any], Any]] = {bytes: lambda blob: base64.b64encode(blob).decode(), tuple: list}
    values = {field.name: getattr(settings, field.name) for field in fields(settings)}
    told = {name: kinds.get(type(value), lambda same: same)(value) for name, value in values.items()}
    return {**told, "seal": _seal(settings)}


def _seal(settings: Settings) -> str:
    """Qt takes its own words on trust and crashes over a wrong bit, so they come with a checksum."""
    return hashlib.sha256(settings.layout + b"|" + settings.geometry).hexdigest()


def from_json(found: object) -> Settings:
    """Every field that makes sense; of the rest the default."""
    if not isinstance(found, dict):
        return Settings()
    told = cast(dict[str, object], found)
    sound: dict[str, Any] = {field.name: _sound(field.name, told.get(field.name)) for field in fields(Settings)}
    settings = Settings(**{name: value for name, value in sound.items() if value is not None})
    return settings if told.get("seal") == _seal(settings) else replace(settings, layout=b"", geometry=b"")


def _sound(name: str, value: object) -> Any:
    """The value as the field holds it, None when it makes no sense."""
    match name, value:
        case "theme", str() if value in THEMES:
            return value
        case "notation", str() if value in NOTATIONS:
            return value
        case "zoom", int() | float() if not isinstance(value, bool) and SMALLEST_ZOOM <= value <= LARGEST_ZOOM:
            return float(value)
        case "layout" | "geometry", str() if len(value) <= LONGEST_BLOB:
            with suppress(binascii.Error, ValueError):
                return base64.b64decode(value, validate=True)
        case "recent" | "hints", list():
            return tuple(
                each
                for each in value[:MOST_RECENT]
                if isinstance(each, str) and 0 < len(each) <= LONGEST_TEXT and each.isprintable()
            )
        case _:
            pass
    return None
