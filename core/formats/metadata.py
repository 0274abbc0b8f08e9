"""What a file says about its weights: activations, loss, and the choices that led to them."""

import dataclasses
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from core.errors import InputError
from core.formats import typed
from core.formats.document import Document
from core.record import record
from core.spec import Spec, as_dict, check

FORMAT = "backprop-playground"
VERSION = 1

# Every type that a field of Spec has, and who reads it.
READERS: dict[Any, Callable[[str, object], object]] = {
    str: typed.text,
    int: typed.whole,
    float: typed.number,
    bool: typed.flag,
    int | None: typed.whole_or_none,
    tuple[int, ...]: typed.wholes,
    tuple[str, ...]: typed.texts,
}

# A mistake that is on is no part of the network.
FIELDS = tuple(field for field in dataclasses.fields(Spec) if field.name != "mistake")

T = TypeVar("T")


@record
class Metadata:
    """What a file said; None where it said nothing."""

    sizes: tuple[int, ...] | None
    activations: tuple[str, ...] | None
    loss: str | None
    biased: bool | None
    spec: Spec | None


def program_version() -> str:
    """The version of this program, as installed."""
    # Nobody asks when the window opens, and it takes as long to load as all of this package.
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("backprop-playground")
    except PackageNotFoundError:
        return "0+unknown"


def describe(document: Document) -> dict[str, object]:
    """The metadata of `document`, ready for JSON; seeds and data set are among the options."""
    network = document.network
    said: dict[str, object] = {
        "format": FORMAT,
        "version": VERSION,
        "program": program_version(),
        "sizes": list(network.sizes),
        "activations": list(network.activations),
        "loss": network.loss,
        "biased": network.biased,
    }
    if document.spec is not None:
        options = as_dict(document.spec)
        said["options"] = {field.name: options[field.name] for field in FIELDS}
    return said


def understand(said: Mapping[str, object]) -> Metadata:
    """The metadata read from JSON; unknown keys are ignored, InputError names the one that does not fit."""
    _check_origin(said)
    options = _optional(said, "options", typed.fields)
    return Metadata(
        sizes=_optional(said, "sizes", typed.wholes),
        activations=_optional(said, "activations", typed.texts),
        loss=_optional(said, "loss", typed.text),
        biased=_optional(said, "biased", typed.flag),
        spec=None if options is None else _read_spec(options),
    )


def _check_origin(said: Mapping[str, object]) -> None:
    origin = _optional(said, "format", typed.text)
    if origin not in (None, FORMAT):
        raise InputError(f"its metadata's format is {typed.shown(origin)}, not {FORMAT!r}; export it from there.")
    number = _optional(said, "version", typed.whole)
    if number is not None and not 1 <= number <= VERSION:
        raise InputError(
            f"its format has version {number}, and this program reads version {VERSION}; update the program."
        )
    _optional(said, "program", typed.text)


def _optional(said: Mapping[str, object], key: str, read: Callable[[str, object], T]) -> T | None:
    return read(f"metadata {key}", said[key]) if key in said else None


def _read_spec(options: Mapping[str, object]) -> Spec:
    values: dict[str, Any] = {}
    for field in FIELDS:
        if field.name in options:
            values[field.name] = READERS[field.type](f"options {field.name}", options[field.name])
        elif field.default is dataclasses.MISSING:
            raise InputError(f"options {field.name} is missing; add it, or leave the options out altogether.")
    spec = Spec(**values)
    try:
        check(spec)
    except InputError as error:
        raise InputError(f"options: {error}") from None
    return spec
