"""The part of a plot that is shown lies in the whole, whatever was zoomed and moved."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.plot_zoom import Part, Zoom

numbers = st.floats(-1e6, 1e6)
ends = st.tuples(numbers, st.floats(1e-3, 1e6)).map(lambda pair: (pair[0], pair[0] + pair[1]))
parts = st.builds(Part, ends, ends)


def inside(part, whole):
    return all(
        first - slack <= low < high <= last + slack
        for (low, high), (first, last) in ((part.x, whole.x), (part.y, whole.y))
        for slack in [1e-9 * (abs(first) + abs(last))]
    )


@given(parts, parts, st.lists(st.tuples(st.floats(0.01, 100), numbers, numbers), max_size=5))
def test_never_leaves_the_whole(first, second, gestures):
    zoom = Zoom()
    zoom.take(first)
    for factor, x, y in gestures:
        zoom.show(zoom.shown.zoomed(factor, (x, y)))
        zoom.show(zoom.shown.moved(x, y))
        assert inside(zoom.shown, first)
        assert zoom.magnified >= 1 - 1e-9
    zoom.take(second)
    assert inside(zoom.shown, second)
    zoom.show(None)
    assert zoom.shown == second
    assert not zoom.zoomed


def test_what_is_under_the_mouse_stays_there():
    part = Part((0.0, 10.0), (0.0, 1.0)).zoomed(0.5, (2.0, 0.5))
    assert part.x == pytest.approx((1.0, 6.0))
    assert part.y == pytest.approx((0.25, 0.75))


def test_the_chosen_part_stays_while_the_whole_grows():
    zoom = Zoom()
    zoom.take(Part((0.0, 10.0), (0.0, 1.0)))
    zoom.show(Part((2.0, 4.0), (0.2, 0.4)))
    zoom.take(Part((0.0, 20.0), (0.0, 1.0)))
    assert zoom.shown == Part((2.0, 4.0), (0.2, 0.4))
    assert zoom.magnified == pytest.approx(10)
