"""The command line as a whole: who answers, what no verb needs, and how it behaves at the end of a pipe."""

import os
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import numpy as np
import pytest

from playground import cli
from playground.__main__ import main

ROOT = Path(__file__).parents[2]
# What must not be imported: the window's libraries, and the window.
NO_WINDOW = """
import sys
sys.modules.update(dict.fromkeys(["PySide6", "shiboken6", "pyqtgraph", "ui", "playground.app"]))
from playground.__main__ import main
sys.exit(main(sys.argv[1:]))
"""


def run(*arguments, **options):
    """The playground in a process of its own."""
    command = [sys.executable, "-m", "playground", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, **options)


@pytest.fixture
def window(monkeypatch):
    """A window that only notes what it is told to open."""
    opened = []

    def run_window(file, **missing):
        opened.append((file, missing) if missing else file)
        return 4

    monkeypatch.setattr("playground.app.run_window", run_window)
    return opened


def test_without_a_verb_the_window_opens(window):
    assert main([]) == 4
    assert window == [None]


def test_a_file_is_opened_in_the_window(window, tmp_path):
    file = tmp_path / "some.npz"
    file.touch()
    assert main([str(file)]) == 4
    assert window == [str(file)]


def test_what_a_file_of_bare_weights_does_not_say_may_be_said(window, tmp_path):
    file = str(tmp_path / "hand.npz")
    Path(file).touch()
    assert main([file, "--activation", "relu", "--output-activation", "identity"]) == 4
    assert window == [(file, {"activation": "relu", "output_activation": "identity"})]


def test_a_file_may_be_called_like_an_option_or_a_verb(window, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("--strange", "train"):
        Path(name).touch()
    main(["--", "--strange"])
    main(["./train"])
    assert window == ["--strange", "./train"]


@pytest.mark.parametrize("arguments", [["trian"], ["trian", "--eta", "3"], ["--", "trian"]])
def test_what_is_neither_verb_nor_file_gets_the_nearest_verb(window, capsys, arguments):
    assert main(arguments) == 2
    assert capsys.readouterr().err == "There is no such verb or file: 'trian'; did you mean 'train'?\n"
    assert not window


def test_what_is_neither_verb_nor_file_gets_the_nearest_file(window, capsys, tmp_path):
    (tmp_path / "circle.npz").touch()
    assert main([str(tmp_path / "cirlce.npz")]) == 2
    assert f"did you mean '{tmp_path / 'circle.npz'}'?" in capsys.readouterr().err


@pytest.mark.parametrize("nonsense", ["zzzzzz", "no/such/folder/x.npz", "", "a\nb"])
def test_what_resembles_nothing_gets_one_sentence(window, capsys, nonsense):
    assert main([nonsense]) == 2
    assert capsys.readouterr().err.count("\n") == 1
    assert not window


def test_a_folder_is_no_file(window, capsys, tmp_path):
    assert main([str(tmp_path)]) == 2
    assert capsys.readouterr().err == f"{str(tmp_path)!r} is a folder; name a file in it.\n"


def test_bench_measures_its_part_or_all(monkeypatch):
    asked = []
    monkeypatch.setattr("playground.benchmarks.command._measure", lambda parts, options: asked.append(parts) or 3)
    assert main(["bench", "window"]) == 3
    assert main(["bench", "--json"]) == 3
    assert asked == [("window",), ("kernel", "window", "start", "soak")]


@pytest.mark.parametrize("arguments", [["bench", "windwo"], ["bench", "window", "--fast"]])
def test_bench_wants_a_part_that_there_is(capsys, arguments):
    assert main(arguments) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_version_names_everything_that_the_numbers_depend_on(capsys):
    try:
        own = version("backprop-playground")
    except PackageNotFoundError:
        own = ""
    assert main(["--version"]) == 0
    text = capsys.readouterr().out
    assert text.startswith("Backprop Playground")
    assert text.count("\n") == 1
    for number in (own, ".".join(map(str, sys.version_info[:3])), np.__version__):
        assert number in text


@pytest.mark.parametrize("verb", [[], *([name] for name in cli.VERBS)])
def test_help_is_an_answer(capsys, verb):
    assert main([*verb, "--help"]) == 0
    assert capsys.readouterr().out.startswith(" ".join(["usage: playground", *verb]))


def test_help_names_every_verb(capsys):
    main(["--help"])
    text = capsys.readouterr().out
    assert all(verb.name in text and verb.help in text for verb in cli.VERBS.values())


@pytest.mark.parametrize(
    "arguments",
    [["train", "--epochs", "2"], ["datasets"], ["datasets", "xor"], ["--version"], ["--help"], ["trian"]],
)
def test_no_verb_needs_a_window(arguments):
    command = [sys.executable, "-c", NO_WINDOW, *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == (2 if arguments == ["trian"] else 0), done.stderr


def test_memory_that_is_not_there_is_one_sentence(monkeypatch, capsys):
    def too_much(arguments):
        raise MemoryError

    monkeypatch.setitem(cli.VERBS, "train", cli.Verb("train", "", too_much))
    assert main(["train"]) == 1
    assert capsys.readouterr().err.startswith("There is not enough memory")


def test_ctrl_c_outside_the_training_is_one_word(monkeypatch, capsys):
    def interrupted(arguments):
        raise KeyboardInterrupt

    monkeypatch.setitem(cli.VERBS, "train", cli.Verb("train", "", interrupted))
    assert main(["train"]) == 130
    assert capsys.readouterr().err == "Interrupted.\n"


def test_a_refusal_of_the_system_is_one_sentence(monkeypatch, capsys):
    def refused(arguments):
        raise OSError(24, "Too many open files")

    monkeypatch.setitem(cli.VERBS, "train", cli.Verb("train", "", refused))
    assert main(["train"]) == 1
    assert capsys.readouterr().err == "The system refused to go on: [Errno 24] Too many open files.\n"


def closed_reader():
    """The writing end of a pipe that nobody reads."""
    reading, writing = os.pipe()
    os.close(reading)
    return writing


@pytest.mark.skipif(sys.platform == "win32", reason="pipes end differently there")
@pytest.mark.parametrize("arguments", [["datasets"], ["train", "--epochs", "1"], ["--help"], ["--version"]])
def test_a_reader_that_leaves_is_no_error(arguments):
    command = [sys.executable, "-m", "playground", *arguments]
    writing = closed_reader()
    try:
        done = subprocess.run(command, cwd=ROOT, stdout=writing, stderr=subprocess.PIPE, check=False)
    finally:
        os.close(writing)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is always full")
def test_a_full_disk_is_one_sentence():
    with Path("/dev/full").open("w") as full:
        command = [sys.executable, "-m", "playground", "datasets"]
        done = subprocess.run(command, cwd=ROOT, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr == "Standard output cannot be written (No space left on device); send it elsewhere.\n"


def test_a_terminal_without_greek_is_no_error():
    environ = {**os.environ, "PYTHONIOENCODING": "ascii"}
    assert r"\u03b7" in run("datasets", env=environ).stdout
    assert r"rate \u03b7 must be" in run("train", "--eta", "0", env=environ).stderr
