"""The loss panel: three series that are never mixed, and numbers at the cursor that are the session's own."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QAccessible

from core import edits
from core.series import Series
from core.session import CurveColumn
from ui.numbers import count, fixed, percent
from ui.panels.loss import ACCURACY, BATCH, LOSS, LossPanel
from ui.panels.loss_views import epochs_text
from ui.theme import LIGHT


@pytest.fixture
def panel(qtbot):
    panel = LossPanel()
    qtbot.addWidget(panel)
    panel.resize(400, 300)
    panel.show_theme(LIGHT)
    panel.show()
    return panel


@pytest.fixture
def circle(workbench):
    """Some epochs of a set with test rows and several batches, evaluated now and then."""
    bench = workbench("circle", train_share=0.8, samples=50, batch=10)
    for steps in (0, 3, 4, 1, 20, 7):
        bench.train(steps) if steps else None
        bench.frame()
    return bench


def lines(panel):
    """The lines in the plot, by name: x and y as drawn."""
    return {name: item.getData() for name, item in panel.plot._items.items() if hasattr(item, "getData")}


def shown(panel):
    """What is read out, by name."""
    return {entry.name: entry.value for entry in panel.readout.entries}


def with_curve(frame, rows):
    """The frame with another curve; its columns are CurveColumn's."""
    series = Series(len(CurveColumn))
    for row in rows:
        series = series.append(row)
    return replace(frame, session=replace(frame.session, curve=series))


def row(epoch, loss, penalty=0.0, test=np.nan, accuracy=np.nan):
    return [epoch, epoch, loss, penalty, test, accuracy, np.nan]


def test_the_line_of_the_whole_sets_goes_through_the_sessions_rows(panel, circle):
    frame = circle.frame()
    panel.show_frame(frame)
    rows = frame.session.curve.rows
    found = lines(panel)
    assert {"train", "test"} <= found.keys()
    for name, which in (("train", CurveColumn.TRAIN_LOSS), ("test", CurveColumn.TEST_LOSS)):
        assert found[name][0].tolist() == rows[:, CurveColumn.EPOCH].tolist()
        assert found[name][1].tolist() == rows[:, which].tolist()


def test_the_line_of_the_batches_goes_through_the_loss_of_every_step(panel, circle):
    panel.switch.choose(BATCH)
    frame = circle.frame()
    panel.show_frame(frame)
    losses = frame.session.batch_losses.rows[:, 0]
    x, y = lines(panel)["batch"]
    assert y.tolist() == losses.tolist()
    assert x.tolist() == list(range(1, frame.session.run.step + 1))
    assert "train" not in lines(panel)


def test_a_batch_is_read_at_its_step_whatever_the_sizes_of_the_batches(panel, workbench):
    bench = workbench("circle", train_share=1.0, samples=25, batch=10)  # the last of an epoch has 5 rows
    losses = []
    for batch, steps in ((10, 7), (3, 20), (25, 4)):
        bench.apply(edits.choose("other batches", batch=batch))
        for _ in range(steps):
            bench.train(1)
            losses.append(bench.session.batch_losses.rows[-1, 0])
    panel.switch.choose(BATCH)
    panel.show_frame(bench.frame())
    assert lines(panel)["batch"][0].tolist() == list(range(1, 32))
    for step in (1, 3, 8, 27, 28, 31):
        panel.plot.pointed.emit(QPointF(step + 0.3, 0.1))
        assert shown(panel) == {"step": str(step), "its batch": fixed(losses[step - 1], 4)}
        assert panel.plot._cursor.value() == step


def test_every_view_has_its_own_axis(panel, circle):
    frame = circle.frame()
    panel.show_frame(frame)
    panel.plot.pointed.emit(QPointF(2.0, 0.1))
    bottom = panel.plot.item.getAxis("bottom")
    ends = {LOSS: ("epoch", frame.epochs), BATCH: ("step", 35), ACCURACY: ("epoch", frame.epochs)}
    for view in (LOSS, BATCH, ACCURACY, BATCH, LOSS):
        panel.switch.choose(view)
        name, end = ends[view]
        assert bottom.labelText == name
        assert end <= panel.plot._range[0][1] <= 1.5 * end
    # What was read on another axis is read no more.
    assert not panel.plot._cursor.isVisible()
    assert shown(panel)["step"] == "35"


