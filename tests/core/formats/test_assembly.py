"""Weights by hand, metadata that says too little, too much or the wrong thing."""

import json
from io import BytesIO
from typing import Any

import numpy as np
import pytest

from core.formats import load
from core.formats.metadata import describe
from core.formats.parameters import by_name
from core.spec import as_dict

W1, B1 = [[0.5, -1.5], [0.25, 2.0]], [0.1, 0.2]
W2, B2 = [[1.0], [2.0]], [0.3]
HAND = {"W1": W1, "b1": B1, "W2": W2, "b2": B2}


def packed(name: str, content: dict) -> bytes:
    """The same content as .npz or .json."""
    if name.endswith("json"):
        return json.dumps(content).encode()
    parts: dict[str, Any] = {key: np.array(value) for key, value in content.items() if key != "metadata"}
    if "metadata" in content:
        parts["metadata"] = np.frombuffer(json.dumps(content["metadata"]).encode(), np.uint8)
    buffer = BytesIO()
    np.savez(buffer, **parts)
    return buffer.getvalue()


@pytest.fixture(params=["by-hand.npz", "by-hand.json"])
def name(request) -> str:
    return request.param


def test_weights_by_hand(name, tmp_path):
    (tmp_path / name).write_bytes(packed(name, HAND))
    read = load(tmp_path / name, activation="relu", output_activation="sigmoid")
    assert read.spec is None
    assert read.network.sizes == (2, 2, 1)
    assert read.network.activations == ("relu", "sigmoid")
    assert read.network.loss == "half-squared-error"
    assert read.network.biased
    assert read.network.weights[0].tolist() == W1
    assert read.network.biases[1].tolist() == B2


def test_no_biases_are_zeros(name, tmp_path):
    (tmp_path / name).write_bytes(packed(name, {"W1": W1, "W2": W2}))
    network = load(tmp_path / name, activation="tanh", output_activation="sigmoid", loss="binary-cross-entropy").network
    assert not network.biased
    assert [b.tolist() for b in network.biases] == [[0.0, 0.0], [0.0]]
    assert network.loss == "binary-cross-entropy"


def test_one_layer_needs_no_hidden_activation(name, tmp_path):
    (tmp_path / name).write_bytes(packed(name, {"W1": W1}))
    assert load(tmp_path / name, output_activation="softmax").network.activations == ("softmax",)


def test_it_asks_for_what_is_missing(name, refusal):
    both = refusal(packed(name, HAND), name)
    assert both.startswith("it does not say its activations; add --activation NAME and --output-activation NAME (of ")
    assert "leaky-relu" in both
    assert "add --activation NAME (" in refusal(packed(name, HAND), name, output_activation="tanh")
    assert "add --output-activation NAME (" in refusal(packed(name, HAND), name, activation="tanh")
    assert "add --output-activation NAME (" in refusal(packed(name, {"W1": W1}), name)


def test_names_that_do_not_exist_or_fit(name, refusal):
    content = packed(name, HAND)
    assert "no activation 'tan'; did you mean 'tanh'?" in refusal(
        content, name, activation="tan", output_activation="tanh"
    )
    assert "no loss 'mse'" in refusal(content, name, activation="tanh", output_activation="tanh", loss="mse")
    assert "is defined for a softmax output, not for tanh" in refusal(
        content, name, activation="tanh", output_activation="tanh", loss="softmax-cross-entropy"
    )


SAYS = {"activations": ["relu", "tanh"], "loss": "mean-squared-error"}


def test_metadata_may_say_little_and_hold_more_than_is_known(name, tmp_path):
    about = {**SAYS, "author": {"name": "☃", "marks": [1, 2]}, "options_of_tomorrow": None}
    (tmp_path / name).write_bytes(packed(name, {**HAND, "metadata": about}))
    read = load(tmp_path / name, output_activation="tanh")
    assert read.network.activations == ("relu", "tanh")
    assert read.network.loss == "mean-squared-error"
    assert read.spec is None


