"""Starting the program: with a display, without one, and without the libraries that Qt needs."""

import os
import shutil
import subprocess
import sys

import pytest

from core.formats import load
from playground import app, preflight

TIMEOUT = 120


def environment(**changes):
    """The test's environment without any display, and with `changes`."""
    kept = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")}
    return {**kept, **changes}


def start(*arguments, folder, program=("-m", "playground"), **changes):
    changes["XDG_STATE_HOME"] = str(folder)  # the log
    command = [sys.executable, *program, *arguments]
    return subprocess.run(
        command, cwd=folder, env=environment(**changes), capture_output=True, text=True, timeout=TIMEOUT, check=False
    )


def test_without_a_display_xor_is_trained_and_left_behind(tmp_path):
    done = start(folder=tmp_path)
    assert done.returncode == 0
    assert done.stderr.count("\n") == 1
    assert "There is no display" in done.stderr
    assert "Traceback" not in done.stderr
    document = load(tmp_path / "xor.npz")
    assert document.spec is not None
    assert document.spec.dataset == "xor"
    assert (tmp_path / "xor.png").read_bytes().startswith(b"\x89PNG")
    assert (tmp_path / "xor.png").stat().st_size > 20_000
    for name in ("xor.npz", "xor.png"):
        assert str(tmp_path / name) in done.stdout
    assert "accuracy 100 %" in done.stdout


def test_a_file_without_a_display_is_refused_in_one_sentence(tmp_path):
    start(folder=tmp_path)
    done = start("xor.npz", folder=tmp_path)
    assert done.returncode == preflight.NO_DISPLAY
    assert "playground train" in done.stderr
    assert done.stdout == ""


def test_missing_libraries_are_named_and_qt_is_not_started(monkeypatch, capsys):
    monkeypatch.setattr(preflight, "why_no_window", lambda _: (preflight.NO_LIBRARIES, "Missing: libEGL.so.1."))
    assert app.run_window() == preflight.NO_LIBRARIES
    assert capsys.readouterr().err == "Missing: libEGL.so.1.\n"


QUIT_AT_ONCE = """
import sys
import playground
from PySide6.QtWidgets import QApplication

def close_all(_application):
    for widget in QApplication.topLevelWidgets():
        print(widget.message.text()) if hasattr(widget, "message") else None
        widget.close()
    return 0

QApplication.exec = close_all
from playground.app import run_window
sys.exit(run_window())
"""


def test_damaged_settings_are_said_in_the_window_and_in_the_log(tmp_path):
    settings = tmp_path / "backprop-playground" / "settings.json"
    settings.parent.mkdir()
    settings.write_text("{ damaged")
    done = start(
        folder=tmp_path, program=("-c", QUIT_AT_ONCE), QT_QPA_PLATFORM="offscreen", XDG_CONFIG_HOME=str(tmp_path)
    )
    assert done.returncode == 0, done.stderr
    sentence = "settings.json is no settings file, so everything is as at first"
    assert sentence in done.stdout
    (log,) = tmp_path.rglob("playground.log")
    assert log.read_text().count(sentence) == 1


DRIVER = """
import sys, time
import playground
from PySide6.QtWidgets import QApplication
from playground.assembly import assemble

application = QApplication([])
controller = assemble(application)
controller.window.show()
controller.train()
end = time.monotonic() + 30
while time.monotonic() < end and (controller.frame is None or controller.frame.session.run.step < 5):
    application.processEvents()
    time.sleep(0.005)
print(application.platformName(), controller.frame.session.run.step >= 5, controller.window.isVisible())
controller.window.close()
"""


@pytest.mark.skipif(shutil.which("Xvfb") is None, reason="there is no Xvfb to open a window on")
def test_the_window_opens_and_trains_on_a_real_display(tmp_path):
    reading, writing = os.pipe()
    with subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1400x900x24"],
        pass_fds=[writing],
        stderr=subprocess.DEVNULL,
    ) as server:
        os.close(writing)
        try:
            with os.fdopen(reading) as number:
                display = f":{number.readline().strip()}"
            done = start(folder=tmp_path, program=("-c", DRIVER), DISPLAY=display)
        finally:
            server.terminate()
    assert done.stdout.split() == ["xcb", "True", "True"], done.stderr
    assert done.returncode == 0
