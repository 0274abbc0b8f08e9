"""What an author prints beside ours: it follows the example, the notation, the phase and what is chosen, or stays."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from core.edits import make_mistake, open_example
from core.errata import ERRATA, printed_in
from core.errata.beside import READ_AS
from core.examples import EXAMPLES
from core.explain.phases import Part, phases
from core.selection import Edge, ItemChoice, Node
from core.session import default_session
from core.workbench import Workbench
from ui.equations.author_sheet import MARKS, title
from ui.panels.author import AuthorPanel
from ui.theme import LIGHT


@pytest.fixture
def panel(qtbot, prepared):
    widget = prepared(AuthorPanel())
    qtbot.addWidget(widget)
    widget.resize(700, 260)
    widget.show_theme(LIGHT)
    widget.show()
    return widget


def opened(name):
    bench = Workbench(default_session())
    bench.apply(open_example(EXAMPLES[name]))
    return bench


def show(panel, bench):
    """The frame in the notation of the text, as the window does."""
    name = bench.session.spec.dataset
    notation = EXAMPLES[name].notation if name in EXAMPLES else LIGHT.notation
    panel.show_theme(replace(LIGHT, notation=notation))
    panel.show_frame(bench.frame())


def lines(panel):
    return panel.page.equation.sheet.text.splitlines()


def labels(panel):
    return [line.label for line in panel.page.equation.sheet.lines]


def listed(panel):
    return [panel.list.item(row).text() for row in range(panel.list.count())]


def test_an_example_brings_its_author(panel):
    for name in READ_AS:
        show(panel, opened(name))
        assert panel.text.currentData() == name
        assert len(listed(panel)) == len(printed_in(name))


def test_a_wrong_formula_stands_over_ours_with_the_reason_and_numbers(panel):
    bench = opened("365")
    bench.perform(ItemChoice(Node(1, 0)))
    show(panel, bench)
    assert labels(panel) == ["✗ wrong", "✗ misprint", "ours", "numbers"]
    assert lines(panel)[0] == "δⱼ = Σₖ δₖwⱼₖyⱼ(1 − yⱼ)xᵢ"
    assert lines(panel)[2] == "δⱼ = σ′(aⱼ⁽¹⁾) · Σₖ δₖuⱼₖ"
    assert lines(panel)[3].endswith("= −0.02726")
    said = panel.page.words.text()
    assert "Correct: δⱼ = hⱼ(1 − hⱼ) Σₖ δₖ uⱼₖ." in said
    assert "In numbers, ∂L/∂w₁₁: as printed −0.009815, correct −0.01636, by central difference −0.01636." in said


def test_counter_examples_are_computed_where_the_training_stands(panel):
    bench = opened("365")
    bench.perform(ItemChoice(Node(1, 0)))
    show(panel, bench)
    before = panel.page.words.text()
    bench.train(10)
    panel.show_frame(bench.frame())
    after = panel.page.words.text()
    slope = bench.frame().gradient.weights[0][0, 0]
    assert after != before
    assert f"correct {slope:.5f}".replace("-", "−") in after
    assert panel.header.value.text() == "sample 1 after step 10"


def test_a_right_formula_is_marked_so_and_needs_no_words(panel):
    bench = opened("duke")
    bench.perform(ItemChoice(Node(0, 1)))
    show(panel, bench)
    assert labels(panel) == ["✓ right", "ours", "numbers"]
    assert panel.page.equation.sheet.title == "Table 1, step 7"
    assert panel.page.words.text() == ""


def test_it_goes_with_the_phases(panel):
    bench = opened("duke")
    show(panel, bench)
    seen = []
    for _ in phases(bench.session.run.network):
        bench.step_phase()
        panel.show_frame(bench.frame())
        seen.append(panel.page.equation.sheet.title)
    assert seen[0] == "nothing printed"
    assert seen[1].startswith("eq. 24 and 34")
    assert {"eq. 38", "Table 1, steps 3 and 5"} <= set(seen)


def test_what_the_backprop_panel_is_asked_for_is_shown_too(panel):
    bench = opened("365")
    bench.perform(ItemChoice(Node(2, 0)))
    show(panel, bench)
    assert lines(panel)[-1].startswith("δ₁⁽²⁾")
    panel.wish(Part.GRADIENTS)
    assert lines(panel)[-1].startswith("∂L/∂b₁⁽²⁾")
    assert "no gradient for the biases" in panel.page.words.text()


def adds_up(line):
    """Whether a calculator gives the result that a line like w = a − b · c = d ends with."""
    *_, numbers, result = line.replace("−", "-").replace("·", "*").split(" = ")
    return round(eval(numbers, {"__builtins__": {}}), len(result.partition(".")[2])) == float(result)


@pytest.mark.parametrize("part", [Part.UPDATE, Part.MADE])
@pytest.mark.parametrize("mistake", [None, "sign-reversed"])
def test_the_numbers_of_an_update_are_those_of_the_next_one_and_of_a_formula_alone_the_samples(panel, part, mistake):
    bench = Workbench(default_session())
    bench.train(3)
    if mistake is not None:
        bench.perform(make_mistake(mistake))
    bench.perform(ItemChoice(Edge(2, 0, 0)))
    show(panel, bench)
    panel.wish(part)
    assert "− η · ∂J/∂Wᵢⱼ" in panel.page.equation.sheet.text
    assert adds_up(lines(panel)[-1])
    assert panel.header.value.text().startswith("next batch after step 3")
    row = next(row for row, text in enumerate(listed(panel)) if "uᵢⱼ ←" in text.replace("_{ij}", "ᵢⱼ"))
    panel.list.itemActivated.emit(panel.list.item(row))
    assert "− η · ∂E/∂Wᵢⱼ" in panel.page.equation.sheet.text
    assert adds_up(lines(panel)[-1])
    assert panel.header.value.text().startswith("sample 1 after step 3")


def test_a_click_in_the_list_stays_with_one_formula_until_it_is_in_step_again(panel, qtbot):
    bench = opened("duke")
    show(panel, bench)
    row = next(row for row, text in enumerate(listed(panel)) if "Nₖ₊₁ rows" in text)
    panel.list.scrollToItem(panel.list.item(row))
    place = panel.list.visualItemRect(panel.list.item(row))
    qtbot.mouseClick(panel.list.viewport(), Qt.MouseButton.LeftButton, pos=place.center())
    assert not panel.in_step.isChecked()
    assert panel.page.equation.sheet.title == "004, eq. 26"
    assert "Correct: Nₖ rows, Nₖ₋₁ columns." in panel.page.words.text()
    bench.perform(ItemChoice(Edge(1, 0, 0)))
    panel.show_frame(bench.frame())
    assert panel.page.equation.sheet.title == "004, eq. 26"
    panel.in_step.click()
    assert panel.page.equation.sheet.title == "eq. 40 · eq. 32"


def test_the_formula_that_it_stays_with_is_the_same_in_another_theme(panel):
    bench = opened("365")
    show(panel, bench)
    panel.list.itemClicked.emit(panel.list.item(3))
    shown = lines(panel)
    panel.show_theme(replace(panel.theme, name="dark"))
    assert panel.list.currentRow() == 3
    assert lines(panel) == shown
    panel.show_frame(bench.frame())
    assert lines(panel) == shown


def test_every_error_of_every_text_can_be_read_in_the_list(panel, qtbot, xor):
    panel.show_frame(xor.frame())
    found = set()
    for place in range(panel.text.count()):
        panel.text.setCurrentIndex(place)
        panel.text.activated.emit(place)
        for row, printed in enumerate(printed_in(panel.text.currentData())):
            panel.list.setCurrentRow(row)
            panel.list.setFocus()
            qtbot.keyClick(panel.list, Qt.Key.Key_Return)
            if printed.erratum is not None:
                found.add(printed.error)
                assert panel.page.words.text().count(printed.erratum.reason) == 1
                assert title(printed) in listed(panel)[row]
                assert printed.erratum.kind in MARKS
    assert found == set(ERRATA.names())
    assert len(found) == 24
    assert "counter-examples" in panel.header.value.text()


def test_the_notation_turns_to_its_author_and_a_choice_stays(panel, xor):
    panel.show_frame(xor.frame())
    first = panel.text.currentData()
    panel.show_theme(replace(LIGHT, notation="medium"))
    assert (first, panel.text.currentData()) == ("365", "medium")
    panel.text.setCurrentIndex(panel.text.findData("mazur"))
    panel.text.activated.emit(panel.text.currentIndex())
    xor.train(1)
    panel.show_frame(xor.frame())
    assert panel.text.currentData() == "mazur"
    assert any(text.startswith("✓  net_h1 = ") for text in listed(panel))
    panel.show_theme(replace(LIGHT, notation="code"))
    assert panel.text.currentData() == "mazur"


def test_mazurs_losses_stand_there_with_all_his_digits(panel):
    bench = opened("mazur")
    show(panel, bench)
    assert lines(panel)[0].endswith("= 0.298371109")
    assert lines(panel)[1] == "E_{total} = 0.298371109"
    assert "E_{total} after the update = 0.291027924" in lines(panel)
    assert "E_{total} after the update = 0.280471447" in lines(panel)
    bench.step_batch()
    panel.show_frame(bench.frame())
    assert lines(panel)[1] == "E_{total} = 0.280471447"


def test_long_formulas_are_scrolled_with_the_words_below_them(panel, qtbot):
    bench = opened("365")
    bench.perform(ItemChoice(Node(1, 0)))
    panel.resize(420, 160)
    show(panel, bench)
    page = panel.page
    qtbot.waitUntil(lambda: page.widget().height() > page.viewport().height())
    assert page.equation.geometry().bottom() < page.words.geometry().top() + 10
    assert page.equation.width() <= page.viewport().width()
