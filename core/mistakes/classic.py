"""The mistakes that learners make, one of them as 365 prints it: an entry for each."""

from core.mistakes import gradients, lines, reasons
from core.mistakes.mistake import MISTAKES, Mistake

MISTAKES.add(
    Mistake(
        "slope-left-out",
        "f′ left out",
        "The chain rule goes through f as well: without its slope, δ is ∂E/∂a and not ∂E/∂z.",
        "δⱼ = f′(zⱼ) Σₗ δₗ Wⱼₗ",
        "δⱼ = Σₗ δₗ Wⱼₗ",
        gradients.without_slope,
        lines.without_slope,
        reasons.all_slopes_one,
        "365",
    )
)
MISTAKES.add(
    Mistake(
        "input-twice",
        "xᵢ twice",
        "365's long article prints xᵢ in δ, and ∂E/∂Wᵢⱼ = δⱼ xᵢ brings it again; δⱼ belongs to a unit and knows no i.",
        "δⱼ = f′(zⱼ) Σₗ δₗ Wⱼₗ",
        "δⱼ = f′(zⱼ) Σₗ δₗ Wⱼₗ xᵢ",
        gradients.input_twice,
        lines.input_twice,
        reasons.inputs_are_bits,
        "365",
    )
)
MISTAKES.add(
    Mistake(
        "sign-reversed",
        "Sign reversed",
        "The error is output − target; the other way round each update climbs.",
        "∂E/∂yⱼ = yⱼ − tⱼ",
        "∂E/∂yⱼ = tⱼ − yⱼ",
        gradients.sign_reversed,
        lines.sign_reversed,
        reasons.nothing_to_learn,
        "365",
    )
)
MISTAKES.add(
    Mistake(
        "updated-first",
        "W updated before δ goes through",
        "All gradients belong to the weights of the forward pass; updated ones are those of another network.",
        "δⱼ = f′(zⱼ) Σₗ δₗ Wⱼₗ",
        "δⱼ = f′(zⱼ) Σₗ δₗ (Wⱼₗ − η ∂E/∂Wⱼₗ)",
        gradients.updated_first,
        lines.updated_first,
        reasons.no_hidden_layer,
        "mazur",
    )
)
MISTAKES.add(
    Mistake(
        "sum-for-mean",
        "Sum for mean",
        "The objective is the mean over the batch; with the sum, the step grows with the batch at the same η.",
        "∂J/∂W = 1/n Σₛ ∂Eₛ/∂W",
        "∂J/∂W = Σₛ ∂Eₛ/∂W",
        gradients.sum_for_mean,
        lines.sum_for_mean,
        reasons.one_row,
        "xor",
    )
)
MISTAKES.add(
    Mistake(
        "transposed-index",
        "Index transposed",
        "Backwards δ takes the same weights as a took forwards: Wⱼₗ leads from j to l.",
        "δⱼ = f′(zⱼ) Σₗ δₗ Wⱼₗ",
        "δⱼ = f′(zⱼ) Σₗ δₗ Wₗⱼ",
        gradients.transposed,
        lines.transposed,
        reasons.no_square,
        "mazur",
    )
)
MISTAKES.add(
    Mistake(
        "bias-forgotten",
        "Bias gradient forgotten",
        "A bias shifts z one to one, so its slope is δ; with 0 it never learns.",
        "∂E/∂bⱼ = δⱼ",
        "∂E/∂bⱼ = 0",
        gradients.bias_forgotten,
        lines.bias_forgotten,
        reasons.no_biases,
        "365",
    )
)
