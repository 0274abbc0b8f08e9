"""Which weights and biases are frozen: they keep their values in every update. Kept as names, for Spec and files.

W2 and b2 are all weights and all biases of layer 2, whatever its size; W2[0,1] and b2[1] are single ones. What is named
whole is not named singly too, so that the same parameters have the same names.
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from core.errors import InputError
from core.parameters import Parameter, parameter_name

Frozen = tuple[str, ...]
Marks = NDArray[np.bool_]

NOTHING: Frozen = ()
MOST_NAMES = 10_000
NAME = re.compile(r"([Wb])([1-9]\d{0,5})(?:\[(\d{1,9})(?:,(\d{1,9}))?\])?")


class Masks(NamedTuple):
    """True where a parameter is frozen: `weights` (n_{k−1}, n_k) and `biases` (n_k,) by layer."""

    weights: tuple[Marks, ...]
    biases: tuple[Marks, ...]


class _Place(NamedTuple):
    """What a name means; without indices `at` all the weights or biases of the layer. In the order of the names."""

    layer: int
    kind: str
    at: tuple[int, ...]

    @property
    def whole(self) -> "_Place":
        return self._replace(at=())

    @property
    def name(self) -> str:
        return f"{self.kind}{self.layer}" + (f"[{','.join(map(str, self.at))}]" if self.at else "")

    def shape(self, sizes: Sequence[int]) -> tuple[int, ...] | None:
        """How many there are in that matrix or vector; None where there is no such layer."""
        if self.layer >= len(sizes):
            return None
        return (sizes[self.layer - 1], sizes[self.layer]) if self.kind == "W" else (sizes[self.layer],)

    def fits(self, sizes: Sequence[int]) -> bool:
        shape = self.shape(sizes)
        if shape is None or not self.at:
            return shape is not None
        return len(self.at) == len(shape) and all(index < size for index, size in zip(self.at, shape, strict=True))


def layer_names(layer: int) -> tuple[str, str]:
    """All weights, and all biases, of layer 1 … K."""
    return f"W{layer}", f"b{layer}"


def is_frozen(names: Frozen, item: Parameter) -> bool:
    """Whether that weight, or the bias of that node, keeps its value; inputs have neither."""
    name = parameter_name(item)
    return bool(names) and (name in names or name.partition("[")[0] in names)


def freeze(names: Frozen, more: Iterable[str]) -> Frozen:
    """`names` and these."""
    places = set(map(_place, (*names, *more)))
    return _named(place for place in places if not place.at or place.whole not in places)


def thaw(names: Frozen, fewer: Iterable[str], sizes: Sequence[int]) -> Frozen:
    """`names` without these; of what was frozen whole, the others stay so. InputError where those are too many."""
    places = set(map(_place, names))
    for place in map(_place, fewer):
        if not place.at:
            places = {each for each in places if each.whole != place}
        elif place.whole in places:
            shape = place.shape(sizes) or ()
            if (count := int(np.prod(shape))) > MOST_NAMES:
                raise InputError(f"All {count:,} of {place.whole.name} are frozen as one; thaw them together first.")
            places.remove(place.whole)
            places |= {place._replace(at=at) for at in np.ndindex(*shape)} - {place}
        else:
            places.discard(place)
    return _named(places)


def fitting(names: Frozen, sizes: Sequence[int]) -> Frozen:
    """Those that a network of these sizes has."""
    return tuple(name for name in names if _place(name).fits(sizes))


def check_frozen(names: Frozen, sizes: Sequence[int]) -> None:
    """Raise InputError, saying which, unless a network of these sizes has them all."""
    if len(names) > MOST_NAMES:
        raise InputError(f"{len(names):,} single parameters are frozen, at most {MOST_NAMES:,} may be; freeze layers.")
    for name in names:
        if not _place(name).fits(sizes):
            raise InputError(f"{name} is frozen, but a network {'-'.join(map(str, sizes))} has no such parameter.")


@lru_cache(maxsize=4)
def masks(names: Frozen, sizes: tuple[int, ...]) -> Masks:
    """Which parameters of a network of these sizes are frozen; nobody may write into it."""
    found = Masks(
        tuple(np.zeros(shape, dtype=np.bool_) for shape in pairwise(sizes)),
        tuple(np.zeros(size, dtype=np.bool_) for size in sizes[1:]),
    )
    for place in map(_place, names):
        marks = found.weights if place.kind == "W" else found.biases
        marks[place.layer - 1][place.at or ...] = True
    for marks in (*found.weights, *found.biases):
        marks.setflags(write=False)
    return found


def flat_mask(names: Frozen, sizes: tuple[int, ...], *, biased: bool) -> Marks | None:
    """The same in the order of the kernels' Layout, without biases these too; None where nothing is frozen."""
    if biased and not names:
        return None
    found = masks(names, sizes)
    biases = found.biases if biased else map(np.ones_like, found.biases)
    return np.concatenate([marks.ravel() for pair in zip(found.weights, biases, strict=True) for marks in pair])


def _place(name: str) -> _Place:
    match = NAME.fullmatch(name)
    if match is None:
        raise InputError(f"{name!r} names no parameter; W2 and b2 are those of a layer, W2[0,1] and b2[1] single ones.")
    kind, layer, *at = match.groups()
    return _Place(int(layer), kind, tuple(int(index) for index in at if index is not None))


def _named(places: Iterable[_Place]) -> Frozen:
    return tuple(place.name for place in sorted(places))
