"""Runs: XOR is learned, seeds decide everything, positions add up, and bursts of any split give bitwise the same."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.arrays import frozen
from core.network import Network, forward, sample_losses
from core.spec import Spec, suggested
from core.training import Run, Trainer, begin, draw_start, evaluate, load_data

# 23 rows in batches of 5: five updates an epoch, the last on 3 rows.
UNEVEN = replace(suggested("circle"), samples=23, train_share=1.0, batch=5)


def started(spec: Spec) -> tuple[Trainer, Run]:
    run = begin(spec, draw_start(spec))
    return Trainer(spec, load_data(spec), run.kernel), run


def trained(spec: Spec, steps: int) -> Run:
    trainer, run = started(spec)
    return trainer.advance(run, steps)


def same_network(one: Network, other: Network) -> bool:
    pairs = zip((*one.weights, *one.biases), (*other.weights, *other.biases), strict=True)
    return all(np.array_equal(a, b) for a, b in pairs)


def assert_same_run(one: Run, other: Run) -> None:
    assert (one.step, one.epoch, one.start, one.seen) == (other.step, other.epoch, other.start, other.seen)
    assert same_network(one.network, other.network)
    assert np.array_equal(one.state, other.state)


@pytest.mark.parametrize("seed", [1, 2, 3, 4, 5])
def test_xor_is_learned(seed):
    spec = suggested("xor", seed=seed)
    trainer, run = started(spec)
    assert spec.sizes == (2, 3, 1)
    assert spec.activations == ("tanh", "sigmoid")
    assert (spec.loss, spec.batch) == ("half-squared-error", None)
    run = trainer.advance(run, 1000)
    data = trainer.data
    reached = evaluate(run.network, "none", data.x_train, data.t_train, data)
    assert reached is not None
    assert reached.objective < 0.01
    assert reached.accuracy == 1.0
    outputs = forward(run.network, frozen([[0, 0], [0, 1], [1, 0], [1, 1]])).y.ravel()
    assert np.allclose(outputs, [0, 1, 1, 0], atol=0.2)


def test_xor_from_seed_1_falls_below_a_hundredth_near_epoch_400():
    trainer, run = started(suggested("xor"))
    data = trainer.data

    def objective(run: Run) -> float:
        reached = evaluate(run.network, "none", data.x_train, data.t_train, data)
        assert reached is not None
        return reached.objective

    assert objective(trainer.advance(run, 350)) > 0.01
    assert objective(trainer.advance(run, 450)) < 0.01


def test_a_trained_run_is_bitwise_that_of_the_same_seeds():
    assert_same_run(trained(UNEVEN, 137), trained(UNEVEN, 137))


@pytest.mark.parametrize("changes", [{"seed": 2}, {"data_seed": 2}, {"shuffle": False}, {"eta": 0.0301}])
def test_other_choices_give_another_run(changes):
    assert not same_network(trained(UNEVEN, 20).network, trained(replace(UNEVEN, **changes), 20).network)


def test_a_new_start_leaves_the_data():
    other = replace(UNEVEN, seed=2)
    assert np.array_equal(load_data(other).x, load_data(UNEVEN).x)
    assert np.array_equal(load_data(other).t, load_data(UNEVEN).t)
    assert not same_network(draw_start(other), draw_start(UNEVEN))
    assert not np.array_equal(started(other)[0].order(0), started(UNEVEN)[0].order(0))


def test_new_data_leave_start_and_order():
    other = replace(UNEVEN, data_seed=2)
    assert not np.array_equal(load_data(other).x, load_data(UNEVEN).x)
    assert same_network(draw_start(other), draw_start(UNEVEN))
    assert np.array_equal(started(other)[0].order(4), started(UNEVEN)[0].order(4))


def test_neither_size_nor_shuffling_touches_the_other_streams():
    assert same_network(draw_start(replace(UNEVEN, samples=99)), draw_start(UNEVEN))
    assert np.array_equal(load_data(replace(UNEVEN, hidden=(7,))).x, load_data(UNEVEN).x)
    assert same_network(draw_start(replace(UNEVEN, shuffle=False)), draw_start(UNEVEN))


def test_positions_count_updates_samples_and_epochs():
    trainer, run = started(UNEVEN)
    assert trainer.steps_per_epoch == 5
    assert trainer.steps_to_epoch_end(run) == 5
    positions = []
    for _ in range(7):
        run = trainer.advance(run, 1)
        positions.append((run.step, run.epoch, run.start))
    assert positions == [(1, 0, 5), (2, 0, 10), (3, 0, 15), (4, 0, 20), (5, 1, 0), (6, 1, 5), (7, 1, 10)]
    assert trainer.steps_to_epoch_end(run) == 3
    assert trainer.epochs_done(run) == pytest.approx(1 + 10 / 23)


def test_every_epoch_visits_every_row_once_in_an_order_of_its_own():
    trainer, run = started(UNEVEN)
    epochs = []
    for _ in range(3):
        batches = []
        for _ in range(5):
            batches.append(trainer.next_batch(run))
            run = trainer.advance(run, 1)
        assert [len(batch) for batch in batches] == [5, 5, 5, 5, 3]
        epochs.append(np.concatenate(batches).tolist())
        assert sorted(epochs[-1]) == list(range(23))
    assert epochs[0] != epochs[1] != epochs[2]


def test_the_order_is_kept_when_not_shuffled_and_for_a_full_batch():
    assert started(replace(UNEVEN, shuffle=False))[0].order(3).tolist() == list(range(23))
    for batch in (None, 23, 1000):
        trainer, run = started(replace(UNEVEN, batch=batch))
        assert trainer.batch == 23
        assert trainer.steps_per_epoch == 1
        assert trainer.next_batch(run).tolist() == list(range(23))


def test_a_batch_size_changed_under_way_goes_on_from_the_same_sample():
    trainer, run = started(UNEVEN)
    run = trainer.advance(run, 2)
    wider = Trainer(replace(UNEVEN, batch=9), trainer.data, run.kernel)
    assert wider.next_batch(run).tolist() == trainer.order(0)[10:19].tolist()
    assert wider.steps_to_epoch_end(run) == 2
    after = wider.advance(run, 3)
    assert (after.step, after.epoch, after.start) == (5, 1, 9)


def test_a_full_batch_chosen_under_way_first_finishes_the_epoch_in_its_order():
    trainer, run = started(UNEVEN)
    run = trainer.advance(run, 2)
    full = Trainer(replace(UNEVEN, batch=None), trainer.data, run.kernel)
    assert full.next_batch(run).tolist() == trainer.order(0)[10:].tolist()
    after = full.advance(run, 1)
    expected = Trainer(replace(UNEVEN, batch=13), trainer.data, run.kernel).advance(run, 1)
    assert (after.step, after.epoch, after.start) == (3, 1, 0)
    assert same_network(after.network, expected.network)
    assert full.next_batch(after).tolist() == list(range(23))


SPLITS = {"uneven": UNEVEN, "order kept": replace(UNEVEN, shuffle=False), "full": replace(UNEVEN, batch=None)}


@pytest.mark.parametrize("name", SPLITS)
@settings(max_examples=25, derandomize=True)
@given(bursts=st.lists(st.integers(0, 17), min_size=1, max_size=6))
def test_bursts_of_any_split_are_bitwise_one_burst(name: str, bursts: list[int]):
    trainer, start = started(SPLITS[name])
    run = start
    for steps in bursts:
        run = trainer.advance(run, steps)
    assert_same_run(run, trained(SPLITS[name], sum(bursts)))


def test_a_burst_longer_than_the_kernel_takes_at_once_is_the_same(monkeypatch):
    whole = trained(UNEVEN, 203)
    monkeypatch.setattr("core.training.ORDERS_AT_ONCE", 50)
    assert_same_run(trained(UNEVEN, 203), whole)


@settings(max_examples=25, derandomize=True)
@given(bursts=st.lists(st.integers(0, 17), min_size=1, max_size=6))
def test_bursts_of_any_split_have_the_losses_of_single_steps(bursts: list[int]):
    trainer, start = started(UNEVEN)
    run, alone, expected = start, start, list[float]()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("core.training.ORDERS_AT_ONCE", 50)  # two epochs at most go to the kernel at once
        for steps in bursts:
            losses = np.full(steps, np.nan)
            run = trainer.advance(run, steps, losses)
            expected += losses.tolist()
    for loss in expected:
        rows = trainer.next_batch(alone)
        values = sample_losses(
            alone.network, forward(alone.network, trainer.data.x_train[rows]), trainer.data.t_train[rows]
        )
        assert loss == pytest.approx(values.mean(), rel=1e-12, abs=1e-12)
        alone = trainer.advance(alone, 1)
    assert_same_run(run, alone)


def test_one_trainer_moves_many_runs_without_mixing_them():
    trainer, start = started(UNEVEN)
    other_start = begin(UNEVEN, draw_start(replace(UNEVEN, seed=9)))
    one, other = trainer.advance(start, 3), trainer.advance(other_start, 7)
    one, other = trainer.advance(one, 4), trainer.advance(other, 1)
    assert_same_run(one, trained(UNEVEN, 7))
    assert_same_run(other, trainer.advance(other_start, 8))


def test_a_burst_that_was_broken_off_leaves_no_trace(monkeypatch):
    trainer, start = started(UNEVEN)
    run = trainer.advance(start, 3)

    def interrupted(*_: object) -> Network:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("core.kernels.layout.Layout.unpack", interrupted)
        with pytest.raises(KeyboardInterrupt):
            trainer.advance(run, 2)
    assert_same_run(trainer.advance(run, 4), trained(UNEVEN, 7))


def test_a_run_is_never_changed():
    trainer, start = started(UNEVEN)
    copies = [array.copy() for array in (*start.network.weights, *start.network.biases)]
    after = trainer.advance(start, 6)
    assert start.step == 0
    assert all(
        np.array_equal(a, b) for a, b in zip((*start.network.weights, *start.network.biases), copies, strict=True)
    )
    assert not any(array.flags.writeable for array in (*after.network.weights, *after.network.biases, after.state))


def test_samples_collected_for_the_next_batch_do_not_change_its_update():
    trainer, start = started(UNEVEN)
    assert_same_run(trainer.advance(replace(start, seen=3), 1), trainer.advance(start, 1))


def test_biases_that_do_not_learn_stay_zero():
    run = trained(replace(UNEVEN, biased=False, init="uniform"), 40)
    assert not any(b.any() for b in run.network.biases)
    assert any(b.any() for b in trained(replace(UNEVEN, init="uniform"), 40).network.biases)


def test_a_single_row_can_be_trained_on():
    spec = replace(UNEVEN, samples=1)
    run = trained(spec, 50)
    assert (run.step, run.epoch, run.start) == (50, 50, 0)
    data = load_data(spec)
    before = evaluate(draw_start(spec), "none", data.x, data.t, data)
    after = evaluate(run.network, "none", data.x, data.t, data)
    assert before is not None
    assert after is not None
    assert after.objective < 0.2 * before.objective
