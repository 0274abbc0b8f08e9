"""Which equation a phase computes at which node or edge."""

from collections.abc import Iterator

from core.explain import equations
from core.explain.equations import Equation
from core.explain.phases import Part, Phase, edges_of, nodes_of
from core.explain.update_rules import PLAIN, Rule
from core.freezing import NOTHING, Frozen, is_frozen
from core.network import Network
from core.selection import Edge, Item, Node


def equation_of(
    phase: Phase, network: Network, rows: int, item: Item, frozen: Frozen = NOTHING, rule: Rule = PLAIN
) -> Equation | None:
    """What `phase` computes at that node or edge; None where it computes nothing there.

    An update follows `rule`, and leaves what is `frozen` as it is.
    """
    if phase.part is Part.UPDATE and is_frozen(frozen, item):
        return equations.kept(item)
    match item:
        case Edge():
            return _equation_of_edge(phase, network, rows, item, rule)
        case Node():
            return _equation_of_node(phase, network, rows, item, rule)


def _equation_of_edge(phase: Phase, network: Network, rows: int, item: Edge, rule: Rule) -> Equation | None:
    k, i, j = item.layer, item.source, item.target
    match phase.part:
        case Part.GRADIENTS if k == phase.layer:
            return equations.weight_gradient(network, k, i, j)
        case Part.MEAN:
            return equations.mean_weight_gradient(network, rows, k, i, j, rule)
        case Part.UPDATE:
            return equations.new_weight(network, rows, k, i, j, rule)
        case _:
            return None


def _equation_of_node(phase: Phase, network: Network, rows: int, item: Node, rule: Rule) -> Equation | None:
    k, j = item.layer, item.index
    if k and phase.part is Part.MEAN:
        return equations.mean_bias_gradient(network, rows, k, j)
    if k and phase.part is Part.UPDATE:
        return equations.new_bias(network, rows, k, j, rule)
    if phase.layer != k:
        return None
    match phase.part:
        case Part.PRE_ACTIVATION:
            return equations.pre_activation(network, k, j)
        case Part.ACTIVATION:
            return equations.activation(network, k, j)
        case Part.LOSS:
            return equations.unit_loss(network, j)
        case Part.LOSS_SLOPE:
            return equations.loss_slope(network, j)
        case Part.DELTA:
            return equations.delta(network, k, j)
        case Part.GRADIENTS:
            return equations.bias_gradient(network, k, j)
        case _:
            return equations.upstream(network, k, j)


def equations_of(
    phase: Phase, network: Network, rows: int, frozen: Frozen = NOTHING, rule: Rule = PLAIN
) -> Iterator[Equation]:
    """All that `phase` computes: node by node and edge by edge, and the loss of the sample at the end of its phase.

    An update begins with what its optimiser remembers of each parameter.
    """
    if phase.part is Part.UPDATE:
        changed = [item for item in _computed(phase, network) if not is_frozen(frozen, item)]
        every = [equation for item in changed for equation in equations.remembered(rows, item, rule)]
        yield from sorted(every, key=lambda equation: (equation.layer, rule.terms.letters.index(equation.name)))
    for item in _computed(phase, network):
        equation = equation_of(phase, network, rows, item, frozen, rule)
        if equation is not None:
            yield equation
    if phase.part is Part.LOSS:
        yield equations.loss(network)


def _computed(phase: Phase, network: Network) -> Iterator[Item]:
    sizes = network.sizes
    layers = range(1, len(sizes)) if phase.layer is None else (phase.layer,)
    for k in layers if phase.part is not Part.CHOOSE else ():
        if phase.part in (Part.GRADIENTS, Part.MEAN, Part.UPDATE):
            yield from edges_of(sizes, k)
        learns = phase.part not in (Part.GRADIENTS, Part.MEAN, Part.UPDATE) or network.biased
        yield from nodes_of(sizes, k) if learns else ()
