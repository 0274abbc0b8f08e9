"""The help window: found by typing, read by clicking, closed by Escape, dressed anew with the theme."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QColor

from ui.help import contents
from ui.help.book import open_book
from ui.help.window import HelpWindow
from ui.theme import DARK, LIGHT


@pytest.fixture
def help_window(parent):
    return open_book(HelpWindow, parent, LIGHT)


def shown(window):
    rows = range(window.list.count())
    return [window.list.item(row).text().strip() for row in rows if not window.list.isRowHidden(row)]


def chosen(window):
    return window.list.currentItem().text().strip()


def test_holds_nothing_up_and_can_be_named(help_window):
    assert help_window.isWindow()
    assert help_window.windowModality() == Qt.WindowModality.NonModal
    for widget in (help_window, help_window.search, help_window.list, help_window.browser):
        assert widget.accessibleName()


def test_lists_every_section_and_entry(help_window):
    expected = []
    for section in contents.sections():
        expected += section.title, *(entry.title for entry in section.entries)
    assert shown(help_window) == expected


def test_typing_narrows_the_list_and_goes_to_what_is_called_so(qtbot, help_window):
    qtbot.keyClicks(help_window.search, "backpropagation")
    assert chosen(help_window) == "Backpropagation"
    assert len(shown(help_window)) < 30
    assert help_window.browser.verticalScrollBar().value() > 0
    assert help_window.browser.extraSelections()
    assert help_window.search.accessibleDescription().endswith("found")


def test_names_in_latin_letters_find_the_greek(qtbot, help_window):
    for typed, title in (("eta", "Learning rate η"), ("delta", "δ, delta")):
        help_window.search.clear()
        qtbot.keyClicks(help_window.search, typed)
        assert title in shown(help_window)


def test_enter_goes_to_the_next_and_around(qtbot, help_window):
    qtbot.keyClicks(help_window.search, "saturated")
    found = [title for title in shown(help_window) if title not in {s.title for s in contents.sections()}]
    seen = [chosen(help_window)]
    for _ in found[1:]:
        qtbot.keyClick(help_window.search, Qt.Key.Key_Return)
        seen.append(chosen(help_window))
    assert sorted(seen) == sorted(found)
    qtbot.keyClick(help_window.search, Qt.Key.Key_Return)
    assert chosen(help_window) == seen[0]


def test_what_is_not_there_is_said(qtbot, help_window):
    qtbot.keyClicks(help_window.search, "xylophone")
    assert shown(help_window) == []
    assert help_window.found.text() == "Nothing has these words."
    qtbot.keyClick(help_window.search, Qt.Key.Key_Return)
    help_window.search.clear()
    assert not help_window.found.isVisible()
    assert len(shown(help_window)) > 60


def test_every_entry_of_the_list_leads_into_the_text(qtbot, help_window):
    bar, document = help_window.browser.verticalScrollBar(), help_window.browser.document()
    # Qt lays a long text out bit by bit.
    qtbot.waitUntil(lambda: abs(bar.maximum() + bar.pageStep() - document.size().height()) <= 1)
    places = []
    for row in range(help_window.list.count()):
        help_window.list.setCurrentRow(row)
        places.append(bar.value())
    assert places == sorted(places)
    assert len(set(places)) > 40
    assert places[-1] == bar.maximum()


def test_links_are_followed_and_the_text_stays(help_window):
    text = help_window.browser.toPlainText()
    help_window.browser.anchorClicked.emit(QUrl("#term-exploding"))
    help_window.browser.setSource(QUrl("#term-exploding"))
    assert help_window.browser.toPlainText() == text
    assert help_window.browser.verticalScrollBar().value() > 0


def test_a_link_can_be_clicked(qtbot, help_window):
    browser = help_window.browser
    link = next(
        (x, y)
        for y in range(0, browser.viewport().height(), 4)
        for x in range(0, browser.viewport().width(), 4)
        if browser.anchorAt(browser.viewport().rect().topLeft() + type(browser.pos())(x, y))
    )
    qtbot.mouseClick(browser.viewport(), Qt.MouseButton.LeftButton, pos=type(browser.pos())(*link))
    assert browser.verticalScrollBar().value() > 0


def test_escape_closes_and_control_f_searches(qtbot, help_window):
    help_window.list.setFocus()
    qtbot.keyClick(help_window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert help_window.focusWidget() is help_window.search
    qtbot.keyClick(help_window, Qt.Key.Key_Escape)
    assert not help_window.isVisible()


def test_there_is_one_and_it_is_found_again(help_window):
    help_window.search.setText("epoch")
    help_window.close()
    again = open_book(HelpWindow, help_window.parentWidget(), LIGHT)
    assert again is help_window
    assert again.isVisible()
    assert again.search.text() == "epoch"


def test_follows_theme_and_zoom(help_window):
    height = help_window.browser.document().size().height()
    help_window.show_theme(replace(DARK, zoom=1.5))
    assert help_window.browser.document().size().height() > 1.3 * height
    block = next(block for block in blocks(help_window) if block.text().startswith("Every number says"))
    assert block.charFormat().foreground().color() == QColor(DARK.secondary)


def blocks(window):
    block = window.browser.document().begin()
    while block.isValid():
        yield block
        block = block.next()
