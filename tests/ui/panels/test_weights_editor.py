"""Homework: whole matrices are typed and pasted; training starts from exactly these numbers."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from core import edits
from ui.panels.weights_editor import WeightsEditor
from ui.theme import DARK, LIGHT

W1 = "0,1\t0,2\t0,3\n-0,4\t0,5\t-0,6"


@pytest.fixture
def editor(qtbot, xor):
    widget = WeightsEditor(xor.frame())
    qtbot.addWidget(widget)
    widget.dress(LIGHT)
    widget.edited.connect(xor.perform)
    widget.show()
    return widget


def paste(editor, text):
    QGuiApplication.clipboard().setText(text)
    editor.paste()
    return editor.said.text()


def type_in(editor, row, column, text):
    editor.model.setData(editor.model.index(row, column), text)


def test_shows_every_number_of_every_layer_in_full(editor, xor):
    network = xor.session.run.network
    for at, (weights, biases) in enumerate(zip(network.weights, network.biases, strict=True)):
        editor.layers.setCurrentIndex(at)
        model = editor.table.model()
        shown = [
            [float(model.index(row, column).data(Qt.ItemDataRole.EditRole)) for column in range(model.columnCount())]
            for row in range(model.rowCount())
        ]
        assert np.array_equal(shown, np.vstack([weights, biases]))


def test_training_starts_from_what_was_typed_and_reset_returns_there(qtbot, editor, xor):
    others = xor.session.run.network.weights[1]
    type_in(editor, 0, 2, "0,125")
    type_in(editor, 2, 0, "-3")
    editor.applying.click()
    network = xor.session.run.network
    assert (network.weights[0][0, 2], network.biases[0][0]) == (0.125, -3.0)
    assert np.array_equal(network.weights[1], others)
    assert xor.session.run.step == 0
    xor.train(10)
    xor.apply(edits.reset())
    assert xor.session.run.network.weights[0][0, 2] == 0.125


def test_all_layers_are_one_edit_and_one_undo(editor, xor):
    before = xor.session
    type_in(editor, 0, 0, "1")
    editor.layers.setCurrentIndex(1)
    type_in(editor, 0, 0, "2")
    editor.apply()
    assert xor.session.run.network.weights[0][0, 0] == 1
    assert xor.session.run.network.weights[1][0, 0] == 2
    xor.undo()
    assert xor.session is before


@pytest.mark.parametrize("rows", [2, 3], ids=["weights", "weights and biases"])
def test_pastes_a_matrix_with_the_biases_or_without(editor, xor, rows):
    text = W1 + "\n7\t8\t9" * (rows == 3)
    biases = xor.session.run.network.biases[0]
    assert "Pasted the weights" in paste(editor, text)
    editor.apply()
    assert np.array_equal(xor.session.run.network.weights[0], [[0.1, 0.2, 0.3], [-0.4, 0.5, -0.6]])
    assert np.array_equal(xor.session.run.network.biases[0], [7, 8, 9] if rows == 3 else biases)


def test_pastes_transposed_when_asked_and_hints_at_it_when_not(editor, xor):
    text = "0.1 -0.4\n0.2 0.5\n0.3 -0.6"
    said = paste(editor, text)
    assert said.startswith("The pasted matrix is 3 × 2, but layer 1 takes 2 × 3 (inputs × units), or 3 × 3")
    assert "A row for each unit" in said
    editor.transposed.setChecked(True)
    paste(editor, text)
    editor.apply()
    assert np.array_equal(xor.session.run.network.weights[0], [[0.1, 0.2, 0.3], [-0.4, 0.5, -0.6]])


def test_what_was_copied_can_be_pasted_again(editor, xor):
    editor.copy()
    before = editor.model.values.copy()
    type_in(editor, 0, 0, "99")
    paste(editor, QGuiApplication.clipboard().text())
    assert np.array_equal(editor.model.values, before)


def test_a_word_is_kept_named_and_nothing_is_applied(editor, xor):
    before = xor.session
    editor.layers.setCurrentIndex(1)
    type_in(editor, 1, 0, "a half")
    editor.layers.setCurrentIndex(0)
    editor.apply()
    assert editor.said.text() == "Weight from h₂ to y is “a half”, which is not a number."
    assert editor.layers.currentIndex() == 1
    assert (editor.table.currentIndex().row(), editor.table.currentIndex().column()) == (1, 0)
    assert editor.model.index(1, 0).data() == "⚠ a half"
    assert xor.session is before
    type_in(editor, 1, 0, "0.5")
    editor.apply()
    assert xor.session.run.network.weights[1][1, 0] == 0.5


def test_wrong_pastes_are_named_and_change_nothing(editor):
    before = editor.model.values.copy()
    assert paste(editor, "1 2 3\n4 five 6") == "Row 2, column 2 is “five”, which is not a number."
    assert "is 1 × 2, but layer 1 takes 2 × 3" in paste(editor, "1 2")
    assert paste(editor, "") == "There are no numbers in that text."
    assert np.array_equal(editor.model.values, before)


def test_a_wrong_number_is_no_name_and_names_that_are_left_out_are_said(editor):
    assert paste(editor, "h1\th2\th3\n" + W1 + "\n7\t8\t9") == (
        "Pasted the weights and biases of layer 1; left out the first row “h1 h2 h3” as names. "
        "Apply lets training start from them."
    )
    assert paste(editor, "h1 h2 h3" + "\n1 2 3" * 4).endswith("last row; left out the first row “h1 h2 h3” as names.")
    editor.layers.setCurrentIndex(1)
    before = editor.model.values.copy()
    for transposed, text in ((False, "O.5\n0.1\n0.2\n0.3"), (True, "O.5 0.1 0.2 0.3")):
        editor.transposed.setChecked(transposed)
        assert paste(editor, text).startswith("Row 1, column 1 is “O.5”, which is not a number; leave the first ")
    assert np.array_equal(editor.model.values, before)


def test_what_is_typed_is_called_so_until_training_starts_from_it(editor, xor):
    assert editor.said.text().startswith("Numbers of step 50.")
    type_in(editor, 0, 0, "42")
    assert editor.said.text().startswith("Typed here.")
    editor.apply()
    assert editor.said.text() == "Training is to start from these numbers."
    assert editor.model.touched
    xor.train(3)
    editor.show_frame(xor.frame())
    assert editor.said.text().startswith("Training starts from these numbers, and Reset returns to them.")
    assert not any(model.touched for model in editor.models)
    editor.layers.setCurrentIndex(1)
    editor.layers.setCurrentIndex(0)
    assert editor.said.text().startswith("Numbers of step 0.")
    assert editor.model.values[0, 0] == 42


def test_another_network_is_not_taken_for_what_was_applied(editor, xor):
    before = xor.frame()
    type_in(editor, 0, 0, "42")
    editor.apply()
    editor.show_frame(before)
    assert "Reset returns" not in editor.said.text()
    assert editor.model.touched


def test_only_another_zoom_changes_the_size_of_the_window(editor):
    editor.resize(720, 500)
    editor.dress(DARK)
    assert (editor.width(), editor.height()) == (720, 500)
    editor.dress(replace(DARK, zoom=1.5))
    assert (editor.width(), editor.height()) == (900, 600)


def test_without_biases_their_row_cannot_be_typed_in(editor, xor):
    xor.apply(edits.choose("no biases", biased=False))
    editor.show_frame(xor.frame())
    last = editor.model.index(editor.model.rowCount() - 1, 0)
    assert not editor.model.flags(last) & Qt.ItemFlag.ItemIsEditable
    assert "is 3 × 3, but layer 1 takes 2 × 3 (inputs × units)." in paste(editor, W1 + "\n7\t8\t9")


def test_training_leaves_what_is_typed_alone_and_another_network_is_said(editor, xor):
    type_in(editor, 0, 0, "42")
    xor.train(10)
    editor.show_frame(xor.frame())
    assert editor.model.values[0, 0] == 42
    xor.apply(edits.resize_layer(1, 5))
    editor.show_frame(xor.frame())
    assert editor.model.values.shape == (3, 5)
    assert editor.said.text().startswith("The network has changed")


def test_the_present_numbers_are_taken_again_when_asked(editor, xor):
    type_in(editor, 0, 0, "42")
    xor.train(10)
    editor.show_frame(xor.frame())
    editor.take()
    assert np.array_equal(editor.model.weights, xor.session.run.network.weights[0])
    assert "step 60" in editor.said.text()
