"""FILE or --example NAME: which network, and which rows, `explain` and `check` are about."""

import argparse
from dataclasses import replace

from core.arrays import Array
from core.errors import InputError
from core.examples import EXAMPLES
from core.explain.update_rules import PLAIN, Rule
from core.formats import load
from core.freezing import NOTHING, Frozen
from core.network import Network
from core.record import record
from core.spec import Spec, check, suggested
from core.training import load_data
from playground.command_parser import CommandParser
from playground.data_options import DATA_FIELDS, add_data_options, said

FILE_OPTIONS = ("activation", "output_activation", "loss")
DATA_OPTIONS = ("dataset", *DATA_FIELDS)


@record(eq=False)
class Chosen:
    """A network and its rows x (n, n_0), t (n, n_K); None where there are none.

    `eta`, `notation`, `sample` and `rule` are its own, or what is usual; what is `frozen` no update changes.
    """

    title: str
    network: Network
    x: Array | None
    t: Array | None
    eta: float
    notation: str = "code"
    sample: int = 0
    frozen: Frozen = NOTHING
    rule: Rule = PLAIN


def add_network_options(parser: CommandParser) -> None:
    """Add the choice of a network and its rows to `parser`."""
    parser.add_argument("file", nargs="?", metavar="FILE", help="a network")
    parser.add_argument("--example", metavar="NAME", help=f"instead of a file: {', '.join(EXAMPLES.names())}")
    parser.add_argument("--freeze-biases", action="store_true", help="the biases keep their values")
    group = parser.add_argument_group("file", "what FILE does not say itself")
    group.add_argument("--activation", metavar="NAME", help="of the hidden layers")
    group.add_argument("--output-activation", metavar="NAME", help="of the output")
    group.add_argument("--loss", metavar="NAME", help="(default half-squared-error)")
    add_data_options(parser)


def chosen_network(namespace: argparse.Namespace) -> Chosen:
    """What the options say; InputError where they say nothing, or too much."""
    file, example = getattr(namespace, "file", None), getattr(namespace, "example", None)
    if file is not None and example is None:
        chosen = _from_file(file, namespace)
    elif example is not None and file is None:
        chosen = _from_example(example, namespace)
    else:
        given = "not both" if file is not None else "and none is given"
        raise InputError(f"Name a network: a FILE or --example NAME, {given}; examples: {', '.join(EXAMPLES.names())}.")
    if hasattr(namespace, "freeze_biases"):
        return replace(chosen, network=replace(chosen.network, biased=False))
    return chosen


def _from_example(name: str, namespace: argparse.Namespace) -> Chosen:
    example = EXAMPLES[name]
    unfit = said(namespace, (*FILE_OPTIONS, *DATA_OPTIONS))
    if unfit:
        option = next(iter(unfit)).replace("_", "-")
        raise InputError(f"An example has its own network and rows; leave --{option} out, or name a FILE instead.")
    return Chosen(
        f"Example {example.name} ({example.label})",
        example.network,
        example.x,
        example.t,
        example.eta,
        example.notation,
        example.sample,
    )


def _from_file(file: str, namespace: argparse.Namespace) -> Chosen:
    document = load(file, **said(namespace, FILE_OPTIONS))
    network = document.network
    spec = _spec(document.spec, network, namespace)
    if spec is None:
        return Chosen(file, network, None, None, 0.1)
    data = load_data(spec)
    rule = Rule(spec.optimizer, spec.penalty)
    return Chosen(f"{file} on {spec.source.label}", network, data.x, data.t, spec.eta, frozen=spec.frozen, rule=rule)


def _spec(own: Spec | None, network: Network, namespace: argparse.Namespace) -> Spec | None:
    """The file's own choices with what the data options say; None where there are no rows at all."""
    options = said(namespace, DATA_FIELDS)
    dataset = getattr(namespace, "dataset", None)
    if own is None and dataset is None:
        if options:
            raise InputError("The file does not say its data set; add --dataset NAME.")
        return None
    if own is None or (dataset is not None and dataset != own.dataset):
        own = replace(
            suggested(dataset or ""),
            hidden=network.sizes[1:-1],
            activations=network.activations,
            loss=network.loss,
            biased=network.biased,
        )
    spec = replace(own, **options)
    check(spec)
    if spec.sizes != network.sizes:
        raise InputError(
            f"The network has {network.sizes[0]} inputs and {network.sizes[-1]} outputs, but {spec.dataset} needs"
            f" {spec.sizes[0]} and {spec.sizes[-1]}; choose another --dataset or --targets."
        )
    return spec
