"""Every kernel held to the readable equations, on networks, losses, batches and orders drawn at random."""

from dataclasses import dataclass, replace
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from core.activations import ACTIVATIONS
from core.arrays import Array, Rows
from core.errors import InputError
from core.freezing import NOTHING, Marks, flat_mask
from core.initializers import INITIALIZERS
from core.kernels import KERNELS, Kernel, Task, choose, compiled_kernel
from core.kernels.layout import Layout
from core.losses import LOSSES
from core.network import Network, backward, draw_network, forward, sample_losses

NAMES = st.sampled_from(ACTIVATIONS.names())
every_kernel = pytest.mark.parametrize("name", KERNELS.names())


@dataclass(frozen=True)
class Case:
    """A task, the network that it starts from, and the epochs (E, n) to train for."""

    task: Task
    network: Network
    orders: list[Rows]

    def kernel(self, name: str) -> Kernel:
        kernel = KERNELS[name].make(self.task)
        kernel.load(self.network, np.zeros((0, Layout(self.task.sizes).length)), 0)
        return kernel


@st.composite
def cases(draw: st.DrawFn) -> Case:
    loss = LOSSES[draw(st.sampled_from(LOSSES.names()))]
    hidden = draw(st.lists(st.integers(1, 5), max_size=3))
    sizes = (draw(st.integers(1, 4)), *hidden, draw(st.integers(1, 4)))
    activations = (*(draw(NAMES) for _ in hidden), loss.output or draw(NAMES))
    rows, epochs = draw(st.integers(1, 12)), draw(st.integers(1, 3))
    biased = draw(st.booleans())
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    t = rng.uniform(0.0, 1.0, (rows, sizes[-1]))
    if loss.targets_sum_to_one:
        t /= t.sum(axis=1, keepdims=True)
    task = Task(
        x=rng.normal(0.0, 1.0, (rows, sizes[0])),
        t=t,
        sizes=sizes,
        activations=activations,
        loss=loss.name,
        optimizer="gradient-descent",
        penalty="none",
        eta=draw(st.sampled_from([0.01, 0.1, 0.5])),
        batch=draw(st.integers(1, 15)),
        frozen=draw(marks(sizes)) if draw(st.booleans()) else flat_mask(NOTHING, sizes, biased=biased),
    )
    start = INITIALIZERS[draw(st.sampled_from(INITIALIZERS.names()))]
    network = draw_network(sizes, activations, loss.name, start, rng=rng)
    return Case(task, replace(network, biased=biased), [rng.permutation(rows) for _ in range(epochs)])


def marks(sizes: tuple[int, ...]) -> st.SearchStrategy[Marks]:
    """Any of the parameters."""
    length = Layout(sizes).length
    return st.lists(st.booleans(), min_size=length, max_size=length).map(lambda each: np.array(each, dtype=np.bool_))


def readable_step(network: Network, task: Task, rows: Rows) -> Network:
    """One update of gradient descent, from the equations of core.network."""
    trace = forward(network, task.x[rows])
    gradient = backward(network, trace, task.t[rows])
    layout = Layout(task.sizes)
    pairs = zip(gradient.weights, gradient.biases, strict=True)
    change = np.concatenate([each.ravel() for pair in pairs for each in pair])
    kept = np.zeros(layout.length, dtype=np.bool_) if task.frozen is None else task.frozen
    return layout.unpack(np.where(kept, flat(network), flat(network) - task.eta * change), network)


def flat(network: Network) -> Array:
    return np.concatenate(
        [part.ravel() for layer in network.layers for part in (layer.weights, layer.biases)], dtype=np.float64
    )


