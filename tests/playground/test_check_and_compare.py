"""Two steps are compared, and gradients checked, by their keys in the real window, which goes on meanwhile."""

from PySide6.QtCore import Qt

from core import edits
from ui.panels.check import CheckPanel
from ui.panels.compare import ComparePanel

CONTROL = Qt.KeyboardModifier.ControlModifier


def test_a_remembered_step_is_compared_with_where_the_run_goes(qtbot, xor):
    xor.train_to(20)
    qtbot.keyClick(xor.window, Qt.Key.Key_K, CONTROL)
    panel = xor.window.panel(ComparePanel)
    assert panel.isVisible()
    xor.train_to(100)
    assert panel.header.value.text() == "step 20 → step 120"
    xor.window.time_line.slider.setValue(60)
    xor.settle()
    assert panel.header.value.text() == "step 20 → step 60"
    assert xor.frame.comparison.after.step == 60


def test_gradients_are_checked_by_a_key(qtbot, xor):
    xor.train_to(20)
    qtbot.keyClick(xor.window, Qt.Key.Key_G, CONTROL)
    xor.settle()
    panel = xor.window.panel(CheckPanel)
    assert panel.isVisible()
    assert panel.header.value.text().startswith("✓ passed")
    assert xor.frame.checking.step == 20


def test_a_large_network_is_checked_in_slices_and_left_in_the_middle(qtbot, application):
    circle = application("circle")
    circle.controller.perform(edits.choose("large", hidden=(64, 64, 64), activations=("tanh",) * 4, batch=250))
    circle.settle()
    circle.trigger("check_gradients")
    panel = circle.window.panel(CheckPanel)
    qtbot.waitUntil(lambda: circle.frame.checking is not None and circle.frame.checking.done > 20)
    done = circle.frame.checking.done
    assert circle.frame.checking.under_way
    # Other gestures are answered meanwhile.
    circle.trigger("step_batch")
    qtbot.waitUntil(lambda: circle.run.step == 1 and circle.frame.checking.done > done)
    panel.button.click()
    circle.settle()
    assert circle.frame.checking.cancelled
    assert "cancelled at" in panel.header.value.text()