def test_metadata_is_not_overruled(name, refusal):
    content = packed(name, {**HAND, "metadata": SAYS})
    assert refusal(content, name, activation="tanh") == (
        "it says --activation relu itself, which is not tanh; leave --activation out."
    )
    assert "leave --output-activation out" in refusal(content, name, output_activation="relu")
    assert "leave --loss out" in refusal(content, name, loss="half-squared-error")


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ([], "must be an object { … }, not a list."),
        ({"format": "onnx"}, "format is 'onnx', not 'backprop-playground'"),
        ({"version": 2}, "version 2, and this program reads version 1; update the program."),
        ({"version": "1"}, "metadata version must be a whole number, not '1'."),
        ({"program": 3}, "metadata program must be a text"),
        ({"sizes": [2, 3, 1]}, "says the sizes (2, 3, 1), but its weights have (2, 2, 1)"),
        ({"sizes": [2, 2.0, 1]}, "metadata sizes[1] must be a whole number, not 2.0."),
        ({"sizes": 2}, "metadata sizes must be a list, not 2."),
        ({"activations": ["relu"]}, "names 1 activations, but W1 … W2 need 2"),
        (
            {"activations": ["relu", None]},
            "metadata activations[1] must be a text of at most 100 characters, not null.",
        ),
        ({"activations": ["relu", "x" * 101]}, "characters, not 'xxxxxxxxxx"),
        ({"activations": ["relu", "taanh"]}, "There is no activation 'taanh'; did you mean 'tanh'?"),
        ({"loss": {}}, "metadata loss must be a text of at most 100 characters, not an object."),
        ({"loss": ""}, "There is no loss ''"),
        ({"loss": "binary-cross-entropy"}, "defined for a sigmoid output, not for tanh"),
        ({"biased": 1}, "metadata biased must be true or false, not 1."),
        ({"options": []}, "metadata options must be an object { … }, not a list."),
        ({"options": {}}, "options dataset is missing"),
    ],
)
def test_metadata_that_cannot_be(change, expected, name, refusal):
    about = {**SAYS, **change} if isinstance(change, dict) else change
    assert expected in refusal(packed(name, {**HAND, "metadata": about}), name)


def test_metadata_that_promises_biases(name, refusal):
    content = packed(name, {"W1": W1, "W2": W2, "metadata": {**SAYS, "biased": True}})
    assert "says that it has biases, but it holds none" in refusal(content, name)


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        ("dataset", "gaus", "options: There is no data set 'gaus'; did you mean 'gauss'?"),
        ("dataset", 5, "options dataset must be a text of at most 100 characters, not 5."),
        ("samples", 0, "samples must lie in"),
        ("samples", 1.5, "options samples must be a whole number, not 1.5."),
        ("samples", 10**30, "options samples must be a whole number, not 1e+30."),
        ("samples", True, "options samples must be a whole number, not true."),
        ("noise", 51, "noise must lie in"),
        ("noise", float("nan"), "options noise must be a finite number, not nan."),
        ("seed", -1, "seed must lie in"),
        ("eta", float("inf"), "options eta must be a finite number, not inf."),
        ("eta", -0.5, "options: The learning rate η must be"),
        ("batch", 0, "options: A batch must have"),
        ("batch", "full", "options batch must be a whole number, not 'full'."),
        ("shuffle", "yes", "options shuffle must be true or false, not 'yes'."),
        ("hidden", [4, "3"], "options hidden[1] must be a whole number, not '3'."),
        ("hidden", [4, 2], "options say sizes (2, 4, 2, 1), but its network has (2, 4, 3, 1)"),
        ("activations", ["tanh"] * 3, "options say activations"),
        ("loss", "mean-squared-error", "options say loss mean-squared-error"),
        ("biased", False, "options say biased False"),
        ("kernel", "magic", "options: There is no kernel 'magic'"),
    ],
)
@pytest.mark.parametrize("suffix", ["json", "npz"])
def test_options_that_cannot_be(field, value, expected, suffix, document, refusal):
    about = describe(document)
    about["options"] = {**as_dict(document.spec), field: value}
    content = {key: array.tolist() for key, array in by_name(document.network).items()}
    assert expected in refusal(packed(suffix, {**content, "metadata": about}), f"options.{suffix}")


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"W1": None}, "it holds W2 but no W1; number layers from 1."),
        ({"W2": None, "W3": W2}, "it holds W3 but no W2"),
        ({"W1": None, "W2": None}, "it holds no weights; the first layer's must be there as W1."),
        ({"b1": None}, "it holds b2 but no b1"),
        ({"b2": None}, "it holds 2 weight matrices but 1 biases"),
        ({"b3": B2}, "it holds 2 weight matrices but 3 biases"),
        ({"w1": W1}, "it holds 'w1', which is none of W1, b1, … metadata; rename it or leave it out."),
        ({"W01": W1}, "it holds 'W01', which is none of"),
        ({"W1٣": W1}, "it holds 'W1٣', which is none of"),
        ({"W2": [[1.0], [2.0], [3.0]]}, "W2 (3, 1) does not follow W1 (2, 2): it must have 2 rows."),
        ({"b1": [1.0]}, "b1 (1,) does not fit W1 (2, 2): it must be (2,)."),
        ({"W1": [[], []], "W2": [[1.0]], "b1": [1.0]}, "W1 (2, 0) has no units"),
    ],
)
def test_arrays_that_make_no_network(change, expected, name, refusal):
    content = {key: value for key, value in {**HAND, **change}.items() if value is not None}
    assert expected in refusal(packed(name, content), name)
