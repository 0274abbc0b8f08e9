"""What if one weight or bias were another: it is moved by hand, and the loss along it, its tangent and η's step answer.

To move it is an edit like any other: the network of all panels has the new value at once, and undo brings the old back.
"""

import math
from itertools import count

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedLayout, QToolButton, QWidget

from core import edits
from core.arrays import Array
from core.explain.terms import Kind
from core.frame import Frame
from core.network import Network
from core.parameters import Parameter, parameter
from core.selection import Edge, LossSlicing
from core.what_if import Slice
from ui.freezing import KEEPS, freeze_or_thaw, frozen, parameter_of
from ui.grid import Grid
from ui.labels import caption, invitation
from ui.numbers import counted, plain
from ui.panel import Panel
from ui.panels.slice_plot import SlicePlot
from ui.plot_parts import DASHED, DOTTED
from ui.scales import settled_range, settled_scale
from ui.scene.names import parameter_label, spelled, symbol
from ui.segments import Segments
from ui.theme import Theme
from ui.throttle import Throttle

HOW = (
    "Nothing with a weight or a bias is chosen. Click an edge, or a node behind the inputs, or walk over them with the"
    " arrow keys; then it can be moved here, and the loss answers."
)
TOO_LARGE = "The value is not finite, or too large to be drawn; type another, or undo."
OVER = (
    ("Training set", "The mean over all training rows: what is minimised."),
    ("Next batch", "The mean over the rows of the next update: the tangent is the gradient that it goes against."),
)
ROWS = (
    ("loss J", "The objective over these rows: the mean of their losses, and the penalty."),
    ("tangent g", "∂J/∂{w} by backpropagation: the mean of ∂{E}/∂{w} over these rows, and the penalty's slope."),
    ("{η}-step to", "{w} − {η} g: where one step of gradient descent leads, if this parameter alone took it."),
    ("predicted", "What the tangent promises of that step: −{η} g²."),
    ("really", "What that step really does to J; with a large {η} it may well go up."),
    ("sample's {y}", "The outputs for the chosen sample, at this moment."),
    ("sample's {E}", "Its own loss."),
)
STEPS = 200  # of an arrow key, from the middle of what is in sight to its end
MOST, NARROWEST = 1e100, 1e-9
COLUMN, FIELD, DIGITS, MOST_OUTPUTS = 292, 96, 5, 8
_gestures = count()


