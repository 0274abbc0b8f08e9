"""Training as values: a Run is where it stands; a Trainer moves it on by whole updates, and nothing else does."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from core import streams
from core.arrays import Array, Rows, all_finite, frozen
from core.datasets import Data, load, train_rows
from core.freezing import flat_mask
from core.initializers import INITIALIZERS
from core.kernels import KERNELS, Kernel, Task, choose
from core.kernels.layout import Layout
from core.mistakes import MISTAKES, MistakenKernel, backward_with
from core.network import Network, draw_network, forward, sample_losses
from core.optimizers import OPTIMIZERS
from core.penalties import PENALTIES
from core.record import record
from core.spec import Spec

# As many sample numbers as one burst hands to the kernel at once; bounds the memory of a long burst.
ORDERS_AT_ONCE = 65_536
# As many activations as an evaluation holds at once, which bounds its memory to some tens of MB.
ACTIVATIONS_AT_ONCE = 2_000_000

# Parameters below this are taken for sound without a closer look; those of a diverging run soon are not.
SUSPICIOUS = 1e4


@record(eq=False)
class Run:
    """Where the training stands.

    `step` counts updates and `epoch` finished passes over the training rows. Of the present epoch `start`
    samples have gone into updates, and `seen` more are collected for the next one. `state` (slots, P) is the
    optimiser's.
    """

    network: Network
    state: Array
    kernel: str
    step: int = 0
    epoch: int = 0
    start: int = 0
    seen: int = 0


@record
class Evaluation:
    """The objective over one set of rows, its parts, and the accuracy (None for regression): means over rows."""

    data_loss: float
    penalty: float
    accuracy: float | None

    @property
    def objective(self) -> float:
        """What is minimised."""
        return self.data_loss + self.penalty


class Diverged(ArithmeticError):  # noqa: N818 (it says what happened, not that someone erred)
    """Something stopped being finite. `run` is the last state from which a step could still be made, or the first."""

    def __init__(self, quantity: str, step: int, run: Run, eta: float, mistake: str | None = None) -> None:
        self.quantity, self.step, self.run = quantity, step, run
        remedy = f"A smaller learning rate (η is {eta:g}) or smaller starting weights would help."
        if mistake is not None:
            remedy = f"That is what comes of the mistake that is on, {MISTAKES[mistake].label}: heal it, and reset."
        super().__init__(
            f"{quantity} is not finite at step {step}, so training stopped; the state of step {run.step}"
            f" is kept. {remedy}"
        )


def load_data(spec: Spec) -> Data:
    """The rows that `spec` asks for, drawn from its data seed."""
    return load(
        spec.source,
        samples=spec.samples,
        noise=spec.noise,
        train_share=spec.train_share,
        encoding=spec.encoding,
        rng=streams.stream(spec.data_seed, streams.DATA),
    )


def draw_start(spec: Spec) -> Network:
    """The network that `spec` and its seed start from."""
    return draw_network(
        spec.sizes,
        spec.activations,
        spec.loss,
        INITIALIZERS[spec.init],
        rng=streams.stream(spec.seed, streams.START),
        biased=spec.biased,
    )


def begin(spec: Spec, network: Network) -> Run:
    """A run of `spec` that starts from `network`, before its first update."""
    state = np.zeros((OPTIMIZERS[spec.optimizer].slots, Layout(network.sizes).length))
    return Run(network, frozen(state), kernel_for(spec))


def kernel_for(spec: Spec) -> str:
    """The kernel that a run of `spec` would have if it began now."""
    rows = train_rows(spec.samples, spec.train_share)
    return choose(spec.kernel, spec.sizes, min(spec.batch or rows, rows))


def evaluate(network: Network, penalty: str, x: Array, t: Array, data: Data) -> Evaluation | None:
    """The objective of `network` over the rows x, t of `data`; None where there are no rows."""
    if not len(x):
        return None
    losses = 0.0
    right: int | None = 0
    chunk = max(1, ACTIVATIONS_AT_ONCE // sum(network.sizes))
    with np.errstate(all="ignore"):
        for first in range(0, len(x), chunk):
            rows = slice(first, first + chunk)
            trace = forward(network, x[rows])
            losses += float(sample_losses(network, trace, t[rows]).sum())
            share = data.accuracy(trace.y, t[rows])
            right = None if share is None or right is None else right + round(share * len(trace.y))
    accuracy = None if right is None else right / len(x)
    return Evaluation(losses / len(x), PENALTIES[penalty].value(network.weights), accuracy)


class Trainer:
    """Moves runs of one spec on one data set forward. Its kernel's buffers are its own; no run is changed."""

    def __init__(self, spec: Spec, data: Data, kernel: str) -> None:
        self.spec, self.data = spec, data
        self.batch = min(spec.batch or data.train, data.train)
        self._layout = Layout(spec.sizes)
        task = Task(
            x=data.x_train,
            t=data.t_train,
            sizes=spec.sizes,
            activations=spec.activations,
            loss=spec.loss,
            optimizer=spec.optimizer,
            penalty=spec.penalty,
            eta=spec.eta,
            batch=self.batch,
            # Without biases they are parameters that keep their value, 0 unless the network brought another.
            frozen=flat_mask(spec.frozen, spec.sizes, biased=spec.biased),
        )
        mistake = spec.mistake
        # A mistake has a kernel of its own, whichever the run's is; healed, the run goes on with that.
        self._kernel: Kernel = (
            KERNELS[kernel].make(task) if mistake is None else MistakenKernel(task, MISTAKES[mistake].formulas)
        )
        self._natural_order = np.arange(self.data.train)
        self._held: Run | None = None

    def advance(self, run: Run, steps: int, losses: Array | None = None) -> Run:
        """`run` after `steps` more updates; Diverged, naming the first step that failed, if that is not finite.

        `losses` (steps,) is given the mean loss of each step's batch, as it was before its update.
        """
        after = self._move(run, steps, losses)
        if self._is_tame(after.network) or self._not_finite(after) is None:
            return after
        if (quantity := self._not_finite(run)) is not None:
            raise Diverged(quantity, run.step, run, self.spec.eta, self.spec.mistake)
        while steps > 1:
            half = steps // 2
            middle = self._move(run, half)
            if self._not_finite(middle) is None:
                run, steps = middle, steps - half
            else:
                steps = half
        failed = self._move(run, 1)
        quantity = self._not_finite(failed) or "The network"
        raise Diverged(quantity, failed.step, run, self.spec.eta, self.spec.mistake)

    def repeat(self, run: Run, steps: int, losses: Array | None = None) -> Run:
        """The same for steps that have been made before: what they led to is not looked at once more."""
        return self._move(run, steps, losses) if steps else run

    def order(self, epoch: int, start: int = 0) -> Rows:
        """In which order that epoch visits the training rows, when its batches go on from sample `start`.

        One batch of all rows has no order, and keeps theirs: to draw one would cost as much as the update.
        """
        if not self.spec.shuffle or (start == 0 and self.batch == self.data.train):
            return self._natural_order
        return streams.order(self.spec.seed, epoch, self.data.train)

    def next_batch(self, run: Run) -> Rows:
        """The rows of the batch that the next update of `run` uses."""
        return self.order(run.epoch, run.start)[run.start : run.start + self.batch]

    def steps_to_epoch_end(self, run: Run) -> int:
        """How many updates finish the present epoch of `run`."""
        return self._steps_from(run.start)

    @property
    def steps_per_epoch(self) -> int:
        """How many updates a whole epoch has."""
        return self._steps_from(0)

    def epochs_done(self, run: Run) -> float:
        """Finished epochs and the share of the present one that went into updates."""
        return run.epoch + run.start / self.data.train

    def _move(self, run: Run, steps: int, losses: Array | None = None) -> Run:
        if run is not self._held:
            self._kernel.load(run.network, run.state, run.step)
        # Until the burst has ended the kernel holds no run that anybody knows.
        self._held = None
        epochs_at_once = max(1, ORDERS_AT_ONCE // self.data.train)
        epoch, start, left = run.epoch, run.start, steps
        while left > 0:
            burst = min(left, self._steps_from(start) + (epochs_at_once - 1) * self.steps_per_epoch)
            next_epoch, next_start = self._position_after(epoch, start, burst)
            later = range(epoch + 1, next_epoch + (next_start > 0))
            orders = [self.order(epoch, start), *(self.order(e) for e in later)]
            made = steps - left
            self._kernel.burst(orders, start, burst, None if losses is None else losses[made : made + burst])
            epoch, start, left = next_epoch, next_start, left - burst
        self._held = replace(
            run,
            network=self._layout.unpack(self._kernel.parameters(), run.network),
            state=frozen(self._kernel.state()),
            step=run.step + steps,
            epoch=epoch,
            start=start,
            seen=0,
        )
        return self._held

    def _steps_from(self, start: int) -> int:
        return -(-(self.data.train - start) // self.batch)

    def _position_after(self, epoch: int, start: int, steps: int) -> tuple[int, int]:
        to_end = self._steps_from(start)
        if steps < to_end:
            return epoch, start + steps * self.batch
        epochs, rest = divmod(steps - to_end, self.steps_per_epoch)
        return epoch + 1 + epochs, rest * self.batch

    def _is_tame(self, network: Network) -> bool:
        """Whether no parameter is anywhere near an overflow; then neither is what is computed from them."""
        return all(
            bool(np.abs(values).max() < SUSPICIOUS) for layer in (network.weights, network.biases) for values in layer
        )

    def _not_finite(self, run: Run) -> str | None:
        """The first quantity of `run`, or of the step that would follow, that is not finite, by name and layer."""
        with np.errstate(all="ignore"):
            for quantity, values in self._quantities(run):
                if not all_finite(values):
                    return quantity
        return None

    def _quantities(self, run: Run) -> Iterator[tuple[str, Array]]:
        """The parameters of `run`, then what its next step computes, in the order of the computation."""
        network, rows = run.network, self.next_batch(run)
        t = self.data.t_train[rows]
        forwards = range(len(network.layers))
        for k in forwards:
            yield f"The weight matrix W of layer {k + 1}", network.weights[k]
            yield f"The bias vector b of layer {k + 1}", network.biases[k]
        trace = forward(network, self.data.x_train[rows])
        for k in forwards:
            yield f"The pre-activation z of layer {k + 1}", trace.z[k]
            yield f"The activation a of layer {k + 1}", trace.a[k + 1]
        yield "The loss E", sample_losses(network, trace, t)
        gradient = backward_with(self.spec.mistake, network, trace, t, self.spec.eta)
        for k in reversed(forwards):
            yield f"δ of layer {k + 1}", gradient.delta[k]
            yield f"The gradient ∂E/∂W of layer {k + 1}", gradient.weights[k]
            yield f"The gradient ∂E/∂b of layer {k + 1}", gradient.biases[k]
