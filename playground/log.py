"""The log: what happened, in a file that never grows large, where the system keeps such files."""

import faulthandler
import logging
import sys
from collections import deque
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import TextIO

from PySide6.QtCore import QMessageLogContext, QStandardPaths, QtMsgType, qInstallMessageHandler

from playground import console
from playground.report import runtime

LOGGER = logging.getLogger("playground")
FILE, CRASHES = "playground.log", "crash.log"
LARGEST_FILE, OLD_FILES = 1_000_000, 2
LAST_RECORDS = 100
LONGEST_CRASH = 20_000
FORMAT = logging.Formatter("%(asctime)s %(levelname)s %(threadName)s: %(message)s")
LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


def log_folder() -> Path:
    """The standard place for this program's log."""
    return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.StateLocation)) / "log"


class Log:
    """An open log: `folder` is None where none can be written; `last` is what was written last."""

    def __init__(self, folder: Path | None, records: "LastRecords") -> None:
        self.folder, self._records = folder, records

    def last(self) -> str:
        """The last records, one after the other."""
        return "\n".join(self._records.lines)

    def note(self, sentence: str) -> None:
        """Write what was said to the user."""
        if sentence:
            LOGGER.info("%s", sentence)


class LastRecords(logging.Handler):
    """Keeps the last records in memory, for a report, whether or not there is a file."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: deque[str] = deque(maxlen=LAST_RECORDS)

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


class LogFile(RotatingFileHandler):
    """A full disk costs the log, not the program: it is said once."""

    _complained = False

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 – logging calls it so
        if not self._complained:
            self._complained = True
            console.complain(f"The log {self.baseFilename} cannot be written any more ({sys.exc_info()[1]}).")


class Repeats(logging.Filter):
    """Holds back a record that says just what the one before said: dragging a slider is one line."""

    _last: tuple[int, str] | None = None

    def filter(self, record: logging.LogRecord) -> bool:
        said = record.levelno, record.getMessage()
        repeated, self._last = said == self._last, said
        return not repeated


@contextmanager
def open_log(folder: Path) -> Iterator[Log]:
    """Write the log there, together with what Qt says and what a crash leaves behind, until the context ends.

    Where nothing can be written, that is said once, and the program goes on.
    """
    records = LastRecords()
    handlers: list[logging.Handler] = [records]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handlers.append(
            LogFile(
                folder / FILE,
                maxBytes=LARGEST_FILE,
                backupCount=OLD_FILES,
                encoding="utf-8",
                errors="backslashreplace",
            )
        )
    except OSError as error:
        console.complain(f"There will be no log: {folder} cannot be written ({error.strerror}).")
    with ExitStack() as stack:
        level = LOGGER.level
        LOGGER.setLevel(logging.INFO)
        stack.callback(LOGGER.setLevel, level)
        for handler in handlers:
            handler.setFormatter(FORMAT)
            handler.addFilter(Repeats())
            LOGGER.addHandler(handler)
            stack.callback(handler.close)
            stack.callback(LOGGER.removeHandler, handler)
        written = folder if len(handlers) > 1 else None
        stack.callback(qInstallMessageHandler, qInstallMessageHandler(_note_qt))
        LOGGER.info("Started. %s.", runtime())
        _watch_for_crashes(written, stack)
        yield Log(written, records)


def _note_qt(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
    """What Qt has to say goes to the log; what ends the program, which Qt then does, to the user as well."""
    LOGGER.log(LEVELS[kind], "Qt: %s", message)
    if kind in (QtMsgType.QtCriticalMsg, QtMsgType.QtFatalMsg):
        console.complain(message)


def _watch_for_crashes(folder: Path | None, stack: ExitStack) -> None:
    """Have a crash below Python leave its traces in a file, and take what the last one left into the log."""
    if faulthandler.is_enabled():
        return  # whoever asked for it (python -X faulthandler) has it where they asked
    try:
        file = None if folder is None else _crash_file(folder / CRASHES, stack)
    except OSError:
        file = None
    if file is not None:
        faulthandler.enable(file)
    elif sys.stderr is not None:
        faulthandler.enable()
    stack.callback(faulthandler.disable)


def _crash_file(path: Path, stack: ExitStack) -> TextIO:
    left = path.read_text(encoding="utf-8", errors="replace")[:LONGEST_CRASH] if path.exists() else ""
    if left.strip():
        LOGGER.error("The program crashed when it ran last:\n%s", left)
    return stack.enter_context(path.open("w", encoding="utf-8"))
