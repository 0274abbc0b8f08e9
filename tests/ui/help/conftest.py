"""As much of the main window as a book knows."""

import pytest
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget


class Parent(QWidget):
    themed = Signal(object)


@pytest.fixture
def parent(qtbot):
    widget = Parent()
    qtbot.addWidget(widget)
    yield widget
    widget.close()