def steps_per_epoch(case: Case) -> int:
    return -(-len(case.task.x) // case.task.batch)


@every_kernel
@settings(max_examples=150, derandomize=True)
@given(cases())
def test_a_burst_of_epochs_is_the_readable_equations(name: str, case: Case):
    network = case.network
    for order in case.orders:
        for start in range(0, len(order), case.task.batch):
            network = readable_step(network, case.task, order[start : start + case.task.batch])
    kernel = case.kernel(name)
    kernel.burst(case.orders, 0, len(case.orders) * steps_per_epoch(case))
    assert np.allclose(kernel.parameters(), flat(network), rtol=1e-12, atol=1e-14)


@pytest.mark.parametrize("singly", [True, False])
@settings(max_examples=100, derandomize=True)
@given(cases())
def test_one_after_the_other_and_all_together_are_the_same_update(singly: bool, case: Case):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(compiled_kernel, "_at_once", lambda sizes, batch: 1 if singly else batch)
        kernel = case.kernel("compiled")
    losses = np.empty(steps_per_epoch(case))
    kernel.burst(case.orders, 0, len(losses), losses)
    network, expected = case.network, list[float]()
    for start in range(0, len(case.task.x), case.task.batch):
        rows = case.orders[0][start : start + case.task.batch]
        trace = forward(network, case.task.x[rows])
        expected.append(float(sample_losses(network, trace, case.task.t[rows]).mean()))
        network = readable_step(network, case.task, rows)
    assert np.allclose(kernel.parameters(), flat(network), rtol=1e-12, atol=1e-14)
    assert np.allclose(losses, expected, rtol=1e-12, atol=1e-14)


def test_one_after_the_other_where_the_batch_is_small_and_the_layers_are_wide():
    def singly(sizes: tuple[int, ...], batch: int) -> bool:
        return compiled_kernel._at_once(sizes, batch) == 1

    assert singly((2, 4, 2, 1), 1)
    assert singly((64, 64, 10), 4)
    assert not singly((2, 4, 2, 1), 10)
    assert not singly((64, 64, 10), 250)


@every_kernel
@settings(max_examples=100, derandomize=True)
@given(cases(), st.data())
def test_what_is_frozen_keeps_its_value_to_the_bit(name: str, case: Case, data: st.DataObject):
    frozen = data.draw(marks(case.task.sizes))
    # Subtracting nothing would turn −0 into 0, and what overflows elsewhere must not get in.
    layers = (replace(each, weights=np.where(each.weights > 0.3, -0.0, each.weights)) for each in case.network.layers)
    task = replace(case.task, frozen=frozen, eta=data.draw(st.sampled_from([0.1, 1e300])))
    case = Case(task, replace(case.network, layers=tuple(layers)), case.orders)
    kernel = case.kernel(name)
    with np.errstate(all="ignore"):
        kernel.burst(case.orders, 0, len(case.orders) * steps_per_epoch(case))
    assert kernel.parameters()[frozen].tobytes() == flat(case.network)[frozen].tobytes()


@every_kernel
@settings(max_examples=60, derandomize=True)
@given(cases())
def test_steps_one_by_one_are_bitwise_the_burst(name: str, case: Case):
    whole = case.kernel(name)
    whole.burst(case.orders, 0, len(case.orders) * steps_per_epoch(case))
    single = case.kernel(name)
    for epoch in range(len(case.orders)):
        for step in range(steps_per_epoch(case)):
            single.burst(case.orders[epoch:], step * case.task.batch, 1)
    assert np.array_equal(single.parameters(), whole.parameters())


@every_kernel
@settings(max_examples=100, derandomize=True)
@given(cases())
def test_losses_are_those_of_the_readable_equations_before_each_update(name: str, case: Case):
    network, expected = case.network, []
    for order in case.orders:
        for start in range(0, len(order), case.task.batch):
            rows = order[start : start + case.task.batch]
            expected.append(sample_losses(network, forward(network, case.task.x[rows]), case.task.t[rows]).mean())
            network = readable_step(network, case.task, rows)
    losses = np.full(len(expected), np.nan)
    kernel, silent = case.kernel(name), case.kernel(name)
    kernel.burst(case.orders, 0, len(expected), losses)
    silent.burst(case.orders, 0, len(expected))
    assert np.allclose(losses, expected, rtol=1e-12, atol=1e-12)
    assert np.array_equal(kernel.parameters(), silent.parameters())  # to look is not to change


@every_kernel
def test_losses_fill_the_steps_of_their_burst_and_no_more(name: str, case: Case):
    whole, losses = np.zeros(3), np.full(6, -1.0)
    case.kernel(name).burst(case.orders, 0, 3, whole)
    kernel = case.kernel(name)
    kernel.burst(case.orders, 0, 2, losses[1:3])
    kernel.burst(case.orders, 6, 1, losses[3:4])
    assert losses.tolist() == [-1.0, *whole, -1.0, -1.0]
    assert len(set(whole)) == 3


@every_kernel
@settings(max_examples=40, derandomize=True)
@given(cases())
def test_a_hundred_steps_of_a_smooth_network_stay_close(name: str, case: Case):
    kinks = {entry.name for entry in ACTIVATIONS if entry.kink}
    assume(not kinks & set(case.task.activations))
    task = replace(case.task, eta=0.01)
    network, order = case.network, case.orders[0]
    epochs = -(-100 // steps_per_epoch(case))
    for _ in range(epochs):
        for start in range(0, len(order), task.batch):
            network = readable_step(network, task, order[start : start + task.batch])
    kernel = replace(case, task=task).kernel(name)
    kernel.burst([order] * epochs, 0, epochs * steps_per_epoch(case))
    assert np.allclose(kernel.parameters(), flat(network), rtol=1e-9, atol=1e-11)


@pytest.fixture
def case() -> Case:
    rng = np.random.default_rng(0)
    task = Task(
        x=rng.normal(0.0, 1.0, (7, 2)),
        t=rng.normal(0.0, 1.0, (7, 1)),
        sizes=(2, 3, 1),
        activations=("tanh", "identity"),
        loss="half-squared-error",
        optimizer="gradient-descent",
        penalty="none",
        eta=0.1,
        batch=3,
        frozen=None,
    )
    network = draw_network(task.sizes, task.activations, task.loss, INITIALIZERS["uniform"], rng=rng)
    return Case(task, network, [np.arange(7)])


@every_kernel
def test_what_a_kernel_hands_out_is_never_changed_afterwards(name: str, case: Case):
    kernel = case.kernel(name)
    before = kernel.parameters()
    copy = before.copy()
    kernel.burst(case.orders, 0, 3)
    assert np.array_equal(before, copy)
    assert not np.array_equal(kernel.parameters(), copy)


@every_kernel
def test_loading_again_forgets_what_was_trained(name: str, case: Case):
    kernel = case.kernel(name)
    kernel.burst(case.orders, 0, 3)
    trained = kernel.parameters()
    kernel.load(case.network, kernel.state(), 0)
    assert np.array_equal(kernel.parameters(), flat(case.network))
    kernel.burst(case.orders, 0, 3)
    assert np.array_equal(kernel.parameters(), trained)


@every_kernel
def test_frozen_parameters_keep_their_values(name: str, case: Case):
    mask = np.zeros(13, dtype=np.bool_)
    mask[[0, 6, 12]] = True
    kernel = replace(case, task=replace(case.task, frozen=mask)).kernel(name)
    before = kernel.parameters()
    kernel.burst(case.orders, 0, 3)
    assert np.array_equal(kernel.parameters() == before, mask)


@every_kernel
def test_a_batch_larger_than_the_set_is_the_full_batch(name: str, case: Case):
    large = replace(case, task=replace(case.task, batch=50)).kernel(name)
    full = replace(case, task=replace(case.task, batch=7)).kernel(name)
    for kernel in (large, full):
        kernel.burst(case.orders, 0, 1)
    assert np.array_equal(large.parameters(), full.parameters())


def test_a_chosen_kernel_is_kept_and_an_unknown_one_refused():
    assert choose("numpy", (2, 1), 10) == "numpy"
    assert choose("compiled", (2, 1), 10) == "compiled"
    with pytest.raises(InputError, match="no kernel 'fast'"):
        choose("fast", (2, 1), 10)


def test_the_choice_follows_the_work_once_the_kernel_is_ready():
    KERNELS["compiled"].prepare()
    assert choose("auto", (2, 4, 2, 1), 10) == "compiled"
    assert choose("auto", (64, 512, 512, 10), 256) == "numpy"


def test_a_kernel_that_is_not_ready_is_not_chosen(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(compiled_kernel.machine_code, "cache_info", lambda: SimpleNamespace(currsize=0))
    assert choose("auto", (2, 4, 2, 1), 10) == "numpy"


def test_without_numba_the_compiled_kernel_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch):
    compiled_kernel.machine_code.cache_clear()
    monkeypatch.setattr(compiled_kernel, "find_spec", lambda name: None)
    with pytest.raises(InputError, match="pip install numba"):
        KERNELS["compiled"].prepare()


def test_a_compiler_that_fails_is_one_sentence(monkeypatch: pytest.MonkeyPatch):
    compiled_kernel.machine_code.cache_clear()
    monkeypatch.setattr(compiled_kernel, "_warm", lambda burst: [].pop())
    with pytest.raises(InputError, match=r"cannot be made here \(pop from empty list\)"):
        KERNELS["compiled"].prepare()
    monkeypatch.undo()
    KERNELS["compiled"].prepare()
    assert KERNELS["compiled"].ready()


def test_where_nothing_can_be_kept_it_is_compiled_for_this_process(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    (tmp_path / "file").write_text("")
    monkeypatch.setattr(compiled_kernel, "_cache_folder", lambda: tmp_path / "file" / "folder")
    kept = compiled_kernel._kept("text")
    assert kept.read_text() == "text"
    assert not compiled_kernel.is_kept()


def test_what_lies_in_the_cache_folder_is_not_run_unless_it_is_ours(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setattr(compiled_kernel, "_cache_folder", lambda: tmp_path)
    path = compiled_kernel._kept("ours")
    path.write_text("theirs")
    assert compiled_kernel._kept("ours") == path
    assert path.read_text() == "ours"
