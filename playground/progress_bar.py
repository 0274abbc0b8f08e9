"""One line on the terminal that says how far the training is, and leaves nothing behind."""

import contextlib
import sys
import time
from typing import TextIO

REDRAW_SECONDS = 0.1
BAR_WIDTH = 30


class ProgressBar:
    """Draws on standard error when that is a terminal, at most every REDRAW_SECONDS; else it does nothing."""

    def __init__(self, total_steps: int, *, wanted: bool = True) -> None:
        self._total = total_steps
        terminal = wanted and sys.stderr is not None and sys.stderr.isatty()
        self._stream: TextIO | None = sys.stderr if terminal else None
        self._began = time.perf_counter()
        self._drawn_at = float("-inf")
        self._drawn_length = 0

    @property
    def visible(self) -> bool:
        """Whether anybody can see it."""
        return self._stream is not None

    def show(self, steps: int, epochs: int) -> None:
        """So many updates are made and so many epochs are finished."""
        now = time.perf_counter()
        if self._stream is None or now - self._drawn_at < REDRAW_SECONDS:
            return
        self._drawn_at = now
        share = steps / self._total if self._total else 1.0
        done = int(share * BAR_WIDTH)
        bar = "#" * done + "-" * (BAR_WIDTH - done)
        self._draw(f"[{bar}] {share:4.0%}  epoch {epochs}  {self._remaining(share, now)}")

    def close(self) -> None:
        """Wipe the line."""
        self._draw("")
        self._write("\r")

    def _remaining(self, share: float, now: float) -> str:
        passed = now - self._began
        if share <= 0 or passed < 1:
            return ""
        return f"{passed / share - passed:.0f} s left"

    def _draw(self, line: str) -> None:
        # Blanks instead of an escape sequence: they wipe on every terminal.
        self._write("\r" + line.ljust(self._drawn_length))
        self._drawn_length = len(line)

    def _write(self, text: str) -> None:
        if self._stream is not None:
            with contextlib.suppress(OSError):
                self._stream.write(text)
                self._stream.flush()
