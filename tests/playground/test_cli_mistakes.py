"""Every wrong usage of `playground train`: exit code 2, one sentence that helps, and nothing written."""

import pytest

from core.errors import InputError
from playground.__main__ import main
from playground.command_parser import CommandParser, join_negative_numbers, real_number
from playground.train_options import train_parser

MISTAKES = [
    ("--dataset xr", "did you mean 'xor'?"),
    ("--dataset parity-1", "2 … 12"),
    ("--dataset", "--dataset needs a value"),
    ("--samples many --dataset circle", "--samples takes a whole number, not 'many'"),
    ("--samples 1e3 --dataset circle", "--samples takes a whole number, not '1e3'"),
    ("--samples 0 --dataset circle", "must lie in 1 …"),
    ("--samples -5 --dataset circle", "must lie in 1 …"),
    ("--samples 5", "xor is a table"),
    ("--noise 5", "xor is a table"),
    ("--noise 51 --dataset circle", "0 … 50"),
    ("--noise -1e-3 --dataset circle", "0 … 50"),
    ("--noise nan --dataset circle", "0 … 50"),
    ("--noise 5% --dataset circle", "--noise takes a number, not '5%'"),
    ("--train-share 1.5", "0 … 1"),
    ("--train-share 0", "to train on"),
    ("--targets plus_minus", "did you mean 'plus-minus'?"),
    ("--targets plus-minus", "fitting"),
    ("--data-seed -1", "data seed"),
    ("--data-seed 1.5", "--data-seed takes a whole number, not '1.5'"),
    ("--hidden 4,,2", "like 4,2 or '' for none"),
    ("--hidden 4.5", "like 4,2 or '' for none"),
    ("--hidden four", "like 4,2 or '' for none"),
    ("--hidden 4,0", "at least 1 unit"),
    ("--hidden -4,2", "at least 1 unit"),
    ("--hidden 100000,100000", "smaller hidden layers"),
    ("--hidden " + "9" * 400, "takes no number as large"),
    ("--activation tahn", "did you mean 'tanh'?"),
    ("--activation tahn --hidden=", "did you mean 'tanh'?"),
    ("--output-activation sigmod", "did you mean 'sigmoid'?"),
    ("--loss hinge", "choose one of"),
    ("--loss softmax-cross-entropy", "softmax"),
    ("--output-activation tanh --loss binary-cross-entropy", "sigmoid"),
    ("--output-activation softmax --targets zero-one", "one-hot"),
    ("--dataset plane --output-activation sigmoid --loss binary-cross-entropy", "fitting losses"),
    ("--init glort", "did you mean 'glorot'?"),
    ("--no-bias=1", "takes no value"),
    ("--eta", "--eta needs a value"),
    ("--eta --json", "--eta needs a value"),
    ("--eta fast", "--eta takes a number, not 'fast'"),
    ("--eta 0", "positive"),
    ("--eta -1e-2", "not -0.01"),
    ("--eta nan", "positive"),
    ("--eta inf", "positive"),
    ("--eta -inf", "positive"),
    ("--eta 1e999", "positive"),
    ("--batch 0", "at least 1 sample"),
    ("--batch -1", "at least 1 sample"),
    ("--batch half", "a number of samples or 'full'"),
    ("--epochs -1", "from 0 on"),
    ("--epochs 1.5", "--epochs takes a whole number, not '1.5'"),
    ("--epochs " + "9" * 5000, "--epochs takes a whole number"),
    ("--until-loss -5e-05", "never below 0, not -5e-05"),
    ("--until-loss nan", "never below 0"),
    ("--seed -1", "seed"),
    ("--seed x", "--seed takes a whole number, not 'x'"),
    ("--seed " + "9" * 30, "takes no number as large"),
    ("--shuffle=yes", "takes no value"),
    ("--kernel quick", "no kernel 'quick'"),
    ("--bach 3", "did you mean --batch?"),
    ("--epoch 3", "did you mean --epochs?"),
    ("--zzz", "see playground train --help"),
    ("-e 3", "no option '-e'"),
    ("xor", "'xor' is one argument too many"),
]


@pytest.mark.parametrize(("words", "hint"), MISTAKES, ids=[words[:40] for words, _ in MISTAKES])
def test_a_mistake_is_one_sentence(tmp_path, capsys, words, hint):
    files = ["--export", str(tmp_path / "network.npz"), "--history", str(tmp_path / "history.csv")]
    assert main(["train", *files, *words.split(" ")]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert hint in err
    assert err.count("\n") == 1
    assert err.rstrip()[-1] in ".?"
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (["--x", "-0.5,1", "--target", "-5e-05"], ["--x=-0.5,1", "--target=-5e-05"]),
        (["--eta", "-.5"], ["--eta=-.5"]),
        (["--eta", "-Infinity"], ["--eta", "-Infinity"]),
        (["--eta", "-inf"], ["--eta=-inf"]),
        (["--eta=1", "-5"], ["--eta=1", "-5"]),
        (["-5"], ["-5"]),
        (["--", "--eta", "-5"], ["--", "--eta", "-5"]),
        (["--export", "-o"], ["--export", "-o"]),
    ],
)
def test_a_negative_number_belongs_to_its_option(written, meant):
    assert join_negative_numbers(written) == meant


@pytest.mark.parametrize("number", ["-1", "-1e-2", "-.5", "-5E+3", "1e-2", "+3", "-inf"])
def test_numbers_work_as_written(number):
    parser = CommandParser("test", "")
    parser.add_argument("--x", type=real_number)
    assert parser.read(["--x", number]).x == parser.read([f"--x={number}"]).x == float(number)


def test_options_are_not_abbreviated():
    with pytest.raises(InputError, match="did you mean --until-loss"):
        train_parser().read(["--until", "1"])


def test_what_is_not_said_leaves_nothing_behind():
    assert vars(train_parser().read([])) == {}
