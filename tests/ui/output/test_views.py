"""Curves and rows: what is drawn are the network's own numbers."""

from dataclasses import replace

import numpy as np
import pytest

from core.arrays import frozen
from core.datasets import ENCODINGS, Data
from core.network import forward
from core.selection import OwnInput, SampleChoice
from core.session import start_session
from core.spec import suggested
from core.workbench import Workbench
from ui.numbers import fixed
from ui.output.comparison import ComparisonView, across, height
from ui.output.curve import CurveView
from ui.output.picture import Sign
from ui.output.plane import PlaneView
from ui.output.points import MOST_POINTS, shown_rows
from ui.output.probe import ProbedPicture
from ui.output.view import Look, row_entries
from ui.theme import LIGHT


@pytest.fixture
def picture(qtbot):
    widget = ProbedPicture()
    qtbot.addWidget(widget)
    widget.resize(300, 220)
    return widget


def shown(view, bench, picture, look=Look(LIGHT)):  # noqa: B008 – an immutable value
    frame = bench.frame()
    view.prepare(frame, look, picture)
    view.draw(frame, look, picture)
    return frame


def test_a_curve_runs_to_the_ends_of_its_axis_and_is_the_networks_answer(workbench, picture):
    bench = workbench("sine")
    bench.train(100)
    frame = shown(CurveView(), bench, picture)
    (_, line), *_ = picture.drawing.lines
    assert line[0, 0] == picture.ground.x.low < frame.session.data.x.min()
    assert line[-1, 0] == picture.ground.x.high > frame.session.data.x.max()
    assert np.array_equal(line[:, 1], forward(frame.session.run.network, line[:, :1]).y[:, 0])
    assert picture.ground.y.low < line[:, 1].min()
    assert line[:, 1].max() < picture.ground.y.high


def test_the_axis_of_a_curve_settles(workbench, picture):
    bench, view = workbench("sine"), CurveView()
    bench.train(200)
    shown(view, bench, picture)
    before = picture.ground
    bench.train(1)
    view.draw(bench.frame(), Look(LIGHT), picture)
    assert picture.ground == before


def test_a_row_on_the_curve_has_a_ring_at_its_target_and_an_own_input_a_cross(workbench, picture):
    bench = workbench("sine")
    bench.perform(SampleChoice(7))
    frame = shown(CurveView(), bench, picture)
    marks = dict(picture.drawing.marks)
    assert marks[Sign.RING].tolist() == [frame.x[0, 0], frame.t[0, 0]]
    assert marks[Sign.DOT].tolist() == [frame.x[0, 0], frame.trace.y[0, 0]]
    bench.perform(OwnInput(np.array([0.5])))
    frame = shown(CurveView(), bench, picture)
    assert [(sign, place.tolist()) for sign, place in picture.drawing.marks] == [
        (Sign.CROSS, [0.5, frame.trace.y[0, 0]])
    ]


def classes_over_one_input():
    """Three classes of one input, which no data set has, with a network for them."""
    spec = suggested("blobs-3")
    session = start_session(spec)
    network = session.run.network
    first = replace(network.layers[0], weights=frozen(network.layers[0].weights[:1]))
    network = replace(network, layers=(first, *network.layers[1:]))
    data = replace(session.data, x=frozen(session.data.x[:, :1]))
    return replace(session, data=data, run=replace(session.run, network=network))


def test_several_outputs_are_several_lines_with_names_and_styles(picture, monkeypatch):
    monkeypatch.setattr("core.spec.Spec.sizes", property(lambda spec: (1, *spec.hidden, 3)))
    bench = Workbench(classes_over_one_input())
    shown(CurveView(), bench, picture)
    strokes = [stroke for stroke, _ in picture.drawing.lines[:3]]
    assert len({stroke.style for stroke in strokes}) == 3
    assert len({stroke.colour for stroke in strokes}) == 3
    named = [entry.sign for entry in picture.legend.entries[:3]]
    assert named == strokes
    assert len(picture.points.rows) <= MOST_POINTS


def test_rows_stand_over_their_class_as_high_as_their_output(workbench, picture):
    bench = workbench("parity-8")
    bench.train(50)
    frame = shown(ComparisonView(), bench, picture)
    network, data = frame.session.run.network, frame.session.data
    y = forward(network, data.x).y
    assert np.array_equal(picture.points.places[:, 1], y[picture.points.rows, 0])
    columns = np.rint(picture.points.places[:, 0]).astype(int)
    assert np.array_equal(columns, data.t[picture.points.rows, 0])
    right = [int(((y[:, 0] > 0.5) == k)[data.t[:, 0] == k].sum()) for k in (0, 1)]
    assert [text for _, text in picture.ground.x.ticks] == [f"{k}: {right[k]} of 128 right" for k in (0, 1)]


