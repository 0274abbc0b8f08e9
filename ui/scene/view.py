"""Which part of the drawing is looked at: how much it is enlarged, and how far it is moved."""

from core.record import record

LEAST, MOST = 0.5, 16.0


@record
class View:
    """What lies at x, y when everything fits is shown at scale · x + dx, scale · y + dy."""

    scale: float = 1.0
    dx: float = 0.0
    dy: float = 0.0

    def zoomed(self, factor: float, x: float, y: float) -> "View":
        """Larger by `factor`, with the point that is shown at x, y staying there."""
        scale = min(max(self.scale * factor, LEAST), MOST)
        ratio = scale / self.scale
        return View(scale, x - (x - self.dx) * ratio, y - (y - self.dy) * ratio)

    def moved(self, dx: float, dy: float) -> "View":
        """Moved by so much on the screen."""
        return View(self.scale, self.dx + dx, self.dy + dy)

    def in_sight(self, width: float, height: float) -> "View":
        """Moved back until the middle of the room shows some of the drawing."""
        return View(self.scale, _within(self.dx, width, self.scale), _within(self.dy, height, self.scale))


FIT = View()


def _within(offset: float, room: float, scale: float) -> float:
    return min(max(offset, room / 2 - room * scale), room / 2)
