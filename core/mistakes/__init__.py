"""The classic mistakes of backpropagation, to be made on purpose and seen failing."""

# In the order in which they are shown: the file adds its own to MISTAKES.
from core.mistakes import classic
from core.mistakes.formulas import RIGHT, Formulas
from core.mistakes.kernel import MistakenKernel
from core.mistakes.mistake import MISTAKES, Mistake, backward_with, formulas_with, why_it_cannot_show, why_not_here

__all__ = [
    "MISTAKES",
    "RIGHT",
    "Formulas",
    "Mistake",
    "MistakenKernel",
    "backward_with",
    "classic",
    "formulas_with",
    "why_it_cannot_show",
    "why_not_here",
]