def test_of_several_outputs_the_lead_of_the_own_class_counts():
    data = Data(np.zeros((3, 5)), np.eye(3), 3, "one-hot")
    y = np.array([[0.7, 0.2, 0.1], [0.5, 0.3, 0.2], [0.1, np.nan, 0.4]])
    assert height(data, y, data.t) == pytest.approx([0.5, -0.2, np.nan], nan_ok=True)
    assert np.isnan(height(data, y[:1], np.full((1, 3), np.nan))).all()
    assert np.array_equal(np.rint(across(data)), [0, 1, 2])
    assert np.array_equal(ENCODINGS["one-hot"].read(data.t), [0, 1, 2])


def test_without_classes_the_output_stands_over_the_target():
    t = np.array([[0.3], [-2.0]])
    data = Data(np.zeros((2, 5)), t, 2, None)
    assert np.array_equal(across(data), t[:, 0])
    assert np.array_equal(height(data, t + 1, t), t[:, 0] + 1)


def test_while_training_rows_are_drawn_now_and_then_and_at_the_end_at_once(workbench, picture, monkeypatch):
    monkeypatch.setattr("ui.output.comparison.PICTURES_A_SECOND", 1e-9)
    bench, view = workbench("parity-8"), ComparisonView()
    shown(view, bench, picture)
    first = picture.points
    for _ in range(3):
        bench.train(20)
        view.draw(replace(bench.frame(), training=True, hurried=True), Look(LIGHT), picture)
    second = picture.points
    view.draw(replace(bench.frame(), training=True, hurried=True), Look(LIGHT), picture)
    assert picture.points is second
    view.draw(bench.frame(), Look(LIGHT), picture)
    assert not np.array_equal(picture.points.places, first.places)


def test_an_own_input_is_a_line_among_rows(workbench, picture):
    bench = workbench("parity-8")
    bench.perform(OwnInput(np.ones(8)))
    frame = shown(ComparisonView(), bench, picture)
    _, line = picture.drawing.lines[-1]
    assert line[:, 1].tolist() == [frame.trace.y[0, 0]] * 2
    assert picture.drawing.marks == ()


@pytest.mark.parametrize(
    ("dataset", "test"), [("circle", True), ("circle", False), ("plane", True), ("blobs-4", False)]
)
def test_a_surface_shows_the_rows_that_are_wanted(workbench, picture, dataset, test):
    frame = shown(PlaneView(), workbench(dataset), picture, Look(LIGHT, test=test))
    data = frame.session.data
    assert picture.points.rows.max() == (len(data.x) if test else data.train) - 1
    assert np.array_equal(picture.points.places, data.x[picture.points.rows])
    texts = [entry.text for entry in picture.legend.entries]
    assert ("test" in texts) == test
    assert "train" in texts


def test_the_bar_says_the_ends_of_the_colours(workbench, picture):
    frame = shown(PlaneView(), workbench("xor"), picture)
    assert picture.legend.bar.numbers == ("0", "0.5", "1")
    frame = shown(PlaneView(), workbench("plane"), picture)
    largest = np.abs(frame.session.data.t).max()
    assert picture.legend.bar.numbers == (f"−{largest:.4g}", "0", f"{largest:.4g}")


def test_classes_have_names_on_their_regions_and_live_outputs_in_the_legend(workbench, picture):
    bench = workbench("blobs-4")
    bench.train(500)
    frame = shown(PlaneView(), bench, picture)
    network = frame.session.run.network
    names = [entry.text for entry in picture.legend.entries if entry.valued]
    assert len(picture.drawing.names) == len(names) == 4
    for name, place in picture.drawing.names:
        y = forward(network, place[None]).y
        assert names[int(y.argmax())] == name
    assert picture.drawing.values == tuple(fixed(value) for value in frame.trace.y[0].tolist())


@pytest.mark.parametrize(
    ("dataset", "view"), [("sine", CurveView), ("circle", PlaneView), ("parity-8", ComparisonView)]
)
def test_where_not_all_rows_are_drawn_it_says_how_many_are(workbench, picture, monkeypatch, dataset, view):
    bench = workbench(dataset)
    frame = shown(view(), bench, picture)
    assert not any("drawn" in entry.text for entry in picture.legend.entries)
    rows = len(frame.session.data.x)
    few = lambda data, *, test, most=0: np.arange(100)  # noqa: E731 – stands for a million rows
    monkeypatch.setattr(f"{view.__module__}.shown_rows", few)
    shown(view(), bench, picture)
    assert f"100 of {rows:,} rows drawn" in [entry.text for entry in picture.legend.entries]
    assert len(np.unique(picture.points.rows)) == 100


def test_a_million_rows_are_said_to_be_a_million(workbench):
    frame = workbench("circle").frame()
    data = Data(np.zeros((1_000_000, 2)), np.zeros((1_000_000, 1)), 600_000, "zero-one")
    frame = replace(frame, session=replace(frame.session, data=data))
    for test, rows in ((True, "1,000,000"), (False, "600,000")):
        drawn = shown_rows(data, test=test)
        entries = row_entries(frame, Look(LIGHT, test=test), drawn)
        assert entries[-1].text == f"2,000 of {rows} rows drawn"
