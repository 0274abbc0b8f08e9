"""The list of phases: its order, its steps in Duke's table, what becomes known, and that it ends in the update."""

from collections import Counter

import numpy as np
import pytest

from core.arrays import frozen
from core.explain.naming import Naming
from core.explain.notation import NOTATIONS
from core.explain.phase_equations import alike, equation_of, equations_of
from core.explain.phases import Known, Part, known_after, phase_title, phases
from core.explain.put_in import put_in_indices
from core.explain.step import take_step
from core.explain.terms import Kind, Quantity, Role
from core.explain.written import write
from core.initializers import INITIALIZERS
from core.network import draw_network
from core.selection import Edge, Node


def network(*sizes, biased=True):
    rng = np.random.default_rng(3)
    names = ("tanh",) * (len(sizes) - 2) + ("sigmoid",)
    return draw_network(sizes, names, "half-squared-error", INITIALIZERS["uniform"], rng=rng, biased=biased)


def rows(n, sizes):
    rng = np.random.default_rng(4)
    return frozen(rng.normal(0, 1, (n, sizes[0]))), frozen(rng.uniform(0, 1, (n, sizes[-1])))


def test_the_order_is_that_of_one_update():
    names = [phase.name for phase in phases(network(2, 2, 2, 1))]
    assert names == [
        *("choose", "z-1", "a-1", "z-2", "a-2", "z-3", "a-3", "loss-3", "dE/dy-3"),
        *("delta-3", "gradients-3", "back-2", "delta-2", "gradients-2", "back-1", "delta-1", "gradients-1", "dE/dx-0"),
        "update",
    ]


def test_a_batch_takes_the_mean_before_the_update():
    assert [phase.name for phase in phases(network(2, 1), 4)][-2:] == ["mean", "update"]
    assert "mean" not in [phase.name for phase in phases(network(2, 1), 1)]


def test_the_steps_are_those_of_dukes_table():
    made = {(known.kind, known.layer): phase.step for phase in phases(network(2, 2, 2, 1)) for known in phase.makes}
    table = [
        (Kind.D_A, 3),
        (Kind.DELTA, 3),
        (Kind.D_A, 2),
        (Kind.DELTA, 2),
        (Kind.D_A, 1),
        (Kind.DELTA, 1),
        (Kind.D_A, 0),
    ]
    assert [made[entry] for entry in table] == [1, 2, 3, 4, 5, 6, 7]
    # The gradients, which the table leaves out, belong to the δ that they are made of.
    assert [made[Kind.D_W, k] for k in (3, 2, 1)] == [made[Kind.D_B, k] for k in (3, 2, 1)] == [2, 4, 6]
    assert made[Kind.Z, 1] is None


def test_other_depths_keep_to_the_table():
    def steps(*sizes):
        return [phase.step for phase in phases(network(*sizes)) if phase.step and phase.part is not Part.GRADIENTS]

    assert steps(2, 1) == [1, 2, 7]
    assert steps(2, 3, 1) == [1, 2, 3, 4, 7]
    assert steps(2, 2, 2, 2, 2, 1) == [1, 2, 3, 4, 5, 6, 5, 6, 5, 6, 7]


def test_nothing_is_known_twice_and_everything_in_the_end():
    listed = phases(network(2, 3, 2), 4)
    made = [known for phase in listed for known in phase.makes]
    assert len(made) == len(set(made)) == len(known_after(listed, len(listed) - 1))
    assert Known(Kind.DELTA, 2) not in known_after(listed, [p.name for p in listed].index("dE/dy-2"))
    assert Known(Kind.W, 1, new=True) in known_after(listed, len(listed) - 1)


@pytest.mark.parametrize("biased", [True, False])
@pytest.mark.parametrize("n", [1, 3])
def test_each_phase_uses_only_what_is_known(n, biased):
    """No equation of a phase asks for a quantity that an earlier phase, or the phase itself, has not made."""
    drawn = network(3, 2, 3, 2, biased=biased)
    listed = phases(drawn, n)
    for at, phase in enumerate(listed):
        known = {(each.kind, each.layer) for each in known_after(listed, at)} | {(Kind.ETA, 0)}
        for equation in equations_of(phase, drawn, n):
            here = put_in_indices(equation.to_work_out, equation.place, drawn.activations)
            assert {(q.kind, q.layer) for q in quantities(here)} <= known, (phase.name, equation.name)


