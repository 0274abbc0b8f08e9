"""Formulas as authors print them: read into boxes that come out as text and LaTeX."""

import pytest

from core.errata import PRINTED
from core.errata.formula import formula_text, read_formula
from core.explain.latex import latex


@pytest.mark.parametrize(
    ("formula", "text", "in_latex"),
    [
        ("y_j − t_j", "yⱼ − tⱼ", r"{y}_{j} - {t}_{j}"),
        ("<∂L|∂u_{ij}> = δ_j h_i", "∂L/∂uᵢⱼ = δⱼhᵢ", r"\frac{\partial L}{\partial {u}_{ij}} = {\delta }_{j}{h}_{i}"),
        ("δ^{(k+1)}", "δ⁽ᵏ⁺¹⁾", r"{\delta }^{\left(k+1\right)}"),
        ("Σ_j w_j", "Σⱼ wⱼ", r"\sum_{j} {w}_{j}"),
        ("Σ_{j=1}^3 w_j", "Σⱼ₌₁³ wⱼ", r"\sum_{j=1}^{3} {w}_{j}"),
        ('"net" = *W* · 0.25', "net = W · 0.25", r"\mathrm{net} = \boldsymbol{W} \cdot 0.25"),
        ("−(t − y)", "−(t − y)", r"-\left(t - y\right)"),
    ],
)
def test_a_formula_is_read(formula, text, in_latex):
    assert formula_text(formula) == text
    assert latex(read_formula(formula)) == in_latex


@pytest.mark.parametrize("formula", ["(y", "y)", "<a>", "a_{j", "<a|b}"])
def test_brackets_that_do_not_match_are_refused(formula):
    with pytest.raises(ValueError, match="expected"):
        read_formula(formula)


def test_every_formula_of_the_texts_can_be_read():
    assert all(formula_text(printed.formula) for printed in PRINTED if printed.formula)
    assert all(formula_text(each.formula) for printed in PRINTED for each in printed.numbers)
