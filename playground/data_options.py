"""The options that say which rows to use; every verb that uses rows has the same ones."""

import argparse
from dataclasses import replace
from typing import Any

from core.datasets import DATASETS, ENCODINGS
from core.datasets.dataset import PARITY_BITS
from core.spec import Spec, suggested
from playground.command_parser import CommandParser, real_number, whole_number

DEFAULT_DATASET = "xor"
DEFAULT_SEED = 1

# Options that are fields of Spec under the same name.
DATA_FIELDS = ("samples", "noise", "train_share", "targets", "data_seed")


def add_data_options(parser: CommandParser) -> None:
    """Add them to `parser`, as a group of its --help."""
    group = parser.add_argument_group("data")
    group.add_argument(
        "--dataset",
        metavar="NAME",
        help=f"{', '.join(DATASETS.names())}; parity-N for N = {PARITY_BITS[0]} to {PARITY_BITS[-1]}",
    )
    group.add_argument("--samples", type=whole_number, metavar="N", help="how many rows to draw")
    group.add_argument("--noise", type=real_number, metavar="PERCENT", help="0 to 50 (default 0)")
    group.add_argument(
        "--train-share",
        type=real_number,
        metavar="SHARE",
        help="0 to 1, the share of rows to train on; the others test (default 1 for logic tables and parity, else 0.5)",
    )
    group.add_argument(
        "--targets",
        metavar="NAME",
        help=f"how a class becomes target numbers: auto, {', '.join(ENCODINGS.names())}",
    )
    group.add_argument("--data-seed", type=whole_number, metavar="N", help="(default: the seed)")


def with_data_options(spec: Spec, namespace: argparse.Namespace) -> Spec:
    """`spec` with what the data options say."""
    return replace(spec, **said(namespace, DATA_FIELDS))


def said(namespace: argparse.Namespace, names: tuple[str, ...]) -> dict[str, Any]:
    """Those of the options `names` that were given, with their values."""
    return {name: value for name, value in vars(namespace).items() if name in names}


def start_of(namespace: argparse.Namespace) -> Spec:
    """What the chosen data set suggests, with the seed that was asked for."""
    return suggested(getattr(namespace, "dataset", DEFAULT_DATASET), seed=getattr(namespace, "seed", DEFAULT_SEED))
