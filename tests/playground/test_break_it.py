"""A mistake made on purpose in the real window: chosen, seen failing, said loudly everywhere, and healed by a click."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton

from core import edits
from core.mistakes import MISTAKES
from core.selection import Edge, ItemChoice
from playground.settings import to_json
from ui.panels.backprop import BackpropPanel
from ui.panels.break_it import BreakItPanel
from ui.panels.check import CheckPanel
from ui.panels.graph import GraphPanel
from ui.panels.history import HistoryPanel

CONTROL = Qt.KeyboardModifier.ControlModifier
LEFT = Qt.MouseButton.LeftButton


def choose(app, qtbot, name):
    """By its key, the list and the button, as a learner does."""
    qtbot.keyClick(app.window, Qt.Key.Key_M, CONTROL)
    panel = app.window.panel(BreakItPanel)
    qtbot.waitUntil(panel.isVisible)
    row = panel.list.item(MISTAKES.names().index(name))
    qtbot.mouseClick(panel.list.viewport(), LEFT, pos=panel.list.visualItemRect(row).center())
    qtbot.mouseClick(panel.button, LEFT)
    app.settle()
    return panel


def test_the_story_of_a_mistake(qtbot, application):
    circle = application("circle")
    circle.train_to(30)
    learnt = circle.frame.train.objective
    choose(circle, qtbot, "sign-reversed")
    window, banner = circle.window, circle.window.banner
    assert circle.spec.mistake == "sign-reversed"
    assert banner.isVisible()
    assert banner.accessibleName() == "Mistake on: Sign reversed"
    assert "Mistake on: Sign reversed" in window.windowTitle()
    assert "Mistake on: Sign reversed" in window.state.text()
    qtbot.keyClick(window, Qt.Key.Key_G, CONTROL)
    check = window.panel(CheckPanel)
    qtbot.waitUntil(lambda: check.header.value.text().startswith("✗ failed"))
    assert check.failures.text().startswith("✗ Failed: ")
    assert check.what.text().startswith("Mistake on: Sign reversed")
    circle.train_to(30)
    spoiled = circle.frame.train.objective
    assert spoiled > 5 * learnt
    qtbot.mouseClick(banner.button, LEFT)
    circle.settle()
    assert circle.spec.mistake is None
    assert not banner.isVisible()
    assert window.windowTitle() == "Backprop Playground"
    assert circle.run.step == 60 * circle.frame.steps_per_epoch
    qtbot.keyClick(window, Qt.Key.Key_G, CONTROL)
    qtbot.waitUntil(lambda: check.header.value.text().startswith("✓ passed"))
    assert check.failures.isHidden()
    circle.train_to(30)
    assert circle.frame.train.objective < spoiled
    circle.trigger("reset")
    circle.settle()
    model = window.panel(HistoryPanel).model
    window.docks.by_name["history"].raise_()
    circle.settle()
    titles = [model.headerData(at, Qt.Orientation.Horizontal) for at in range(model.columnCount())]
    assert [model.index(row, titles.index("mistakes")).data() for row in range(2)] == ["–", "Sign reversed"]
    assert [model.index(row, 0).data() for row in range(2)] == ["now", "1 ✗"]


def test_undo_and_redo_take_it_back_and_bring_it_again(qtbot, xor):
    choose(xor, qtbot, "bias-forgotten")
    assert xor.window.actions_by_name["undo"].text() == "Undo: mistake on: Bias gradient forgotten"
    xor.trigger("undo")
    xor.settle()
    assert (xor.spec.mistake, xor.window.banner.isVisible()) == (None, False)
    xor.trigger("redo")
    xor.settle()
    assert (xor.spec.mistake, xor.window.banner.isVisible()) == ("bias-forgotten", True)
    qtbot.keyClick(xor.window, Qt.Key.Key_H, CONTROL)
    xor.settle()
    assert xor.spec.mistake is None
    assert not xor.window.actions_by_name["heal"].isEnabled()


def test_where_it_cannot_show_an_example_where_it_does_is_one_click_away(qtbot, xor):
    panel = choose(xor, qtbot, "input-twice")
    assert "cannot show here" in panel.why.text()
    qtbot.mouseClick(panel.example, LEFT)
    xor.settle()
    assert (xor.spec.dataset, xor.spec.mistake) == ("circle", "input-twice")
    assert "mistake on: xᵢ twice, data set Circle" in xor.window.message.text()
    xor.trigger("check_gradients")
    check = xor.window.panel(CheckPanel)
    qtbot.waitUntil(lambda: check.header.value.text().startswith("✗ failed"))


def test_the_wrong_line_stands_below_the_right_one_and_the_walk_makes_the_mistaken_update(qtbot, application):
    circle = application("circle")
    choose(circle, qtbot, "slope-left-out")
    circle.window.docks.by_name["backprop"].raise_()
    panel = circle.window.panel(BackpropPanel)
    circle.controller.perform(ItemChoice(None))
    while circle.frame.stepping is None or circle.frame.stepping.phase.name != "delta-1":
        circle.trigger("step_phase")
        circle.settle()
    assert [line.label for line in panel.equation.sheet.lines] == [
        "general", "✗ wrong", "here", "✗ wrong", "numbers", "✗ wrong",
    ]  # fmt: skip
    assert panel.phases.list.currentItem().text().startswith("●  ✗ Back")
    wrong = circle.frame.stepping.update.after
    circle.trigger("step_phase")
    circle.settle()
    # What is right goes on from numbers that are not: what they should be stands below.
    circle.controller.perform(ItemChoice(Edge(1, 0, 0)))
    circle.settle()
    assert [line.label for line in panel.equation.sheet.lines] == ["general", "here", "numbers", "✓ right"]
    while not circle.frame.stepping.updated:
        circle.trigger("step_phase")
        circle.settle()
    made = circle.run.network
    for one, other in zip((*made.weights, *made.biases), (*wrong.weights, *wrong.biases), strict=True):
        assert one.tobytes() == other.tobytes()
    circle.trigger("heal")
    circle.settle()
    assert "✗ wrong" not in [line.label for line in panel.equation.sheet.lines]


def test_another_data_set_heals_and_says_so(qtbot, xor):
    choose(xor, qtbot, "sign-reversed")
    xor.controller.perform(edits.choose_dataset("moons"))
    xor.settle()
    assert xor.spec.mistake is None
    assert not xor.window.banner.isVisible()
    assert "The mistake is healed: Sign reversed." in xor.window.message.text()


@pytest.mark.parametrize("name", ["network.npz", "network.json"])
def test_an_export_says_what_the_weights_were_trained_with_and_holds_no_mistake(qtbot, xor, tmp_path, name):
    choose(xor, qtbot, "sign-reversed")
    xor.train_to(5)
    xor.controller.files.export(tmp_path / name)
    xor.settle()
    assert "trained with a mistake (Sign reversed), which is not in the file" in xor.window.message.text()
    assert b"sign-reversed" not in (tmp_path / name).read_bytes()
    xor.controller.files.open(tmp_path / name)
    xor.settle()
    assert xor.spec.mistake is None


def test_nothing_of_it_is_remembered(qtbot, xor):
    choose(xor, qtbot, "sign-reversed")
    xor.trigger("theme_switch")
    assert "mistake" not in str(to_json(xor.controller.preferences.file.settings))
    assert "sign-reversed" not in str(to_json(xor.controller.preferences.file.settings))


def test_a_panel_that_stands_alone_bears_the_banner_too(qtbot, xor):
    choose(xor, qtbot, "sign-reversed")
    xor.window.show_alone(xor.window.panel(GraphPanel))
    stage = xor.window.stage
    assert stage.banner.isVisible()
    qtbot.mouseClick(stage.banner.button, LEFT)
    xor.settle()
    assert not stage.banner.isVisible()
    assert xor.spec.mistake is None


def test_the_banner_moves_no_dock_and_the_network_has_its_place_again_without_it(xor):
    graph, docks = xor.window.panel(GraphPanel), xor.window.docks.by_name

    def places():
        # Those under other tabs stand out of sight, at sizes that come when Qt likes.
        return {name: dock.geometry() for name, dock in docks.items() if not dock.visibleRegion().isEmpty()}

    xor.settle()
    before, around = graph.geometry(), places()
    xor.controller.perform(edits.make_mistake("sign-reversed"))
    xor.settle()
    assert graph.geometry().height() < before.height()
    assert places() == around
    xor.trigger("heal")
    xor.settle()
    assert (graph.geometry(), places()) == (before, around)


def test_the_banner_can_be_reached_by_keys(qtbot, xor):
    choose(xor, qtbot, "sign-reversed")
    button = next(b for b in xor.window.banner.findChildren(QToolButton))
    assert button.accessibleName() == "Heal the mistake"
    button.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(button, Qt.Key.Key_Space)
    xor.settle()
    assert xor.spec.mistake is None