def test_accuracy_is_a_view_of_its_own_in_percent(panel, circle):
    panel.scale.setChecked(True)
    panel.switch.choose(ACCURACY)
    frame = circle.frame()
    panel.show_frame(frame)
    assert not panel.plot.log
    assert not panel.scale.isEnabled()
    rows = frame.session.curve.rows
    assert lines(panel)["train"][1].tolist() == (100 * rows[:, CurveColumn.TRAIN_ACCURACY]).tolist()
    assert shown(panel)["test"] == percent(rows[-1, CurveColumn.TEST_ACCURACY])
    panel.switch.choose(LOSS)
    assert panel.plot.log


def test_targets_without_classes_have_no_accuracy_and_that_is_said(panel, workbench):
    panel.switch.choose(ACCURACY)
    panel.show_frame(workbench("sine").frame())
    assert "no accuracy" in panel.readout.text()


def test_objective_and_penalty_are_apart(panel, circle):
    frame = circle.frame()
    rows = [row(epoch, 1.0 / (epoch + 1), 0.25) for epoch in range(5)]
    frame = with_curve(frame, rows)
    frame = replace(frame, session=replace(frame.session, spec=replace(frame.session.spec, penalty="l2")))
    panel.show_frame(frame)
    found = lines(panel)
    np.testing.assert_allclose(found["objective"][1], found["train loss"][1] + found["penalty"][1])
    assert shown(panel)["objective"] == fixed(0.45, 4)
    assert shown(panel)["penalty"] == fixed(0.25, 4)
    assert "train" not in found


def test_lines_differ_in_dash_and_name_not_in_colour_alone(panel, circle):
    panel.show_frame(circle.frame())
    signs = [(entry.name, tuple(entry.dash)) for entry in panel.readout.entries if entry.colour]
    assert len({dash for _, dash in signs}) == len(signs) == 2
    pens = [panel.plot._items[name].pen.dashPattern() for name, _ in signs]
    assert pens[0] != pens[1]


@given(st.lists(st.integers(1, 30), min_size=1, max_size=8), st.floats(-1, 40), st.integers(0, 2**16))
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_numbers_at_the_cursor_are_a_row_of_the_session(workbench, panel, bursts, x, seed):
    bench = workbench("circle", train_share=0.7, samples=60, batch=10, seed=seed)
    for steps in bursts:
        bench.frame()
        bench.train(steps)
    frame = bench.frame()
    panel.switch.choose(LOSS)
    panel.show_frame(frame)
    panel.plot.pointed.emit(QPointF(x, 0.1))
    rows = frame.session.curve.rows
    nearest = rows[np.abs(rows[:, CurveColumn.EPOCH] - x).argmin()]
    assert shown(panel) == {
        "epoch": epochs_text(nearest[CurveColumn.EPOCH]),
        "step": count(int(nearest[CurveColumn.STEP])),
        "train": fixed(nearest[CurveColumn.TRAIN_LOSS], 4),
        "test": fixed(nearest[CurveColumn.TEST_LOSS], 4),
    }
    panel.switch.choose(BATCH)
    losses = frame.session.batch_losses.rows[:, 0]
    panel.plot.pointed.emit(QPointF(x, 0.1))
    step = int(np.abs(np.arange(1, len(losses) + 1) - x).argmin()) + 1
    assert abs(int(shown(panel)["step"]) - x) == abs(step - x)
    assert shown(panel)["its batch"] == fixed(losses[int(shown(panel)["step"]) - 1], 4)
    panel.plot.pointed.emit(None)
    assert shown(panel)["step"] == count(len(losses))


def test_the_arrow_keys_go_from_row_to_row(panel, circle, qtbot):
    frame = circle.frame()
    panel.show_frame(frame)
    steps = [count(int(step)) for step in frame.session.curve.rows[:, CurveColumn.STEP]]
    assert shown(panel)["step"] == steps[-1]
    qtbot.keyClick(panel.plot, Qt.Key.Key_Left)
    assert shown(panel)["step"] == steps[-2]
    qtbot.keyClick(panel.plot, Qt.Key.Key_Home)
    assert shown(panel)["step"] == steps[0]
    qtbot.keyClick(panel.plot, Qt.Key.Key_Right)
    assert shown(panel)["step"] == steps[1]
    qtbot.keyClick(panel.plot, Qt.Key.Key_Escape)
    assert shown(panel)["step"] == steps[-1]


