"""Rows as points: what they look like says what they are."""

import numpy as np
import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QPainter, QPixmap

from core.datasets import ENCODINGS, Data
from ui.output.points import MOST_POINTS, TIMES, WHOLE, Stamp, class_looks, paint_stamp, points, shown_rows, size_for
from ui.theme import DARK, LIGHT


def test_the_shape_says_train_or_test_and_the_colour_the_class(workbench):
    data = workbench("blobs-4").session.data
    rows = shown_rows(data, test=True)
    drawn = points(data, rows, data.x[rows], LIGHT)
    looks = class_looks(data, LIGHT)
    classes = ENCODINGS[data.encoding].read(data.t)
    for row, kind in zip(drawn.rows, drawn.kinds, strict=True):
        stamp = drawn.stamps[kind]
        assert stamp.diamond == (row >= data.train)
        assert (stamp.colour, stamp.mark) == looks[classes[row]]


def test_hidden_test_rows_are_not_there(workbench):
    data = workbench("circle").session.data
    assert shown_rows(data, test=False).tolist() == list(range(data.train))
    assert len(shown_rows(data, test=True)) == len(data.x)


def test_of_very_many_rows_some_from_all_over_are_drawn():
    x = np.arange(100_000.0)[:, None]
    rows = shown_rows(Data(x, x, 50_000, None), test=True)
    assert len(rows) == MOST_POINTS
    assert (rows[0], rows[-1]) == (0, 99_999)
    assert size_for(len(rows)) < size_for(4)


def test_values_have_shades_and_negative_ones_a_hole():
    t = np.array([[-1.0], [-0.5], [0.0], [1.0]])
    drawn = points(Data(np.zeros((4, 2)), t, 4, None), np.arange(4), np.zeros((4, 2)), LIGHT)
    stamps = [drawn.stamps[kind] for kind in drawn.kinds]
    assert len({stamp.colour for stamp in stamps}) == 4
    assert [stamp.mark == WHOLE for stamp in stamps] == [False, False, True, True]


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_the_marks_tell_the_classes_apart_without_any_colour(qapp, theme):
    looks = {bytes(painted(Stamp("#000000", mark), theme).toImage().constBits()) for mark in range(TIMES + 1)}
    assert len(looks) == TIMES + 1


def test_a_diamond_is_no_disc(qapp):
    disc, diamond = (painted(Stamp("#000000", diamond=diamond), LIGHT).toImage() for diamond in (False, True))
    assert disc != diamond


def painted(stamp, theme):
    pixmap = QPixmap(9, 9)
    pixmap.fill(QColor(theme.panel))
    with QPainter(pixmap) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_stamp(painter, stamp, QPointF(4.5, 4.5), 7.0, theme.panel)
    return pixmap
