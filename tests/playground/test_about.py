"""What the Help menu opens, from the real window."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from playground.about import PARTS, About
from ui.help.key_sheet import KeySheet
from ui.help.window import HelpWindow
from ui.theme import DARK


@pytest.mark.parametrize(
    ("key", "modifier", "kind"),
    [
        (Qt.Key.Key_F1, Qt.KeyboardModifier.NoModifier, HelpWindow),
        (Qt.Key.Key_Question, Qt.KeyboardModifier.NoModifier, KeySheet),
    ],
)
def test_f1_opens_help_and_the_question_mark_the_keys(qtbot, xor, key, modifier, kind):
    qtbot.keyClick(xor.window, key, modifier)
    assert xor.window.findChild(kind).isVisible()


def test_training_goes_on_while_one_reads(qtbot, xor):
    xor.trigger("train")
    xor.trigger("help")
    reached = xor.run.step
    qtbot.waitUntil(lambda: xor.run.step > reached + 2)
    xor.trigger("train")
    xor.settle()


def test_about_names_every_part_its_version_and_its_licence(xor):
    xor.trigger("about")
    text = xor.window.findChild(About).browser.toPlainText()
    for name, licence, _, _ in PARTS:
        assert name in text
        assert licence in text
    for part in ("NumPy 2", "PySide6 6.", "pyqtgraph 0.", "Python 3.", "LGPL", "BSD", "OFL", "ISC", "MIT"):
        assert part in text
    assert text.count("SIL OPEN FONT LICENSE") >= 2


def test_diagnostics_are_copied(qtbot, xor):
    xor.trigger("about")
    about = xor.window.findChild(About)
    qtbot.mouseClick(about.copy, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text().startswith("Backprop Playground")
    assert "offscreen" in QGuiApplication.clipboard().text()
    assert about.told.text() == "Copied."


def test_what_is_open_follows_the_theme(xor):
    xor.trigger("help")
    xor.trigger("about")
    xor.trigger("theme_dark")
    for kind in (HelpWindow, About):
        assert xor.window.findChild(kind).theme == replace(DARK, zoom=xor.window.theme.zoom)
