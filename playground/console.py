"""Standard output and standard error in whatever state they are handed over: piped, full, closed or ASCII."""

import contextlib
import io
import os
import sys
from collections.abc import Iterator

INTERRUPTED = 130  # 128 + SIGINT, what a shell expects of a program that was interrupted


class OutputError(Exception):
    """Standard output takes no more; the message is one sentence."""


def prepare() -> None:
    """Have characters that a stream cannot show written as escapes, where they would end in an error."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def say(text: str) -> None:
    """Print `text` on standard output; OutputError when that is not possible."""
    with _stdout():
        print(text, flush=True)


def flush() -> None:
    """Write out what others have printed; OutputError when that is not possible."""
    with _stdout():
        if sys.stdout is not None:
            sys.stdout.flush()


def complain(sentence: str) -> None:
    """Print one sentence on standard error."""
    # Where standard error is closed, print would turn to standard output instead.
    if sys.stderr is not None:
        with contextlib.suppress(OSError):
            print(sentence, file=sys.stderr, flush=True)


@contextlib.contextmanager
def _stdout() -> Iterator[None]:
    """A reader that has seen enough and left (`playground datasets | head -1`) is no error."""
    try:
        yield
    except BrokenPipeError:
        _abandon_stdout()
    except OSError as error:
        _abandon_stdout()
        raise OutputError(f"Standard output cannot be written ({error.strerror}); send it elsewhere.") from error


def _abandon_stdout() -> None:
    """Send what is left to nowhere, or the interpreter would try again at its end, and fail."""
    with contextlib.suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
