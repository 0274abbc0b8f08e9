"""The panel shows the trainer's own numbers, for any network; phases, samples and objective say what is so."""

import re
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.arrays import frozen
from core.edits import choose
from core.explain.notation import NOTATIONS
from core.explain.phases import Part
from core.explain.shown import part_wished, shown
from core.frame import batch_pass
from core.preparing import Preparations, Preparing
from core.selection import Edge, MadeWish, Node, OwnInput, PhaseChoice, PhaseStep
from core.session import start_session
from core.spec import suggested
from core.workbench import Workbench
from ui.equations.sheets import sheet_of
from ui.panels.backprop import AT_ONCE, BackpropPanel
from ui.theme import LIGHT

EQUATION, SAMPLES, OBJECTIVE = range(3)


@pytest.fixture
def panel(qtbot, prepared):
    widget = prepared(BackpropPanel())
    qtbot.addWidget(widget)
    widget.resize(700, 260)
    widget.show_theme(LIGHT)
    widget.show()
    return widget


def lines(panel):
    return panel.equation.sheet.text.splitlines()


def shown_result(panel):
    """The number behind the last sign of equality, as a reader takes it."""
    text = lines(panel)[-1].rpartition("=")[2].strip().replace("−", "-")
    digits = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
    mantissa, _, power = text.partition("·10")
    return float(mantissa) * 10.0 ** int(power.translate(digits) or 0)


@st.composite
def benches(draw):
    spec = suggested(draw(st.sampled_from(["xor", "circle", "blobs-3", "sine"])), seed=draw(st.integers(0, 99)))
    hidden = tuple(draw(st.lists(st.integers(1, 9), max_size=3)))
    names = tuple(draw(st.sampled_from(["sigmoid", "tanh", "relu", "softplus", "identity"])) for _ in hidden)
    spec = replace(spec, hidden=hidden, activations=(*names, spec.activations[-1]), eta=0.05)
    bench = Workbench(start_session(spec))
    bench.train(draw(st.integers(0, 20)))
    bench.choose_sample(draw(st.integers(0, len(bench.session.data.x) - 1)))
    return bench


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(benches(), st.sampled_from(NOTATIONS.names()), st.data())
def test_results_are_the_numbers_of_the_frame(panel, bench, notation, data):
    sizes = bench.session.spec.sizes
    panel.show_theme(replace(LIGHT, notation=notation))
    k = data.draw(st.integers(1, len(sizes) - 1))
    i, j = data.draw(st.integers(0, sizes[k - 1] - 1)), data.draw(st.integers(0, sizes[k] - 1))
    bench.choose_item(Node(k, j))
    panel.show_frame(frame := bench.frame())
    assert shown_result(panel) == pytest.approx(frame.gradient.delta[k - 1][0, j], rel=6e-4, abs=1e-12)
    bench.choose_item(Edge(k, i, j))
    panel.show_frame(frame := bench.frame())
    assert shown_result(panel) == pytest.approx(frame.gradient.weights[k - 1][i, j], rel=6e-4, abs=1e-12)
    bench.choose_item(None)
    panel.show_frame(frame := bench.frame())
    assert shown_result(panel) == pytest.approx(frame.sample_loss, rel=6e-4, abs=1e-9)


def test_the_equation_lives_while_training(panel, xor):
    xor.choose_item(Node(1, 1))
    for _ in range(3):
        xor.train(20)
        panel.show_frame(frame := replace(xor.frame(), training=True))
        assert shown_result(panel) == pytest.approx(frame.gradient.delta[0][0, 1], rel=6e-4)


