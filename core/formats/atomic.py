"""Writing a file so that the old one or the new one is always there, whole: a temporary file takes its place.

That file is locked while its writer lives, so that what a killed program left behind can be told and swept.
"""

import errno
import os
import secrets
import stat
import sys
from collections.abc import Callable
from contextlib import suppress
from io import BufferedWriter
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")

PREFIX, SUFFIX = ".playground-", ".tmp"


def write_atomically(path: Path, data: bytes, verify: Callable[[Path], T]) -> T:
    """Put `data` into the file `path`, or what it links to, once `verify` has passed on the temporary file.

    Gives what `verify` gave. Whatever is raised (OSError, or by `verify`), the old file is as it was.
    """
    target = Path(os.path.realpath(path))
    mode = _old_mode(target)
    _sweep(target.parent)
    with _new_temporary(target.parent) as file:
        temporary = Path(file.name)
        try:
            if mode is not None:
                temporary.chmod(mode)
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
            verified = verify(temporary)
            if sys.platform == "win32":
                file.close()  # no open file can be renamed there
            temporary.replace(target)
        except BaseException:
            with suppress(OSError):  # to close is to write what is left, where that failed before
                file.close()
            temporary.unlink(missing_ok=True)
            raise
    return verified


def _old_mode(target: Path) -> int | None:
    """The permissions of the file to be replaced, None if it is new; OSError when it may not be replaced."""
    try:
        mode = target.stat().st_mode
    except FileNotFoundError:
        return None
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, "it is a folder")
    if not stat.S_ISREG(mode):
        raise OSError(errno.EINVAL, "it is a device, not a file")
    if not os.access(target, os.W_OK):  # replacing it would only need a folder that can be written
        raise PermissionError(errno.EACCES, "it is write-protected")
    return stat.S_IMODE(mode)


def _new_temporary(folder: Path) -> BufferedWriter:
    """A new file in `folder`, open and locked; its permissions are those of any new file."""
    while True:
        file = (folder / f"{PREFIX}{secrets.token_hex(8)}{SUFFIX}").open("xb")
        with suppress(OSError):  # a file system without locks, where nothing is swept either
            _lock(file.fileno(), wait=True)
        if os.fstat(file.fileno()).st_nlink:
            return file
        file.close()  # swept by another program in the moment before the lock


def _sweep(folder: Path) -> None:
    """Remove temporary files whose writer is gone."""
    for stray in folder.glob(f"{PREFIX}*{SUFFIX}"):
        with suppress(OSError), stray.open("r+b") as file:
            _lock(file.fileno(), wait=False)
            if sys.platform == "win32":
                file.close()
            stray.unlink()


def _lock(descriptor: int, *, wait: bool) -> None:
    """Hold the file until it is closed; BlockingIOError when another does and `wait` is not set."""
    if sys.platform != "win32":
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
