"""How nodes, layers and edges are called: x₁, h₂, y; where there are several hidden layers, h₂⁽¹⁾.

That is 365's notation, in which the window opens; `write_in` has every label written in another.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import ParamSpec, TypeVar

from core.explain.naming import Naming
from core.explain.notation import NOTATIONS
from core.explain.terms import Kind
from core.selection import Edge, Item
from ui.numbers import subscript

Given = ParamSpec("Given")
Made = TypeVar("Made")

USUAL = "365"


class _Labels:
    """In which notation labels are written, and what is kept until that changes."""

    notation = USUAL
    forget: list[Callable[[], None]] = []  # noqa: RUF012 – one for the whole window, like the fonts


def write_in(notation: str) -> None:
    """Write all labels in that notation from now on."""
    if notation != _Labels.notation:
        _Labels.notation = notation
        for forget in _Labels.forget:
            forget()


def kept(most: int) -> Callable[[Callable[Given, Made]], Callable[Given, Made]]:
    """Keeps the `most` last answers of a function that uses names, until these are written in another notation."""

    def decorate(function: Callable[Given, Made]) -> Callable[Given, Made]:
        cached = lru_cache(maxsize=most)(function)
        _Labels.forget.append(cached.cache_clear)
        return cached  # pyright: ignore[reportReturnType] – its arguments are those of the function

    return decorate


def naming(sizes: Sequence[int]) -> Naming:
    """The names of a network in the notation of the labels."""
    return Naming(NOTATIONS[_Labels.notation], tuple(sizes), ())


def node_name(sizes: Sequence[int], layer: int, index: int) -> str:
    """The symbol of a node's activation."""
    return _node_name(tuple(sizes), layer, index)


@kept(4096)
def _node_name(sizes: tuple[int, ...], layer: int, index: int) -> str:
    return naming(sizes).label(layer, index)


@kept(256)
def symbol(kind: Kind, sizes: tuple[int, ...] = (1, 1), layer: int = 1) -> str:
    """The letter of a quantity of a layer; without sizes, of a network of inputs and outputs alone."""
    return naming(sizes).symbol(kind, layer)


SPELLED = {"x": (Kind.A, 0), "y": (Kind.A, 1), "t": (Kind.T, 1), "E": (Kind.E, 1), "η": (Kind.ETA, 1)}


def spelled(letter: str, index: int | None = None) -> str:
    """How the notation spells the code's x, y, t, E or η."""
    kind, layer = SPELLED[letter]
    return symbol(kind, layer=layer) + ("" if index is None else subscript(index + 1))


@kept(64)
def layer_number(sizes: tuple[int, ...], layer: int) -> str:
    """How a layer is numbered, if it is."""
    return naming(sizes).layer_number(layer)


@kept(64)
def numbered_layer_name(sizes: tuple[int, ...], layer: int) -> str:
    """What a layer is called, with its number."""
    return " · ".join(filter(None, (layer_name(sizes, layer), layer_number(sizes, layer))))


def edge_name(sizes: Sequence[int], layer: int, source: int, target: int) -> str:
    """The weight from one node to another."""
    return f"{node_name(sizes, layer - 1, source)} → {node_name(sizes, layer, target)}"


def parameter_label(sizes: Sequence[int], item: Item) -> str:
    """The weight of an edge, or the bias of a node: x₁ → h₂, b of h₂."""
    if isinstance(item, Edge):
        return edge_name(sizes, item.layer, item.source, item.target)
    return f"{symbol(Kind.B)} of {node_name(sizes, item.layer, item.index)}"


def short_layer_name(sizes: Sequence[int], layer: int) -> str:
    """What a layer is called where there is little room."""
    return {"Input": "In", "Output": "Out"}.get(layer_name(sizes, layer), f"H{layer}")


def layer_name(sizes: Sequence[int], layer: int) -> str:
    """What a layer is called."""
    if layer == 0:
        return "Input"
    return "Output" if layer == len(sizes) - 1 else f"Hidden {layer}"


def italic(symbol: str) -> str:
    """A symbol with its Latin letters as mathematical italics."""
    # U+1D455 is not assigned: the italic h is Planck's constant.
    return "".join("ℎ" if c == "h" else chr(0x1D44E + ord(c) - ord("a")) if "a" <= c <= "z" else c for c in symbol)
