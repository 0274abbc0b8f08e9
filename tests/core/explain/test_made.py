"""Where a weight or a bias comes from: the update that made it, to the bit, or the start, a file, or a hand."""

import math
import re
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core import edits, replay
from core.arrays import frozen
from core.examples import EXAMPLES
from core.explain import made
from core.explain.latex import latex
from core.explain.notation import NOTATIONS
from core.explain.phases import Part
from core.explain.plain_text import plain_text
from core.explain.shown import shown
from core.explain.starts import SPREADS, drawn_here, drawn_in_general, origin_of
from core.explain.step import healed
from core.explain.written import write
from core.formats import Document
from core.initializers import INITIALIZERS
from core.kernels import KERNELS
from core.mistakes import MISTAKES
from core.parameters import parameter
from core.selection import Edge, ItemChoice, MadeWish, Node, PhaseStep
from core.session import start_session
from core.spec import suggested
from core.work import go_on
from core.workbench import Workbench

HIGH = {ord(high): low for high, low in zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-", strict=True)}
NAMES = {"sqrt": math.sqrt}


def told(bench, item) -> tuple[Any, Any]:
    """What is shown of a number, and the frame that shows it."""
    bench.perform(ItemChoice(item))
    bench.perform(MadeWish())
    frame = bench.prepared(bench.frame())
    return shown(frame, Part.MADE), frame


def origin(bench, item) -> Any:
    """Where a number comes from that no update made."""
    return origin_of(bench.session, item)


def computed(text):
    """What a calculator makes of a text."""
    text = text.replace("−", "-").replace("·", "*").replace("√", "sqrt")
    text = re.sub(r"[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+", lambda match: f"**({match[0].translate(HIGH)})", text)
    assert re.fullmatch(r"(sqrt|[-+*/()., \d])*", text), text
    return float(eval(text, {"__builtins__": {}}, NAMES))


@st.composite
def specs(draw):
    """Any network, with anything frozen, and perhaps a mistake on."""
    spec = suggested(draw(st.sampled_from(["xor", "circle", "blobs-3", "sine"])), seed=draw(st.integers(0, 99)))
    hidden = tuple(draw(st.lists(st.integers(1, 5), max_size=2)))
    names = tuple(draw(st.sampled_from(["sigmoid", "tanh", "relu", "softplus"])) for _ in hidden)
    return replace(
        spec,
        hidden=hidden,
        activations=(*names, spec.activations[-1]),
        eta=draw(st.sampled_from([0.01, 0.1])),
        batch=draw(st.sampled_from([1, 3, None])),
        kernel=draw(st.sampled_from(KERNELS.names())),
        frozen=draw(st.sampled_from([(), ("W1",), ("b1",)])),
        mistake=draw(st.sampled_from([None, None, *MISTAKES.names()])),
    )


@settings(max_examples=40, deadline=None)
@given(specs(), st.integers(1, 30), st.integers(1, 30), st.sampled_from(NOTATIONS.names()), st.data())
def test_the_shown_numbers_of_the_last_update_give_the_number_on_the_screen(spec, steps, shown_step, notation, data):
    bench, sizes = Workbench(start_session(spec)), spec.sizes
    bench.train(steps)
    bench.go_to(shown_step)
    k = data.draw(st.integers(1, len(sizes) - 1))
    i, j = data.draw(st.integers(0, sizes[k - 1] - 1)), data.draw(st.integers(0, sizes[k] - 1))
    item = data.draw(st.sampled_from([Edge(k, i, j), Node(k, j)]))
    found, frame = told(bench, item)
    assert found.made is frame.made is not None
    assert found.equation is not None
    written = write(found.wrong or found.equation, found.step, found.row, NOTATIONS[notation])
    result = plain_text(written.result)
    number = parameter(frame.session.run.network, item)
    if found.wrong is None:
        assert written.digits.result == number
        assert written.digits.agrees
    shown_as = float(f"{number:.{written.digits.of_result}g}")
    assert computed(result) == pytest.approx(shown_as, rel=1e-9, abs=1e-15)
    if written.digits.agrees:
        step = 10.0 ** (math.floor(math.log10(abs(shown_as))) + 1 - written.digits.of_result) if shown_as else 1e-12
        assert abs(computed(plain_text(written.numbers)) - computed(result)) <= 0.5 * step * (1 + 1e-9)
    assert found.step.mistake == bench.session.spec.mistake
    assert latex(written.lines()[2]).isascii()


def test_what_was_frozen_was_kept_by_the_step_even_if_it_learns_by_now():
    bench = Workbench(start_session(replace(suggested("xor"), frozen=("W1",))))
    bench.train(3)
    bench.apply(edits.thaw(["W1"], "layer 1"))
    found, _ = told(bench, Edge(1, 0, 0))
    assert found.equation.name == "kept"
    bench.train(1)
    found, _ = told(bench, Edge(1, 0, 0))
    assert found.equation.name == "update"


def test_a_step_with_a_mistake_stays_one_when_it_is_healed():
    bench = Workbench(start_session(replace(suggested("xor"), mistake="sign-reversed")))
    bench.train(3)
    bench.apply(edits.heal())
    found, _ = told(bench, Edge(2, 0, 0))
    assert found.step.mistake == "sign-reversed"
    assert healed(found.step).after.weights[1][0, 0] != found.step.after.weights[1][0, 0]
    bench.train(1)
    assert told(bench, Edge(2, 0, 0))[0].step.mistake is None


def test_of_what_was_set_by_hand_a_hand_is_told_and_of_the_rest_the_step():
    bench = Workbench(start_session(suggested("xor")))
    bench.train(5)
    bench.apply(edits.set_parameter(Edge(1, 0, 1), 0.25, "w"))
    found, _ = told(bench, Edge(1, 0, 1))
    assert (found.equation, found.origin.value, found.origin.words) == (None, 0.25, "set by hand after step 5")
    found, frame = told(bench, Edge(1, 0, 0))
    assert found.step.after.weights[0][0, 0] == frame.session.run.network.weights[0][0, 0]
    bench.train(1)
    found, _ = told(bench, Edge(1, 0, 1))
    assert found.step.network.weights[0][0, 1] == 0.25
    bench.step_back()
    assert told(bench, Edge(1, 0, 1))[0].origin is not None
    bench.undo()
    bench.undo()
    assert told(bench, Edge(1, 0, 1))[0].made is not None


# By hand: r, and whether the draw is even, for 2 inputs and 3 units.
WIDTHS = {"uniform": (True, 0.5), "glorot": (True, (6 / 5) ** 0.5), "he": (False, 1.0), "normal": (False, 0.1)}


def test_every_way_to_start_says_how_it_draws():
    assert set(SPREADS) == set(INITIALIZERS.names()) == {*WIDTHS, "zeros"}


@pytest.mark.parametrize("notation", NOTATIONS, ids=lambda each: each.name)
@pytest.mark.parametrize("name", WIDTHS)
def test_a_weight_of_the_start_was_drawn_within_the_limits_that_are_shown(name, notation):
    bench = Workbench(start_session(replace(suggested("xor"), init=name, seed=7)))
    found, frame = told(bench, Edge(1, 1, 2))
    drawn, network = found.origin, frame.network
    assert drawn.value == network.weights[0][1, 2]
    assert drawn.words == f"step 0 · drawn by {INITIALIZERS[name].label}, seed 7"
    general = plain_text(drawn_in_general(drawn.spread, 1, network, notation))
    box = drawn_here(drawn.spread, drawn.item, network, notation)
    even, width = WIDTHS[name]
    here = re.fullmatch(r"\S+ ~ ([UN])\((.+), (.+)\), r = (.+)", plain_text(box))
    assert here is not None
    assert here[1] == ("U" if even else "N")
    assert computed(here[4]) == pytest.approx(width, rel=1e-12)
    low, high = (computed(text) for text in here.group(2, 3))
    assert (low, high) == pytest.approx((-width, width) if even else (0, width**2), rel=1e-5)
    assert "~ U(−r, r), r = " in general if even else "~ N(0, r²), r = " in general
    assert latex(box).isascii()
    if even:
        assert np.abs(network.weights[0]).max() <= high


def test_biases_and_zeros_start_alike_for_all():
    for name, item, label in (("glorot", Node(1, 0), "Glorot"), ("zeros", Edge(1, 0, 0), "Zeros")):
        start = told(Workbench(start_session(replace(suggested("xor"), init=name))), item)[0].origin
        assert (start.value, start.spread, start.words) == (0.0, None, f"step 0 · what all start with: {label}")


def test_a_start_that_was_given_says_by_whom():
    bench = Workbench(start_session(suggested("xor")))
    network = bench.session.run.network
    bench.apply(edits.open_document(Document(network, None), "mine.npz"))
    assert origin(bench, Edge(1, 0, 0)).words == "step 0 · from mine.npz"
    bench.train(2)
    bench.apply(edits.reset())
    assert origin(bench, Node(2, 0)).words == "step 0 · from mine.npz"
    bench.apply(edits.open_example(EXAMPLES["mazur"]))
    assert origin(bench, Edge(1, 0, 0)).words == f"step 0 · given by the example {EXAMPLES['mazur'].label}"
    bench.apply(edits.new_seed())
    assert origin(bench, Edge(1, 0, 0)).spread is not None


def test_numbers_of_a_layer_that_are_typed_in_leave_the_others_theirs():
    bench = Workbench(start_session(suggested("xor")))

    def type_in():
        bench.apply(edits.set_parameters(1, frozen(np.ones((2, 3))), frozen(np.zeros(3))))
        return [origin(bench, Edge(k, 0, 0)).words for k in (1, 2)]

    assert type_in() == ["step 0 · typed in as the numbers of this layer", "step 0 · drawn by Glorot, seed 1"]
    bench.train(4)
    assert type_in()[1] == "step 0 · taken over from the run before, after step 4"
    assert type_in()[1] == "step 0 · taken over from the run before, after step 4"


def test_while_it_trains_and_until_the_step_is_found_the_next_update_is_shown_and_says_so(monkeypatch):
    monkeypatch.setattr(replay, "STEPS_AT_ONCE", 1)
    monkeypatch.setattr(made, "go_on", lambda work: go_on(work, 0.0))
    bench = Workbench(start_session(suggested("xor")))
    bench.train(6)
    found, frame = told(bench, Edge(1, 0, 0))
    assert (found.made, found.instead) == (None, True)
    assert found.step.network is frame.network
    slices = 1
    while frame.made is None:
        frame, slices = bench.prepared(frame), slices + 1
    assert slices == 6  # five steps are made again, one at a time
    assert not shown(frame, Part.MADE).instead
    training = bench.prepared(replace(bench.frame(), training=True))
    assert training.made is None
    assert shown(training, Part.MADE).instead
    bench.perform(MadeWish(on=False))
    assert bench.prepared(bench.frame()).made is None


def test_within_a_walk_its_own_update_is_told():
    bench = Workbench(start_session(suggested("xor")))
    bench.train(2)
    bench.perform(PhaseStep())
    for _ in range(20):
        walk = bench.frame().stepping
        if walk is not None and walk.updated:
            break
        bench.perform(PhaseStep())
    found, frame = told(bench, Edge(1, 0, 0))
    assert found.made is None
    assert found.step is frame.stepping.update
    assert found.step.after.weights[0][0, 0] == frame.session.run.network.weights[0][0, 0]


@pytest.mark.parametrize("item", [Node(0, 1), None], ids=str)
def test_what_no_update_makes_is_explained_as_ever(item):
    bench = Workbench(start_session(suggested("xor")))
    bench.train(2)
    found, frame = told(bench, item)
    assert found.made is None
    assert found.equation == shown(frame).equation
