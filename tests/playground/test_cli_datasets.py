"""`playground datasets`: the list, one data set, and the rows that `train` uses."""

import csv

import numpy as np
import pytest

from core.datasets import DATASETS, find_dataset
from core.spec import suggested
from core.training import load_data
from playground.__main__ import main
from playground.train_options import train_parser, understand


def printed(capsys, *arguments):
    assert main(["datasets", *arguments]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    return out


def exported(path, *arguments):
    assert main(["datasets", *arguments, "--export", str(path)]) == 0
    with path.open(newline="") as file:
        return list(csv.reader(file))


@pytest.mark.parametrize("source", DATASETS, ids=DATASETS.names())
def test_the_list_has_a_line_for_each(capsys, source):
    lines = [line for line in printed(capsys).splitlines() if line.split()[0] == source.name]
    assert len(lines) == 1
    sizes = "-".join(map(str, suggested(source.name).sizes))
    suggestion = source.suggestion
    for word in (str(source.samples), sizes, suggestion.loss, f"η {suggestion.eta:g}", str(suggestion.epochs)):
        assert word in lines[0]
    assert len(lines[0]) <= 120


def test_the_list_says_that_parity_is_a_family(capsys):
    assert "parity-N is there for every N = 2 … 12." in printed(capsys)


@pytest.mark.parametrize("name", [*DATASETS.names(), "parity-5"])
def test_one_data_set_is_described(capsys, name):
    text = printed(capsys, name)
    source = find_dataset(name)
    assert source.help in text
    assert f"playground train --dataset {name}" in text
    data = load_data(suggested(name))
    first = [f"{value:.4g}" for value in (*data.x[0], *data.t[0])]
    assert [*first, "train"] in [line.split() for line in text.splitlines()]


def test_the_name_may_be_given_as_an_option(capsys):
    assert printed(capsys, "--dataset", "circle") == printed(capsys, "circle")
    assert printed(capsys, "circle", "--dataset", "circle") == printed(capsys, "circle")


@pytest.mark.parametrize(
    ("name", "options"),
    [
        *((name, []) for name in DATASETS.names()),
        ("circle", ["--samples", "31", "--noise", "12.5", "--train-share", "0.7", "--data-seed", "9"]),
        ("gauss", ["--train-share", "1"]),
        ("spiral", ["--data-seed", "5"]),
        ("parity-4", ["--train-share", "0.75"]),
    ],
)
def test_the_file_holds_exactly_the_rows_that_train_uses(tmp_path, name, options):
    header, *rows = exported(tmp_path / "rows.csv", name, *options)
    data = load_data(understand(train_parser().read(["--dataset", name, *options])).spec)
    inputs, targets = data.x.shape[1], data.t.shape[1]
    assert header == [
        *(f"x{i + 1}" for i in range(inputs)),
        *(f"t{j + 1}" for j in range(targets)),
        "split",
    ]
    numbers = np.array([[float(cell) for cell in row[:-1]] for row in rows])
    assert numbers[:, :inputs].tobytes() == data.x.tobytes()
    assert numbers[:, inputs:].tobytes() == data.t.tobytes()
    assert [row[-1] for row in rows] == ["train"] * data.train + ["test"] * (len(data.x) - data.train)


@pytest.mark.parametrize(
    ("name", "targets", "seen"),
    [
        ("xor", "auto", {"0.0", "1.0"}),
        ("xor", "plus-minus", {"-1.0", "1.0"}),
        ("circle", "auto", {"-1.0", "1.0"}),
        ("circle", "zero-one", {"0.0", "1.0"}),
        ("blobs-3", "plus-minus", {"-1.0", "1.0"}),
    ],
)
def test_without_a_network_the_targets_are_the_sets_own_unless_said(tmp_path, name, targets, seen):
    header, *rows = exported(tmp_path / "rows.csv", name, "--targets", targets)
    column = header.index("t1")
    assert {row[column] for row in rows} == seen


def test_one_hot_has_a_column_a_class(tmp_path):
    header, *rows = exported(tmp_path / "rows.csv", "xor", "--targets", "one-hot")
    assert header == ["x1", "x2", "t1", "t2", "split"]
    assert [row[2:4] for row in rows] == [["1.0", "0.0"], ["0.0", "1.0"], ["0.0", "1.0"], ["1.0", "0.0"]]


def test_writing_is_confirmed(capsys, tmp_path):
    path = tmp_path / "rows.csv"
    assert printed(capsys, "circle", "--export", str(path)) == (
        f"written: {path} (250 rows to train on, 250 to test)\n"
    )


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (["xr"], "did you mean 'xor'?"),
        (["parity-99"], "2 … 12"),
        (["xor", "--dataset", "and"], "One data set at a time"),
        (["xor", "and"], "one argument too many"),
        (["--noise", "3"], "playground datasets NAME"),
        (["--export", "rows.csv"], "playground datasets NAME"),
        (["xor", "--noise", "3"], "no noise"),
        (["circle", "--noise", "51"], "0 … 50"),
        (["circle", "--samples", "0"], "must lie in 1 …"),
        (["circle", "--train-share", "0"], "to train on"),
        (["circle", "--train-share", "-0.5"], "0 … 1"),
        (["circle", "--targets", "two-hot"], "did you mean"),
        (["circle", "--data-seed", "-1"], "data seed"),
        (["circle", "--eta", "1"], "no option '--eta'"),
        (["circle", "--export", "rows.txt"], ".csv"),
        (["circle", "--export", "nowhere/rows.csv"], "nowhere"),
        (["circle", "--export"], "--export needs a value"),
    ],
)
def test_what_is_wrong_is_one_sentence(capsys, tmp_path, monkeypatch, arguments, hint):
    monkeypatch.chdir(tmp_path)
    assert main(["datasets", *arguments]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert hint in err
    assert err.count("\n") == 1
    assert list(tmp_path.iterdir()) == []
