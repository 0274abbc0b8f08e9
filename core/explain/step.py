"""All numbers of one update: what each row computes forwards and backwards, the means, and the network after it."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from core.arrays import Array, frozen
from core.explain.terms import Kind, Quantity
from core.freezing import NOTHING, Frozen, flat_mask
from core.kernels import KERNELS, Task, choose
from core.kernels.layout import Layout
from core.losses import LOSSES
from core.network import Gradient, Network, Trace, backward, forward, sample_losses
from core.optimizers import OPTIMIZERS
from core.training import Run, Trainer


@dataclass(frozen=True, eq=False)
class Step:
    """One update of `network` on the rows x (n, n_0), t (n, n_K); `after` is the network that a kernel made of it.

    `upstream` is ∂E/∂a of layers 1 … K, (n, n_k) each; `losses` (n,) are the rows' E. What is `frozen` kept its value.
    """

    network: Network
    x: Array
    t: Array
    eta: float
    trace: Trace
    gradient: Gradient
    upstream: tuple[Array, ...]
    losses: Array
    after: Network
    frozen: Frozen = NOTHING

    @property
    def rows(self) -> int:
        """n."""
        return len(self.x)

    @property
    def loss(self) -> float:
        """The mean loss of the rows."""
        return float(self.losses.mean())

    @cached_property
    def unit_losses(self) -> Array:
        """What each output adds to E (n, n_K)."""
        with np.errstate(all="ignore"):
            return np.stack([self._unit_loss(j) for j in range(self.t.shape[1])], axis=1)

    def _unit_loss(self, j: int) -> Array:
        loss, z, y = LOSSES[self.network.loss], self.trace.z[-1], self.trace.y
        others = [i for i in range(y.shape[1]) if i != j]
        if loss.targets_sum_to_one:
            alone = self.t.copy()
            alone[:, others] = 0.0
            return loss.values(z, y, alone)
        if loss.output is not None:
            return loss.values(z[:, j : j + 1], y[:, j : j + 1], self.t[:, j : j + 1])
        # Outputs that hit their targets add nothing to an error.
        hits = y.copy()
        hits[:, others] = self.t[:, others]
        return loss.values(z, hits, self.t)

    def weight_gradients(self, row: int) -> tuple[Array, ...]:
        """∂E/∂W⁽ᵏ⁾ (n_{k−1}, n_k) of one row alone; over all rows their mean is the batch's."""
        pairs = zip(self.trace.a[:-1], self.gradient.delta, strict=True)
        return tuple(np.outer(a[row], delta[row]) for a, delta in pairs)

    def value(self, quantity: Quantity, row: int = 0) -> float:
        """What `quantity`, with its indices put in, is; `row` is the sample where it does not say its own."""
        row = quantity.sample if isinstance(quantity.sample, int) else row
        at = tuple(index for index in quantity.indices if isinstance(index, int))
        if len(at) < len(quantity.indices):
            raise TypeError(f"{quantity} has no number before its indices are put in")
        return float(self.whole(quantity, row)[at])

    def whole(self, quantity: Quantity, row: int = 0) -> Array:
        """The whole vector or matrix that `quantity` is an entry of, for that row."""
        k = quantity.layer
        match quantity.kind:
            case Kind.A:
                return self.trace.a[k][row]
            case Kind.Z:
                return self.trace.z[k - 1][row]
            case Kind.T:
                return self.t[row]
            case Kind.E_UNIT:
                return self.unit_losses[row]
            case Kind.D_A:
                return self.gradient.x[row] if k == 0 else self.upstream[k - 1][row]
            case Kind.DELTA | Kind.D_B:
                return self.gradient.delta[k - 1][row]
            case Kind.D_W:
                return self.weight_gradients(row)[k - 1]
            case Kind.E:
                return self.losses[row : row + 1].reshape(())
            case _:
                return self._of_network(quantity)

    def _of_network(self, quantity: Quantity) -> Array:
        """What belongs to the network or the batch, and to no row."""
        k, network = quantity.layer, self.after if quantity.new else self.network
        match quantity.kind:
            case Kind.W:
                return network.weights[k - 1]
            case Kind.B:
                return network.biases[k - 1]
            case Kind.MEAN_W:
                return self.gradient.weights[k - 1]
            case Kind.MEAN_B:
                return self.gradient.biases[k - 1]
            case Kind.J:
                return frozen(self.loss)
            case _:
                return frozen(self.eta)


def take_step(
    network: Network, x: Array, t: Array, eta: float, kernel: str = "auto", frozen_names: Frozen = NOTHING
) -> Step:
    """One update of `network` by gradient descent on these rows, made by that kernel."""
    return explain_step(network, x, t, eta, updated(network, x, t, eta, kernel, frozen_names), frozen_names)


def explain_step(
    network: Network, x: Array, t: Array, eta: float, after: Network, frozen_names: Frozen = NOTHING
) -> Step:
    """The numbers of an update on these rows that has led, or will lead, to `after`."""
    with np.errstate(all="ignore"):
        trace = forward(network, x)
        return explain_pass(network, x, t, eta, trace, backward(network, trace, t), after, frozen_names)


def explain_pass(
    network: Network,
    x: Array,
    t: Array,
    eta: float,
    trace: Trace,
    gradient: Gradient,
    after: Network,
    frozen_names: Frozen = NOTHING,
) -> Step:
    """The same from what forward and backward have computed of these rows."""
    with np.errstate(all="ignore"):
        slope = np.empty_like(trace.y)
        LOSSES[network.loss].slope(trace.y, t, slope)
        hidden = (delta @ layer.weights.T for delta, layer in zip(gradient.delta[1:], network.layers[1:], strict=True))
        losses = sample_losses(network, trace, t)
        return Step(network, x, t, eta, trace, gradient, (*hidden, slope), losses, after, frozen_names)


def updated(
    network: Network, x: Array, t: Array, eta: float, kernel: str = "auto", frozen_names: Frozen = NOTHING
) -> Network:
    """What a kernel makes of `network` in one update by gradient descent on these rows."""
    layout = Layout(network.sizes)
    optimizer = OPTIMIZERS["gradient-descent"]
    task = Task(
        x=x,
        t=t,
        sizes=network.sizes,
        activations=network.activations,
        loss=network.loss,
        optimizer=optimizer.name,
        penalty="none",
        eta=eta,
        batch=len(x),
        frozen=flat_mask(frozen_names, network.sizes, biased=network.biased),
    )
    worker = KERNELS[choose(kernel, network.sizes, len(x))].make(task)
    worker.load(network, frozen(np.zeros((optimizer.slots, layout.length))), 0)
    with np.errstate(all="ignore"):
        worker.burst([np.arange(len(x))], 0, 1)
    return layout.unpack(worker.parameters(), network)


def next_step(trainer: Trainer, run: Run) -> Step:
    """The update that comes next in `run`, as `trainer` makes it: its `after` is the run's next network, to the bit.

    Diverged when that update leaves the finite numbers.
    """
    rows = trainer.next_batch(run)
    data = trainer.data
    after = trainer.advance(run, 1).network
    spec = trainer.spec
    return explain_step(run.network, data.x_train[rows], data.t_train[rows], spec.eta, after, spec.frozen)
