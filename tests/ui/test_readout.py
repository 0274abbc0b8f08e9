"""The legend that reads a plot out: columns that do not move, and room for what is long."""

import pytest

from ui.readout import LINE, Entry, Readout
from ui.theme import LIGHT


@pytest.fixture
def readout(qtbot):
    readout = Readout("Numbers")
    qtbot.addWidget(readout)
    readout.dress(LIGHT)
    readout.resize(320, 100)
    return readout


def test_says_every_name_with_its_number(readout):
    readout.show_entries([Entry("epoch", "300"), Entry("train", "0.3348", LIGHT.text)])
    assert readout.text() == "epoch 300, train 0.3348"
    assert readout.accessibleName() == "Numbers"


def test_is_as_high_as_its_lines_in_that_width(readout):
    readout.show_entries([Entry("epoch", "1"), Entry("step", "2"), Entry("train", "3"), Entry("test", "4")])
    assert [round((readout.heightForWidth(width) - 2) / LINE) for width in (100, 300, 600)] == [4, 2, 1]


def test_a_long_number_takes_two_columns(readout):
    one = [Entry("steps", "1"), Entry("least", "0.1")]
    readout.show_entries(one)
    assert readout.heightForWidth(300) == round(LINE + 2)
    readout.show_entries([Entry("steps", "10,001,153–10,001,408"), *one[1:]])
    assert readout.heightForWidth(300) == round(2 * LINE + 2)


def test_paints_what_it_is_told(readout):
    readout.show_entries([Entry("epoch", "1")])
    before = readout.grab().toImage()
    readout.show_entries([Entry("epoch", "2")])
    assert readout.grab().toImage() != before
