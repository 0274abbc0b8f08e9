"""The user's choices: what is suggested can be trained, what makes no sense is refused in a sentence that helps."""

import json
import math
from dataclasses import fields, replace
from itertools import product
from typing import Any

import numpy as np
import pytest

from core.activations import ACTIVATIONS
from core.datasets import DATASETS, ENCODINGS
from core.errors import InputError
from core.initializers import INITIALIZERS
from core.losses import LOSSES
from core.spec import MAX_PARAMETERS, Spec, as_dict, check, suggested
from core.training import Trainer, begin, draw_start, load_data

CIRCLE, XOR, BLOBS, PLANE = (suggested(name) for name in ("circle", "xor", "blobs-3", "plane"))


def output(spec: Spec, activation: str, loss: str, targets: str = "auto") -> Spec:
    return replace(spec, activations=(*spec.activations[:-1], activation), loss=loss, targets=targets)


def refusal(spec: Spec) -> str:
    with pytest.raises(InputError) as caught:
        check(spec)
    sentence = str(caught.value)
    assert sentence[-1] in ".?"
    assert "\n" not in sentence
    return sentence


@pytest.mark.parametrize("dataset", [*DATASETS.names(), "parity-2", "parity-12"])
def test_every_suggestion_is_accepted_and_names_what_it_suggests(dataset):
    spec = suggested(dataset, seed=5)
    check(spec)
    suggestion = spec.source.suggestion
    assert (spec.dataset, spec.seed, spec.data_seed) == (dataset, 5, 5)
    assert (spec.hidden, spec.loss, spec.eta, spec.batch) == (
        suggestion.hidden,
        suggestion.loss,
        suggestion.eta,
        suggestion.batch,
    )
    assert spec.activations == (*(suggestion.activation for _ in suggestion.hidden), suggestion.output_activation)
    assert spec.init == "glorot"
    assert spec.targets == "auto"
    assert spec.biased
    assert spec.shuffle
    assert spec.noise == 0


def test_an_unknown_data_set_is_answered_with_a_near_one():
    with pytest.raises(InputError, match=r"no data set 'spirral'; did you mean 'spiral'\?"):
        suggested("spirral")


@pytest.mark.parametrize(
    ("activation", "encoding"),
    [
        ("identity", "plus-minus"),
        ("tanh", "plus-minus"),
        ("sigmoid", "zero-one"),
        ("softmax", "one-hot"),
        ("relu", "zero-one"),
    ],
)
def test_automatic_targets_follow_the_output_activation(activation, encoding):
    assert output(CIRCLE, activation, "half-squared-error").encoding == encoding
    assert output(CIRCLE, activation, "half-squared-error", targets="one-hot").encoding == "one-hot"


def test_sizes_follow_from_data_targets_and_hidden_layers():
    assert CIRCLE.sizes == (2, 4, 2, 1)
    assert replace(CIRCLE, targets="one-hot").sizes == (2, 4, 2, 2)
    assert BLOBS.sizes == (2, 4, 3)
    assert replace(PLANE, hidden=(5,)).sizes == (2, 5, 1)
    assert suggested("parity-4").sizes[0] == 4


@pytest.mark.parametrize(
    ("field", "name", "fitting"),
    [
        ("dataset", "cirle", "circle"),
        ("activations", ("tanh", "tanh", "sigmod"), "sigmoid"),
        ("loss", "half-square-error", "half-squared-error"),
        ("init", "glorrot", "glorot"),
        ("targets", "onehot", "one-hot"),
        ("optimizer", "gradient", "gradient-descent"),
        ("penalty", "non", "none"),
        ("kernel", "nunpy", "numpy"),
    ],
)
def test_unknown_names_are_answered_with_near_ones(field, name, fitting):
    assert f"did you mean {fitting!r}?" in refusal(replace(CIRCLE, **{field: name}))


@pytest.mark.parametrize("bits", [0, 1, 13, 99])
def test_parity_is_there_for_two_to_twelve_bits(bits):
    with pytest.raises(InputError):
        suggested(f"parity-{bits}")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"samples": 0}, "number of samples must lie in 1 … 1,000,000, not 0"),
        ({"samples": 1_000_001}, "not 1,000,001"),
        ({"noise": -1}, "noise must lie in 0 … 50, not -1"),
        ({"noise": 50.5}, "not 50.5"),
        ({"noise": float("nan")}, "not nan"),
        ({"train_share": 1.1}, "train share must lie in 0 … 1, not 1.1"),
        ({"train_share": 0}, "leaves none of the 500 rows to train on; raise it or the number of samples"),
        ({"samples": 1}, "share of 0.5 leaves none of the 1 rows"),
        ({"seed": -1}, "The seed must lie in 0"),
        ({"seed": 2**63}, "not 9,223,372,036,854,775,808"),
        ({"data_seed": -7}, "The data seed must lie in 0"),
        ({"eta": 0.0}, "must be a positive number, not 0; try 0.1"),
        ({"eta": -0.5}, "not -0.5"),
        ({"eta": float("inf")}, "not inf"),
        ({"eta": float("nan")}, "not nan"),
        ({"batch": 0}, "at least 1 sample, not 0; or use the full batch"),
        ({"hidden": (4, 0)}, "at least 1 unit, not 0"),
        ({"hidden": (4,)}, "2 names, but 3 are given"),
        ({"activations": ()}, "3 names, but 0 are given"),
    ],
)
def test_numbers_out_of_range_are_refused_with_the_range(changes, said):
    assert said in refusal(replace(CIRCLE, **changes))


