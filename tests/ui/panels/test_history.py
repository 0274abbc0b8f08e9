"""The history: every run of the sitting with its settings and its curve, and the way back to it."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QGuiApplication

from core import edits
from core.edits import Edit
from core.series import Series
from core.session import CurveColumn
from core.workbench import Workbench
from ui.numbers import fixed
from ui.panels.history import KEPT, NOT_KEPT, HistoryPanel
from ui.panels.runs_model import COLUMNS
from ui.theme import DARK, LIGHT


@pytest.fixture
def panel(qtbot):
    panel = HistoryPanel()
    qtbot.addWidget(panel)
    panel.resize(900, 300)
    panel.show_theme(LIGHT)
    panel.show()
    return panel


@pytest.fixture
def sitting(workbench):
    """Two finished runs, of XOR and of a circle with test rows, and a third that has begun."""
    bench = workbench("xor")
    run_on(bench, 30)
    bench.apply(edits.choose_dataset("circle"))
    run_on(bench, 12)
    bench.apply(edits.new_seed())
    run_on(bench, 5)
    return bench


def run_on(bench: Workbench, steps: int) -> None:
    bench.frame()
    for _ in range(steps):
        bench.train(1)
        bench.frame()


def cells(panel, row):
    """A row of the table, by the titles of its columns."""
    titles = ["run", *(column.title for column in COLUMNS)]
    return {title: panel.model.index(row, at).data() for at, title in enumerate(titles)}


def choose(panel, *rows):
    flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
    panel.table.clearSelection()
    for row in rows:
        panel.table.selectionModel().select(panel.model.index(row, 0), flags)


def gestures(panel):
    found = []
    panel.edited.connect(found.append)
    return found


def test_before_any_run_is_finished_it_says_what_will_come(panel, workbench):
    panel.show_frame(workbench("xor").frame())
    assert panel.empty.isVisible()
    assert "kept here" in panel.empty.text()
    assert panel.model.rowCount() == 1
    assert not panel.reopen.isEnabled()


def test_the_table_holds_the_present_run_and_the_finished_ones_newest_first(panel, sitting):
    panel.show_frame(sitting.frame())
    assert not panel.empty.isVisible()
    assert [cells(panel, row)["run"] for row in range(3)] == ["now", "2", "1"]
    assert [cells(panel, row)["data set"] for row in range(3)] == ["Circle", "Circle", "XOR"]
    assert [cells(panel, row)["steps"] for row in range(3)] == ["5", "12", "30"]
    assert cells(panel, 2)["layers"] == "2-3-1"
    assert cells(panel, 2)["test"] == "–"
    assert [cells(panel, row)["seed"] for row in range(3)] == ["2", "1", "1"]


def test_its_numbers_are_those_of_the_sessions(panel, sitting):
    frame = sitting.frame()
    panel.show_frame(frame)
    sessions = [frame.session, *(run.session for run in reversed(frame.finished))]
    for row, session in enumerate(sessions):
        last = session.curve.rows[-1]
        assert cells(panel, row)["train"] == fixed(last[CurveColumn.TRAIN_LOSS] + last[CurveColumn.PENALTY], 4)
        assert cells(panel, row)["η"] == f"{session.spec.eta:g}"
        assert float(cells(panel, row)["batch"]) == (session.spec.batch or session.data.train)
    assert cells(panel, 1)["test"] == fixed(sessions[1].curve.rows[-1, CurveColumn.TEST_LOSS], 4)


def test_the_present_row_follows_the_training(panel, sitting):
    panel.show_frame(sitting.frame())
    sitting.train(7)
    frame = sitting.frame()
    panel.show_frame(frame)
    assert cells(panel, 0)["steps"] == "12"
    assert cells(panel, 0)["train"] == fixed(frame.train.objective, 4)


def test_a_curve_for_every_run_each_with_its_own_look(panel, sitting):
    frame = sitting.frame()
    panel.show_frame(frame)
    kept = [line for _, line in panel.plot._items["kept"]._lines]
    assert [line.label for line in kept] == ["1", "2"]
    assert len({(line.colour, tuple(line.dash)) for line in kept}) == 2
    for line, run in zip(kept, frame.finished, strict=True):
        rows = run.session.curve.rows
        assert line.y.tolist() == rows[:, CurveColumn.TRAIN_LOSS].tolist()
    present = panel.plot._items["present"]
    assert present.getData()[1][-1] == frame.train.objective
    assert present.pen.widthF() > max(line.width for line in kept)


def test_a_finished_curve_is_looked_at_once_only(panel, sitting, monkeypatch):
    panel.show_frame(sitting.frame())
    read = []
    monkeypatch.setattr("ui.panels.run_curves._outline", read.append)
    for _ in range(5):
        sitting.train(1)
        panel.show_frame(sitting.frame())
    panel.show_theme(DARK)
    assert read == []


def test_a_chosen_run_is_drawn_boldly_and_stays_chosen(panel, sitting):
    panel.show_frame(sitting.frame())
    choose(panel, 2)
    kept = {line.label: line.width for _, line in panel.plot._items["kept"]._lines}
    assert kept["1"] > kept["2"]
    sitting.apply(edits.reset())
    panel.show_frame(sitting.frame())
    assert [run.number for run in panel._chosen()] == [1]
    kept = {line.label: line.width for _, line in panel.plot._items["kept"]._lines}
    assert kept["1"] > kept["3"]


@pytest.mark.parametrize("way", ["button", "Enter", "double click"])
def test_reopening_says_first_that_the_present_run_is_kept(panel, sitting, qtbot, way):
    frame = sitting.frame()
    panel.show_frame(frame)
    asked = gestures(panel)
    choose(panel, 2)
    assert panel.header.value.text().startswith("Reopen goes on with run 1; ")
    assert KEPT in panel.header.value.text()
    assert KEPT in panel.reopen.toolTip()
    assert asked == []
    if way == "button":
        qtbot.mouseClick(panel.reopen, Qt.MouseButton.LeftButton)
    elif way == "Enter":
        qtbot.keyClick(panel.table, Qt.Key.Key_Return)
    else:
        place = panel.table.visualRect(panel.model.index(2, 1)).center()
        qtbot.mouseClick(panel.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
        qtbot.mouseDClick(panel.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
        qtbot.mouseRelease(panel.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    (edit,) = asked
    assert isinstance(edit, Edit)
    sitting.perform(edit)
    assert sitting.session is frame.finished[0].session
    panel.show_frame(sitting.frame())
    assert [cells(panel, row)["run"] for row in range(3)] == ["now", "3", "2"]
    assert cells(panel, 1)["steps"] == "5"


def test_a_present_run_without_steps_is_not_kept_and_that_is_said(panel, sitting):
    sitting.apply(edits.reset())
    panel.show_frame(sitting.frame())
    choose(panel, 1)
    assert NOT_KEPT in panel.header.value.text()


def test_the_present_run_or_several_cannot_be_reopened(panel, sitting, qtbot):
    panel.show_frame(sitting.frame())
    asked = gestures(panel)
    for rows in ([0], [1, 2], []):
        choose(panel, *rows)
        assert not panel.reopen.isEnabled()
        qtbot.keyClick(panel.table, Qt.Key.Key_Return)
    assert asked == []


def test_the_table_is_copied_in_full_for_a_spreadsheet(panel, sitting, qtbot):
    frame = sitting.frame()
    panel.show_frame(frame)
    qtbot.keyClick(panel.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = [line.split("\t") for line in QGuiApplication.clipboard().text().splitlines()]
    assert lines[0] == ["run", *(column.title for column in COLUMNS), "measured at step"]
    assert [line[-1] for line in lines[1:]] == ["5", "12", "30"]
    assert [line[0] for line in lines[1:]] == ["now", "2", "1"]
    train = lines[0].index("train")
    assert float(lines[1][train]) == frame.train.objective
    assert lines[3][train + 1] == ""
    assert all(len(line) == len(lines[0]) for line in lines)


def test_losses_of_an_earlier_step_say_so_in_their_cells_and_in_the_copy(panel, sitting, qtbot):
    rows = sitting.frame().session.curve.rows
    measured = rows[-1]
    session = replace(sitting.session, run=replace(sitting.session.run, step=9))
    panel.show_frame(replace(sitting.frame(), session=session))
    assert cells(panel, 0)["steps"] == "9"
    assert cells(panel, 0)["train"] == fixed(measured[CurveColumn.TRAIN_LOSS], 4) + " at step 5"
    assert cells(panel, 0)["test acc."].endswith(" at step 5")
    assert "at step" not in cells(panel, 0)["seed"]
    assert cells(panel, 2)["test"] == "–"
    assert "at step" not in cells(panel, 1)["train"]
    qtbot.keyClick(panel.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    titles, present = (line.split("\t") for line in QGuiApplication.clipboard().text().splitlines()[:2])
    copied = dict(zip(titles, present, strict=True))
    assert (copied["steps"], copied["measured at step"]) == ("9", "5")
    assert float(copied["train"]) == measured[CurveColumn.TRAIN_LOSS]


def test_an_arrow_says_where_a_run_that_is_gone_left_the_picture(panel, sitting):
    frame = sitting.frame()
    panel.show_frame(frame)
    assert panel.plot._items["now"].pos().x() == frame.epochs
    assert panel.plot._items["now"].toPlainText() == "now"
    broken = frame.session.curve.rows[-1].copy()
    broken[CurveColumn.TRAIN_LOSS] = np.nan
    panel._curves.draw(Series(len(CurveColumn)).append(broken), LIGHT)
    assert panel.plot._items["now"].toPlainText() == "now ↑"
    panel._curves.draw(frame.session.curve, LIGHT)
    assert panel.plot._items["now"].toPlainText() == "now"


@pytest.fixture
def with_a_broken_run(sitting):
    """The sitting, its newest finished run with losses that grow until they are infinite."""
    frame = sitting.frame()
    curve = Series(len(CurveColumn))
    for epoch, loss in enumerate([0.7, 1.5, 3e3, 1e40, 1e300, np.inf]):
        curve = curve.append([epoch, epoch, loss, 0.0, np.nan, np.nan, np.nan])
    broken = replace(frame.finished[1], session=replace(frame.finished[1].session, curve=curve))
    return replace(frame, finished=(frame.finished[0], broken))


@pytest.mark.parametrize("log", [False, True])
def test_a_run_that_went_to_infinity_leaves_the_picture_and_does_not_flatten_the_others(panel, with_a_broken_run, log):
    panel.scale.setChecked(log)
    panel.show_frame(with_a_broken_run)
    high = panel.plot._range[1][1]
    sound = [with_a_broken_run.session, with_a_broken_run.finished[0].session]
    largest = max(session.curve.rows[:, CurveColumn.TRAIN_LOSS].max() for session in sound)
    assert largest <= high <= 10
    kept = {line.label: line for _, line in panel.plot._items["kept"]._lines}
    assert list(kept) == ["1", "2 ↑"]
    # It is drawn as far as the point at which it is gone.
    assert kept["2 ↑"].x.tolist() == [0, 1, 2]
    assert kept["2 ↑"].y[-1] > (np.log10(high) if log else high)
    assert panel.header.value.text() == "2 finished · run 2 leaves the picture"


def test_the_present_run_leaves_the_picture_too_and_that_is_said(panel, with_a_broken_run):
    frame = with_a_broken_run
    broken = frame.finished[1].session
    panel.show_frame(replace(frame, session=replace(frame.session, curve=broken.curve)))
    assert panel.header.value.text() == "2 finished · the present run and run 2 leave the picture"
    assert panel.plot._items["now"].toPlainText() == "now ↑"
    panel.model.hide([0, 1])
    assert panel.header.value.text() == "2 finished"


def hidden_by(panel, qtbot, way, row):
    if way == "H":
        choose(panel, row)
        qtbot.keyClick(panel.table, Qt.Key.Key_H)
    else:
        shown = panel.model.data(panel.model.index(row, 0), Qt.ItemDataRole.CheckStateRole)
        other = Qt.CheckState.Unchecked if shown == Qt.CheckState.Checked else Qt.CheckState.Checked
        assert panel.model.setData(panel.model.index(row, 0), other, Qt.ItemDataRole.CheckStateRole)


@pytest.mark.parametrize("way", ["H", "box"])
def test_a_hidden_run_is_not_drawn_and_the_axes_fit_the_others(panel, sitting, qtbot, way):
    panel.show_frame(sitting.frame())
    before = panel.plot._range
    hidden_by(panel, qtbot, way, 2)
    assert [line.label for _, line in panel.plot._items["kept"]._lines] == ["2"]
    assert panel.plot._range[0][1] < before[0][1]
    hidden_by(panel, qtbot, way, 0)
    assert "present" not in panel.plot._items
    sitting.train(3)
    panel.show_frame(sitting.frame())
    assert "present" not in panel.plot._items
    for row in (0, 2):
        hidden_by(panel, qtbot, way, row)
    assert "present" in panel.plot._items
    assert panel.plot._range == before
    assert sorted(line.label for _, line in panel.plot._items["kept"]._lines) == ["1", "2"]


def test_every_row_has_a_box_that_says_whether_it_is_drawn(panel, sitting):
    panel.show_frame(sitting.frame())
    panel.model.hide([1])
    boxes = [panel.model.index(row, 0).data(Qt.ItemDataRole.CheckStateRole) for row in range(3)]
    assert boxes == [Qt.CheckState.Checked, Qt.CheckState.Unchecked, Qt.CheckState.Checked]
    assert panel.model.flags(panel.model.index(0, 0)) & Qt.ItemFlag.ItemIsUserCheckable
    assert not panel.model.flags(panel.model.index(0, 1)) & Qt.ItemFlag.ItemIsUserCheckable
    assert not panel.model.setData(panel.model.index(0, 1), Qt.CheckState.Unchecked, Qt.ItemDataRole.CheckStateRole)


def test_with_all_runs_hidden_the_plot_is_empty(panel, sitting):
    panel.show_frame(sitting.frame())
    panel.model.hide([0, 1, 2])
    assert panel.plot._items["kept"]._lines == []
    assert "present" not in panel.plot._items
    assert not panel.grab().isNull()


def test_on_a_logarithmic_axis_the_curves_are_the_same_numbers(panel, sitting):
    panel.show_frame(sitting.frame())
    linear = [line.y for _, line in panel.plot._items["kept"]._lines]
    panel.scale.setChecked(True)
    for y, (_, line) in zip(linear, panel.plot._items["kept"]._lines, strict=True):
        np.testing.assert_allclose(10.0**line.y, y)