class WhatIfPanel(Panel):
    """Each frame that is drawn asks for a slice of the loss, or for more of it, until it has that of its network."""

    title = "What-if"
    rate = 10

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.header.value.align(Qt.AlignmentFlag.AlignLeft)
        self._item: tuple[Parameter, tuple[int, ...]] | None = None
        self._named: object = None
        self._middle, self._reach = 0.0, 1.0
        self._heights: tuple[float, float] | None = None
        self._asked: tuple[LossSlicing, Network, Slice | None] | None = None
        # A value that waits until the one before has been answered, and the one that the hand began with.
        self._wanted: float | None = None
        self._moving = False
        self._was: float | None = None
        self._begin_gesture()
        self._told = Throttle(1.0)
        self.over = Segments("What-if: over", OVER, self)
        self.over.changed.connect(self._again)
        self.freezer = QToolButton(self)
        self.freezer.setText("Freeze")
        self.freezer.setCheckable(True)
        self.freezer.setAccessibleName("Freeze this weight or bias")
        self.freezer.setToolTip(f"{KEEPS} (L)")
        self.freezer.clicked.connect(self._freeze)
        self._make_pages()
        for tool in (self.symbol, self.number, self.over, self.freezer):
            self.header.add_tool(tool)

    def draw(self, frame: Frame) -> None:
        self._moving = False
        if frame.training:
            # The curve is another by now.
            self._was = None
        item = parameter_of(frame, frame.chosen)
        self._pages.setCurrentIndex(0 if item is None else 1)
        for tool in (self.number, self.over, self.freezer):
            tool.setEnabled(item is not None)
        self.freezer.setChecked(item is not None and frozen(frame, item))
        if item is None:
            self._item = self._wanted = None
            self.header.value.say("")
            self.setAccessibleDescription(HOW)
            return
        self._begin(frame, item)
        if self._wanted is not None:
            value, self._wanted = self._wanted, None
            self._move(value)
        self._show(frame, item)

    def show_theme(self, theme: Theme) -> None:
        self.plot.dress(theme)
        self.grid.dress(theme)
        self.grid.setMaximumWidth(round(COLUMN * theme.zoom))
        self.number.setFixedWidth(round(FIELD * theme.zoom))
        super().show_theme(theme)

    def take_the_value(self) -> None:
        """Have the keys type another value."""
        self.number.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.number.selectAll()

    def _begin(self, frame: Frame, item: Parameter) -> None:
        """Look at the right part of the loss along another parameter, or along one that has left that part."""
        sizes, value = frame.session.spec.sizes, parameter(frame.session.run.network, item)
        if self._item != (item, sizes):
            self._item, self._heights, self._wanted = (item, sizes), None, None
            self._reach = settled_scale(2 * max(1.0, abs(value)) if abs(value) < MOST else 1.0, 0.0)
            self._middle = math.inf
            self.number.setModified(False)
            self.number.deselect()
            self._begin_gesture()
        if self._named != (item, sizes, self.theme.notation):
            self._named = item, sizes, self.theme.notation
            self._write_names(sizes, item)
        # What is held stays where it is, unless it is another parameter by now.
        held = self.plot.holding and math.isfinite(self._middle)
        if abs(value) < MOST and abs(value - self._middle) > 0.95 * self._reach and not held:
            # Ends that are round, so that they stay where they are while training.
            self._middle = round(2 * value / self._reach) * self._reach / 2

    def _write_names(self, sizes: tuple[int, ...], item: Parameter) -> None:
        """Everything in the letters of the notation."""
        name = parameter_label(sizes, item)
        letter = symbol(Kind.W, sizes, item.layer) if isinstance(item, Edge) else symbol(Kind.B)
        self.symbol.setText(f"{letter} =")
        self.number.setAccessibleName(f"Value of {name}")
        self.plot.setAccessibleName(f"Loss along {name}")
        self.plot.axes(name, "loss J")
        letters = {"w": letter} | {each: spelled(each) for each in "Eyη"}
        self.grid.rename([(title.format(**letters), tip.format(**letters)) for title, tip in ROWS])

    def _show(self, frame: Frame, item: Parameter) -> None:
        network = frame.session.run.network
        value = parameter(network, item)
        sound = abs(value) < MOST
        found = self._look(frame, item) if sound else None
        # What is selected is about to be typed over.
        if not (self.number.isModified() or self.number.hasSelectedText()):
            self.number.setText(f"{value:.6g}")
            # Where there is little room its end is cut, and not its sign.
            self.number.setCursorPosition(0)
        name = parameter_label(frame.session.spec.sizes, item)
        said = f"{name} · after step {frame.session.run.step:,}"
        if frozen(frame, item):
            said += " · frozen: no update moves it"
        self.header.value.say(said if sound else TOO_LARGE)
        self._draw_curve(frame, found, value)
        self.grid.show_cells((self._whose(frame, found),), (_cells(frame, found),))
        if QAccessible.isActive() and self._told.heard(frame):
            self.setAccessibleDescription(said)
            self.plot.setAccessibleDescription(_words(found))

    def _look(self, frame: Frame, item: Parameter) -> Slice | None:
        """The slice that there is; a newer one, or more of it, is asked for."""
        network, found = frame.session.run.network, frame.slice
        low, high = self._middle - self._reach, self._middle + self._reach
        wanted = LossSlicing(item, low, high, batch=self.over.current == 1, anew=not frame.training)
        current = found is not None and found.network is network and _same(found.asked, wanted)
        if found is None or not current or found.under_way:
            asking = wanted, network, found
            if asking != self._asked:
                self._asked = asking
                self.edited.emit(wanted)
        if found is None or (found.asked.item, found.asked.batch) != (item, wanted.batch):
            return None
        return found

    def _draw_curve(self, frame: Frame, found: Slice | None, value: float) -> None:
        losses = np.array([]) if found is None else _drawable(found.losses)
        if found is None or not np.isfinite(losses).any():
            self.plot.clear_lines()
            self.plot.show_cursor(None)
            return
        theme = self.theme
        self._heights = settled_range(float(np.nanmin(losses)), float(np.nanmax(losses)), self._heights)
        self.plot.show_range((self._middle - self._reach, self._middle + self._reach), self._heights)
        self.plot.line("loss", found.values, losses, theme.text)
        ends = np.array([found.asked.low, found.asked.high])
        self.plot.line("tangent", ends, _drawable(found.tangent(ends)), theme.secondary, dash=DASHED)
        promised = found.loss + found.predicted
        targets, reached = _drawable(np.array([found.target] * 2)), _drawable(np.array([promised, found.after]))
        self.plot.line("step", targets, reached, theme.secondary, dash=DOTTED)
        self.plot.dots("promised", targets[:1], reached[:1], theme.secondary, 6.0)
        self.plot.dots("after", targets[1:], reached[1:], theme.text, 6.0)
        was = np.array([] if self._was is None else [self._was])
        self.plot.dots("was", was, np.interp(was, found.values, losses), theme.secondary, 9.0)
        # While it trains the point stays on its curve; else both are of this moment.
        fresh = found.network is frame.session.run.network or frame.training
        now = (found.value, found.loss) if fresh else (value, self._loss_at(frame, found, value))
        self.plot.dots("now", np.array(now[:1]), np.array(now[1:]), theme.chosen, 13.0)
        self.plot.show_cursor(now[0])

    @staticmethod
    def _loss_at(frame: Frame, found: Slice, value: float) -> float:
        """The loss of a value that the slice does not have as its own, since it is on its way."""
        if not found.asked.batch:
            return frame.train.objective
        return float(np.interp(value, found.values, found.losses))

    def _whose(self, frame: Frame, found: Slice | None) -> str:
        rows = frame.session.data.train if self.over.current == 0 else len(frame.batch)
        old = f", step {found.step:,}" if found is not None and found.step != frame.session.run.step else ""
        return f"{OVER[self.over.current][0].lower()}, {counted(rows, 'row')}{old}"

    def _in_hand(self) -> tuple[Frame, Parameter] | None:
        """The frame and the parameter shown; none while a network of another shape has come and is not yet drawn."""
        if self.frame is None or self._item is None or self.frame.session.spec.sizes != self._item[1]:
            return None
        return self.frame, self._item[0]

    def _move(self, value: float) -> None:
        """Give the parameter another value, as soon as the one before has been answered."""
        if (held := self._in_hand()) is None:
            return
        if self._moving:
            self._wanted = value
            return
        self._moving = True
        frame, item = held
        if self._was is None:
            self._was = parameter(frame.session.run.network, item)
        label = parameter_label(frame.session.spec.sizes, item)
        self.edited.emit(edits.set_parameter(item, value, label, merge=self._gesture))

    def _drag(self, value: float) -> None:
        """To a value with no more digits than can be seen, and not out of sight."""
        unit = 10.0 ** math.floor(math.log10(self._reach / STEPS))
        low, high = self._middle - self._reach, self._middle + self._reach
        self._move(float(np.clip(round(value / unit) * unit, low, high)))

    def _step(self, steps: int) -> None:
        if (held := self._in_hand()) is not None:
            now = parameter(held[0].session.run.network, held[1])
            value = now if self._wanted is None else self._wanted
            self._drag(value + max(-2 * STEPS, min(2 * STEPS, steps)) * self._reach / STEPS)

    def _type(self) -> None:
        if not self.number.isModified() or self._item is None:
            return
        self.number.setModified(False)
        text = self.number.text().strip().replace("−", "-").replace(",", ".")
        self._begin_gesture()
        try:
            self._move(float(text))
        except ValueError:
            self.edited.emit(edits.refusal(f"{text!r} is not a number; {self.number.accessibleName()} stays as it is."))

    def _widen(self, factor: float) -> None:
        """Look at more of the curve, or less; the value keeps its place."""
        if (held := self._in_hand()) is None:
            return
        value = parameter(held[0].session.run.network, held[1])
        reach = float(np.clip(self._reach * factor, max(1.0, abs(value)) * NARROWEST, MOST))
        if abs(value) < MOST:
            self._middle = value + (self._middle - value) * reach / self._reach
            self._reach, self._heights = reach, None
            self._again()

    def _freeze(self) -> None:
        if (held := self._in_hand()) is not None:
            self.edited.emit(freeze_or_thaw(*held))

    def _begin_gesture(self) -> None:
        # All the moves of one drag undo as one.
        self._gesture, self._was = f"what if {next(_gestures)}", None

    def _again(self, _: int = 0) -> None:
        if self.frame is not None:
            self.show_again(self.frame)

    def _make_pages(self) -> None:
        self.how = invitation(HOW)
        self.plot = SlicePlot(self)
        self.plot.grabbed.connect(self._begin_gesture)
        self.plot.dragged.connect(self._drag)
        self.plot.stepped.connect(self._step)
        self.plot.widened.connect(self._widen)
        self.plot.setToolTip(
            "Drag the point: the network has that value at once, in every panel, and undo brings the old one back."
            " ← and →: small steps. The wheel, + and −: less or more of the curve."
        )
        self.symbol = caption("")
        self.number = QLineEdit(self)
        self.number.setToolTip("Type another value; Enter gives it to the network.")
        self.number.editingFinished.connect(self._type)
        # Keys are the window's again once a number is entered.
        self.number.returnPressed.connect(self.number.clearFocus)
        self.grid = Grid("Loss, tangent and step", ROWS, self)
        self.grid.horizontalHeader().setStretchLastSection(True)
        page = QWidget(self)
        row = QHBoxLayout(page)
        row.setContentsMargins(16, 0, 16, 8)
        row.setSpacing(16)
        row.addWidget(self.plot, 1)
        row.addWidget(self.grid, 1)
        self._pages = QStackedLayout()
        # Before it has pages: a stack that stands nowhere would show the first as a window.
        self.body.addLayout(self._pages)
        self._pages.addWidget(self.how)
        self._pages.addWidget(page)


