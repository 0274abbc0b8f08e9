"""The slope of E along every weight and bias: for the chosen sample, or as the mean that the next update is made of."""

from core.explain.phases import Part
from core.explain.terms import Kind
from core.frame import Frame, batch_pass
from core.selection import Item
from ui.matrix.axes import parameter_axes
from ui.matrix.matrix import Matrix, parameters
from ui.matrix.panel import MatrixPanel, at_phase

NO_TARGET = "no target, so no error: a gradient needs one"


class GradientsPanel(MatrixPanel):
    """∂E/∂W and ∂E/∂b of every layer, in the places that W and b have in the weights."""

    title = "Gradients"
    numbers = "∂E/∂w and ∂E/∂b by layer"
    averages = True

    def matrices(self, frame: Frame) -> tuple[Matrix, ...]:
        network = frame.network
        gradient = batch_pass(frame) if self.averaged else frame.gradient
        axes = parameter_axes(network.sizes, network.biased, Kind.D_W, Kind.D_B)
        found = parameters(axes, gradient.weights, gradient.biases if network.biased else None)
        kind = Kind.MEAN_W if self.averaged and len(frame.batch) > 1 else Kind.D_W
        return tuple(at_phase(frame, matrix, [(kind, k)] * len(matrix.axes.rows)) for k, matrix in enumerate(found, 1))

    def part(self, item: Item, row: int) -> Part | None:
        of_batch = self.averaged and self.frame is not None and len(self.frame.batch) > 1
        return Part.MEAN if of_batch else Part.GRADIENTS

    def missing(self, frame: Frame) -> str:
        return "" if self.averaged or frame.has_target else NO_TARGET
