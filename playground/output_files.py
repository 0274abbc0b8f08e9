"""The files that the command line writes: refused early where that cannot be done, and never half-written."""

import errno
import os
import tempfile
from pathlib import Path

from core.errors import InputError
from core.formats import FORMATS
from core.formats.atomic import write_atomically
from core.formats.trouble import WRITING, explained, usable


def check_export(path: Path) -> None:
    """Raise InputError, with nothing touched, when no network can be written at `path`."""
    suffixes = [kind.suffix for kind in FORMATS]
    if path.suffix.lower() not in suffixes:
        raise InputError(f"{path} ends in none of {', '.join(suffixes)}; choose one of them for its format.")
    check_writable(path)


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
