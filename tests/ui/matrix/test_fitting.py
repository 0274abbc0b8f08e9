"""Numbers in narrow cells: fewer digits, never other ones."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QFontMetricsF

from ui.matrix.fitting import fitting
from ui.numbers import MINUS, SUPERSCRIPTS
from ui.theme import load_fonts, text_font

BACK = {raised: chr(plain) for plain, raised in SUPERSCRIPTS.items()}


def read(text):
    mantissa, _, power = text.replace(MINUS, "-").partition("·10")
    return float(mantissa) * 10.0 ** int(power.translate(BACK) or 0)


@given(st.floats(-1e9, 1e9), st.sampled_from([46.0, 60.0, 200.0]))
def test_what_is_written_is_the_number_rounded(value, room):
    text = fitting(value, room)
    if text:
        assert read(text) == pytest.approx(value, rel=0.51 if "·" in text else 0.06, abs=6e-4)


@pytest.mark.parametrize(
    ("value", "room", "text"),
    [
        (-0.41274, 46, "−0.413"),
        (123.456, 46, "123.46"),
        (-123.456, 46, "−123.5"),
        (4.94e-4, 60, "4.9·10⁻⁴"),
        (-4.94e-4, 46, "−5·10⁻⁴"),
        (0.0, 46, "0.000"),
        (float("nan"), 46, "NaN"),
        (1.0, 10, ""),
    ],
)
def test_as_many_digits_as_there_is_room_for(value, room, text):
    assert fitting(value, room) == text


@given(st.floats(-1e9, 1e9), st.sampled_from([46.0, 50.0, 54.0, 60.0]))
def test_it_does_fit_in_the_font_of_the_cells(qapp_with_fonts, value, room):
    assert QFontMetricsF(text_font(12)).horizontalAdvance(fitting(value, room)) <= room


@pytest.fixture(scope="module")
def qapp_with_fonts(qapp):
    load_fonts()
    return qapp
