"""The rows of `playground bench`: goals judged, figures in their places, rivals left out with a reason."""

import json

import numpy as np
import pytest

from core.kernels import KERNELS
from core.kernels.layout import Layout
from playground.benchmarks import c_rival, command, kernel, libraries
from playground.benchmarks.kernel import Work
from playground.benchmarks.rows import Row, table
from playground.cli import run

QUICK = Row("quick", 2.0, "ms", at_most=3)
SLOW = Row("slow", 90.0, "/s", at_least=100)
SHARE = Row("share", 1.0, "µs", at_most=0.4, rival="C", theirs=2.0)


def test_a_goal_bounds_the_figure_or_where_there_is_a_rival_the_ratio():
    assert (QUICK.met, SLOW.met, SHARE.met) == (True, False, False)
    assert SHARE.ratio == 0.5
    assert Row("no goal", 1e9, "ms").met


def test_the_table_has_a_line_for_each_row():
    lines = table([QUICK, SLOW, SHARE]).splitlines()
    assert [line.split()[0] for line in lines[1:]] == ["quick", "slow", "share"]
    assert lines[1].endswith("met")
    assert lines[2].endswith("NOT MET")
    assert "C 2.00" in lines[3]
    assert "0.5 ×" in lines[3]


@pytest.fixture
def measured(monkeypatch):
    """What a part of the bench would find."""

    def measure(skipped):
        skipped("the moon, which is far")
        yield from (QUICK, SLOW)

    monkeypatch.setattr(kernel, "measure", measure)


@pytest.mark.usefixtures("measured")
def test_json_holds_every_row_and_what_was_skipped(capsys):
    assert run(["bench", "kernel", "--json"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert [row["what"] for row in found["rows"]] == ["quick", "slow"]
    assert [row["met"] for row in found["rows"]] == [True, False]
    assert found["skipped"] == ["the moon, which is far"]


@pytest.mark.usefixtures("measured")
def test_the_text_says_what_was_skipped(capsys):
    run(["bench", "kernel"])
    told = capsys.readouterr()
    assert "NOT MET" in told.out
    assert "Skipped: the moon" in told.err


def test_an_unknown_part_is_named_with_those_there_are(capsys):
    assert run(["bench", "speed"]) == 2
    assert ", ".join(command.PARTS) in capsys.readouterr().err


@pytest.mark.parametrize("work", [Work((2, 4, 2, 1), 10), Work((4, 3, 3), 10, softmax=True)], ids=lambda w: w.name)
def test_c_does_the_same_work(work):
    """Its parameters after some epochs are ours: the rival is measured at the same mathematics."""
    skipped = []
    plain = c_rival.compile_it(skipped.append)
    if plain is None:
        assert skipped
        return
    task = work.task(np.random.default_rng(0))
    start, orders = kernel._start(task), kernel._orders(task)[:3]
    ours = KERNELS["numpy"].make(task)
    ours.load(start, np.zeros((0, Layout(task.sizes).length)), 0)
    losses = np.empty(75)
    ours.burst(orders, 0, 75, losses)
    theirs, their_losses = c_rival.trained(plain, task, start, orders, 75)
    assert np.allclose(ours.parameters(), theirs, rtol=1e-9, atol=1e-12)
    assert np.allclose(losses, their_losses, rtol=1e-9)


def test_a_library_that_is_not_installed_is_skipped(monkeypatch):
    def missing(name):
        raise ImportError(name)

    monkeypatch.setattr(libraries, "import_module", missing)
    skipped = []
    assert list(kernel._against_libraries(skipped.append)) == []
    assert [sentence.split(",")[0] for sentence in skipped] == ["scikit-learn", "PyTorch"]


def test_contenders_take_turns():
    turns = []
    times = kernel.timed({name: lambda steps, name=name: turns.append(name) for name in "ab"}, 1e-6, 3)
    assert set(times) == {"a", "b"}
    assert turns[-6:] == ["a", "b"] * 3
