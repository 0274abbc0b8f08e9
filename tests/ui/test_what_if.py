"""The What-if panel: the slice it asks for, what it says of it, and the value that is dragged, stepped and typed."""

from dataclasses import replace
from typing import Any, cast

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt

from core import edits, what_if
from core.edits import Edit
from core.explain.notation import NOTATIONS
from core.frame import batch_pass
from core.parameters import parameter, with_parameter
from core.selection import Edge, Item, LossSlicing, Node
from core.what_if import Slicer
from ui.panels.what_if import HOW, WhatIfPanel
from ui.scene.names import write_in
from ui.theme import LIGHT

EDGE = Edge(1, 0, 1)
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def panel(qtbot):
    widget = cast(Any, WhatIfPanel())
    qtbot.addWidget(widget)
    widget.asked = []
    widget.edited.connect(widget.asked.append)
    widget.resize(680, 230)
    widget.show_theme(LIGHT)
    widget.show()
    return widget


def shown(panel, bench, item: Item | None = EDGE):
    """Choose it, and do what the panel asks for until it asks no more; how often that was."""
    bench.choose_item(item)
    panel.show_frame(bench.frame())
    return answered(panel, bench)


def answered(panel, bench):
    times = 0
    while panel.asked:
        bench.perform(panel.asked.pop(0))
        panel.show_frame(bench.frame())
        times += 1
        assert times < 500
    return times


def number(panel, row):
    text = panel.grid.cells.index(row, 0).data()
    mantissa, _, power = text.replace("−", "-").partition("·10")
    digits = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
    return float(mantissa) * 10.0 ** (int(power.translate(digits)) if power else 0)


def place_of(panel, value):
    """Where a value lies on the plot, in pixels of its viewport."""
    plot, left, right = panel.plot, 0, panel.plot.viewport().width()
    while right - left > 1:
        middle = (left + right) // 2
        left, right = (middle, right) if plot.at(QPointF(middle, 50)).x() < value else (left, middle)
    return QPoint(left, 50)


@pytest.mark.parametrize("item", [None, Node(0, 1)])
def test_it_says_what_to_choose(panel, xor, item):
    assert shown(panel, xor, item) == 0
    assert panel.how.isVisible()
    assert panel.how.text() == HOW
    assert not panel.freezer.isEnabled()


def test_biases_that_do_not_learn_are_nothing_to_choose(panel, workbench):
    assert shown(panel, workbench(biased=False), Node(1, 0)) == 0
    assert panel.how.isVisible()


@pytest.mark.parametrize("item", [EDGE, Edge(2, 1, 0), Node(1, 2), Node(2, 0)], ids=str)
def test_the_numbers_are_those_of_the_other_panels(panel, xor, item):
    shown(panel, xor, item)
    frame = xor.frame()
    means = batch_pass(frame)
    k = item.layer - 1
    mean = means.weights[k][item.source, item.target] if isinstance(item, Edge) else means.biases[k][item.index]
    assert number(panel, 0) == pytest.approx(frame.train.objective, rel=1e-4)
    assert number(panel, 1) == pytest.approx(mean, rel=1e-4)
    eta, network = frame.session.spec.eta, frame.session.run.network
    assert number(panel, 2) == pytest.approx(parameter(network, item) - eta * mean, rel=1e-4)
    assert number(panel, 3) == pytest.approx(-eta * mean**2, rel=1e-3)
    assert number(panel, 5) == pytest.approx(frame.trace.y[0, 0], rel=1e-3)
    assert number(panel, 6) == pytest.approx(frame.sample_loss, rel=1e-4)
    assert float(panel.number.text()) == pytest.approx(parameter(network, item), rel=1e-5)
    assert panel.grid.cells.columns == ("training set, 4 rows",)


def test_the_real_change_is_that_of_the_loss_after_the_step(panel, workbench):
    bench = workbench(eta=2.0)
    bench.train(20)
    shown(panel, bench)
    before = bench.frame()
    bench.apply(edits.set_parameter(EDGE, before.slice.target, "it"))
    assert number(panel, 4) == pytest.approx(bench.frame().train.objective - before.train.objective, rel=1e-3)


