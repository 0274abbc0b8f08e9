"""All numbers of one update: what each row computes forwards and backwards, the means, and the network after it."""

from functools import cached_property, lru_cache

import numpy as np

from core.arrays import Array, frozen
from core.explain.terms import Kind, Quantity, Role
from core.explain.update_rules import PLAIN, Rule
from core.freezing import NOTHING, Frozen, flat_mask
from core.kernels import KERNELS, Kernel, Task, choose
from core.kernels.layout import Layout
from core.losses import LOSSES
from core.mistakes import Formulas, MistakenKernel, backward_with, formulas_with
from core.network import Gradient, Network, Trace, forward, sample_losses
from core.optimizers import OPTIMIZERS
from core.penalties import PENALTIES
from core.record import record
from core.spec import Spec
from core.training import Run, Trainer


@record(eq=False)
class Step:
    """One update of `network` on the rows x (n, n_0), t (n, n_K); `after` is the network that a kernel made of it.

    `upstream` is ∂E/∂a of layers 1 … K, (n, n_k) each; `losses` (n,) are the rows' E. With a `mistake` these are the
    numbers that its wrong formula leads to. What is `frozen` kept its value; all else changed by `rule`.
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
    mistake: str | None = None
    frozen: Frozen = NOTHING
    rule: Rule = PLAIN

    @property
    def formulas(self) -> Formulas:
        """Those that the numbers come from."""
        return formulas_with(self.mistake)

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

    @cached_property
    def penalized(self) -> tuple[Array, ...]:
        """∂J/∂W⁽ᵏ⁾: the mean over the rows, and the slope of the penalty."""
        add_slope = PENALTIES[self.rule.penalty].add_slope
        if add_slope is None:
            return self.gradient.weights
        slopes = tuple(mean.copy() for mean in self.gradient.weights)
        for w, slope in zip(self.network.weights, slopes, strict=True):
            add_slope(w, slope)
        return slopes

    @cached_property
    def remembered(self) -> Array:
        """What the optimiser remembers after the update (slots, P)."""
        state, layout = state_before(self.rule, self.network).copy(), Layout(self.network.sizes)
        flat = np.zeros(layout.length)
        weights, biases = layout.views(flat)
        for k, (w, b) in enumerate(zip(weights, biases, strict=True)):
            w[...], b[...] = self.penalized[k], self.gradient.biases[k]
        OPTIMIZERS[self.rule.optimizer].update(flat, state, self.eta, self.rule.number)
        return state

    def weight_gradients(self, row: int) -> tuple[Array, ...]:
        """∂E/∂W⁽ᵏ⁾ (n_{k−1}, n_k) of one row alone; over all rows their mean is the batch's."""
        one = slice(row, row + 1)
        pairs = enumerate(zip(self.trace.a[:-1], self.gradient.delta, strict=True), start=1)
        return tuple(np.outer(self.formulas.source(self.network, k, a[one]), delta[one]) for k, (a, delta) in pairs)

    def gradient_of(self, row: int) -> Gradient:
        """The gradient of one row alone."""
        one, whole = slice(row, row + 1), self.gradient
        deltas = tuple(delta[one] for delta in whole.delta)
        biases = tuple(self.formulas.bias * delta[0] for delta in deltas)
        return Gradient(deltas, self.weight_gradients(row), biases, whole.x[one])

    def value(self, quantity: Quantity, row: int = 0) -> float:
        """What `quantity`, with its indices put in, is; `row` is the sample where it does not say its own."""
        row = quantity.sample if isinstance(quantity.sample, int) else row
        at = tuple(index for index in quantity.indices if isinstance(index, int))
        if len(at) < len(quantity.indices):
            raise TypeError(f"{quantity} has no number before its indices are put in")
        if quantity.kind is Kind.D_W and len(at) == 2:
            delta = self.gradient.delta[quantity.layer - 1]
            return float(self._sources(quantity.layer, slice(row, row + 1))[0, at[0]] * delta[row, at[1]])
        return float(self.whole(quantity, row)[at])

    def along(self, quantity: Quantity, role: Role, numbers: slice, row: int = 0) -> Array:
        """What `quantity` is for those numbers of the index, or of the sample, that is `role` and not yet put in."""
        at = [index if isinstance(index, int) else numbers for index in quantity.indices]
        if quantity.sample is not role:
            row = quantity.sample if isinstance(quantity.sample, int) else row
            return self.whole(quantity, row)[tuple(at)]
        k = quantity.layer
        match quantity.kind:
            case Kind.D_W:
                return self._sources(k, numbers)[:, at[0]] * self.gradient.delta[k - 1][numbers, at[1]]
            case Kind.D_B:
                return self.formulas.bias * self.gradient.delta[k - 1][numbers, at[0]]
            case Kind.E:
                return self.losses[numbers]
            case _:
                raise TypeError(f"{quantity} is worked out sample by sample")

    def _sources(self, k: int, rows: slice) -> Array:
        """What δ⁽ᵏ⁾ of these rows is multiplied by to give their ∂E/∂W⁽ᵏ⁾."""
        return self.formulas.source(self.network, k, self.trace.a[k - 1][rows])

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
            case Kind.DELTA:
                return self.gradient.delta[k - 1][row]
            case Kind.D_B:
                return self.formulas.bias * self.gradient.delta[k - 1][row]
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
                return self.penalized[k - 1]
            case Kind.MEAN_B:
                return self.gradient.biases[k - 1]
            case Kind.J:
                return frozen(self.loss + PENALTIES[self.rule.penalty].value(network.weights))
            case Kind.STATE_W | Kind.STATE_B:
                state = self.remembered if quantity.new else state_before(self.rule, network)
                slot = state[self.rule.terms.letters.index(quantity.letter)]
                return Layout(network.sizes).views(slot)[quantity.kind is Kind.STATE_B][k - 1]
            case Kind.NUMBER:
                return frozen(self.rule.number)
            case _:
                return frozen(self.eta)


