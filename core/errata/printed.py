"""The formulas that the examples' authors print, each with the equation of ours that stands beside it."""

from collections.abc import Callable
from dataclasses import dataclass

from core.errata.erratum import ERRATA, Erratum
from core.explain import equations
from core.explain.equations import Equation
from core.network import Network


@dataclass(frozen=True)
class Printed:
    """A formula as printed, `ours` for the network of `example`, and the error in it; None where it is right."""

    example: str
    where: str
    formula: str
    ours: Callable[[Network], Equation] | None = None
    error: str | None = None

    @property
    def erratum(self) -> Erratum | None:
        """What is wrong with it."""
        return None if self.error is None else ERRATA[self.error]


def printed_in(example: str) -> tuple[Printed, ...]:
    """The formulas of the text that an example comes from."""
    return tuple(printed for printed in PRINTED if printed.example == example)


def _input_slope(network: Network) -> Equation:
    return equations.upstream(network, 0, 0)


PRINTED = (
    Printed("365", "003, §3", "∂L/∂yⱼ = (yᵢ − tᵢ)", lambda net: equations.loss_slope(net, 0), "other-output"),
    Printed(
        "365",
        "001 and 003, output layer",
        "∂L/∂uᵢⱼ = (yⱼ − tⱼ) yⱼ (1 − yⱼ) hᵢ = δⱼ hᵢ",
        lambda net: equations.weight_gradient(net, 2, 0, 0),
    ),
    Printed("365", "003, §5", "∂L/∂wᵢⱼ = δⱼ xᵢ", lambda net: equations.weight_gradient(net, 1, 0, 0)),
    Printed(
        "365",
        "001, last formula",
        "δⱼ = Σₖ δₖ wⱼₖ yⱼ (1 − yⱼ) xᵢ",
        lambda net: equations.delta(net, 1, 0),
        "input-in-delta",
    ),
    Printed(
        "365", "001 and 003, update rule", "uᵢⱼ ← uᵢⱼ − η δⱼ hᵢ", lambda net: equations.new_weight(net, 1, 2, 0, 0)
    ),
    Printed(
        "medium",
        "002, input layer",
        "z² as the sum of every input xᵢ with (Wᵢⱼ)¹",
        lambda net: equations.pre_activation(net, 1, 0),
        "wrong-index-of-w",
    ),
    Printed(
        "medium",
        "002, gradients",
        "∂C/∂(wⱼₖ)ˡ = ∂C/∂(zⱼ)ˡ · (aₖ)ˡ⁻¹",
        lambda net: equations.weight_gradient(net, 2, 1, 1),
    ),
    Printed(
        "medium",
        "002, example",
        "(w₂₂)² connects (a₂)² and (z₂)²",
        lambda net: equations.weight_gradient(net, 2, 1, 1),
        "layer-of-w",
    ),
    Printed(
        "duke", "eq. 24", "aᵢ⁽ᵏ⁾ = Σⱼ wᵢⱼ⁽ᵏ⁾ zⱼ⁽ᵏ⁻¹⁾, j up to Nₖ₋₁", lambda net: equations.pre_activation(net, 2, 0)
    ),
    Printed(
        "duke",
        "§5.2",
        "δᵢ⁽ᴷ⁾ = (zᵢ⁽³⁾ − yᵢ) σ′(aᵢ⁽³⁾), then k = K − 1, … 1",
        lambda net: equations.delta(net, 3, 0),
        "last-layer-left-out",
    ),
    Printed(
        "duke",
        "eq. 38",
        "δᵢ⁽ᵏ⁾ = σ′(aᵢ⁽ᵏ⁾) Σⱼ δⱼ⁽ᵏ⁺¹⁾ wⱼᵢ⁽ᵏ⁺¹⁾, j up to Nₖ",
        lambda net: equations.delta(net, 1, 0),
        "sum-over-this-layer",
    ),
    Printed("duke", "eq. 40", "∂Eₙ/∂wᵢⱼ⁽ᵏ⁾ = δᵢ⁽ᵏ⁾ zⱼ⁽ᵏ⁻¹⁾", lambda net: equations.weight_gradient(net, 2, 0, 0)),
    Printed("duke", "Table 1, step 7", "∂Eₙ/∂xᵢ = Σⱼ δⱼ⁽¹⁾ wⱼᵢ⁽¹⁾", _input_slope),
    Printed("duke-figure-1", "eq. 6", "∂y/∂x = ∂y/∂a ∂a/∂x = (2)(3) = 6"),
    Printed("duke-figure-2", "eq. 11", "∂y/∂x = ∂y/∂a₁ ∂a₁/∂x + ∂y/∂a₂ ∂a₂/∂x = (2)(3) + (1)(−1) = 5"),
    Printed("duke-figure-3", "eq. 17 and 18", "∂y/∂x = Σⱼ ∂y/∂aⱼ ∂aⱼ/∂x = Σⱼ wⱼ⁽²⁾ wⱼ⁽¹⁾"),
    Printed(
        "mazur",
        "the output layer",
        "∂E/∂w₅ = −(target − out) · out (1 − out) · out of h₁",
        lambda net: equations.weight_gradient(net, 2, 0, 0),
    ),
)
