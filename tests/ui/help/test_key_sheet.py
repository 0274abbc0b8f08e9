"""The sheet of keys: every command's, and those of the panels that have their own."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

import ui
from ui.actions import COMMANDS
from ui.help.book import open_book
from ui.help.key_sheet import KeySheet
from ui.help.keys import OWN_KEYS, by_heading, written
from ui.theme import DARK

UI = Path(ui.__file__).parent


@pytest.fixture
def sheet(parent):
    return open_book(KeySheet, parent, DARK)


def test_holds_every_command_with_its_keys_under_its_menu(sheet):
    text = sheet.browser.toPlainText()
    for command in COMMANDS:
        if command.keys:
            assert f"{written(command.keys)}\n{command.title.rstrip('…')} – {command.tip}" in text
            assert command.menu.upper() in text


def test_holds_the_keys_that_are_no_commands(sheet):
    text = sheet.browser.toPlainText()
    for lines in by_heading().values():
        for keys, _ in lines:
            assert keys in text
    assert "Space" in text


def test_everything_that_takes_keys_is_on_it():
    """What a new keyPressEvent does belongs into OWN_KEYS, under its module's name."""
    found = {
        ".".join(path.relative_to(UI.parent).with_suffix("").parts)
        for path in UI.rglob("*.py")
        if "def keyPressEvent" in path.read_text(encoding="utf-8")
    }
    assert found - {"ui.main_window", "ui.panel", "ui.stage"} == set(OWN_KEYS)


def test_no_key_does_two_things():
    keys = [key for command in COMMANDS for key in command.keys]
    assert len(keys) == len(set(keys))


def test_holds_nothing_up_and_escape_closes_it(qtbot, sheet):
    assert sheet.windowModality() == Qt.WindowModality.NonModal
    assert sheet.accessibleName() == "Keys"
    qtbot.keyClick(sheet, Qt.Key.Key_Escape)
    assert not sheet.isVisible()
