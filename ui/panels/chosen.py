"""The chosen node or edge over time: each of its numbers now, and as the earlier networks of this run had it.

Beside the gradient of the sample stands the mean that the next update is made of, as in the panel of gradients.
"""

import math

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QPalette, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from core.arrays import Array
from core.explain.terms import Kind
from core.frame import Frame
from core.passes import Passes
from core.selection import Item
from ui.labels import LiveText, caption, invitation
from ui.numbers import count, plain, power_of_ten
from ui.panel import Panel
from ui.plots import Plot
from ui.scales import settled_scale
from ui.scene.facts import Fact, facts, mean_fact, quantities, sentence, title
from ui.scene.names import symbol
from ui.theme import Theme, text_font
from ui.throttle import Throttle

HOW = (
    "Nothing is chosen. Click a node or an edge of the network, or walk over them with the arrow keys;"
    " its numbers are then shown here over the steps."
)
CURVES_A_SECOND = 15
NO_CURVE = "Of this moment only: every step has another batch."
PLAIN_AXIS = (1e-100, 1e100)  # a plot cannot compute with much smaller or larger numbers than these
MEAN_WIDTH, MOST_OF_PANEL = 160, 0.3
LEFT = Qt.AlignmentFlag.AlignLeft


class Momentary(QWidget):
    """One number: what it is now, and whose it is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.number = LiveText("Number", alignment=LEFT, role=QPalette.ColorRole.WindowText, parent=self)
        self.whose = LiveText("Whose it is", font=text_font(11), alignment=LEFT, parent=self)
        self.box = QVBoxLayout(self)
        self.box.setContentsMargins(0, 0, 0, 0)
        self.box.setSpacing(0)
        for widget in (self.number, self.whose):
            self.box.addWidget(widget)

    def dress(self, theme: Theme) -> None:
        """Take over colours and zoom."""
        self.number.dress(theme)
        self.whose.dress(theme)

    def begin(self, symbol: str, name: str) -> None:
        """Show another number."""
        self.number.setAccessibleName(f"{symbol} of {name}")
        self.whose.setAccessibleName(f"Whose {symbol} this is")

    def say(self, fact: Fact) -> None:
        """Write the present number."""
        self.number.say(f"{fact.symbol} = {fact.text}")
        self.whose.say(fact.whose)


class Trail(Momentary):
    """A number, and how it came there."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.plot = Plot(self)
        self.plot.axes("step", "")
        self._scale = 0.0
        self._steps, self._values = np.empty(0), np.empty(0)
        self.box.addWidget(self.plot, 1)

    def dress(self, theme: Theme) -> None:
        super().dress(theme)
        self.plot.dress(theme)

    def begin(self, symbol: str, name: str) -> None:
        super().begin(symbol, name)
        self._scale = 0.0
        self.plot.setAccessibleName(f"{symbol} of {name} over the steps")

    def draw(self, steps: Array, values: Array, theme: Theme) -> None:
        """Draw the number over the steps (n,); 0 is always in sight."""
        self._steps, self._values = steps, values
        values = np.where(np.isfinite(values), values, np.nan)
        sound = values[~np.isnan(values)]
        self._scale = settled_scale(float(np.abs(sound).max(initial=0.0)), self._scale)
        power = 0 if PLAIN_AXIS[0] <= self._scale <= PLAIN_AXIS[1] else math.floor(math.log10(self._scale))
        scale, values = self._scale / 10.0**power, values / 10.0**power
        low = -scale if (sound < 0).any() else 0.0
        high = scale if (sound > 0).any() or low == 0 else 0.0
        self.plot.axes("step", f"in {power_of_ten(power)}" if power else "")
        self.plot.show_range((0.0, settled_scale(float(steps[-1]), 0.0)), (low, high))
        self.plot.line("trail", steps, values, theme.text)
        last = slice(-1, None) if not np.isnan(values[-1]) else slice(0)
        self.plot.dots("now", steps[last], values[last], theme.chosen, 7.0)

    def describe(self) -> None:
        """Put into words what the curve shows."""
        steps, values = self._steps, self._values[np.isfinite(self._values)]
        said = f"{self.plot.accessibleName()}. Now {self.number.text()}, {self.whose.text()}."
        if len(steps):
            said += f" Steps {count(int(steps[0]))} to {count(int(steps[-1]))}: "
            said += f"from {plain(values.min())} to {plain(values.max())}." if len(values) else "no finite value."
        self.plot.setAccessibleDescription(said)


