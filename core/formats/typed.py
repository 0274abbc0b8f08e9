"""Values from JSON as the types that the program needs, or an InputError that names the field."""

import math
from typing import cast

from core.errors import InputError

LONGEST_TEXT = 100


def shown(value: object) -> str:
    """A value from JSON in a few words, for a sentence."""
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case str():
            return repr(value if len(value) <= 40 else value[:39] + "…")
        case list():
            return "a list"
        case dict():
            return "an object"
        case _:
            return str(value)


def text(name: str, value: object) -> str:
    """A short text."""
    if not isinstance(value, str) or len(value) > LONGEST_TEXT:
        raise _unfit(name, f"a text of at most {LONGEST_TEXT} characters", value)
    return value


def whole(name: str, value: object) -> int:
    """A whole number."""
    if not isinstance(value, int) or isinstance(value, bool):
        raise _unfit(name, "a whole number", value)
    return value


def whole_or_none(name: str, value: object) -> int | None:
    """A whole number or null."""
    return None if value is None else whole(name, value)


def number(name: str, value: object) -> float:
    """A finite number."""
    if not isinstance(value, int | float) or isinstance(value, bool) or not math.isfinite(value):
        raise _unfit(name, "a finite number", value)
    return float(value)


def flag(name: str, value: object) -> bool:
    """True or false."""
    if not isinstance(value, bool):
        raise _unfit(name, "true or false", value)
    return value


def items(name: str, value: object) -> list[object]:
    """A list of anything."""
    if not isinstance(value, list):
        raise _unfit(name, "a list", value)
    return cast("list[object]", value)


def texts(name: str, value: object) -> tuple[str, ...]:
    """A list of short texts."""
    return tuple(text(f"{name}[{i}]", item) for i, item in enumerate(items(name, value)))


def wholes(name: str, value: object) -> tuple[int, ...]:
    """A list of whole numbers."""
    return tuple(whole(f"{name}[{i}]", item) for i, item in enumerate(items(name, value)))


def fields(name: str, value: object) -> dict[str, object]:
    """An object: values by name."""
    if not isinstance(value, dict):
        raise _unfit(name, "an object { … }", value)
    return cast("dict[str, object]", value)


def _unfit(name: str, wanted: str, value: object) -> InputError:
    return InputError(f"{name} must be {wanted}, not {shown(value)}.")
