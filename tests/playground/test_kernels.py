"""A kernel is made ready where that saves time, and behind an open window; the numbers say which one made them."""

import json
import subprocess

import pytest

from core.kernels import KERNELS, compiled_kernel
from core.session import start_session
from core.spec import suggested
from playground.cli import run
from playground.kernel_loader import KernelLoader


def trained(capsys, *words):
    assert run(["train", "--json", *words]) in (0, 1)
    return json.loads(capsys.readouterr().out)


def test_a_short_training_does_not_wait_for_the_compiled_kernel(capsys):
    assert trained(capsys, "--dataset", "xor", "--epochs", "10")["kernel"] == "numpy"


def test_a_long_training_is_done_by_the_compiled_kernel(capsys):
    found = trained(capsys, "--dataset", "circle", "--epochs", "5000")
    assert found["kernel"] == found["options"]["kernel"] == "compiled"
    assert found["steps_per_second"] > 0


def test_the_kernel_that_is_named_is_used(capsys):
    compiled, numpy = (
        trained(capsys, "--dataset", "circle", "--epochs", "3", "--kernel", name) for name in ("compiled", "numpy")
    )
    assert (compiled["kernel"], numpy["kernel"]) == ("compiled", "numpy")
    assert compiled["train_loss"] == pytest.approx(numpy["train_loss"], rel=1e-9)


def test_a_named_kernel_that_cannot_be_used_is_refused(capsys, monkeypatch):
    monkeypatch.setattr(compiled_kernel, "find_spec", lambda name: None)
    assert run(["train", "--dataset", "xor", "--epochs", "1", "--kernel", "compiled"]) == 2
    assert "pip install numba" in capsys.readouterr().err


@pytest.fixture
def status(application):
    """The real window at the start of a run, and what its status line says."""
    opened = application("circle")
    return opened, opened.window.state.text


def loaded(qtbot, opened):
    loader = KernelLoader(opened.controller)
    opened.controller.pump.painted.emit()
    loader._thread.join()
    return loader


def test_behind_the_window_the_kernel_is_fetched_and_serves_the_run_that_has_not_begun(qtbot, status):
    opened, said = status
    assert opened.run.kernel == "numpy"
    loaded(qtbot, opened)
    qtbot.waitUntil(lambda: opened.frame.session.run.kernel == "compiled")
    opened.settle()
    assert "compiled kernel" in said()
    opened.trigger("step_epoch")
    opened.settle()
    assert (opened.run.kernel, opened.run.step) == ("compiled", 25)


def test_a_run_that_has_begun_keeps_its_kernel(qtbot, status):
    opened, said = status
    opened.trigger("step_batch")
    opened.settle()
    assert said().endswith("NumPy kernel")
    loaded(qtbot, opened)
    qtbot.wait(50)
    opened.trigger("step_batch")
    opened.settle()
    assert opened.run.kernel == "numpy"
    assert "Reset for the compiled one" in said()
    opened.trigger("reset")
    opened.settle()
    assert opened.run.kernel == "compiled"


def test_the_status_line_says_why_there_is_no_quicker_kernel(qtbot, status, monkeypatch):
    opened, said = status
    monkeypatch.setattr(compiled_kernel, "find_spec", lambda name: None)
    loaded(qtbot, opened)
    qtbot.waitUntil(lambda: "the compiled one is missing" in said())
    assert "NumPy kernel" in said()
    assert "needs Numba" in opened.window.message.text()


def test_another_process_compiles_what_no_earlier_start_has_kept(qtbot, status, monkeypatch):
    opened, _ = status
    commands = []
    monkeypatch.setattr(compiled_kernel, "is_kept", lambda: False)
    monkeypatch.setattr(subprocess, "run", lambda command, **_: commands.append(command))
    loaded(qtbot, opened)
    (command,) = commands
    names = {}
    exec(command[-1], names)  # it is a program
    assert KERNELS["compiled"].ready()


def test_the_kernel_of_a_session_is_the_one_that_was_ready():
    assert start_session(suggested("circle")).run.kernel == "numpy"
    KERNELS["compiled"].prepare()
    assert start_session(suggested("circle")).run.kernel == "compiled"
