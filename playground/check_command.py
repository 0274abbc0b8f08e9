"""`playground check`: backpropagation against central differences, layer by layer."""

from collections.abc import Iterator
from itertools import groupby

from core.errors import InputError
from core.gradient_check import TOLERANCE, Comparison, GradientCheck, check_gradient
from playground import console
from playground.chosen_network import add_network_options, chosen_network
from playground.command_parser import CommandParser


def main(arguments: list[str]) -> int:
    """Do it and return the exit code; InputError when what is asked for makes no sense."""
    parser = CommandParser(
        "playground check",
        f"Compare every gradient with central differences; an error of more than {TOLERANCE:g} ends with exit code 1.",
    )
    add_network_options(parser)
    chosen = chosen_network(parser.read(arguments))
    if chosen.x is None or chosen.t is None:
        raise InputError("The file does not say its data set; add --dataset NAME.")
    check = check_gradient(chosen.network, chosen.x, chosen.t)
    console.say("\n".join([f"{chosen.title}: {_rows(len(chosen.x))}", *_layers(check), *_verdict(check)]))
    if check.passed:
        return 0
    assert check.worst is not None
    console.complain(
        f"The gradient check failed: the error at {check.worst.name} is {check.worst.error:.1e}, and at most"
        f" {TOLERANCE:g} is taken."
    )
    return 1


def _rows(count: int) -> str:
    return f"{count} row{'' if count == 1 else 's'}"


def _layers(check: GradientCheck) -> Iterator[str]:
    """A line for each layer's parameters, and one for the inputs."""
    for layer, group in groupby(check.comparisons, key=lambda comparison: comparison.layer):
        comparisons = list(group)
        counted = [comparison for comparison in comparisons if not comparison.at_kink]
        name = f"layer {layer}" if layer else "inputs "
        if counted:
            yield f"{name}  {_worst(counted)}"
        else:
            yield f"{name}  nothing to compare: all {len(comparisons)} are at a kink"


def _worst(counted: list[Comparison]) -> str:
    worst = max(counted, key=lambda comparison: comparison.error)
    return (
        f"worst error {worst.error:.1e} at {worst.name}: {worst.analytic:.10g} by backpropagation,"
        f" {worst.numeric:.10g} by central difference ({len(counted)} compared)"
    )


def _verdict(check: GradientCheck) -> Iterator[str]:
    if check.at_kinks:
        yield f"at a kink, not counted: {', '.join(check.at_kinks)}"
    yield "passed" if check.passed else "failed"
