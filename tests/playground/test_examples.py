"""Each example is opened from the menu of the real window: in its author's notation, beside what the author prints."""

import pytest
from PySide6.QtCore import Qt

from core.examples import offered
from core.network import forward, sample_losses
from core.selection import ItemChoice, Node
from ui.panels.author import AuthorPanel
from ui.panels.backprop import BackpropPanel


def open_example(window, name):
    """Through the menu, as with the mouse."""
    menu = next(action.menu() for action in window.window.menuBar().actions() if action.text() == "E&xamples")
    wanted = window.window.actions_by_name[f"example_{name}"]
    assert wanted in menu.actions()
    wanted.trigger()
    window.settle()


def sheet(window):
    return window.window.panel(AuthorPanel).page.equation.sheet


@pytest.mark.parametrize("example", offered(), ids=lambda example: example.name)
def test_each_opens_with_its_numbers_in_its_notation(xor, example):
    open_example(xor, example.name)
    assert xor.run.network is example.network
    assert (xor.run.step, xor.frame.sample, xor.spec.eta) == (0, example.sample, example.eta)
    assert xor.controller.preferences.theme.notation == example.notation
    assert xor.window.actions_by_name[f"notation_{example.notation}"].isChecked()
    # Nobody prints anything on XOR, and the panel stays under the others.
    assert bool(sheet(xor).lines) == (example.name != "xor")
    if example.name != "xor":
        assert xor.window.panel(AuthorPanel).text.currentData() == example.spec.dataset
    xor.trigger("undo")
    xor.settle()
    assert xor.spec.dataset == "xor"
    assert xor.spec.sizes == (2, 3, 1)


def test_a_wrong_formula_is_told_and_the_phases_are_in_step(qtbot, xor):
    open_example(xor, "365")
    xor.controller.perform(ItemChoice(Node(1, 0)))
    xor.settle()
    panel = xor.window.panel(AuthorPanel)
    assert sheet(xor).lines[0].label == "✗ wrong"
    assert "as printed −0.009815, correct −0.01636" in panel.page.words.text()
    qtbot.keyClick(xor.window, Qt.Key.Key_P)
    xor.settle()
    qtbot.keyClick(xor.window, Qt.Key.Key_P)
    xor.settle()
    assert sheet(xor).text.startswith("a⁽¹⁾ = xw + b⁽¹⁾")
    # Which equation of a node is wanted is asked in the one panel, and answered in both.
    qtbot.keyClick(xor.window, Qt.Key.Key_P, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(xor.window, Qt.Key.Key_P, Qt.KeyboardModifier.ShiftModifier)
    xor.settle()
    backprop = xor.window.bring_forward(BackpropPanel)
    place = next(at for at in range(backprop.quantity.count()) if "b" in backprop.quantity.itemText(at))
    backprop.quantity.setCurrentIndex(place)
    backprop.quantity.activated.emit(place)
    xor.window.bring_forward(AuthorPanel)
    xor.settle()
    assert "no gradient for the biases" in panel.page.words.text()


@pytest.mark.parametrize(("name", "after"), [("mazur", "0.280471447"), ("mazur-frozen", "0.291027774")])
def test_mazurs_losses_stand_in_the_window(qtbot, xor, name, after):
    open_example(xor, name)
    assert "E_{total} = 0.298371109" in sheet(xor).text
    assert f"E_{{total}} after the update = {after}" in sheet(xor).text
    qtbot.keyClick(xor.window, Qt.Key.Key_B)
    xor.settle()
    assert f"E_{{total}} = {after}" in sheet(xor).text
    assert f"{xor.frame.train.objective:.9f}" == after
    frame = xor.frame
    assert sample_losses(frame.network, forward(frame.network, frame.x), frame.t)[0] == frame.sample_loss


def test_it_opens_at_rest_also_while_another_network_trains(xor):
    xor.trigger("train")
    open_example(xor, "duke-figure-1")
    assert not xor.frame.training
    assert xor.run.step == 0
    assert sheet(xor).text.splitlines()[-1] == "∂y/∂x = 6"
