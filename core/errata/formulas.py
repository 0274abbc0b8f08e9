"""The formulas of the texts, in their order; beside each its error, if it has one."""

from core.errata.erratum import ERRATA
from core.errata.printed import Computed, Printed, Where
from core.explain.report import input_slopes
from core.explain.step import Step
from core.explain.terms import Kind
from core.network import forward, sample_losses

_LOSS = (Kind.E, Kind.E_UNIT)


def _slope(step: Step) -> float:
    return float(input_slopes(step)[0, 0])


def _loss_after(step: Step) -> float:
    return float(sample_losses(step.after, forward(step.after, step.x), step.t).mean())


_365 = (
    Printed("365", "000, 001 and 003", "*a*^{(1)} = *xw* + *b*^{(1)}", (Kind.Z,), Where.FIRST),
    Printed("365", "000, 001 and 003", "*a*^{(2)} = *hu* + *b*^{(2)}", (Kind.Z,), Where.OUTPUT),
    Printed("365", "000, 001 and 003", "*h* = σ(*a*^{(1)})", (Kind.A,), Where.FIRST),
    Printed("365", "000, 001 and 003", "*y* = σ(*a*^{(2)})", (Kind.A,), Where.OUTPUT),
    Printed("365", '001 and 003, "L2-norm loss"', "L = <1|2> Σ_i (y_i − t_i)^2", _LOSS, error="l2-norm"),
    Printed("365", "003, §3", "<∂L|∂y_j> = (y_i − t_i)", (Kind.D_A,), Where.OUTPUT, "other-output"),
    Printed("365", "001, output layer", "<∂L|∂y_j> = (y_j − t_j)", (Kind.D_A,), Where.OUTPUT),
    Printed("365", "001", "", (Kind.DELTA,), Where.OUTPUT, "delta-as-difference"),
    Printed(
        "365",
        "001 and 003, output layer",
        "<∂L|∂u_{ij}> = (y_j − t_j) y_j (1 − y_j) h_i = δ_j h_i",
        (Kind.D_W, Kind.DELTA),
        Where.OUTPUT,
    ),
    Printed(
        "365",
        "001 and 003, hidden layer",
        "<∂L|∂h_1> = (y_1 − t_1) y_1 (1 − y_1) u_{11} + (y_2 − t_2) y_2 (1 − y_2) u_{12}",
        (Kind.D_A,),
        Where.HIDDEN,
    ),
    Printed(
        "365",
        "001, last formula",
        "δ_j = Σ_k δ_k w_{jk} y_j (1 − y_j) x_i",
        (Kind.DELTA,),
        Where.HIDDEN,
        "input-in-delta",
    ),
    Printed(
        "365",
        "003, last formula",
        "δ_j = Σ_k δ_k w_{jk} y_j (1 − y_j)",
        (Kind.DELTA,),
        Where.HIDDEN,
        "hidden-called-output",
    ),
    Printed("365", "001 and 003", "<∂L|∂w_{ij}> = δ_j x_i", (Kind.D_W,), Where.FIRST),
    Printed(
        "365",
        "001 and 003, hidden layer",
        "<∂L|∂w_{ij}> = Σ_k (y_k − t_k) y_k (1 − y_k) u_{jk} h_j (1 − h_j) x_i",
        (Kind.D_W,),
        Where.FIRST,
    ),
    Printed("365", "000, 001 and 003", "", (Kind.D_B, Kind.B), error="no-bias-gradient"),
    Printed("365", "001 and 003, update rule", "u_{ij} ← u_{ij} − η δ_j h_i", (Kind.W,), Where.OUTPUT),
    Printed("365", "001 and 003, update rule", "*u* ← *u* − η ∇_*u* L(*u*)", (Kind.W,)),
)
_MEDIUM = (
    Printed("medium", "002, input layer", "z^2 = Σ_i x_i (W_{ij})^1", (Kind.Z,), Where.FIRST, "wrong-index-of-w"),
    Printed("medium", "002, hidden layers", "*z*^2 = *W*^1 *x* + *b*^1", (Kind.Z,), Where.FIRST, "layer-of-w"),
    Printed("medium", "002, hidden layers", "*a*^l = f(*z*^l)", (Kind.A,)),
    Printed("medium", "002, evaluation", 'C = "cost"(*s*, *y*)', _LOSS),
    Printed("medium", "002, local gradient", "<∂C|∂(z_j)^l>", (Kind.DELTA,)),
    Printed("medium", "002, gradients", "<∂C|∂(w_{jk})^l> = <∂C|∂(z_j)^l> (a_k)^{l−1}", (Kind.D_W,)),
    Printed("medium", "002, gradients", "<∂C|∂(b_j)^l> = <∂C|∂(z_j)^l>", (Kind.D_B,)),
    Printed(
        "medium", "002, example", '(w_{22})^2 " connects " (a_2)^2 " and " (z_2)^2', (Kind.D_W,), error="layer-of-w"
    ),
    Printed("medium", "002, gradient descent", "w ← w − ε <∂C|∂w>", (Kind.W,)),
    Printed("medium", "002, gradient descent", "b ← b − ε <∂C|∂b>", (Kind.B,)),
)
_DUKE = (
    Printed("duke", "eq. 24 and 34", "a_i^{(k)} = Σ_{j=1}^{N_{k−1}} w_{ij}^{(k)} z_j^{(k−1)}", (Kind.Z,)),
    Printed(
        "duke",
        "above eq. 22",
        "a_1^{(1)} = x_1 w_{11}^{(1)} + x_2 w_{12}^{(2)}",
        (Kind.Z,),
        Where.FIRST,
        "forward-indices",
    ),
    Printed("duke", "eq. 22 and 36", "z_i^{(k)} = σ(a_i^{(k)})", (Kind.A,)),
    Printed("duke", '§3.2, "mean square error"', "E_n = <1|2> (z^{(3)} − y)^2", _LOSS, Where.OUTPUT, "names-of-things"),
    Printed("duke", "Table 1, step 1", "<∂E_n|∂z^{(3)}> = z^{(3)} − y", (Kind.D_A,), Where.OUTPUT),
    Printed("duke", "§3.2", "", (Kind.D_A,), Where.OUTPUT, "with-respect-to"),
    Printed(
        "duke",
        "§5.2",
        "δ_i^{(K)} = (z_i^{(3)} − y_i) σ′(a_i^{(3)})",
        (Kind.DELTA,),
        Where.OUTPUT,
        "last-layer-left-out",
    ),
    Printed(
        "duke",
        "§5.2",
        '<∂E_n|∂w_{ij}^{(k)}> = δ_i^{(k)} z_j^{(k−1)}, " for " k = K−1, … 1',
        (Kind.D_W,),
        Where.OUTPUT,
        "last-layer-left-out",
    ),
    Printed("duke", "eq. 40", "<∂E_n|∂w_{ij}^{(k)}> = δ_i^{(k)} z_j^{(k−1)}", (Kind.D_W,)),
    Printed("duke", "eq. 32", "<∂a_i^{(k)}|∂w_{ij}^{(k−1)}> = z_j^{(k−1)}", (Kind.D_W,), error="layer-of-derivative"),
    Printed(
        "duke",
        "Table 1, steps 3 and 5",
        "<∂E_n|∂z_i^{(1)}> = Σ_{j=1}^{N_2} δ_j^{(2)} w_{ji}^{(2)}",
        (Kind.D_A,),
        Where.HIDDEN,
    ),
    Printed(
        "duke",
        "eq. 38",
        "δ_i^{(k)} = σ′(a_i^{(k)}) Σ_{j=1}^{N_k} δ_j^{(k+1)} w_{ji}^{(k+1)}",
        (Kind.DELTA,),
        Where.HIDDEN,
        "sum-over-this-layer",
    ),
    Printed("duke", "Table 1, step 7", "<∂E_n|∂x_i> = Σ_{j=1}^{N_1} δ_j^{(1)} w_{ji}^{(1)}", (Kind.D_A,), Where.INPUT),
    Printed("duke", "eq. 31", "w_i ← w_i − λ <∂E_n|∂w_i>", (Kind.W,)),
)
_FIGURES = (
    Printed(
        "duke-figure-1",
        "eq. 6",
        "<∂y|∂x> = <∂y|∂a> <∂a|∂x> = (2)(3) = 6",
        numbers=(Computed("<∂y|∂x>", _slope),),
    ),
    Printed(
        "duke-figure-2",
        "eq. 11",
        "<∂y|∂x> = <∂y|∂a_1> <∂a_1|∂x> + <∂y|∂a_2> <∂a_2|∂x> = (2)(3) + (1)(−1) = 5",
        numbers=(Computed("<∂y|∂x>", _slope),),
    ),
    Printed(
        "duke-figure-3",
        "eq. 17 and 18",
        "<∂y|∂x> = Σ_{j=1}^N <∂y|∂a_j> <∂a_j|∂x> = Σ_{j=1}^N w_j^{(2)} w_j^{(1)}",
        numbers=(Computed("<∂y|∂x>", _slope),),
    ),
)
_MAZUR = (
    Printed(
        "mazur",
        "the forward pass",
        '"net"_{"h1"} = w_1 · i_1 + w_2 · i_2 + b_1 · 1',
        (Kind.Z,),
    ),
    Printed("mazur", "the forward pass", '"out"_{"h1"} = <1|1 + e^{−"net"_{"h1"}}>', (Kind.A,)),
    Printed(
        "mazur",
        "the total error",
        'E_{"total"} = Σ <1|2>("target" − "output")^2 = 0.298371109',
        _LOSS,
        numbers=(Computed('E_{"total"}', lambda step: step.loss),),
    ),
    Printed(
        "mazur",
        "the output layer",
        '<∂E_{"total"}|∂"out"_{"o1"}> = −("target"_{"o1"} − "out"_{"o1"})',
        (Kind.D_A,),
        Where.OUTPUT,
    ),
    Printed(
        "mazur",
        "the output layer",
        'δ_{"o1"} = −("target"_{"o1"} − "out"_{"o1"}) · "out"_{"o1"}(1 − "out"_{"o1"})',
        (Kind.DELTA,),
        Where.OUTPUT,
    ),
    Printed("mazur", "the output layer", '<∂E_{"total"}|∂w_5> = δ_{"o1"} "out"_{"h1"}', (Kind.D_W,), Where.OUTPUT),
    Printed(
        "mazur",
        "the hidden layer",
        '<∂E_{"total"}|∂"out"_{"h1"}> = <∂E_{"o1"}|∂"out"_{"h1"}> + <∂E_{"o2"}|∂"out"_{"h1"}>',
        (Kind.D_A,),
        Where.HIDDEN,
    ),
    Printed(
        "mazur",
        "the hidden layer",
        '<∂E_{"total"}|∂w_1> = (Σ_o δ_o w_{"ho"}) · "out"_{"h1"}(1 − "out"_{"h1"}) · i_1 = δ_{"h1"} i_1',
        (Kind.D_W, Kind.DELTA),
        Where.FIRST,
    ),
    Printed("mazur", "the update", 'w_5^+ = w_5 − η · <∂E_{"total"}|∂w_5>', (Kind.W,)),
    Printed(
        "mazur",
        "the last paragraph",
        'E_{"total"} " after the update" = 0.291027924',
        _LOSS,
        error="loss-after-update",
        numbers=(Computed('E_{"total"} " after the update"', _loss_after),),
    ),
)


def _told_otherwise(formulas: tuple[Printed, ...], text: str) -> tuple[Printed, ...]:
    """The errors of a text that are in none of its formulas."""
    told = {printed.error for printed in formulas}
    return tuple(
        Printed(text, erratum.where, "", error=erratum.name)
        for erratum in ERRATA
        if erratum.example == text and erratum.name not in told
    )


PRINTED = (
    *(_365 + _told_otherwise(_365, "365")),
    *(_MEDIUM + _told_otherwise(_MEDIUM, "medium")),
    *(_DUKE + _told_otherwise(_DUKE, "duke")),
    *_FIGURES,
    *(_MAZUR + _told_otherwise(_MAZUR, "mazur")),
)


def printed_in(text: str) -> tuple[Printed, ...]:
    """What the text that an example comes from prints, its errors included."""
    return tuple(printed for printed in PRINTED if printed.text == text)
