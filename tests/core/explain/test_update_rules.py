"""The update's equations say what the kernel does, for every optimiser and penalty: those there are, and others.

The others are registered here only: a new entry needs nothing but its terms in core/explain/update_rules.py.
What is shown is read back by rules of this file's own.
"""

import math
import re
from dataclasses import replace

import numpy as np
import pytest

from core.explain import update_rules
from core.explain.equations import mean_weight_gradient
from core.explain.latex import latex
from core.explain.notation import NOTATIONS
from core.explain.of_frame import batch_work, sample_work
from core.explain.phase_equations import equations_of
from core.explain.phases import Part, phases
from core.explain.plain_text import plain_text
from core.explain.put_in import put_in_indices
from core.explain.report_kinds import REPORT_KINDS
from core.explain.shown import shown
from core.explain.step import next_step
from core.explain.terms import Apply, Kind, Negative, Number, Over, Power, Quantity, plus, squared, times
from core.explain.update_rules import OPTIMIZER_TERMS, PENALTY_TERMS, OptimizerTerms
from core.explain.written import write
from core.kernels.layout import Layout
from core.mistakes import MISTAKES
from core.optimizers import OPTIMIZERS, Optimizer
from core.penalties import PENALTIES, Penalty
from core.selection import Edge, MadeWish
from core.session import start_session
from core.spec import suggested
from core.training import Trainer
from core.work import finished
from core.workbench import Workbench

LAMBDA, KEPT, OLD, FAST, SLOW, TINY = 0.05, 0.9, 0.8, 0.75, 0.99, 1e-8


def exact(value):
    return Number(value, exact=True)


def root(term):
    return Apply("sqrt", (term,), math.sqrt)


def blended(share, old, new):
    return plus(times(exact(share), old), times(exact(1 - share), new))


def unbiased(term, share, number):
    return Over(term, plus(exact(1.0), Negative(Power(exact(share), number))))


def momentum(gradient, state, eta, step):
    state[0] = KEPT * state[0] + gradient
    np.multiply(state[0], eta, out=gradient)


def nesterov(gradient, state, eta, step):
    state[0] = KEPT * state[0] + gradient
    gradient[:] = eta * (gradient + KEPT * state[0])


def rmsprop(gradient, state, eta, step):
    state[0] = OLD * state[0] + (1 - OLD) * gradient**2
    gradient[:] = eta * gradient / (np.sqrt(state[0]) + TINY)


def adam(gradient, state, eta, step):
    state[0] = FAST * state[0] + (1 - FAST) * gradient
    state[1] = SLOW * state[1] + (1 - SLOW) * gradient**2
    mean, square = state[0] / (1 - FAST**step), state[1] / (1 - SLOW**step)
    gradient[:] = eta * mean / (np.sqrt(square) + TINY)


def velocity(g, old, number):
    return (plus(times(exact(KEPT), old[0]), g),)


OTHERS = {
    "momentum": (
        momentum,
        OptimizerTerms("Polyak 1964", lambda g, new, eta, number: times(eta, new[0]), ("v",), velocity),
    ),
    "nesterov": (
        nesterov,
        OptimizerTerms(
            "Sutskever et al. 2013",
            lambda g, new, eta, number: times(eta, plus(g, times(exact(KEPT), new[0]))),
            ("v",),
            velocity,
        ),
    ),
    "rmsprop": (
        rmsprop,
        OptimizerTerms(
            "Tieleman and Hinton 2012",
            lambda g, new, eta, number: times(eta, Over(g, plus(root(new[0]), exact(TINY)))),
            ("r",),
            lambda g, old, number: (blended(OLD, old[0], squared(g)),),
        ),
    ),
    "adam": (
        adam,
        OptimizerTerms(
            "Kingma and Ba 2015",
            lambda g, new, eta, number: times(
                eta,
                Over(
                    unbiased(new[0], FAST, number),
                    plus(root(unbiased(new[1], SLOW, number)), exact(TINY)),
                ),
            ),
            ("m", "v"),
            lambda g, old, number: (blended(FAST, old[0], g), blended(SLOW, old[1], squared(g))),
        ),
    ),
}


def shrinking(weights, gradient):
    gradient += LAMBDA * weights


def sparing(weights, gradient):
    gradient += LAMBDA * np.sign(weights)


PENALIZING = {
    "l2": (
        lambda weights: sum(0.5 * LAMBDA * float(np.sum(w**2)) for w in weights),
        shrinking,
        lambda w: times(exact(LAMBDA), w),
    ),
    "l1": (
        lambda weights: sum(LAMBDA * float(np.sum(np.abs(w))) for w in weights),
        sparing,
        lambda w: times(exact(LAMBDA), Apply("sign", (w,), lambda value: float(np.sign(value)))),
    ),
}


