"""The interface of a training kernel: private buffers in, bursts of steps, a frozen network out."""

from collections.abc import Callable, Sequence
from typing import Protocol

from core.arrays import Array, Rows
from core.freezing import Marks
from core.network import Network
from core.record import record
from core.registry import Registry


@record(eq=False)
class Task:
    """Everything a burst needs besides the parameters: rows x (n, n_0), t (n, n_K), and how to step.

    `frozen` marks the parameters (flat, in Layout's order) that keep their values; None when all may change.
    """

    x: Array
    t: Array
    sizes: tuple[int, ...]
    activations: tuple[str, ...]
    loss: str
    optimizer: str
    penalty: str
    eta: float
    batch: int
    frozen: Marks | None


class Kernel(Protocol):
    """Trains in its own buffers; nothing it hands out is changed afterwards."""

    def load(self, network: Network, state: Array, step: int) -> None:
        """Take over the parameters, the optimiser's state (slots, P) and the number of updates made."""
        ...

    def burst(self, orders: Sequence[Rows], start: int, steps: int, losses: Array | None = None) -> None:
        """Make `steps` updates, one a batch.

        `orders` has the rows (n,) of each epoch touched; the first batch begins at sample `start` of the first.
        `losses` (steps,) is given the mean loss of each batch, as it was before its update.
        """
        ...

    def parameters(self) -> Array:
        """A copy of the flat parameters (P,)."""
        ...

    def state(self) -> Array:
        """A copy of the optimiser's state (slots, P)."""
        ...


@record
class KernelEntry:
    """A kernel by name; `make(task)` prepares its buffers.

    `prepare()` makes it ready, which may take seconds, or raises an InputError that says why it cannot be used;
    `ready()` says whether that is done. `seconds(sizes, batch)` estimates one update once it is.
    """

    name: str
    label: str
    make: Callable[[Task], Kernel]
    seconds: Callable[[Sequence[int], int], float]
    prepare: Callable[[], object] = lambda: None
    ready: Callable[[], bool] = lambda: True


KERNELS: Registry[KernelEntry] = Registry("kernel")


def choose(name: str, sizes: Sequence[int], batch: int) -> str:
    """The kernel that "auto" stands for: of those that are ready the quickest for this work; other names are kept."""
    if name != "auto":
        return KERNELS[name].name
    return min((entry for entry in KERNELS if entry.ready()), key=lambda entry: entry.seconds(sizes, batch)).name
