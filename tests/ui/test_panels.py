"""What every panel must bear: no frame, tiny, large and broken networks, both themes, and being dropped."""

import gc
import weakref

import pytest
from PySide6.QtGui import QImage

from ui.panels import PANELS
from ui.theme import DARK, LIGHT


@pytest.fixture(params=PANELS, ids=lambda entry: entry.name)
def panel(request, qtbot):
    widget = request.param.make()
    qtbot.addWidget(widget)
    widget.resize(400, 300)
    return widget


def different_colours(image):
    small = image.scaled(80, 60).convertToFormat(QImage.Format.Format_RGB32)
    return len({small.pixel(x, y) for x in range(80) for y in range(60)})


def test_shows_nothing_before_its_first_frame(panel):
    panel.show()
    panel.show_theme(LIGHT)
    assert panel.frame is None
    assert not panel.grab().isNull()


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_draws_any_network(panel, any_frame, theme):
    panel.show_theme(theme)
    panel.show()
    panel.show_frame(any_frame)
    assert different_colours(panel.grab().toImage()) > 3


def test_has_a_name_for_screen_readers(panel):
    assert panel.accessibleName()


def test_goes_from_one_network_to_any_other(panel, xor, any_frame):
    panel.show()
    panel.show_theme(LIGHT)
    for frame in (xor.frame(), any_frame, xor.frame()):
        panel.show_frame(frame)
        panel.grab()
    assert panel.frame.session.spec.dataset == "xor"


def test_computes_nothing_while_hidden(panel, xor, monkeypatch):
    drawn = []
    monkeypatch.setattr(panel, "draw", drawn.append)
    first, second = xor.frame(), xor.frame()
    panel.show_frame(first)
    panel.show_frame(second)
    assert drawn == []
    panel.show()
    assert drawn == [second]


def test_is_collected_when_dropped(qapp, xor, request):
    for entry in PANELS:
        widget = entry.make()
        widget.show()
        widget.show_theme(LIGHT)
        widget.show_frame(xor.frame())
        widget.grab()
        gone = weakref.ref(widget)
        widget.close()
        widget.deleteLater()
        del widget
        qapp.sendPostedEvents(None, 52)
        qapp.processEvents()
        gc.collect()
        assert gone() is None, entry.name
