"""Where cells lie: in the room while that goes, with numbers while these fit, and each found where it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRectF

from ui.matrix.arrangement import Cell, arrange

SHAPES = st.lists(st.tuples(st.integers(1, 20), st.integers(1, 20)), min_size=1, max_size=6)


def every_cell(arrangement):
    for number, block in enumerate(arrangement.blocks):
        for row in range(block.rows):
            for column in range(block.columns):
                yield Cell(number, row, column)


@given(SHAPES, st.floats(150, 2000), st.floats(60, 1200))
def test_every_cell_is_found_where_it_lies_and_none_covers_another(shapes, width, height):
    arrangement = arrange(shapes, [30.0] * len(shapes), width, height)
    for cell in every_cell(arrangement):
        assert arrangement.at(arrangement.rect(cell).center()) == cell
    areas = [arrangement.area(block).adjusted(-block.names, 0, 0, 0) for block in arrangement.blocks]
    assert not any(a.intersects(b) for a in areas for b in areas if a is not b)
    assert all(QRectF(0, 0, arrangement.width, arrangement.height).contains(area) for area in areas)


@given(SHAPES, st.floats(150, 2000), st.floats(60, 1200))
def test_what_is_in_sight_is_all_that_is_seen(shapes, width, height):
    arrangement = arrange(shapes, [30.0] * len(shapes), width, height)
    sight = QRectF(40, 25, 160, 90)
    for number, block in enumerate(arrangement.blocks):
        rows, columns = arrangement.within(block, sight)
        inside = {(row, column) for row in rows for column in columns}
        for cell in every_cell(arrangement):
            if cell.block == number and sight.adjusted(1, 1, -1, -1).intersects(arrangement.rect(cell)):
                assert (cell.row, cell.column) in inside


def test_a_small_network_has_numbers_in_one_line_and_a_large_one_is_colour_alone_and_fits():
    small = arrange([(3, 3), (4, 1)], [24, 24], 304, 150)
    assert (small.numbered, small.lines, small.magnified) == (True, 1, 1.0)
    large = arrange([(17, 16)] * 4, [40] * 4, 660, 400)
    assert not large.numbered
    assert large.width <= 660
    assert large.height <= 400


def test_numbers_are_worth_a_little_scrolling():
    arrangement = arrange([(3, 4), (5, 4)], [24, 24], 304, 130)
    assert arrangement.numbered
    assert 130 < arrangement.height <= 260


def test_a_whole_screen_shows_everything_larger():
    arrangement = arrange([(3, 3), (4, 1)], [24, 24], 1800, 1000)
    assert arrangement.magnified > 1
    assert arrangement.width * arrangement.magnified <= 1800


@pytest.mark.parametrize("size", [100, 5000])
def test_what_can_never_fit_is_as_small_as_can_be_pointed_at(size):
    arrangement = arrange([(size, size)], [40], 300, 100)
    assert arrangement.cell_width >= 6
    assert arrangement.width > 300
