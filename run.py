"""Start Backprop Playground from a checkout, `python3 run.py [ARGUMENTS]`, or test it, `python3 run.py test`.

The first start makes `.venv` beside this file and installs the project into it; later ones compare a stamp.
Standard library only, in words that an old Python can read, to say that it is too old.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path
from subprocess import DEVNULL, PIPE, STDOUT
from typing import NoReturn

OLDEST = (3, 11)
ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / "installed-by-run.txt"
FAST = "fast"

# Asked of the environment's own Python: "broken" when it is not (or no longer) an environment of the Python
# that runs this file, "bare" when it has no pip, which is how uv makes one.
PROBE = """
import importlib.util, os, sys, sysconfig
ours = sys.version_info[:2] == {version} and sys.prefix != sys.base_prefix
usable = ours and os.path.isdir(sysconfig.get_path("purelib"))
print("broken" if not usable else "complete" if importlib.util.find_spec("pip") else "bare")
"""

# As modules, since a script remembers the folder it was installed in. The last line is to be pytest's own.
CHECKS = {
    "ruff check": ["-m", "ruff", "check"],
    "ruff format --check": ["-m", "ruff", "format", "--check"],
    "pyright": ["-m", "pyright"],
    "lint-imports": ["-c", "from importlinter.cli import lint_imports_command as main; main()", "--no-logo"],
    "pytest": ["-m", "pytest"],
}
# All tests go to as many processes as there are cores, at most four; a choice of tests is soon over in one.
SHARED_OUT = ["--numprocesses", "logical", "--maxprocesses", "4", "--dist", "worksteal"]


def main(arguments: list[str]) -> int:
    """Prepare what is lacking, then start the playground or the checks with `arguments`."""
    if sys.version_info < OLDEST:
        version = ".".join(map(str, sys.version_info[:3]))
        refuse(3, f"Backprop Playground needs Python 3.11 or newer; this is {version} ({sys.executable}).")
    sys.path.insert(0, str(ROOT))
    testing = arguments[:1] == ["test"]
    extras = [FAST, "test"] if testing else [FAST]
    lacking = missing_for_qt(arguments, dict(os.environ))
    state = "ready" if is_ready(extras) else environment_state()
    if state in ("bare", "broken") and importlib.util.find_spec("ensurepip") is None:
        lacking = [venv_package(), *lacking]
    provide(lacking)
    if state != "ready":
        install(state, extras)
    return run_checks(arguments[1:]) if testing else start(arguments)


def say(sentence: str) -> None:
    """Tell the user something, on standard error: standard output belongs to what is started."""
    print(sentence, file=sys.stderr, flush=True)


def refuse(code: int, sentence: str) -> NoReturn:
    """End with one sentence and an exit code of the command line."""
    say(sentence)
    raise SystemExit(code)


def do_quietly(command: list[str], code: int, failure: str) -> None:
    """Run a command; if it fails, end with `failure` and what the command itself called the error."""
    try:
        done = subprocess.run(command, check=False, text=True, errors="replace", stdout=PIPE, stderr=STDOUT)
    except OSError as error:
        refuse(code, f"{failure} ({error})")
    if done.returncode:
        lines = [line.strip() for line in done.stdout.splitlines() if line.strip()]
        errors = [line for line in lines if line.startswith(("ERROR:", "E:"))]
        refuse(code, f"{failure} ({(errors or lines or ['no reason given'])[-1]})")


def missing_for_qt(arguments: list[str], environ: dict[str, str]) -> list[str]:
    """The system libraries Qt would miss for these arguments."""
    from playground import preflight

    if arguments[:1] == ["test"]:
        # The tests draw offscreen; one smoke run opens a real window where Xvfb can show it.
        platform = "xcb" if shutil.which("Xvfb") else environ.get("QT_QPA_PLATFORM", "offscreen")
        return preflight.missing_libraries({**environ, "QT_QPA_PLATFORM": platform})
    if not preflight.opens_window(arguments):
        return []
    if preflight.display_problem(environ):
        # The playground itself says so, and draws off-screen.
        return preflight.missing_libraries({**environ, "QT_QPA_PLATFORM": "offscreen"})
    return preflight.missing_libraries(environ)


def venv_package() -> str:
    """The Debian package that brings ensurepip to the Python that runs this."""
    system = Path("/usr/bin/python3")
    own = system.exists() and system.samefile(sys.executable)
    return "python3-venv" if own else f"python3.{sys.version_info[1]}-venv"


def provide(lacking: list[str]) -> None:
    """Install the system packages that are lacking if that is ours to do; else say how, and end."""
    from playground import preflight

    if not lacking:
        return
    if not (preflight.is_debian() and os.geteuid() == 0):
        refuse(3, preflight.how_to_install(lacking))
    packages = preflight.debian_packages(lacking)
    say(f"Installing the system packages that are missing, with apt-get: {' '.join(packages)}.")
    command = ["env", "DEBIAN_FRONTEND=noninteractive", "sh", "-c", preflight.apt_command(packages)]
    do_quietly(command, 3, "apt-get could not install them.")


def fingerprint() -> str:
    """What `.venv` was made from: this folder, this Python, and the two files that say what goes into it."""
    sources = [(ROOT / name).read_bytes() for name in ("pyproject.toml", "constraints.txt")]
    place = f"{ROOT} {sys.version_info[:2]}".encode()
    return hashlib.sha256(b"\0".join([place, *sources])).hexdigest()


def is_ready(extras: list[str]) -> bool:
    """Whether `.venv` holds the project as it stands, with these extras."""
    if not (PYTHON.exists() and STAMP.exists()):
        return False
    return {fingerprint(), *extras} <= set(STAMP.read_text().split())


def environment_state() -> str:
    """What there is of `.venv`: "broken" (or nothing), "bare" (without pip) or "complete"."""
    probe = [str(PYTHON), "-c", PROBE.format(version=sys.version_info[:2])]
    try:
        asked = subprocess.run(probe, check=False, text=True, stdout=PIPE, stderr=DEVNULL)
    except OSError:
        return "broken"
    return asked.stdout.strip() or "broken"


def install(state: str, extras: list[str]) -> None:
    """Bring `.venv` up to date, from whatever state it is in."""
    if state == "broken" and VENV.exists():
        say("The .venv here does not work with this Python; making it anew.")
    say("Installing the project into .venv; the first time this takes a minute.")
    if state == "broken":
        do_quietly([sys.executable, "-m", "venv", "--clear", str(VENV)], 1, "Cannot make .venv.")
    if state == "bare":
        do_quietly([str(PYTHON), "-m", "ensurepip"], 1, "Cannot put pip into .venv.")
    needed = [extra for extra in extras if extra != FAST]
    do_quietly(pip_install(needed), 1, "Installing into .venv failed; is the package index within reach?")
    # What makes it faster is not there for every machine, and is not needed.
    if FAST in extras and subprocess.run(pip_install(extras), check=False, stdout=DEVNULL, stderr=DEVNULL).returncode:
        say("Numba cannot be installed here; the playground trains with NumPy alone.")
    STAMP.write_text(" ".join([fingerprint(), *extras]))


def pip_install(extras: list[str]) -> list[str]:
    """The command that puts the project and those extras into `.venv`."""
    project = f"{ROOT}[{','.join(extras)}]" if extras else str(ROOT)
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    return [*pip, "--editable", project, "--constraint", str(ROOT / "constraints.txt")]


def start(arguments: list[str]) -> int:
    """Become the playground, in the user's directory; -P: no module lying there is taken for one of ours."""
    command = [str(PYTHON), "-P", "-m", "playground", *arguments]
    if os.name == "posix":
        os.execv(command[0], command)
    return subprocess.run(command, check=False).returncode


def run_checks(pytest_arguments: list[str]) -> int:
    """Run every check, even after one has failed; 1 if any has."""
    failed: list[str] = []
    for name, command in CHECKS.items():
        say(f"== {name}" + (f" (failed so far: {', '.join(failed)})" if failed else ""))
        extra = (pytest_arguments or SHARED_OUT) if name == "pytest" else []
        if subprocess.run([str(PYTHON), *command, *extra], cwd=str(ROOT), check=False).returncode:
            failed.append(name)
    return 1 if failed else 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        refuse(130, "Interrupted.")
