"""Plain backpropagation in C, compiled here: what somebody would write first who wants it fast."""

import ctypes
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from core.arrays import Array, Rows
from core.kernels import Task
from core.network import Network

SOURCE = Path(__file__).with_name("plain.c")
# Compiled and linked apart: told of -ffast-math, the linker would have this whole process round small numbers to 0.
COMPILE, LINK = ("-O3", "-march=native", "-ffast-math", "-fPIC", "-c"), ("-shared",)
Train = Callable[..., None]


def compile_it(skipped: Callable[[str], None]) -> Train | None:
    """The C function, or None where there is no compiler."""
    compiler = shutil.which("cc")
    if compiler is None:
        skipped("plain C, since there is no compiler cc here")
        return None
    folder = Path(tempfile.mkdtemp(prefix="backprop-playground-"))
    compiled, library = folder / "plain.o", folder / "plain.so"
    for command in ([*COMPILE, str(SOURCE), "-o", str(compiled)], [*LINK, str(compiled), "-o", str(library), "-lm"]):
        made = subprocess.run([compiler, *command], check=False, capture_output=True, text=True)
        if made.returncode:
            skipped(f"plain C, since cc failed: {made.stderr.strip().splitlines()[-1]}")
            return None
    return ctypes.CDLL(str(library)).train


def contender(train: Train, task: Task, network: Network, orders: Sequence[Rows]) -> Callable[[int], None]:
    """C training from that start on the same rows, by as many updates as it is told."""
    return lambda steps: _train(train, task, packed(network), orders, steps, np.empty(steps))


def trained(train: Train, task: Task, network: Network, orders: Sequence[Rows], steps: int) -> tuple[Array, Array]:
    """The parameters, in Layout's order, and the losses (steps,) after that many updates."""
    parameters, losses = packed(network), np.empty(steps)
    _train(train, task, parameters, orders, steps, losses)
    parts: list[Array] = []
    at = 0
    for weights in network.weights:
        n_in, n_out = weights.shape
        end = at + n_in * n_out
        parts += [parameters[at:end].reshape(n_out, n_in).T.ravel(), parameters[end : end + n_out]]
        at = end + n_out
    return np.concatenate(parts), losses


def packed(network: Network) -> Array:
    """The parameters as C has them: W row by row for each unit, then b."""
    layers = zip(network.weights, network.biases, strict=True)
    return np.concatenate([part.ravel() for weights, biases in layers for part in (weights.T, biases)])


def _train(train: Train, task: Task, parameters: Array, orders: Sequence[Rows], steps: int, losses: Array) -> None:
    sizes = np.array(task.sizes, dtype=np.intc)
    epochs = -(-steps // -(-len(task.x) // task.batch))
    rows = np.tile(np.concatenate(orders).astype(np.int_), -(-epochs // len(orders)))
    train(
        ctypes.c_int(len(sizes) - 1),
        _address(sizes),
        _address(parameters),
        _address(task.x),
        _address(task.t),
        ctypes.c_int(len(task.x)),
        _address(rows),
        ctypes.c_int(task.batch),
        ctypes.c_double(task.eta),
        ctypes.c_long(steps),
        ctypes.c_int(task.activations[-1] == "softmax"),
        _address(losses),
    )


def _address(array: "np.ndarray[tuple[int, ...], np.dtype[np.generic]]") -> ctypes.c_void_p:
    return array.ctypes.data_as(ctypes.c_void_p)
