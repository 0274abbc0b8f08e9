"""The panel tells each mistake beside what is right, makes and heals it, and offers an example where it cannot show."""

from dataclasses import replace
from typing import Any, cast

import pytest
from PySide6.QtCore import Qt

from core import edits
from core.mistakes import MISTAKES
from core.workbench import Workbench
from ui.panels import break_it
from ui.panels.break_it import BreakItPanel
from ui.theme import LIGHT

NAMES = MISTAKES.names()


@pytest.fixture
def panel(qtbot):
    widget = cast(Any, BreakItPanel())
    qtbot.addWidget(widget)
    widget.resize(680, 260)
    widget.show_theme(LIGHT)
    widget.asked = []
    widget.edited.connect(widget.asked.append)
    widget.show()
    return widget


def choose(panel, name):
    panel.list.setCurrentRow(NAMES.index(name))


def do(panel, bench: Workbench):
    """What the panel asked for, and show what comes of it."""
    for gesture in panel.asked:
        bench.perform(gesture)
    panel.asked.clear()
    panel.show_frame(bench.frame())


def marks(panel):
    return [panel.list.item(row).text()[0] for row in range(panel.list.count())]


def test_every_mistake_stands_beside_what_is_right(panel, workbench):
    panel.show_frame(workbench("circle").frame())
    for mistake in MISTAKES:
        choose(panel, mistake.name)
        right, wrong = panel.lines.sheet.lines
        assert (right.label, wrong.label) == ("✓ right", "✗ wrong")
        assert right.box != wrong.box
        assert panel.lines.sheet.title == mistake.label
        assert panel.why.text().startswith(mistake.help)


def test_it_says_which_text_prints_it(panel, xor):
    panel.show_frame(xor.frame())
    choose(panel, "input-twice")
    assert "In 001, last formula: “δⱼ = Σₖ δₖ wⱼₖ yⱼ(1 − yⱼ) xᵢ”." in panel.why.text()
    choose(panel, "sum-for-mean")
    assert "“" not in panel.why.text()


def test_the_lines_are_in_the_notation(panel, xor):
    panel.show_frame(xor.frame())
    choose(panel, "bias-forgotten")
    assert panel.lines.sheet.text.startswith("∂L/∂b")
    panel.show_theme(replace(LIGHT, notation="duke"))
    assert panel.lines.sheet.text.startswith("∂Eₙ/∂b")


def test_made_by_a_click_and_healed_by_a_click(panel, xor):
    panel.show_frame(xor.frame())
    choose(panel, "sign-reversed")
    assert panel.button.accessibleName() == "Make this mistake: Sign reversed"
    panel.button.click()
    do(panel, xor)
    assert xor.session.spec.mistake == "sign-reversed"
    assert marks(panel)[NAMES.index("sign-reversed")] == "✗"
    assert panel.button.text() == "Heal"
    panel.button.click()
    do(panel, xor)
    assert xor.session.spec.mistake is None
    assert "✗" not in marks(panel)


def test_by_keys_too(panel, qtbot, xor):
    panel.show_frame(xor.frame())
    for _ in range(2):
        qtbot.keyClick(panel.list, Qt.Key.Key_Down)
    panel.list.itemActivated.emit(panel.list.currentItem())
    do(panel, xor)
    assert xor.session.spec.mistake == NAMES[2]


def test_one_mistake_gives_way_to_another(panel, xor):
    xor.apply(edits.make_mistake("sign-reversed"))
    panel.show_frame(xor.frame())
    choose(panel, "bias-forgotten")
    assert panel.button.text() == "Make this mistake"
    panel.button.click()
    do(panel, xor)
    assert xor.session.spec.mistake == "bias-forgotten"


def test_where_one_cannot_show_it_says_why_and_opens_an_example(panel, xor):
    panel.show_frame(xor.frame())
    choose(panel, "sign-reversed")
    assert not panel.example.isVisible()
    choose(panel, "input-twice")
    assert panel.lines.sheet.beside == "cannot show here"
    assert "It cannot show here: Every input is 0 or 1, and then x · x = x." in panel.why.text()
    spoken = panel.list.currentItem().data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "xᵢ twice cannot show here"
    assert marks(panel)[NAMES.index("input-twice")] == "—"
    panel.example.click()
    do(panel, xor)
    assert (xor.session.spec.dataset, xor.session.spec.mistake) == ("circle", "input-twice")
    assert not panel.example.isVisible()
    assert panel.lines.sheet.beside == "on"


@pytest.mark.parametrize("name", NAMES)
def test_no_mistake_is_offered_an_example_on_its_own_example(panel, xor, name):
    xor.apply(edits.show_mistake(name))
    panel.show_frame(xor.frame())
    choose(panel, name)
    assert not panel.example.isVisible()


def test_while_training_reasons_are_not_looked_for_with_each_frame(panel, xor, monkeypatch):
    panel.show_frame(replace(xor.frame(), training=True))
    asked = []
    monkeypatch.setattr(break_it, "_why_not", lambda mistake, frame: asked.append(mistake))
    for _ in range(5):
        xor.train(1)
        panel.show_frame(replace(xor.frame(), training=True))
    assert asked == []
    panel.show_frame(xor.frame())
    assert len(asked) == len(NAMES)
