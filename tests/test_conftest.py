"""The guard in conftest.py must be able to fail: pytest is run on tests that leave something behind."""

import shutil
import subprocess
import sys
from pathlib import Path

TESTS = """
import threading
from PySide6.QtCore import QThread, QTimer
from PySide6.QtWidgets import QLabel

held = []
ended = threading.Event()

def test_tidy(qtbot):
    label = QLabel("shown, and closed by pytest-qt")
    qtbot.addWidget(label)
    label.show()
    QTimer(label).start(1000)
    cycle = QLabel("held only by itself")
    cycle.me = cycle
    thread = threading.Thread(target=int)
    thread.start()
    thread.join()

def test_leaves_a_window(qtbot):
    held.append(QLabel("never shown"))

def test_leaves_a_timer(qtbot):
    timer = QTimer()
    timer.start(1000)
    held.append(timer)

def test_leaves_a_thread(qtbot):
    threading.Thread(target=ended.wait, daemon=True).start()

def test_leaves_a_thread_of_qt(qtbot):
    thread = QThread()
    thread.start()
    held.append(thread)

def test_is_not_blamed_for_those_before(qtbot):
    ended.set()
    held[-1].quit()
    held[-1].wait()
    held.append(QTimer())  # which rests

def test_starts_a_timer_of_the_test_before(qtbot):
    held[-1].start(1000)
"""


def test_what_outlives_its_test_fails_it(tmp_path):
    shutil.copy(Path(__file__).with_name("conftest.py"), tmp_path)
    (tmp_path / "test_leftovers.py").write_text(TESTS, encoding="utf-8")
    pytest_run = [sys.executable, "-m", "pytest", "-q", "-rE", "-p", "no:cacheprovider", "-c", "/dev/null"]
    done = subprocess.run(
        [*pytest_run, "--rootdir", str(tmp_path), str(tmp_path)], capture_output=True, text=True, check=False
    )
    # On a CI machine pytest writes the reason behind the name.
    errors = [line.partition(" - ")[0] for line in done.stdout.splitlines() if line.startswith("ERROR ")]
    reported = [error.rpartition("::")[2] for error in errors]
    assert reported == [
        "test_leaves_a_window",
        "test_leaves_a_timer",
        "test_leaves_a_thread",
        "test_leaves_a_thread_of_qt",
        "test_starts_a_timer_of_the_test_before",
    ], done.stdout
    assert "left behind: [<PySide6.QtCore.QTimer" in done.stdout
