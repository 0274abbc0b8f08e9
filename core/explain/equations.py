"""Every equation of one backpropagation in its general form, for the unit, weight or loss that it is asked for.

The equations are those of core/network.py; where they stand in the literature is said with each.
"""

from collections.abc import Iterator
from dataclasses import field, replace
from enum import Enum

from core.explain.functions import LOSS_TERMS
from core.explain.terms import (
    ONE,
    Euler,
    Function,
    Index,
    Kind,
    Number,
    Over,
    Place,
    Quantity,
    Role,
    Sum,
    Term,
    minus,
    plus,
    times,
)
from core.explain.update_rules import PLAIN, Rule
from core.losses import LOSSES
from core.network import Network
from core.record import record
from core.selection import Edge, Node

SOURCE, UNIT, NEXT, ALSO, SAMPLE = Role.SOURCE, Role.UNIT, Role.NEXT, Role.ALSO, Role.SAMPLE


KEPT = "kept"  # the name of the equation of what is frozen


class Layers(Enum):
    """How the general form writes layers: k with k − 1 and k + 1; the last one as K; or by their numbers."""

    ANY = "k"
    LAST = "K"
    NUMBERED = ""


@record
class Equation:
    """left = right in the general form, and the `place` whose indices are put in.

    `worked` is what stands right once the loss is written out, where that is another term; `layers` says how the
    general form writes `layer`, which the equation is about. `source` is where the equation comes from. An `update`
    gives left its new value. What is only `claimed` is wrong: its result is what comes out, not what is.
    `otherwise` is the right side that is worked out where the usual one has lost its digits.
    """

    name: str
    left: Quantity
    right: Term
    layer: int
    place: Place = field(compare=False)
    source: str
    layers: Layers = Layers.ANY
    worked: Term | None = None
    update: bool = False
    claimed: bool = False
    otherwise: Term | None = None

    @property
    def to_work_out(self) -> Term:
        """What indices and numbers are put into."""
        return self.right if self.worked is None else self.worked


def pre_activation(network: Network, k: int, j: int) -> Equation:
    """z_j⁽ᵏ⁾ = Σ_i a_i⁽ᵏ⁻¹⁾ W_ij⁽ᵏ⁾ + b_j⁽ᵏ⁾ (Rumelhart, Hinton and Williams 1986, eq. 1; Duke eq. 24)."""
    weighted = Sum(SOURCE, network.sizes[k - 1], times(_a(k - 1, SOURCE), _w(k, SOURCE, UNIT)))
    right = plus(weighted, Quantity(Kind.B, k, (UNIT,))) if has_biases(network) else weighted
    return Equation("z", _z(k, UNIT), right, k, {UNIT: j}, "Rumelhart et al. 1986, eq. 1; Duke, eq. 24")


def activation(network: Network, k: int, j: int) -> Equation:
    """a_j⁽ᵏ⁾ = f_k(z_j⁽ᵏ⁾) (Rumelhart et al. 1986, eq. 2; Duke eq. 25); a softmax divides by the whole layer."""
    right: Term = Function(k, UNIT)
    if network.layers[k - 1].activation == "softmax":
        right = Over(Euler(_z(k, UNIT)), Sum(ALSO, network.sizes[k], Euler(_z(k, ALSO))))
    return Equation("a", _a(k, UNIT), right, k, {UNIT: j}, "Rumelhart et al. 1986, eq. 2; Duke, eq. 25")


def unit_loss(network: Network, j: int) -> Equation:
    """What output j adds to E: its share in the formula of the loss (core/losses.py)."""
    k = len(network.layers)
    return Equation(
        "E of an output",
        Quantity(Kind.E_UNIT, k, (UNIT,)),
        _loss_share(network),
        k,
        {UNIT: j},
        LOSSES[network.loss].label,
        Layers.LAST,
        otherwise=_loss_share_from_z(network),
    )


