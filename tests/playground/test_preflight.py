"""The preflight answers on what it is told of the machine; two tests ask the machine itself."""

import shlex
import socket
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from playground import preflight


def finds_only(*present):
    return lambda library: library in present


@pytest.fixture
def every_display_answers(monkeypatch):
    monkeypatch.setattr(preflight, "connection_problem", lambda _platform, _environ: None)


@pytest.mark.usefixtures("every_display_answers")
@pytest.mark.parametrize(
    ("environ", "also_wanted"),
    [
        ({"QT_QPA_PLATFORM": "offscreen"}, []),
        ({"QT_QPA_PLATFORM": "offscreen", "DISPLAY": ":0"}, []),
        ({"QT_QPA_PLATFORM": "vnc:size=640x480"}, []),
        ({"DISPLAY": ":0"}, [*preflight.PLATFORM["xcb"]]),
        ({"WAYLAND_DISPLAY": "wayland-0"}, [*preflight.PLATFORM["wayland"]]),
        ({}, [*preflight.PLATFORM["xcb"]]),
    ],
)
def test_on_an_empty_machine_every_library_of_the_platform_is_missing(environ, also_wanted):
    missing = preflight.missing_libraries(environ, system="linux", loads=finds_only())
    assert missing == [*preflight.BASE, *also_wanted]


@pytest.mark.usefixtures("every_display_answers")
def test_only_what_does_not_load_is_missing():
    found = finds_only(*preflight.BASE, *list(preflight.PLATFORM["xcb"])[1:])
    assert preflight.missing_libraries({"DISPLAY": ":0"}, system="linux", loads=found) == ["libxkbcommon-x11.so.0"]


@pytest.mark.usefixtures("every_display_answers")
def test_x_will_do_where_wayland_lacks_a_library():
    both = {"WAYLAND_DISPLAY": "wayland-0", "DISPLAY": ":0"}
    found = finds_only(*preflight.BASE, *preflight.PLATFORM["xcb"])
    assert preflight.missing_libraries(both, system="linux", loads=found) == []


def test_a_display_that_does_not_answer_asks_for_no_libraries(monkeypatch):
    monkeypatch.setattr(
        preflight, "connection_problem", lambda platform, _: "no answer" if platform == "wayland" else None
    )
    both = {"WAYLAND_DISPLAY": "wayland-0", "DISPLAY": ":0"}
    missing = preflight.missing_libraries(both, system="linux", loads=finds_only())
    assert missing == [*preflight.BASE, *preflight.PLATFORM["xcb"]]


@pytest.mark.parametrize("system", ["darwin", "win32"])
def test_other_systems_lack_nothing(system):
    assert preflight.missing_libraries({}, system=system, loads=finds_only()) == []
    assert preflight.display_problem({}, system=system) is None


def test_the_machine_itself_is_asked():
    assert preflight.loads("libc.so.6")
    assert not preflight.loads("libno-such-library.so.1")


@pytest.mark.parametrize(
    ("environ", "problem"),
    [
        ({}, "There is no display: neither DISPLAY nor WAYLAND_DISPLAY is set."),
        ({"DISPLAY": ":9876"}, "Cannot connect to the X display ':9876'."),
        ({"DISPLAY": "nonsense"}, "Cannot connect to the X display 'nonsense'."),
        ({"QT_QPA_PLATFORM": "xcb"}, "Cannot connect to the X display ''."),
        (
            {"WAYLAND_DISPLAY": "wayland-9876", "XDG_RUNTIME_DIR": "/nowhere"},
            "Cannot connect to the Wayland display 'wayland-9876'.",
        ),
        ({"WAYLAND_DISPLAY": "wayland-9876", "DISPLAY": ":9876"}, "Cannot connect to the X display ':9876'."),
        ({"QT_QPA_PLATFORM": "offscreen", "DISPLAY": ":9876"}, None),
    ],
)
@pytest.mark.skipif(not preflight.loads("libxcb.so.1"), reason="no libxcb here to connect with")
def test_a_display_that_cannot_be_reached_is_named(environ, problem):
    assert preflight.display_problem(environ, system="linux") == problem


def x_library(displays):
    """A libxcb whose server answers, and which knows no way to leave it."""

    def connect(display, screen):
        displays.append(display)
        return 1

    return SimpleNamespace(xcb_connect=connect, xcb_connection_has_error=lambda connection: 0)


