"""Every field shows the session's value, emits one edit for a change, and none for being told."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QComboBox, QDoubleSpinBox, QLineEdit, QSlider

from core import edits
from core.edits import Edit
from core.errors import InputError
from ui.fields.choice import ChoiceField
from ui.fields.field import ANEW
from ui.fields.slider import STOPS, Scale, SliderField
from ui.fields.switch import SwitchField
from ui.fields.whole import WholeField
from ui.fields.whole_box import whole_number
from ui.panels.data import DataPanel
from ui.panels.learning import LearningPanel, eta_field
from ui.theme import LIGHT


@pytest.fixture(params=range(8))
def field(request, qtbot):
    panel = LearningPanel()
    qtbot.addWidget(panel)
    panel.show()
    # The panel lives until the test has ended, and its fields with it.
    yield panel.fields[request.param]
    panel.close()


def test_being_told_says_nothing(field, xor):
    said = []
    field.edited.connect(said.append)
    field.show_session(xor.session)
    xor.perform(edits.choose_dataset("circle"))
    field.show_session(xor.session)
    assert said == []


def change(field):
    """Move the field's editor as a user would."""
    if isinstance(field, SliderField):
        field.slider.setValue(field.slider.value() - 10)
    elif isinstance(field, ChoiceField):
        field.box.activated.emit(field.box.count() - 1)
    elif isinstance(field, WholeField):
        field.box.setValue(field.box.value() + 1)
    elif isinstance(field, SwitchField):
        field.box.click()


def test_a_change_is_an_edit_that_the_session_takes_and_the_field_then_shows(field, xor):
    field.show_session(xor.session)
    said = []
    field.edited.connect(said.append)
    change(field)
    assert len(said) == 1
    assert isinstance(said[0], Edit)
    before = xor.session.spec
    xor.perform(said[0])
    # There is one optimiser so far, and choosing it again changes nothing.
    only_one = isinstance(field, ChoiceField) and field.box.count() == 1
    assert (xor.session.spec == before) == only_one
    field.show_session(xor.session)
    assert len(said) == 1


@pytest.fixture(params=range(12))
def any_field(request, qtbot):
    learning, data = LearningPanel(), DataPanel()
    for panel in (learning, data):
        qtbot.addWidget(panel)
        panel.show_theme(LIGHT)
        panel.show()
    yield [*learning.fields, *data.sampling, *data.splitting][request.param]
    learning.close()
    data.close()


def editors(field):
    return [*field.findChildren(QSlider), *field.findChildren(QComboBox), *field.findChildren(QDoubleSpinBox)] or [
        field.box
    ]


def test_a_field_says_before_it_is_changed_whether_training_begins_anew(any_field, workbench):
    bench = workbench("circle", noise=10.0)
    said = []
    any_field.show_session(bench.session)
    any_field.edited.connect(said.append)
    change(any_field)
    before = bench.session.spec
    bench.perform(said[0])
    # Of one optimiser there is no other to change to.
    if bench.session.spec != before:
        assert edits.needs_new_start(before, bench.session.spec) == any_field.anew
    assert (ANEW in any_field.title) == any_field.anew
    for editor in editors(any_field):
        assert editor.accessibleName().startswith(any_field.label)
        for words in (editor.accessibleDescription(), editor.toolTip()):
            assert ("begins anew" in words) == any_field.anew
            assert ("without a new start" in words) != any_field.anew


def settle(field):
    """Let the layout take over what the field wants now, which a window does by itself a little later."""
    field.fit()
    QApplication.sendPostedEvents(field, QEvent.Type.LayoutRequest.value)


@pytest.mark.parametrize("zoom", [1.0, 1.5, 2.0])
def test_every_choice_is_shown_whole_at_any_zoom(qtbot, workbench, zoom):
    panel = LearningPanel()
    qtbot.addWidget(panel)
    panel.setFont(LIGHT.font(round(13 * zoom)))
    panel.show_theme(replace(LIGHT, zoom=zoom))
    panel.resize(round(248 * zoom), round(300 * zoom))
    panel.show()
    panel.show_frame(workbench("circle").frame())
    for field in panel.fields:
        if isinstance(field, ChoiceField):
            for index in range(field.box.count()):
                field.box.setCurrentIndex(index)
                settle(field)
                assert field.box.fontMetrics().horizontalAdvance(field.box.currentText()) < field.box.width()
                assert field.box.geometry().right() < field.width()


def test_a_narrow_column_has_its_editors_under_their_captions(qtbot, xor):
    panel = LearningPanel()
    qtbot.addWidget(panel)
    panel.show_theme(replace(LIGHT, zoom=2.0))
    panel.resize(260, 600)
    panel.show()
    panel.show_frame(xor.frame())
    for field in panel.fields:
        if isinstance(field, ChoiceField):
            settle(field)
            assert field.box.y() > 0
            assert field.box.x() == 0


