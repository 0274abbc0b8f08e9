"""A weight is moved by hand, and frozen, in the real window: by mouse and by keys, at rest and while it trains."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt

from core import edits
from core.examples import EXAMPLES
from core.parameters import parameter
from core.selection import Edge, ItemChoice, StepChoice
from core.session import start_session
from core.spec import suggested
from ui.panels.what_if import WhatIfPanel

EDGE = Edge(1, 0, 1)
LEFT = Qt.MouseButton.LeftButton
MAZUR = EXAMPLES["mazur"]


@pytest.fixture
def panel(qtbot, xor):
    """What-if in front, for an edge that was clicked."""
    xor.train_to(40)
    canvas = xor.window.centralWidget().findChild(type(xor.window.panels["network"].canvas))
    x, ys = canvas.geometry_of_network.curves(
        1, *(canvas.geometry_of_network.ys[k][i : i + 1] for k, i in ((0, 0), (1, 1)))
    )
    qtbot.mouseClick(canvas, LEFT, pos=QPoint(round(x[8]), round(ys[0, 8])))
    xor.settle()
    assert xor.frame.chosen == EDGE
    qtbot.keyClick(xor.window, Qt.Key.Key_W)
    xor.settle()
    found = xor.window.panel(WhatIfPanel)
    assert found.isVisible()
    return found


def value(application):
    return parameter(application.run.network, EDGE)


def place_of(panel, wanted):
    """Where a value lies on the plot."""
    places = [panel.plot.at(QPointF(x, 60)).x() for x in range(panel.plot.viewport().width())]
    return QPoint(int(np.abs(np.array(places) - wanted).argmin()), 60)


def test_dragging_on_the_slice_moves_the_network_and_one_undo_brings_it_back(qtbot, xor, panel):
    before, loss = xor.run, xor.frame.train.objective
    assert xor.frame.slice.network is xor.run.network
    view = panel.plot.viewport()
    qtbot.mousePress(view, LEFT, pos=place_of(panel, 0.8))
    for wanted in (1.0, 1.2, 1.4):
        qtbot.mouseMove(view, place_of(panel, wanted))
        xor.settle()
        assert value(xor) == pytest.approx(wanted, abs=0.03)
    qtbot.mouseRelease(view, LEFT, pos=place_of(panel, 1.4))
    xor.settle()
    assert xor.run.step == before.step
    assert xor.frame.train.objective != loss
    assert xor.frame.slice.loss == pytest.approx(xor.frame.train.objective)
    qtbot.keyClick(xor.window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    xor.settle()
    assert xor.run is before
    assert xor.frame.train.objective == loss
    assert xor.frame.undo is None or "→" not in xor.frame.undo
    xor.trigger("redo")
    xor.settle()
    assert value(xor) == pytest.approx(1.4, abs=0.03)


def test_a_typed_value_is_at_once_that_of_all_panels(qtbot, xor, panel):
    assert panel.number.hasFocus()
    qtbot.keyClicks(panel.number, "-1.25")
    qtbot.keyClick(panel.number, Qt.Key.Key_Return)
    xor.settle()
    assert value(xor) == -1.25
    weights = xor.window.panels["weights"]
    assert weights.heatmap.matrices[0].describe(0, 1) == "w from x₁ to h₂ = −1.25"
    assert "w from x₁ to h₂" in xor.window.panels["network"].canvas.description()


def test_frozen_it_keeps_its_value_to_the_bit_and_thawed_it_learns_again(qtbot, xor, panel):
    qtbot.keyClick(xor.window, Qt.Key.Key_L)
    xor.settle()
    assert panel.freezer.isChecked()
    assert xor.spec.frozen == ("W1[0,1]",)
    before = xor.run
    xor.train_to(300)
    assert xor.run.epoch == before.epoch + 300
    assert xor.run.network.weights[0][0, 1].tobytes() == before.network.weights[0][0, 1].tobytes()
    assert (xor.run.network.weights[0] != before.network.weights[0]).sum() == 5
    # So it does on the way back, and when its update is walked through.
    xor.trigger("step_back")
    xor.settle()
    assert value(xor) == parameter(before.network, EDGE)
    xor.trigger("to_end")
    xor.settle()
    qtbot.mouseClick(panel.freezer, LEFT)
    xor.settle()
    assert xor.spec.frozen == ()
    xor.trigger("step_batch")
    xor.settle()
    assert value(xor) != parameter(before.network, EDGE)


def test_it_answers_while_training(qtbot, xor, panel):
    xor.controller.train()
    qtbot.waitUntil(lambda: xor.frame.training and xor.frame.slice.step > 60)
    step = xor.frame.slice.step
    qtbot.waitUntil(lambda: xor.frame.slice.step > step)
    view = panel.plot.viewport()
    qtbot.mousePress(view, LEFT, pos=place_of(panel, 0.0))
    for wanted in (0.1, 0.2, 0.3):
        qtbot.mouseMove(view, place_of(panel, wanted))
        qtbot.wait(30)
    qtbot.mouseRelease(view, LEFT, pos=place_of(panel, 0.3))
    qtbot.waitUntil(lambda: xor.frame.undo is not None and xor.frame.undo.startswith("x₁ → h₂ = "))
    assert xor.frame.training
    xor.settle_paused()
    # Every step on the way can be made again, and from there the one where the value was set.
    by_hand = [leg.step for leg in xor.frame.session.legs if leg.item is not None]
    assert by_hand
    found = []
    for step in (by_hand[-1], by_hand[0] - 3, by_hand[-1]):
        xor.controller.perform(StepChoice(step))
        xor.settle()
        found.append(xor.run.network.weights[0].tobytes())
    assert found[0] == found[2] != found[1]


def test_nothing_chosen_is_said(qtbot, xor):
    qtbot.keyClick(xor.window, Qt.Key.Key_L)
    xor.settle()
    assert "Choose an edge" in xor.window.message.text()
    xor.trigger("what_if")
    xor.settle()
    assert xor.window.panel(WhatIfPanel).how.isVisible()


def test_mazurs_step_with_frozen_biases(qtbot, xor):
    spec = replace(suggested("xor"), hidden=(2,), activations=("sigmoid",) * 2, targets="one-hot", eta=0.5)
    spec = replace(spec, loss="half-squared-error")
    data = replace(start_session(spec).data, x=MAZUR.x, t=MAZUR.t, train=1)
    opened = start_session(spec, data=data, network=MAZUR.network)
    xor.controller.perform(edits.Edit("Mazur", lambda _: opened))
    xor.settle()
    assert xor.frame.train.objective == pytest.approx(0.298371109, abs=5e-10)
    for layer in (0, 3):
        button = xor.window.panels["network"].canvas.buttons()[layer]
        button.menu().aboutToShow.emit()
        next(each for each in button.menu().actions() if each.text().startswith("All biases")).trigger()
        xor.settle()
    assert xor.spec.frozen == ("b1", "b2")
    xor.trigger("step_batch")
    xor.settle()
    assert xor.frame.train.objective == pytest.approx(0.291027774, abs=5e-10)
    xor.controller.perform(ItemChoice(None))
    xor.settle()
