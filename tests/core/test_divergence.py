"""When training stops being finite: what failed first, in which layer and step, and which state is kept."""

from dataclasses import replace

import numpy as np
import pytest

from core.arrays import all_finite, frozen
from core.datasets import Data
from core.network import Network, backward, forward
from core.spec import Spec, suggested
from core.training import Diverged, Run, Trainer, begin, draw_start, evaluate, load_data

# A line fitted with a far too large η: every update overshoots by more than the last.
WILD = replace(suggested("plane"), eta=100.0)


def started(spec: Spec, data: Data | None = None) -> tuple[Trainer, Run]:
    run = begin(spec, draw_start(spec))
    return Trainer(spec, load_data(spec) if data is None else data, run.kernel), run


def failure(trainer: Trainer, run: Run, steps: int) -> Diverged:
    with pytest.raises(Diverged) as caught:
        trainer.advance(run, steps)
    return caught.value


def parameters(network: Network) -> list[np.ndarray]:
    return [*network.weights, *network.biases]


def test_the_last_state_that_could_make_a_step_is_kept():
    trainer, start = started(WILD)
    failed = failure(trainer, start, 2000)
    kept = failed.run
    assert kept.step == failed.step - 1
    assert kept.step > 10
    assert all_finite(*parameters(kept.network))
    rows = trainer.next_batch(kept)
    trace = forward(kept.network, trainer.data.x_train[rows])
    gradient = backward(kept.network, trace, trainer.data.t_train[rows])
    assert all_finite(*trace.z, *trace.a, *gradient.delta, *gradient.weights)
    data = trainer.data
    evaluation = evaluate(kept.network, "none", data.x_train[rows], data.t_train[rows], data)
    assert evaluation is not None
    assert np.isfinite(evaluation.objective)


def test_step_by_step_the_same_step_fails():
    trainer, start = started(WILD)
    failed = failure(trainer, start, 2000)
    run = trainer.advance(start, failed.step - 1)
    for kept, stepped in zip(parameters(failed.run.network), parameters(run.network), strict=True):
        assert np.array_equal(kept, stepped)
    again = failure(trainer, run, 1)
    assert (again.step, again.quantity) == (failed.step, failed.quantity)
    assert again.run.step == run.step


def test_the_kept_state_can_be_trained_on_more_carefully():
    trainer, start = started(WILD)
    kept = failure(trainer, start, 2000).run
    gentle = Trainer(replace(WILD, eta=0.01), trainer.data, kept.kernel)
    after = gentle.advance(kept, 300)
    assert after.step == kept.step + 300
    assert np.abs(after.network.weights[0]).max() < np.abs(kept.network.weights[0]).max()


def test_the_sentence_says_what_where_and_how_to_mend_it():
    trainer, start = started(WILD)
    failed = failure(trainer, start, 2000)
    assert str(failed).startswith(f"{failed.quantity} is not finite at step {failed.step}")
    assert f"the state of step {failed.run.step} is kept" in str(failed)
    assert "smaller learning rate (η is 100)" in str(failed)


# One row, with numbers chosen so that a certain product is the first to pass 1.8e308.
def one_row(x: float, t: float, *, hidden: tuple[int, ...] = ()) -> tuple[Spec, Data]:
    spec = replace(
        suggested("sine"),
        samples=1,
        train_share=1.0,
        hidden=hidden,
        activations=(*("identity" for _ in hidden), "identity"),
    )
    return spec, Data(frozen([[x]]), frozen([[t]]), 1, None)


def from_weights(spec: Spec, *weights: float) -> Run:
    start = draw_start(spec)
    layers = (replace(layer, weights=frozen([[w]])) for layer, w in zip(start.layers, weights, strict=True))
    return begin(spec, replace(start, layers=tuple(layers)))


@pytest.mark.parametrize(
    ("x", "t", "weights", "quantity"),
    [
        (1.0, 0.0, (float("nan"), 1.0), "The weight matrix W of layer 1"),
        (1.0, 0.0, (1.0, float("inf")), "The weight matrix W of layer 2"),
        (float("nan"), 0.0, (1.0, 1.0), "The pre-activation z of layer 1"),
        (1e200, 0.0, (1e200, 1.0), "The pre-activation z of layer 1"),
        (1e200, 0.0, (1.0, 1e200), "The pre-activation z of layer 2"),
        (1e160, 0.0, (1.0, 1.0), "The loss E"),
        (1.0, float("inf"), (1.0, 1.0), "The loss E"),
        # y = 1e-200 · 1e200 = 1 and E = ½ 1e300, but W⁽²⁾ carries δ beyond all bounds: δ⁽¹⁾ = −1e150 · 1e200.
        (1.0, 1e150, (1e-200, 1e200), "δ of layer 1"),
        # δ⁽²⁾ = −1e150 and a⁽¹⁾ = x w = 1e200.
        (1e200, 1e150, (1.0, 1e-200), "The gradient ∂E/∂W of layer 2"),
        (1e200, 1e150, (1e-200, 1.0), "The gradient ∂E/∂W of layer 1"),
    ],
)
def test_the_first_quantity_of_the_computation_is_named(x, t, weights, quantity):
    spec, data = one_row(x, t, hidden=(1,))
    trainer = Trainer(spec, data, "numpy")
    run = from_weights(spec, *weights)
    failed = failure(trainer, run, 1)
    assert failed.quantity == quantity
    assert failed.step == 0
    assert failed.run is run


def test_the_deltas_are_blamed_from_the_last_layer_on():
    """δ⁽³⁾ = −1e150 is sound, δ⁽²⁾ = −1e150 · 1e200 is not, nor is δ⁽¹⁾, which is computed from it."""
    spec, data = one_row(1.0, 1e150, hidden=(1, 1))
    failed = failure(Trainer(spec, data, "numpy"), from_weights(spec, 1.0, 1e-200, 1e200), 1)
    assert failed.quantity == "δ of layer 2"


def test_a_bad_bias_is_named_too():
    spec, data = one_row(1.0, 0.0)
    run = from_weights(spec, 1.0)
    layer = replace(run.network.layers[0], biases=frozen([float("inf")]))
    run = replace(run, network=replace(run.network, layers=(layer,)))
    assert failure(Trainer(spec, data, "numpy"), run, 5).quantity == "The bias vector b of layer 1"


def test_a_batch_that_overflows_under_way_is_blamed_on_its_own_step():
    """Rows in order, a huge one last: two updates are sound, and the third cannot be made."""
    spec = replace(suggested("sine"), samples=3, train_share=1.0, hidden=(), activations=("identity",), batch=1)
    spec = replace(spec, shuffle=False, eta=0.1)
    data = Data(frozen([[1.0], [1.0], [1e200]]), frozen([[2.0], [2.0], [2.0]]), 3, None)
    trainer, start = started(spec, data)
    failed = failure(trainer, start, 10)
    assert (failed.quantity, failed.step, failed.run.step) == ("The loss E", 2, 1)
    assert trainer.advance(start, 1).step == 1


def test_no_steps_from_a_sound_state_are_no_failure():
    trainer, start = started(WILD)
    assert trainer.advance(start, 0).step == 0
