"""run.py decides what to prepare; here it decides, and nothing is installed."""

import ast
import importlib.util
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from playground import preflight

ROOT = Path(__file__).parents[1]


@pytest.fixture
def run(monkeypatch, tmp_path):
    """run.py as a module, for a checkout in `tmp_path` that has only the two files it reads."""
    monkeypatch.setattr(sys, "path", [*sys.path])
    spec = importlib.util.spec_from_file_location("run", ROOT / "run.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    for name in ("pyproject.toml", "constraints.txt"):
        (tmp_path / name).write_text(name, encoding="utf-8")
    monkeypatch.setattr(module, "ROOT", tmp_path)
    monkeypatch.setattr(module, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(module, "PYTHON", tmp_path / ".venv" / "bin" / "python")
    monkeypatch.setattr(module, "STAMP", tmp_path / ".venv" / "installed-by-run.txt")
    return module


@pytest.fixture
def installed(run):
    """The same, with an environment that was installed without extras."""
    run.PYTHON.parent.mkdir(parents=True)
    run.PYTHON.symlink_to(sys.executable)
    run.STAMP.write_text(run.fingerprint(), encoding="utf-8")
    return run


def test_an_old_python_can_read_it():
    ast.parse((ROOT / "run.py").read_text(encoding="utf-8"), feature_version=(3, 7))


def test_an_old_python_gets_one_sentence():
    pretend = "import runpy, sys; sys.version_info = (3, 8, 10); runpy.run_path('run.py', run_name='__main__')"
    done = subprocess.run([sys.executable, "-c", pretend], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 3
    assert done.stderr.startswith("Backprop Playground needs Python 3.11 or newer; this is 3.8.10 (")
    assert done.stderr.count("\n") == 1


def test_what_is_installed_is_not_installed_again(installed):
    assert installed.is_ready([])


def test_an_environment_never_stamped_is_not_ready(installed):
    installed.STAMP.unlink()
    assert not installed.is_ready([])


def test_the_tests_need_more_than_the_playground_and_not_the_reverse(installed):
    assert not installed.is_ready(["test"])
    installed.STAMP.write_text(installed.fingerprint() + " test", encoding="utf-8")
    assert installed.is_ready(["test"])
    assert installed.is_ready([])


@pytest.mark.parametrize("name", ["pyproject.toml", "constraints.txt"])
def test_a_changed_file_asks_for_installing_again(installed, name):
    (installed.ROOT / name).write_text("changed", encoding="utf-8")
    assert not installed.is_ready([])


@pytest.mark.parametrize("works", [True, False])
def test_what_only_makes_it_faster_may_fail_to_install(run, monkeypatch, capsys, works):
    run.PYTHON.parent.mkdir(parents=True)
    needed, tried = [], []
    monkeypatch.setattr(run, "do_quietly", lambda command, *_: needed.append(command))
    monkeypatch.setattr(
        run.subprocess, "run", lambda command, **_: tried.append(command) or SimpleNamespace(returncode=not works)
    )
    run.install("complete", ["fast", "test"])
    assert str(needed[-1]).count("[test]") == 1
    assert str(tried[-1]).count("[fast,test]") == 1
    assert ("NumPy alone" in capsys.readouterr().err) is not works
    assert run.STAMP.read_text().split()[1:] == ["fast", "test"]


def test_another_python_asks_for_installing_again(installed, monkeypatch):
    monkeypatch.setattr(sys, "version_info", (3, 99, 0))
    assert not installed.is_ready([])


def test_a_checkout_that_was_moved_is_installed_again(installed, monkeypatch):
    monkeypatch.setattr(installed, "ROOT", installed.ROOT / ".." / installed.ROOT.name)
    assert not installed.is_ready([])


def test_an_environment_whose_python_is_gone_is_broken(installed):
    installed.PYTHON.unlink()
    installed.PYTHON.symlink_to("/nowhere/python3")
    assert not installed.is_ready([])
    assert installed.environment_state() == "broken"


def test_no_environment_is_a_broken_one(run):
    assert run.environment_state() == "broken"


def test_an_environment_without_pip_is_bare(run):
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(run.VENV)], check=True)
    assert run.environment_state() == "bare"


def test_an_environment_of_another_python_is_broken(run, monkeypatch):
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(run.VENV)], check=True)
    monkeypatch.setattr(sys, "version_info", (3, 99, 0))
    assert run.environment_state() == "broken"


def test_a_python_that_is_no_environment_is_broken(run):
    run.PYTHON.parent.mkdir(parents=True)
    run.PYTHON.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    run.PYTHON.chmod(0o755)
    assert run.environment_state() == "broken"


