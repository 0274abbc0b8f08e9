"""`playground explain`: one backpropagation with all its numbers."""

import argparse

import numpy as np

from core.arrays import Array, all_finite, frozen
from core.errata import remarks
from core.errors import InputError
from core.explain.notation import NOTATIONS
from core.explain.report import Report, make_report
from core.explain.report_kinds import REPORT_KINDS
from core.explain.step import take_step
from core.losses import LOSSES
from core.network import Network
from core.selection import Edge, exists
from playground import console
from playground.chosen_network import Chosen, add_network_options, chosen_network
from playground.command_parser import CommandParser, count, real_number

FORMATS = ("text", "markdown", "latex", "json", "worksheet")


def main(arguments: list[str]) -> int:
    """Do it and return the exit code; InputError when what is asked for makes no sense."""
    namespace = explain_parser().read(arguments)
    kind = getattr(namespace, "format", "text")
    if kind not in FORMATS:
        raise InputError(f"There is no format {kind!r}; choose one of {', '.join(FORMATS)}.")
    console.say(REPORT_KINDS[kind].write(_report(namespace)))
    return 0


def explain_parser() -> CommandParser:
    """The command line of `playground explain`."""
    parser = CommandParser(
        "playground explain",
        "Work one backpropagation through: every equation with its numbers, phase by phase, for one sample.",
    )
    add_network_options(parser)
    group = parser.add_argument_group("sample")
    group.add_argument("--sample", type=count, metavar="I", help="a row of the data, from 0 on")
    group.add_argument("--x", type=numbers, metavar="NUMBERS", help="own inputs instead, like -0.5,1; needs --target")
    group.add_argument("--target", type=numbers, metavar="NUMBERS", help="their targets")
    group.add_argument("--eta", type=real_number, metavar="X", help="the learning rate η (default: the network's own)")
    group = parser.add_argument_group("output")
    group.add_argument("--notation", metavar="NAME", help=", ".join(NOTATIONS.names()))
    group.add_argument("--format", metavar="NAME", help=", ".join(FORMATS))
    group.add_argument(
        "--weight",
        type=weight,
        metavar="K,I,J",
        help="show the paths of this weight: layer from 1, from unit I to J, both from 0 (default 1,0,0)",
    )
    return parser


def numbers(text: str) -> tuple[float, ...]:
    """The type of --x and --target: "-0.5,1" is (−0.5, 1)."""
    try:
        return tuple(float(part) for part in text.split(","))
    except ValueError:
        raise argparse.ArgumentTypeError(f"takes numbers with commas between, not {text!r}") from None


def weight(text: str) -> Edge:
    """The type of --weight."""
    try:
        layer, source, target = (int(part) for part in text.split(","))
    except ValueError:
        raise argparse.ArgumentTypeError(f"takes a layer and two units, like 1,0,2, not {text!r}") from None
    return Edge(layer, source, target)


def _report(namespace: argparse.Namespace) -> Report:
    chosen = chosen_network(namespace)
    network = chosen.network
    notation = NOTATIONS[getattr(namespace, "notation", chosen.notation)]
    eta = getattr(namespace, "eta", chosen.eta)
    if not (np.isfinite(eta) and eta > 0):
        raise InputError(f"The learning rate η must be a positive number, not {eta:g}; try 0.1.")
    edge = getattr(namespace, "weight", Edge(1, 0, 0))
    if not exists(edge, network.sizes):
        sizes = "-".join(map(str, network.sizes))
        raise InputError(
            f"There is no weight {edge.layer},{edge.source},{edge.target} in a {sizes} network;"
            " count layers from 1 and units from 0."
        )
    subject, x, t = _sample(namespace, chosen)
    title = f"{chosen.title}, {subject}; {'-'.join(map(str, network.sizes))}, {LOSSES[network.loss].name}, η = {eta:g}"
    told = tuple(remarks(namespace.example, network, notation)) if hasattr(namespace, "example") else ()
    step = take_step(network, x, t, eta, frozen_names=chosen.frozen, rule=chosen.rule)
    return make_report(title, step, notation, edge, told)


def _sample(namespace: argparse.Namespace, chosen: Chosen) -> tuple[str, Array, Array]:
    """What is said of the sample, its x (1, n_0) and its t (1, n_K)."""
    given = {name: getattr(namespace, name) for name in ("x", "target", "sample") if hasattr(namespace, name)}
    sizes = chosen.network.sizes
    if "x" in given or "target" in given:
        if "x" not in given or "target" not in given or "sample" in given:
            raise InputError("Own inputs need both --x and --target, and no --sample.")
        x = _row("--x", given["x"], sizes[0], "input")
        t = _row("--target", given["target"], sizes[-1], "output")
        _check_target(chosen.network, t)
        return "own input", x, t
    if chosen.x is None or chosen.t is None:
        raise InputError("The file does not say its data set; add --dataset NAME, or --x and --target.")
    row = given.get("sample", chosen.sample)
    if row >= len(chosen.x):
        raise InputError(f"There is no row {row}; there are {len(chosen.x)}, counted from 0.")
    return f"sample {row}", chosen.x[row : row + 1], chosen.t[row : row + 1]


def _row(option: str, values: tuple[float, ...], size: int, what: str) -> Array:
    array = frozen([values])
    if len(values) != size:
        raise InputError(f"{option} takes a number for each {what}, which makes {size}, not {len(values)}.")
    if not all_finite(array):
        raise InputError(f"{option} takes finite numbers only.")
    return array


def _check_target(network: Network, t: Array) -> None:
    loss = LOSSES[network.loss]
    low, high = loss.target_range
    if bool((t < low).any()) or bool((t > high).any()):
        raise InputError(f"{loss.name} needs targets in {low:g} … {high:g}; mend --target.")
    if loss.targets_sum_to_one and abs(float(t.sum()) - 1.0) > 1e-9:
        raise InputError(f"{loss.name} needs targets that sum to 1, not to {float(t.sum()):g}; mend --target.")
