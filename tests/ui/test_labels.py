"""Live text: what does not fit is narrowed, then cut; then its tip says it."""

import pytest
from PySide6.QtCore import QEvent, QPoint
from PySide6.QtGui import QFontMetricsF, QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip

from ui.labels import LiveText
from ui.theme import LIGHT, text_font

TEXT = "sample 1: 2.1·10¹⁵³, t = −0.003"


@pytest.fixture
def label(qtbot):
    label = LiveText("Output")
    label.setToolTip("What the network answers.")
    qtbot.addWidget(label)
    label.dress(LIGHT)
    label.say(TEXT)
    label.show()
    return label


@pytest.fixture
def tips(monkeypatch):
    shown = []
    monkeypatch.setattr(QToolTip, "showText", lambda *said: shown.append(said[1]))
    return shown


def point_at(label):
    QApplication.sendEvent(label, QHelpEvent(QEvent.Type.ToolTip, QPoint(5, 5), QPoint(5, 5)))


@pytest.mark.parametrize(("share", "fits"), [(1.0, True), (0.93, True), (0.8, False)])
def test_fits_where_it_need_be_narrowed_by_little(label, share, fits):
    label.resize(round(share * QFontMetricsF(text_font()).horizontalAdvance(TEXT)), 20)
    assert label.fits == fits
    assert not label.grab().isNull()


def test_the_tip_of_a_cut_text_begins_with_all_of_it(label, tips):
    label.resize(60, 20)
    point_at(label)
    assert tips == [f"{TEXT}\nWhat the network answers."]


def test_the_tip_of_a_text_that_fits_is_its_own(label, tips):
    label.resize(400, 20)
    point_at(label)
    assert tips == []
