"""Writes the part of the compiled kernel that depends on the registries, from the scalar forms of their entries."""

import inspect
import textwrap
from collections.abc import Iterable

from core.activations import ACTIVATIONS
from core.kernels import coupled, loops, vector_math
from core.losses import LOSSES
from core.optimizers import OPTIMIZERS, Optimizer
from core.penalties import PENALTIES

OUTPUTS = {"z": "zs", "y": "outputs", "t": "targets"}


def source() -> str:
    """Everything that is compiled, as one text: vector functions, dispatchers, loops."""
    functions = (*vector_math.FUNCTIONS, *coupled.FUNCTIONS, *loops.FUNCTIONS)
    return "\n\n".join((*_dispatchers(), *(inspect.getsource(function) for function in functions)))


def code_of(names: Iterable[str], name: str) -> int:
    """The number by which compiled code knows an entry: its place in the registry."""
    return list(names).index(name)


def _dispatchers() -> Iterable[str]:
    yield _choice(
        "activate(code, zs, activations, m)",
        [
            _loop("len(zs)", {"z": "zs"}, f"activations[n] = {entry.scalar}")
            if entry.scalar
            else f"{_name(entry.name)}(zs, activations, m)"
            for entry in ACTIVATIONS
        ],
    )
    yield _choice(
        "pull_back(code, zs, activations, gradients, m)",
        [
            _loop("len(zs)", {"z": "zs", "a": "activations"}, f"gradients[n] *= ({entry.scalar_slope})")
            if entry.scalar_slope
            else f"{_name(entry.name)}_pull_back(zs, activations, gradients, m)"
            for entry in ACTIVATIONS
        ],
    )
    yield _choice(
        "loss_value(code, zs, outputs, targets, used, samples)",
        [
            "total = 0.0\nm = len(zs) // samples\nfor j in range(m):\n"
            + textwrap.indent(_loop("used", OUTPUTS, f"total += {entry.scalar}", "j * samples + "), "    ")
            + "\nreturn total"
            if entry.scalar
            else f"return {_name(entry.name)}(zs, outputs, targets, used, samples)"
            for entry in LOSSES
        ],
        "return 0.0",
    )
    yield _choice(
        "loss_slope(code, outputs, targets, m)",
        [
            _loop("len(outputs)", {"y": "outputs", "t": "targets"}, f"targets[n] = {entry.scalar_slope}")
            if entry.scalar_slope
            else "pass"
            for entry in LOSSES
        ],
    )
    yield _choice(
        "penalize(code, weights, gradients)",
        [
            _loop("len(weights)", {"w": "weights"}, f"gradients[n] += {entry.scalar_slope}")
            if entry.scalar_slope
            else "pass"
            for entry in PENALTIES
        ],
    )
    yield _choice("change(code, gradients, state, eta, step)", [_update(entry) for entry in OPTIMIZERS])


def _name(name: str) -> str:
    return name.replace("-", "_")


def _loop(times: str, numbers: dict[str, str], statement: str, first: str = "") -> str:
    """A loop in which each array's number has the name that the scalar forms give it."""
    lines = [f"for n in range({times}):", *(f"    {name} = {array}[{first}n]" for name, array in numbers.items())]
    return "\n".join((*lines, f"    {statement}"))


def _update(entry: Optimizer) -> str:
    slots = [f"s{slot}" for slot in range(entry.slots)]
    lines = ["for p in range(len(gradients)):", "    g = gradients[p]"]
    lines += [f"    {name} = state[{slot}, p]" for slot, name in enumerate(slots)]
    lines += [f"    {statement}" for statement in entry.scalar]
    lines += [f"    state[{slot}, p] = {name}" for slot, name in enumerate(slots)]
    return "\n".join((*lines, "    gradients[p] = g"))


def _choice(head: str, bodies: list[str], otherwise: str = "") -> str:
    """A function that does what its first argument, the place in the registry, asks for."""
    lines = ["@compiled", f"def {head}:"]
    for code, body in enumerate(bodies):
        lines += [f"    {'elif' if code else 'if'} code == {code}:", textwrap.indent(body, " " * 8)]
    if otherwise:
        lines.append(f"    {otherwise}")
    return "\n".join(lines) + "\n"