def _drawable(values: Array) -> Array:
    """A plot cannot compute with larger numbers."""
    return np.where(np.abs(values) < MOST, values, np.nan)


def _same(one: LossSlicing, other: LossSlicing) -> bool:
    return (one.item, one.low, one.high, one.batch) == (other.item, other.low, other.high, other.batch)


def _cells(frame: Frame, found: Slice | None) -> tuple[str, ...]:
    numbers = ("–",) * 5
    if found is not None:
        changes = (_signed(found.predicted), _signed(found.real))
        numbers = (*(plain(each, DIGITS) for each in (found.loss, found.slope, found.target)), *changes)
    y = frame.trace.y[0]
    outputs = ", ".join(plain(float(each)) for each in y[:MOST_OUTPUTS]) + (" …" if len(y) > MOST_OUTPUTS else "")
    return (*numbers, outputs, plain(frame.sample_loss, DIGITS) if frame.has_target else "–")


def _signed(change: float) -> str:
    return f"+{plain(change)}" if change > 0 else plain(change)


def _words(found: Slice | None) -> str:
    """The curve in words."""
    if found is None or not np.isfinite(found.losses).any():
        return "Nothing to draw."
    lowest = int(np.nanargmin(found.losses))
    step = f"A step of {spelled('η')} leads to {plain(found.target)}"
    return (
        f"From {plain(found.asked.low)} to {plain(found.asked.high)} the loss lies between"
        f" {plain(float(np.nanmin(found.losses)))}, at {plain(float(found.values[lowest]))}, and"
        f" {plain(float(np.nanmax(found.losses)))}. Now at {plain(found.value)}: {plain(found.loss)}, slope"
        f" {plain(found.slope)}. {step}: predicted {_signed(found.predicted)}, really {_signed(found.real)}."
    )
