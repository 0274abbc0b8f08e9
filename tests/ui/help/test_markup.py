"""Formulas as Qt's rich text, and words that lead to where they are explained."""

import pytest
from PySide6.QtGui import QTextDocument

from ui.help.markup import formula, linked


def plain(html):
    document = QTextDocument()
    document.setHtml(html)
    return document.toPlainText()


@pytest.mark.parametrize(
    ("written", "html"),
    [
        ("e⁻ᶻ", "<i>e</i><sup>−<i>z</i></sup>"),
        ("Σⱼ yⱼ", "Σ<sub><i>j</i></sub> <i>y</i><sub><i>j</i></sub>"),
        ("√(6 / (nᵢₙ + nₒᵤₜ))", "√(6 / (<i>n</i><sub>in</sub> + <i>n</i><sub>out</sub>))"),
        ("e^zⱼ", "<i>e</i><sup><i>z</i>ⱼ</sup>"),
        ("δ_{j}^{(k+1)}", "<i>δ</i><sub><i>j</i></sub><sup>(<i>k</i>+1)</sup>"),
        ("W⁽ᵏ⁾ᵀ", "<i>W</i><sup>(<i>k</i>)⊤</sup>"),
        ("ln(1 + z) if z > 0", "ln(1 + <i>z</i>) if <i>z</i> &gt; 0"),
        ("∂E/∂y", "∂<i>E</i>/∂<i>y</i>"),
    ],
)
def test_scripts_are_real_and_variables_in_italics(written, html):
    assert html in formula(written)


def test_what_is_special_in_html_is_escaped(qapp):
    assert plain(formula("a < b & c")) == "a < b & c"
    assert plain(linked("a < b & c", {"c": "x"})) == "a < b & c"


def test_the_first_of_each_word_leads_somewhere_once():
    html = linked("A batch has a δ; the Batch of batches.", {"batch": "term-batch", "batches": "term-batch", "δ": "d"})
    assert html == 'A <a href="#term-batch">batch</a> has a <a href="#d">δ</a>; the Batch of batches.'


def test_nothing_leads_to_itself_and_parts_of_words_are_no_words():
    assert linked("Batch by batch, batchwise.", {"batch": "b"}, own="b") == "Batch by batch, batchwise."
    assert linked("batchwise", {"batch": "b"}) == "batchwise"


def test_the_longer_word_is_taken():
    targets = {"learning rate": "rate", "rate": "x"}
    assert linked("the learning rate", targets) == 'the <a href="#rate">learning rate</a>'
