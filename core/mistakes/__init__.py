"""The classic mistakes of backpropagation, to be made on purpose and seen failing."""

# In the order in which they are shown: the file adds its own to MISTAKES.
from core.mistakes import classic
from core.mistakes.kernel import MistakenKernel, mistaken_update
from core.mistakes.mistake import MISTAKES, Mistake, why_it_cannot_show

__all__ = ["MISTAKES", "Mistake", "MistakenKernel", "classic", "mistaken_update", "why_it_cannot_show"]