def test_a_network_too_large_for_memory_is_refused():
    size = math.isqrt(MAX_PARAMETERS)
    sentence = refusal(replace(CIRCLE, hidden=(size, size)))
    assert f"{3 * size + (size + 1) * size + size + 1:,} parameters, and at most {MAX_PARAMETERS:,}" in sentence


@pytest.mark.parametrize("changes", [{"samples": 8}, {"noise": 10}])
def test_a_logic_table_takes_neither_samples_nor_noise(changes):
    assert "table of 4 exact rows" in refusal(replace(XOR, **changes))


@pytest.mark.parametrize(
    ("spec", "said"),
    [
        (output(CIRCLE, "tanh", "binary-cross-entropy"), "defined for a sigmoid output, not for tanh; choose"),
        (output(CIRCLE, "tanh", "binary-cross-entropy"), "half-squared-error, mean-squared-error"),
        (output(CIRCLE, "softmax", "binary-cross-entropy"), "output activation sigmoid"),
        (output(BLOBS, "sigmoid", "softmax-cross-entropy"), "output activation softmax"),
        (output(PLANE, "sigmoid", "binary-cross-entropy"), "plane has real targets"),
        (output(PLANE, "softmax", "softmax-cross-entropy"), "fitting losses: half-squared-error, mean-squared-error"),
        (output(PLANE, "softmax", "half-squared-error"), "single unit of layer 1 is always 1"),
        (output(CIRCLE, "sigmoid", "half-squared-error", "plus-minus"), "fitting targets: zero-one, one-hot."),
        (output(CIRCLE, "relu", "half-squared-error", "plus-minus"), "do not fit a relu output"),
        (output(CIRCLE, "sigmoid", "binary-cross-entropy", "plus-minus"), "fitting targets: zero-one, one-hot."),
        (output(CIRCLE, "softmax", "softmax-cross-entropy", "zero-one"), "fitting targets: one-hot."),
        (output(CIRCLE, "softmax", "softmax-cross-entropy", "plus-minus"), "fitting targets: one-hot."),
        (output(CIRCLE, "softmax", "half-squared-error", "zero-one"), "always 1; fitting targets: one-hot."),
        (output(BLOBS, "softmax", "half-squared-error", "plus-minus"), "fitting targets: zero-one, one-hot."),
        (replace(CIRCLE, hidden=(4, 1), activations=("tanh", "softmax", "tanh")), "single unit of layer 2"),
    ],
)
def test_what_does_not_go_together_is_refused_with_what_does(spec, said):
    assert said in refusal(spec)


@pytest.mark.parametrize(
    "spec",
    [
        output(CIRCLE, "tanh", "half-squared-error", "zero-one"),
        output(CIRCLE, "tanh", "half-squared-error", "one-hot"),
        output(CIRCLE, "identity", "mean-squared-error", "plus-minus"),
        output(CIRCLE, "sigmoid", "binary-cross-entropy", "one-hot"),
        output(CIRCLE, "softmax", "softmax-cross-entropy"),
        output(BLOBS, "softmax", "softmax-cross-entropy", "zero-one"),
        output(BLOBS, "sigmoid", "binary-cross-entropy", "zero-one"),
        output(BLOBS, "leaky-relu", "half-squared-error"),
        output(PLANE, "tanh", "mean-squared-error"),
        replace(CIRCLE, samples=1, train_share=1.0),
        replace(CIRCLE, batch=10_000),
        replace(CIRCLE, hidden=(), activations=("tanh",)),
        replace(CIRCLE, hidden=(4, 2), activations=("softmax", "softmax", "tanh")),
        replace(XOR, train_share=0.5),
    ],
)
def test_what_is_sensible_is_accepted(spec):
    check(spec)


def test_every_accepted_combination_trains_a_step():
    """All data kinds × targets × output activations × losses: what check lets through moves, and stays finite."""
    accepted = 0
    for base, targets, activation, loss in product(
        (XOR, replace(CIRCLE, samples=12), replace(BLOBS, samples=12), replace(PLANE, samples=12)),
        ("auto", *ENCODINGS.names()),
        ACTIVATIONS.names(),
        LOSSES.names(),
    ):
        spec = output(base, activation, loss, targets)
        try:
            check(spec)
        except InputError:
            continue
        accepted += 1
        data, start = load_data(spec), draw_start(spec)
        after = Trainer(spec, data, "numpy").advance(begin(spec, start), 2)
        if LOSSES[loss].targets_sum_to_one:
            assert np.allclose(data.t.sum(axis=1), 1.0)
        assert data.t.shape[1] == spec.sizes[-1]
        moved = max(np.abs(a - b).max() for a, b in zip(after.network.weights, start.weights, strict=True))
        assert (moved > 0) or activation == "relu"
    assert accepted > 100


@pytest.mark.parametrize("init", INITIALIZERS.names())
def test_a_start_can_be_drawn_in_every_way(init):
    network = draw_start(replace(CIRCLE, init=init))
    assert network.sizes == CIRCLE.sizes
    assert all(b.max(initial=0.0) == INITIALIZERS[init].bias for b in network.biases)


def test_every_choice_goes_into_json_and_back():
    spec = replace(BLOBS, batch=None, hidden=(3, 5), activations=("tanh", "relu", "softmax"))
    document: dict[str, Any] = json.loads(json.dumps(as_dict(spec)))
    assert set(document) == {field.name for field in fields(Spec)}
    assert document["hidden"] == [3, 5]
    assert document["batch"] is None
    for name in ("hidden", "activations", "frozen"):
        document[name] = tuple(document[name])
    assert Spec(**document) == spec
