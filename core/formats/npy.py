"""One array in NumPy's .npy form, read with suspicion: only numbers, nothing evaluated, exact lengths."""

import re
from math import prod
from typing import IO, Any

import numpy as np

from core.arrays import Array
from core.errors import InputError
from core.record import record

MAGIC = b"\x93NUMPY"
LONGEST_HEADER = 1024
CHUNK = 65_536

_FIELD = re.compile(r"'(descr|fortran_order|shape)':('[^']*'|True|False|\((?:\d{1,18},)*\d{0,18}\)),?", re.ASCII)
_NUMBERS = re.compile(r"'([<>=|]?(?:f[248]|[iu][1248]))'", re.ASCII)


@record
class Header:
    """What an array is; its numbers follow."""

    dtype: np.dtype[Any]
    fortran: bool
    shape: tuple[int, ...]

    @property
    def count(self) -> int:
        """How many numbers there are."""
        return prod(self.shape)


def read_header(name: str, file: IO[bytes], size: int) -> Header:
    """The header of the array `name` that starts `file`, `size` bytes in all; InputError if it does not fit."""
    start = _exactly(name, file, 8)
    width = 2 if start[6] == 1 else 4
    if not start.startswith(MAGIC) or start[6] not in (1, 2, 3):
        raise InputError(f"{name} is not an array in NumPy's .npy form; write it with numpy.savez.")
    length = int.from_bytes(_exactly(name, file, width), "little")
    if length > LONGEST_HEADER:
        raise InputError(f"the header of {name} has {length} bytes; that of an array of numbers has about 100.")
    header = _parse(name, _exactly(name, file, length))
    left = size - 8 - width - length
    if header.count * header.dtype.itemsize != left:
        raise InputError(
            f"{name} announces {header.shape} of {header.dtype}, but {left} bytes follow; the file is damaged."
        )
    return header


def _parse(name: str, header: bytes) -> Header:
    text = "".join(header.decode("latin-1").split())
    fields = list(_FIELD.finditer(text))
    found = {field[1]: field[2] for field in fields}
    # The pattern allows every value for every name, and gaps; both show here.
    kinds = "".join(found[name][0] for name in ("descr", "fortran_order", "shape") if name in found)
    if "{" + "".join(field[0] for field in fields) + "}" != text or kinds not in ("'T(", "'F("):
        raise InputError(f"the header of {name} cannot be understood; write a float64 array with numpy.savez.")
    numbers = _NUMBERS.fullmatch(found["descr"])
    if not numbers:
        raise InputError(f"{name} holds {found['descr'][:40]}, not plain numbers; write it as a float64 array.")
    axes = tuple(int(digits) for digits in re.findall(r"\d+", found["shape"]))
    if len(axes) > 2:
        raise InputError(f"{name} has {len(axes)} axes; weights have two, biases one.")
    return Header(np.dtype(numbers[1]), found["fortran_order"] == "True", axes)


def read_numbers(name: str, file: IO[bytes], header: Header) -> Array:
    """The numbers that follow `header`, as a new float64 array of its shape; a small piece at a time."""
    array = np.empty(header.shape)
    target = (array.T if header.fortran else array).flat
    step = CHUNK // header.dtype.itemsize
    for at in range(0, header.count, step):
        count = min(step, header.count - at)
        piece = np.frombuffer(_exactly(name, file, count * header.dtype.itemsize), header.dtype)
        with np.errstate(invalid="ignore"):  # a signalling NaN; it is refused by name afterwards
            target[at : at + count] = piece.astype(np.float64)
    return array


def read_bytes(name: str, file: IO[bytes], header: Header) -> bytes:
    """The bytes that follow `header`; InputError unless it is a list of bytes (uint8)."""
    if header.dtype != np.uint8 or len(header.shape) != 1:
        raise InputError(f"{name} must be a list of uint8, not {header.dtype} {header.shape}.")
    return _exactly(name, file, header.count)


def _exactly(name: str, file: IO[bytes], size: int) -> bytes:
    data = file.read(size)
    if len(data) != size:
        raise InputError(f"{name} ends too early; the file is damaged.")
    return data
