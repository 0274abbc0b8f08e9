"""An exception from anywhere reaches one dialog, the log and standard error; nothing is left of the hooks."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QPainter
from PySide6.QtWidgets import QApplication, QWidget

from core.spec import suggested
from playground.faults import MOST_KEPT, Faults
from playground.log import FILE, open_log
from ui.fault_dialog import FaultDialog

ROOT = Path(__file__).parents[2]


class Watched:
    """Faults that serve a window, and what came of them."""

    def __init__(self, faults, window, folder, qtbot):
        self.faults, self.window, self.folder, self.qtbot = faults, window, folder, qtbot

    @property
    def dialogs(self):
        return [dialog for dialog in self.window.findChildren(FaultDialog) if dialog.isVisible()]

    @property
    def dialog(self):
        self.qtbot.waitUntil(lambda: bool(self.dialogs))
        return self.dialogs[0]

    @property
    def log(self):
        return (self.folder / FILE).read_text(encoding="utf-8")


@pytest.fixture
def watch(qtbot, tmp_path):
    """A context in which faults are watched; pytest-qt has its own hooks before and after."""

    @contextmanager
    def watched():
        window = QWidget()
        qtbot.addWidget(window)
        window.show()
        with open_log(tmp_path) as log, Faults(log) as faults:
            faults.serve(window, lambda: suggested("xor"))
            yield Watched(faults, window, tmp_path, qtbot)

    return watched


def divide():
    return 1 / 0


class Painted(QWidget):
    def paintEvent(self, event):
        with QPainter(self):
            divide()


class Filter(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.User:
            divide()
        return False


class Destroyed:
    def __del__(self):
        divide()


def from_slot(watched):
    QTimer.singleShot(0, divide)


def from_paint(watched):
    painted = Painted(watched.window)
    painted.resize(50, 50)
    painted.show()


def from_filter(watched):
    watched.window.installEventFilter(Filter(watched.window))
    # Posted, as Qt does with a click; what Python sends itself comes back to it as an exception.
    QCoreApplication.postEvent(watched.window, QEvent(QEvent.Type.User))


def from_thread(watched):
    thread = threading.Thread(target=divide, name="worker")
    thread.start()
    thread.join()


def from_destructor(watched):
    Destroyed()


def from_caught(watched):
    try:
        divide()
    except ZeroDivisionError as error:
        sys.excepthook(type(error), error, error.__traceback__)


@pytest.mark.parametrize("source", [from_slot, from_paint, from_filter, from_thread, from_destructor, from_caught])
def test_an_exception_from_anywhere_reaches_dialog_log_and_stderr(watch, source, capfd):
    with watch() as watched:
        source(watched)
        dialog = watched.dialog
        assert not dialog.isModal()
        assert "ZeroDivisionError: division by zero" in dialog.details.toPlainText()
        assert "in divide" in dialog.details.toPlainText()
    assert watched.log.count("Traceback") == 1
    assert capfd.readouterr().err.count("Traceback") == 1


def test_the_dialog_says_in_plain_words_what_it_means(watch):
    with watch() as watched:
        from_slot(watched)
        assert "Nothing is lost" in watched.dialog.sentence.text()
        assert watched.dialog.accessibleDescription() == watched.dialog.sentence.text()
        from_thread(watched)
        watched.qtbot.waitUntil(lambda: "(worker) has ended" in watched.dialog.sentence.text())


def test_what_is_noted_on_an_exception_is_what_is_said(watch):
    def noted():
        error = ValueError("no")
        error.add_note("Training is paused.")
        raise error

    with watch() as watched:
        QTimer.singleShot(0, noted)
        assert watched.dialog.sentence.text() == "Training is paused."


def test_a_paint_event_that_fails_in_each_frame_is_one_fault_that_is_counted(watch):
    with watch() as watched:
        from_paint(watched)
        dialog = watched.dialog
        painted = watched.window.findChild(Painted)
        for times in range(2, 22):
            painted.update()
            watched.qtbot.waitUntil(lambda times=times: f"{times} times by now" in dialog.counted.text())
        assert "21 times by now, 1 different" in dialog.counted.text()
        assert "(21 times)" in watched.faults.report()
        dialog.close()
        painted.update()
        watched.qtbot.wait(50)
        assert watched.dialogs == []
        assert "(22 times)" in watched.faults.report()
    assert watched.log.count("Traceback") == 1
    assert "10 times by now" in watched.log
    assert "21 times by now" not in watched.log


def test_a_closed_dialog_opens_again_for_a_new_fault_only(watch):
    with watch() as watched:
        from_slot(watched)
        watched.dialog.close()
        from_slot(watched)
        watched.qtbot.wait(50)
        assert watched.dialogs == []
        from_thread(watched)
        assert "worker" in watched.dialog.sentence.text()


def test_a_thousand_different_exceptions_open_one_dialog(watch, capfd):
    lines = "\n".join(f"def fail_{i}(): raise ValueError({i})" for i in range(1000))
    names = {}
    exec(compile(lines, "flood.py", "exec"), names)

    def fail(number):
        try:
            names[f"fail_{number}"]()
        except ValueError as error:
            sys.excepthook(ValueError, error, error.__traceback__)

    with watch() as watched:
        threads = [
            threading.Thread(target=lambda start=start: [fail(i) for i in range(start, start + 250)])
            for start in range(0, 1000, 250)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        dialog = watched.dialog
        watched.qtbot.waitUntil(lambda: dialog.counted.text() == "1,000 times by now, 1,000 different")
        assert len(watched.window.findChildren(FaultDialog)) == 1
        assert f"({1000 - MOST_KEPT} times)" in watched.faults.report()
    assert watched.log.count("Traceback") == MOST_KEPT
    assert capfd.readouterr().err.count("Traceback") == MOST_KEPT


def test_a_dialog_that_fails_itself_says_so_on_stderr_and_is_left_alone(watch, capfd, monkeypatch):
    with watch() as watched:
        with monkeypatch.context() as broken:
            broken.setattr(FaultDialog, "tell", lambda *_: [].pop())
            from_slot(watched)
            watched.qtbot.waitUntil(lambda: "The dialog cannot be shown" in watched.log)
        from_thread(watched)
        watched.qtbot.wait(50)
        assert watched.dialogs == []
    said = capfd.readouterr().err
    assert "pop from empty list" in said
    assert said.count("division by zero") == 2


def test_a_button_of_the_dialog_that_fails_does_not_open_it_again(watch, capfd, monkeypatch):
    with watch() as watched:
        from_slot(watched)
        dialog = watched.dialog
        monkeypatch.setattr(dialog, "_report", [].pop)
        watched.qtbot.mouseClick(dialog.copy_report, Qt.MouseButton.LeftButton)
        assert "pop from empty list" in capfd.readouterr().err
        dialog.close()
        watched.qtbot.wait(50)
        assert watched.dialogs == []


def test_the_report_holds_versions_settings_tracebacks_and_log_but_not_the_users_folder(watch, monkeypatch, tmp_path):
    monkeypatch.setattr(Path, "home", lambda: tmp_path)

    def fail():
        raise OSError(2, "nothing there", str(tmp_path / "mine.npz"))

    with watch() as watched:
        watched.faults._log.note("Saved xor.npz.")
        QTimer.singleShot(0, fail)
        dialog = watched.dialog
        watched.qtbot.mouseClick(dialog.copy_report, Qt.MouseButton.LeftButton)
        report = QGuiApplication.clipboard().text()
        assert dialog.told.text() == "Copied."
    for part in (
        "Backprop Playground",
        "Python 3",
        "PySide6",
        "Qt ",
        "NumPy",
        "pyqtgraph",
        "Saved xor.npz.",
        "in fail",
    ):
        assert part in report
    settings = next(line for line in report.splitlines() if line.startswith("Settings: "))
    assert json.loads(settings.removeprefix("Settings: "))["dataset"] == "xor"
    assert str(tmp_path) not in report
    assert "~/mine.npz" in report


def test_the_log_folder_is_opened_or_named(watch, monkeypatch):
    opened = []
    monkeypatch.setattr("ui.fault_dialog.QDesktopServices.openUrl", lambda url: opened.append(url.toLocalFile()))
    with watch() as watched:
        from_slot(watched)
        watched.qtbot.mouseClick(watched.dialog.open_folder, Qt.MouseButton.LeftButton)
        assert opened == [str(watched.folder)]
        assert watched.dialog.told.text() == str(watched.folder)


def test_a_fault_before_there_is_a_window_is_shown_when_there_is_one(qtbot, tmp_path):
    window = QWidget()
    qtbot.addWidget(window)
    with open_log(tmp_path) as log, Faults(log) as faults:
        from_caught(None)
        qtbot.wait(20)
        assert not window.findChildren(FaultDialog)
        faults.serve(window, lambda: None)
        qtbot.waitUntil(lambda: bool(window.findChildren(FaultDialog)))
        assert "Settings: not known" in faults.report()


def test_a_fault_after_the_window_is_gone_goes_to_stderr(qtbot, tmp_path, capfd):
    with open_log(tmp_path) as log, Faults(log) as faults:
        window = QWidget()
        faults.serve(window, lambda: None)
        window.deleteLater()
        qtbot.wait(20)
        from_caught(None)
        qtbot.wait(20)
    assert "division by zero" in capfd.readouterr().err


def test_the_end_of_a_thread_by_system_exit_is_no_fault(watch):
    with watch() as watched:
        thread = threading.Thread(target=sys.exit)
        thread.start()
        thread.join()
        watched.qtbot.wait(20)
        assert watched.dialogs == []


def test_hooks_are_put_back(qapp, tmp_path):
    before = sys.excepthook, sys.unraisablehook, threading.excepthook, signal.getsignal(signal.SIGINT)
    with open_log(tmp_path) as log:
        with Faults(log):
            assert sys.excepthook is not before[0]
            assert sys.unraisablehook is not before[1]
            assert threading.excepthook is not before[2]
        assert (sys.excepthook, sys.unraisablehook, threading.excepthook, signal.getsignal(signal.SIGINT)) == before
        with pytest.raises(ZeroDivisionError), Faults(log):
            divide()
    assert sys.excepthook is before[0]
    assert "The program ends." in (tmp_path / FILE).read_text(encoding="utf-8")


def test_a_fault_in_training_pauses_it_and_says_so(qtbot, application, tmp_path, monkeypatch):
    with open_log(tmp_path) as log, Faults(log) as faults:
        xor = application("xor")
        controller = xor.controller
        faults.serve(xor.window, lambda: controller.spec)
        with monkeypatch.context() as broken:
            broken.setattr("core.training.Trainer.advance", lambda *_: divide())
            xor.trigger("train")
            qtbot.waitUntil(lambda: bool(xor.window.findChildren(FaultDialog)))
        dialog = xor.window.findChildren(FaultDialog)[0]
        assert dialog.sentence.text().startswith("Training is paused. Nothing is lost")
        xor.settle()
        assert not xor.frame.training
        xor.trigger("step_batch")
        xor.settle()
        assert xor.run.step == 1


def test_a_fault_in_a_slot_does_not_pause_training(qtbot, application, tmp_path):
    with open_log(tmp_path) as log, Faults(log) as faults:
        xor = application("xor")
        faults.serve(xor.window, lambda: None)
        xor.trigger("train")
        qtbot.waitUntil(lambda: xor.run.step > 2)
        QTimer.singleShot(0, divide)
        qtbot.waitUntil(lambda: bool(xor.window.findChildren(FaultDialog)))
        reached = xor.run.step
        qtbot.waitUntil(lambda: xor.run.step > reached)
        xor.trigger("train")
        xor.settle()


AT_REST = """
import sys
from playground.__main__ import main
sys.exit(main([]))
"""
WHILE_PAINTING = """
import signal, sys
from playground.__main__ import main
from ui.canvas import Canvas

