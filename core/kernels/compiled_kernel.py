"""The compiled kernel: whole bursts of steps as machine code, without the interpreter's lock.

Numba compiles the text that core/kernels/dispatch.py writes. The text is kept as a file in the user's cache folder,
where Numba puts the machine code beside it, so that only the first start on a machine compiles.
"""

import hashlib
import os
import sys
import tempfile
import types
from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from core.activations import ACTIVATIONS
from core.arrays import Array, Rows
from core.errors import InputError
from core.kernels import dispatch, loops, vector_math
from core.kernels.flat_kernel import FlatKernel
from core.kernels.kernel import KERNELS, KernelEntry, Task
from core.losses import LOSSES
from core.optimizers import OPTIMIZERS
from core.penalties import PENALTIES

HEAD = '''"""Written by core/kernels/dispatch.py; it is made anew when it is missing."""

import math

import numba
from llvmlite import ir
from numba.extending import intrinsic

LOG2_E = {LOG2_E!r}
LN2_HIGH, LN2_LOW = {LN2_HIGH!r}, {LN2_LOW!r}
ROUNDER = {ROUNDER!r}
EXP_LOWEST, EXP_HIGHEST = {EXP_LOWEST!r}, {EXP_HIGHEST!r}
SMALL = {SMALL!r}


@intrinsic
def bits_of(context, number):
    def generate(context, builder, signature, arguments):
        return builder.bitcast(arguments[0], ir.IntType(64))

    return numba.int64(numba.float64), generate


@intrinsic
def float_of(context, bits):
    def generate(context, builder, signature, arguments):
        return builder.bitcast(arguments[0], ir.DoubleType())

    return numba.float64(numba.int64), generate


@intrinsic
def borrowed(context, array):
    def generate(context, builder, signature, arguments):
        view = context.make_array(signature.args[0])(context, builder, arguments[0])
        view.meminfo = ir.Constant(view.meminfo.type, None)
        view.parent = ir.Constant(view.parent.type, None)
        return view._getvalue()

    return array(array), generate


ways = {{"nogil": True, "cache": True, "error_model": "numpy", "forceinline": True}}
exactly = numba.njit(**ways, fastmath={{"contract"}})
compiled = numba.njit(**ways, fastmath={{"contract", "reassoc", "nsz", "arcp"}})


'''


class CompiledKernel(FlatKernel):
    """See Kernel. Its arrays are handed to the compiled burst as they are."""

    def __init__(self, task: Task, burst: Any = None) -> None:
        super().__init__(task)
        # Numba tells arrays that may be written from those that may not: one kind for all, or it compiles again.
        self._x, self._t = _read_only(task.x), _read_only(task.t)
        sizes = np.array(task.sizes, dtype=np.int64)
        units = np.concatenate([[0], np.cumsum(sizes)])
        places = np.concatenate([[0], np.cumsum((sizes[:-1] + 1) * sizes[1:])])
        work = [np.empty(int(units[-1]) * loops.padded(task.batch)) for _ in range(3)]
        loss = LOSSES[task.loss]
        self._fixed = (
            sizes,
            units,
            places,
            np.array([dispatch.code_of(ACTIVATIONS.names(), name) for name in task.activations]),
            dispatch.code_of(LOSSES.names(), task.loss),
            loss.output is not None,
            dispatch.code_of(OPTIMIZERS.names(), task.optimizer),
            dispatch.code_of(PENALTIES.names(), task.penalty),
            task.eta,
            task.batch,
            _at_once(task.sizes, min(task.batch, len(task.x))),
            np.empty(0, dtype=np.bool_) if task.frozen is None else ~task.frozen,
            self._parameters,
            self._gradient,
            self._state,
        )
        self._work = work
        self._burst = burst or machine_code().burst

    def burst(self, orders: Sequence[Rows], start: int, steps: int, losses: Array | None = None) -> None:
        """Make the updates; what overflows stays in the parameters, for the caller to find and to name."""
        told = np.empty(0) if losses is None else losses
        self._burst(self._x, self._t, np.stack(orders), start, steps, *self._fixed, self._step, *self._work, told)
        self._step += steps


