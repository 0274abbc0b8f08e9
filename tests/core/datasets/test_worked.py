"""The rows of the examples: found by name, not listed, saved and read again like any data set."""

import pytest

from core.datasets import DATASETS, WORKED, find_dataset
from core.edits import open_example
from core.examples import EXAMPLES
from core.formats import Document, load, save
from core.session import default_session, start_session
from core.spec import suggested
from core.workbench import Workbench


def test_each_example_has_one_and_the_gallery_none():
    assert {example.dataset or example.name for example in EXAMPLES} == {*WORKED.names(), "xor"}
    assert not set(WORKED.names()) & set(DATASETS.names())
    assert find_dataset("mazur") is WORKED["mazur"]


@pytest.mark.parametrize("name", WORKED.names())
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_its_suggestion_solves_it(name, seed):
    bench = Workbench(start_session(suggested(name, seed=seed)))
    suggestion = find_dataset(name).suggestion
    assert bench.train(suggestion.epochs)
    assert bench.frame().train.objective <= suggestion.goal
    assert bench.session.spec.sizes == EXAMPLES[name].network.sizes


def test_a_network_saved_on_it_is_opened_with_its_row(tmp_path):
    session = open_example(EXAMPLES["mazur"]).change(default_session())
    save(tmp_path / "mazur.npz", Document(session.run.network, session.spec))
    read = load(tmp_path / "mazur.npz")
    assert read.spec is not None
    assert read.spec == session.spec
    assert start_session(read.spec, network=read.network).data.t.tolist() == [[0.01, 0.99]]