def test_the_next_batch_has_its_own_slice_and_tangent(panel, workbench):
    bench = workbench("circle", batch=7)
    bench.train(9)
    shown(panel, bench, Edge(1, 1, 2))
    whole = number(panel, 1)
    panel.over.choose(1)
    answered(panel, bench)
    assert panel.grid.cells.columns == ("next batch, 7 rows",)
    frame = bench.frame()
    assert number(panel, 1) == pytest.approx(batch_pass(frame).weights[0][1, 2], rel=1e-4)
    assert number(panel, 1) != whole


def test_at_rest_it_asks_until_it_has_all_and_never_again(panel, xor, monkeypatch):
    monkeypatch.setattr(Slicer, "go_on", lambda slicer, go_on=Slicer.go_on: go_on(slicer, 0.0))
    assert shown(panel, xor) > 5
    panel.show_frame(xor.frame())
    assert panel.asked == []
    xor.train(1)
    panel.show_frame(xor.frame())
    assert panel.asked == [LossSlicing(EDGE, -2.0, 2.0, anew=True)]


def test_while_it_trains_a_slice_is_finished_before_the_next(panel, xor, monkeypatch):
    shown(panel, xor)
    monkeypatch.setattr(Slicer, "go_on", lambda slicer, go_on=Slicer.go_on: go_on(slicer, 0.0))
    for _ in range(3):
        xor.train(1)
        panel.show_again(replace(xor.frame(), training=True))
        for gesture in panel.asked:
            assert not gesture.anew
            xor.perform(gesture)
        panel.asked.clear()
    assert xor.frame().slice.step == 51
    panel.show_again(replace(xor.frame(), training=True))
    assert panel.grid.cells.columns == ("training set, 4 rows, step 51",)


def test_hidden_it_asks_for_nothing(panel, xor):
    panel.hide()
    assert shown(panel, xor) == 0
    panel.show()
    assert len(panel.asked) == 1


def test_another_parameter_that_is_chosen_while_the_plot_is_held_is_looked_at_where_it_is(panel, xor, qtbot):
    shown(panel, xor)
    view = panel.plot.viewport()
    qtbot.mousePress(view, LEFT, pos=place_of(panel, 0.5))
    shown(panel, xor, Edge(2, 0, 0))
    low, high = panel.plot.item.vb.viewRange()[0]
    assert low < xor.session.run.network.weights[1][0, 0] < high
    qtbot.mouseRelease(view, LEFT, pos=place_of(panel, 0.5))


def test_dragging_moves_the_weight_and_undoes_as_one(panel, xor, qtbot):
    shown(panel, xor)
    before = xor.session
    view = panel.plot.viewport()
    qtbot.mousePress(view, LEFT, pos=place_of(panel, 0.5))
    answered(panel, xor)
    for value in (0.7, 0.9, 1.1):
        qtbot.mouseMove(view, place_of(panel, value))
        answered(panel, xor)
        assert parameter(xor.session.run.network, EDGE) == pytest.approx(value, abs=0.03)
        assert float(panel.number.text()) == pytest.approx(value, abs=0.03)
    qtbot.mouseRelease(view, LEFT, pos=place_of(panel, 1.1))
    assert xor.frame().undo.startswith("x₁ → h₂ = ")
    assert number(panel, 0) == pytest.approx(xor.frame().train.objective, rel=1e-4)
    xor.undo()
    assert xor.session is before
    # Released, the mouse only looks.
    qtbot.mouseMove(view, place_of(panel, -1.0))
    panel.show_frame(xor.frame())
    assert not any(isinstance(gesture, Edit) for gesture in panel.asked)


