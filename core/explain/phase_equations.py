"""Which equation a phase computes at which node or edge."""

import math
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice

from core.explain import equations
from core.explain.equations import Equation
from core.explain.phases import Part, Phase, edges_of, nodes_of
from core.explain.update_rules import PLAIN, Rule
from core.freezing import NOTHING, Frozen, is_frozen, layer_names
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
    phase: Phase,
    network: Network,
    rows: int,
    frozen: Frozen = NOTHING,
    rule: Rule = PLAIN,
    most: int | None = None,
) -> Iterator[Equation]:
    """All that `phase` computes: node by node and edge by edge, and the loss of the sample at the end of its phase.

    An update begins with what its optimiser remembers of each parameter. Of those that are alike there are `most` at
    most: the first of a layer's nodes, of its edges, and of what is frozen of them.
    """
    items = list(_first(_computed(phase, network), frozen if phase.part is Part.UPDATE else NOTHING, most))
    if phase.part is Part.UPDATE:
        changed = [item for item in items if not is_frozen(frozen, item)]
        every = [equation for item in changed for equation in equations.remembered(rows, item, rule)]
        yield from sorted(every, key=lambda equation: (equation.layer, rule.terms.letters.index(equation.name)))
    for item in items:
        equation = equation_of(phase, network, rows, item, frozen, rule)
        if equation is not None:
            yield equation
    if phase.part is Part.LOSS:
        yield equations.loss(network)


def alike(equation: Equation, phase: Phase, network: Network, frozen: Frozen = NOTHING) -> int:
    """How many equations like this one the phase computes in its layer, without making them."""
    k, indices = equation.left.layer, len(equation.left.indices)
    every = math.prod(network.sizes[k + 1 - indices : k + 1])
    if phase.part is not Part.UPDATE:
        return every
    whole = layer_names(k)[indices == 1]
    kept = every if whole in frozen else sum(name.partition("[")[0] == whole for name in frozen)
    return kept if equation.name == equations.KEPT else every - kept


def _computed(phase: Phase, network: Network) -> Iterator[Iterable[Item]]:
    """The nodes and the edges of each layer."""
    sizes = network.sizes
    layers = range(1, len(sizes)) if phase.layer is None else (phase.layer,)
    for k in layers if phase.part is not Part.CHOOSE else ():
        if phase.part in (Part.GRADIENTS, Part.MEAN, Part.UPDATE):
            yield edges_of(sizes, k)
        learns = phase.part not in (Part.GRADIENTS, Part.MEAN, Part.UPDATE) or network.biased
        yield nodes_of(sizes, k) if learns else ()


def _first(layers: Iterable[Iterable[Item]], frozen: Frozen, most: int | None) -> Iterator[Item]:
    """Of each layer's items the first that are not frozen, and the first that are."""
    for items in layers:
        if not frozen:
            yield from islice(items, most)
            continue
        seen: Counter[bool] = Counter()
        for item in items:
            kept = is_frozen(frozen, item)
            seen[kept] += 1
            if most is None or seen[kept] <= most:
                yield item