@pytest.mark.parametrize("view", [EQUATION, OBJECTIVE])
def test_the_header_names_the_step_whose_numbers_are_shown(panel, xor, view):
    xor.choose_item(Node(1, 1))
    panel.view.choose(view)
    panel.show_frame(xor.frame())
    panel.show_frame(xor.frame())
    # While it trains, numbers are made less often than frames.
    take_frame, kept = BackpropPanel.show_frame.__get__(panel), panel.frame.prepared
    first = panel.header.value.text()
    xor.train(1)
    frame = xor.frame()
    take_frame(replace(frame, training=True, prepared=kept))
    assert panel.header.value.text() == first
    # Another item is shown when its numbers are there.
    take_frame(replace(frame, training=True, chosen=Node(1, 0)))
    assert panel.header.value.text() == first
    panel.show_frame(frame)
    assert panel.header.value.text() == f"sample 1 after step {frame.session.run.step}" != first


def test_what_was_shown_before_is_shown_at_once_whatever_was_shown_between(panel, xor):
    """Nodes are explained by their δ, edges here by their next update: neither puts the other out of mind."""
    panel.prefer(Part.UPDATE)
    items = [Node(1, 1), Edge(1, 0, 1), Node(2, 0), Edge(2, 1, 0)]
    for item in items:
        xor.choose_item(item)
        panel.show_frame(xor.frame())
    panel.edited.disconnect()  # nothing more is prepared
    xor.train(1)
    for item in (*items, Node(1, 0)):
        xor.choose_item(item)
        frame = replace(xor.frame(), training=True)
        BackpropPanel.show_frame.__get__(panel)(frame)
        expected = sheet_of(frame, shown(frame, part_wished(frame, None, Part.UPDATE)), NOTATIONS["365"])
        assert (panel.equation.sheet.text == expected.text) == (item in items)


def test_any_equation_of_the_chosen_node_is_offered(panel, xor):
    xor.choose_item(Node(1, 1))
    panel.show_frame(frame := xor.frame())
    offered = [panel.quantity.itemText(n) for n in range(panel.quantity.count())]
    assert offered == ["a₂⁽¹⁾", "h₂", "∂L/∂h₂", "δ₂⁽¹⁾", "∂L/∂b₂⁽¹⁾", "∂J/∂b₂⁽¹⁾", "b₂⁽¹⁾ now", "b₂⁽¹⁾ next"]
    assert panel.quantity.currentText() == "δ₂⁽¹⁾"
    panel.quantity.setCurrentIndex(0)
    panel.quantity.activated.emit(0)
    assert lines(panel)[0].startswith("aⱼ")
    assert shown_result(panel) == pytest.approx(frame.trace.z[0][0, 1], rel=6e-4)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(benches(), st.integers(1, 12), st.data())
def test_without_a_walk_mean_and_update_are_those_of_the_next_batch(panel, bench, batch, data):
    bench.perform(choose("batch", batch=batch))
    sizes = bench.session.spec.sizes
    k = data.draw(st.integers(1, len(sizes) - 1))
    i, j = data.draw(st.integers(0, sizes[k - 1] - 1)), data.draw(st.integers(0, sizes[k] - 1))
    bench.choose_item(Edge(k, i, j))
    panel.show_frame(frame := bench.frame())
    offered = {panel.quantity.itemData(n): n for n in range(panel.quantity.count())}
    assert (Part.MEAN in offered) == (len(frame.batch) > 1)

    def shown_of(part):
        panel.quantity.setCurrentIndex(offered[part])
        panel.quantity.activated.emit(offered[part])
        return shown_result(panel)

    if Part.MEAN in offered:
        mean = batch_pass(frame).weights[k - 1][i, j]
        assert shown_of(Part.MEAN) == pytest.approx(mean, rel=6e-4, abs=1e-12)
        assert f"mean of the next batch of {len(frame.batch)}" in panel.equation.sheet.beside
    new, step = shown_of(Part.UPDATE), frame.session.run.step
    assert f"next update, step {step:,} to {step + 1:,}" in panel.equation.sheet.beside
    bench.train(1)
    assert new == pytest.approx(bench.session.run.network.weights[k - 1][i, j], rel=6e-4, abs=1e-12)


