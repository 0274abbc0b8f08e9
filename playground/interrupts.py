"""Ctrl+C in the terminal ends the program at once, also while the window is at rest.

Python looks for signals between its own instructions, and a window at rest executes none. So each signal also
writes into a socket, at which Qt wakes up. No exception is raised then: one that comes up in a method that Qt calls,
paintEvent say, is not passed on, and leaves Qt in the middle of what it was doing.
"""

import contextlib
import signal
import socket
from collections.abc import Callable, Iterator

from PySide6.QtCore import QSocketNotifier


@contextlib.contextmanager
def interruptible(asked: Callable[[], None]) -> Iterator[None]:
    """Have `asked` called at Ctrl+C, between two instructions of Python; a second Ctrl+C ends the process at once."""
    reader, writer = socket.socketpair()
    with reader, writer:
        for end in (reader, writer):
            end.setblocking(False)
        notifier = QSocketNotifier(reader.fileno(), QSocketNotifier.Type.Read)

        def read() -> None:
            with contextlib.suppress(BlockingIOError):
                reader.recv(64)

        def interrupt(*_: object) -> None:
            signal.signal(signal.SIGINT, signal.SIG_DFL)
            asked()

        notifier.activated.connect(read)
        handler = signal.signal(signal.SIGINT, interrupt)
        before = signal.set_wakeup_fd(writer.fileno(), warn_on_full_buffer=False)
        try:
            yield
        finally:
            signal.set_wakeup_fd(before)
            signal.signal(signal.SIGINT, handler)
            notifier.setEnabled(False)
