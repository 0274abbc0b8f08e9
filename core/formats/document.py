"""What a file holds, and what a file format is: a name, a suffix, a way out and a way back."""

from collections.abc import Callable
from typing import BinaryIO

from core.network import Network
from core.record import record
from core.registry import Registry
from core.spec import Spec


@record(eq=False)
class Document:
    """A network and the choices it was trained with; `spec` is None for weights that come without them."""

    network: Network
    spec: Spec | None = None


@record
class Missing:
    """What the reader says about a file that does not say it itself: names, or None where nothing is said."""

    activation: str | None = None
    output_activation: str | None = None
    loss: str | None = None


@record
class Format:
    """One file format.

    `encode(document)` gives the file's bytes. `decode(file, missing)` reads them from a seekable file, and
    raises InputError, without the file's name, for whatever does not fit. `signature` is how such a file
    begins, blanks aside; no file of more than `limit` bytes is read.
    """

    name: str
    label: str
    suffix: str
    signature: bytes
    limit: int
    encode: Callable[[Document], bytes]
    decode: Callable[[BinaryIO, Missing], Document]


FORMATS: Registry[Format] = Registry("file format")
