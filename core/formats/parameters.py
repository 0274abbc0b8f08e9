"""Weights and biases by their names in a file, W1, b1, … WK, bK, and whether they make a network."""

import re
from collections.abc import Iterable, Mapping

import numpy as np

from core.arrays import Array
from core.errors import InputError
from core.network import Network

METADATA = "metadata"
_NAME = re.compile(r"[Wb][1-9][0-9]{0,2}", re.ASCII)


def by_name(network: Network) -> dict[str, Array]:
    """W1 (n_0, n_1), b1 (n_1,), … of `network`."""
    arrays: dict[str, Array] = {}
    for k, layer in enumerate(network.layers, start=1):
        arrays[f"W{k}"] = layer.weights
        arrays[f"b{k}"] = layer.biases
    return arrays


def check_names(names: Iterable[str]) -> None:
    """InputError unless every name is one of W1, b1, W2, …"""
    for name in names:
        if not _NAME.fullmatch(name):
            raise InputError(
                f"it holds {name[:40]!r}, which is none of W1, b1, … {METADATA}; rename it or leave it out."
            )


def chain(arrays: Mapping[str, Array]) -> tuple[list[Array], list[Array] | None]:
    """W⁽¹⁾ … W⁽ᴷ⁾ and b⁽¹⁾ … b⁽ᴷ⁾ (None when there is no bias at all) of arrays by name.

    InputError, naming the array, when one is missing, has the wrong shape or is not finite.
    """
    check_names(arrays)
    weights = _consecutive(arrays, "W")
    if not weights:
        raise InputError("it holds no weights; the first layer's must be there as W1.")
    for k, w in enumerate(weights, start=1):
        _check_weights(k, w, weights[k - 2] if k > 1 else None)
    biases = _consecutive(arrays, "b")
    if biases and len(biases) != len(weights):
        raise InputError(
            f"it holds {len(weights)} weight matrices but {len(biases)} biases;"
            " give a b for every W (zeros for none), or none at all."
        )
    for k, (b, w) in enumerate(zip(biases, weights, strict=False), start=1):
        if b.shape != w.shape[1:]:
            raise InputError(f"b{k} {b.shape} does not fit W{k} {w.shape}: it must be ({w.shape[1]},).")
    for name, array in arrays.items():
        check_finite(name, array)
    return weights, biases or None


def check_finite(name: str, array: Array) -> None:
    """InputError, naming the entry, unless every number of `array` (not empty) is finite. Needs no memory."""
    for find in (np.argmax, np.argmin):  # both stop at a NaN
        at = int(find(array))
        value = float(array.flat[at])
        if not np.isfinite(value):
            index = ",".join(str(int(i)) for i in np.unravel_index(at, array.shape))
            shown = "NaN" if np.isnan(value) else "infinite"
            raise InputError(f"{name}[{index}] is {shown}; every weight and bias must be a finite number.")


def _consecutive(arrays: Mapping[str, Array], letter: str) -> list[Array]:
    numbers = sorted(int(name[1:]) for name in arrays if name[0] == letter)
    for expected, number in enumerate(numbers, start=1):
        if number != expected:
            raise InputError(f"it holds {letter}{number} but no {letter}{expected}; number layers from 1.")
    return [arrays[f"{letter}{number}"] for number in numbers]


def _check_weights(k: int, w: Array, before: Array | None) -> None:
    if w.ndim != 2:
        raise InputError(f"W{k} {w.shape} must have two axes, (inputs, units).")
    if 0 in w.shape:
        what = "inputs" if w.shape[0] == 0 else "units"
        raise InputError(f"W{k} {w.shape} has no {what}; give at least one.")
    if before is not None and before.shape[1] != w.shape[0]:
        raise InputError(
            f"W{k} {w.shape} does not follow W{k - 1} {before.shape}: it must have {before.shape[1]} rows."
        )