def test_only_the_newest_value_waits_for_the_one_before(panel, xor, qtbot):
    shown(panel, xor)
    view = panel.plot.viewport()
    qtbot.mousePress(view, LEFT, pos=place_of(panel, 0.0))
    for value in (0.2, 0.4, 0.6):
        qtbot.mouseMove(view, place_of(panel, value))
    assert len(panel.asked) == 1
    answered(panel, xor)
    assert parameter(xor.session.run.network, EDGE) == pytest.approx(0.6, abs=0.03)
    assert len(xor.history) == 1


def test_arrow_keys_step_and_stay_in_sight(panel, xor, qtbot):
    shown(panel, xor)
    value = parameter(xor.session.run.network, EDGE)
    qtbot.keyClick(panel.plot, Qt.Key.Key_Right)
    answered(panel, xor)
    assert parameter(xor.session.run.network, EDGE) == pytest.approx(value + 0.01, abs=0.005)
    qtbot.keyClick(panel.plot, Qt.Key.Key_PageDown)
    answered(panel, xor)
    assert parameter(xor.session.run.network, EDGE) == pytest.approx(value + 0.21, abs=0.005)
    qtbot.keyClick(panel.plot, Qt.Key.Key_End)
    answered(panel, xor)
    assert parameter(xor.session.run.network, EDGE) == 2.0
    # At its end the curve goes on.
    assert panel.plot.at(QPointF(panel.plot.viewport().width(), 50)).x() > 3.5


@pytest.mark.parametrize(("typed", "value"), [("0.75", 0.75), ("-2,5", -2.5), ("1e3", 1000.0)])
def test_a_typed_value_is_taken_as_typed(panel, xor, qtbot, typed, value):
    shown(panel, xor)
    panel.number.selectAll()
    qtbot.keyClicks(panel.number, typed)
    qtbot.keyClick(panel.number, Qt.Key.Key_Return)
    answered(panel, xor)
    assert parameter(xor.session.run.network, EDGE) == value
    assert len(xor.history) == 1


@pytest.mark.parametrize("typed", ["much", "nan", "inf", "1e999"])
def test_what_is_no_value_is_refused_in_words(panel, xor, qtbot, typed):
    shown(panel, xor)
    panel.number.selectAll()
    qtbot.keyClicks(panel.number, typed)
    qtbot.keyClick(panel.number, Qt.Key.Key_Return)
    (edit,) = panel.asked
    with pytest.raises(Exception, match=r"is not a number|must be a finite number"):
        xor.perform(edit)


def test_hands_do_nothing_while_a_smaller_network_is_not_yet_drawn(panel, xor, workbench, qtbot, monkeypatch):
    monkeypatch.setattr("time.monotonic", lambda: 100.0)
    shown(panel, xor)
    monkeypatch.setattr("ui.throttle._Load.takes", lambda *_: False)
    panel.show_frame(replace(workbench(hidden=(1,), activations=("tanh", "sigmoid")).frame(), hurried=True))
    qtbot.keyClick(panel.plot, Qt.Key.Key_Right)
    panel.plot.widened.emit(0.5)
    panel.freezer.click()
    panel.number.selectAll()
    qtbot.keyClicks(panel.number, "0.5")
    qtbot.keyClick(panel.number, Qt.Key.Key_Return)
    assert panel.asked == []


def test_the_wheel_and_plus_and_minus_show_more_or_less(panel, xor, qtbot):
    shown(panel, xor)
    value = parameter(xor.session.run.network, EDGE)
    qtbot.keyClick(panel.plot, Qt.Key.Key_Minus)
    wide = panel.asked[-1]
    assert wide.high - wide.low == pytest.approx(5.0)
    answered(panel, xor)
    for _ in range(400):
        panel.plot.widened.emit(0.5)
    narrow = panel.asked[-1]
    assert narrow.low < value < narrow.high
    assert narrow.high - narrow.low < 1e-8
    answered(panel, xor)
    assert np.isfinite(xor.frame().slice.losses).all()


