"""Training with a mistake on purpose: a kernel like any other, in no registry, so that nothing picks it by its name."""

from collections.abc import Sequence

import numpy as np

from core.arrays import Array, Rows
from core.kernels import Task
from core.kernels.layout import Layout
from core.mistakes.formulas import Formulas
from core.network import Network, forward, sample_losses
from core.optimizers import OPTIMIZERS
from core.penalties import PENALTIES


class MistakenKernel:
    """See Kernel. The equations of core/network.py with one of them wrong: slow, and meant to be watched."""

    def __init__(self, task: Task, formulas: Formulas) -> None:
        self._task, self._formulas = task, formulas
        self._layout = Layout(task.sizes)
        self._optimizer = OPTIMIZERS[task.optimizer]
        self._flat = np.zeros(self._layout.length)
        self._state = np.zeros((self._optimizer.slots, self._layout.length))
        self._network: Network | None = None
        self._step = 0

    def load(self, network: Network, state: Array, step: int) -> None:
        """Take over the parameters, the optimiser's state (slots, P) and the number of updates made."""
        self._layout.pack(network, self._flat)
        self._state[...] = state
        self._network, self._step = network, step

    def burst(self, orders: Sequence[Rows], start: int, steps: int, losses: Array | None = None) -> None:
        """Make `steps` updates, one a batch; see Kernel."""
        epoch, at = 0, start
        with np.errstate(all="ignore"):
            for made in range(steps):
                if at >= len(orders[epoch]):
                    epoch, at = epoch + 1, 0
                loss = self._update(orders[epoch][at : at + self._task.batch])
                if losses is not None:
                    losses[made] = loss
                at += self._task.batch

    def parameters(self) -> Array:
        """A copy of the flat parameters (P,)."""
        return self._flat.copy()

    def state(self) -> Array:
        """A copy of the optimiser's state (slots, P)."""
        return self._state.copy()

    def _update(self, rows: Rows) -> float:
        """One update on these rows, and their mean loss before it."""
        assert self._network is not None, "load comes before burst"
        task = self._task
        x, t = task.x[rows], task.t[rows]
        network = self._layout.unpack(self._flat, self._network)
        trace = forward(network, x)
        wrong = self._formulas.backward(network, trace, t, task.eta)
        change = np.zeros(self._layout.length)
        weights, biases = self._layout.views(change)
        add_slope = PENALTIES[task.penalty].add_slope
        for k, (w, b) in enumerate(zip(weights, biases, strict=True)):
            w[...], b[...] = wrong.weights[k], wrong.biases[k]
            if add_slope is not None:
                add_slope(network.weights[k], w)
        self._step += 1
        self._optimizer.update(change, self._state, task.eta, self._step)
        if task.frozen is not None:
            change[task.frozen] = 0.0
        self._flat -= change
        return float(sample_losses(network, trace, t).mean())
