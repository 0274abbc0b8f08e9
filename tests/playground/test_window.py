"""The story of the playground, clicked through in the real window: train, step, edit, undo, export, open."""

import math

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QDoubleSpinBox, QInputDialog, QToolButton

from core import edits
from core.formats import load
from core.network import backward, forward
from core.training import evaluate
from ui.numbers import fixed, percent
from ui.panels.data import DataPanel
from ui.panels.deltas import DeltasPanel
from ui.panels.graph import GraphPanel
from ui.panels.learning import LearningPanel
from ui.panels.output import OutputPanel


def button(window, name):
    return next(b for b in window.findChildren(QToolButton) if b.accessibleName() == name)


def same_network(one, other):
    pairs = zip((*one.weights, *one.biases), (*other.weights, *other.biases), strict=True)
    return all(np.array_equal(a, b) for a, b in pairs)


def test_opens_with_xor_at_its_start(xor):
    assert xor.spec.dataset == "xor"
    assert xor.run.step == 0
    assert xor.window.toolbar.name.text() == "XOR · 2-3-1"
    assert xor.window.toolbar.loss.text() == fixed(xor.frame.train.objective, 4)


def test_train_and_pause_by_mouse_and_by_space(qtbot, xor):
    qtbot.mouseClick(button(xor.window, "Train"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: xor.run.step > 5)
    assert xor.frame.training
    assert xor.window.toolbar.train.text() == "Pause"
    qtbot.mouseClick(button(xor.window, "Pause"), Qt.MouseButton.LeftButton)
    xor.settle()
    stopped = xor.run.step
    assert not xor.frame.training
    qtbot.wait(100)
    assert xor.run.step == stopped
    qtbot.keyClick(xor.window.panel(GraphPanel), Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: xor.run.step > stopped)
    qtbot.keyClick(xor.window.panel(GraphPanel), Qt.Key.Key_Space)
    xor.settle()
    assert not xor.frame.training


def test_runs_so_many_epochs_then_pauses_and_solves_xor(xor):
    epochs = xor.spec.source.suggestion.epochs
    xor.train_to(epochs)
    assert xor.run.epoch == epochs
    assert xor.frame.train.accuracy == 1.0
    assert xor.window.toolbar.accuracy.text() == percent(1.0)
    assert xor.frame.train.objective <= xor.spec.source.suggestion.goal


def test_maximum_speed_is_one_key_away(qtbot, xor):
    chosen = xor.window.toolbar.slider.value()
    qtbot.keyClick(xor.window, Qt.Key.Key_M)
    assert xor.window.toolbar.speed.text() == "max"
    assert xor.window.toolbar.slider.value() == xor.window.toolbar.slider.maximum()
    qtbot.keyClick(xor.window, Qt.Key.Key_M)
    assert xor.window.toolbar.slider.value() == chosen


def test_step_sample_collects_a_batch_and_updates_on_its_last(qtbot, xor):
    start = xor.run.network
    for collected in (1, 2, 3):
        qtbot.keyClick(xor.window, Qt.Key.Key_S)
        xor.settle()
        assert xor.run.seen == collected
        assert xor.frame.sample == xor.frame.batch[collected - 1]
        assert xor.run.network is start
    qtbot.keyClick(xor.window, Qt.Key.Key_S)
    xor.settle()
    assert (xor.run.step, xor.run.seen) == (1, 0)
    by_samples = xor.run.network
    xor.trigger("reset")
    xor.trigger("step_batch")
    xor.settle()
    assert same_network(by_samples, xor.run.network)


def test_step_batch_and_epoch(qtbot, application):
    circle = application("circle")
    qtbot.mouseClick(button(circle.window, "Step batch"), Qt.MouseButton.LeftButton)
    circle.settle()
    assert (circle.run.step, circle.run.epoch) == (1, 0)
    qtbot.mouseClick(button(circle.window, "Step epoch"), Qt.MouseButton.LeftButton)
    circle.settle()
    assert (circle.run.step, circle.run.epoch) == (25, 1)


def test_eta_and_batch_change_without_a_new_start(qtbot, xor):
    xor.train_to(50)
    network = xor.run.network
    eta = xor.window.panel(LearningPanel).fields[0]
    eta.number.selectAll()
    qtbot.keyClicks(eta.number, "0.25")
    qtbot.keyClick(eta.number, Qt.Key.Key_Return)
    xor.settle()
    assert xor.spec.eta == 0.25
    assert xor.run.network is network
    next(
        box for box in xor.window.panel(LearningPanel).findChildren(QDoubleSpinBox) if box.accessibleName() == "Batch"
    ).setValue(2)
    xor.settle()
    assert xor.spec.batch == 2
    assert xor.run.network is network
    xor.trigger("undo")
    xor.trigger("undo")
    xor.settle()
    assert (xor.spec.eta, xor.spec.batch) == (0.8, None)
    assert eta.number.text() == "0.8"


def test_a_number_that_makes_no_sense_is_refused_in_words_and_put_back(qtbot, xor):
    eta = xor.window.panel(LearningPanel).fields[0]
    for typed in ("-1", "many", "nan"):
        eta.number.setFocus()
        eta.number.selectAll()
        qtbot.keyClicks(eta.number, typed)
        qtbot.keyClick(eta.number, Qt.Key.Key_Return)
        xor.settle()
        assert "earning rate" in xor.window.message.text()
        assert xor.spec.eta == 0.8
        assert eta.number.text() == "0.8"


def test_epochs_that_are_no_number_are_refused_in_words(xor, monkeypatch):
    answers = iter([("-5", True), ("5", False), ("5", True)])
    monkeypatch.setattr(QInputDialog, "getText", lambda *_: next(answers))
    xor.trigger("run_epochs")
    said = "The number of epochs must be a whole number from 1 to 10,000,000, not “-5”."
    assert xor.window.message.text() == said
    xor.trigger("run_epochs")
    xor.settle()
    assert xor.run.epoch == 0
    xor.controller.set_speed(float("inf"))
    xor.trigger("run_epochs")
    xor.settle()
    assert xor.run.epoch == 5


def test_layers_grow_and_undo_brings_the_trained_network_back(qtbot, xor):
    xor.train_to(100)
    trained = xor.run.network
    qtbot.mouseClick(button(xor.window, "One unit more in Hidden 1"), Qt.MouseButton.LeftButton)
    xor.settle()
    assert xor.spec.sizes == (2, 4, 1)
    assert xor.run.step == 0
    assert xor.window.toolbar.name.text() == "XOR · 2-4-1"
    xor.trigger("undo")
    xor.settle()
    assert xor.spec.sizes == (2, 3, 1)
    assert xor.run.network is trained
    xor.trigger("redo")
    xor.settle()
    assert xor.spec.sizes == (2, 4, 1)


def test_another_data_set_from_the_gallery(qtbot, xor):
    gallery = xor.window.panel(DataPanel).gallery
    item = next(gallery.item(i) for i in range(gallery.count()) if gallery.item(i).text() == "Circle")
    gallery.scrollToItem(item)
    qtbot.mouseClick(gallery.viewport(), Qt.MouseButton.LeftButton, pos=gallery.visualItemRect(item).center())
    xor.settle()
    assert xor.spec.dataset == "circle"
    assert xor.window.toolbar.name.text() == "Circle · 2-4-2-1"


def test_new_seed_draws_a_new_start_and_leaves_the_data_and_reset_returns(xor):
    data, start = xor.frame.session.data, xor.run.network
    xor.trigger("new_seed")
    xor.settle()
    assert xor.frame.session.data is data
    assert not same_network(start, xor.run.network)
    start = xor.run.network
    xor.train_to(20)
    xor.trigger("reset")
    xor.settle()
    assert xor.run.step == 0
    assert xor.run.network is start


@pytest.mark.parametrize("suffix", [".npz", ".json"])
def test_export_and_open(xor, tmp_path, suffix):
    xor.train_to(300)
    trained, path = xor.run.network, tmp_path / f"weights{suffix}"
    xor.controller.files.export(path)
    xor.settle()
    assert xor.window.message.text().startswith(f"Saved weights{suffix} at step 300;")
    assert "differ by at most 0" in xor.window.message.text()
    assert same_network(load(path).network, trained)
    xor.trigger("new_seed")
    xor.settle()
    assert not same_network(xor.run.network, trained)
    xor.controller.files.open(path)
    xor.settle()
    assert same_network(xor.run.network, trained)
    xor.trigger("undo")
    xor.settle()
    assert not same_network(xor.run.network, trained)


def test_bare_weights_are_opened_with_the_activations_that_are_said_or_asked_for(qtbot, xor, tmp_path, monkeypatch):
    path = tmp_path / "hand.npz"
    weights = {"W1": np.eye(2), "b1": np.zeros(2), "W2": np.ones((2, 1)), "b2": np.zeros(1)}
    np.savez(path, **weights)
    xor.controller.files.open(path, activation="relu", output_activation="identity")
    xor.settle()
    assert xor.spec.activations == ("relu", "identity")
    assert np.array_equal(xor.run.network.weights[0], weights["W1"])
    answers = iter([("tanh", True), ("sigmoid", True)])
    monkeypatch.setattr("playground.files.QInputDialog.getItem", lambda *_: next(answers))
    xor.controller.files.open(path)
    qtbot.waitUntil(lambda: xor.spec.activations == ("tanh", "sigmoid"))
    xor.settle()


def test_a_second_divergence_says_so_again(application):
    plane = application("plane")
    plane.controller.perform(edits.choose("η", eta=80.0))
    plane.settle()
    for _ in range(2):
        plane.window.say("")
        plane.controller.set_speed(math.inf)
        plane.trigger("train")
        plane.settle()
        assert "is not finite" in plane.window.message.text()


def test_a_fault_in_the_program_is_said_and_the_window_lives_on(qtbot, xor, monkeypatch):
    reports = []
    monkeypatch.setattr("sys.excepthook", lambda *report: reports.append(report))
    with monkeypatch.context() as broken:
        broken.setattr("core.training.Trainer.advance", lambda *_: 1 / 0)
        xor.trigger("train")
        qtbot.waitUntil(lambda: "fault in the program" in xor.window.message.text())
    assert len(reports) == 1
    xor.settle()
    xor.trigger("step_batch")
    xor.settle()
    assert xor.run.step == 1


def test_a_broken_file_is_refused_in_one_sentence_and_nothing_is_lost(xor, tmp_path):
    path = tmp_path / "broken.npz"
    path.write_bytes(b"PK\x03\x04 nothing more")
    before = xor.frame.session
    xor.controller.files.open(path)
    xor.settle()
    assert "broken.npz" in xor.window.message.text()
    assert xor.frame.session is before


def test_what_is_not_finite_pauses_and_is_named(application):
    plane = application("plane")
    plane.controller.perform(edits.choose("η", eta=80.0))
    plane.settle()
    plane.train_to(100)
    text = plane.window.message.text()
    assert "is not finite at step" in text
    assert "learning rate" in text
    assert not plane.frame.training
    assert all(np.isfinite(w).all() for w in plane.run.network.weights)


def test_closing_while_training_ends_the_thread(qtbot, application):
    circle = application("circle")
    circle.controller.set_speed(math.inf)
    circle.controller.train()
    qtbot.waitUntil(lambda: circle.run.step > 50)
    circle.window.close()
    assert circle.controller.engine.closed


def test_the_numbers_on_the_screen_are_those_of_the_network(qtbot, application):
    circle = application("circle")
    circle.train_to(3)
    frame = circle.frame
    session = frame.session
    network, data = session.run.network, session.data
    loss = evaluate(network, "none", data.x_train, data.t_train, data)
    assert loss is not None
    assert circle.window.toolbar.loss.text() == fixed(loss.objective, 4)
    assert circle.window.toolbar.accuracy.text() == percent(loss.accuracy)
    row = slice(frame.sample, frame.sample + 1)
    trace = forward(network, data.x[row])
    delta = backward(network, trace, data.t[row]).delta
    for mine, shown in zip(delta, frame.gradient.delta, strict=True):
        assert np.array_equal(mine, shown)
    rows = circle.window.panel(DataPanel).rows
    y, error = (rows.index(frame.sample, rows.columnCount() - back).data() for back in (2, 1))
    assert y == fixed(float(trace.y[0, 0]))
    assert error == fixed(frame.sample_loss)


def test_a_row_chosen_in_the_table_is_shown_everywhere(qtbot, xor):
    table = xor.window.panel(DataPanel).table
    qtbot.mouseClick(
        table.viewport(),
        Qt.MouseButton.LeftButton,
        pos=table.visualRect(xor.window.panel(DataPanel).rows.index(2, 0)).center(),
    )
    xor.settle()
    assert xor.frame.sample == 2
    assert xor.window.panel(OutputPanel).header.value.text().startswith("sample 3:")
    xor.window.docks.by_name["deltas"].raise_()
    assert "sample 3" in xor.window.panel(DeltasPanel).header.value.text()


def test_no_frame_is_pushed_and_none_is_made_while_the_window_is_idle(qtbot, xor):
    xor.settle()
    frame = xor.frame
    qtbot.wait(150)
    assert xor.frame is frame
    assert xor.controller.pump.resting


class Paints(QObject):
    """Counts what any widget of the application paints."""

    def __init__(self):
        super().__init__()
        self.painted = []

    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            self.painted.append(watched)
        return False


def test_an_idle_window_paints_nothing(qtbot, qapp, xor):
    xor.train_to(3)
    xor.settle()
    qtbot.wait(400)  # what glides or hovers comes to rest
    paints = Paints()
    qapp.installEventFilter(paints)
    qtbot.wait(700)
    qapp.removeEventFilter(paints)
    assert paints.painted == []


def test_themes_by_choice(xor):
    xor.trigger("theme_dark")
    assert xor.window.panel(GraphPanel).theme.name == "dark"
    xor.trigger("theme_light")
    assert xor.window.panel(GraphPanel).theme.name == "light"


def test_keys_go_through_the_rows_in_the_order_of_the_table(qtbot, application):
    circle = application("circle")
    table = circle.window.panel(DataPanel).table
    table.sort(1, descending=False)
    order = [table.rows.row_at(place) for place in range(table.rows.rowCount())]
    at = order.index(circle.frame.sample)
    for key, place in (
        (Qt.Key.Key_BracketRight, at + 1),
        (Qt.Key.Key_BracketLeft, at),
        (Qt.Key.Key_BracketLeft, at - 1),
    ):
        qtbot.keyClick(circle.window, key)
        circle.settle()
        assert circle.frame.sample == order[place % len(order)]
        assert table.rows.row_at(table.currentIndex().row()) == circle.frame.sample


def test_an_own_input_is_typed_seen_everywhere_and_left_again(qtbot, xor):
    own = xor.window.panel(DataPanel).own
    for cell, text in zip(own.cells, ("0,5", "0.25", "1"), strict=True):
        qtbot.keyClicks(cell.edit, text)
    qtbot.keyClick(own.cells[0].edit, Qt.Key.Key_Return)
    xor.settle()
    assert xor.frame.own
    assert (xor.frame.x.tolist(), xor.frame.t.tolist()) == ([[0.5, 0.25]], [[1.0]])
    assert xor.window.panel(OutputPanel).header.value.text().startswith("own input")
    qtbot.mouseClick(own.button, Qt.MouseButton.LeftButton)
    xor.settle()
    assert not xor.frame.own


def test_an_own_input_that_is_no_number_is_refused_in_words_and_stays_to_be_mended(qtbot, xor):
    own = xor.window.panel(DataPanel).own
    qtbot.keyClicks(own.cells[0].edit, "half")
    qtbot.keyClick(own.cells[0].edit, Qt.Key.Key_Return)
    xor.settle()
    assert xor.window.message.text() == "Own input x₁ is “half”, which is not a number."
    assert own.cells[0].edit.text() == "half"


# What opens a dialog or fills the screen, and what takes back or brings back.
NOT_PRESSED = {"open", "export", "explain_sample", "explain_batch", "picture", "quit", "run_epochs", "help", "keys"}
NOT_PRESSED |= {
    "about",
    "full_screen",
    "panel_alone",
    "message",
    "type_weights",
    "train",
    "play_phases",
    "undo",
    "redo",
}


def pressed_in(window):
    """The buttons by which a network is changed, and the commands of the menus: name, tip and what presses it."""
    for button in window.panel(GraphPanel).buttons():
        if button.menu() is None:
            yield button.accessibleName(), button.toolTip, button.click
    for name in sorted(window.actions_by_name.keys() - NOT_PRESSED):
        action = window.actions_by_name[name]
        yield name, action.toolTip, action.trigger


def test_whatever_lets_training_begin_anew_says_so_before(xor):
    began = {}
    for name, tip, press in list(pressed_in(xor.window)):
        if xor.run.step < 3:
            xor.train_to(3)
        said = "begins anew" in tip()
        press()
        xor.settle_paused()
        if xor.run.step == 0:
            began[name] = said
    assert all(began.values()), began
    assert {"reset", "new_seed", "example_mazur", "Add a hidden layer before the output"} <= began.keys()