def test_freeze_is_a_button_that_says_what_is(panel, xor, qtbot):
    shown(panel, xor)
    qtbot.mouseClick(panel.freezer, LEFT)
    answered(panel, xor)
    assert xor.session.spec.frozen == ("W1[0,1]",)
    assert panel.freezer.isChecked()
    assert "frozen: no update moves it" in panel.header.value.text()
    qtbot.mouseClick(panel.freezer, LEFT)
    answered(panel, xor)
    assert xor.session.spec.frozen == ()
    assert not panel.freezer.isChecked()


@pytest.mark.parametrize("value", [np.nan, np.inf, 1e200, 1e-300])
def test_values_that_cannot_be_drawn(panel, xor, value):
    run = replace(xor.session.run, network=with_parameter(xor.session.run.network, EDGE, value))
    xor.session = replace(xor.session, run=run)
    shown(panel, xor)
    panel.grab()
    assert ("not finite, or too large" in panel.header.value.text()) == (not abs(value) < 1e100)


def test_losses_that_cannot_be_drawn(panel, workbench):
    bench = workbench("plane", hidden=(2,), activations=("identity", "identity"))
    bench.choose_item(Edge(2, 0, 0))
    bench.apply(edits.set_parameter(Edge(1, 0, 0), 1e180, "it"))
    shown(panel, bench, Edge(2, 0, 0))
    panel.grab()
    assert bench.frame().slice is not None


def test_screen_readers_are_told_the_curve(panel, xor, monkeypatch):
    monkeypatch.setattr("ui.panels.what_if.QAccessible.isActive", lambda: True)
    shown(panel, xor)
    assert panel.plot.accessibleName() == "Loss along x₁ → h₂"
    panel.show_again(xor.frame())
    said = panel.plot.accessibleDescription()
    assert said.startswith("From −2 to 2 the loss lies between")
    assert "A step of η leads to" in said


def test_large_sets_come_in_pieces(panel, workbench, monkeypatch):
    monkeypatch.setattr(what_if, "SLICE_SECONDS", 1e-4)
    monkeypatch.setattr(Slicer, "go_on", lambda slicer, go_on=Slicer.go_on: go_on(slicer, 1e-4))
    bench = workbench("circle", samples=20_000)
    bench.choose_item(EDGE)
    panel.show_frame(bench.frame())
    bench.perform(panel.asked.pop())
    panel.show_frame(bench.frame())
    assert bench.frame().slice.under_way
    assert panel.asked


@pytest.mark.parametrize("width", [680, 330])
def test_the_sign_of_the_value_is_in_sight_however_narrow_the_field(panel, xor, width):
    panel.resize(width, 230)
    xor.perform(edits.set_parameter(EDGE, -0.53120912345, "w"))
    shown(panel, xor)
    assert panel.number.text().startswith("-0.5312")
    assert panel.number.cursorPosition() == 0


@pytest.mark.parametrize("notation", NOTATIONS.names())
def test_its_rows_are_written_in_the_letters_of_the_notation(panel, xor, notation):
    shown(panel, xor)
    write_in(notation)
    panel.show_theme(replace(LIGHT, notation=notation))
    weight, rate, output, loss = {
        "code": ("W", "η", "y", "E"),
        "365": ("w", "η", "y", "L"),
        "medium": ("w", "ε", "s", "C"),
        "duke": ("w", "λ", "ŷ", "Eₙ"),
    }[notation]
    cells, down = panel.grid.cells, Qt.Orientation.Vertical
    titles = [cells.headerData(row, down) for row in range(cells.rowCount())]
    assert titles[2:] == [f"{rate}-step to", "predicted", "really", f"sample's {output}", f"sample's {loss}"]
    assert panel.symbol.text() == f"{weight} ="
    assert f"∂{loss}/∂{weight}" in cells.headerData(1, down, Qt.ItemDataRole.ToolTipRole)
    shown(panel, xor, Node(1, 0))
    assert panel.symbol.text() == "b ="
    assert cells.headerData(2, down, Qt.ItemDataRole.ToolTipRole).startswith(f"b − {rate} g")