def loss(network: Network) -> Equation:
    """E = Σ_j E_j over the outputs (365, the loss L; Duke §3.2)."""
    k = len(network.layers)
    right = Sum(UNIT, network.sizes[-1], _loss_share(network))
    share = _loss_share_from_z(network)
    otherwise = None if share is None else Sum(UNIT, network.sizes[-1], share)
    source = LOSSES[network.loss].label
    return Equation("E", Quantity(Kind.E, k), right, k, {}, source, Layers.LAST, otherwise=otherwise)


def loss_slope(network: Network, j: int) -> Equation:
    """∂E/∂y_j, where backpropagation begins (Duke, Table 1, step 1)."""
    k = len(network.layers)
    left = Quantity(Kind.D_A, k, (UNIT,))
    return Equation("∂E/∂y", left, _loss_slope(network), k, {UNIT: j}, "Duke, Table 1, step 1", Layers.LAST)


def delta(network: Network, k: int, j: int) -> Equation:
    """δ_j⁽ᵏ⁾ = ∂E/∂z_j⁽ᵏ⁾: ∂E/∂y_j f′(z_j) at the output, f′(z_j) Σ_l W_jl⁽ᵏ⁺¹⁾ δ_l⁽ᵏ⁺¹⁾ before it.

    Rumelhart et al. 1986, eq. 5 and 7; Duke, Table 1, steps 2, 4 and 6. Softmax: its whole Jacobian. A cross-entropy
    with the output that it is made for leaves y_j − t_j (Bishop 2006, eq. 4.109).
    """
    last = k == len(network.layers)
    worked = None
    if network.layers[k - 1].activation == "softmax" and not _collapses(network, k):
        upstream = times(Quantity(Kind.D_A, k, (ALSO,)), _a(k, ALSO))
        back = minus(Quantity(Kind.D_A, k, (UNIT,)), Sum(ALSO, network.sizes[k], upstream))
        right = times(_a(k, UNIT), back)
    elif not last:
        back = Sum(NEXT, network.sizes[k + 1], times(_delta(k + 1, NEXT), _w(k + 1, UNIT, NEXT)))
        right = times(Function(k, UNIT, slope=True), back)
    elif _collapses(network, k):
        right = minus(_a(k, UNIT), Quantity(Kind.T, k, (UNIT,)))
    else:
        right = times(Quantity(Kind.D_A, k, (UNIT,)), Function(k, UNIT, slope=True))
        worked = times(_loss_slope(network), Function(k, UNIT, slope=True))
    source = "Rumelhart et al. 1986, eq. 5 and 7; Duke, Table 1"
    layers = Layers.LAST if last else Layers.ANY
    return Equation("δ", _delta(k, UNIT), right, k, {UNIT: j}, source, layers, worked)


def upstream(network: Network, k: int, i: int) -> Equation:
    """∂E/∂a_i⁽ᵏ⁾ = Σ_j δ_j⁽ᵏ⁺¹⁾ W_ij⁽ᵏ⁺¹⁾ of layer k = 0 (∂E/∂x_i) … K − 1; Duke, Table 1, steps 3, 5 and 7."""
    if k == 0:
        right = Sum(UNIT, network.sizes[1], times(_delta(1, UNIT), _w(1, SOURCE, UNIT)))
        left = Quantity(Kind.D_A, 0, (SOURCE,))
        return Equation("∂E/∂x", left, right, 1, {SOURCE: i}, "Duke, Table 1, step 7", Layers.NUMBERED)
    right = Sum(NEXT, network.sizes[k + 1], times(_delta(k + 1, NEXT), _w(k + 1, UNIT, NEXT)))
    return Equation("∂E/∂a", Quantity(Kind.D_A, k, (UNIT,)), right, k, {UNIT: i}, "Duke, Table 1, steps 3 and 5")


def weight_gradient(network: Network, k: int, i: int, j: int) -> Equation:
    """∂E/∂W_ij⁽ᵏ⁾ = δ_j⁽ᵏ⁾ a_i⁽ᵏ⁻¹⁾ of one sample (Rumelhart et al. 1986, eq. 6; Duke eq. 40)."""
    right = times(_delta(k, UNIT), _a(k - 1, SOURCE))
    left = Quantity(Kind.D_W, k, (SOURCE, UNIT))
    return Equation("∂E/∂W", left, right, k, {SOURCE: i, UNIT: j}, "Rumelhart et al. 1986, eq. 6; Duke, eq. 40")


