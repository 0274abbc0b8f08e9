"""The errors of the texts: each that computing shows is shown, and what is called correct agrees with differences."""

import pytest

from core.errata import ERRATA, errata_of, printed_in, remarks
from core.examples import EXAMPLES
from core.explain.notation import NOTATIONS
from core.explain.plain_text import plain_text
from core.gradient_check import TOLERANCE

SHOWN = [erratum for erratum in ERRATA if erratum.shown is not None]


@pytest.mark.parametrize("erratum", SHOWN, ids=[erratum.name for erratum in SHOWN])
def test_what_is_printed_is_wrong_and_what_is_correct_is_right(erratum):
    shown = erratum.shown()
    if shown.numeric is not None:
        assert shown.correct == pytest.approx(shown.numeric, abs=TOLERANCE)
    assert abs(shown.printed - shown.correct) > 1e-3


def test_only_what_is_no_slope_has_no_central_difference():
    assert [e.name for e in SHOWN if e.shown and e.shown().numeric is None] == ["loss-is-less", "wrong-index-of-w"]


def test_every_wrong_number_is_shown():
    assert [e.name for e in ERRATA if e.kind == "V"] == [e.name for e in SHOWN if e.kind == "V"]
    assert len([e for e in ERRATA if e.kind == "V"]) == 6


def test_each_belongs_to_the_text_of_an_example():
    assert {erratum.example for erratum in ERRATA} == {"365", "medium", "duke"}
    assert sum(len(errata_of(name)) for name in EXAMPLES.names()) == len(ERRATA) == 22
    assert errata_of("mazur") == ()


@pytest.mark.parametrize("name", EXAMPLES.names())
def test_the_authors_formulas_stand_beside_ours(name):
    example = EXAMPLES[name]
    lines = [
        line if isinstance(line, str) else plain_text(line)
        for line in remarks(name, example.network, NOTATIONS[example.notation])
    ]
    text = "\n".join(lines)
    assert all(printed.formula in text for printed in printed_in(name))
    assert all(erratum.reason in text and erratum.correct in text for erratum in errata_of(name))
    assert text.count("In numbers") == sum(erratum.shown is not None for erratum in errata_of(name))
    assert len(set(lines)) == len(lines) or name == "medium"  # two of its formulas are about one weight


def test_a_right_formula_is_ours_in_other_words():
    line = "∂L/∂wᵢⱼ = δⱼxᵢ"
    told = [
        each if isinstance(each, str) else plain_text(each)
        for each in remarks("365", EXAMPLES["365"].network, NOTATIONS["365"])
    ]
    assert told[told.index("003, §5 prints: ∂L/∂wᵢⱼ = δⱼ xᵢ") + 1] == line
