"""The chosen item over time: its numbers are those of the frame, its curves those of the earlier networks."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtGui import QAccessible, QColor

from core.network import backward, forward
from core.selection import Edge, ItemChoice, Node
from ui.numbers import count, plain
from ui.panels.chosen import HOW, ChosenPanel, Trail
from ui.theme import LIGHT


@pytest.fixture
def chosen(qtbot):
    panel = ChosenPanel()
    qtbot.addWidget(panel)
    panel.resize(700, 220)
    panel.show_theme(LIGHT)
    panel.show()
    return panel


@pytest.fixture
def drawn(monkeypatch):
    """What each trail was told to draw last, by the name of its number."""
    curves = {}
    draw = Trail.draw

    def noted(trail, steps, values, theme):
        curves[trail.number.accessibleName()] = steps, values
        draw(trail, steps, values, theme)

    monkeypatch.setattr(Trail, "draw", noted)
    return curves


def shown(panel):
    return {trail.number.text(): trail.whose.text() for trail in panel.trails if trail.isVisible()}


def mean(panel):
    return (panel.mean.number.text(), panel.mean.whose.text()) if panel.mean.isVisible() else None


def test_says_how_to_choose(chosen, xor):
    chosen.show_frame(xor.frame())
    assert chosen.how.isVisible()
    assert chosen.how.text() == HOW
    assert shown(chosen) == {}


def test_a_unit_shows_a_z_delta_and_b_over_the_steps(chosen, drawn, xor):
    for _ in range(5):
        xor.frame()
        xor.train(7)
    xor.perform(ItemChoice(Node(1, 2)))
    frame = xor.frame()
    chosen.show_frame(frame)
    numbers = {
        "h": frame.trace.a[1][0, 2],
        "a": frame.trace.z[0][0, 2],
        "δ": frame.gradient.delta[0][0, 2],
        "b": frame.session.run.network.biases[0][2],
    }
    step = f"after step {frame.session.run.step}"
    expected = {
        f"{symbol} = {plain(value)}": step if symbol == "b" else "sample 1" for symbol, value in numbers.items()
    }
    assert shown(chosen) == expected
    steps, values = drawn["δ of h₃, Hidden 1 unit 3"]
    assert steps.tolist() == [moment.step for moment in frame.past]
    for value, moment in zip(values, frame.past, strict=True):
        delta = backward(moment.network, forward(moment.network, frame.x), frame.t).delta
        assert value == delta[0][0, 2]


def test_an_edge_shows_its_weight_and_the_gradient_of_the_shown_sample(chosen, drawn, xor):
    xor.frame()
    xor.train(20)
    xor.choose_sample(3)
    xor.perform(ItemChoice(Edge(2, 1, 0)))
    frame = xor.frame()
    chosen.show_frame(frame)
    weight, gradient = frame.session.run.network.weights[1][1, 0], frame.gradient.weights[1][1, 0]
    assert shown(chosen) == {f"u = {plain(weight)}": "after step 70", f"∂L/∂u = {plain(gradient)}": "sample 4"}
    steps, values = drawn["u of u from h₂ to y"]
    assert steps[-1] == 70
    assert values.tolist() == [*(moment.network.weights[1][1, 0] for moment in frame.past)]


def test_it_follows_the_choice_the_sample_and_the_network(chosen, drawn, xor):
    frames = []
    for gesture in (ItemChoice(Node(1, 0)), ItemChoice(Edge(1, 0, 0)), ItemChoice(Node(0, 1)), ItemChoice(None)):
        xor.perform(gesture)
        xor.train(1)
        frames.append(xor.frame())
        chosen.show_frame(frames[-1])
    assert shown(chosen) == {}
    xor.perform(ItemChoice(Node(0, 1)))
    for row in (1, 2):
        xor.choose_sample(row)
        frame = xor.frame()
        chosen.show_frame(frame)
        assert f"x = {plain(frame.x[0, 1])}" in shown(chosen)
        assert drawn["x of x₂, Input unit 2"][1].tolist() == [frame.x[0, 1]] * len(frame.past)


def test_beside_the_samples_gradient_stands_the_mean_of_the_next_batch(chosen, workbench):
    bench = workbench("circle")
    for item, symbol in ((Edge(1, 1, 2), "w"), (Node(2, 0), "b")):
        bench.perform(ItemChoice(item))
        bench.train(3)
        frame = bench.frame()
        chosen.show_frame(frame)
        network, rows = frame.session.run.network, frame.batch
        gradient = backward(network, forward(network, frame.session.data.x[rows]), frame.session.data.t[rows])
        value = gradient.weights[0][1, 2] if symbol == "w" else gradient.biases[1][0]
        assert mean(chosen) == (f"∂L/∂{symbol} = {plain(value)}", "mean of the next batch of 10")
    assert chosen.mean.number.accessibleName().startswith("mean ∂L/∂b of h₁")
    bench.perform(ItemChoice(Node(0, 1)))
    chosen.show_frame(bench.frame())
    assert mean(chosen) is None


def curve(trail):
    return trail.plot._items["trail"].getData()


def inked(trail):
    """How many pixels of the plot have the colour of the curve."""
    picture = trail.plot.grab().toImage()
    ink = QColor(LIGHT.text).rgb()
    return sum(picture.pixel(x, y) == ink for x in range(picture.width()) for y in range(picture.height()))


@pytest.mark.parametrize("size", [4e306, -4e306, 3e150, 2e-200, 0.3])
def test_huge_and_tiny_numbers_have_a_curve(chosen, size):
    trail = Trail(chosen)
    trail.resize(300, 200)
    trail.dress(LIGHT)
    trail.show()
    trail.draw(np.arange(4.0), size * np.array([0.25, 1.0, 0.5, 0.75]), LIGHT)
    _, heights = curve(trail)
    factor = size / heights[1]
    assert heights * factor == pytest.approx(size * np.array([0.25, 1.0, 0.5, 0.75]))
    if 1e-100 < abs(size) < 1e100:
        assert factor == 1
    else:
        assert 1 <= abs(heights).max() <= 10
        assert plain(factor).removeprefix("1·") in trail.plot._labels[1]
    assert inked(trail) > 20


def test_what_is_not_a_number_is_borne(chosen, xor):
    broken = np.array([0.0, np.nan, np.inf, -np.inf])
    trail = Trail(chosen)
    trail.draw(np.arange(4.0), broken, LIGHT)
    assert not trail.grab().isNull()


def test_every_trail_can_be_heard_once_a_second(chosen, drawn, xor, monkeypatch):
    now = [50.0]
    monkeypatch.setattr("time.monotonic", lambda: now[0])
    xor.frame()
    xor.train(20)
    xor.perform(ItemChoice(Edge(2, 1, 0)))
    chosen.show_frame(xor.frame())
    assert all(not trail.plot.accessibleDescription() for trail in chosen.trails)
    monkeypatch.setattr(QAccessible, "isActive", lambda: True)
    now[0] += 2.0
    frame = xor.frame()
    chosen.show_frame(frame)
    weights = [moment.network.weights[1][1, 0] for moment in frame.past]
    steps = [moment.step for moment in frame.past]
    assert chosen.trails[0].plot.accessibleDescription() == (
        f"u of u from h₂ to y over the steps. Now u = {plain(weights[-1])}, after step 70."
        f" Steps {count(steps[0])} to 70: from {plain(min(weights))} to {plain(max(weights))}."
    )
    assert chosen.trails[1].plot.accessibleDescription().startswith("∂L/∂u of u from h₂ to y over the steps. Now ")
    heard = []
    monkeypatch.setattr(chosen.trails[0].plot, "setAccessibleDescription", heard.append)
    for _ in range(30):
        now[0] += 0.1
        xor.train(1)
        chosen.show_frame(replace(xor.frame(), training=True))
    assert 3 <= len(heard) <= 4


def test_a_trail_without_a_finite_value_says_so(chosen):
    trail = Trail(chosen)
    trail.begin("w", "an edge")
    trail.draw(np.arange(3.0), np.array([np.nan, np.inf, -np.inf]), LIGHT)
    trail.describe()
    assert trail.plot.accessibleDescription().endswith("Steps 0 to 2: no finite value.")
