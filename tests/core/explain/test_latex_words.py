"""Words with symbols among them, as LaTeX."""

import pytest

from core.errata import ERRATA
from core.explain.latex_words import latex_words


@pytest.mark.parametrize(
    ("words", "latex"),
    [
        ("plain words", "plain words"),
        ("50 % of a & b_1", r"50 \% of a \& b\_1"),
        ('it "is less"', "it ``is less''"),
        ("δⱼ⁽ᵏ⁺¹⁾ here", r"$\delta _{j}^{(k+1)}$ here"),
        ("x₁₂ − ½", r"x$_{12}$ $-$ $\frac{1}{2}$"),
        ("∂L/∂w", r"$\partial$L/$\partial$w"),
        ("10⁻⁷", "10$^{-7}$"),
    ],
)
def test_symbols_stand_between_dollar_signs(words, latex):
    assert latex_words(words) == latex


@pytest.mark.parametrize("erratum", ERRATA, ids=ERRATA.names())
def test_what_is_told_of_the_texts_needs_no_special_font(erratum):
    for text in (erratum.printed, erratum.correct, erratum.reason, erratum.where):
        latex = latex_words(text)
        assert latex.isascii(), latex
        assert latex.count("$") % 2 == 0
        assert "$$" not in latex
