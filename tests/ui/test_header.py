"""A header keeps its tools readable: with large text they stand in a line of their own where there is room."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from ui.header import Header
from ui.segments import Segments
from ui.theme import LIGHT

VIEWS = [("Picture", "As colours."), ("History", "As lines."), ("Table", "As numbers.")]


@pytest.fixture
def window(qtbot):
    widget = QWidget()
    qtbot.addWidget(widget)
    QVBoxLayout(widget).setContentsMargins(0, 0, 0, 0)
    widget.resize(600, 600)
    widget.show()
    yield widget
    widget.close()


@pytest.mark.parametrize(("width", "height", "below"), [(600, 600, False), (260, 600, True), (240, 400, False)])
def test_tools_go_below_where_they_would_be_cut_and_come_back(qtbot, window, width, height, below):
    header, switch = Header("Activations"), Segments("View", VIEWS)
    header.add_tool(switch)
    header.offer(dockable=True)
    window.layout().addWidget(header)
    window.layout().addStretch()
    header.dress(replace(LIGHT, zoom=1.0))
    window.resize(width, height)
    one_line = header.sizeHint().height()
    qtbot.wait(20)
    assert (switch.mapTo(window, switch.rect().topLeft()).y() > header.value.geometry().bottom()) == below
    assert (header.height() > 1.5 * one_line) == below
    if below:
        assert switch.width() >= switch.sizeHint().width()
    window.resize(600, 600)
    qtbot.wait(20)
    assert header.height() == one_line


@pytest.mark.parametrize("width", [180, 210, 260])
def test_the_name_is_whole_whatever_becomes_of_the_tools(qtbot, window, width):
    header, switch = Header("Activations"), Segments("View", VIEWS)
    header.add_tool(switch)
    header.offer(dockable=True)
    window.layout().addWidget(header)
    window.layout().addStretch()
    window.resize(width, 400)
    qtbot.wait(20)
    (name,) = header.findChildren(QLabel)
    assert name.width() >= name.sizeHint().width()
    assert switch.mapTo(header, switch.rect().topRight()).x() < width
