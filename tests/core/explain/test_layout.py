"""Where the signs of an equation stand: over, under and beside one another, within the room, and none lost."""

import re
import unicodedata
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.explain import layout
from core.explain.boxes import BigSum, Blank, Fenced, Fold, Fraction, Glyphs, Row, Scripts, Table, row, sign
from core.explain.layout import Bracket, Chip, Layout, Rule, Text, characters, wrapped
from core.work import Done, go_on

SIZE = 20.0
LAYOUT = Layout(lambda text, size: 0.5 * size * len(text))


def texts(laid):
    return [mark for mark in laid.marks if isinstance(mark, Text)]


def test_letters_have_the_style_that_unicode_has_for_them():
    assert characters("hδ∂W", "italic") == "ℎ𝛿𝜕𝑊"
    assert characters("xW1", "bold") == "𝒙𝑾𝟏"
    assert characters("tanh", "upright") == "tanh"
    assert characters("ŷ", "italic") == "𝑦\N{COMBINING CIRCUMFLEX ACCENT}"
    assert characters("+", "sign").strip() == "+"


def test_scripts_stand_over_one_another_at_the_right():
    box = Scripts(Glyphs("δ", "italic"), Glyphs("2", "number"), Fenced(Glyphs("1", "number")))
    base, below, above = texts(LAYOUT.lay(box, SIZE))
    assert below.x == above.x == base.x + base.width
    assert above.y < 0 < below.y
    assert below.size == above.size < base.size


def test_a_fraction_has_its_line_between_top_and_bottom_and_both_centred():
    laid = LAYOUT.lay(Fraction(Glyphs("1", "number"), Glyphs("123", "number")), SIZE)
    top, bottom = texts(laid)
    (line,) = (mark for mark in laid.marks if isinstance(mark, Rule))
    assert top.y < line.y < bottom.y - 0.6 * bottom.size
    assert top.x + top.width / 2 == pytest.approx(bottom.x + bottom.width / 2)
    assert laid.ascent > -top.y
    assert laid.descent > bottom.y


def test_a_sum_has_its_index_below_and_brackets_are_as_high_as_what_they_hold():
    sigma, index = texts(LAYOUT.lay(BigSum(Glyphs("k", "italic")), SIZE))
    assert index.y > sigma.y + 0.3 * SIZE
    laid = LAYOUT.lay(BigSum(Glyphs("k", "italic"), Glyphs("N", "italic")), SIZE)
    sigma, index, end = texts(laid)
    assert end.y < sigma.y - 0.5 * SIZE
    assert laid.ascent > -end.y
    assert end.x + end.width / 2 == pytest.approx(index.x + index.width / 2)
    low = LAYOUT.lay(Fenced(Glyphs("x", "italic")), SIZE)
    assert [mark.text for mark in texts(low)] == ["(𝑥)"]
    high = LAYOUT.lay(Fenced(Fraction(Glyphs("1", "number"), Glyphs("2", "number"))), SIZE)
    brackets = [mark for mark in high.marks if isinstance(mark, Bracket)]
    assert [mark.sign for mark in brackets] == ["(", ")"]
    assert all(mark.height == high.ascent + high.descent for mark in brackets)


def test_a_matrix_has_its_numbers_in_columns():
    grid = Table(tuple(tuple(Glyphs(text, "number") for text in line) for line in (("1", "−22"), ("333", "4"))))
    laid = LAYOUT.lay(grid, SIZE)
    one, other, third, fourth = texts(laid)
    assert one.x + one.width == third.x + third.width
    assert other.x + other.width == fourth.x + fourth.width
    assert one.y == other.y < third.y == fourth.y


def test_what_is_folded_away_is_outlined_and_counted():
    laid = LAYOUT.lay(Fold(7, Glyphs("0.5", "number")), SIZE)
    assert any(isinstance(mark, Chip) for mark in laid.marks)
    assert "".join(mark.text for mark in texts(laid)).replace(" ", "").endswith("7 more".replace(" ", ""))


def test_there_is_room_to_write_an_answer():
    assert LAYOUT.lay(Blank(), SIZE).width > 2 * SIZE


NAMES = st.sampled_from("xyzabhδ").map(lambda letter: Glyphs(letter, "italic"))
NUMBERS = st.integers(0, 10**6).map(lambda number: Glyphs(str(number), "number"))
BOXES = st.recursive(
    NAMES | NUMBERS,
    lambda inner: st.one_of(
        st.lists(inner, min_size=2, max_size=5).map(
            lambda parts: row(*(piece for part in parts for piece in (sign("+"), part)))
        ),
        st.builds(Fenced, inner),
        st.builds(Fraction, inner, inner),
        st.builds(Scripts, inner, inner, st.none() | inner),
        st.builds(BigSum, inner, st.none() | inner),
    ),
    max_leaves=25,
)


