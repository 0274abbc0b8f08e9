"""Two networks of one shape side by side: what changed from the one to the other, and by how much."""

import numpy as np

from core.arrays import Array, frozen
from core.record import record
from core.selection import Edge, Item, Node
from core.session import Session, evaluations
from core.training import Evaluation


@record(eq=False)
class LayerChange:
    """By how much the weights (n_in, n_out) and biases (n_out,) of layer 1 … K grew."""

    layer: int
    weights: Array
    biases: Array

    @property
    def weights_length(self) -> float:
        """How far the weights moved: the root of the sum of the squared changes."""
        return float(np.linalg.norm(self.weights))

    @property
    def biases_length(self) -> float:
        """How far the biases moved."""
        return float(np.linalg.norm(self.biases))

    @property
    def length(self) -> float:
        """How far the parameters of this layer moved: the root of the sum of the squared changes."""
        return float(np.sqrt(np.square(self.weights).sum() + np.square(self.biases).sum()))

    @property
    def largest(self) -> tuple[Item, float]:
        """The weight, or the unit whose bias, changed most, and its change."""
        source, target = np.unravel_index(np.abs(self.weights).argmax(), self.weights.shape)
        unit = int(np.abs(self.biases).argmax())
        weight, bias = float(self.weights[source, target]), float(self.biases[unit])
        if abs(weight) >= abs(bias):
            return Edge(self.layer, int(source), int(target)), weight
        return Node(self.layer, unit), bias


@record(eq=False)
class Standing:
    """A session with the losses over its whole sets."""

    session: Session
    train: Evaluation
    test: Evaluation | None

    @property
    def step(self) -> int:
        """After how many updates."""
        return self.session.run.step


@record(eq=False)
class Comparison:
    """What stood before and after, and what changed from the one to the other in every layer."""

    before: Standing
    after: Standing
    layers: tuple[LayerChange, ...]

    @property
    def largest(self) -> tuple[Item, float]:
        """The weight, or the unit whose bias, changed most of all, and its change."""
        return max((layer.largest for layer in self.layers), key=lambda found: abs(found[1]))


def compare(before: Session, after: Session) -> Comparison:
    """What changed between two sessions whose networks have the same shape."""
    pairs = zip(before.run.network.layers, after.run.network.layers, strict=True)
    layers = tuple(
        LayerChange(number, frozen(new.weights - old.weights), frozen(new.biases - old.biases))
        for number, (old, new) in enumerate(pairs, start=1)
    )
    return Comparison(Standing(before, *evaluations(before)), Standing(after, *evaluations(after)), layers)
