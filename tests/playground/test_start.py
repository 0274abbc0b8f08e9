"""What the program does before its window is seen, and what it leaves for later: a second there is felt every time."""

import json
import os
import subprocess
import sys

import pytest

from ui.panels import PANELS

TIMEOUT = 60
# The program as it is, telling what it has loaded when its first frame is on the screen.
PROGRAM = """
import gc, json, sys
from playground import assembly

def compiled():
    ours = [name for name in sys.modules if name.startswith(("core.", "ui.", "playground."))]
    values = {
        each for name in ours for each in vars(sys.modules[name]).values() if hasattr(each, "__dataclass_fields__")
    }
    return len(values), sorted(each.__name__ for each in values if each.__init__.__code__.co_filename == "<string>")

assemble = assembly.assemble

def watched(*arguments, **named):
    controller = assemble(*arguments, **named)

    def painted():
        controller.pump.painted.disconnect(painted)
        told = {"modules": sorted(sys.modules), "collecting": gc.isenabled(), "kept": gc.get_freeze_count()}
        told["classes"] = sorted(vars(sys.modules["PySide6.QtWidgets"]))
        told["compiled"] = compiled()
        print(json.dumps(told), flush=True)
        controller.window.close()

    controller.pump.painted.connect(painted)
    return controller

assembly.assemble = watched
from playground.__main__ import main
sys.exit(main([]))
"""
# Each of them takes from 5 ms (a help text) to 3 s (Numba) to load, and none is needed to paint the window.
LATER = {
    "the compiled kernel's compiler": ("numba", "llvmlite"),
    "the plots": ("pyqtgraph", "ui.plots", "ui.plot_zoom"),
    "explanations": ("core.explain.report", "core.explain.matrices", "core.explain.layout", "ui.equations"),
    "the errors of the texts": ("core.errata",),
    "help": ("ui.help.glossary", "ui.help.contents", "ui.help.panel_texts", "ui.help.window", "ui.help.book"),
    "the other verbs": ("playground.train_command", "playground.benchmarks"),
    "versions of packages": ("importlib.metadata", "email"),
    "suggestions for misspelt names": ("difflib",),
    "panels under others": ("ui.panels.deltas", "ui.panels.gradients", "ui.panels.backprop"),
    "parts of NumPy": ("numpy.ma", "numpy.testing", "numpy.polynomial", "numpy.fft"),
    "parts of Qt": ("PySide6.QtOpenGL", "PySide6.QtNetwork", "PySide6.QtPrintSupport", "PySide6.QtTest"),
}


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    home = str(tmp_path_factory.mktemp("home"))
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "XDG_CONFIG_HOME": home, "XDG_STATE_HOME": home}
    command = [sys.executable, "-c", PROGRAM]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=TIMEOUT, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[0])


@pytest.mark.parametrize("what", LATER)
def test_is_loaded_after_the_window_was_painted(told, what):
    assert not set(LATER[what]).intersection(told["modules"])


def test_late_panels_are_loaded_after_the_window_was_painted(told):
    late = {f"ui.panels.{entry.name}" for entry in PANELS if entry.late}
    at_once = {f"ui.panels.{name}" for name in ("data", "learning", "output", "weights")}
    assert late
    assert not late.intersection(told["modules"])
    assert at_once <= set(told["modules"])


def test_garbage_is_looked_for_from_then_on_but_not_in_what_stays(told):
    assert told["collecting"]
    assert told["kept"] > 10_000


def test_hardly_a_class_is_compiled_when_it_could_be_a_record(told):
    values, compiled = told["compiled"]
    assert values > 100
    assert len(compiled) <= 2


def test_no_widget_that_pyside_does_not_know_was_asked_for(told):
    """To find out what it is, PySide would make every class of widgets with all its enumerations."""
    assert "QWidget" in told["classes"]
    assert "QWizard" not in told["classes"]