@pytest.fixture
def no_libraries(monkeypatch):
    monkeypatch.setattr(preflight, "missing_libraries", lambda environ: [environ.get("QT_QPA_PLATFORM", "any")])


@pytest.mark.usefixtures("no_libraries")
@pytest.mark.parametrize("arguments", [["train", "--dataset", "xor"], ["datasets"], ["--version"], ["-h"]])
def test_a_verb_without_a_window_asks_the_system_for_nothing(run, arguments):
    assert run.missing_for_qt(arguments, {}) == []


@pytest.mark.usefixtures("no_libraries")
@pytest.mark.parametrize(("server", "platform"), [(None, "offscreen"), ("/usr/bin/Xvfb", "xcb")])
def test_the_tests_need_x_only_where_they_can_start_a_server(run, monkeypatch, server, platform):
    monkeypatch.setattr(run.shutil, "which", lambda _: server)
    assert run.missing_for_qt(["test", "-k", "xor"], {}) == [platform]


@pytest.mark.usefixtures("no_libraries")
def test_a_window_needs_what_its_display_needs(run, monkeypatch):
    monkeypatch.setattr(preflight, "display_problem", lambda _: None)
    assert run.missing_for_qt([], {"DISPLAY": ":0"}) == ["any"]


@pytest.mark.usefixtures("no_libraries")
def test_without_a_display_only_what_draws_off_screen_is_needed(run, monkeypatch):
    monkeypatch.setattr(preflight, "display_problem", lambda _: "There is no display.")
    assert run.missing_for_qt([], {}) == ["offscreen"]


@pytest.mark.parametrize(("debian", "user"), [(True, 1000), (False, 0)])
def test_who_may_not_install_is_told_how(run, monkeypatch, capsys, debian, user):
    monkeypatch.setattr(preflight, "is_debian", lambda: debian)
    monkeypatch.setattr(os, "geteuid", lambda: user)
    with pytest.raises(SystemExit, match="3"):
        run.provide(["python3-venv", "libEGL.so.1"])
    said = capsys.readouterr().err
    assert said == preflight.how_to_install(["python3-venv", "libEGL.so.1"]) + "\n"


def test_root_on_debian_installs_after_saying_so(run, monkeypatch, capsys):
    commands = []
    monkeypatch.setattr(preflight, "is_debian", lambda: True)
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(run, "do_quietly", lambda command, *_: commands.append(command))
    run.provide(["python3-venv", "libEGL.so.1"])
    assert capsys.readouterr().err.endswith("with apt-get: python3-venv libegl1.\n")
    assert [command[-1] for command in commands] == [preflight.apt_command(["python3-venv", "libegl1"])]


def test_a_failed_command_ends_with_its_own_error(run, capsys):
    script = "print('Collecting'); print('  ERROR: no network'); print('[notice] new pip'); raise SystemExit(1)"
    with pytest.raises(SystemExit, match="1"):
        run.do_quietly([sys.executable, "-c", script], 1, "Installing failed.")
    assert capsys.readouterr().err == "Installing failed. (ERROR: no network)\n"


def test_a_command_that_is_not_there_ends_in_a_sentence_too(run, capsys):
    with pytest.raises(SystemExit, match="3"):
        run.do_quietly(["/nowhere/python3"], 3, "Cannot make .venv.")
    assert capsys.readouterr().err.startswith("Cannot make .venv. (")


@pytest.mark.parametrize(("codes", "expected"), [((0, 0, 0), 0), ((1, 0, 0), 1), ((0, 0, 2), 1)])
def test_every_check_runs_and_one_failure_is_enough(installed, monkeypatch, capfd, codes, expected):
    checks = {str(place): ["-c", f"print('ran'); exit({code})"] for place, code in enumerate(codes)}
    monkeypatch.setattr(installed, "CHECKS", checks)
    assert installed.run_checks([]) == expected
    assert capfd.readouterr().out.split() == ["ran"] * 3


def test_arguments_of_test_go_to_pytest_alone(installed, monkeypatch, capfd):
    show = ["-c", "import sys; print(*sys.argv[1:], sep=',')", "own"]
    monkeypatch.setattr(installed, "CHECKS", {"ruff check": show, "pytest": show})
    installed.run_checks(["-k", "xor"])
    assert capfd.readouterr().out.split() == ["own", "own,-k,xor"]


def test_without_arguments_pytest_shares_the_tests_out(installed, monkeypatch, capfd):
    monkeypatch.setattr(installed, "CHECKS", {"pytest": ["-c", "import sys; print(*sys.argv[1:])"]})
    installed.run_checks([])
    assert capfd.readouterr().out.split() == installed.SHARED_OUT


def test_pytest_has_the_last_word(run):
    assert [*run.CHECKS][-1] == "pytest"
