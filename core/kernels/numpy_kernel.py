"""The NumPy kernel: the equations of core/network.py on buffers made once, with `out=` everywhere."""

from dataclasses import dataclass

import numpy as np

from core.activations import ACTIVATIONS
from core.arrays import Array, Rows
from core.kernels.kernel import KERNELS, KernelEntry, Task
from core.kernels.layout import Layout
from core.losses import LOSSES
from core.network import Network
from core.optimizers import OPTIMIZERS
from core.penalties import PENALTIES


@dataclass(frozen=True, eq=False)
class _Buffers:
    """Work arrays for one number of rows m: a[0] = x and t; z, a, δ and ∂E/∂a, each (m, n_k), by layer."""

    a: list[Array]
    t: Array
    z: list[Array]
    delta: list[Array]
    upstream: list[Array]

    def rows(self, m: int) -> "_Buffers":
        """The same buffers, cut to their first m rows."""
        return _Buffers(
            [a[:m] for a in self.a],
            self.t[:m],
            [z[:m] for z in self.z],
            [delta[:m] for delta in self.delta],
            [upstream[:m] for upstream in self.upstream],
        )


class NumpyKernel:
    """See Kernel. Parameters and gradient are one flat vector each: an update is a handful of calls."""

    def __init__(self, task: Task) -> None:
        layout = Layout(task.sizes)
        self._task = task
        self._layout = layout
        self._activations = [ACTIVATIONS[name] for name in task.activations]
        self._loss = LOSSES[task.loss]
        self._optimizer = OPTIMIZERS[task.optimizer]
        self._penalty = PENALTIES[task.penalty]
        self._parameters = np.zeros(layout.length)
        self._gradient = np.zeros(layout.length)
        self._state = np.zeros((self._optimizer.slots, layout.length))
        self._moving = None if task.frozen is None else (~task.frozen).astype(np.float64)
        self._weights, self._biases = layout.views(self._parameters)
        self._weight_gradients, self._bias_gradients = layout.views(self._gradient)
        self._step = 0
        rows = min(task.batch, len(task.x))
        layers = [np.empty((rows, n)) for n in task.sizes]
        full = _Buffers(
            layers,
            np.empty((rows, task.sizes[-1])),
            *([np.empty_like(a) for a in layers[1:]] for _ in range(3)),
        )
        self._buffers = {rows: full}
        self._full = full

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

    def burst(self, orders: Rows, start: int, steps: int) -> None:
        """Make `steps` updates; an epoch's last batch may be short, and means over its own rows."""
        epoch, samples = 0, orders.shape[1]
        # A diverging run overflows; the caller looks at the result and says so in words.
        with np.errstate(all="ignore"):
            for _ in range(steps):
                stop = min(start + self._task.batch, samples)
                self._update(orders[epoch, start:stop])
                epoch, start = (epoch, stop) if stop < samples else (epoch + 1, 0)

    def _update(self, rows: Rows) -> None:
        buffers = self._buffers_for(len(rows))
        np.take(self._task.x, rows, axis=0, out=buffers.a[0], mode="clip")
        np.take(self._task.t, rows, axis=0, out=buffers.t, mode="clip")
        self._forward(buffers)
        self._backward(buffers)
        self._gradient /= len(rows)
        if self._penalty.add_slope is not None:
            for weights, gradient in zip(self._weights, self._weight_gradients, strict=True):
                self._penalty.add_slope(weights, gradient)
        self._step += 1
        self._optimizer.update(self._gradient, self._state, self._task.eta, self._step)
        if self._moving is not None:
            self._gradient *= self._moving
        self._parameters -= self._gradient

    def _forward(self, buffers: _Buffers) -> None:
        for k, activation in enumerate(self._activations):
            z = buffers.z[k]
            np.matmul(buffers.a[k], self._weights[k], out=z)
            z += self._biases[k]
            activation.apply(z, buffers.a[k + 1])

    def _backward(self, buffers: _Buffers) -> None:
        """δ from the last layer to the first, and the gradients summed over the rows."""
        last = len(self._activations) - 1
        for k in range(last, -1, -1):
            z, y, delta, upstream = buffers.z[k], buffers.a[k + 1], buffers.delta[k], buffers.upstream[k]
            if k == last:
                self._loss.delta(self._activations[k], z, y, buffers.t, upstream, delta)
            else:
                np.matmul(buffers.delta[k + 1], self._weights[k + 1].T, out=upstream)
                self._activations[k].pull_back(z, y, upstream, delta)
            np.matmul(buffers.a[k].T, delta, out=self._weight_gradients[k])
            np.add.reduce(delta, axis=0, out=self._bias_gradients[k])

    def _buffers_for(self, rows: int) -> _Buffers:
        buffers = self._buffers.get(rows)
        if buffers is None:
            buffers = self._buffers[rows] = self._full.rows(rows)
        return buffers


KERNELS.add(KernelEntry("numpy", "NumPy", NumpyKernel))
