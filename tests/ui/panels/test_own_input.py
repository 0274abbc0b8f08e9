"""Own inputs are typed with comma or point; what cannot be read is said, and nothing typed is lost."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QPushButton, QWidget

from core.errors import InputError
from core.selection import OwnInput, SampleChoice
from ui.panels.own_input import OwnInputLine
from ui.theme import LIGHT


@pytest.fixture
def around(qtbot):
    widget = QWidget()
    qtbot.addWidget(widget)
    return widget


@pytest.fixture
def line(around):
    widget = OwnInputLine(QPushButton(around), around)
    widget.dress(LIGHT)
    widget.resize(226, 30)
    around.show()
    return widget


@pytest.fixture
def ask(qtbot, line):
    """Type texts into the cells, press Enter, and let the workbench answer; what it refuses is handed back."""

    def typed(bench, *texts):
        line.show_frame(bench.frame())
        said = []
        line.edited.connect(said.append)
        for cell, text in zip(line.cells, texts, strict=False):
            cell.edit.selectAll()
            qtbot.keyClick(cell.edit, Qt.Key.Key_Delete)
            qtbot.keyClicks(cell.edit, text)
        qtbot.keyClick(line.cells[0].edit, Qt.Key.Key_Return)
        line.edited.disconnect(said.append)
        assert len(said) == 1
        try:
            bench.perform(said[0])
        except InputError as error:
            return str(error)
        line.show_frame(bench.frame())
        return said[0]

    return typed


def test_a_cell_for_each_of_few_inputs_and_one_for_the_targets(line, workbench):
    for dataset, names in (
        ("xor", ["Own input x₁", "Own input x₂", "Own target t"]),
        ("sine", ["Own input x₁", "Own target t"]),
        ("parity-8", ["Own input x", "Own target t"]),
        ("blobs-4", ["Own input x₁", "Own input x₂", "Own target t"]),
    ):
        line.show_frame(workbench(dataset).frame())
        assert [cell.edit.accessibleName() for cell in line.cells] == names


def test_asks_with_comma_or_point_and_without_targets_there_is_none(ask, xor):
    gesture = ask(xor, "0,25", "-1.5")
    assert isinstance(gesture, OwnInput)
    assert gesture.t is None
    frame = xor.frame()
    assert frame.own
    assert frame.x.tolist() == [[0.25, -1.5]]
    assert not frame.has_target


def test_a_target_may_be_given(ask, xor):
    ask(xor, "0.5", "0.5", "1")
    assert xor.frame().t.tolist() == [[1.0]]


def test_what_is_left_blank_stays_as_the_chosen_sample_has_it(ask, xor):
    xor.choose_sample(1)
    ask(xor, "0.3")
    assert xor.frame().x.tolist() == [[0.3, 1.0]]


def test_many_inputs_on_one_line_and_many_targets_in_one_cell(ask, workbench):
    parity = workbench("parity-8")
    ask(parity, "0,5 1 0 1 0 1 0 0,1")
    assert parity.frame().x.tolist() == [[0.5, 1, 0, 1, 0, 1, 0, 0.1]]
    blobs = workbench("blobs-4")
    ask(blobs, "1", "2", "0 1 0 0")
    assert blobs.frame().t.tolist() == [[0, 1, 0, 0]]


@pytest.mark.parametrize(
    ("texts", "sentence"),
    [
        (("half", "1"), "Own input x₁ is “half”, which is not a number."),
        (("1", "inf"), "Own input x₂ is “inf”, and must be a finite number."),
        (("1", "1", "yes"), "Own target t is “yes”, which is not a number."),
    ],
)
def test_what_cannot_be_read_is_said_and_stays_to_be_mended(ask, line, xor, texts, sentence):
    before = xor.session.run
    assert ask(xor, *texts) == sentence
    line.show_frame(xor.frame())
    assert [cell.edit.text() for cell in line.cells][: len(texts)] == list(texts)
    assert xor.session.run is before
    assert not xor.frame().own


def borders(edit):
    """How many pixels of the field's frame have the colour of what is refused."""
    image = edit.grab().toImage()
    colour = QColor(LIGHT.negative)
    return sum(image.pixelColor(x, 1) == colour for x in range(image.width()))


def test_a_refused_cell_is_marked_until_it_is_mended(qtbot, ask, line, xor):
    line.show_frame(xor.frame())
    qtbot.waitUntil(line.cells[1].edit.isVisible)
    sentence = ask(xor, "1", "half", "yes")
    first, wrong, target = (cell.edit for cell in line.cells)
    assert line.focusWidget() is wrong
    assert line.refusal.text() == sentence
    assert line.refusal.isVisible()
    for edit, refused in ((first, False), (wrong, True), (target, True)):
        assert ("not a number" in edit.accessibleDescription()) == refused
        assert ("not a number" in edit.toolTip()) == refused
        assert "Enter asks" in edit.toolTip()
        assert (borders(edit) > 5) == refused
    wrong.selectAll()
    qtbot.keyClicks(wrong, "2")
    assert "not a number" not in wrong.accessibleDescription()
    assert borders(wrong) == 0
    assert line.refusal.text() == "Own target t is “yes”, which is not a number."
    line.edited.connect(xor.perform)
    qtbot.keyClick(target, Qt.Key.Key_Escape)
    assert not line.refusal.isVisible()
    assert borders(target) == 0


def test_another_data_set_has_nothing_refused(ask, line, xor, workbench):
    ask(xor, "half")
    line.show_frame(workbench("parity-8").frame())
    assert not line.refusal.isVisible()


def test_shows_an_own_input_in_all_its_digits_wherever_it_came_from(line, xor):
    x = np.array([1 / 3, -2 / 7])
    xor.perform(OwnInput(x, np.array([0.1])))
    line.show_frame(xor.frame())
    assert [cell.edit.text() for cell in line.cells] == [repr(1 / 3), repr(-2 / 7), "0.1"]


@pytest.mark.parametrize("way", ["button", "escape"])
def test_there_is_a_way_back_to_the_rows(qtbot, ask, line, xor, way):
    xor.choose_sample(2)
    ask(xor, "0.5", "0.5")
    line.edited.connect(xor.perform)
    assert line.button.text() == "Rows"
    if way == "button":
        qtbot.mouseClick(line.button, Qt.MouseButton.LeftButton)
    else:
        qtbot.keyClick(line.cells[0].edit, Qt.Key.Key_Escape)
    frame = xor.frame()
    line.show_frame(frame)
    assert (frame.own, frame.sample) == (False, 2)
    assert all(cell.edit.text() == "" for cell in line.cells)
    assert line.button.text() == "Ask"


def test_what_is_being_typed_survives_training_and_other_rows(qtbot, line, xor):
    line.show_frame(xor.frame())
    qtbot.keyClicks(line.cells[1].edit, "0.7")
    xor.train(5)
    line.show_frame(xor.frame())
    xor.perform(SampleChoice(3))
    line.show_frame(xor.frame())
    assert line.cells[1].edit.text() == "0.7"
    assert line.cells[0].edit.placeholderText() == "1"
