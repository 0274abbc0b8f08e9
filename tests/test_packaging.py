"""The wheel carries all of core, ui and the assets, and they are the ones used, whatever else there is."""

import os
import subprocess
import sys
import tomllib
import zipfile
from email import message_from_bytes
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
SEALED = "playground/_sealed/"
WHERE_IS_CORE = "import core; print(core.__file__)"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The wheel, built by the installed builder, so without a network."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    done = subprocess.run(build, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """A folder on the path into which the wheel is unpacked."""
    folder = tmp_path_factory.mktemp("installed")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


@pytest.fixture
def foreign(tmp_path):
    """A folder with other people's packages of the names `core` and `ui`."""
    for name in ("core", "ui"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").touch()
    return tmp_path


def run(source, *path):
    """What `source` prints, in a Python that looks for modules in the folders `path` before anywhere else."""
    environ = {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, path))}
    done = subprocess.run([sys.executable, "-P", "-c", source], env=environ, check=True, capture_output=True, text=True)
    return done.stdout.strip()


def shipped(folder):
    """The files of `folder` in the checkout that belong into the wheel."""
    files = [file for file in (ROOT / folder).rglob("*") if file.is_file() and "__pycache__" not in file.parts]
    return {file.relative_to(ROOT / folder).as_posix() for file in files}


@pytest.mark.parametrize(
    ("folder", "place"),
    [
        ("playground", "playground/"),
        ("core", SEALED + "core/"),
        ("ui", SEALED + "ui/"),
        ("assets", SEALED + "ui/assets/"),
    ],
)
def test_every_file_is_in_the_wheel(wheel, folder, place):
    packed = {name for name in zipfile.ZipFile(wheel).namelist() if not name.endswith("/")}
    assert {place + name for name in shipped(folder)} <= packed


def test_nothing_else_is_in_the_wheel(wheel):
    tops = {name.partition("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    assert tops == {"playground", f"backprop_playground-{PROJECT['version']}.dist-info"}


def test_the_wheel_says_what_the_project_says(wheel):
    info = f"backprop_playground-{PROJECT['version']}.dist-info/"
    with zipfile.ZipFile(wheel) as archive:
        metadata = message_from_bytes(archive.read(info + "METADATA"))
        scripts = archive.read(info + "entry_points.txt").decode()
    assert metadata["Version"] == PROJECT["version"]
    assert metadata["License-Expression"] == "MIT"
    assert "playground = playground.__main__:main" in scripts


def test_installed_the_playground_uses_its_own_core(installed, foreign):
    own = installed / SEALED / "core" / "__init__.py"
    assert run(WHERE_IS_CORE, foreign, installed) == str(foreign / "core" / "__init__.py")
    assert run(f"import playground; {WHERE_IS_CORE}", foreign, installed) == str(own)


def test_in_a_checkout_the_playground_uses_its_own_core(foreign):
    own = ROOT / "core" / "__init__.py"
    assert run(f"import playground; {WHERE_IS_CORE}", foreign, ROOT) == str(own)


def test_installed_the_playground_finds_its_assets(installed, foreign):
    where = "import playground; from ui.resources import asset; print(asset('icons').parent)"
    assets = Path(run(where, foreign, installed))
    assert assets == installed / SEALED / "ui" / "assets"
    assert {file.relative_to(assets).as_posix() for file in assets.rglob("*") if file.is_file()} == shipped("assets")


def test_no_folder_of_tests_can_pass_for_a_package():
    assert [*(ROOT / "tests").rglob("__init__.py")] == []


def test_one_version_of_each_dependency_is_pinned():
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = [line.partition(";")[0] for line in lines if line and not line.startswith("#")]
    assert all(pin.count("==") == 1 and "/" not in pin for pin in pins)
    names = [pin.partition("==")[0].lower() for pin in pins]
    assert len(names) == len(set(names))
    assert {"pyside6_essentials", "pyqtgraph", "numpy", "pytest", "pytest-qt", "ruff", "pyright"} <= set(names)
