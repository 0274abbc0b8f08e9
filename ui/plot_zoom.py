"""Which part of a plot is shown: all of it, or what was zoomed in on; nothing here needs pyqtgraph."""

from core.record import record

Range = tuple[float, float]

SMALLEST = 1e-6  # of the whole, along an axis
ZOOM_STEP, MOVE_STEP = 0.8, 0.1


@record
class Part:
    """A rectangle of a plot, in the units of its axes."""

    x: Range
    y: Range

    def zoomed(self, factor: float, at: tuple[float, float] | None = None) -> "Part":
        """So many times as wide and high, with the same place under `at`, or in the middle."""
        x, y = (sum(self.x) / 2, sum(self.y) / 2) if at is None else at
        return Part(_scaled(self.x, factor, x), _scaled(self.y, factor, y))

    def moved(self, x: float, y: float) -> "Part":
        """Moved by shares of its own width and height."""
        return Part(_moved(self.x, x), _moved(self.y, y))

    def within(self, whole: "Part") -> "Part":
        """Moved and made as small or large as lies in the whole."""
        return Part(_within(self.x, whole.x), _within(self.y, whole.y))


class Zoom:
    """Keeps the part that the user chose while the whole grows."""

    def __init__(self) -> None:
        self._whole = Part((0.0, 1.0), (0.0, 1.0))
        self._part: Part | None = None

    @property
    def zoomed(self) -> bool:
        """Whether less than the whole is shown."""
        return self._part is not None

    @property
    def shown(self) -> Part:
        """What is shown."""
        return self._whole if self._part is None else self._part

    @property
    def magnified(self) -> float:
        """How many times as wide as when all of it is shown."""
        whole, part = self._whole.x, self.shown.x
        return (whole[1] - whole[0]) / (part[1] - part[0])

    def take(self, whole: Part) -> None:
        """Take another whole."""
        self._whole = whole
        if self._part is not None:
            self.show(self._part)

    def show(self, part: Part | None) -> None:
        """Show that part, as far as it lies in the whole; None is all."""
        part = None if part is None else part.within(self._whole)
        self._part = None if part == self._whole else part


def _scaled(ends: Range, factor: float, at: float) -> Range:
    return at + (ends[0] - at) * factor, at + (ends[1] - at) * factor


def _moved(ends: Range, share: float) -> Range:
    by = share * (ends[1] - ends[0])
    return ends[0] + by, ends[1] + by


def _within(ends: Range, whole: Range) -> Range:
    full = whole[1] - whole[0]
    width = min(max(ends[1] - ends[0], SMALLEST * full), full)
    if width >= full:
        return whole
    low = min(max(ends[0], whole[0]), whole[1] - width)
    return low, low + width
