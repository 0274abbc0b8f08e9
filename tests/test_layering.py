"""core <- ui <- playground, no Qt and no thread in core: import-linter holds it, and can be seen to."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LINT = "import importlinter.cli as cli; raise SystemExit(cli.lint_imports(no_cache=True, no_logo=True))"


def lint(folder):
    return subprocess.run([sys.executable, "-c", LINT], cwd=folder, capture_output=True, text=True, check=False)


def test_the_layers_hold():
    done = lint(ROOT)
    assert done.returncode == 0, done.stdout


@pytest.fixture
def small_project(tmp_path):
    """The contracts of this project over three empty packages."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for package in ("core", "ui", "playground"):
        (tmp_path / package).mkdir()
        (tmp_path / package / "__init__.py").touch()
    return tmp_path


def test_clean_packages_pass(small_project):
    (small_project / "ui" / "__init__.py").write_text("import core, PySide6.QtCore\n", encoding="utf-8")
    (small_project / "playground" / "__init__.py").write_text("import core, ui, threading\n", encoding="utf-8")
    done = lint(small_project)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("package", "imported"),
    [
        ("core", "ui"),
        ("core", "playground"),
        ("ui", "playground"),
        ("core", "PySide6.QtCore"),
        ("core", "pyqtgraph"),
        ("core", "threading"),
        ("core", "concurrent.futures"),
        ("core", "multiprocessing"),
        ("ui", "threading"),
    ],
)
def test_a_forbidden_import_is_caught(small_project, package, imported):
    late = f"def late():\n    import {imported}\n"
    (small_project / package / "deep.py").write_text(late, encoding="utf-8")
    done = lint(small_project)
    assert done.returncode == 1, done.stdout
    assert f"{package}.deep -> {imported.partition('.')[0]}" in done.stdout
