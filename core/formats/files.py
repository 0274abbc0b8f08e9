"""Saving and loading documents: the format by the suffix, failures as sentences, every save read back."""

import errno
import stat
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

import numpy as np

from core.arrays import Array
from core.errors import InputError
from core.formats.atomic import write_atomically
from core.formats.document import FORMATS, Document, Format, Missing
from core.formats.parameters import by_name, check_finite
from core.formats.trouble import READING, WRITING, explained, located, usable
from core.network import Network, forward
from core.spec import check

PROBE_ROWS, PROBE_REACH = 64, 6.0
TOLERANCE = 1e-12
HEAD = 64


def save(path: str | Path, document: Document) -> float:
    """Write `document` to `path`; gives the largest difference between its outputs and those read back, 0.0.

    The outputs are compared on rows drawn from a fixed seed, before the old file is replaced. InputError when
    the suffix is unknown, a parameter is not finite, or the file cannot be written; the old file then stays.
    """
    path = usable(path)
    # A mistake that is on is made by the program, and is no part of the network.
    document = replace(document, spec=document.spec and replace(document.spec, mistake=None))
    failed = f"{path} was not saved"
    with located(failed):
        kind = _by_suffix(path)
        if kind is None:
            raise InputError(f"its name must end in one of {_suffixes()}, which chooses the format.")
        _check(document)
        data = kind.encode(document)
        if len(data) > kind.limit:
            raise InputError(
                f"it would have {len(data) / 2**20:.1f} MiB, and at most {kind.limit >> 20} MiB are read as"
                f" {kind.suffix}; choose another format or a smaller network."
            )

    def verify(written: Path) -> float:
        with located(failed), written.open("rb") as file:
            return _compare(document, kind.decode(file, Missing()))

    with explained(path, WRITING):
        return write_atomically(path, data, verify)


def load(
    path: str | Path,
    *,
    activation: str | None = None,
    output_activation: str | None = None,
    loss: str | None = None,
) -> Document:
    """The document in the file `path`; its format by the suffix, or by how it begins where that is unknown.

    The names fill in what a file without metadata does not say. InputError for whatever cannot be read.
    """
    path = usable(path)
    with explained(path, READING), _opened(path) as file, located(str(path)):
        kind = _by_suffix(path) or _by_content(file)
        if path.stat().st_size > kind.limit:
            raise InputError(f"it is larger than {kind.limit >> 20} MiB, the most that is read as {kind.suffix}.")
        return kind.decode(file, Missing(activation, output_activation, loss))


def _opened(path: Path) -> BinaryIO:
    # Asked first, because to open a pipe is to wait for its other end.
    mode = path.stat().st_mode
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, "it is a folder")
    if not stat.S_ISREG(mode):
        raise OSError(errno.EINVAL, "it is a device, not a file")
    return path.open("rb")


def _by_suffix(path: Path) -> Format | None:
    return next((kind for kind in FORMATS if kind.suffix == path.suffix.lower()), None)


def _by_content(file: BinaryIO) -> Format:
    head = file.read(HEAD).removeprefix(b"\xef\xbb\xbf").lstrip()
    file.seek(0)
    for kind in FORMATS:
        if head.startswith(kind.signature):
            return kind
    raise InputError(f"it is not a network in any known format; those end in {_suffixes()}.")


def _suffixes() -> str:
    return ", ".join(kind.suffix for kind in FORMATS)


def _check(document: Document) -> None:
    for name, array in by_name(document.network).items():
        check_finite(name, array)
    if document.spec is not None:
        check(document.spec)


def _compare(document: Document, again: Document) -> float:
    """The largest difference between the outputs of both; InputError unless they are the same to the bit."""
    difference = _output_difference(document.network, again.network)
    if difference > TOLERANCE or not _same(document, again):
        raise InputError(f"it reads back differently (outputs by {difference:.3g}); try again or on another disk.")
    return difference


def _same(document: Document, again: Document) -> bool:
    one, other = document.network, again.network
    return (
        (one.sizes, one.activations, one.loss, one.biased, document.spec)
        == (other.sizes, other.activations, other.loss, other.biased, again.spec)
    ) and all(
        ours.tobytes() == theirs.tobytes()
        for ours, theirs in zip(by_name(one).values(), by_name(other).values(), strict=True)
    )


def _output_difference(one: Network, other: Network) -> float:
    if one.sizes != other.sizes:
        return np.inf
    rng = np.random.default_rng(0)
    x = rng.uniform(-PROBE_REACH, PROBE_REACH, (PROBE_ROWS, one.sizes[0]))
    ours, theirs = _outputs(one, x), _outputs(other, x)
    # Huge weights may take both to the same infinity or to NaN, which is no difference.
    alike = (ours == theirs) | (np.isnan(ours) & np.isnan(theirs))
    with np.errstate(all="ignore"):
        difference = np.where(alike, 0.0, np.abs(ours - theirs)).max()
    return np.inf if np.isnan(difference) else float(difference)


def _outputs(network: Network, x: Array) -> Array:
    with np.errstate(all="ignore"):
        return forward(network, x).y
