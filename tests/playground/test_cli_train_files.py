"""The files that `playground train` writes: networks, and the history of the losses."""

import csv
import json
from pathlib import Path

import numpy as np
import pytest

from core.formats import FORMATS, load
from core.training import Trainer, begin, draw_start, evaluate, load_data
from playground.__main__ import main
from playground.train_options import train_parser, understand

HEADER = ["epoch", "train_loss", "test_loss", "train_accuracy", "test_accuracy"]


def train(*arguments, code=0):
    assert main(["train", "--quiet", *map(str, arguments)]) == code


def epoch_by_epoch(*arguments):
    """The run after each epoch, the start's first, as the core makes it; and the data."""
    spec = understand(train_parser().read(list(arguments))).spec
    data = load_data(spec)
    run = begin(spec, draw_start(spec))
    trainer = Trainer(spec, data, run.kernel)
    runs = [run]
    for _ in range(understand(train_parser().read(list(arguments))).epochs):
        runs.append(trainer.advance(runs[-1], trainer.steps_to_epoch_end(runs[-1])))
    return runs, data


def bits(network):
    return [array.tobytes() for layer in network.layers for array in (layer.weights, layer.biases)]


@pytest.mark.parametrize("kind", FORMATS, ids=FORMATS.names())
@pytest.mark.parametrize(
    "words",
    [
        ["--dataset", "circle", "--epochs", "3"],
        ["--dataset", "xor", "--epochs", "25", "--no-bias", "--init", "uniform"],
        ["--dataset", "blobs-3", "--epochs", "2", "--hidden="],
        ["--dataset", "sine", "--epochs", "0"],
    ],
)
def test_every_format_holds_the_trained_network_bit_for_bit(tmp_path, kind, words):
    path = tmp_path / f"network{kind.suffix}"
    train(*words, "--export", path)
    runs, _ = epoch_by_epoch(*words)
    document = load(path)
    assert bits(document.network) == bits(runs[-1].network)
    assert document.spec == understand(train_parser().read(words)).spec


def test_the_arrays_in_an_npz_have_their_names(tmp_path):
    path = tmp_path / "network.npz"
    train("--dataset", "circle", "--epochs", "1", "--no-bias", "--export", path)
    with np.load(path) as arrays:
        assert set(arrays) == {"W1", "b1", "W2", "b2", "W3", "b3", "metadata"}
        assert [arrays[f"W{k}"].shape for k in (1, 2, 3)] == [(2, 4), (4, 2), (2, 1)]
        assert all(not arrays[f"b{k}"].any() for k in (1, 2, 3))


def test_no_epochs_export_the_start(tmp_path):
    path = tmp_path / "start.npz"
    train("--epochs", 0, "--seed", 3, "--export", path)
    start = draw_start(understand(train_parser().read(["--seed", "3"])).spec)
    assert bits(load(path).network) == bits(start)


def test_several_files_are_written_and_named_with_their_differences(tmp_path, capsys):
    paths = [tmp_path / name for name in ("a.npz", "b.json", "c.npz")]
    exports = [word for path in paths for word in ("--export", str(path))]
    history = tmp_path / "h.csv"
    assert main(["train", "--epochs", "1", *exports, "--history", str(history)]) == 0
    text = capsys.readouterr().out
    assert all(f"written: {path} (largest difference of its outputs 0)\n" in text for path in paths)
    assert text.endswith(f"written: {history}\n")
    assert paths[0].read_bytes() == paths[2].read_bytes()


def test_a_file_is_replaced(tmp_path):
    path = tmp_path / "network.npz"
    path.write_text("something else")
    train("--epochs", 1, "--export", path)
    assert load(path).spec is not None