@pytest.mark.parametrize("notation", NOTATIONS.names())
def test_notations_rename_equation_phases_and_offers(panel, xor, notation):
    xor.choose_item(Edge(2, 1, 0))
    panel.show_frame(xor.frame())
    panel.show_theme(replace(LIGHT, notation=notation))
    slope = {"code": "∂E/∂W₂₁⁽²⁾", "365": "∂L/∂u₂₁", "medium": "∂C/∂(w₁₂)³", "duke": "∂Eₙ/∂w₁₂⁽²⁾"}[notation]
    assert lines(panel)[1].startswith(slope)
    assert panel.quantity.currentText() == slope
    assert panel.notation.currentData() == notation
    assert any("∂C" in panel.phases.list.item(n).text() for n in range(12)) == (notation == "medium")


def test_a_notation_is_asked_for_by_the_name_of_its_command(qtbot, panel, xor):
    panel.show_frame(xor.frame())
    panel.notation.setCurrentIndex(panel.notation.findData("duke"))
    with qtbot.waitSignal(panel.called) as called:
        panel.notation.activated.emit(panel.notation.currentIndex())
    assert called.args == ["notation_duke"]


def test_what_made_a_weight_is_wanted_while_it_is_shown_and_asked_for_until_it_is_known(panel, xor):
    wishes = []
    panel.edited.connect(lambda gesture: wishes.append(gesture) if isinstance(gesture, MadeWish) else None)
    xor.choose_item(Edge(1, 0, 1))
    panel.show_frame(xor.frame())
    assert not wishes
    panel.turn()
    assert panel.quantity.currentText() == "w₁₂ now"
    assert {*wishes} == {MadeWish()}
    assert "next update, step 50 to 51, until the last one is found" in panel.equation.sheet.beside
    xor.perform(MadeWish())
    wishes.clear()
    panel.show_frame(frame := xor.prepared(xor.frame()))
    assert panel.equation.sheet.beside.startswith("hidden 1 · made by step 50, batch of 4")
    assert shown_result(panel) == pytest.approx(frame.session.run.network.weights[0][0, 1], rel=6e-4)
    panel.show_frame(replace(xor.frame(), training=True))
    assert "next update, step 50 to 51, until training rests" in panel.equation.sheet.beside
    panel.show_frame(frame)
    assert not wishes
    panel.show_frame(xor.frame())
    assert wishes == [MadeWish()]
    wishes.clear()
    panel.turn()
    assert panel.quantity.currentText() == "w₁₂ next"
    assert panel.equation.sheet.beside.startswith("hidden 1 · next update, step 50 to 51 ·")
    assert wishes == [MadeWish(on=False)]
    panel.turn()
    wishes.clear()
    panel.hide()
    assert wishes == [MadeWish(on=False)]


def test_of_an_edge_that_number_is_explained_which_the_network_shows_by_it(panel, xor):
    xor.choose_item(Edge(1, 0, 1))
    panel.show_frame(xor.frame())
    assert panel.quantity.currentText() == "∂L/∂w₁₂"
    panel.prefer(Part.MADE)
    assert panel.quantity.currentText() == "w₁₂ now"
    panel.prefer(Part.MEAN)
    assert panel.quantity.currentText() == "∂J/∂w₁₂"
    panel.wish(Part.ACTIVATION)
    assert panel.quantity.currentText() == "∂J/∂w₁₂"
    panel.wish(Part.GRADIENTS)
    assert panel.quantity.currentText() == "∂L/∂w₁₂"
    xor.choose_item(Node(1, 1))
    panel.wish(None)
    panel.show_frame(xor.frame())
    assert panel.quantity.currentText() == "δ₂⁽¹⁾"


def test_after_a_walk_an_edge_that_was_chosen_within_it_is_explained_as_any(panel, xor):
    panel.prefer(Part.MADE)
    xor.perform(PhaseStep())
    xor.choose_item(Edge(1, 0, 1))
    panel.show_frame(xor.frame())
    assert not panel.quantity.isEnabled()
    xor.train(1)
    panel.show_frame(xor.frame())
    assert panel.quantity.currentText() == "w₁₂ now"
    assert panel.equation.sheet.title == "w₁₂"


