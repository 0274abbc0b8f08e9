"""A run is gone back in, looked at, gone forward in again and branched from, in the real window."""

import numpy as np
from PySide6.QtCore import Qt

from core.session import CurveColumn
from ui.panels.loss import LossPanel


def test_back_to_an_earlier_step_and_to_the_end(qtbot, xor):
    xor.train_to(300)
    last = xor.frame
    xor.window.time_line.slider.setValue(40)
    xor.settle()
    assert (xor.run.step, xor.frame.session.whole.run.step) == (40, 300)
    assert "step 40 of 300" in xor.window.state.text()
    assert "Alt+End" in xor.window.state.text()
    assert xor.frame.session.curve.rows[-1, CurveColumn.STEP] <= 40
    assert xor.window.panel(LossPanel).readout.text().startswith("epoch 40")
    xor.trigger("to_end")
    xor.settle()
    assert xor.run.network is last.session.run.network
    assert xor.window.state.text().startswith("● paused at step 300 ")


def test_dragging_pauses_the_training(qtbot, xor):
    xor.trigger("train")
    qtbot.waitUntil(lambda: xor.run.step > 20)
    xor.window.time_line.slider.setValue(5)
    xor.settle()
    assert xor.run.step == 5
    assert not xor.frame.training


def test_step_back_by_its_key_takes_one_update_back(qtbot, xor):
    xor.train_to(30)
    network = xor.run.network
    qtbot.keyClick(xor.window, Qt.Key.Key_B, Qt.KeyboardModifier.ShiftModifier)
    xor.settle()
    assert xor.run.step == 29
    xor.trigger("step_batch")
    xor.settle()
    pairs = zip(network.weights, xor.run.network.weights, strict=True)
    assert xor.run.step == 30
    assert all(np.array_equal(one, other) for one, other in pairs)
    assert xor.frame.session.ahead is None


def test_undo_returns_to_where_the_journey_began(xor):
    xor.train_to(300)
    for step in (200, 100, 50):
        xor.window.time_line.slider.setValue(step)
        xor.settle()
    xor.trigger("undo")
    xor.settle()
    assert xor.run.step == 300


def test_a_branch_leaves_what_lay_ahead_to_the_finished_runs(xor):
    xor.train_to(300)
    xor.window.time_line.slider.setValue(40)
    xor.settle()
    xor.trigger("branch")
    xor.settle()
    assert xor.frame.session.ahead is None
    assert [run.session.run.step for run in xor.frame.finished] == [300]
    assert xor.window.time_line.slider.maximum() == 40
