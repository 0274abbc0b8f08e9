"""The NumPy kernel: the equations of core/network.py on buffers made once, with `out=` everywhere.

A sample is a column here, and every layer's input has a last row of ones. In the flat parameters the biases of a layer
follow its weights, so both are one matrix, and z, as well as the gradient of weights and biases, is one product.
"""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from core.activations import ACTIVATIONS
from core.arrays import Array, Rows
from core.kernels.flat_kernel import FlatKernel
from core.kernels.kernel import KERNELS, KernelEntry, Task
from core.losses import LOSSES
from core.optimizers import OPTIMIZERS
from core.penalties import PENALTIES

CACHED = 150_000  # so many weights stay in a core's own cache


class _Buffers:
    """Work arrays for m samples: `a[k]` (n_k + 1, m) of the hidden layers; `y`, `z`, `delta`, `upstream` (n_k, m).

    The `row_` arrays are the same memory with a row a sample, as activations and losses take it.
    """

    def __init__(self, sizes: tuple[int, ...], m: int) -> None:
        self.hidden = [np.ones((n + 1, m)) for n in sizes[1:-1]]
        self.z, self.delta, self.upstream = ([np.empty((n, m)) for n in sizes[1:]] for _ in range(3))
        self.row_a = [*(a[:-1].T for a in self.hidden), np.empty((sizes[-1], m)).T]
        self.row_z, self.row_delta, self.row_upstream = (
            [each.T for each in arrays] for arrays in (self.z, self.delta, self.upstream)
        )


class NumpyKernel(FlatKernel):
    """See Kernel. Parameters and gradient are one flat vector each: an update is a handful of calls."""

    def __init__(self, task: Task) -> None:
        super().__init__(task)
        self._activations = [ACTIVATIONS[name] for name in task.activations]
        self._loss = LOSSES[task.loss]
        self._optimizer = OPTIMIZERS[task.optimizer]
        self._penalty = PENALTIES[task.penalty]
        self._x, self._t = np.ascontiguousarray(task.x.T), np.ascontiguousarray(task.t.T)
        # The rows of one epoch in its order, so that a batch is a view: gathering it at each step would not only take
        # time; NumPy lets the interpreter's lock go there, so often that another thread is never given it in turn.
        self._inputs, self._targets = np.ones((len(self._x) + 1, len(task.x))), np.empty_like(self._t)
        self._weights, self._weight_gradients = (
            self._layout.views(flat)[0] for flat in (self._parameters, self._gradient)
        )
        self._transposed = [both.T for both in self._layout.joined(self._parameters)]
        self._gradients = self._layout.joined(self._gradient)
        self._gathered: Rows | None = None
        # z and y of the last layer (n, n_K), of the rows of one epoch in its order, each before its batch's update.
        self._last_z, self._last_y = np.empty_like(self._t).T, np.empty_like(self._t).T
        self._buffers: dict[int, _Buffers] = {}

    def burst(self, orders: Sequence[Rows], start: int, steps: int, losses: Array | None = None) -> None:
        """Make the updates; what overflows stays in the parameters, for the caller to find and to name."""
        samples, made = len(self._task.x), 0
        with np.errstate(all="ignore"):
            for order in orders:
                self._gather(order)
                first_step, first_row = made, start
                while start < samples and made < steps:
                    stop = min(start + self._task.batch, samples)
                    buffers = self._update(self._inputs[:, start:stop], self._targets[:, start:stop])
                    if losses is not None:
                        self._last_z[start:stop], self._last_y[start:stop] = buffers.row_z[-1], buffers.row_a[-1]
                    start, made = stop, made + 1
                if losses is not None and made > first_step:
                    losses[first_step:made] = self._batch_losses(first_row, start)
                start = 0

    def _gather(self, order: Rows) -> None:
        if order is not self._gathered:
            # "clip" lets NumPy write straight into the buffer; the rows are never out of bounds.
            self._x.take(order, axis=1, out=self._inputs[:-1], mode="clip")
            self._t.take(order, axis=1, out=self._targets, mode="clip")
            self._gathered = order

    def _update(self, x: Array, t: Array) -> _Buffers:
        """One update from inputs with their ones (n_0 + 1, m) and targets (n_K, m); what it was computed in."""
        buffers = self._buffers_for(x.shape[1])
        inputs = [x, *buffers.hidden]
        self._forward(buffers, inputs)
        self._backward(buffers, inputs, t)
        self._gradient /= x.shape[1]
        if self._penalty.add_slope is not None:
            for weights, gradient in zip(self._weights, self._weight_gradients, strict=True):
                self._penalty.add_slope(weights, gradient)
        self._step += 1
        self._optimizer.update(self._gradient, self._state, self._task.eta, self._step)
        if self._task.frozen is not None:
            np.putmask(self._gradient, self._task.frozen, 0.0)
        self._parameters -= self._gradient
        return buffers

    def _batch_losses(self, start: int, stop: int) -> Array:
        """The mean loss of each batch between these rows of the epoch, together: that spares every update calls."""
        z, y, t = self._last_z[start:stop], self._last_y[start:stop], self._targets[:, start:stop].T
        values, batch = self._loss.values(z, y, t), self._task.batch
        starts = np.arange(0, stop - start, batch)
        return np.add.reduceat(values, starts) / np.minimum(batch, stop - start - starts)

    def _forward(self, buffers: _Buffers, inputs: list[Array]) -> None:
        for k, activation in enumerate(self._activations):
            np.matmul(self._transposed[k], inputs[k], out=buffers.z[k])
            activation.apply(buffers.row_z[k], buffers.row_a[k])

    def _backward(self, buffers: _Buffers, inputs: list[Array], t: Array) -> None:
        """δ from the last layer to the first, and the gradients summed over the samples."""
        last = len(self._activations) - 1
        for k in range(last, -1, -1):
            activation, z, a = self._activations[k], buffers.row_z[k], buffers.row_a[k]
            delta, upstream = buffers.row_delta[k], buffers.row_upstream[k]
            if k == last:
                self._loss.delta(activation, z, a, t.T, upstream, delta)
            else:
                np.matmul(self._weights[k + 1], buffers.delta[k + 1], out=buffers.upstream[k])
                activation.pull_back(z, a, upstream, delta)
            np.matmul(inputs[k], delta, out=self._gradients[k])

    def _buffers_for(self, samples: int) -> _Buffers:
        buffers = self._buffers.get(samples)
        if buffers is None:
            buffers = self._buffers[samples] = _Buffers(self._task.sizes, samples)
        return buffers


def _seconds(sizes: Sequence[int], batch: int) -> float:
    """Calls of NumPy for each layer, and BLAS, quicker with matrices than with vectors while the weights are in the
    cache; fitted to the grid of `playground bench kernel`."""
    units, products = sum(sizes[1:]), sum(n_in * n_out for n_in, n_out in pairwise(sizes))
    fetched = 1.0e-9 if batch > 1 and products < CACHED else 2.1e-9
    return 5.5e-6 * len(sizes) + products * (fetched + 0.117e-9 * batch) + batch * 4.9e-9 * units


KERNELS.add(KernelEntry("numpy", "NumPy", NumpyKernel, _seconds))
