"""What is written on the screen for any network is what the equations give, worked out here anew.

The other panels have such a test beside their own: the cards of the network (scene/test_facts.py), Data
(panels/test_rows_table.py), Output, Loss, Backprop (panels/), Weights, Gradients, Activations and δ
(test_matrix_panels.py).
"""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QObject

from core.explain.terms import Kind
from core.network import backward, forward
from core.selection import Edge, Node
from core.session import start_session
from core.spec import suggested
from core.training import evaluate
from core.workbench import Workbench
from ui.actions import make_actions
from ui.numbers import fixed, percent, plain, scientific
from ui.panels import PANELS
from ui.panels.runs_model import COLUMNS
from ui.scene.names import symbol
from ui.theme import LIGHT
from ui.toolbar import Toolbar

ANY = settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
HIDDEN = ("sigmoid", "tanh", "relu", "leaky-relu", "softplus", "identity")


@st.composite
def benches(draw):
    spec = suggested(
        draw(st.sampled_from(["xor", "circle", "blobs-4", "sine", "parity-3"])), seed=draw(st.integers(0, 99))
    )
    hidden = tuple(draw(st.lists(st.integers(1, 16), max_size=8)))
    names = tuple(draw(st.sampled_from(HIDDEN)) for _ in hidden)
    bench = Workbench(start_session(replace(spec, hidden=hidden, activations=(*names, spec.activations[-1]), eta=0.01)))
    bench.train(draw(st.integers(1, 20)))
    bench.choose_sample(draw(st.integers(0, len(bench.session.data.x) - 1)))
    return bench


def shown(qtbot, name):
    panel = PANELS[name].make()
    qtbot.addWidget(panel)
    panel.resize(900, 300)
    panel.show_theme(LIGHT)
    panel.show()
    return panel


def worked_out(frame):
    """z, a and δ of the frame's sample, and its gradient."""
    network, data, row = frame.session.run.network, frame.session.data, slice(frame.sample, frame.sample + 1)
    trace = forward(network, data.x[row])
    return trace, backward(network, trace, data.t[row])


@pytest.fixture
def chosen(qtbot):
    return shown(qtbot, "chosen")


@ANY
@given(benches(), st.data())
def test_the_chosen_node_and_edge(chosen, bench, data):
    sizes = bench.session.spec.sizes
    k = data.draw(st.integers(1, len(sizes) - 1))
    i, j = data.draw(st.integers(0, sizes[k - 1] - 1)), data.draw(st.integers(0, sizes[k] - 1))
    network = bench.session.run.network
    bench.choose_item(Node(k, j))
    chosen.show_frame(frame := bench.frame())
    trace, gradient = worked_out(frame)
    numbers = [trail.number.text() for trail in chosen.trails]
    assert f"{symbol(Kind.Z, sizes, k)} = {plain(trace.z[k - 1][0, j])}" in numbers
    assert f"{symbol(Kind.DELTA, sizes, k)} = {plain(gradient.delta[k - 1][0, j])}" in numbers
    assert f"{symbol(Kind.B, sizes, k)} = {plain(network.biases[k - 1][j])}" in numbers
    bench.choose_item(Edge(k, i, j))
    chosen.show_frame(bench.frame())
    numbers = [trail.number.text() for trail in chosen.trails]
    assert f"{symbol(Kind.W, sizes, k)} = {plain(network.weights[k - 1][i, j])}" in numbers
    assert f"{symbol(Kind.D_W, sizes, k)} = {plain(gradient.weights[k - 1][i, j])}" in numbers


@pytest.fixture
def history(qtbot):
    return shown(qtbot, "history")


@ANY
@given(benches())
def test_the_present_run_in_the_history(history, bench):
    history.show_frame(bench.frame())
    session = bench.session
    data, network = session.data, session.run.network
    titles = ["run", *(column.title for column in COLUMNS)]
    row = {title: history.model.index(0, at).data() for at, title in enumerate(titles)}
    train = evaluate(network, session.spec.penalty, data.x_train, data.t_train, data)
    test = evaluate(network, session.spec.penalty, data.x_test, data.t_test, data)
    assert train is not None
    assert row["train"] == fixed(train.objective, 4)
    assert row["train acc."] == percent(train.accuracy)
    assert row["test"] == ("–" if test is None else fixed(test.data_loss, 4))
    assert row["layers"] == "-".join(map(str, network.sizes))
    assert row["steps"] == str(session.run.step)


@settings(ANY, max_examples=10)
@given(benches(), st.data())
def test_two_steps_of_a_run(qtbot, bench, data):
    # A new one each time: what it has asked for once it does not ask for again.
    compare: Any = shown(qtbot, "compare")
    spec, now = bench.session.spec, bench.session.run
    then = data.draw(st.integers(0, now.step))
    straight = Workbench(start_session(spec))
    straight.train(then)
    asked = []
    compare.edited.connect(asked.append)
    compare.show_frame(bench.frame())
    compare.box.setValue(then)
    while asked:
        bench.perform(asked.pop(0))
        compare.show_frame(bench.frame())
    before, cells = straight.session.run.network, compare.grid.cells
    for column in range(len(spec.sizes) - 1):
        moved = now.network.weights[column] - before.weights[column]
        assert cells.index(0, column).data() == fixed(float(np.linalg.norm(moved)), 4)


@pytest.fixture
def deltas(qtbot):
    return shown(qtbot, "deltas")


@ANY
@given(benches())
def test_the_error_signal_by_layer(deltas, bench):
    frame = bench.frame()
    deltas.show_frame(frame)
    _, gradient = worked_out(frame)
    sizes = [float(np.abs(delta).mean()) for delta in gradient.delta]
    shares = deltas.ratios.description().split("; ")
    assert len(shares) == len(sizes)
    for share, size in zip(shares, sizes, strict=True):
        if sizes[-1]:
            ratio = size / sizes[-1]
            assert share.split(": ")[1].split(" ")[0] == (scientific(ratio) if 0 < ratio < 0.01 else fixed(ratio))


@pytest.fixture
def toolbar(qtbot):
    owner = QObject()
    toolbar = Toolbar(make_actions(owner))
    qtbot.addWidget(toolbar)
    yield toolbar
    owner.deleteLater()


@ANY
@given(benches())
def test_the_figures_on_top(toolbar, bench):
    toolbar.show_frame(bench.frame())
    session = bench.session
    data = session.data
    train = evaluate(session.run.network, session.spec.penalty, data.x_train, data.t_train, data)
    assert train is not None
    assert toolbar.loss.text() == fixed(train.objective, 4)
    assert toolbar.accuracy.text() == percent(train.accuracy)
    assert toolbar.epoch.text() == f"{session.run.step // bench.frame().steps_per_epoch:,}"
