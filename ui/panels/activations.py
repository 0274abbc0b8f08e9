"""What every unit computes: its sum z and its activation a, for the chosen sample or as the mean of the next batch."""

import numpy as np

from core.explain.phases import Part
from core.explain.terms import Kind
from core.frame import Frame, batch_pass
from core.selection import Item
from ui.matrix.axes import input_axes, unit_axes
from ui.matrix.matrix import Matrix
from ui.matrix.panel import MatrixPanel, at_phase


class ActivationsPanel(MatrixPanel):
    """The inputs, then z and a of every layer."""

    title = "Activations"
    numbers = "z and a of every unit by layer"
    averages = True

    def matrices(self, frame: Frame) -> tuple[Matrix, ...]:
        trace = batch_pass(frame) if self.averaged else frame.trace
        sizes = frame.session.spec.sizes
        with np.errstate(all="ignore"):
            z, a = ([values.mean(axis=0) for values in quantity] for quantity in (trace.z, trace.a))
        layers = zip(unit_axes(sizes, (Kind.Z, Kind.A)), z, a[1:], strict=True)
        inputs = Matrix(input_axes(sizes), a[0][None])
        units = (Matrix(axes, np.stack(rows)) for axes, *rows in layers)
        return (inputs, *(at_phase(frame, each, [(Kind.Z, k), (Kind.A, k)]) for k, each in enumerate(units, start=1)))

    def part(self, item: Item, row: int) -> Part | None:
        # Inputs are given; what is asked of them is what matters most.
        return None if item.layer == 0 else (Part.PRE_ACTIVATION, Part.ACTIVATION)[row]
