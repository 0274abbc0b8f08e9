"""How `playground train` ends before its last epoch: a loss is reached, numbers diverge, somebody presses Ctrl-C."""

import csv
import json
import math

import numpy as np
import pytest

from core.formats import load
from core.training import Diverged, Trainer, begin, draw_start, evaluate, load_data
from playground.__main__ import main
from playground.train_loop import TrainLoop
from playground.train_options import train_parser, understand

WILD = ["--dataset", "plane", "--eta", "1e3"]


def spec(*arguments):
    return understand(train_parser().read(list(arguments))).spec


def loss(network, x, t, data):
    part = evaluate(network, "none", x, t, data)
    assert part is not None
    return part.data_loss


def history(path):
    with path.open(newline="") as file:
        return [row | {"epoch": int(row["epoch"])} for row in csv.DictReader(file)]


def run_from_start(chosen):
    data = load_data(chosen)
    run = begin(chosen, draw_start(chosen))
    return Trainer(chosen, data, run.kernel), run, data


@pytest.mark.parametrize("words", [["--dataset", "xor"], ["--dataset", "circle", "--batch", "9"]])
def test_until_loss_stops_at_the_first_epoch_that_is_good_enough(tmp_path, capsys, words):
    file = tmp_path / "history.csv"
    assert main(["train", *words, "--epochs", "30", "--quiet", "--history", str(file)]) == 0
    losses = [float(row["train_loss"]) for row in history(file)]
    goal = sorted(losses)[5]
    first = next(epoch for epoch, loss in enumerate(losses) if epoch > 0 and loss <= goal)
    assert main(["train", *words, "--epochs", "30", "--json", "--until-loss", repr(goal)]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["epochs"], found["objective"]) == (first, losses[first])
    assert found["options"]["epochs"] == 30
    assert first < 30


def test_until_loss_needs_an_epoch_even_where_the_start_is_good_enough(tmp_path, capsys):
    file = tmp_path / "history.csv"
    words = ["train", "--until-loss", "inf", "--history", str(file)]
    assert main(words) == 0
    assert "objective inf reached" in capsys.readouterr().out
    assert [row["epoch"] for row in history(file)] == [0, 1]


def test_a_loss_that_is_not_reached_is_no_failure(capsys):
    assert main(["train", "--epochs", "2", "--until-loss", "5e-05"]) == 0
    assert "objective 5e-05 not reached" in capsys.readouterr().out


def test_a_burst_that_diverges_leaves_the_last_finite_state(tmp_path, capsys):
    export = tmp_path / "network.npz"
    assert main(["train", *WILD, "--json", "--export", str(export)]) == 1
    out, err = capsys.readouterr()
    found = json.loads(out)
    trainer, run, data = run_from_start(spec(*WILD))
    run = trainer.advance(run, found["steps"])
    kept = load(export).network
    assert kept.weights[0].tobytes() == run.network.weights[0].tobytes()
    assert found["train_loss"] == loss(kept, data.x_train, data.t_train, data)
    assert math.isfinite(found["train_loss"])
    assert math.isfinite(found["test_loss"])
    assert f"is not finite at step {found['steps'] + 1}" in err
    assert f"the state of step {found['steps']} is kept" in err
    assert err.count("\n") == 1
    try:
        after = trainer.advance(run, 1).network
    except Diverged:
        return
    losses = [loss(after, data.x_train, data.t_train, data), loss(after, data.x_test, data.t_test, data)]
    assert not all(map(math.isfinite, losses))


def test_the_first_quantity_that_was_not_finite_is_named_with_its_layer_and_step(capsys):
    words = ["--dataset", "sine", "--activation", "relu", "--eta", "1e200", "--samples", "4"]
    assert main(["train", *words, "--quiet"]) == 1
    trainer, run, _ = run_from_start(spec(*words))
    with pytest.raises(Diverged, match="of layer") as caught:
        trainer.advance(run, 10)
    assert capsys.readouterr().err == f"{caught.value}\n"


