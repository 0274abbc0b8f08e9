"""Whatever is saved comes back to the bit, from every format."""

import dataclasses
import json
from io import BytesIO
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from core.activations import ACTIVATIONS
from core.arrays import frozen
from core.datasets import DATASETS
from core.formats import FORMATS, Document, Missing, load, save
from core.formats.metadata import FIELDS, READERS
from core.formats.parameters import by_name
from core.losses import LOSSES
from core.network import Layer, Network
from core.spec import suggested
from core.training import draw_start

finite = st.floats(allow_nan=False, allow_infinity=False)


@st.composite
def networks(draw) -> Network:
    sizes = draw(st.lists(st.integers(1, 5), min_size=2, max_size=5))
    biased = draw(st.booleans())
    layers = []
    for n_in, n_out in pairwise(sizes):
        weights = draw(arrays.arrays(np.float64, (n_in, n_out), elements=finite))
        biases = draw(arrays.arrays(np.float64, n_out, elements=finite)) if biased else np.zeros(n_out)
        layers.append(Layer(frozen(weights), frozen(biases), draw(st.sampled_from(ACTIVATIONS.names()))))
    fitting = [loss.name for loss in LOSSES if loss.output in (None, layers[-1].activation)]
    return Network(tuple(layers), draw(st.sampled_from(fitting)), biased)


def bits(network: Network) -> dict[str, bytes]:
    return {name: array.tobytes() for name, array in by_name(network).items()}


def assert_same(one: Network, other: Network) -> None:
    assert bits(one) == bits(other)
    assert (one.sizes, one.activations, one.loss, one.biased) == (
        other.sizes,
        other.activations,
        other.loss,
        other.biased,
    )


@pytest.mark.parametrize("name", FORMATS.names())
@settings(max_examples=60)
@given(network=networks())
def test_every_network_comes_back_to_the_bit(name, network):
    written = FORMATS[name].encode(Document(network))
    back = FORMATS[name].decode(BytesIO(written), Missing())
    assert back.spec is None
    assert_same(back.network, network)


@pytest.mark.parametrize("name", FORMATS.names())
@pytest.mark.parametrize("dataset", DATASETS.names())
def test_every_choice_comes_back(name, dataset, again):
    spec = dataclasses.replace(suggested(dataset, seed=2**63 - 1), data_seed=0, eta=0.1 + 0.2)
    back = again(name, Document(draw_start(spec), spec))
    assert back.spec == spec
    assert_same(back.network, draw_start(spec))


@pytest.mark.parametrize("name", FORMATS.names())
@pytest.mark.parametrize("biased", [True, False])
def test_save_and_load(name, biased, spec, tmp_path):
    spec = dataclasses.replace(spec, biased=biased)
    path = tmp_path / f"my weights.{name.upper()}"
    assert save(path, Document(draw_start(spec), spec)) == 0.0
    back = load(str(path))
    assert back.spec == spec
    assert_same(back.network, draw_start(spec))
    assert [entry.name for entry in tmp_path.iterdir()] == [path.name]


@pytest.mark.parametrize("name", FORMATS.names())
def test_the_same_document_gives_the_same_bytes(name, document):
    assert FORMATS[name].encode(document) == FORMATS[name].encode(document)


@pytest.mark.parametrize("name", FORMATS.names())
def test_a_network_whose_outputs_overflow_is_saved(name, network, tmp_path):
    huge = dataclasses.replace(
        network(2, 3, 1),
        layers=tuple(
            Layer(frozen(layer.weights * 1e308), layer.biases, "identity") for layer in network(2, 3, 1).layers
        ),
    )
    assert save(tmp_path / f"huge.{name}", Document(huge)) == 0.0


def test_numpy_itself_reads_the_npz(document, tmp_path):
    save(tmp_path / "weights.npz", document)
    with np.load(tmp_path / "weights.npz", allow_pickle=False) as read:
        assert list(read) == ["W1", "b1", "W2", "b2", "W3", "b3", "metadata"]
        assert read["W2"].tobytes() == document.network.weights[1].tobytes()
        assert read["b2"].shape == (3,)
        about = json.loads(read["metadata"].tobytes())
    assert about["sizes"] == [2, 4, 3, 1]
    assert about["activations"] == ["tanh", "relu", "tanh"]
    assert about["loss"] == document.network.loss
    assert about["biased"] is True
    assert about["version"] == 1
    assert about["options"]["dataset"] == "gauss"
    assert about["options"]["seed"] == about["options"]["data_seed"] == 7


def test_the_json_reads_well(document, tmp_path):
    save(tmp_path / "weights.json", document)
    text = (tmp_path / "weights.json").read_text("ascii")
    assert json.loads(text)["W1"] == document.network.weights[0].tolist()
    assert list(json.loads(text)) == ["W1", "b1", "W2", "b2", "W3", "b3", "metadata"]
    assert f"  {document.network.weights[1].tolist()[0]}," in text.splitlines()


def test_every_option_has_a_reader():
    assert all(field.type in READERS for field in FIELDS)


def test_the_formats_have_their_suffix_and_limit():
    assert {kind.suffix for kind in FORMATS} == {".npz", ".json"}
    assert all(kind.label and kind.limit <= 64 * 2**20 for kind in FORMATS)