def leaves(box):
    """Every sign that is to be seen but brackets, which may be drawn."""
    match box:
        case Glyphs():
            yield box.text
        case Row():
            for part in box.parts:
                yield from leaves(part)
        case _:
            if isinstance(box, BigSum):
                yield "∑"
            for part in vars(box).values():
                if part is not None:
                    yield from leaves(part)


@settings(max_examples=150)
@given(BOXES, st.floats(40.0, 2000.0), st.none() | NUMBERS)
def test_no_sign_is_lost_whatever_the_room_and_everything_lies_in_the_room_that_is_asked_for(box, room, result):
    lines = wrapped(LAYOUT, box, SIZE, room, result)
    marks = [mark for y, line in lines.lines for mark in line.moved(0.0, y)]
    shown = unicodedata.normalize("NFKC", "".join(mark.text for mark in marks if isinstance(mark, Text)))
    said = "".join(leaves(box)) + ("" if result is None else result.text)
    assert Counter(re.sub(r"[() ]", "", shown)) == Counter(said)
    for mark in marks:
        assert mark.x >= -1e-9
        assert mark.x + mark.width <= lines.width + 1e-6
        assert 0 <= mark.y <= lines.height + SIZE
    for (upper, line), (lower, following) in zip(lines.lines, lines.lines[1:], strict=False):
        assert lower - following.ascent >= upper + line.descent


@pytest.mark.parametrize("room", [120.0, 300.0])
def test_what_is_too_long_goes_on_below_before_a_sign_also_within_brackets(room):
    numbers = [part for n in range(12) for part in (sign("+"), Glyphs(f"0.{n}", "number"))][1:]
    box = row(Glyphs("δ", "italic"), sign("="), Fenced(Row(tuple(numbers))))
    lines = wrapped(LAYOUT, box, SIZE, room)
    assert len(lines.lines) > 1
    assert lines.width <= room
    firsts = [next(mark for mark in line.marks if isinstance(mark, Text)) for _, line in lines.lines[1:]]
    assert all(first.text.strip()[0] in "+=" and first.x > 0 for first in firsts)
    assert len(wrapped(LAYOUT, box, SIZE, 5000.0).lines) == 1


def test_a_product_stays_together_where_it_fits_on_a_line():
    factors = [sign("−"), Glyphs("0.25", "number"), sign("·"), Glyphs("0.5", "number")]
    box = row(Glyphs("δ", "italic"), sign("="), *factors[1:], *factors * 3)
    widest = wrapped(LAYOUT, row(*factors * 2), SIZE, 5000.0).width

    def firsts(room):
        lines = wrapped(LAYOUT, box, SIZE, room).lines[1:]
        return {next(mark for mark in line.marks if isinstance(mark, Text)).text.strip()[0] for _, line in lines}

    assert firsts(widest) == {"−"}
    assert "·" in firsts(widest / 4)


@pytest.mark.parametrize("fenced", [False, True])
def test_a_long_line_is_laid_out_with_a_pause_after_each_part(fenced, monkeypatch):
    terms = row(*[part for n in range(1000) for part in (sign("+"), Glyphs(f"0.{n}", "number"))][1:])
    box = row(Glyphs("δ", "italic"), sign("="), Fenced(terms) if fenced else terms)
    whole, lay, laid, joins = wrapped(LAYOUT, box, SIZE, 300.0), Layout.lay, [0], layout.joined

    def counted(self, *arguments):
        laid[-1] += 1
        return lay(self, *arguments)

    def joined(parts):
        assert len(parts) < 100
        return joins(parts)

    monkeypatch.setattr(Layout, "lay", counted)
    monkeypatch.setattr(layout, "joined", joined)
    work, lines = layout.wrapping(LAYOUT, box, SIZE, 300.0), None
    while lines is None:
        lines = (go_on(work, 0.0) or Done(None)).result
        laid.append(0)
    assert lines == whole
    assert max(laid) <= 2
    assert sum(laid) > 1000


def test_of_many_lines_those_in_sight_are_found():
    terms = row(*[part for n in range(100) for part in (sign("+"), Glyphs(f"0.{n}", "number"))][1:])
    lines = wrapped(LAYOUT, terms, SIZE, 200.0)
    for top, bottom in ((-9.0, 30.0), (50.0, 80.0), (100.0, 180.0), (lines.height - 1, lines.height + 9), (-5.0, 1e4)):
        there = [(y, line) for y, line in lines.lines if y + line.descent >= top and y - line.ascent <= bottom]
        assert lines.between(top, bottom) == tuple(there)
        assert there