@cache
def machine_code() -> Any:
    """The compiled functions, compiled now if no earlier start has kept them. InputError where that cannot be."""
    if find_spec("numba") is None:
        raise InputError(
            "The compiled kernel needs Numba, which is not installed; install it with: python -m pip install numba."
        )
    try:
        module = _module()
        _warm(module.burst)
    except Exception as error:
        reason = (str(error) or type(error).__name__).splitlines()[0]
        raise InputError(f"The compiled kernel cannot be made here ({reason}); NumPy serves everywhere.") from error
    return module


def _read_only(rows: Array) -> Array:
    view = np.ascontiguousarray(rows).view()
    view.setflags(write=False)
    return view


def is_kept() -> bool:
    """Whether an earlier start has compiled what this one needs; then it is ready within half a second."""
    path = _cache_folder() / _file_name(_text())
    return path.exists() and any((path.parent / "__pycache__").glob(f"{path.stem}.burst-*.nbi"))


@cache
def _module() -> types.ModuleType:
    text = _text()
    path = _kept(text)
    module = types.ModuleType("playground_machine_code")
    module.__file__ = str(path)
    sys.modules[module.__name__] = module  # Numba looks functions up by their module's name
    exec(compile(text, str(path), "exec"), vars(module))
    return module


def _warm(burst: Any) -> None:
    """Have it compiled, or fetched, for the types that it is called with, and for no others ever after."""
    task = Task(
        x=np.zeros((1, 1)),
        t=np.zeros((1, 1)),
        sizes=(1, 1),
        activations=(ACTIVATIONS.names()[0],),
        loss=LOSSES.names()[0],
        optimizer=OPTIMIZERS.names()[0],
        penalty=PENALTIES.names()[0],
        eta=1.0,
        batch=1,
        frozen=None,
    )
    CompiledKernel(task, burst).burst([np.zeros(1, dtype=np.intp)], 0, 1)
    burst.disable_compile()


def _text() -> str:
    return HEAD.format(**vars(vector_math)) + dispatch.source()


def _file_name(text: str) -> str:
    return f"machine_code_{hashlib.sha256(text.encode()).hexdigest()[:16]}.py"


def _kept(text: str) -> Path:
    """The text as a file beside which Numba may keep the machine code."""
    folder = _cache_folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / _file_name(text)
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
    except OSError:
        # Nowhere to keep it: compiled anew at each start, in a folder of this process alone.
        path = Path(tempfile.mkdtemp(prefix="backprop-playground-")) / _file_name(text)
        path.write_text(text, encoding="utf-8")
    return path


def _cache_folder() -> Path:
    """Where programs may keep what they can make again."""
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return base / "backprop-playground"


def _at_once(sizes: Sequence[int], batch: int) -> int:
    """How many samples of a batch are worked at together: all of them, or one where that is quicker."""
    return 1 if _seconds_singly(sizes, batch) < _seconds_together(sizes, batch) else batch


def _seconds(sizes: Sequence[int], batch: int) -> float:
    return min(_seconds_singly(sizes, batch), _seconds_together(sizes, batch))


def _seconds_together(sizes: Sequence[int], batch: int) -> float:
    """Loops over products and columns; fitted, as below, to the grid of `playground bench kernel`."""
    units, products = sum(sizes[1:]), sum(n_in * n_out for n_in, n_out in pairwise(sizes))
    columns = loops.padded(batch)
    return 0.1e-6 + products * (4.0e-9 + 0.215e-9 * columns) + units * (20e-9 + 4.5e-9 * columns)


def _seconds_singly(sizes: Sequence[int], batch: int) -> float:
    """Loops over samples, rows of weights and what stands in them; no δ goes back through the first layer."""
    units, products = sum(sizes), sum(n_in * n_out for n_in, n_out in pairwise(sizes))
    passed = products - sizes[0] * sizes[1] / 3
    return 0.1e-6 + batch * (passed * 0.4e-9 + units * 13e-9) + products * 0.2e-9


def _ready() -> bool:
    return machine_code.cache_info().currsize > 0


KERNELS.add(KernelEntry("compiled", "compiled", CompiledKernel, _seconds, prepare=machine_code, ready=_ready))
