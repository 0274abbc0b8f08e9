"""A matrix is read however people write it, and what cannot be read is named by its row and column."""

from contextlib import suppress

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from core.errors import InputError
from core.matrix_text import MOST_CHARACTERS, read_matrix, read_number, read_numbers

TWO_BY_THREE = np.array([[0.1, -2.0, 3.5], [1e-7, 0.0, 12.0]])


@pytest.mark.parametrize(
    "text",
    [
        "0.1\t-2\t3.5\n1e-7\t0\t12",
        "0,1\t-2\t3,5\n1e-7\t0\t12\n",
        "0.1, -2, 3.5\n1e-7, 0, 12",
        "0.1,-2,3.5\n1e-7,0,12\n",
        "0,1;-2;3,5\r\n1e-7;0;12",
        "0,1 -2 3,5\n1e-7 0 12",
        "  0.1   −2 3.5\n\n1e-7 0 12  ",
        "[[0.1, -2.0, 3.5], [1e-7, 0.0, 12.0]]",
        "[[ 0.1 -2.   3.5 ]\n [ 1e-7 0.  12. ]]",
        "array_has_names\th1\th2\th3\nx1\t0.1\t-2\t3.5\nx2\t1e-7\t0\t12",
        "\th1\th2\th3\nx1\t0.1\t-2\t3.5\nx2\t1e-7\t0\t12",
        "h1 h2 h3\n0.1 -2 3.5\n1e-7 0 12",
    ],
)
def test_reads_what_spreadsheets_notebooks_and_people_write(text):
    assert np.array_equal(read_matrix(text, 3).numbers, TWO_BY_THREE)


def test_in_doubt_a_comma_is_what_gives_the_expected_width():
    assert np.array_equal(read_matrix("1,2\n3,4", 1).numbers, [[1.2], [3.4]])
    assert np.array_equal(read_matrix("1,2\n3,4", 2).numbers, [[1, 2], [3, 4]])


@given(
    arrays(float, st.tuples(st.integers(1, 5), st.integers(1, 5)), elements=st.floats(-1e6, 1e6)),
    st.sampled_from(["\t", ";", ", ", " "]),
    st.booleans(),
)
def test_every_digit_survives(matrix, separator, comma):
    text = "\n".join(separator.join(map(repr, row)) for row in matrix.tolist())
    if comma and separator != ", ":
        text = text.replace(".", ",")
    assert np.array_equal(read_matrix(text, matrix.shape[1]).numbers, matrix)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("0.1 0.2\n0.3 o.4", "Row 2, column 2 is “o.4”, which is not a number."),
        ("0.1\t0.2\n0.3\t", "Row 2, column 2 is empty and needs a number."),
        ("0.1 0.2\n0.3", "Row 2 has 1 numbers, and row 1 has 2."),
        ("1 2\n3 nan", "Row 2, column 2 is “nan”, and must be a finite number."),
        ("1\t1,234.5", "Row 1, column 2 is “1,234.5”, which is not a number."),
        ("no numbers here", "There are no numbers in that text."),
        ("", "There are no numbers in that text."),
        ("1 " * MOST_CHARACTERS, f"That is too long: at most {MOST_CHARACTERS:,} characters are read."),
    ],
)
def test_what_is_wrong_is_said_in_one_sentence(text, named):
    with pytest.raises(InputError) as refused:
        read_matrix(text, 2)
    assert str(refused.value) == named


@given(st.text(max_size=60), st.integers(1, 4))
def test_any_text_is_a_matrix_or_is_refused_in_words(text, width):
    with suppress(InputError):
        matrix = read_matrix(text, width).numbers
        assert matrix.ndim == 2
        assert np.isfinite(matrix).all()


def test_what_is_left_out_as_names_is_said():
    assert read_matrix("1 2", 2).left_out == ""
    assert read_matrix("h1 h2\n1 2", 2).left_out == "the first row “h1 h2”"
    assert read_matrix("x1 1 2\nx2 3 4", 2).left_out == "the first column “x1 x2”"
    both = read_matrix("W\th1\th2\nx1\t1\t2", 2)
    assert both.left_out == "the first row “W h1 h2” and the first column “x1”"
    assert both.numbers.tolist() == [[1, 2]]


@pytest.mark.parametrize(
    ("text", "width", "cell"),
    [
        ("O.5\n0.1\n0.2\n0.3", 1, "Row 1, column 1 is “O.5”"),
        ("x1\tO.5\nx2\t0.1\nx3\t0.2\nb\t0.3", 1, "Row 1, column 2 is “O.5”"),
        ("O.5 0.1 0.2 0.3", 3, "Row 1, column 1 is “O.5”"),
    ],
)
def test_what_may_be_a_wrong_number_is_not_taken_for_a_name(text, width, cell):
    side = "row" if width == 1 else "column"
    with pytest.raises(InputError) as refused:
        read_matrix(text, width, {(4, 1), (3, 1), (1, 3), (1, 4)})
    assert str(refused.value) == f"{cell}, which is not a number; leave the first {side} out if it holds names."


def test_names_beside_a_shape_that_fits_are_names():
    shapes = {(2, 2), (3, 2)}
    assert read_matrix("h1 h2\n1 2\n3 4\n5 6", 2, shapes).numbers.shape == (3, 2)
    assert read_matrix("\th1\th2\nx1\t1\t2\nx2\t3\t4", 2, shapes).numbers.tolist() == [[1, 2], [3, 4]]


def test_one_number_with_comma_or_point():
    assert read_number(" 0,5 ", "x") == read_number("0.5", "x") == 0.5
    assert read_number("−3", "x") == -3


@pytest.mark.parametrize("text", ["0.2 0.7 -1", "0,2 0,7 -1", "0.2, 0.7, -1", "0,2;0,7;-1", "0.2,0.7,-1"])
def test_several_numbers_on_a_line(text):
    assert np.array_equal(read_numbers(text, 3, "x"), [0.2, 0.7, -1])


def test_too_few_numbers_and_words_are_named():
    with pytest.raises(InputError, match="x needs 3 numbers, not 2"):
        read_numbers("1 2", 3, "x")
    with pytest.raises(InputError, match="x, number 2, is “two”"):
        read_numbers("1 two 3", 3, "x")
    with pytest.raises(InputError, match="t is “yes”, which is not a number"):
        read_numbers("yes", 1, "t")
