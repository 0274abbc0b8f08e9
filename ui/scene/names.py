"""How nodes, layers and edges are called: x₁, h₂, y; where there are several hidden layers, h₂⁽¹⁾."""

from collections.abc import Sequence

from ui.numbers import SUPERSCRIPTS, subscript


def node_name(sizes: Sequence[int], layer: int, index: int) -> str:
    """The symbol of a node's activation."""
    number = subscript(index + 1)
    if layer == 0:
        return f"x{number}"
    if layer == len(sizes) - 1:
        return "y" if sizes[-1] == 1 else f"y{number}"
    if len(sizes) == 3:
        return f"h{number}"
    return f"h{number}⁽{str(layer).translate(SUPERSCRIPTS)}⁾"


def edge_name(sizes: Sequence[int], layer: int, source: int, target: int) -> str:
    """The weight from one node to another."""
    return f"{node_name(sizes, layer - 1, source)} → {node_name(sizes, layer, target)}"


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