def test_each_phase_shows_what_it_computes(panel, xor):
    xor.choose_item(Edge(1, 0, 1))
    xor.perform(PhaseStep())
    while not (frame := xor.frame()).stepping.updated:
        panel.show_frame(frame)
        walk = frame.stepping
        assert panel.phases.at == walk.at
        assert panel.phases.list.item(walk.at).text().startswith("●")
        assert f"phase {walk.at + 1} of {len(walk.phases)}" in panel.header.value.text()
        if walk.phase.part is Part.MEAN:
            assert shown_result(panel) == pytest.approx(walk.update.gradient.weights[0][0, 1], rel=6e-4, abs=1e-12)
        xor.perform(PhaseStep())
    panel.show_frame(frame)
    assert shown_result(panel) == pytest.approx(frame.session.run.network.weights[0][0, 1], rel=6e-4)
    assert "from step 50 to 51" in panel.equation.sheet.beside
    marks = [panel.phases.list.item(n).text()[0] for n in range(len(frame.stepping.phases))]
    assert marks == ["✓"] * (len(marks) - 1) + ["●"]


def test_where_nothing_is_chosen_a_phase_shows_its_whole_layer(panel, xor):
    xor.choose_item(None)
    for at in range(len(xor.frame().stepping.phases) if xor.frame().stepping else 4):
        xor.perform(PhaseChoice(at))
        panel.show_frame(xor.frame())
    assert xor.frame().stepping.phase.part is Part.PRE_ACTIVATION
    assert lines(panel)[0].replace(" ", "") == "a⁽²⁾=hu+b⁽²⁾"
    xor.perform(PhaseChoice(0))
    panel.show_frame(frame := xor.frame())
    assert lines(panel)[0].startswith("x = [")
    assert str(int(frame.x[0, 0])) in lines(panel)[0]


def test_the_phase_that_is_clicked_is_gone_to(qtbot, panel, xor):
    panel.show_frame(xor.frame())
    for signal in (panel.phases.list.itemClicked, panel.phases.list.itemActivated):
        with qtbot.waitSignal(panel.edited) as asked:
            signal.emit(panel.phases.list.item(5))
        assert asked.args == [PhaseChoice(5)]


def test_the_samples_add_up_and_cancel_to_the_mean(panel, xor):
    xor.choose_item(Edge(1, 1, 2))
    panel.view.choose(SAMPLES)
    panel.show_frame(frame := xor.frame())
    matrix = panel.samples.table.model.matrix
    up, down, total, mean = matrix.values[:4, 2]
    slopes = matrix.values[4:, 2]
    assert len(slopes) == len(frame.batch) == 4
    assert np.allclose(matrix.values[4:, 0] * matrix.values[4:, 1], slopes, rtol=1e-15)
    assert up == pytest.approx(slopes[slopes > 0].sum())
    assert down == pytest.approx(slopes[slopes < 0].sum())
    assert total == pytest.approx(up + down)
    xor.perform(PhaseStep())
    walk = xor.frame().stepping
    assert mean == pytest.approx(walk.update.gradient.weights[0][1, 2], rel=1e-9)
    assert matrix.text(0, 0) == ""
    xor.choose_item(Node(0, 0))
    panel.show_frame(xor.frame())
    assert panel.samples.how.isVisible()


def test_within_a_walk_the_samples_show_what_is_computed_by_now(panel, xor):
    xor.choose_item(Edge(2, 1, 0))
    panel.view.choose(SAMPLES)
    seen = {}
    for _ in range(15):
        xor.perform(PhaseStep())
        panel.show_frame(frame := xor.frame())
        blank = panel.samples.table.model.matrix.blank
        seen[frame.stepping.phase.name] = (*(~blank[4:]).all(axis=0).tolist(), bool((~blank[:4, 2]).all()))
        assert (~blank[4:]).any(axis=0).tolist() == (~blank[4:]).all(axis=0).tolist()
    assert seen["z-1"] == (False, False, False, False)
    assert seen["a-1"] == seen["dE/dy-2"] == (True, False, False, False)
    assert seen["delta-2"] == (True, True, False, False)
    assert seen["gradients-2"] == seen["dE/dx-0"] == (True, True, True, False)
    assert seen["mean"] == seen["update"] == (True, True, True, True)
    xor.train(1)
    panel.show_frame(xor.frame())
    assert not panel.samples.table.model.matrix.blank[4:].any()


