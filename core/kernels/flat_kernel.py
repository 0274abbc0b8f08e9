"""What every kernel holds: parameters, gradient and the optimiser's state as flat vectors."""

import numpy as np

from core.arrays import Array
from core.kernels.kernel import Task
from core.kernels.layout import Layout
from core.network import Network
from core.optimizers import OPTIMIZERS


class FlatKernel:
    """The part of a Kernel that takes over and hands out; `burst` is for each kernel to make."""

    def __init__(self, task: Task) -> None:
        self._task = task
        self._layout = Layout(task.sizes)
        self._parameters: Array = np.zeros(self._layout.length)
        self._gradient: Array = np.zeros(self._layout.length)
        self._state: Array = np.zeros((OPTIMIZERS[task.optimizer].slots, self._layout.length))
        self._step = 0

    def load(self, network: Network, state: Array, step: int) -> None:
        """Copy them into the buffers."""
        self._layout.pack(network, self._parameters)
        self._state[...] = state
        self._step = step

    def parameters(self) -> Array:
        """A copy of the flat parameters (P,)."""
        return self._parameters.copy()

    def state(self) -> Array:
        """A copy of the optimiser's state (slots, P)."""
        return self._state.copy()
