"""The log: where it is written, how large it grows, and what happens where it cannot be written."""

import faulthandler
import logging
import os
import subprocess
import sys

from PySide6.QtCore import QStandardPaths, qWarning

from playground import log
from playground.log import CRASHES, FILE, LOGGER, log_folder, open_log


def test_lies_where_the_system_keeps_such_files(qapp):
    state = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.StateLocation)
    assert str(log_folder()).startswith(state)
    assert log_folder().name == "log"


def test_says_what_runs_and_what_was_said_to_the_user(qapp, tmp_path):
    with open_log(tmp_path / "new" / "log") as opened:
        opened.note("Saved xor.npz at 100 % of it.")
        opened.note("")
    first, second = (tmp_path / "new" / "log" / FILE).read_text(encoding="utf-8").splitlines()
    assert "Started. Python" in first
    assert "NumPy" in first
    assert second.endswith("INFO MainThread: Saved xor.npz at 100 % of it.")
    assert opened.last() == f"{first}\n{second}"


def test_what_is_said_again_and_again_is_one_line(qapp, tmp_path):
    with open_log(tmp_path) as opened:
        for sentence in ("Changed: η.", "Changed: η.", "Changed: η.", "Undone: η.", "Changed: η."):
            opened.note(sentence)
    lines = (tmp_path / FILE).read_text(encoding="utf-8").splitlines()[1:]
    assert [line.partition(": ")[2] for line in lines] == ["Changed: η.", "Undone: η.", "Changed: η."]


def test_never_grows_beyond_three_files(qapp, tmp_path, monkeypatch):
    monkeypatch.setattr(log, "LARGEST_FILE", 2000)
    with open_log(tmp_path) as opened:
        for number in range(500):
            opened.note(f"sentence number {number}")
    files = sorted(path.name for path in tmp_path.iterdir() if path.name != CRASHES)
    assert files == [FILE, f"{FILE}.1", f"{FILE}.2"]
    assert all((tmp_path / name).stat().st_size <= 2000 for name in files)
    assert "sentence number 499" in (tmp_path / FILE).read_text(encoding="utf-8")


def test_is_three_times_one_megabyte():
    assert (log.LARGEST_FILE, log.OLD_FILES) == (1_000_000, 2)


def test_a_folder_that_cannot_be_written_costs_one_sentence(qapp, tmp_path, capsys):
    (tmp_path / "file").touch()
    with open_log(tmp_path / "file" / "log") as opened:
        opened.note("Still here.")
        assert opened.folder is None
        assert "Still here." in opened.last()
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "There will be no log" in said


def test_a_disk_that_becomes_full_is_said_once(qapp, tmp_path, capsys, monkeypatch):
    with open_log(tmp_path) as opened:
        file = next(handler for handler in LOGGER.handlers if isinstance(handler, logging.FileHandler))
        with monkeypatch.context() as full:
            full.setattr(file, "format", lambda record: (_ for _ in ()).throw(OSError(28, "No space left on device")))
            for number in range(5):
                opened.note(f"sentence {number}")
        opened.note("room again")
    assert capsys.readouterr().err.count("No space left on device") == 1
    assert "room again" in (tmp_path / FILE).read_text(encoding="utf-8")


def test_what_qt_says_goes_to_the_log(qapp, tmp_path):
    with open_log(tmp_path):
        qWarning("something is not as it should be")
    assert "WARNING MainThread: Qt: something is not as it should be" in (tmp_path / FILE).read_text(encoding="utf-8")


def test_leaves_the_logger_as_it_was(qapp, tmp_path):
    before = LOGGER.level, list(LOGGER.handlers), faulthandler.is_enabled()
    with open_log(tmp_path):
        assert len(LOGGER.handlers) == len(before[1]) + 2
    assert (LOGGER.level, list(LOGGER.handlers), faulthandler.is_enabled()) == before


def run(code, folder):
    program = f"import playground\nfrom pathlib import Path\nfrom playground.log import open_log\n{code}"
    return subprocess.run(
        [sys.executable, "-c", program, str(folder)],
        env={name: value for name, value in os.environ.items() if name != "PYTHONFAULTHANDLER"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


CRASH = """
import faulthandler, sys
with open_log(Path(sys.argv[1])):
    faulthandler._sigabrt()
"""
FATAL = """
import sys
from PySide6.QtCore import qFatal
with open_log(Path(sys.argv[1])):
    qFatal("this is the end")
"""
NOTHING = """
import sys
with open_log(Path(sys.argv[1])):
    pass
"""


def test_a_crash_below_python_leaves_traces_and_the_next_start_tells_of_it(tmp_path):
    assert run(CRASH, tmp_path).returncode != 0
    assert "Fatal Python error" in (tmp_path / CRASHES).read_text(encoding="utf-8")
    for _ in range(2):
        assert run(NOTHING, tmp_path).returncode == 0
    text = (tmp_path / FILE).read_text(encoding="utf-8")
    assert text.count("The program crashed when it ran last:\nFatal Python error") == 1
    assert (tmp_path / CRASHES).read_text(encoding="utf-8") == ""


def test_a_fatal_message_of_qt_still_ends_the_program_and_is_not_swallowed(tmp_path):
    done = run(FATAL, tmp_path)
    assert done.returncode != 0
    assert "qFatal()" in done.stderr
    text = (tmp_path / FILE).read_text(encoding="utf-8")
    assert "Qt: this is the end" in text
    assert "CRITICAL MainThread: Qt: " in text
