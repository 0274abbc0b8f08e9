"""Makes kernels ready before a training that is worth it."""

import math
import sys
from contextlib import suppress

from core.datasets import train_rows
from core.errors import InputError
from core.kernels import KERNELS, choose, compiled_kernel
from core.spec import Spec
from playground import console

PREPARATION = 0.5  # seconds to fetch kept machine code; to compile it, once on a machine, takes some eight


def make_ready(spec: Spec, epochs: int) -> None:
    """Prepare the kernel that `spec` names, or one that saves more time than that takes.

    InputError when the named one cannot be used here. What is chosen depends on the work alone, not on the machine's
    caches, so that the same command gives the same digits.
    """
    if spec.kernel != "auto":
        KERNELS[spec.kernel].prepare()
        return
    rows = train_rows(spec.samples, spec.train_share)
    batch = min(spec.batch or rows, rows)
    steps = epochs * math.ceil(rows / batch)
    now = KERNELS[choose("auto", spec.sizes, batch)]
    for entry in KERNELS:
        saved = steps * (now.seconds(spec.sizes, batch) - entry.seconds(spec.sizes, batch))
        if not entry.ready() and saved > PREPARATION:
            if sys.stderr.isatty() and not compiled_kernel.is_kept():
                console.complain("Compiling the kernel; this is done once on a machine and takes some seconds.")
            with suppress(InputError):
                entry.prepare()


def compile_and_keep() -> None:
    """Have every kernel's machine code where the next process finds it."""
    for entry in KERNELS:
        with suppress(InputError):
            entry.prepare()
