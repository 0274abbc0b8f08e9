"""What is said of a node or edge is what the frame holds, for any network."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.frame import batch_pass
from core.selection import Edge, ItemChoice, Node, OwnInput
from core.session import start_session
from core.spec import suggested
from core.workbench import Workbench
from ui.numbers import exact, plain
from ui.scene.facts import NO_TARGET, description, facts, sentence

HIDDEN_ACTIVATIONS = ("identity", "sigmoid", "tanh", "relu", "softplus")


@st.composite
def benches(draw):
    spec = suggested(draw(st.sampled_from(["xor", "circle", "blobs-4", "sine"])), seed=draw(st.integers(0, 99)))
    hidden = tuple(draw(st.lists(st.integers(1, 6), max_size=3)))
    names = tuple(draw(st.sampled_from(HIDDEN_ACTIVATIONS)) for _ in hidden)
    spec = replace(spec, hidden=hidden, activations=(*names, spec.activations[-1]), samples=spec.samples, eta=0.01)
    bench = Workbench(start_session(spec))
    bench.train(draw(st.integers(0, 5)))
    bench.choose_sample(draw(st.integers(0, len(bench.session.data.x) - 1)))
    return bench


def items(sizes):
    nodes = [Node(layer, index) for layer, size in enumerate(sizes) for index in range(size)]
    edges = [Edge(k, i, j) for k in range(1, len(sizes)) for i in range(sizes[k - 1]) for j in range(sizes[k])]
    return [*nodes, *edges]


@settings(max_examples=15)
@given(benches(), st.data())
def test_the_words_hold_the_numbers_of_the_frame(bench, data):
    sizes = bench.session.spec.sizes
    item = data.draw(st.sampled_from(items(sizes)))
    bench.perform(ItemChoice(item))
    frame = bench.frame()
    network, trace, gradient, mean = frame.session.run.network, frame.trace, frame.gradient, batch_pass(frame)
    k, sample, step = item.layer, frame.subject, f"after step {frame.session.run.step:,}"
    said = description(frame, mean=True)
    if isinstance(item, Edge):
        i, j = item.source, item.target
        w = "wuW"[min(k, 3) - 1]
        expected = [
            (w, network.weights[k - 1][i, j], step),
            (f"∂L/∂{w}", gradient.weights[k - 1][i, j], sample),
            (f"∂L/∂{w}", mean.weights[k - 1][i, j], f"mean of the next batch of {len(frame.batch)}"),
        ]
    elif k == 0:
        expected = [("x", frame.x[0, item.index], sample), ("∂L/∂x", gradient.x[0, item.index], sample)]
    else:
        expected = [
            ("y" if k == len(sizes) - 1 else "h", trace.a[k][0, item.index], sample),
            ("a", trace.z[k - 1][0, item.index], sample),
            ("δ", gradient.delta[k - 1][0, item.index], sample),
            ("b", network.biases[k - 1][item.index], step),
            ("∂L/∂b", mean.biases[k - 1][item.index], f"mean of the next batch of {len(frame.batch)}"),
        ]
    for symbol, value, whose in expected:
        assert f"{symbol} = {plain(float(value))} ({whose})" in said
    assert "-".join(map(str, sizes)) in said
    assert f"Loss over the training set {plain(frame.train.objective)}" in said


def test_an_output_says_its_target_and_a_hidden_unit_has_none(workbench):
    frame = workbench("blobs-4").frame()
    last = len(frame.session.spec.sizes) - 1
    assert ("t", float(frame.t[0, 2])) in [(fact.symbol, fact.value) for fact in facts(frame, Node(last, 2))]
    assert "t" not in [fact.symbol for fact in facts(frame, Node(1, 0))]


@pytest.mark.parametrize("item", [Node(0, 0), Node(1, 1), Node(2, 0), Edge(2, 0, 0)])
def test_without_a_target_no_error_is_made_up(xor, item):
    xor.perform(OwnInput(np.array([0.3, -0.2])))
    said = sentence(xor.frame(), item)
    assert "own input" in said
    assert NO_TARGET in said
    assert "nan" not in said


@settings(max_examples=15)
@given(benches(), st.data())
def test_the_card_at_the_mouse_has_every_digit(bench, data):
    item = data.draw(st.sampled_from(items(bench.session.spec.sizes)))
    frame = bench.frame()
    for fact in facts(frame, item, mean=True):
        assert fact.exact == exact(fact.value)
    bench.perform(OwnInput(frame.x[0]))
    frame = bench.frame()
    unknown = [fact for fact in facts(frame, item) if fact.text == NO_TARGET]
    assert all(fact.exact == NO_TARGET for fact in unknown)
    assert unknown
