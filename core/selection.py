"""What of a network can be pointed at, and the gestures that point; all panels show the same choice."""

from core.arrays import Array
from core.record import record


@record
class Node:
    """Unit `index` of layer 0 (inputs) … K; its bias goes with it."""

    layer: int
    index: int


@record
class Edge:
    """The weight W⁽ᵏ⁾[source, target] of layer k = 1 … K."""

    layer: int
    source: int
    target: int


Item = Node | Edge


@record
class SampleChoice:
    """The gesture of choosing a row of the data, whose numbers are then shown."""

    row: int


@record(eq=False)
class OwnInput:
    """The gesture of asking the network about inputs x (n_0,) that are no row; without targets t (n_K,) no error."""

    x: Array
    t: Array | None = None


@record
class ItemChoice:
    """The gesture of choosing a node or an edge, or none."""

    item: Item | None


@record
class PathChoice:
    """The gesture of bringing out the path from the chosen weight or node over these nodes; none brings out nothing."""

    nodes: tuple[Node, ...] = ()


@record
class StepChoice:
    """The gesture of going to an earlier step of the run, or forward again to a later one."""

    step: int


@record
class StepBack:
    """The gesture of taking back the last update, or the samples collected since."""


@record
class PhaseChoice:
    """The gesture of going to phase number `at` of the update that is walked through, or of the next one."""

    at: int


@record
class PhaseStep:
    """The gesture of going on by so many phases, or back; after the last comes the next update's first."""

    by: int = 1


@record
class MadeWish:
    """The gesture of having with each frame at rest the update that made the parameters as they are, or no longer."""

    on: bool = True


@record
class StepComparison:
    """The gesture of comparing an earlier step of the run with the present one."""

    step: int


@record
class GradientChecking:
    """The gesture of checking the gradients of the next batch: anew, or going on; cancelled, what was found is left."""

    anew: bool = False
    cancelled: bool = False


@record
class LossSlicing:
    """The gesture of asking for the loss along a weight or bias from `low` to `high`, over the training set or the
    next `batch`; `anew` of the present network, whatever is under way."""

    item: Item
    low: float
    high: float
    batch: bool = False
    anew: bool = False


def exists(item: Item, sizes: tuple[int, ...]) -> bool:
    """Whether a network of these sizes has it."""
    if isinstance(item, Node):
        return 0 <= item.layer < len(sizes) and 0 <= item.index < sizes[item.layer]
    inside = 1 <= item.layer < len(sizes)
    return inside and 0 <= item.source < sizes[item.layer - 1] and 0 <= item.target < sizes[item.layer]
