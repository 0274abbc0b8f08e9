"""The examples: their numbers, golden ones where an author prints them, and central differences for all."""

import numpy as np
import pytest

from core.edits import open_example
from core.examples import EXAMPLES, offered, with_frozen_biases
from core.explain.notation import NOTATIONS
from core.explain.step import take_step
from core.gradient_check import check_gradient
from core.network import forward, sample_losses
from core.session import default_session
from core.workbench import Workbench


def loss(network, example):
    return sample_losses(network, forward(network, example.x), example.t)


def test_they_are_the_ones_of_the_command_line():
    assert EXAMPLES.names() == (
        *("365", "medium", "duke", "duke-figure-1", "duke-figure-2", "duke-figure-3", "xor", "mazur"),
    )


@pytest.mark.parametrize("example", EXAMPLES, ids=EXAMPLES.names())
def test_each_gradient_agrees_with_central_differences(example):
    check = check_gradient(example.network, example.x, example.t)
    assert check.passed
    assert example.notation in NOTATIONS
    assert 0 <= example.sample < len(example.x) == len(example.t)


@pytest.mark.parametrize(
    ("name", "sizes", "biased"),
    [
        ("365", (2, 3, 2), True),
        ("medium", (4, 2, 2, 1), True),
        ("duke", (2, 2, 2, 1), False),
        ("duke-figure-1", (1, 1, 1), False),
        ("duke-figure-2", (1, 2, 1), False),
        ("duke-figure-3", (1, 3, 1), False),
        ("xor", (2, 2, 1), True),
        ("mazur", (2, 2, 2), True),
    ],
)
def test_the_networks_are_those_of_the_texts(name, sizes, biased):
    network = EXAMPLES[name].network
    assert (network.sizes, network.biased, network.loss) == (sizes, biased, "half-squared-error")


def test_mazur_when_the_biases_learn_too():
    example = EXAMPLES["mazur"]
    assert loss(example.network, example)[0] == pytest.approx(0.298371109, abs=5e-10)
    after = take_step(example.network, example.x, example.t, example.eta).after
    assert loss(after, example)[0] == pytest.approx(0.280471447, abs=5e-10)


def test_mazur_with_the_biases_frozen():
    example = with_frozen_biases(EXAMPLES["mazur"])
    after = take_step(example.network, example.x, example.t, example.eta).after
    assert loss(after, example)[0] == pytest.approx(0.291027774, abs=5e-10)
    assert np.array_equal(after.biases[0], [0.35, 0.35])
    # The weights that he prints: w₁ … w₄, then w₅ … w₈.
    assert after.weights[0].T.ravel() == pytest.approx([0.149780716, 0.19956143, 0.24975114, 0.29950229], abs=5e-9)
    assert after.weights[1].T.ravel() == pytest.approx([0.35891648, 0.408666186, 0.511301270, 0.561370121], abs=5e-9)


@pytest.mark.parametrize(("name", "slope"), [("duke-figure-1", 6), ("duke-figure-2", 5), ("duke-figure-3", 5)])
def test_dukes_figures_have_the_slopes_of_the_tutorial(name, slope):
    example = EXAMPLES[name]
    (y,), (again,) = (forward(example.network, example.x + move).y[:, 0] for move in (0.0, 1.0))
    assert again - y == slope


def test_one_is_opened_as_an_edit_with_its_numbers_and_undone():
    bench = Workbench(default_session())
    before = bench.session
    for example in offered():
        bench.apply(open_example(example))
        session = bench.session
        assert session.run.network is session.start is example.network
        assert np.array_equal(session.data.x, example.x)
        assert np.array_equal(session.data.t, example.t)
        assert (session.spec.eta, session.spec.batch, session.spec.seed) == (example.eta, None, before.spec.seed)
        assert bench.history.undo_label == f"example {example.label}"
    for _ in offered():
        bench.undo()
    assert bench.session is before


@pytest.mark.parametrize(("number", "after"), [(-2, 0.280471447), (-1, 0.291027774)])
def test_mazurs_losses_come_out_of_a_session_too(number, after):
    bench = Workbench(default_session())
    bench.apply(open_example(offered()[number]))
    assert bench.frame().train.objective == pytest.approx(0.298371109, abs=5e-10)
    bench.step_batch()
    assert bench.frame().train.objective == pytest.approx(after, abs=5e-10)
    assert bench.frame().sample_loss == pytest.approx(after, abs=5e-10)


def test_the_frozen_one_has_a_name_of_its_own():
    assert [example.name for example in offered()] == [*EXAMPLES.names(), "mazur-frozen"]
    assert with_frozen_biases(EXAMPLES["mazur"]).spec.dataset == "mazur"
    assert not offered()[-1].spec.biased