def bias_gradient(network: Network, k: int, j: int) -> Equation:
    """∂E/∂b_j⁽ᵏ⁾ = δ_j⁽ᵏ⁾ of one sample, since ∂z_j/∂b_j = 1 (none of the texts prints it)."""
    return Equation("∂E/∂b", Quantity(Kind.D_B, k, (UNIT,)), _delta(k, UNIT), k, {UNIT: j}, "∂z/∂b = 1")


def mean_weight_gradient(network: Network, rows: int, k: int, i: int, j: int, rule: Rule = PLAIN) -> Equation:
    """∂J/∂W_ij⁽ᵏ⁾ = 1/n Σ_s ∂E_s/∂W_ij⁽ᵏ⁾ over the rows of the batch (Bishop 2006, eq. 5.44, as a mean).

    The slope of the penalty is added to it.
    """
    indices = (SOURCE, UNIT)
    right = _penalized(_mean(rows, Quantity(Kind.D_W, k, indices, sample=SAMPLE)), k, indices, rule)
    left = Quantity(Kind.MEAN_W, k, indices)
    return Equation("∂J/∂W", left, right, k, {SOURCE: i, UNIT: j}, "mean over the rows of the batch")


def mean_bias_gradient(network: Network, rows: int, k: int, j: int) -> Equation:
    """∂J/∂b_j⁽ᵏ⁾ = 1/n Σ_s ∂E_s/∂b_j⁽ᵏ⁾ over the rows of the batch (Bishop 2006, eq. 5.44, as a mean)."""
    right = _mean(rows, Quantity(Kind.D_B, k, (UNIT,), sample=SAMPLE))
    return Equation("∂J/∂b", Quantity(Kind.MEAN_B, k, (UNIT,)), right, k, {UNIT: j}, "mean over the rows of the batch")


def new_weight(network: Network, rows: int, k: int, i: int, j: int, rule: Rule = PLAIN) -> Equation:
    """W_ij⁽ᵏ⁾ ← W_ij⁽ᵏ⁾ − η ∂E/∂W_ij⁽ᵏ⁾, or ∂J for a batch, by gradient descent (365, update rule; Duke eq. 31)."""
    return _update(Quantity(Kind.W, k, (SOURCE, UNIT)), rows, {SOURCE: i, UNIT: j}, rule)


def new_bias(network: Network, rows: int, k: int, j: int, rule: Rule = PLAIN) -> Equation:
    """b_j⁽ᵏ⁾ ← b_j⁽ᵏ⁾ − η ∂E/∂b_j⁽ᵏ⁾, or ∂J for a batch, by gradient descent (365, update rule; Duke eq. 31)."""
    return _update(Quantity(Kind.B, k, (UNIT,)), rows, {UNIT: j}, rule)


def remembered(rows: int, item: Edge | Node, rule: Rule) -> Iterator[Equation]:
    """What the optimiser remembers of a weight or a bias after the update, such as a velocity: one for each letter."""
    parameter, place = parameter_quantity(item)
    for new, right in zip(_state(parameter, rule, new=True), _remembered(parameter, rows, rule), strict=True):
        left = replace(new, new=False)
        yield Equation(left.letter, left, right, item.layer, place, rule.terms.source, update=True)


def kept(item: Edge | Node) -> Equation:
    """W_ij⁽ᵏ⁾ ← W_ij⁽ᵏ⁾, or b_j⁽ᵏ⁾ ← b_j⁽ᵏ⁾: what is frozen keeps its value, whatever its gradient."""
    old, place = parameter_quantity(item)
    return Equation(KEPT, old, old, item.layer, place, "frozen: it keeps its value", update=True)


def has_biases(network: Network) -> bool:
    """Whether biases stand in the equations: they learn, or keep a value that is not 0."""
    return network.biased or any(bool(b.any()) for b in network.biases)


