"""The errors of the texts: each that computing shows is shown, and what is called correct agrees with differences."""

from dataclasses import replace

import numpy as np
import pytest

from core.errata import ERRATA, PRINTED, errata_of, formula_text, printed_in, remarks
from core.errata.remarks import TEXTS, example_step, reasons, verdict
from core.examples import EXAMPLES
from core.explain.notation import NOTATIONS
from core.explain.plain_text import plain_text
from core.explain.step import take_step
from core.explain.terms import Kind
from core.explain.written import general_line
from core.gradient_check import TOLERANCE
from core.mistakes import MISTAKES

SHOWN = [erratum for erratum in ERRATA if erratum.shown is not None]


def lines(name):
    example = EXAMPLES[name]
    told = remarks(name, example.network, NOTATIONS[example.notation])
    return [line if isinstance(line, str) else plain_text(line) for line in told]


@pytest.mark.parametrize("erratum", SHOWN, ids=[erratum.name for erratum in SHOWN])
def test_what_is_printed_is_wrong_and_what_is_correct_is_right(erratum):
    shown = erratum.shown(example_step(erratum.example))
    if shown.numeric is not None:
        assert shown.correct == pytest.approx(shown.numeric, abs=TOLERANCE)
    assert seen_to_differ(shown)


def seen_to_differ(shown):
    """Whether the numbers differ by more than the last digit that is shown of them."""
    return abs(shown.printed - shown.correct) > max(abs(shown.printed), abs(shown.correct)) * 10.0 ** (1 - shown.digits)


@pytest.mark.parametrize("erratum", SHOWN, ids=[erratum.name for erratum in SHOWN])
def test_it_stays_wrong_while_the_network_learns(erratum):
    step = example_step(erratum.example)
    for _ in range(5):
        step = take_step(step.after, step.x, step.t, step.eta, "numpy")
    shown = erratum.shown(step)
    if shown.numeric is not None:
        assert shown.correct == pytest.approx(shown.numeric, abs=TOLERANCE)
    assert seen_to_differ(shown)


def test_only_what_is_no_slope_has_no_central_difference():
    without = [e.name for e in SHOWN if e.shown and e.shown(example_step(e.example)).numeric is None]
    assert without == ["loss-is-less", "wrong-index-of-w", "loss-after-update"]


def test_every_wrong_number_is_shown():
    assert [e.name for e in ERRATA if e.kind == "V"] == [e.name for e in SHOWN if e.kind == "V"]
    assert len([e for e in ERRATA if e.kind == "V"]) == 7


def test_each_belongs_to_the_text_of_an_example():
    assert {erratum.example for erratum in ERRATA} == {"365", "medium", "duke", "mazur"}
    assert sum(len(errata_of(name)) for name in EXAMPLES.names()) == len(ERRATA) == 24


def test_each_stands_in_the_list_of_its_text():
    for erratum in ERRATA:
        assert any(printed.error == erratum.name for printed in printed_in(erratum.example))
    assert {printed.text for printed in PRINTED} == set(EXAMPLES.names()) - {"xor"}


@pytest.mark.parametrize("name", EXAMPLES.names())
def test_the_authors_formulas_stand_beside_ours(name):
    text = "\n".join(lines(name))
    assert all(formula_text(printed.formula) in text for printed in printed_in(name))
    assert all(erratum.reason in text and erratum.correct in text for erratum in errata_of(name))
    assert text.count("In numbers") == sum(erratum.shown is not None for erratum in errata_of(name))


@pytest.mark.parametrize("printed", PRINTED, ids=[f"{p.text}: {p.where} {p.formula or p.error}" for p in PRINTED])
def test_each_is_about_an_equation_of_its_authors_network(printed):
    example = EXAMPLES[printed.text]
    ours = printed.ours(example.network)
    if not printed.kinds:
        assert ours is None
        return
    assert ours.left.kind is printed.kinds[0]
    assert printed.is_about(ours, example.network)


@pytest.mark.parametrize(
    ("text", "kind", "layer", "wheres"),
    [
        ("365", Kind.D_A, 2, ["003, §3", "001, output layer"]),
        ("365", Kind.DELTA, 1, ["001, last formula", "003, last formula"]),
        ("365", Kind.D_A, 0, []),
        ("duke", Kind.DELTA, 3, ["§5.2"]),
        ("duke", Kind.DELTA, 1, ["eq. 38"]),
        ("duke", Kind.D_A, 0, ["Table 1, step 7"]),
        ("medium", Kind.B, 1, ["002, gradient descent"]),
        ("mazur", Kind.D_W, 1, ["the hidden layer"]),
    ],
)
def test_a_quantity_of_a_layer_finds_what_its_author_prints(text, kind, layer, wheres):
    network = EXAMPLES[text].network
    equation = PRINTED[0].ours(EXAMPLES["365"].network)
    assert equation is not None
    asked = replace(equation, left=replace(equation.left, kind=kind, layer=layer))
    assert [printed.where for printed in printed_in(text) if printed.is_about(asked, network)] == wheres


def test_a_right_formula_is_ours_in_other_words():
    printed = next(p for p in printed_in("365") if p.kinds == (Kind.D_W,) and not p.error)
    network = EXAMPLES["365"].network
    ours = printed.ours(network)
    assert ours is not None
    assert (
        plain_text(general_line(ours, network, NOTATIONS["365"])) == formula_text(printed.formula) == "∂L/∂wᵢⱼ = δⱼxᵢ"
    )


@pytest.mark.parametrize("figure", ["duke-figure-1", "duke-figure-2", "duke-figure-3"])
def test_dukes_figures_say_their_slope_computed(figure):
    assert lines(figure)[-1] == f"∂y/∂x = {6 if figure.endswith('1') else 5}"


def test_mazurs_losses_are_computed_to_the_digits_he_prints():
    told = lines("mazur")
    assert told[0] == TEXTS["mazur"]
    assert "E_{total} = 0.298371109" in told
    assert "E_{total} after the update = 0.280471447" in told


def test_mazurs_loss_after_the_update_comes_of_the_mistake_that_he_warns_of():
    said = list(reasons(next(p for p in printed_in("mazur") if p.error == "loss-after-update"), example_step("mazur")))
    assert "as printed 0.291027924, correct 0.291027774" in said[-1]
    assert MISTAKES["updated-first"].erratum == "loss-after-update"


def test_mazurs_new_weights_are_those_that_he_prints():
    first = [[0.149780716, 0.24975114], [0.19956143, 0.29950229]]
    second = [[0.35891648, 0.511301270], [0.408666186, 0.561370121]]
    for weights, his in zip(example_step("mazur").after.weights, (first, second), strict=True):
        assert np.allclose(weights, his, rtol=0, atol=5.1e-9)


def test_words_say_what_is_printed_where_there_is_no_formula():
    printed = next(p for p in printed_in("365") if p.error == "delta-as-difference")
    said = list(reasons(printed, example_step("365")))
    assert said[0].startswith("Printed: errors or deltas")
    assert said[1].startswith("Correct: δⱼ = ")
    assert said[3].startswith("In numbers, δ₁ of the output: as printed 0.4006, correct −0.09619")
    assert verdict(printed.erratum) == "wrong: gives a wrong number"
    assert verdict(None) == "right"
    assert list(reasons(printed_in("mazur")[0], example_step("mazur"))) == []
