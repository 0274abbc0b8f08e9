"""The progress bar: on a terminal, and only there."""

import json
import os
import select
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import pytest

from core.formats import load
from playground.__main__ import main
from playground.progress_bar import ProgressBar

ROOT = Path(__file__).parents[2]
TRAIN = [sys.executable, "-m", "playground", "train", "--dataset", "circle"]

on_terminals = pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals")


class Terminal:
    """A program whose standard error is a terminal; `seen` is what it has drawn there."""

    def __init__(self, *words):
        ours, theirs = os.openpty()
        self.process = subprocess.Popen([*TRAIN, *words], cwd=ROOT, stdout=subprocess.PIPE, stderr=theirs, text=True)
        os.close(theirs)
        self._ours, self.seen = ours, ""

    def read(self, until, seconds=30.0):
        """Collect until `until(seen)`, or the program has ended."""
        deadline = time.monotonic() + seconds
        while not until(self.seen) and time.monotonic() < deadline:
            if select.select([self._ours], [], [], 0.1)[0]:
                try:
                    self.seen += os.read(self._ours, 4096).decode()
                except OSError:  # Linux says so when the other end is closed
                    return

    def end(self):
        """Its exit code and standard output."""
        self.read(lambda seen: self.process.poll() is not None)
        out, _ = self.process.communicate(timeout=30)
        os.close(self._ours)
        return self.process.returncode, out


@on_terminals
def test_on_a_terminal_a_bar_is_drawn_and_wiped(tmp_path):
    terminal = Terminal("--epochs", "400", "--json")
    terminal.read(lambda seen: "epoch" in seen)
    code, out = terminal.end()
    assert code == 0
    assert json.loads(out)["epochs"] == 400
    drawn = terminal.seen.split("\r")
    assert drawn[1].startswith("[")
    assert "%  epoch" in drawn[1]
    assert drawn[-2].strip() == drawn[-1] == ""
    assert all(len(line) < 80 for line in drawn)


@on_terminals
def test_quiet_draws_nothing():
    terminal = Terminal("--epochs", "20", "--quiet")
    assert terminal.end() == (0, "")
    assert terminal.seen == ""


@on_terminals
def test_ctrl_c_on_the_terminal_wipes_the_bar_and_writes_the_file(tmp_path):
    export = tmp_path / "network.npz"
    terminal = Terminal("--epochs", "100000000", "--export", str(export))
    terminal.read(lambda seen: "epoch" in seen)
    terminal.process.send_signal(signal.SIGINT)
    code, out = terminal.end()
    assert code == 130
    assert f"written: {export}" in out
    assert load(export).network.sizes == (2, 4, 2, 1)
    last = terminal.seen.split("\r")[-2:]
    assert last[0].startswith("Interrupted after ") or last[1].startswith("Interrupted after ")
    assert "Traceback" not in terminal.seen


def test_elsewhere_nothing_is_drawn(capsys):
    assert main(["train", "--epochs", "300"]) == 0
    assert capsys.readouterr().err == ""


class Screen:
    """A terminal that remembers."""

    def __init__(self):
        self.written = ""

    def isatty(self):
        return True

    def write(self, text):
        self.written += text

    def flush(self):
        pass


@pytest.fixture
def screen(monkeypatch):
    screen = Screen()
    monkeypatch.setattr("playground.progress_bar.sys", SimpleNamespace(stderr=screen))
    return screen


@pytest.fixture
def clock(monkeypatch):
    """The time, as the bar sees it; it passes only when told to."""
    now = [100.0]
    monkeypatch.setattr("playground.progress_bar.time.perf_counter", lambda: now[0])
    return now


def test_the_bar_says_share_epochs_and_remaining_time(screen, clock):
    bar = ProgressBar(1000)
    clock[0] += 10
    bar.show(250, 5)
    assert screen.written == "\r[#######-----------------------]  25%  epoch 5  30 s left"


def test_the_bar_is_drawn_ten_times_a_second_at_most(screen, clock):
    bar = ProgressBar(1000)
    for step in range(100):
        bar.show(step, 0)
        clock[0] += 0.01
    assert 9 <= screen.written.count("\r") <= 10


def test_a_shorter_line_wipes_the_longer_one_before_it(screen, clock):
    bar = ProgressBar(10)
    clock[0] += 1000
    bar.show(1, 0)
    clock[0] += 1
    bar.show(10, 1)
    first, second = screen.written.split("\r")[1:]
    assert len(second) == len(first)


def test_a_terminal_that_is_gone_is_no_error(screen, clock, monkeypatch):
    def gone(text):
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(screen, "write", gone)
    bar = ProgressBar(10)
    bar.show(1, 0)
    bar.close()


def test_without_standard_error_there_is_no_bar(monkeypatch):
    monkeypatch.setattr("playground.progress_bar.sys", SimpleNamespace(stderr=None))
    bar = ProgressBar(10)
    bar.show(1, 0)
    bar.close()
    assert not bar.visible