def parameter_quantity(item: Edge | Node) -> tuple[Quantity, Place]:
    """The weight of an edge or the bias of a node, and where it stands."""
    if isinstance(item, Edge):
        return Quantity(Kind.W, item.layer, (SOURCE, UNIT)), {SOURCE: item.source, UNIT: item.target}
    return Quantity(Kind.B, item.layer, (UNIT,)), {UNIT: item.index}


def _update(old: Quantity, rows: int, place: Place, rule: Rule) -> Equation:
    """old ← old − the optimiser's change; worked out with what it remembers written out."""

    def right(state: tuple[Term, ...]) -> Term:
        return minus(old, rule.terms.change(_slope(old, rows, rule), state, Quantity(Kind.ETA), Quantity(Kind.NUMBER)))

    named, written = right(_state(old, rule, new=True)), right(_remembered(old, rows, rule))
    worked = None if named == written else written
    return Equation("update", old, named, old.layer, place, rule.terms.source, worked=worked, update=True)


def _slope(parameter: Quantity, rows: int, rule: Rule) -> Term:
    """What the optimiser is given: ∂J of a batch has the penalty in it, ∂E of a sample has not."""
    of_weight, k, indices = parameter.kind is Kind.W, parameter.layer, parameter.indices
    if rows > 1:
        return Quantity(Kind.MEAN_W if of_weight else Kind.MEAN_B, k, indices)
    if not of_weight:
        return Quantity(Kind.D_B, k, indices)
    return _penalized(Quantity(Kind.D_W, k, indices), k, indices, rule)


def _penalized(slope: Term, k: int, indices: tuple[Index, ...], rule: Rule) -> Term:
    return slope if rule.slope is None else plus(slope, rule.slope(Quantity(Kind.W, k, indices)))


def _state(parameter: Quantity, rule: Rule, *, new: bool) -> tuple[Quantity, ...]:
    """What the optimiser remembers of a parameter, by its names."""
    kind = Kind.STATE_W if parameter.kind is Kind.W else Kind.STATE_B
    k, indices = parameter.layer, parameter.indices
    return tuple(Quantity(kind, k, indices, new=new, letter=letter) for letter in rule.terms.letters)


def _remembered(parameter: Quantity, rows: int, rule: Rule) -> tuple[Term, ...]:
    """The same after the update, written out."""
    old = _state(parameter, rule, new=False)
    return rule.terms.remember(_slope(parameter, rows, rule), old, Quantity(Kind.NUMBER))


def _mean(rows: int, of_sample: Quantity) -> Term:
    return times(Over(ONE, Number(float(rows), exact=True)), Sum(SAMPLE, rows, of_sample))


def _collapses(network: Network, k: int) -> bool:
    """Whether loss and output are made for one another, so that δ is y − t."""
    return k == len(network.layers) and LOSSES[network.loss].output is not None


def _loss_share(network: Network) -> Term:
    return LOSS_TERMS[network.loss].value(*_output(network))


def _loss_share_from_z(network: Network) -> Term | None:
    from_z, k = LOSS_TERMS[network.loss].from_z, len(network.layers)
    partition = Sum(ALSO, network.sizes[-1], Euler(_z(k, ALSO)))
    return None if from_z is None else from_z(_z(k, UNIT), Quantity(Kind.T, k, (UNIT,)), partition)


def _loss_slope(network: Network) -> Term:
    return LOSS_TERMS[network.loss].slope(*_output(network))


def _output(network: Network) -> tuple[Term, Term, Term]:
    k = len(network.layers)
    return _a(k, UNIT), Quantity(Kind.T, k, (UNIT,)), Number(float(network.sizes[-1]), exact=True)


def _z(k: int, role: Role) -> Quantity:
    return Quantity(Kind.Z, k, (role,))


def _a(k: int, role: Role) -> Quantity:
    return Quantity(Kind.A, k, (role,))


def _delta(k: int, role: Role) -> Quantity:
    return Quantity(Kind.DELTA, k, (role,))


def _w(k: int, source: Role, target: Role) -> Quantity:
    return Quantity(Kind.W, k, (source, target))