paint = Canvas.paintEvent

def interrupted(canvas, event):
    Canvas.paintEvent = paint
    signal.raise_signal(signal.SIGINT)
    paint(canvas, event)

Canvas.paintEvent = interrupted
sys.exit(main([]))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="a process cannot send itself Ctrl+C there")
@pytest.mark.parametrize(
    ("text", "display"),
    [(AT_REST, "offscreen"), (WHILE_PAINTING, "offscreen"), (WHILE_PAINTING, "")],
    ids=["at rest", "while painting", "while painting without a display"],
)
def test_control_c_ends_the_program(tmp_path, text, display):
    kept = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")}
    places = {name: str(tmp_path) for name in ("XDG_STATE_HOME", "XDG_CONFIG_HOME")}
    platform = {"QT_QPA_PLATFORM": display} if display else {}
    with subprocess.Popen(
        [sys.executable, "-c", text],
        cwd=tmp_path,
        env={**kept, **places, **platform, "PYTHONPATH": str(ROOT)},
        stderr=subprocess.PIPE,
        text=True,
    ) as program:
        if text == AT_REST:
            log = tmp_path / "backprop-playground" / "log" / FILE
            while not log.exists() or "Started" not in log.read_text(encoding="utf-8"):
                time.sleep(0.05)
            time.sleep(1.0)
            program.send_signal(signal.SIGINT)
        _, said = program.communicate(timeout=60)
    assert program.returncode == 130
    assert "Interrupted." in said
    assert "Traceback" not in said
    assert "Error calling" not in said
    assert not list(tmp_path.glob("xor.*"))


def test_no_window_of_a_fault_is_left_to_other_tests(qapp):
    assert not [each for each in QApplication.topLevelWidgets() if isinstance(each, FaultDialog)]
