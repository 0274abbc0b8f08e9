"""Every weight as a cell: a matrix for each layer, a row for each input of it, and the biases as the last row."""

from core.explain.phases import Part
from core.frame import Frame
from core.selection import Item
from ui.freezing import frozen_masks
from ui.matrix.axes import parameter_axes
from ui.matrix.matrix import Matrix, parameters
from ui.matrix.panel import MatrixPanel


class WeightsPanel(MatrixPanel):
    """W and b of this moment; the column of a unit holds what comes into it."""

    title = "Weights"
    numbers = "Weights and biases by layer"

    def matrices(self, frame: Frame) -> tuple[Matrix, ...]:
        network = frame.session.run.network
        axes = parameter_axes(network.sizes, network.biased)
        biases = network.biases if network.biased else None
        return parameters(axes, network.weights, biases, frozen_masks(frame))

    def whose(self, frame: Frame) -> str:
        return f"after step {frame.session.run.step:,}"

    def part(self, item: Item, row: int) -> Part | None:
        return Part.MADE

    def headline(self, frame: Frame, *parts: str) -> str:
        # They are nobody's but the network's, and the panel is narrow.
        return " · ".join(parts)
