"""The marks of an axis: inside the range, never more than fit, and written so that each says its value."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.ticks import linear_ticks, log_ticks, logarithms

SUPER = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")


def value_of(text):
    """What a label says."""
    text = text.replace("−", "-").replace(",", "")
    if "·10" in text:
        mantissa, exponent = text.split("·10")
        return float(mantissa) * 10.0 ** int(exponent.translate(SUPER))
    if text.startswith("10") and len(text) > 2 and text[2] in "⁻⁰¹²³⁴⁵⁶⁷⁸⁹":
        return 10.0 ** int(text[2:].translate(SUPER))
    return float(text)


@given(st.floats(-1e6, 1e6), st.floats(1e-6, 1e12), st.integers(2, 20))
def test_linear_marks_are_few_round_and_say_what_they_are(low, width, most):
    width = max(width, abs(low) * 1e-3)
    high = low + width
    values, texts = linear_ticks(low, high, most)
    assert len(values) <= most
    assert len(set(texts)) == len(texts)
    for value, text in zip(values, texts, strict=True):
        assert low - 1e-6 * width <= value <= high + 1e-6 * width
        assert value_of(text) == pytest.approx(value, rel=1e-9, abs=1e-9 * width)
        assert "-" not in text
        assert "e" not in text


@given(st.integers(-300, 300), st.floats(0.05, 500), st.integers(2, 20))
def test_logarithmic_marks_are_few_and_say_what_they_are(low, decades, most):
    decades = min(decades, 305.0 - low)
    values, texts = log_ticks(low, low + decades, most)
    assert len(values) <= max(most, 1)
    assert len(set(texts)) == len(texts)
    for value, text in zip(values, texts, strict=True):
        assert low - 1e-6 <= value <= low + decades + 1e-6
        assert math.log10(value_of(text)) == pytest.approx(value, abs=1e-9)


def test_marks_look_as_in_a_book():
    assert linear_ticks(-1, 1, 3)[1] == ["−1", "0", "1"]
    assert linear_ticks(0, 300_000, 4)[1] == ["0", "100,000", "200,000", "300,000"]
    assert linear_ticks(0, 3e-6, 4)[1] == ["0", "1·10⁻⁶", "2·10⁻⁶", "3·10⁻⁶"]
    assert log_ticks(-3, 0, 5)[1] == ["0.001", "0.01", "0.1", "1"]
    assert log_ticks(-2, -1, 9)[1] == ["0.01", "0.02", "0.05", "0.1"]
    assert log_ticks(-12, 0, 3)[1] == ["10⁻¹⁰", "10⁻⁵", "1"]


def test_zero_lies_at_the_lower_end_and_gaps_stay_gaps():
    found = logarithms(np.array([0.0, 1e-9, 1e-2, 100.0, np.nan]), 1e-3)
    np.testing.assert_allclose(found, [-3, -3, -2, 2, np.nan])
