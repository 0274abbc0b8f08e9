"""Documents as JSON text: the .npz file's names, a line for each row, digits that give every bit back."""

import json
from typing import BinaryIO

import numpy as np

from core.arrays import Array
from core.errors import InputError
from core.formats import strict_json, typed
from core.formats.assembly import assemble
from core.formats.document import FORMATS, Document, Format, Missing
from core.formats.metadata import describe
from core.formats.parameters import METADATA, by_name, check_names


def encode(document: Document) -> bytes:
    """The JSON text of `document`; Python writes the shortest digits that read back as the same float64."""
    entries = [
        f'"{name}": {json.dumps(array.tolist(), allow_nan=False) if array.ndim == 1 else _rows(array)}'
        for name, array in by_name(document.network).items()
    ]
    about = json.dumps(describe(document), allow_nan=False, indent=2)
    return ("{\n" + ",\n".join([*entries, f'"{METADATA}": {about}']) + "\n}\n").encode()


def _rows(array: Array) -> str:
    return "[\n" + ",\n".join(f"  {json.dumps(row, allow_nan=False)}" for row in array.tolist()) + "\n]"


def decode(file: BinaryIO, missing: Missing) -> Document:
    """The document that the JSON text in `file` holds; InputError when it holds none."""
    content = typed.fields("the document", strict_json.parse(file.read(strict_json.LIMIT + 1)))
    said = typed.fields(METADATA, content.pop(METADATA, {}))
    check_names(content)
    arrays = {
        name: _matrix(name, value) if name.startswith("W") else _vector(name, value) for name, value in content.items()
    }
    return assemble(arrays, said, missing)


def _matrix(name: str, value: object) -> Array:
    """W (n, m) from a list of n rows."""
    rows = [_numbers(f"{name}[{i}]", f"{name}[{i},", row) for i, row in enumerate(typed.items(name, value))]
    for i, row in enumerate(rows):
        if len(row) != len(rows[0]):
            raise InputError(f"{name}[{i}] has {len(row)} numbers, but {name}[0] has {len(rows[0])}; make them alike.")
    return np.array(rows, dtype=np.float64).reshape(len(rows), len(rows[0]) if rows else 0)


def _vector(name: str, value: object) -> Array:
    """b (n,) from a list of n numbers."""
    return np.array(_numbers(name, f"{name}[", value), dtype=np.float64)


def _numbers(name: str, entry: str, value: object) -> list[int | float]:
    numbers: list[int | float] = []
    for i, item in enumerate(typed.items(name, value)):
        if not isinstance(item, int | float) or isinstance(item, bool):
            raise InputError(f"{entry}{i}] must be a number, not {typed.shown(item)}.")
        numbers.append(item)
    return numbers


FORMATS.add(Format("json", "JSON document", ".json", b"{", strict_json.LIMIT, encode, decode))