@pytest.mark.parametrize("watched", [[], ["--until-loss", "1e-9"]])
def test_nothing_that_is_written_of_a_diverged_run_is_infinite(tmp_path, capsys, watched):
    export, file = tmp_path / "network.npz", tmp_path / "history.csv"
    words = ["--dataset", "plane", "--eta", "0.2", "--batch", "300"]
    files = ["--export", str(export), "--history", str(file)]
    assert main(["train", *words, "--epochs", "2000", "--json", *files, *watched]) == 1
    found = json.loads(capsys.readouterr().out)
    rows = history(file)
    assert [row["epoch"] for row in rows] == list(range(found["epochs"] + 1))
    assert found["epochs"] > 100
    assert all(math.isfinite(float(row[name])) for row in rows for name in ("train_loss", "test_loss"))
    assert all(np.isfinite(layer.weights).all() for layer in load(export).network.layers)


def test_a_start_that_overflows_is_said(capsys):
    deep = ["--hidden", ",".join(["40"] * 600), "--activation", "identity", "--init", "uniform"]
    words = ["train", "--dataset", "plane", *deep, "--epochs", "0", "--json"]
    assert main(words) == 1
    out, err = capsys.readouterr()
    assert "not finite at step 0" in err
    found = json.loads(out)
    assert (found["steps"], found["train_loss"], found["objective"]) == (0, None, None)


@pytest.fixture
def interrupted_after(monkeypatch):
    """Ctrl-C after so many bursts."""

    def arrange(bursts):
        usual, made = Trainer.advance, []

        def advance(self, run, steps):
            if len(made) == bursts:
                raise KeyboardInterrupt
            made.append(steps)
            return usual(self, run, steps)

        monkeypatch.setattr(Trainer, "advance", advance)
        return made

    return arrange


@pytest.mark.parametrize("watched", [[], ["--until-loss", "1e-9"]])
@pytest.mark.parametrize("bursts", [0, 1, 4])
def test_ctrl_c_keeps_what_was_reached(tmp_path, capsys, interrupted_after, bursts, watched):
    made = interrupted_after(bursts)
    export = tmp_path / "network.npz"
    words = ["--dataset", "circle", "--epochs", "10000"]
    assert main(["train", *words, *watched, "--json", "--export", str(export)]) == 130
    out, err = capsys.readouterr()
    found = json.loads(out)
    assert found["steps"] == sum(made)
    assert err == (f"Interrupted after {found['epochs']} epochs ({found['steps']} steps); that state is the result.\n")
    data = load_data(spec(*words))
    assert loss(load(export).network, data.x_train, data.t_train, data) == found["train_loss"]


def test_ctrl_c_between_update_and_look_loses_no_row(tmp_path, monkeypatch):
    file = tmp_path / "history.csv"
    usual, looks = TrainLoop._evaluate, []

    def evaluate_once_interrupted(self, run):
        looks.append(run)
        if len(looks) == 3:
            raise KeyboardInterrupt
        return usual(self, run)

    monkeypatch.setattr(TrainLoop, "_evaluate", evaluate_once_interrupted)
    assert main(["train", "--quiet", "--epochs", "9", "--history", str(file)]) == 130
    assert [row["epoch"] for row in history(file)] == [0, 1, 2]


def test_ctrl_c_again_ends_at_once_and_writes_nothing(tmp_path, monkeypatch, capsys):
    def interrupted(*arguments):
        raise KeyboardInterrupt

    monkeypatch.setattr(TrainLoop, "_evaluate", interrupted)
    assert main(["train", "--export", str(tmp_path / "network.npz")]) == 130
    assert capsys.readouterr() == ("", "Interrupted.\n")
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_fails_after_a_divergence_leaves_the_code_of_the_divergence(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("playground.output_files.check_writable", lambda path: None)
    assert main(["train", *WILD, "--quiet", "--export", str(tmp_path / "no" / "n.npz")]) == 1
    assert "There is no folder" in capsys.readouterr().err
