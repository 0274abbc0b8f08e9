"""No tab bar is left behind by a layout that is reset or put back, and no drag of a tab ends the program."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDockWidget, QMainWindow, QTabBar, QToolButton
from shiboken6 import Shiboken

from ui.dock_tabs import DockTabs


def bars_in_sight(window):
    """The tab bars of the docks that can be seen and clicked."""
    bars = window.findChildren(QTabBar, options=Qt.FindChildOption.FindDirectChildrenOnly)
    return [bar for bar in bars if bar.isVisible() and bar.count() > 1 and window.rect().intersects(bar.geometry())]


@pytest.fixture
def window(xor):
    xor.window.complete()
    xor.settle()
    return xor.window


def put_back(window):
    assert window.docks.restore(window.docks.layout())


def test_a_layout_put_back_has_one_bar(window, qtbot):
    (first,) = bars_in_sight(window)
    names = [first.tabText(index) for index in range(first.count())]
    for _ in range(3):
        put_back(window)
    qtbot.waitUntil(lambda: len(bars_in_sight(window)) == 1)
    (bar,) = bars_in_sight(window)
    assert [bar.tabText(index) for index in range(bar.count())] == names
    panel = window.docks.by_name["gradients"]
    bar.setCurrentIndex(names.index("Gradients"))
    assert not panel.visibleRegion().isEmpty()


def test_a_layout_reset_has_one_bar(window, qtbot):
    window.docks.by_name["loss"].setFloating(True)
    window.docks.reset()
    qtbot.waitUntil(lambda: len(bars_in_sight(window)) == 1)


def test_docks_laid_over_each_other_and_taken_apart_leave_no_bar(window, qtbot):
    docks = window.docks.by_name
    for _ in range(3):
        window.tabifyDockWidget(docks["output"], docks["loss"])
        qtbot.waitUntil(lambda: len(bars_in_sight(window)) == 2)
        window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, docks["loss"])
        qtbot.waitUntil(lambda: len(bars_in_sight(window)) == 1)


def test_a_tab_that_is_dragged_stays_in_its_place(window, qtbot):
    put_back(window)
    qtbot.waitUntil(lambda: len(bars_in_sight(window)) == 1)
    (bar,) = bars_in_sight(window)
    before = [bar.tabText(index) for index in range(bar.count())]
    handle, place = window.windowHandle(), bar.mapTo(window, bar.tabRect(1).center())
    QTest.mousePress(handle, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    for _ in range(6):
        place += QPoint(40, 0)
        QTest.mouseMove(handle, place)
    QTest.mouseRelease(handle, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    assert [bar.tabText(index) for index in range(bar.count())] == before


def test_the_layout_is_not_reset_in_the_middle_of_a_drag(window):
    dock = window.docks.by_name["loss"]
    dock.setFloating(True)
    handle, place = window.windowHandle(), QPoint(5, 5)
    QTest.mousePress(handle, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    window.docks.reset()
    assert dock.isFloating()
    QTest.mouseRelease(handle, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    window.docks.reset()
    assert not dock.isFloating()


def test_a_panel_that_an_old_layout_does_not_know_is_where_it_is_at_first(window):
    dock = window.docks.by_name["check"]
    window.removeDockWidget(dock)
    old = window.docks.layout().replace("check".encode("utf-16-be"), "chick".encode("utf-16-be"))
    assert window.docks.restore(old)
    assert window.dockWidgetArea(dock) == Qt.DockWidgetArea.BottomDockWidgetArea
    assert dock in window.tabifiedDockWidgets(window.docks.by_name["backprop"])


def menu_of(bar):
    """The button behind which all tabs are, where some do not fit."""
    return bar.findChild(DockTabs).menu_button


def test_at_1280_by_800_every_tab_is_in_sight(window, qtbot):
    window.resize(1280, 800)
    (bar,) = bars_in_sight(window)
    qtbot.waitUntil(lambda: bar.tabRect(bar.count() - 1).right() <= bar.width())
    assert bar.tabRect(0).left() >= 0
    assert not menu_of(bar).isVisible()
    window.resize(1920, 1080)
    qtbot.waitUntil(lambda: not bar.property("tight"))
    window.resize(1280, 800)
    qtbot.waitUntil(lambda: bar.property("tight"))


def test_tabs_that_do_not_fit_are_in_a_menu(xor, window, qtbot):
    window.resize(1280, 800)
    xor.controller.preferences.zoom(2.0)
    bar = next(bar for bar in bars_in_sight(window) if bar.count() > 3)
    button = menu_of(bar)
    qtbot.waitUntil(button.isVisible)
    arrows = [arrow for arrow in bar.findChildren(QToolButton) if arrow is not button]
    assert arrows
    qtbot.waitUntil(lambda: all(button.geometry().contains(arrow.geometry()) for arrow in arrows))
    button.menu().aboutToShow.emit()
    entries = button.menu().actions()
    assert [entry.text() for entry in entries] == [bar.tabText(at) for at in range(bar.count())]
    assert [entry.isChecked() for entry in entries] == [at == bar.currentIndex() for at in range(bar.count())]
    entries[-1].trigger()
    qtbot.waitUntil(lambda: not window.docks.by_name["break-it"].visibleRegion().isEmpty())
    xor.controller.preferences.zoom(1.0)
    qtbot.waitUntil(lambda: not button.isVisible())
    window.resize(1440, 900)
    qtbot.waitUntil(lambda: not bar.property("tight"))


def test_a_window_that_is_destroyed_while_it_is_seen_takes_its_tabs_along(qtbot):
    window = QMainWindow()
    window.resize(200, 200)
    docks = [QDockWidget(f"A panel with a long name {number}", window) for number in range(6)]
    for dock in docks:
        window.addDockWidget(Qt.DockWidgetArea.BottomDockWidgetArea, dock)
    for dock in docks[1:]:
        window.tabifyDockWidget(docks[0], dock)
    window.show()
    bar = window.findChildren(QTabBar)[0]
    tabs = DockTabs(bar)
    qtbot.waitUntil(tabs.menu_button.isVisible)
    gone = []
    bar.destroyed.connect(lambda: gone.append(True))
    Shiboken.delete(window)
    assert gone
