"""The options of `train`, what they mean as a Spec, and the Spec as options again."""

import argparse
from dataclasses import replace
from pathlib import Path
from typing import Any

from core.activations import ACTIVATIONS
from core.errors import InputError
from core.initializers import INITIALIZERS
from core.kernels import KERNELS
from core.losses import LOSSES
from core.record import record
from core.spec import Spec, check
from playground.command_parser import (
    CommandParser,
    batch_size,
    count,
    layer_sizes,
    real_number,
    whole_number,
)
from playground.data_options import DATA_FIELDS, DEFAULT_DATASET, add_data_options, said, start_of

# Options that are fields of Spec under the same name.
NETWORK_FIELDS = ("hidden", "loss", "init", "biased", "eta", "batch", "shuffle", "kernel")


@record
class TrainOptions:
    """What to train, for how long, and what to do with the outcome."""

    spec: Spec
    epochs: int
    until_loss: float | None
    exports: tuple[Path, ...]
    history: Path | None
    json: bool
    quiet: bool


def train_parser() -> CommandParser:
    """The command line of `playground train`."""
    parser = CommandParser(
        "playground train",
        "Train a network on a data set. What is not said comes from the data set's own suggestion"
        f" (default data set: {DEFAULT_DATASET}).",
    )
    add_data_options(parser)
    _add_network_options(parser)
    _add_training_options(parser)
    _add_output_options(parser)
    return parser


def _add_network_options(parser: CommandParser) -> None:
    group = parser.add_argument_group("network")
    activations = ", ".join(ACTIVATIONS.names())
    group.add_argument("--hidden", type=layer_sizes, metavar="SIZES", help="like 4,2; '' for none")
    group.add_argument("--activation", metavar="NAME", help=f"of the hidden layers: {activations}")
    group.add_argument("--output-activation", metavar="NAME", help="one of the same")
    group.add_argument("--loss", metavar="NAME", help=", ".join(LOSSES.names()))
    group.add_argument("--init", metavar="NAME", help=f"{', '.join(INITIALIZERS.names())} (default glorot)")
    group.add_argument("--no-bias", dest="biased", action="store_false", help="biases stay 0")


def _add_training_options(parser: CommandParser) -> None:
    group = parser.add_argument_group("training")
    group.add_argument("--eta", type=real_number, metavar="X", help="the learning rate η")
    group.add_argument("--batch", type=batch_size, metavar="N", help="samples an update, or 'full'")
    group.add_argument("--epochs", type=count, metavar="N", help="passes over the training rows, at most")
    group.add_argument(
        "--until-loss",
        type=real_number,
        metavar="X",
        help="stop after the first epoch whose objective on the training rows is X or less",
    )
    group.add_argument(
        "--shuffle",
        action=argparse.BooleanOptionalAction,
        help="a new order in every epoch (default), or always the same",
    )
    group.add_argument("--seed", type=whole_number, metavar="N", help="of data, start and order (default 1)")
    group.add_argument("--kernel", metavar="NAME", help=f"auto, {', '.join(KERNELS.names())}")


def _add_output_options(parser: CommandParser) -> None:
    group = parser.add_argument_group("output")
    group.add_argument(
        "--export",
        action="append",
        type=Path,
        metavar="FILE",
        help="write the network; the format by the suffix; may be given several times",
    )
    group.add_argument("--history", type=Path, metavar="F.csv", help="write losses and accuracies by epoch")
    group.add_argument("--json", action="store_true", help="print one JSON object instead of the summary")
    group.add_argument("--quiet", action="store_true", help="print neither summary nor progress")


def understand(namespace: argparse.Namespace) -> TrainOptions:
    """The options with all that was not said filled in; InputError when they do not make sense together."""
    start = start_of(namespace)
    spec = _spec(start, namespace)
    check(spec)
    until_loss = getattr(namespace, "until_loss", None)
    if until_loss is not None and not until_loss >= 0:
        raise InputError(f"--until-loss takes a loss, which is never below 0, not {until_loss:g}.")
    return TrainOptions(
        spec,
        epochs=getattr(namespace, "epochs", start.source.suggestion.epochs),
        until_loss=until_loss,
        exports=tuple(getattr(namespace, "export", ())),
        history=getattr(namespace, "history", None),
        json=hasattr(namespace, "json"),
        quiet=hasattr(namespace, "quiet"),
    )


def _spec(start: Spec, namespace: argparse.Namespace) -> Spec:
    suggestion = start.source.suggestion
    hidden = getattr(namespace, "hidden", start.hidden)
    # Looked up here, since without hidden layers it is not part of the Spec that is checked.
    activation = ACTIVATIONS[getattr(namespace, "activation", suggestion.activation)].name
    output = getattr(namespace, "output_activation", suggestion.output_activation)
    return replace(
        start,
        **said(namespace, DATA_FIELDS + NETWORK_FIELDS),
        activations=(*(activation for _ in hidden), output),
    )


def as_used(options: TrainOptions, kernel: str) -> dict[str, Any]:
    """Every option that has a say in the result, by its name and as it was used; None where it has none."""
    spec = options.spec
    return {
        "dataset": spec.dataset,
        "samples": spec.samples,
        "noise": spec.noise,
        "train_share": spec.train_share,
        "targets": spec.encoding if spec.source.classes else None,
        "data_seed": spec.data_seed,
        "hidden": list(spec.hidden),
        "activation": spec.activations[0] if spec.hidden else None,
        "output_activation": spec.activations[-1],
        "loss": spec.loss,
        "init": spec.init,
        "bias": spec.biased,
        "eta": spec.eta,
        "batch": "full" if spec.batch is None else spec.batch,
        "epochs": options.epochs,
        "until_loss": options.until_loss,
        "shuffle": spec.shuffle,
        "seed": spec.seed,
        "kernel": kernel,
    }


def as_words(used: dict[str, Any]) -> list[str]:
    """The same as a command line."""
    words: list[str] = []
    for name, value in used.items():
        option = f"--{name.replace('_', '-')}"
        if value is None or (name, value) == ("bias", True):
            continue
        if isinstance(value, bool):
            words.append(option if value else f"--no-{option[2:]}")
        else:
            words += [option, ",".join(map(str, value)) if isinstance(value, list) else str(value)]
    return words
