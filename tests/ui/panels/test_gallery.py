"""The gallery shows every data set at once; looking around loads nothing, Enter and a click do."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from core.datasets import DATASETS
from ui.panels.gallery import Gallery
from ui.panels.thumbnail import thumbnail
from ui.theme import DARK, LIGHT


@pytest.fixture
def gallery(qtbot):
    widget = Gallery()
    qtbot.addWidget(widget)
    widget.dress(LIGHT)
    widget.resize(226, widget.height())
    widget.show_dataset("xor")
    widget.show()
    return widget


@pytest.fixture
def loads(gallery):
    names = []
    gallery.loaded.connect(names.append)
    return names


@pytest.fixture
def looks(gallery):
    names = []
    gallery.pointed.connect(names.append)
    return names


def test_all_sets_are_in_sight_whatever_the_width(qapp, gallery):
    for width in (120, 226, 300, 700, 1400):
        gallery.resize(width, gallery.height())
        qapp.processEvents()
        room = gallery.viewport().rect()
        assert all(room.contains(gallery.visualItemRect(gallery.item(row))) for row in range(gallery.count())), width


def test_arrows_look_and_enter_loads(qtbot, gallery, loads, looks):
    qtbot.keyClick(gallery, Qt.Key.Key_Right)
    qtbot.keyClick(gallery, Qt.Key.Key_Right)
    assert loads == []
    assert looks[-1] == gallery.currentItem().data(Qt.ItemDataRole.UserRole) == "or"
    qtbot.keyClick(gallery, Qt.Key.Key_Return)
    assert loads == ["or"]


def test_a_click_loads_once_and_the_loaded_set_not_again(qtbot, gallery, loads):
    for name in ("Spiral", "XOR"):
        item = next(gallery.item(row) for row in range(gallery.count()) if gallery.item(row).text() == name)
        at = gallery.visualItemRect(item).center()
        qtbot.mouseClick(gallery.viewport(), Qt.MouseButton.LeftButton, pos=at)
        qtbot.mouseDClick(gallery.viewport(), Qt.MouseButton.RightButton, pos=at)
        qtbot.mouseRelease(gallery.viewport(), Qt.MouseButton.RightButton, pos=at)
    assert loads == ["spiral"]


def test_every_set_says_before_what_loading_brings_along_and_that_nothing_is_lost(gallery):
    for row in range(gallery.count()):
        for role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleDescriptionRole):
            said = gallery.item(row).data(role)
            assert "its own network (" in said
            assert "undo" in said


def test_pictures_are_drawn_one_by_one_after_the_gallery_is_shown(qtbot, gallery):
    qtbot.waitUntil(lambda: gallery.drawn == gallery.count())
    gallery.dress(DARK)
    assert gallery.drawn == 0
    qtbot.waitUntil(lambda: gallery.drawn == gallery.count())


def test_a_hidden_gallery_draws_nothing(qtbot):
    gallery = Gallery()
    qtbot.addWidget(gallery)
    gallery.dress(LIGHT)
    qtbot.wait(20)
    assert gallery.drawn == 0


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_every_picture_differs_from_all_others_and_is_kept(qapp, theme):
    pictures = {}
    for dataset in DATASETS:
        picture = thumbnail(dataset, theme)
        assert picture is thumbnail(dataset, theme)
        pictures[bytes(picture.convertToFormat(QImage.Format.Format_RGB32).constBits())] = dataset.name
    assert len(pictures) == len(DATASETS)
