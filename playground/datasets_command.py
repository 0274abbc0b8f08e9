"""`playground datasets`: what data sets there are, what is in one of them, and its rows as a file."""

import argparse
import shlex
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from core.datasets import DATASETS, Data, Dataset
from core.datasets.dataset import PARITY_BITS
from core.errors import InputError
from core.formats import write_rows
from core.spec import Spec, check, suggested
from core.training import load_data
from playground import console
from playground.command_parser import CommandParser
from playground.data_options import DATA_FIELDS, DEFAULT_SEED, add_data_options, said, with_data_options
from playground.output_files import check_writable

FIRST_ROWS = 5


def main(arguments: list[str]) -> int:
    """Do it and return the exit code; InputError when something asked for makes no sense."""
    namespace = datasets_parser().read(arguments)
    name = _name(namespace)
    if name is None:
        console.say(overview())
        return 0
    spec = bare_spec(name, namespace)
    data = load_data(spec)
    if hasattr(namespace, "export"):
        _export(namespace.export, data)
    else:
        console.say(details(spec, data))
    return 0


def datasets_parser() -> CommandParser:
    """The command line of `playground datasets`."""
    parser = CommandParser(
        "playground datasets",
        "List the data sets; with a name, show one of them or write its rows, exactly those that train uses.",
    )
    parser.add_argument("name", nargs="?", metavar="NAME", help="the data set (the same as --dataset)")
    add_data_options(parser)
    parser.add_argument(
        "--export",
        type=Path,
        metavar="F.csv",
        help="write the rows: columns x1 …, t1 … and split (train or test)",
    )
    return parser


def _name(namespace: argparse.Namespace) -> str | None:
    """Which data set is meant; None for all of them."""
    names = {value for key, value in vars(namespace).items() if key in ("name", "dataset")}
    if len(names) > 1:
        raise InputError(f"One data set at a time, not {' and '.join(sorted(names))}.")
    if not names and (said(namespace, DATA_FIELDS) or hasattr(namespace, "export")):
        raise InputError("Say which data set is meant: playground datasets NAME, and then its options.")
    return names.pop() if names else None


def bare_spec(name: str, namespace: argparse.Namespace) -> Spec:
    """The data options for that data set, with a network that no choice of targets can contradict."""
    spec = with_data_options(suggested(name, seed=DEFAULT_SEED), namespace)
    spec = replace(
        spec,
        hidden=(),
        activations=("identity",),
        loss="half-squared-error",
        targets=spec.source.encoding if spec.targets == "auto" else spec.targets,
    )
    check(spec)
    return spec


def _export(path: Path, data: Data) -> None:
    if path.suffix.lower() != ".csv":
        raise InputError(f"Rows are written as .csv, so {str(path)!r} should end in it.")
    check_writable(path)
    write_rows(path, data)
    console.say(f"written: {path} ({data.train} rows to train on, {len(data.x) - data.train} to test)")


def overview() -> str:
    """A line a data set."""
    rows = [("name", "inputs", "targets", "rows", "suggested")]
    rows += [
        (source.name, str(source.inputs), _targets(source), str(source.samples), _suggestion(source))
        for source in DATASETS
    ]
    note = f"parity-N is there for every N = {PARITY_BITS[0]} … {PARITY_BITS[-1]}."
    return "\n".join([*_aligned(rows), note])


def details(spec: Spec, data: Data) -> str:
    """What one data set is, what trains it, and its first rows."""
    source = spec.source
    shown = [_columns(data), *(_row(data, at) for at in range(min(FIRST_ROWS, len(data.x))))]
    return "\n".join(
        [
            f"{source.label} ({source.name})",
            source.help,
            f"{_plural(source.inputs, 'input')}, {_targets(source)}"
            + (f" as {spec.targets} targets" if source.classes else "")
            + f"; {data.train} rows to train on, {len(data.x) - data.train} to test.",
            f"Suggested: {_suggestion(source)}; from seed 1 down to an objective of {source.suggestion.goal:g}.",
            f"Train it:  playground train --dataset {shlex.quote(source.name)}",
            "",
            *_aligned(shown),
            *(["…"] if len(data.x) > FIRST_ROWS else []),
        ]
    )


def _suggestion(source: Dataset) -> str:
    suggestion = source.suggestion
    network = [source.inputs, *suggestion.hidden, suggested(source.name).sizes[-1]]
    hidden = f"{suggestion.activation} → " if suggestion.hidden else ""
    batch = "full batch" if suggestion.batch is None else f"batch {suggestion.batch}"
    return (
        f"{'-'.join(map(str, network))} {hidden}{suggestion.output_activation}, {suggestion.loss},"
        f" η {suggestion.eta:g}, {batch}, {suggestion.epochs} epochs"
    )


def _targets(source: Dataset) -> str:
    if source.classes:
        return f"{source.classes} classes"
    return _plural(source.outputs(source.encoding), "number")


def _plural(count: int, word: str) -> str:
    return f"{count} {word}{'' if count == 1 else 's'}"


def _columns(data: Data) -> tuple[str, ...]:
    inputs, targets = data.x.shape[1], data.t.shape[1]
    return (
        *(f"x{i}" for i in range(1, inputs + 1)),
        *(f"t{j}" for j in range(1, targets + 1)),
        "split",
    )


def _row(data: Data, at: int) -> tuple[str, ...]:
    numbers = (f"{value:.4g}" for value in (*data.x[at], *data.t[at]))
    return (*numbers, "train" if at < data.train else "test")


def _aligned(rows: Sequence[tuple[str, ...]]) -> list[str]:
    """Columns under one another."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    padded = ([cell.ljust(width) for cell, width in zip(row, widths, strict=True)] for row in rows)
    return ["  ".join(cells).rstrip() for cells in padded]
