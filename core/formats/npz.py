"""Documents as NumPy's .npz: a zip with a .npy file for each array. Nothing is believed unchecked."""

import io
import json
import struct
import zipfile
import zlib
from typing import BinaryIO

import numpy as np

from core.arrays import Array
from core.errors import InputError
from core.formats import npy, strict_json, typed
from core.formats.assembly import assemble
from core.formats.document import FORMATS, Document, Format, Missing
from core.formats.metadata import describe
from core.formats.parameters import METADATA, by_name, check_names
from core.formats.trouble import located

LIMIT = 64 * 2**20
MOST_ENTRIES = 256
MOST_NUMBERS = 6 * 2**20  # 48 MiB as float64, whatever they are in the file
MOST_METADATA = 2**16
MOST_AT_ONCE = 2**17  # zipfile itself looks for the end of the archive in its last 64 KiB

# What zipfile raises for one damaged archive or another.
DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    RuntimeError,
    ValueError,
    OverflowError,
)


def encode(document: Document) -> bytes:
    """The .npz file of `document`; the same document gives the same bytes."""
    about = json.dumps(describe(document), allow_nan=False).encode()
    arrays = {**by_name(document.network), METADATA: np.frombuffer(about, np.uint8)}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, array in arrays.items():
            entry = zipfile.ZipInfo(f"{name}.npy")  # dated 1980, always
            entry.external_attr = 0o600 << 16
            with archive.open(entry, "w", force_zip64=True) as member:
                np.lib.format.write_array(member, array, allow_pickle=False)
    return buffer.getvalue()


def decode(file: BinaryIO, missing: Missing) -> Document:
    """The document that the .npz `file` holds; InputError when it holds none."""
    try:
        with zipfile.ZipFile(_Sips(file)) as archive:
            arrays, about = _read(archive)
    except InputError:
        raise
    except DAMAGE as error:
        why = str(error)[:80] or "damaged"
        raise InputError(f"it is not a whole .npz file ({why}); save or copy it anew.") from None
    with located(METADATA):
        said = typed.fields("it", strict_json.parse(about))
    return assemble(arrays, said, missing)


class _Sips:
    """A file that refuses to be read in large pieces, so that a huge table of contents is never loaded."""

    def __init__(self, file: BinaryIO) -> None:
        self.seek, self.tell, self.seekable = file.seek, file.tell, file.seekable
        self._read = file.read

    def read(self, size: int = -1) -> bytes:
        data = self._read(min(size, MOST_AT_ONCE + 1) if size >= 0 else MOST_AT_ONCE + 1)
        if len(data) > MOST_AT_ONCE:
            raise InputError(f"its table of contents is too long; at most {MOST_ENTRIES} arrays are read.")
        return data


def _read(archive: zipfile.ZipFile) -> tuple[dict[str, Array], bytes]:
    """Every array by name, and the text of the metadata ({} where there is none)."""
    entries = _checked(archive.infolist())
    arrays: dict[str, Array] = {}
    about = b"{}"
    numbers = 0
    for name, entry in entries.items():
        with archive.open(entry) as member:
            header = npy.read_header(name, member, entry.file_size)
            if name == METADATA:
                if header.count > MOST_METADATA:
                    raise InputError(f"its metadata has {header.count:,} bytes; at most {MOST_METADATA:,} are read.")
                about = npy.read_bytes(name, member, header)
                continue
            numbers += header.count
            if numbers > MOST_NUMBERS:
                raise InputError(f"it holds more than {MOST_NUMBERS:,} numbers, the most that are read.")
            arrays[name] = npy.read_numbers(name, member, header)
    return arrays, about


def _checked(listed: list[zipfile.ZipInfo]) -> dict[str, zipfile.ZipInfo]:
    """The entries by array name, once their number, names, sizes and compression are seen to be harmless."""
    if len(listed) > MOST_ENTRIES:
        raise InputError(f"it has {len(listed)} entries; at most {MOST_ENTRIES} are read.")
    entries: dict[str, zipfile.ZipInfo] = {}
    for entry in listed:
        name, dot, suffix = entry.filename.rpartition(".")
        if (dot, suffix) != (".", "npy"):
            raise InputError(f"it holds {entry.filename[:40]!r}, which is not an array (.npy); leave it out.")
        if name in entries:
            raise InputError(f"it holds {name[:40]!r} twice; leave one of them out.")
        if entry.flag_bits & 1:
            raise InputError(f"{name[:40]!r} is encrypted; save it without a password.")
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise InputError(f"{name[:40]!r} is compressed in an unusual way; save it with numpy.savez.")
        entries[name] = entry
    check_names(name for name in entries if name != METADATA)
    unpacked = sum(entry.file_size for entry in listed)
    if unpacked > LIMIT:
        raise InputError(f"it would unpack to {unpacked / 2**20:,.0f} MiB; at most {LIMIT >> 20} MiB are read.")
    return entries


FORMATS.add(Format("npz", "NumPy arrays", ".npz", b"PK", LIMIT, encode, decode))
