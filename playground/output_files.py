"""The files that the command line writes: refused early where that cannot be done, and never half-written."""

import errno
import io
import os
import tempfile
from pathlib import Path

from core.errors import InputError
from core.formats import FORMATS, Document, Missing
from core.formats.atomic import write_atomically
from core.formats.trouble import WRITING, explained, located, usable


def check_export(path: Path, document: Document) -> None:
    """Raise InputError, with nothing touched, when a network like that of `document` cannot be written at `path`."""
    kind = next((kind for kind in FORMATS if kind.suffix == path.suffix.lower()), None)
    if kind is None:
        suffixes = ", ".join(kind.suffix for kind in FORMATS)
        raise InputError(f"{path} ends in none of {suffixes}; choose one of them for its format.")
    check_writable(path)
    # A format may have no room for so large a network: better to learn that now than after hours of training.
    with located(f"{path} cannot be written"):
        data = kind.encode(document)
        if len(data) > kind.limit:
            raise InputError(
                f"it would have {len(data) / 2**20:.1f} MiB, and {kind.suffix} files hold {kind.limit >> 20} at most;"
                " choose another format or a smaller network."
            )
        kind.decode(io.BytesIO(data), Missing())


def check_writable(path: Path) -> None:
    """Raise InputError, with nothing touched, when no file can be written at `path`."""
    path = usable(path)
    with explained(path, WRITING):
        target = Path(os.path.realpath(path))
        if target.is_dir():
            raise IsADirectoryError(errno.EISDIR, "it is a folder")
        if target.exists() and not target.is_file():
            raise OSError(errno.EINVAL, "it is a device, not a file")
        if target.exists() and not os.access(target, os.W_OK):
            raise PermissionError(errno.EACCES, "it is write-protected")
        # What forbids a new file is best found out by making one; this one vanishes again at once.
        with tempfile.TemporaryFile(dir=target.parent):
            pass


def write_text(path: Path, text: str) -> None:
    """Write `text` to `path`, all of it or nothing; InputError when that fails."""
    with explained(path, WRITING):
        write_atomically(path, text.encode(), lambda written: None)
