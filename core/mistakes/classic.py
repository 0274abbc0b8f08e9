"""The mistakes that learners make, one of them as 365 prints it: an entry for each."""

from core.mistakes import lines, reasons, wrong
from core.mistakes.formulas import Formulas
from core.mistakes.mistake import MISTAKES, Example, Mistake

MISTAKES.add(
    Mistake(
        "slope-left-out",
        "f′ left out",
        "The chain rule goes through f as well: without its slope, δ is ∂E/∂a and not ∂E/∂z.",
        Formulas(output=wrong.output_without_slope, delta=wrong.without_slope),
        lines.without_slope,
        reasons.all_slopes_one,
        Example("circle", 60),
        "delta-as-difference",
    )
)
MISTAKES.add(
    Mistake(
        "input-twice",
        "xᵢ twice",
        "δⱼ belongs to a unit and knows no i; with xᵢ in it, ∂E/∂Wᵢⱼ = δⱼ xᵢ brings xᵢ a second time.",
        Formulas(source=wrong.input_twice),
        lines.input_twice,
        reasons.inputs_are_bits,
        Example("circle", 60),
        "input-in-delta",
    )
)
MISTAKES.add(
    Mistake(
        "sign-reversed",
        "Sign reversed",
        "The error is output − target; the other way round each update climbs.",
        Formulas(loss=wrong.reversed_loss, output=wrong.reversed_output),
        lines.sign_reversed,
        reasons.nothing_to_learn,
        Example("circle", 60),
        "delta-as-difference",
    )
)
MISTAKES.add(
    Mistake(
        "updated-first",
        "W updated before δ goes through",
        "All gradients belong to the weights of the forward pass; updated ones are those of another network.",
        Formulas(upstream=wrong.over_updated_weights),
        lines.updated_first,
        reasons.no_hidden_layer,
        Example("sine", 100, {"eta": 0.4}),
        "loss-after-update",
    )
)
MISTAKES.add(
    Mistake(
        "sum-for-mean",
        "Sum for mean",
        "The objective is the mean over the batch; with the sum, the step grows with the batch at the same η.",
        Formulas(summed=True),
        lines.sum_for_mean,
        reasons.one_row,
        Example("sine", 100),
    )
)
MISTAKES.add(
    Mistake(
        "transposed-index",
        "Index transposed",
        "Backwards δ takes the same weights as a took forwards: Wⱼₗ leads from j to l.",
        Formulas(upstream=wrong.over_transposed_weights),
        lines.transposed,
        reasons.no_square,
        Example("xor-cloud", 40, {"hidden": (3, 3), "eta": 0.1}),
        "wrong-index-of-w",
    )
)
MISTAKES.add(
    Mistake(
        "bias-forgotten",
        "Bias gradient forgotten",
        "A bias shifts z one to one, so its slope is δ; with 0 it never learns.",
        Formulas(bias=0.0),
        lines.bias_forgotten,
        reasons.no_biases,
        Example("circle", 60),
        "no-bias-gradient",
    )
)
