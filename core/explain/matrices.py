"""The equations of whole layers in matrix form: rows times W in the code and 365, W times columns elsewhere.

Without indices a Quantity is its layer's whole vector or matrix, in the notation's own orientation.
"""

import numpy as np

from core.arrays import Array
from core.explain.boxes import Box, Table, row, sign
from core.explain.equations import Layers, has_biases
from core.explain.functions import LOSS_TERMS
from core.explain.naming import Naming
from core.explain.notation import Notation
from core.explain.numbers_shown import DIGITS, MOST_DIGITS
from core.explain.phases import Part, Phase
from core.explain.step import Step
from core.explain.terms import (
    ONE,
    Function,
    Kind,
    Number,
    Over,
    Quantity,
    Role,
    Sum,
    Term,
    Times,
    Transposed,
    minus,
    plus,
    times,
)
from core.explain.typeset import Typesetter, number_box
from core.losses import LOSSES
from core.network import Network
from core.record import record


@record
class MatrixEquation:
    """left = right for a whole layer; `layers` as in Equation."""

    left: Quantity
    right: Term
    layer: int
    layers: Layers = Layers.ANY
    update: bool = False


def matrix_equations(phase: Phase, step: Step, notation: Notation) -> tuple[MatrixEquation, ...]:
    """What a phase computes, layer by layer; the loss is no matter of matrices (Duke, Table 2, and core/network.py)."""
    network = step.network
    k, last = phase.layer or 0, len(network.layers)
    match phase.part:
        case Part.PRE_ACTIVATION:
            weighted = _product(notation, _whole(Kind.A, k - 1), _whole(Kind.W, k))
            right = plus(weighted, _whole(Kind.B, k)) if has_biases(network) else weighted
            return (MatrixEquation(_whole(Kind.Z, k), right, k),)
        case Part.ACTIVATION:
            return (MatrixEquation(_whole(Kind.A, k), Function(k, None), k),)
        case Part.LOSS_SLOPE:
            return _loss_slope(network, last)
        case Part.DELTA:
            return _delta(network, k, last)
        case Part.GRADIENTS:
            a, delta = _whole(Kind.A, k - 1), _whole(Kind.DELTA, k)
            outer = times(delta, Transposed(a)) if notation.columns else times(Transposed(a), delta)
            of_biases = (MatrixEquation(_whole(Kind.D_B, k), delta, k),) if network.biased else ()
            return (MatrixEquation(_whole(Kind.D_W, k), outer, k), *of_biases)
        case Part.BACK | Part.INPUT_SLOPE:
            back = _product(notation, _whole(Kind.DELTA, k + 1), Transposed(_whole(Kind.W, k + 1)))
            layers = Layers.NUMBERED if k == 0 else Layers.ANY
            return (MatrixEquation(_whole(Kind.D_A, k), back, k, layers),)
        case Part.MEAN:
            return _means(step)
        case Part.UPDATE:
            return _updates(step)
        case _:
            return ()


def matrix_line(equation: MatrixEquation, network: Network, notation: Notation) -> Box:
    """The equation as one line."""
    setter = Typesetter(Naming(notation, network.sizes, network.activations, equation.layers, equation.layer))
    return row(setter.box(equation.left), sign("←" if equation.update else "="), setter.box(equation.right))


def matrix_box(quantity: Quantity, step: Step, notation: Notation, row_number: int = 0, *, exact: bool = False) -> Box:
    """name = numbers of a whole vector or matrix, as it lies in that notation."""
    network = step.network
    naming = Naming(notation, network.sizes, network.activations)
    values = np.atleast_2d(step.whole(quantity, row_number))
    oriented: Array = values.T if notation.columns else values
    digits = MOST_DIGITS if exact else DIGITS
    table = Table(tuple(tuple(number_box(float(value), digits) for value in line) for line in oriented))
    return row(naming.quantity(quantity), sign("="), table)


def _loss_slope(network: Network, last: int) -> tuple[MatrixEquation, ...]:
    """∂E/∂y of errors; that of a cross-entropy divides by the outputs, which is no matter of matrices."""
    if LOSSES[network.loss].output is not None:
        return ()
    m = Number(float(network.sizes[-1]), exact=True)
    slope = LOSS_TERMS[network.loss].slope(_whole(Kind.A, last), _whole(Kind.T, last), m)
    return (MatrixEquation(_whole(Kind.D_A, last), slope, last, Layers.LAST),)


def _means(step: Step) -> tuple[MatrixEquation, ...]:
    """∂J/∂W and ∂J/∂b by layer; with a penalty the equations of the weights say it."""
    if step.rule.slope is not None:
        return ()
    share = Over(ONE, Number(float(step.rows), exact=True))
    pairs = ((Kind.MEAN_W, Kind.D_W), *([(Kind.MEAN_B, Kind.D_B)] if step.network.biased else []))
    return tuple(
        MatrixEquation(
            _whole(mean, k), times(share, Sum(Role.SAMPLE, step.rows, Quantity(of_row, k, sample=Role.SAMPLE))), k
        )
        for k in range(1, len(step.network.sizes))
        for mean, of_row in pairs
    )


def _updates(step: Step) -> tuple[MatrixEquation, ...]:
    """W and b after a step of gradient descent, where all of a layer learn; other rules go by each parameter."""
    rule = step.rule
    if rule.optimizer != "gradient-descent" or rule.slope is not None or step.frozen:
        return ()
    weights, biases = (Kind.D_W, Kind.D_B) if step.rows == 1 else (Kind.MEAN_W, Kind.MEAN_B)
    pairs = ((Kind.W, weights), *([(Kind.B, biases)] if step.network.biased else []))
    return tuple(
        MatrixEquation(
            _whole(old, k), minus(_whole(old, k), times(Quantity(Kind.ETA), _whole(slope, k))), k, update=True
        )
        for k in range(1, len(step.network.sizes))
        for old, slope in pairs
    )


def _delta(network: Network, k: int, last: int) -> tuple[MatrixEquation, ...]:
    if k == last and LOSSES[network.loss].output is not None:
        return (MatrixEquation(_whole(Kind.DELTA, k), minus(_whole(Kind.A, k), _whole(Kind.T, k)), k, Layers.LAST),)
    if network.layers[k - 1].activation == "softmax":
        return ()  # its Jacobian is a matrix for each sample; the equations of the units say it
    right = Times((_whole(Kind.D_A, k), Function(k, None, slope=True)), by_entry=True)
    return (MatrixEquation(_whole(Kind.DELTA, k), right, k, Layers.LAST if k == last else Layers.ANY),)


def _product(notation: Notation, vector: Term, matrix: Term) -> Term:
    return times(matrix, vector) if notation.columns else times(vector, matrix)


def _whole(kind: Kind, layer: int) -> Quantity:
    return Quantity(kind, layer)