def quantities(term):
    if isinstance(term, Quantity):
        return [term]
    parts = [getattr(term, name) for name in getattr(term, "__dataclass_fields__", ())]
    flat = [each for part in parts for each in (part if isinstance(part, tuple) else (part,))]
    return [found for each in flat for found in quantities(each)]


@pytest.mark.parametrize("biased", [True, False])
@pytest.mark.parametrize("n", [1, 3])
def test_every_phase_can_be_written(n, biased):
    drawn = network(3, 2, 2, biased=biased)
    step = take_step(drawn, *rows(n, drawn.sizes), 0.5)
    for phase in phases(drawn, n):
        written = [write(equation, step, 0, NOTATIONS["365"]) for equation in equations_of(phase, drawn, n)]
        assert all(each.digits.agrees for each in written)
        if phase.part is Part.UPDATE:
            assert len(written) == 6 + 4 + (4 if biased else 0)


def test_the_gradients_of_the_rows_add_up_to_the_mean():
    drawn = network(3, 2, 2)
    step = take_step(drawn, *rows(5, drawn.sizes), 0.5)
    for k in (1, 2):
        of_rows = [step.weight_gradients(row)[k - 1] for row in range(5)]
        assert np.allclose(np.mean(of_rows, axis=0), step.gradient.weights[k - 1], rtol=1e-13, atol=1e-16)
    mean = step.value(Quantity(Kind.MEAN_W, 1, (0, 1)))
    assert mean == pytest.approx(np.mean([step.value(Quantity(Kind.D_W, 1, (0, 1), sample=s)) for s in range(5)]))


def test_the_losses_of_the_outputs_add_up_to_the_loss():
    for loss, output in (
        ("half-squared-error", "tanh"),
        ("mean-squared-error", "identity"),
        ("binary-cross-entropy", "sigmoid"),
        ("softmax-cross-entropy", "softmax"),
    ):
        drawn = draw_network((2, 3), (output,), loss, INITIALIZERS["he"], rng=np.random.default_rng(5))
        step = take_step(drawn, frozen([[0.5, -1.0], [2.0, 1.0]]), frozen([[0.2, 0.3, 0.5], [1.0, 0.0, 0.0]]), 0.1)
        assert step.unit_losses.sum(axis=1) == pytest.approx(step.losses, rel=1e-12)


def test_a_phase_says_what_it_computes_where():
    drawn = network(2, 3, 1)
    by_name = {phase.name: phase for phase in phases(drawn)}
    delta = equation_of(by_name["delta-1"], drawn, 1, Node(1, 2))
    assert delta is not None
    assert (delta.name, delta.place) == ("δ", {Role.UNIT: 2})
    assert equation_of(by_name["delta-1"], drawn, 1, Node(2, 0)) is None
    assert equation_of(by_name["delta-1"], drawn, 1, Edge(1, 0, 0)) is None
    assert (by_name["back-1"].nodes, by_name["back-1"].edges) == ((1, 2), (2,))
    assert (by_name["update"].nodes, by_name["update"].edges) == ((1, 2), (1, 2))


def test_titles_are_in_the_notation():
    drawn = network(2, 3, 1)
    by_name = {phase.name: phase for phase in phases(drawn)}
    titles = [
        phase_title(by_name["gradients-2"], Naming(notation, drawn.sizes, drawn.activations)) for notation in NOTATIONS
    ]
    assert titles == [
        "Gradients · output · ∂E/∂W⁽²⁾, ∂E/∂b⁽²⁾",
        "Gradients · output · ∂L/∂u, ∂L/∂b⁽²⁾",
        "Gradients · output · ∂C/∂W³, ∂C/∂b³",
        "Gradients · output · ∂Eₙ/∂W⁽²⁾, ∂Eₙ/∂b⁽²⁾",
    ]


@pytest.mark.parametrize("frozen", [(), ("W1",), ("W1[0,2]", "W2[1,0]", "b1[1]"), ("W1[0,0]", "b2")])
@pytest.mark.parametrize("most", [1, 2, 5])
def test_those_that_are_alike_are_counted_without_making_them_all(frozen, most):
    drawn = network(3, 4, 2)

    def kind(equation):
        return equation.name, equation.left.kind, equation.left.layer

    for phase in phases(drawn, 5):
        every = Counter(map(kind, equations_of(phase, drawn, 5, frozen)))
        made = list(equations_of(phase, drawn, 5, frozen, most=most))
        assert Counter(map(kind, made)) == {each: min(most, count) for each, count in every.items()}
        assert {kind(equation): alike(equation, phase, drawn, frozen) for equation in made} == every
