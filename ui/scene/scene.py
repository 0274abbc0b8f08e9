"""What the network drawing shows at one moment."""

from PySide6.QtCore import QPointF

from core.frame import Frame
from core.record import record
from core.selection import Item
from ui.scene.geometry import Geometry
from ui.surface import Surface


@record(eq=False)
class Scene:
    """`by_gradient`: edges and biases by the mean gradient of the next batch, not by their values.

    `hovered` lies under the mouse at `pointer`; `moving` while the arrangement changes. `surface` is what the nodes
    answer over the plane.
    """

    frame: Frame
    geometry: Geometry
    surface: Surface | None
    chosen: Item | None
    hovered: Item | None
    pointer: QPointF
    by_gradient: bool
    moving: bool

    @property
    def pointed(self) -> list[tuple[Item, bool]]:
        """What to bring out, and whether it is the chosen one, which comes last."""
        items: list[tuple[Item, bool]] = []
        if self.hovered is not None and self.hovered != self.chosen:
            items.append((self.hovered, False))
        return items if self.chosen is None else [*items, (self.chosen, True)]