@pytest.mark.parametrize(
    ("words", "test_rows", "classes"),
    [
        (["--dataset", "circle", "--epochs", "4", "--batch", "30"], True, True),
        (["--dataset", "xor", "--epochs", "60"], False, True),
        (["--dataset", "plane", "--epochs", "3"], True, False),
        (["--dataset", "sine", "--epochs", "0", "--train-share", "1"], False, False),
    ],
)
def test_the_history_has_a_row_for_the_start_and_each_epoch(tmp_path, words, test_rows, classes):
    path = tmp_path / "history.csv"
    train(*words, "--history", path)
    with path.open(newline="") as file:
        header, *rows = csv.reader(file)
    assert header == HEADER
    runs, data = epoch_by_epoch(*words)
    assert len(rows) == len(runs)
    for epoch, (run, row) in enumerate(zip(runs, rows, strict=True)):
        on_train = evaluate(run.network, "none", data.x_train, data.t_train, data)
        on_test = evaluate(run.network, "none", data.x_test, data.t_test, data)
        assert on_train is not None
        losses = [on_train.data_loss, on_test.data_loss if on_test else None]
        accuracies = [on_train.accuracy, on_test.accuracy if on_test else None]
        assert row == ["" if value is None else repr(value) for value in (epoch, *losses, *accuracies)]
        assert [bool(cell) for cell in row] == [True, True, test_rows, classes, test_rows and classes]


def test_the_last_row_is_what_json_says(tmp_path, capsys):
    path = tmp_path / "history.csv"
    assert main(["train", "--json", "--dataset", "moons", "--epochs", "3", "--history", str(path)]) == 0
    found = json.loads(capsys.readouterr().out)
    assert path.read_text().splitlines()[-1].split(",") == [repr(found[key]) for key in ("epochs", *HEADER[1:])]


def test_looking_at_every_epoch_changes_nothing(tmp_path):
    looked, unseen = tmp_path / "looked.npz", tmp_path / "unseen.npz"
    words = ["--dataset", "circle", "--epochs", "5", "--batch", "9"]
    train(*words, "--export", looked, "--history", tmp_path / "h.csv", "--until-loss", "1e-9")
    train(*words, "--export", unseen)
    assert bits(load(looked).network) == bits(load(unseen).network)


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (["--export", "network.txt"], ".npz"),
        (["--export", "network"], ".npz"),
        (["--export", "good.npz", "--export", "bad.xyz"], "bad.xyz"),
        (["--export", "nowhere/network.npz"], "There is no folder nowhere"),
        (["--export", "folder.npz"], "folder.npz is a folder"),
        (["--history", "nowhere/history.csv"], "There is no folder nowhere"),
        (["--history", "folder.npz"], "folder.npz is a folder"),
        (["--history", ""], "is a folder"),
        (["--export", "file/network.npz"], "file is not a folder"),
        (["--export", "a.npz", "--history", "a.npz"], "name two files"),
        (["--export", "a\0.npz"], "cannot be the name of a file"),
        (["--export", "x" * 300 + ".npz"], "too long"),
        (["--export", "large.json", "--hidden", "600,600"], "large.json cannot be written: it would have"),
        (["--export", "deep.npz", "--hidden", ",".join("2" * 200)], "deep.npz cannot be written: it has"),
    ],
)
def test_what_cannot_be_written_is_refused_before_the_training(tmp_path, monkeypatch, capsys, words, hint):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("playground.train_loop.TrainLoop.train", pytest.fail)
    Path("folder.npz").mkdir()
    Path("file").touch()
    train(*words, code=2)
    out, err = capsys.readouterr()
    assert out == ""
    assert hint in err
    assert err.count("\n") == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "folder.npz"]


def test_a_write_protected_file_is_refused(tmp_path, monkeypatch, capsys):
    path = tmp_path / "network.npz"
    path.write_text("precious")
    monkeypatch.setattr("os.access", lambda path, mode: False)  # nothing is protected from root
    train("--export", path, code=2)
    assert "may not be written" in capsys.readouterr().err
    assert path.read_text() == "precious"


def test_one_file_that_fails_late_does_not_cost_the_others(tmp_path, monkeypatch, capsys):
    lost, kept, history = tmp_path / "lost.json", tmp_path / "kept.npz", tmp_path / "history.csv"
    monkeypatch.setattr("playground.output_files.check_writable", lambda path: None)
    monkeypatch.setattr("playground.train_command.check_writable", lambda path: None)
    lost.mkdir()
    train("--epochs", 1, "--export", lost, "--export", kept, "--history", history, code=2)
    assert capsys.readouterr().err == f"{lost} is a folder; name a file in it.\n"
    assert load(kept).spec is not None
    assert history.read_text().count("\n") == 3
