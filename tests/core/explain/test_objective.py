"""What is minimised, in words and as a formula."""

from dataclasses import replace

import numpy as np
import pytest

from core.explain.notation import NOTATIONS
from core.explain.objective import WORDS, objective
from core.explain.plain_text import plain_text
from core.explain.step import next_step
from core.initializers import INITIALIZERS
from core.losses import LOSSES
from core.network import draw_network
from core.spec import suggested
from core.training import Trainer, begin, draw_start, load_data


def told(loss, batch, notation="code"):
    output = LOSSES[loss].output or "tanh"
    drawn = draw_network((2, 3, 2), ("tanh", output), loss, INITIALIZERS["he"], rng=np.random.default_rng(1))
    return objective(drawn, "none", batch, 8, NOTATIONS[notation])


def test_every_loss_has_its_words():
    assert set(WORDS) == set(LOSSES.names())


@pytest.mark.parametrize(
    ("loss", "formula"),
    [
        ("half-squared-error", "E = Σⱼ 1/2 · (yⱼ − tⱼ)²"),
        ("mean-squared-error", "E = Σⱼ 1/2 · (yⱼ − tⱼ)²"),  # a mean over the two outputs: no half of its own
        ("binary-cross-entropy", "E = Σⱼ (−(tⱼ · ln(yⱼ) + (1 − tⱼ) · ln(1 − yⱼ)))"),
        ("softmax-cross-entropy", "E = Σⱼ (−tⱼ · ln(yⱼ))"),
    ],
)
def test_the_formula_is_that_of_the_loss(loss, formula):
    assert plain_text(told(loss, 4).of_sample) == formula


def test_the_objective_is_a_mean_over_the_batch_in_every_notation():
    shown = [plain_text(told("half-squared-error", 4, notation.name).whole) for notation in NOTATIONS]
    assert shown == ["J = 1/4 · Σₛ Eₛ", "J = 1/4 · Σₛ Lₛ", "J = 1/4 · Σₚ Cₚ", "J = 1/4 · Σₙ Eₙ"]


def test_with_one_sample_the_mean_is_its_loss():
    assert plain_text(told("half-squared-error", 1).whole) == "J = E"


@pytest.mark.parametrize(
    ("batch", "words"), [(1, "takes one sample"), (4, "the mean over the 4 rows of its batch"), (8, "over all 8")]
)
def test_it_says_over_what_the_mean_is_taken(batch, words):
    assert words in told("half-squared-error", batch).sentences[1]


@pytest.mark.parametrize(("batch", "steps"), [(None, 3), (1, 5), (3, 4)])
def test_the_phases_end_in_the_update_that_the_run_makes_bit_for_bit(batch, steps):
    spec = replace(suggested("xor"), batch=batch)
    data, start = load_data(spec), draw_start(spec)
    trainer, other = (Trainer(spec, data, "numpy") for _ in range(2))
    run = other.advance(begin(spec, start), steps)
    step, after = next_step(trainer, run), other.advance(run, 1).network
    assert step.rows == len(other.next_batch(run))
    for ours, theirs in zip((*step.after.weights, *step.after.biases), (*after.weights, *after.biases), strict=True):
        assert ours.tobytes() == theirs.tobytes()
    for k, (w, moved) in enumerate(zip(run.network.weights, after.weights, strict=True)):
        assert np.allclose(w - spec.eta * step.gradient.weights[k], moved, rtol=1e-12, atol=1e-15)
