"""What a window needs from the system, asked before Qt is imported.

Qt aborts the process where a library or the display is missing, and blames the wrong one. So a window is
opened only after these questions. They concern Linux; elsewhere Qt's wheels carry all they need. Standard
library only: run.py asks them before anything is installed.
"""

import ctypes
import shutil
import socket
import sys
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from pathlib import Path

# Library -> the Debian package that brings it. None is brought by another of them, so none can be left out.
BASE = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libxkbcommon.so.0": "libxkbcommon0",
}
PLATFORM = {
    "wayland": {"libwayland-cursor.so.0": "libwayland-cursor0"},
    "xcb": {
        "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
        "libxcb-cursor.so.0": "libxcb-cursor0",
        "libxcb-icccm.so.4": "libxcb-icccm4",
        "libxcb-keysyms.so.1": "libxcb-keysyms1",
        "libxcb-shape.so.0": "libxcb-shape0",
    },
}
PACKAGES = BASE | PLATFORM["wayland"] | PLATFORM["xcb"]

NO_LIBRARIES, NO_DISPLAY = 3, 4  # exit codes

# Verbs and options of the command line that open no window, and so need nothing of the above.
WINDOWLESS = frozenset({"train", "datasets", "explain", "check"})
ANSWERED_IN_TEXT = frozenset({"-h", "--help", "--version"})


def opens_window(arguments: Iterable[str]) -> bool:
    """Whether the command line `playground ARGUMENTS` ends in a window."""
    arguments = list(arguments)
    return not (WINDOWLESS.intersection(arguments[:1]) or ANSWERED_IN_TEXT.intersection(arguments))


def why_no_window(environ: Mapping[str, str]) -> tuple[int, str] | None:
    """Exit code and sentence for a window that cannot open; None when it can. PySide6 is installed."""
    if problem := display_problem(environ):
        return NO_DISPLAY, problem
    if missing := missing_libraries(environ):
        return NO_LIBRARIES, how_to_install(missing)
    if not qt_refcounts_sound():
        return NO_LIBRARIES, (
            "The installed PySide6 loses references to None on this Python and would crash; "
            "install PySide6_Essentials below 6.12, or use Python 3.12 or newer."
        )
    return None


def platforms(environ: Mapping[str, str]) -> list[str]:
    """Qt's platforms in the order it tries them: those asked for, else those whose display is named."""
    if asked := environ.get("QT_QPA_PLATFORM"):
        return [name.partition(":")[0] for name in asked.split(";")]
    displays = {"wayland": "WAYLAND_DISPLAY", "xcb": "DISPLAY"}
    return [platform for platform, variable in displays.items() if environ.get(variable)]


def loads(library: str) -> bool:
    """Whether the dynamic linker finds `library`."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def missing_libraries(
    environ: Mapping[str, str], system: str = sys.platform, loads: Callable[[str], bool] = loads
) -> list[str]:
    """The libraries that Qt would not find, on that of its platforms which misses the fewest."""
    if system != "linux":
        return []
    named = platforms(environ) or ["xcb"]
    reachable = [platform for platform in named if connection_problem(platform, environ) is None]
    wanted = [[*BASE, *PLATFORM.get(platform, ())] for platform in reachable or named]
    return min(([name for name in names if not loads(name)] for names in wanted), key=len)


def display_problem(environ: Mapping[str, str], system: str = sys.platform) -> str | None:
    """One sentence when there is no display for a window; None when there is one, or none is needed."""
    if system != "linux":
        return None
    named = platforms(environ)
    if not named:
        return "There is no display: neither DISPLAY nor WAYLAND_DISPLAY is set."
    problems = [connection_problem(platform, environ) for platform in named]
    return None if None in problems else problems[-1]


def connection_problem(platform: str, environ: Mapping[str, str]) -> str | None:
    """One sentence when the platform's display does not answer; None when it does, or it needs none."""
    if platform == "xcb":
        return x_problem(environ)
    return wayland_problem(environ) if platform == "wayland" else None


def x_problem(environ: Mapping[str, str]) -> str | None:
    """Connect as Qt would. Without libxcb nothing is known, and missing_libraries says what to install."""
    display = environ.get("DISPLAY", "")
    return None if x_answers(display) else f"Cannot connect to the X display '{display}'."


@cache
def x_answers(display: str) -> bool:
    """Whether that X server does.

    The connection is left to the end of the process: a server whose last client goes begins anew, and whoever comes
    next waits for it.
    """
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return True
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(display.encode(), None))
    return bool(display) and not xcb.xcb_connection_has_error(connection)


def wayland_problem(environ: Mapping[str, str]) -> str | None:
    """Connect to the compositor's socket. One handed over already open (WAYLAND_SOCKET) is believed."""
    if environ.get("WAYLAND_SOCKET"):
        return None
    display = environ.get("WAYLAND_DISPLAY") or "wayland-0"
    try:
        with socket.socket(socket.AF_UNIX) as connection:
            connection.connect(str(Path(environ.get("XDG_RUNTIME_DIR", "")) / display))
    except OSError:
        return f"Cannot connect to the Wayland display '{display}'."
    return None


def debian_packages(missing: Iterable[str]) -> list[str]:
    """The Debian packages that bring what is missing: a library above, or already the name of a package."""
    return [PACKAGES.get(name, name) for name in missing]


def apt_command(packages: Iterable[str], prefix: str = "") -> str:
    """The shell command that installs `packages` on a machine of the Debian family."""
    install = "apt-get install -y --no-install-recommends"
    return f"{prefix}apt-get update; {prefix}{install} {' '.join(packages)}"


def is_debian() -> bool:
    """Whether this is Debian or one of its children, with apt-get."""
    return Path("/etc/debian_version").exists() and shutil.which("apt-get") is not None


def how_to_install(missing: Iterable[str]) -> str:
    """One sentence that says what is missing and how it is got on this machine."""
    if is_debian():
        return f"System packages are missing; install them as root: {apt_command(debian_packages(missing))}"
    return f"Install with the system's package manager what is missing here: {', '.join(missing)}"


def qt_refcounts_sound(calls: int = 64) -> bool:
    """Whether Qt's void methods leave the count on None alone; a PySide6 that lowers it soon crashes."""
    if sys.version_info >= (3, 12):
        return True  # None is immortal there
    from PySide6.QtCore import QObject

    probe = QObject()
    before = sys.getrefcount(None)
    for _ in range(calls):
        probe.setObjectName("probe")
    return sys.getrefcount(None) > before - calls // 2
