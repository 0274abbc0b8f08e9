"""Which formula of an author stands beside what a frame shows, and on whose numbers its counter-example is made."""

import numpy as np
import pytest

from core.edits import choose, open_example
from core.errata import printed_in
from core.errata.beside import READ_AS, beside, is_open, step_for, text_of
from core.errata.remarks import example_step
from core.examples import EXAMPLES
from core.explain.phases import phases
from core.explain.shown import shown
from core.selection import Edge, ItemChoice, Node, OwnInput
from core.session import default_session
from core.workbench import Workbench


@pytest.fixture
def bench():
    return Workbench(default_session())


def wheres(bench, text):
    return [printed.where for printed in beside(shown(bench.frame()), text)]


def test_the_text_is_that_of_the_example_or_of_the_notation(bench):
    assert text_of(bench.frame(), "code") is None
    assert text_of(bench.frame(), "medium") == "medium"
    bench.apply(open_example(EXAMPLES["mazur"]))
    assert text_of(bench.frame(), "code") == text_of(bench.frame(), "duke") == "mazur"
    assert READ_AS == ("365", "medium", "duke", "duke-figure-1", "duke-figure-2", "duke-figure-3", "mazur")


def test_it_goes_with_what_is_chosen(bench):
    bench.apply(open_example(EXAMPLES["365"]))
    bench.perform(ItemChoice(Node(1, 0)))
    assert wheres(bench, "365") == ["001, last formula", "003, last formula"]
    bench.perform(ItemChoice(Edge(1, 0, 0)))
    assert wheres(bench, "365") == ["001 and 003", "001 and 003, hidden layer"]


def test_each_phase_of_dukes_table_has_a_formula_of_his(bench):
    bench.apply(open_example(EXAMPLES["duke"]))
    for phase in phases(bench.session.run.network):
        bench.step_phase()
        found = beside(shown(bench.frame()), "duke")
        assert bool(found) == (phase.part.value != "choose"), phase.name
        if phase.step == 7:
            assert [printed.where for printed in found] == ["Table 1, step 7"]


def test_of_dukes_figures_the_slope_is_always_beside(bench):
    bench.apply(open_example(EXAMPLES["duke-figure-1"]))
    assert wheres(bench, "duke-figure-1") == ["eq. 6"]


def test_what_nobody_prints_has_nothing_beside_it(bench):
    bench.perform(ItemChoice(Node(0, 0)))
    assert wheres(bench, "365") == []


def test_counter_examples_are_made_on_the_open_network_where_it_trains(bench):
    bench.apply(open_example(EXAMPLES["365"]))
    bench.train(3)
    frame = bench.frame()
    assert is_open(frame, "365")
    assert step_for(frame, "365").network is frame.network
    assert not is_open(frame, "duke")
    assert np.array_equal(step_for(frame, "duke").x, example_step("duke").x)


def test_a_network_that_was_changed_is_no_longer_the_texts(bench):
    bench.apply(open_example(EXAMPLES["365"]))
    bench.perform(OwnInput(np.array([0.1, 0.2]), None))
    assert not is_open(bench.frame(), "365")
    bench.choose_sample(0)
    bench.apply(choose("larger", hidden=(4,)))
    assert not is_open(bench.frame(), "365")
    for printed in printed_in("365"):
        if printed.erratum is not None and printed.erratum.shown is not None:
            assert printed.erratum.shown(step_for(bench.frame(), "365")).printed != 0.123