@pytest.fixture(autouse=True)
def _more_entries(monkeypatch):
    """The registries with the other entries, as long as a test lasts."""
    optimizers, penalties = dict(OPTIMIZERS._entries), dict(PENALTIES._entries)
    for name, (update, terms) in OTHERS.items():
        optimizers[name] = Optimizer(name, name, name, name, len(terms.letters), update, ())
        monkeypatch.setitem(OPTIMIZER_TERMS, name, terms)
    for name, (value, add_slope, slope) in PENALIZING.items():
        penalties[name] = Penalty(name, name, name, name, value, add_slope)
        monkeypatch.setitem(PENALTY_TERMS, name, slope)
    monkeypatch.setattr(OPTIMIZERS, "_entries", optimizers)
    monkeypatch.setattr(PENALTIES, "_entries", penalties)


EVERY = [
    (optimizer, penalty, batch)
    for optimizer in (*OPTIMIZERS.names(), *OTHERS)
    for penalty in (*PENALTIES.names(), *PENALIZING)
    for batch in (1, 3)
]
of_every_rule = pytest.mark.parametrize(
    ("optimizer", "penalty", "batch"), EVERY, ids=["-".join(map(str, each)) for each in EVERY]
)
FUNCTIONS = {"sqrt": math.sqrt, "sign": lambda value: (value > 0) - (value < 0)}
HIGH = {ord(high): low for high, low in zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-", strict=True)}


def trained(optimizer, penalty, batch, steps=2):
    """A run of XOR some updates on, in which one weight and one bias are frozen."""
    spec = replace(
        suggested("xor"), optimizer=optimizer, penalty=penalty, batch=batch, kernel="numpy", frozen=("W1[1,0]", "b2")
    )
    session = start_session(spec)
    trainer = Trainer(spec, session.data, "numpy")
    return trainer, trainer.advance(session.run, steps)


def updates(step):
    phase = next(phase for phase in phases(step.network, step.rows) if phase.part is Part.UPDATE)
    return list(equations_of(phase, step.network, step.rows, step.frozen, step.rule))


def computed(text):
    """What a calculator makes of the text of a right side."""
    text = text.replace("−", "-").replace("·", "*")
    text = re.sub(r"[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+", lambda match: f"**({match[0].translate(HIGH)})", text)
    assert re.fullmatch(r"(sqrt|sign|[-+*/()., \d])*", text), text
    return float(eval(text, {"__builtins__": {}}, FUNCTIONS))


def shows(written, value):
    """Whether `value`, rounded like the result, is the result."""
    result = computed(plain_text(written.result))
    step = 10.0 ** (math.floor(math.log10(abs(result))) + 1 - written.digits.of_result) if result else 1e-15
    return abs(value - result) <= 0.5 * step * (1 + 1e-9)


def made(run, equation, letters):
    """What the kernel has made of what the equation is about."""
    left, layout = equation.left, Layout(run.network.sizes)
    at = tuple(equation.place[role] for role in left.indices)
    of_biases = left.kind in (Kind.B, Kind.STATE_B)
    if left.letter:
        return layout.views(run.state[letters.index(left.letter)])[of_biases][left.layer - 1][at]
    return (run.network.biases if of_biases else run.network.weights)[left.layer - 1][at]


def test_every_entry_has_its_terms():
    assert set(OPTIMIZER_TERMS) == set(OPTIMIZERS.names())
    assert set(PENALTY_TERMS) == set(PENALTIES.names())
    assert all(len(update_rules.Rule(each.name).terms.letters) == each.slots for each in OPTIMIZERS)
    assert all((PENALTY_TERMS[each.name] is None) == (each.add_slope is None) for each in PENALTIES)


@of_every_rule
def test_the_shown_numbers_give_the_parameter_that_the_kernel_made(optimizer, penalty, batch):
    trainer, run = trained(optimizer, penalty, batch)
    step, after = next_step(trainer, run), trainer.advance(run, 1)
    found = updates(step)
    letters = step.rule.terms.letters
    for equation in found:
        true = made(after, equation, letters)
        for notation in NOTATIONS:
            written = write(equation, step, 0, notation)
            assert written.digits.agrees, written.as_text()
            assert shows(written, computed(plain_text(written.numbers))), written.as_text()
            assert latex(written.here).isascii()
            # What is remembered is found again by the array form, which may add in another order than the kernel's.
            same = pytest.approx(true, rel=1e-12, abs=1e-15) if equation.left.letter else true
            assert written.digits.result == same
    # Of the 9 weights and 4 biases of 2-3-1 one weight and the last bias are frozen: their memory is no matter.
    assert len(found) == 13 + len(letters) * 11


@of_every_rule
def test_every_symbol_of_an_update_stands_for_its_number(optimizer, penalty, batch):
    trainer, run = trained(optimizer, penalty, batch)
    step = next_step(trainer, run)
    names = named(step)
    for equation in updates(step):
        text = plain_text(write(equation, step, 0, NOTATIONS["code"]).here)
        pattern = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
        text = re.sub(pattern, lambda match: f"({names[match[0]]!r})", text)
        text = re.sub(r"\)\s*\(", ")*(", text).replace("^(", "**(").replace("−", "-").replace("·", "*")
        text = re.sub(r"[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+", lambda match: f"**({match[0].translate(HIGH)})", text)
        got = float(eval(text, {"__builtins__": {}}, FUNCTIONS))
        left = put_in_indices(equation.left, equation.place, step.network.activations)
        assert isinstance(left, Quantity)
        assert got == pytest.approx(step.value(replace(left, new=True)), rel=1e-9, abs=1e-12), text


def low(*indices):
    return "".join("₁₂₃₄₅₆₇₈₉"[index] for index in indices)


def named(step):
    """The value of each symbol of an update, for its first row."""
    names = {"η": step.eta, "τ": float(step.rule.number)}
    state = Layout(step.network.sizes)
    for k in range(1, len(step.network.sizes)):
        up = f"⁽{'⁰¹²³⁴'[k]}⁾"
        remembered = {letter: state.views(step.rule.state[slot]) for slot, letter in enumerate(step.rule.terms.letters)}
        for j in range(step.network.sizes[k]):
            bias = f"b{low(j)}{up}"
            names[bias] = float(step.network.biases[k - 1][j])
            names[f"∂E/∂{bias}"] = float(step.gradient.delta[k - 1][0, j])
            names[f"∂J/∂{bias}"] = float(step.gradient.delta[k - 1][:, j].mean())
            names |= {f"{letter}{low(j)}{up}": float(b[k - 1][j]) for letter, (_, b) in remembered.items()}
            for i in range(step.network.sizes[k - 1]):
                weight = f"W{low(i, j)}{up}"
                w = float(step.network.weights[k - 1][i, j])
                slopes = step.trace.a[k - 1][:, i] * step.gradient.delta[k - 1][:, j]
                added = {"none": 0.0, "l2": LAMBDA * w, "l1": LAMBDA * np.sign(w)}[step.rule.penalty]
                names[weight] = w
                names[f"∂E/∂{weight}"] = float(slopes[0])
                names[f"∂J/∂{weight}"] = float(slopes.mean() + added)
                names |= {f"{letter}{low(i, j)}{up}": float(v[k - 1][i, j]) for letter, (v, _) in remembered.items()}
    return names


@of_every_rule
def test_wherever_the_update_is_written_it_is_the_runs_own(optimizer, penalty, batch):
    trainer, run = trained(optimizer, penalty, batch)
    bench = Workbench(start_session(trainer.spec))
    bench.train(2)
    bench.choose_item(Edge(2, 1, 0))
    before = bench.frame()
    asked = shown(before, Part.UPDATE)
    other = Workbench(start_session(trainer.spec))
    other.train(3)
    other.choose_item(Edge(2, 1, 0))
    other.perform(MadeWish())
    told = shown(other.prepared(other.frame()), Part.MADE)
    report = REPORT_KINDS["text"].write(finished(batch_work(before, NOTATIONS["code"])))
    while (walk := bench.frame()).stepping is None or not walk.stepping.updated:
        bench.step_phase()
    walked = shown(walk)
    weight = trainer.advance(run, 1).network.weights[1][1, 0]
    for each in (asked, walked, told):
        assert each.equation is not None
        written = write(each.equation, each.step, each.row, NOTATIONS["code"])
        assert written.digits.result == weight
        assert written.digits.agrees
        assert "\n".join(f"  {line}" for line in written.as_text().splitlines()[1:]) in report
    assert bench.session.run.network.weights[1][1, 0] == weight


@pytest.mark.parametrize("optimizer", OTHERS)
def test_a_report_gives_what_the_optimiser_remembers(optimizer):
    trainer, _ = trained(optimizer, "l2", 1)
    bench = Workbench(start_session(trainer.spec))
    bench.train(2)
    for kind in ("text", "worksheet"):
        told = (
            REPORT_KINDS[kind].write(finished(sample_work(bench.frame(), NOTATIONS["duke"]))).replace("boldsymbol", "")
        )
        for letter in OTHERS[optimizer][1].letters:
            opening = (
                f"{letter}_{{w}}⁽²⁾ = ["
                if kind == "text"
                else f"{{\\{{{letter}}}}}_{{w}}^{{\\left(2\\right)}} = \\begin"
            )
            assert opening in told


def test_a_sum_for_a_mean_is_shown_with_the_penalty_too():
    trainer, run = trained("gradient-descent", "l2", 3)
    step = next_step(Trainer(replace(trainer.spec, mistake="sum-for-mean"), trainer.data, "numpy"), run)
    right = mean_weight_gradient(step.network, 3, 1, 0, 0, step.rule)
    wrong = MISTAKES["sum-for-mean"].equation(right, step.network)
    assert wrong is not None
    written = write(wrong, step, 0, NOTATIONS["code"])
    assert plain_text(written.general) == "Σₛ ∂Eₛ/∂Wᵢⱼ⁽ᵏ⁾ + 0.05 · Wᵢⱼ⁽ᵏ⁾"
    assert shows(written, step.value(Quantity(Kind.MEAN_W, 1, (0, 0))))