def test_an_x_server_is_connected_to_once_and_not_left_before_qt_comes(monkeypatch):
    displays = []
    monkeypatch.setattr(preflight.ctypes, "CDLL", lambda name: x_library(displays))
    preflight.x_answers.cache_clear()
    environ = {"DISPLAY": ":4242"}
    assert preflight.display_problem(environ, system="linux") is None
    assert preflight.missing_libraries(environ, system="linux", loads=lambda library: True) == []
    preflight.x_answers.cache_clear()
    assert displays == [b":4242"]


def test_a_wayland_display_that_answers_is_no_problem(tmp_path):
    with socket.socket(socket.AF_UNIX) as compositor:
        compositor.bind(str(tmp_path / "wayland-7"))
        compositor.listen()
        environ = {"WAYLAND_DISPLAY": "wayland-7", "XDG_RUNTIME_DIR": str(tmp_path)}
        assert preflight.display_problem(environ, system="linux") is None


def test_the_command_installs_the_packages_of_the_libraries():
    packages = preflight.debian_packages(["libEGL.so.1", "libxcb-cursor.so.0", "python3-venv"])
    assert packages == ["libegl1", "libxcb-cursor0", "python3-venv"]
    assert shlex.split(preflight.apt_command(packages)) == shlex.split(
        "apt-get update; apt-get install -y --no-install-recommends libegl1 libxcb-cursor0 python3-venv"
    )


@pytest.mark.parametrize(("debian", "named"), [(True, "libegl1"), (False, "libEGL.so.1")])
def test_the_sentence_speaks_the_language_of_the_machine(monkeypatch, debian, named):
    monkeypatch.setattr(preflight, "is_debian", lambda: debian)
    sentence = preflight.how_to_install(["libEGL.so.1"])
    assert sentence.split()[-1] == named
    assert ("apt-get" in sentence) is debian


@pytest.mark.parametrize(
    ("display", "missing", "sound", "code"),
    [
        ("no display", [], True, 4),
        ("no display", ["libEGL.so.1"], True, 4),
        (None, ["libEGL.so.1"], True, 3),
        (None, [], False, 3),
    ],
)
def test_the_first_reason_against_a_window_decides(monkeypatch, display, missing, sound, code):
    monkeypatch.setattr(preflight, "display_problem", lambda _: display)
    monkeypatch.setattr(preflight, "missing_libraries", lambda _: missing)
    monkeypatch.setattr(preflight, "qt_refcounts_sound", lambda: sound)
    reason = preflight.why_no_window({})
    assert reason is not None
    assert reason[0] == code
    assert "\n" not in reason[1]


def test_a_sound_machine_opens_its_window():
    assert preflight.why_no_window({"QT_QPA_PLATFORM": "offscreen"}) is None


@pytest.mark.parametrize(
    ("arguments", "window"),
    [
        ([], True),
        (["trained.json"], True),
        (["--reset-settings"], True),
        (["train", "--dataset", "xor"], False),
        (["datasets"], False),
        (["explain", "trained.json"], False),
        (["check", "trained.json"], False),
        (["--version"], False),
        (["trained.json", "--help"], False),
    ],
)
def test_only_the_window_needs_qt(arguments, window):
    assert preflight.opens_window(arguments) is window


def test_the_installed_qt_counts_references_soundly():
    assert preflight.qt_refcounts_sound()


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None is immortal here")
def test_a_qt_that_loses_references_is_noticed(monkeypatch):
    class Careless:
        def setObjectName(self, _name):  # noqa: N802
            lost.pop()

    lost = [None] * 100
    monkeypatch.setattr("PySide6.QtCore.QObject", Careless)
    assert not preflight.qt_refcounts_sound()


def test_nothing_but_the_standard_library_is_imported():
    source = "import sys; old = set(sys.modules); import playground.preflight; print(*set(sys.modules) - old)"
    root = Path(preflight.__file__).parents[1]
    done = subprocess.run([sys.executable, "-c", source], cwd=root, check=True, capture_output=True, text=True)
    foreign = {name.partition(".")[0] for name in done.stdout.split()} - sys.stdlib_module_names
    assert foreign == {"playground"}
