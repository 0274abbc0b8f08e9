"""From arrays and metadata, as any format reads them, to a document in which everything agrees."""

from collections.abc import Mapping

import numpy as np

from core.activations import ACTIVATIONS
from core.arrays import Array
from core.errors import InputError, MissingActivationsError
from core.formats.document import Document, Missing
from core.formats.metadata import Metadata, understand
from core.formats.parameters import chain
from core.losses import LOSSES
from core.network import Layer, Network
from core.spec import Spec

DEFAULT_LOSS = "half-squared-error"


def assemble(arrays: Mapping[str, Array], said: Mapping[str, object], missing: Missing) -> Document:
    """The document of W1, b1, … `arrays` and the metadata `said` ({} when there is none).

    The arrays become read-only; `missing` fills in what the metadata leaves out. InputError when something is
    lacking or does not agree.
    """
    weights, biases = chain(arrays)
    about = understand(said)
    activations = _activations(about, missing, len(weights))
    loss = (missing.loss or DEFAULT_LOSS) if about.loss is None else about.loss
    _check_loss(loss, activations[-1])
    _check_agrees(missing, activations, loss)
    if biases is None and about.biased:
        raise InputError("its metadata says that it has biases, but it holds none; add b1 … or set biased to false.")
    biased = biases is not None if about.biased is None else about.biased
    biases = biases or [np.zeros(w.shape[1]) for w in weights]
    layers = (
        Layer(_read_only(w), _read_only(b), activation)
        for w, b, activation in zip(weights, biases, activations, strict=True)
    )
    network = Network(tuple(layers), loss, biased)
    if about.sizes not in (None, network.sizes):
        raise InputError(f"its metadata says the sizes {about.sizes}, but its weights have {network.sizes}.")
    if about.spec is not None:
        _check_spec(about.spec, network)
    return Document(network, about.spec)


def _read_only(array: Array) -> Array:
    array.setflags(write=False)
    return array


def _activations(about: Metadata, missing: Missing, layers: int) -> tuple[str, ...]:
    if about.activations is None:
        return _filled_in(missing, layers)
    if len(about.activations) != layers:
        raise InputError(f"its metadata names {len(about.activations)} activations, but W1 … W{layers} need {layers}.")
    for name in about.activations:
        ACTIVATIONS[name]
    return about.activations


def _filled_in(missing: Missing, layers: int) -> tuple[str, ...]:
    wanted = [("--activation", missing.activation)] * (layers - 1)
    wanted.append(("--output-activation", missing.output_activation))
    names = [name for _, name in wanted if name is not None]
    if len(names) < layers:
        ask = dict.fromkeys(f"{option} NAME" for option, name in wanted if name is None)
        raise MissingActivationsError(
            f"it does not say its activations; add {' and '.join(ask)} (of {', '.join(ACTIVATIONS.names())})."
        )
    return tuple(ACTIVATIONS[name].name for name in names)


def _check_loss(loss: str, output_activation: str) -> None:
    needed = LOSSES[loss].output
    if needed not in (None, output_activation):
        raise InputError(f"the loss {loss} is defined for a {needed} output, not for {output_activation}; change one.")


def _check_agrees(missing: Missing, activations: tuple[str, ...], loss: str) -> None:
    for option, told, held in (
        ("--activation", missing.activation, activations[:-1]),
        ("--output-activation", missing.output_activation, activations[-1:]),
        ("--loss", missing.loss, (loss,)),
    ):
        for name in held:
            if told not in (None, name):
                raise InputError(f"it says {option} {name} itself, which is not {told}; leave {option} out.")


def _check_spec(spec: Spec, network: Network) -> None:
    for what, option, actual in (
        ("sizes", spec.sizes, network.sizes),
        ("activations", spec.activations, network.activations),
        ("loss", spec.loss, network.loss),
        ("biased", spec.biased, network.biased),
    ):
        if option != actual:
            raise InputError(f"its options say {what} {option}, but its network has {actual}; mend or remove them.")