@pytest.mark.parametrize(
    ("dataset", "formula", "words"),
    [
        ("xor", "L = Σⱼ 1/2 · (yⱼ − tⱼ)²", "half the squared error, summed over the outputs"),
        ("blobs-3", "L = Σⱼ (−tⱼ · ln(yⱼ))", "cross-entropy of the targets"),
    ],
)
def test_the_objective_says_what_is_minimised(panel, workbench, dataset, formula, words):
    bench = workbench(dataset)
    panel.view.choose(OBJECTIVE)
    panel.show_frame(frame := bench.frame())
    mean, of_row, now = panel.objective.formula.sheet.text.splitlines()
    assert mean.replace(" ", "") == f"J=1/{len(frame.batch)}·ΣₛLₛ"
    assert of_row == formula
    assert words in panel.objective.words.text()
    assert "There is no penalty." in panel.objective.words.text()
    assert "not the sum" in panel.objective.words.text()
    assert float(re.split("=", now)[2]) == pytest.approx(frame.train.objective, rel=1e-5)


def test_without_a_target_there_is_no_number_to_show(panel, xor):
    xor.choose_item(Node(1, 0))
    xor.perform(OwnInput(frozen([0.5, 0.5])))
    panel.show_frame(xor.frame())
    assert panel.equation.sheet.beside == "hidden 1 · Duke's step 4 · own input · no target, so no error"
    assert len(lines(panel)) == 2
    panel.quantity.setCurrentIndex(1)
    panel.quantity.activated.emit(1)
    assert shown_result(panel) == pytest.approx(xor.frame().trace.a[1][0, 0], rel=6e-4)


@pytest.mark.parametrize("training", [False, True])
def test_a_long_sum_opens_with_its_first_terms_and_all_follow_a_little_with_each_frame(qtbot, workbench, training):
    bench, preparations, panel = workbench("circle", batch=100), Preparations(), BackpropPanel()
    qtbot.addWidget(panel)
    panel.edited.connect(lambda gesture: isinstance(gesture, Preparing) and preparations.want(gesture))
    panel.show()
    bench.choose_item(Edge(1, 0, 0))
    frame = replace(bench.frame(), training=training)

    def shown():
        found = preparations.of(frame, training=training, moment="now", seconds=0.0)
        panel.show_frame(replace(frame, prepared=found))
        return panel.equation.sheet.lines

    shown()
    panel.wish(Part.MEAN)
    while not any("[96 more" in line for line in lines(panel)):
        shown()
    panel.equation.open_sums(True)
    while any("[96 more" in line for line in lines(panel)):
        shown()
    assert f"[{100 - AT_ONCE - 1} more" in panel.equation.sheet.text
    assert preparations.under_way
    beginning, frames = lines(panel), 0
    while "more" in panel.equation.sheet.text:
        shown()
        frames += 1
    assert frames > 1
    general, here, _ = lines(panel)
    first_terms = beginning[1].split(" + ⋯")[0]
    assert general == beginning[0]
    assert here.startswith(first_terms)
    assert here.count("∂L") == 100
    assert shown_result(panel) == pytest.approx(batch_pass(frame).weights[0][0, 0], rel=6e-4, abs=1e-12)


@pytest.mark.parametrize("notation", NOTATIONS.names())
def test_a_layer_is_written_here_only_where_that_says_more(panel, xor, notation):
    panel.show_theme(replace(LIGHT, notation=notation))
    xor.choose_item(None)
    xor.perform(PhaseChoice(1))
    panel.show_frame(xor.frame())
    labels = [line.label for line in panel.equation.sheet.lines]
    assert labels == (["general", "numbers"] if notation == "365" else ["general", "here", "numbers"])