def take_step(
    network: Network,
    x: Array,
    t: Array,
    eta: float,
    kernel: str = "auto",
    frozen_names: Frozen = NOTHING,
    rule: Rule = PLAIN,
) -> Step:
    """One update of `network` by that rule on these rows, made by that kernel."""
    after = updated(network, x, t, eta, kernel, frozen_names=frozen_names, rule=rule)
    return explain_step(network, x, t, eta, after, frozen_names=frozen_names, rule=rule)


def rule_of(spec: Spec, run: Run) -> Rule:
    """The rule of the next update of that run."""
    return Rule(spec.optimizer, spec.penalty, run.state, run.step + 1)


def state_before(rule: Rule, network: Network) -> Array:
    """What the optimiser remembers before the update (slots, P)."""
    if rule.state is not None:
        return rule.state
    return frozen(np.zeros((OPTIMIZERS[rule.optimizer].slots, Layout(network.sizes).length)))


def explain_step(
    network: Network,
    x: Array,
    t: Array,
    eta: float,
    after: Network,
    mistake: str | None = None,
    frozen_names: Frozen = NOTHING,
    rule: Rule = PLAIN,
) -> Step:
    """The numbers of an update on these rows, with that mistake, that has led, or will lead, to `after`."""
    with np.errstate(all="ignore"):
        trace = forward(network, x)
        gradient = backward_with(mistake, network, trace, t, eta)
        return explain_pass(network, x, t, eta, trace, gradient, after, mistake, frozen_names, rule)


def explain_pass(
    network: Network,
    x: Array,
    t: Array,
    eta: float,
    trace: Trace,
    gradient: Gradient,
    after: Network,
    mistake: str | None = None,
    frozen_names: Frozen = NOTHING,
    rule: Rule = PLAIN,
) -> Step:
    """The same from what forward and backward have computed of these rows."""
    formulas = formulas_with(mistake)
    with np.errstate(all="ignore"):
        slope = formulas.loss(network, trace, t)
        hidden = (
            formulas.upstream(network, trace, k, delta, eta) for k, delta in enumerate(gradient.delta[1:], start=1)
        )
        losses = sample_losses(network, trace, t)
        upstream = (*hidden, slope)
        return Step(network, x, t, eta, trace, gradient, upstream, losses, after, mistake, frozen_names, rule)


@lru_cache(maxsize=2)
def healed(step: Step) -> Step:
    """The same update without a mistake."""
    return take_step(step.network, step.x, step.t, step.eta, frozen_names=step.frozen, rule=step.rule)


def updated(
    network: Network,
    x: Array,
    t: Array,
    eta: float,
    kernel: str = "auto",
    mistake: str | None = None,
    frozen_names: Frozen = NOTHING,
    rule: Rule = PLAIN,
) -> Network:
    """What a kernel makes of `network` in one update by that rule on these rows; a mistake has its own."""
    layout = Layout(network.sizes)
    task = Task(
        x=x,
        t=t,
        sizes=network.sizes,
        activations=network.activations,
        loss=network.loss,
        optimizer=rule.optimizer,
        penalty=rule.penalty,
        eta=eta,
        batch=len(x),
        frozen=flat_mask(frozen_names, network.sizes, biased=network.biased),
    )
    worker: Kernel = (
        KERNELS[choose(kernel, network.sizes, len(x))].make(task)
        if mistake is None
        else MistakenKernel(task, formulas_with(mistake))
    )
    worker.load(network, state_before(rule, network), rule.number - 1)
    with np.errstate(all="ignore"):
        worker.burst([np.arange(len(x))], 0, 1)
    return layout.unpack(worker.parameters(), network)


def next_step(trainer: Trainer, run: Run) -> Step:
    """The update that comes next in `run`, as `trainer` makes it: its `after` is the run's next network, to the bit.

    Diverged when that update leaves the finite numbers.
    """
    return step_to(trainer.advance(run, 1), trainer, run)


def step_to(after: Run, trainer: Trainer, run: Run) -> Step:
    """The update that `trainer` made of `run`, which led to `after`."""
    rows, data, spec = trainer.next_batch(run), trainer.data, trainer.spec
    x, t, rule = data.x_train[rows], data.t_train[rows], rule_of(spec, run)
    return explain_step(run.network, x, t, spec.eta, after.network, spec.mistake, spec.frozen, rule)