def test_the_wheel_changes_nothing(field, xor):
    field.show_session(xor.session)
    said = []
    field.edited.connect(said.append)
    editor = next(
        iter([*field.findChildren(QSlider), *field.findChildren(QComboBox), *field.findChildren(QDoubleSpinBox)]), None
    )
    if editor is not None:
        wheel = QWheelEvent(
            QPointF(5, 5),
            QPointF(editor.mapToGlobal(QPoint(5, 5))),
            QPoint(),
            QPoint(0, 120),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(editor, wheel)
    assert said == []


@pytest.mark.parametrize("scale", [Scale(1e-4, 10.0, logarithmic=True), Scale(0.0, 50.0, digits=0), Scale(0.0, 1.0)])
def test_scales_grow_and_come_back(scale):
    values = [scale.value(position) for position in range(STOPS + 1)]
    assert (np.diff(values) >= 0).all()
    assert np.isclose(values[0], scale.low)
    assert np.isclose(values[-1], scale.high)
    for position in range(0, STOPS + 1, 7):
        assert np.isclose(scale.value(scale.position(scale.value(position))), scale.value(position), rtol=0.06)


def named(panel, label):
    fields = (*panel.sampling, *panel.splitting) if isinstance(panel, DataPanel) else panel.fields
    return next(field for field in fields if field.label == label)


def enter(qtbot, editor, text):
    editor.setFocus()
    editor.selectAll()
    qtbot.keyClick(editor, Qt.Key.Key_Delete)
    qtbot.keyClicks(editor, text)
    qtbot.keyClick(editor, Qt.Key.Key_Return)


@pytest.mark.parametrize(
    ("kind", "label", "texts"),
    [
        (DataPanel, "Samples", ("-5", "0", "2.5", "20000000", "many", "", "1,5", "nan")),
        (DataPanel, "Noise", ("-5", "51", "inf", "much")),
        (DataPanel, "Train share", ("-5", "101", "0", "1e9", "all")),
        (LearningPanel, "Batch", ("-5", "0.5", "501", "all")),
        (LearningPanel, "Seed", ("-1", "1.5", "1e300", "one")),
        (LearningPanel, "Learning rate η", ("-0.1", "0", "nan", "fast")),
    ],
)
def test_a_number_that_does_not_fit_is_refused_by_name_and_never_made_one_that_does(
    qtbot, workbench, kind, label, texts
):
    bench, panel, said = workbench("circle"), kind(), []
    qtbot.addWidget(panel)
    panel.show()
    panel.show_frame(bench.frame())
    field = named(panel, label)
    field.edited.connect(said.append)
    editor = field.box if isinstance(field, WholeField) else field.findChild(QLineEdit)
    assert editor is not None
    before, shown = bench.session, editor.text()
    for text in texts:
        enter(qtbot, editor, text)
        with pytest.raises(InputError) as refused:
            bench.perform(said.pop())
        assert label.split()[-1].lower() in str(refused.value).lower()
        assert said == []
        panel.show_again(bench.frame())
        assert editor.text() == shown
    assert bench.session is before


@pytest.mark.parametrize(
    ("text", "number"),
    [("−5", -5), ("12,5", None), ("1,000,000", 10**6), ("1,00", None), ("∞", None), ("-0", 0), ("", None)],
)
def test_whole_numbers_are_read_as_they_are_meant_or_not_at_all(text, number):
    assert whole_number(text) == number


@pytest.mark.parametrize(("text", "number"), [("1,000", 1000), (" 2 000 ", 2000), ("1e3", 1000), ("7.0", 7)])
def test_a_whole_number_may_be_written_in_many_ways(qtbot, workbench, text, number):
    bench, panel = workbench("circle"), DataPanel()
    qtbot.addWidget(panel)
    panel.show()
    panel.show_frame(bench.frame())
    field = named(panel, "Samples")
    assert isinstance(field, WholeField)
    field.edited.connect(bench.perform)
    enter(qtbot, field.box, text)
    assert bench.session.spec.samples == number
    field.show_session(bench.session)
    assert field.box.text() == f"{number:,}"


def test_the_full_batch_is_shown_in_words_and_typed_as_nothing(qtbot, workbench):
    bench, panel = workbench("circle"), LearningPanel()
    qtbot.addWidget(panel)
    panel.show()
    panel.show_frame(bench.frame())
    field = named(panel, "Batch")
    assert isinstance(field, WholeField)
    field.edited.connect(bench.perform)
    enter(qtbot, field.box, "0")
    assert bench.session.spec.batch is None
    field.show_session(bench.session)
    assert field.box.text() == "All 250 rows"
    field.box.setFocus()
    qtbot.keyClick(field.box, Qt.Key.Key_Return)
    assert bench.session.spec.batch is None


def test_a_drag_undoes_as_one(qtbot, xor):
    panel = LearningPanel()
    qtbot.addWidget(panel)
    field = eta_field(panel)
    field.show_session(xor.session)
    field.edited.connect(xor.perform)
    before = xor.session
    field.slider.setSliderDown(True)
    for position in (120, 130, 140):
        field.slider.setValue(position)
    assert xor.session.spec.eta != before.spec.eta
    xor.undo()
    assert xor.session is before


def test_moves_by_key_undo_one_by_one(qtbot, xor):
    panel = LearningPanel()
    qtbot.addWidget(panel)
    panel.show()
    field = eta_field(panel)
    field.show_session(xor.session)
    field.edited.connect(xor.perform)
    start, step = xor.session.spec.eta, xor.session.run.step
    qtbot.keyClick(field.slider, Qt.Key.Key_Right)
    first = xor.session.spec.eta
    xor.train(10)
    qtbot.keyClick(field.slider, Qt.Key.Key_Right)
    xor.undo()
    assert (xor.session.spec.eta, xor.session.run.step) == (first, step + 10)
    xor.undo()
    assert (xor.session.spec.eta, xor.session.run.step) == (start, step)