class ChosenPanel(Panel):
    """Says how to choose, until something is chosen."""

    title = "Chosen"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.header.value.align(LEFT)
        self.trails: list[Trail] = []
        self._shown_item: tuple[Item, tuple[int, ...], str] | None = None
        self._kinds: tuple[Kind, ...] = ()
        self._passes = Passes()
        self._curves, self._told = Throttle(CURVES_A_SECOND), Throttle(1.0)
        self.how = invitation(HOW)
        self._row = QHBoxLayout()
        self._row.setContentsMargins(16, 0, 16, 8)
        self._row.setSpacing(16)
        self.mean = Momentary(self)
        self.why = caption(NO_CURVE)
        self.why.setWordWrap(True)
        self.why.setContentsMargins(0, 8, 0, 0)
        self.mean.box.addWidget(self.why)
        self.mean.box.addStretch(1)
        self._row.addWidget(self.mean)
        page = QWidget(self)
        page.setLayout(self._row)
        self._pages = QStackedLayout()
        # Before it has pages: a stack that stands nowhere would show the first as a window.
        self.body.addLayout(self._pages)
        self._pages.addWidget(self.how)
        self._pages.addWidget(page)

    def draw(self, frame: Frame) -> None:
        item = frame.chosen
        self._pages.setCurrentIndex(0 if item is None else 1)
        if item is None:
            self._shown_item = None
            self.header.value.say("")
            self.setAccessibleDescription(HOW)
            return
        began = (item, frame.session.spec.sizes, self.theme.notation) != self._shown_item
        if began:
            self._begin(frame, item)
        for trail, fact in zip(self.trails, facts(frame, item), strict=False):
            trail.say(fact)
        if (mean := mean_fact(frame, item)) is not None:
            self.mean.say(mean)
        if self._curves.due(frame) or began:
            self._draw_curves(frame, item)
        if QAccessible.isActive() and (self._told.heard(frame) or began):
            self.setAccessibleDescription(sentence(frame, item, mean=True))
            for trail, _ in zip(self.trails, self._kinds, strict=False):
                trail.describe()

    def show_theme(self, theme: Theme) -> None:
        for number in (*self.trails, self.mean):
            number.dress(theme)
        self.why.setFont(theme.font(11))
        super().show_theme(theme)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """With large text the trails keep their room."""
        self.mean.setFixedWidth(round(min(MEAN_WIDTH * self.theme.zoom, MOST_OF_PANEL * self.width())))

    def _begin(self, frame: Frame, item: Item) -> None:
        """Show another item, with a trail for each of its numbers; they are made once."""
        sizes = frame.session.spec.sizes
        self._shown_item = item, sizes, self.theme.notation
        self._kinds = tuple(quantities(item, frame.session.run.network, frame.trace, frame.gradient))
        while len(self.trails) < len(self._kinds):
            trail = Trail(self)
            trail.dress(self.theme)
            self._row.insertWidget(len(self.trails), trail, 1)
            self.trails.append(trail)
        for trail, kind in zip(self.trails, self._kinds, strict=False):
            trail.begin(symbol(kind, sizes, item.layer), title(sizes, item))
        mean = mean_fact(frame, item)
        self.mean.setVisible(mean is not None)
        if mean is not None:
            self.mean.begin(f"mean {mean.symbol}", title(sizes, item))
        for number, trail in enumerate(self.trails):
            trail.setVisible(number < len(self._kinds))

    def _draw_curves(self, frame: Frame, item: Item) -> None:
        passes = self._passes.through(frame)
        steps = np.array([each.step for each in passes], dtype=np.float64)
        values = np.array(
            [tuple(quantities(item, each.network, each.trace, each.gradient).values()) for each in passes]
        )
        for trail, column in zip(self.trails, values.T, strict=False):
            trail.draw(steps, column, self.theme)
        first, last = int(steps[0]), int(steps[-1])
        self.header.value.say(f"{title(frame.session.spec.sizes, item)} · steps {first:,} to {last:,}")
