"""Numbers as text."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui import numbers


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.5, "0.500"),
        (-0.5, "−0.500"),
        (0.0, "0.000"),
        (-0.0, "0.000"),
        (12.3456, "12.346"),
        (1.2e-7, "1.2·10⁻⁷"),
        (-0.0004, "−4.0·10⁻⁴"),
        (123456.0, "1.2·10⁵"),
        (math.inf, "∞"),
        (-math.inf, "−∞"),
        (math.nan, "NaN"),
    ],
)
def test_fixed(value, text):
    assert numbers.fixed(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (4e306, "4·10³⁰⁶"),
        (-1.25e-7, "−1.25·10⁻⁷"),
        (123456.0, "1.235·10⁵"),
        (0.5, "0.5"),
        (-0.0, "0"),
        (math.inf, "∞"),
        (math.nan, "NaN"),
    ],
)
def test_powers_of_ten_are_written_one_way(value, text):
    assert numbers.plain(value) == text
    if math.isfinite(value):
        assert "e" not in numbers.short(value) + numbers.fixed(value) + numbers.scientific(value)


def test_one_of_a_thing_is_no_plural():
    assert [numbers.counted(n, "row") for n in (0, 1, 2, 1200)] == ["0 rows", "1 row", "2 rows", "1,200 rows"]


def test_the_others():
    assert numbers.scientific(7.8e-9, 0) == "8·10⁻⁹"
    assert numbers.power_of_ten(-12) == "10⁻¹²"
    assert numbers.plain(0.12345678, 7) == "0.1234568"
    assert numbers.plain(-0.123456) == "−0.1235"
    assert [numbers.short(x) for x in (-3.4882, -0.304, 0.0336, 0.0, 1.0)] == ["−3.49", "−0.30", "0.034", "0", "1"]
    assert numbers.percent(0.5) == "50 %"
    assert [numbers.percent(share) for share in (0.0, 0.0002, 0.996, 0.9999, 1.0)] == [
        "0 %",
        "0.1 %",
        "99.6 %",
        "99.9 %",
        "100 %",
    ]
    assert numbers.percent(None) == numbers.percent(math.nan) == "–"
    assert numbers.subscript(12) == "₁₂"


@given(st.floats())
def test_all_digits_are_those_of_one_number_only(value):
    text = numbers.exact(value)
    if not math.isfinite(value):
        assert text == numbers.fixed(value)
        return
    mantissa, _, power = text.replace("−", "-").partition("·10")
    exponent = power.translate(str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789"))
    assert float(f"{mantissa}e{exponent or 0}") == value
    assert text != "−0"
