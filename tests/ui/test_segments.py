"""A switch of which exactly one option is on."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton

from ui.segments import Segments


@pytest.fixture
def segments(qtbot):
    widget = Segments("View", [("Picture", "As colours."), ("Table", "As numbers.")])
    qtbot.addWidget(widget)
    widget.show()
    return widget


def test_the_first_is_on_and_a_click_changes_that_once(qtbot, segments):
    told = []
    segments.changed.connect(told.append)
    table = segments.findChildren(QToolButton)[1]
    assert segments.current == 0
    for _ in range(2):
        qtbot.mouseClick(table, Qt.MouseButton.LeftButton)
    assert (segments.current, told) == (1, [1])


def test_every_option_has_a_name_and_a_tip(segments):
    for button in segments.findChildren(QToolButton):
        assert button.accessibleName() == f"View: {button.text()}"
        assert button.toolTip()


def test_the_keys_reach_it_and_arrows_change_it(qtbot, segments):
    picture, table = segments.findChildren(QToolButton)
    assert picture.focusPolicy() & Qt.FocusPolicy.TabFocus
    picture.setFocus()
    qtbot.keyClick(picture, Qt.Key.Key_Right)
    assert segments.current == 1
    assert table.focusPolicy() & Qt.FocusPolicy.TabFocus


def test_where_not_all_names_can_be_read_one_button_has_the_others_in_a_menu(qtbot, segments):
    told = []
    segments.changed.connect(told.append)
    segments.resize(segments.sizeHint().width() * 2 // 3, segments.height())
    (one,) = [button for button in segments.findChildren(QToolButton) if button.isVisible()]
    assert one.text() == "Picture ▾"
    assert one.accessibleName() == "View: Picture, choose another"
    entries = one.menu().actions()
    assert [(entry.text(), entry.toolTip()) for entry in entries] == [
        ("Picture", "As colours."),
        ("Table", "As numbers."),
    ]
    entries[1].trigger()
    assert (segments.current, told, one.text()) == (1, [1], "Table ▾")
    segments.resize(segments.sizeHint())
    assert [button.text() for button in segments.findChildren(QToolButton) if button.isVisible()] == [
        "Picture",
        "Table",
    ]
    segments.choose(0)
    assert one.text() == "Picture ▾"


def test_its_wishes_are_the_same_in_either_form(qtbot, segments):
    """Else one form would ask for the other for ever."""
    wide = segments.sizeHint(), segments.minimumSizeHint()
    segments.resize(segments.minimumSizeHint())
    assert (segments.sizeHint(), segments.minimumSizeHint()) == wide