def test_a_spike_among_many_rows_is_drawn_and_read_in_full(panel, circle):
    rows = [row(epoch, 0.5 + 0.001 * (epoch % 7)) for epoch in range(5000)]
    rows[1234], rows[4321] = row(1234, 9.0), row(4321, 0.001)
    panel.show_frame(with_curve(circle.frame(), rows))
    _, y = lines(panel)["train"]
    assert len(y) < 1000
    assert (y.max(), y.min()) == (9.0, 0.001)
    panel.plot.pointed.emit(QPointF(1234.2, 0.0))
    assert shown(panel)["train"] == fixed(9.0, 4)


def test_many_batches_become_a_band_that_keeps_every_extreme(panel, workbench):
    panel.switch.choose(BATCH)
    bench = workbench("circle", samples=60, batch=1)
    bench.frame()
    bench.train(2000)
    frame = bench.frame()
    panel.show_frame(frame)
    losses = frame.session.batch_losses.rows
    x, y = lines(panel)["batches"]
    assert (x.min(), x.max()) == (1, 1 + 1995)  # 286 stretches of 7 steps
    assert (y.min(), y.max()) == (losses.min(), losses.max())
    assert "batch" not in lines(panel)
    assert "steps each" in shown(panel)["band"]


@pytest.mark.parametrize("losses", [[0.0, 0.0], [np.nan, np.nan], [5e-324, 1.7e308], [np.inf, 1.0], [1.0, 1.0]])
@pytest.mark.parametrize("log", [False, True])
def test_bears_any_numbers_on_either_axis(panel, circle, losses, log):
    panel.scale.setChecked(log)
    panel.show_frame(with_curve(circle.frame(), [row(epoch, loss) for epoch, loss in enumerate(losses)]))
    panel.grab()
    assert shown(panel)["train"] == fixed(losses[-1], 4)


def test_a_line_that_is_there_no_more_is_gone(panel, circle, xor):
    panel.show_frame(circle.frame())
    assert "test" in lines(panel)
    circle.apply(edits.choose("all rows train", train_share=1.0))
    panel.show_frame(circle.frame())
    assert "test" not in lines(panel)
    assert "test" not in shown(panel)


def test_what_is_read_can_be_heard(panel, circle, qtbot, monkeypatch):
    monkeypatch.setattr(QAccessible, "isActive", lambda: True)
    frame = circle.frame()
    panel.show_frame(frame)
    assert panel.readout.text() in panel.plot.accessibleDescription()
    qtbot.keyClick(panel.plot, Qt.Key.Key_Home)
    assert "step 0" in panel.plot.accessibleDescription()


def test_while_training_it_is_heard_once_a_second(panel, circle, monkeypatch):
    monkeypatch.setattr(QAccessible, "isActive", lambda: True)
    now = [50.0]
    monkeypatch.setattr("time.monotonic", lambda: now[0])
    heard = []
    monkeypatch.setattr(panel.plot, "setAccessibleDescription", heard.append)
    for _ in range(30):
        now[0] += 0.1
        circle.train(1)
        panel.show_frame(replace(circle.frame(), training=True))
    assert 3 <= len(heard) <= 4


def test_a_closer_look_at_the_curve_and_back(panel, circle, qtbot):
    panel.show_frame(circle.frame())
    view = panel.plot.item.vb
    first, last = view.state["targetRange"][0]
    qtbot.keyClick(panel.plot, Qt.Key.Key_Plus)
    (left, right), _ = view.state["targetRange"]
    assert right - left < last - first
    circle.train(5)
    panel.show_frame(circle.frame())
    assert view.state["targetRange"][0] == [left, right]
    qtbot.keyClick(panel.plot, Qt.Key.Key_F)
    first, last = view.state["targetRange"][0]
    assert last - first > right - left
