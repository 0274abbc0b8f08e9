"""The phases of one update, in order: one list for the window, the command line and the tests.

choose → forward by layer (z, then a) → loss → ∂E/∂y → δ⁽ᴷ⁾ → ∂E/∂W⁽ᴷ⁾, ∂E/∂b⁽ᴷ⁾ → back through W⁽ᴷ⁾ → δ⁽ᴷ⁻¹⁾ → … →
∂E/∂W⁽¹⁾, ∂E/∂b⁽¹⁾ → ∂E/∂x → in a batch the mean → update.
"""

from collections.abc import Iterator
from enum import Enum
from functools import lru_cache

from core.explain.naming import Naming
from core.explain.plain_text import plain_text
from core.explain.terms import Kind, Quantity
from core.network import Network
from core.record import record
from core.selection import Edge, Node


class Part(Enum):
    """What kind of phase it is. MADE is none of the update that comes: what made the parameters as they are."""

    CHOOSE = "choose"
    PRE_ACTIVATION = "z"
    ACTIVATION = "a"
    LOSS = "loss"
    LOSS_SLOPE = "dE/dy"
    DELTA = "delta"
    GRADIENTS = "gradients"
    BACK = "back"
    INPUT_SLOPE = "dE/dx"
    MEAN = "mean"
    UPDATE = "update"
    MADE = "made"


@record
class Known:
    """A quantity of a whole layer; `new` is its value after the update."""

    kind: Kind
    layer: int
    new: bool = False


@record
class Phase:
    """One phase.

    `layer` is what it is about, None where that is no single layer. `words` say what is done. `step` is the step of
    Duke's Table 1 that it belongs to, None before and after backpropagation. `makes` is what is known after it and
    was not before. The nodes of the layers `nodes` take part, and the weights into the layers `edges`.
    """

    part: Part
    layer: int | None
    words: str
    step: int | None
    makes: tuple[Known, ...]
    nodes: tuple[int, ...]
    edges: tuple[int, ...] = ()

    @property
    def name(self) -> str:
        """Its own in the list of one network, such as delta-2."""
        return self.part.value if self.layer is None else f"{self.part.value}-{self.layer}"


# What a phase's title says it makes, where its words do not say it all.
NAMED = (Part.PRE_ACTIVATION, Part.ACTIVATION, Part.LOSS_SLOPE, Part.DELTA, Part.GRADIENTS, Part.BACK, Part.INPUT_SLOPE)


def phase_title(phase: Phase, naming: Naming) -> str:
    """What a phase does, with the symbols of a notation."""
    made = (naming.quantity(Quantity(known.kind, known.layer)) for known in phase.makes if phase.part in NAMED)
    return " · ".join(filter(None, (phase.words, ", ".join(map(plain_text, made)))))


def phases(network: Network, rows: int = 1) -> tuple[Phase, ...]:
    """The phases of an update of `network` on so many rows."""
    return _listed(network.sizes, rows)


@lru_cache(maxsize=8)
def _listed(sizes: tuple[int, ...], rows: int) -> tuple[Phase, ...]:
    return tuple(_phases(sizes, len(sizes) - 1, rows))


def known_after(phases: tuple[Phase, ...], at: int) -> frozenset[Known]:
    """Everything that is known once phase `at` is done; what is not yet computed is not in it."""
    return frozenset(known for phase in phases[: at + 1] for known in phase.makes)


def _phases(sizes: tuple[int, ...], last: int, rows: int) -> Iterator[Phase]:
    start = tuple(Known(kind, k) for k in range(1, last + 1) for kind in (Kind.W, Kind.B))
    chosen = "Sample" if rows == 1 else f"Batch of {rows} samples"
    layers = tuple(range(1, last + 1))
    yield Phase(Part.CHOOSE, None, chosen, None, (*start, Known(Kind.A, 0), Known(Kind.T, last)), (0, last))
    for k in range(1, last + 1):
        title = f"Forward · {layer_title(sizes, k)}"
        yield Phase(Part.PRE_ACTIVATION, k, title, None, (Known(Kind.Z, k),), (k - 1, k), (k,))
        yield Phase(Part.ACTIVATION, k, title, None, (Known(Kind.A, k),), (k,))
    losses = (Known(Kind.E_UNIT, last), Known(Kind.E, last), *([Known(Kind.J, last)] if rows > 1 else []))
    yield Phase(Part.LOSS, last, "Loss", None, losses, (last,))
    step = table_step(last, last, to_z=False)
    yield Phase(Part.LOSS_SLOPE, last, "Slope of the loss", step, (Known(Kind.D_A, last),), (last,))
    for k in range(last, 0, -1):
        yield from _layer_backwards(sizes, last, k)
    if rows > 1:
        means = tuple(Known(kind, k) for k in range(1, last + 1) for kind in (Kind.MEAN_W, Kind.MEAN_B))
        yield Phase(Part.MEAN, None, f"Mean over {rows} samples", None, means, layers, layers)
    after = tuple(Known(known.kind, known.layer, new=True) for known in start)
    yield Phase(Part.UPDATE, None, "Update", None, after, layers, layers)


def _layer_backwards(sizes: tuple[int, ...], last: int, k: int) -> Iterator[Phase]:
    """δ⁽ᵏ⁾, the gradients of W⁽ᵏ⁾ and b⁽ᵏ⁾, and what goes back through W⁽ᵏ⁾."""
    title, step = layer_title(sizes, k), table_step(k, last, to_z=True)
    yield Phase(Part.DELTA, k, f"Back · {title}", step, (Known(Kind.DELTA, k),), (k,))
    gradients = (Known(Kind.D_W, k), Known(Kind.D_B, k))
    yield Phase(Part.GRADIENTS, k, f"Gradients · {title}", step, gradients, (k - 1, k), (k,))
    back = (Known(Kind.D_A, k - 1),)
    step = table_step(k - 1, last, to_z=False)
    part = Part.BACK if k > 1 else Part.INPUT_SLOPE
    yield Phase(part, k - 1, f"Back over the weights · {layer_title(sizes, k - 1)}", step, back, (k - 1, k), (k,))


def table_step(layer: int, last: int, *, to_z: bool) -> int:
    """The step of Duke's Table 1 for ∂E/∂a of `layer`, or for ∂E/∂z: there z⁽³⁾ 1, a⁽³⁾ 2, … a⁽¹⁾ 6, x 7.

    The table's network has three layers. In a deeper one each layer before the last two repeats steps 5 and 6.
    """
    if layer == 0:
        return 7
    return 2 * min(last - layer, 2) + (2 if to_z else 1)


def table_step_name(step: int) -> str:
    """What a step of Duke's Table 1 is called."""
    return f"Duke, Table 1, step {step}"


def layer_title(sizes: tuple[int, ...], k: int) -> str:
    """A layer in words."""
    if k == 0:
        return "input"
    return "output" if k == len(sizes) - 1 else f"hidden {k}"


def nodes_of(sizes: tuple[int, ...], k: int) -> tuple[Node, ...]:
    """The nodes of layer k."""
    return tuple(Node(k, j) for j in range(sizes[k]))


def edges_of(sizes: tuple[int, ...], k: int) -> Iterator[Edge]:
    """The weights into layer k, one after the other: there may be a million."""
    return (Edge(k, i, j) for i in range(sizes[k - 1]) for j in range(sizes[k]))
