"""What the operating system says when it cannot read or write a file, as a sentence with a remedy."""

import errno
import os
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from core.errors import InputError

READING = {
    errno.ENOENT: "There is no file {path}; check its name and folder.",
    errno.EACCES: "{path} may not be read; change its permissions or choose another file.",
    errno.EISDIR: "{path} is a folder; name a file in it.",
    errno.ENOTDIR: "There is no folder {folder}; check the path.",
}
WRITING = {
    errno.ENOENT: "There is no folder {folder} to write {name} into; create it or choose another.",
    errno.EACCES: "{path} may not be written; change the permissions there or choose another folder.",
    errno.EROFS: "{path} lies on a medium that cannot be written; choose another folder.",
    errno.EISDIR: "{path} is a folder; name a file in it.",
    errno.ENOTDIR: "{folder} is not a folder; choose another to write {name} into.",
    errno.ENOSPC: "{path} was not written, because the disk is full; make room or choose another disk.",
    errno.ENAMETOOLONG: "The name {name} is too long for a file; choose a shorter one.",
}
OTHERWISE = "{path} cannot be used ({why}); choose another file."
SAME = {errno.EPERM: errno.EACCES, errno.EDQUOT: errno.ENOSPC}


def usable(path: str | Path) -> Path:
    """`path`, unless no file can ever have that name."""
    try:
        if b"\0" not in os.fsencode(path):
            return Path(path)
    except UnicodeEncodeError:
        pass
    raise InputError(f"{str(path)!r} cannot be the name of a file; choose another.")


@contextmanager
def located(where: str) -> Generator[None]:
    """Put `where` in front of every InputError."""
    try:
        yield
    except InputError as error:
        raise type(error)(f"{where}: {error}") from error


@contextmanager
def explained(path: Path, sentences: dict[int, str]) -> Generator[None]:
    """Turn an OSError about `path` into an InputError; `sentences` is READING or WRITING."""
    try:
        yield
    except OSError as error:
        number = error.errno or 0
        sentence = sentences.get(SAME.get(number, number), OTHERWISE)
        why = error.strerror or str(error)
        raise InputError(sentence.format(path=path, folder=path.parent, name=path.name, why=why)) from error
