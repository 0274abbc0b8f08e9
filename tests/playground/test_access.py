"""For those who see little or use no mouse: everything has a name, can be reached by keys, and shows the focus."""

from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QApplication,
    QComboBox,
    QHeaderView,
    QScrollBar,
    QWidget,
)

from ui.canvas import Canvas

NAMED = (QAbstractButton, QAbstractSlider, QComboBox, QAbstractItemView, Canvas)


def takes_focus(widget):
    policy = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    return widget.isVisible() and widget.isEnabled() and bool(policy) and widget.focusProxy() is None


def is_a_part(widget):
    """What belongs to a table, a spin box or a scroll area, which have the name."""
    corner = isinstance(widget, QAbstractButton) and isinstance(widget.parentWidget(), QAbstractItemView)
    return corner or isinstance(widget, (QHeaderView, QScrollBar)) or widget.objectName().startswith("qt_")


def described(widget):
    """The name that a screen reader is told."""
    interface = QAccessible.queryAccessibleInterface(widget)
    assert interface is not None
    return interface.text(QAccessible.Text.Name)


def what(widget):
    chain = []
    while widget is not None:
        chain.append(type(widget).__name__)
        widget = widget.parentWidget()
    return " in ".join(chain[:4])


@pytest.fixture
def every_panel(xor):
    """The window, and a gesture that brings each panel to the front in turn."""
    xor.window.complete()

    def fronts():
        for name, dock in xor.window.docks.by_name.items():
            dock.raise_()
            QApplication.processEvents()
            yield name

    return xor, fronts


def test_whatever_takes_the_focus_or_shows_a_number_has_a_name(every_panel):
    xor, fronts = every_panel
    nameless = set()
    for _ in fronts():
        for widget in xor.window.findChildren(QWidget):
            told = takes_focus(widget) or isinstance(widget, NAMED)
            if widget.isVisible() and told and not is_a_part(widget) and not described(widget):
                nameless.add(what(widget))
    assert nameless == set()


def test_every_button_and_menu_entry_explains_itself(every_panel):
    xor, fronts = every_panel
    silent = set()
    for _ in fronts():
        for button in xor.window.findChildren(QAbstractButton):
            if button.isVisible() and takes_focus(button) and not button.toolTip():
                silent.add(f"{described(button)}: {what(button)}")
    silent |= {name for name, action in xor.window.actions_by_name.items() if not action.toolTip()}
    assert silent == set()


def test_the_tab_key_reaches_every_panel_and_comes_round(qtbot, every_panel):
    xor, fronts = every_panel
    for name in fronts():
        first = xor.window.panel_with_focus()
        first.setFocus()
        seen, visited = [], set()
        for _ in range(400):
            widget = QApplication.focusWidget()
            if widget is None or (widget in seen[:1] and len(seen) > 1):
                break
            seen.append(widget)
            visited.add(xor.window.panel_with_focus().title)
            QTest.keyClick(widget, Qt.Key.Key_Tab)
        shown = {panel.title for panel in xor.window.panels.values() if panel.isEnabled()}
        assert shown <= visited, name


def test_the_focus_can_be_seen_wherever_it_is(qtbot, every_panel):
    xor, fronts = every_panel
    unseen = set()
    for _ in fronts():
        for widget in xor.window.findChildren(QWidget):
            if takes_focus(widget) and widget.width() > 4:
                xor.window.setFocus()
                QApplication.processEvents()
                before = widget.grab().toImage()
                widget.setFocus(Qt.FocusReason.TabFocusReason)
                QApplication.processEvents()
                if QApplication.focusWidget() is widget and widget.grab().toImage() == before:
                    unseen.add(f"{described(widget)}: {what(widget)}")
    assert unseen == set()


def test_what_lies_under_another_tab_computes_nothing(xor):
    drawn = []
    for name, panel in xor.window.panels.items():
        original = panel.draw
        panel.draw = lambda frame, name=name, original=original: (drawn.append(name), original(frame))
    xor.train_to(5)
    assert set(drawn) == {"network", "data", "learning", "output", "loss", "weights", "backprop"}
    drawn.clear()
    xor.window.docks.by_name["gradients"].raise_()
    QApplication.processEvents()
    assert "gradients" in drawn
    drawn.clear()
    xor.train_to(5)
    assert set(drawn) == {"network", "data", "learning", "output", "loss", "weights", "gradients"}


def test_descriptions_are_live_while_somebody_listens(qtbot, xor):
    QAccessible.setActive(True)
    try:
        xor.trigger("step_batch")
        xor.settle()
        before = {name: spoken(panel) for name, panel in xor.window.panels.items()}
        qtbot.wait(1100)  # descriptions are not made more often than that
        xor.train_to(50)
        qtbot.wait(1100)
        xor.trigger("step_batch")
        xor.settle()
        after = {name: spoken(panel) for name, panel in xor.window.panels.items()}
    finally:
        QAccessible.setActive(False)
    live = {name for name in after if after[name] != before[name]}
    assert {"network", "output", "loss", "weights"} <= live


def spoken(panel):
    """All that a panel and what is in it say of themselves."""
    return [each.accessibleDescription() for each in (panel, *panel.findChildren(QWidget))]


def test_what_is_made_late_comes_with_the_tab_key_where_it_stands(xor):
    panels = xor.window.panels
    own, canvas = panels["data"].own, panels["network"].canvas
    line = [*(cell.edit for cell in own.cells), own.button]
    for order in ([panels["data"].table, *line], [canvas, *canvas.buttons()]):
        order[0].setFocus()
        for before, widget in pairwise(order):
            QTest.keyClick(before, Qt.Key.Key_Tab)
            assert QApplication.focusWidget() is widget
