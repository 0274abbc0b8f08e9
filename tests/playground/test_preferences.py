"""Theme, zoom and layout: changed by keys and menus, kept over sittings, and never in the way."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QMenu, QTabBar

from core.session import default_session
from playground.assembly import assemble
from playground.settings import Settings, SettingsFile
from ui.canvas import Canvas
from ui.panels.data import DataPanel
from ui.panels.deltas import DeltasPanel
from ui.panels.graph import GraphPanel
from ui.theme import DARK, LIGHT


@pytest.fixture
def sitting(qtbot, qapp, tmp_path):
    """Open the playground on one settings file, as often as wanted."""
    opened = []

    def open_again():
        controller = assemble(qapp, default_session(), SettingsFile(tmp_path / "settings.json"))
        opened.append(controller)
        controller.window.show()
        qtbot.waitUntil(lambda: controller.frame is not None)
        return controller

    yield open_again
    for controller in opened:
        controller.window.close()
        controller.window.deleteLater()


def trigger(controller, name):
    controller.window.actions_by_name[name].trigger()


def test_the_next_sitting_looks_like_the_last(sitting):
    first = sitting()
    trigger(first, "theme_dark")
    trigger(first, "zoom_in")
    trigger(first, "zoom_in")
    first.window.docks.by_name["weights"].hide()
    first.window.docks.by_name["loss"].setFloating(True)
    first.window.close()
    second = sitting()
    assert second.window.theme.name == "dark"
    assert second.window.theme.zoom == pytest.approx(1.21)
    assert second.window.docks.by_name["weights"].isHidden()
    assert second.window.docks.by_name["loss"].isFloating()


def test_reset_brings_every_panel_back(sitting):
    controller = sitting()
    docks = controller.window.docks.by_name
    for dock in docks.values():
        dock.hide()
    docks["data"].setFloating(True)
    trigger(controller, "reset_layout")
    assert not any(dock.isHidden() for dock in docks.values())
    assert not docks["data"].isFloating()
    assert controller.window.dockWidgetArea(docks["data"]) == Qt.DockWidgetArea.LeftDockWidgetArea


def tabs(controller):
    """The tabs over panels that can be seen."""
    bars = (bar for bar in controller.window.findChildren(QTabBar) if bar.isVisible() and bar.count())
    return sorted([bar.tabText(at) for at in range(bar.count())] for bar in bars)


def test_large_text_lays_the_panels_at_the_right_on_each_other_and_small_text_beside_each_other(qtbot, sitting):
    controller = sitting()
    window, docks = controller.window, controller.window.docks.by_name
    window.resize(1280, 800)
    qtbot.waitUntil(lambda: len(tabs(controller)) == 1)
    for _ in range(2):
        controller.preferences.zoom(2.0)
        qtbot.waitUntil(lambda: ["Loss", "Weights"] in tabs(controller))
        qtbot.waitUntil(lambda: (window.width(), window.height()) == (1280, 800))
        assert docks["output"].height() > 200
        controller.preferences.zoom(1.0)
        qtbot.waitUntil(lambda: len(tabs(controller)) == 1)
    assert window.dockWidgetArea(docks["weights"]) == Qt.DockWidgetArea.RightDockWidgetArea
    assert docks["loss"].y() < docks["weights"].y()


def test_large_text_leaves_where_it_is_what_was_moved(qtbot, sitting):
    controller = sitting()
    weights = controller.window.docks.by_name["weights"]
    weights.setFloating(True)
    controller.preferences.zoom(2.0)
    qtbot.wait(50)
    assert weights.isFloating()
    assert ["Loss", "Weights"] not in tabs(controller)


def test_text_that_was_large_is_so_at_once_and_goes_back(qtbot, sitting):
    first = sitting()
    first.preferences.zoom(2.0)
    qtbot.waitUntil(lambda: ["Loss", "Weights"] in tabs(first))
    first.window.close()
    controller = sitting()
    assert controller.window.theme.zoom == 2.0
    qtbot.waitUntil(lambda: ["Loss", "Weights"] in tabs(controller))
    controller.preferences.zoom(1.0)
    qtbot.waitUntil(lambda: len(tabs(controller)) == 1)


def test_reset_leaves_no_tabs_behind(qtbot, sitting):
    controller = sitting()
    for _ in range(2):
        trigger(controller, "reset_layout")
        qtbot.waitUntil(lambda: len(tabs(controller)) == 1)


def test_a_panel_is_undocked_docked_again_hidden_and_brought_back_by_its_menus(sitting):
    window = sitting().window
    dock, header = window.docks.by_name["weights"], window.panels["weights"].header
    offered = {action.text(): action for menu in header.findChildren(QMenu) for action in menu.actions()}
    offered["Undock, or dock again"].trigger()
    assert dock.isFloating()
    offered["Undock, or dock again"].trigger()
    assert not dock.isFloating()
    offered["Hide"].trigger()
    assert dock.isHidden()
    assert not dock.toggleViewAction().isChecked()
    dock.toggleViewAction().trigger()
    assert not dock.isHidden()


def test_a_layout_that_is_none_is_survived(qapp, qtbot, tmp_path):
    file = SettingsFile(first=Settings(layout=b"\x00\x00\x00\xff nonsense", geometry=b"more of it"))
    controller = assemble(qapp, default_session(), file)
    controller.window.show()
    assert not any(dock.isHidden() for dock in controller.window.docks.by_name.values())
    controller.window.close()
    controller.window.deleteLater()


def test_text_grows_and_shrinks_by_keys_within_bounds(qtbot, sitting):
    controller = sitting()
    heading = controller.window.panel(DataPanel).header.findChild(QLabel)
    small = heading.fontMetrics().height()
    for _ in range(20):
        qtbot.keyClick(controller.window, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert controller.window.theme.zoom == 2.5
    assert heading.fontMetrics().height() > 1.8 * small
    panels = controller.window.panels.values()
    assert {canvas.theme.zoom for panel in panels for canvas in panel.findChildren(Canvas)} == {2.5}
    for _ in range(30):
        qtbot.keyClick(controller.window, Qt.Key.Key_Minus, Qt.KeyboardModifier.ControlModifier)
    assert controller.window.theme.zoom == 0.7
    qtbot.keyClick(controller.window, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert controller.window.theme.zoom == 1.0
    assert heading.fontMetrics().height() == small


def test_the_window_follows_the_system_until_a_theme_is_chosen(sitting, monkeypatch):
    controller = sitting()
    changed = QGuiApplication.styleHints().colorSchemeChanged
    for theme in (DARK, LIGHT, DARK):
        monkeypatch.setattr("playground.preferences.system_theme", lambda theme=theme: theme)
        changed.emit(Qt.ColorScheme.Unknown)
        assert controller.window.theme.name == theme.name
    controller.preferences.choose_theme("light")
    changed.emit(Qt.ColorScheme.Unknown)
    assert controller.window.theme.name == "light"


def test_light_and_dark_switch_by_one_key(qtbot, sitting):
    controller = sitting()
    for name in ("dark", "light", "dark"):
        qtbot.keyClick(controller.window, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
        assert controller.window.theme.name == name
    assert controller.preferences.file.settings.theme == "dark"


@pytest.mark.parametrize("kind", [GraphPanel, DataPanel, DeltasPanel])
def test_any_panel_alone_on_the_screen_and_back(qtbot, sitting, kind):
    controller = sitting()
    window = controller.window
    panel = window.panel(kind)
    home = panel.parentWidget()
    panel.header.alone.emit()
    assert window.stage is not None
    assert panel.window() is window.stage
    assert panel.header.window() is window.stage
    controller.train_epochs(5)
    qtbot.waitUntil(lambda: controller.pump.resting)
    assert panel.frame.session.run.epoch == 5
    qtbot.keyClick(window.stage, Qt.Key.Key_Escape)
    assert window.stage is None
    assert panel.parentWidget() is home
    assert panel.isVisible()
    assert panel.header.isVisible()


@pytest.mark.parametrize("kind", [GraphPanel, DataPanel, DeltasPanel])
@pytest.mark.parametrize("leave", ["full_screen", "panel_alone"])
def test_a_panel_alone_has_the_focus_and_keeps_it_when_a_key_brings_it_back(qtbot, sitting, kind, leave):
    controller = sitting()
    window = controller.window
    panel = window.panel(kind)
    window.show_alone(panel)
    qtbot.waitUntil(lambda: window.panel_with_focus() is panel)
    trigger(controller, leave)
    assert window.stage is None
    qtbot.waitUntil(lambda: window.panel_with_focus() is panel)
    assert not window.isFullScreen()
    assert not window.actions_by_name["full_screen"].isChecked()


def test_full_screen_goes_back_to_maximised_and_knows_of_other_ways(qtbot, sitting):
    controller = sitting()
    window, action = controller.window, controller.window.actions_by_name["full_screen"]
    window.showMaximized()
    trigger(controller, "full_screen")
    assert window.isFullScreen()
    trigger(controller, "full_screen")
    assert window.isMaximized()
    window.showFullScreen()
    assert action.isChecked()
    window.showNormal()
    assert not action.isChecked()


def test_the_space_bar_trains_wherever_a_panel_stands(qtbot, sitting):
    controller = sitting()
    window = controller.window
    graph, dock = window.panel(GraphPanel), window.docks.by_name["deltas"]
    dock.raise_()
    graph.header.alone.emit()
    for where in (graph.canvas, window.panel(DeltasPanel).heatmap):
        if where is not graph.canvas:
            window.stage.close()
            dock.setFloating(True)
        qtbot.keyClick(where, Qt.Key.Key_Space)
        assert controller.engine.training
        qtbot.keyClick(where, Qt.Key.Key_Space)
        assert not controller.engine.training


def test_larger_text_keeps_the_docks_that_the_user_has_made(qtbot, sitting):
    controller = sitting()
    window = controller.window
    window.resize(2000, 1200)
    data = window.docks.by_name["data"]
    window.resizeDocks([data], [400], Qt.Orientation.Horizontal)
    qtbot.waitUntil(lambda: data.width() == 400)
    trigger(controller, "zoom_out")
    qtbot.waitUntil(lambda: abs(data.width() - 364) < 4)
    trigger(controller, "zoom_in")
    trigger(controller, "zoom_in")
    trigger(controller, "reset_layout")
    qtbot.waitUntil(lambda: abs(data.width() - round(256 * window.theme.zoom)) < 4)


def sizes(window):
    docks = window.docks
    return {name: dock.size().toTuple() for name, dock in docks.by_name.items() if docks.sizes.stands(dock)}


def differ(one, other):
    return max(np.abs(np.subtract(one[name], other[name])).max() for name in one) if one.keys() == other.keys() else 999


def test_a_window_that_was_small_gives_the_docks_their_sizes_back(qtbot, sitting):
    window = sitting().window
    window.complete()
    window.resize(1280, 800)
    loss = window.docks.by_name["loss"]
    window.docks.by_name["deltas"].raise_()
    window.resizeDocks([loss], [300], Qt.Orientation.Horizontal)
    qtbot.waitUntil(lambda: loss.width() == 300)
    before = sizes(window)
    for small in ((500, 400), (800, 650), (700, 1000)):
        window.resize(*small)
        qtbot.wait(50)
        # Another tab comes out with a height that nobody has chosen.
        window.docks.by_name["gradients"].raise_()
        qtbot.wait(50)
        assert window.docks.by_name["data"].width() < 256
        window.docks.by_name["deltas"].raise_()
        window.resize(1280, 800)
        qtbot.waitUntil(lambda: differ(sizes(window), before) <= 2)


def test_larger_text_and_back_leaves_the_lower_panels_as_high_as_they_were(qtbot, sitting):
    controller = sitting()
    deltas = controller.window.docks.by_name["deltas"]
    controller.window.bring_forward(DeltasPanel)
    qtbot.wait(50)
    before = deltas.height()
    for _ in range(3):
        trigger(controller, "zoom_in")
        qtbot.wait(50)
        trigger(controller, "zoom_out")
        qtbot.wait(50)
    assert abs(deltas.height() - before) < 12


def test_files_opened_and_saved_are_offered_again(qtbot, sitting, tmp_path):
    controller = sitting()
    controller.files.export(tmp_path / "one.npz")
    qtbot.waitUntil(lambda: bool(controller.preferences.file.settings.recent))
    second = sitting()
    (action,) = second.window.recent_menu.actions()
    assert action.text().endswith("one.npz")
    action.trigger()
    qtbot.waitUntil(lambda: "one.npz" in second.window.message.text())


def test_the_focus_goes_round_the_panels(qtbot, sitting):
    controller = sitting()
    visited = []
    for _ in controller.window.panels:
        qtbot.keyClick(controller.window, Qt.Key.Key_F6)
        visited.append(controller.window.panel_with_focus())
    assert len(set(visited)) > 5
