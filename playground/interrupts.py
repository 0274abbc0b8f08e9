"""Ctrl+C in the terminal ends the program at once, also while the window is at rest.

Python looks for signals between its own instructions, and a window at rest executes none. So each signal also
writes into a socket, at which Qt wakes up and runs a Python function; in that the KeyboardInterrupt is raised.
"""

import contextlib
import signal
import socket
from collections.abc import Iterator

from PySide6.QtCore import QSocketNotifier


@contextlib.contextmanager
def interruptible() -> Iterator[None]:
    """Have Qt's event loop notice signals."""
    reader, writer = socket.socketpair()
    with reader, writer:
        for end in (reader, writer):
            end.setblocking(False)
        notifier = QSocketNotifier(reader.fileno(), QSocketNotifier.Type.Read)

        def read() -> None:
            with contextlib.suppress(BlockingIOError):
                reader.recv(64)

        notifier.activated.connect(read)
        before = signal.set_wakeup_fd(writer.fileno(), warn_on_full_buffer=False)
        try:
            yield
        finally:
            signal.set_wakeup_fd(before)
            notifier.setEnabled(False)
