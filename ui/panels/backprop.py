"""One backpropagation explained: its phases, and the equation of what is chosen with the numbers of this moment."""

import math
from collections.abc import Iterator, Mapping

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QStackedLayout, QWidget

from core.explain.naming import Naming
from core.explain.notation import NOTATIONS, Notation
from core.explain.phases import Part, Phase, phase_title, phases, table_step_name
from core.explain.plain_text import plain_text
from core.explain.put_in import SHOWN_FIRST, put_in_indices
from core.explain.shown import (
    AFTER_THE_SAMPLE,
    equation_at,
    made_of,
    mistaken_at,
    part_wished,
    phase_shown,
    phases_with,
    shown,
)
from core.explain.typeset import Typesetter
from core.frame import Frame
from core.mistakes import MISTAKES
from core.network import Network
from core.parameters import has_parameter
from core.selection import Item, MadeWish, PhaseChoice
from core.work import Growing, finished
from ui.equations.objective import ObjectivePage, Told, told_of
from ui.equations.phase_list import NOT_BEGUN, PhaseList
from ui.equations.samples import SamplesPage
from ui.equations.sheets import making_sheet
from ui.equations.view import EquationView, Sheet
from ui.matrix.scrolled import ScrollRoom
from ui.panel import Panel
from ui.prepared import Order
from ui.segments import Segments
from ui.theme import Theme

# So many terms of a sum are shown at once when it is opened, and all when they are ready.
AT_ONCE = 40
# The next update of a batch is computed at once where that takes so few multiplications.
OF_THE_BATCH, QUICK = (*AFTER_THE_SAMPLE, Part.MADE), 100_000
VIEWS = (
    ("Equation", "The equation of what is chosen, or of the phase: in general, here, and with the numbers put in."),
    ("Samples", "The gradient of the chosen weight or bias for each sample of the batch, their sums and their mean."),
    ("Objective", "What is minimised now, in words and as a formula."),
)
TENSES = {
    Part.MADE: ("now", "Where the number comes from: the last update of the run, or its start. (U: the next update.)"),
    Part.UPDATE: ("next", "What the next update is going to make of it. (U: where the number of now comes from.)"),
}


class BackpropPanel(Panel):
    """Phases beside the equation, the samples or the objective; the equation lives with the training.

    `wished` says which equation of what is chosen is wanted, by its part of the update.
    """

    title = "Backprop"
    wished = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.header.value.align(Qt.AlignmentFlag.AlignLeft)
        self.phases, self.equation = PhaseList(self), EquationView("Equation", self)
        self.samples, self.objective = SamplesPage(self), ObjectivePage(self)
        self.view = Segments("Backprop: view", VIEWS)
        self.view.changed.connect(self._again)
        self.header.add_tool(self.view)
        self.quantity = self._tool("Equation of", "Which equation of the chosen node or edge is shown.")
        self.notation = self._tool("Notation", "In whose names, indices and layer numbers everything is written.")
        for notation in NOTATIONS:
            self.notation.addItem(notation.label, notation.name)
            self.notation.setItemData(self.notation.count() - 1, notation.source, Qt.ItemDataRole.ToolTipRole)
        self.phases.jumped.connect(lambda at: self.edited.emit(PhaseChoice(at)))
        self.phases.called.connect(self.called)
        self.equation.turned.connect(self._again)
        self.equation.copied.connect(lambda kind: self.header.value.say(f"copied as {kind}"))
        self.quantity.activated.connect(lambda _: self.wish(self.quantity.currentData()))
        self.notation.activated.connect(lambda _: self.called.emit(f"notation_{self.notation.currentData()}"))
        self._wished: Part | None = None
        self._of_edges: Part | None = None
        self._made: object = None
        self._phases: tuple[object, ...] = ()
        self._titles: tuple[str, ...] = ()
        self._tips: tuple[str, ...] = ()
        self._quantities: tuple[object, ...] = ()
        self._form: tuple[object, ...] = ()
        self._names: dict[Item, dict[Part, str]] = {}
        self._known: set[tuple[Item | None, Part | None]] = set()
        self._known_in: tuple[object, ...] = ()
        self._makes = False
        self._asked: Frame | None = None
        self._sheets: Order[tuple[Sheet, str]] = Order("equation", self.edited.emit)
        self._objectives: Order[tuple[Told, str]] = Order("objective", self.edited.emit)
        row = QHBoxLayout()
        row.setContentsMargins(16, 0, 16, 8)
        row.setSpacing(16)
        row.addWidget(self.phases, 1)
        self._pages = QStackedLayout()
        # Before it has pages: a stack that stands nowhere would show the first as a window.
        row.addLayout(self._pages, 2)
        self.body.addLayout(row)
        for page in (ScrollRoom(self.equation), self.samples, self.objective):
            self._pages.addWidget(page)

    def show_frame(self, frame: Frame) -> None:
        super().show_frame(frame)
        at, last = (NOT_BEGUN, 0) if frame.stepping is None else (frame.stepping.at, len(frame.stepping.phases) - 1)
        self.phases.follow(at, last)

    def toggle_play(self) -> None:
        """Play the phases, or stop."""
        self.phases.play.toggle()

    def wish(self, part: Part | None) -> None:
        """Show that equation of what is chosen, or, with None, what matters most of it."""
        self._wished = part
        self._quantities = ()
        self.wished.emit(part)
        self._again()

    def turn(self) -> None:
        """Show the update that made the chosen weight or bias, or, where that is shown, the next one."""
        if self.frame is not None:
            self.view.choose(0)
            self.wish(Part.UPDATE if self._part(self.frame) is Part.MADE else Part.MADE)

    def prefer(self, part: Part) -> None:
        """Show that equation of an edge of which nothing else is wished: of the number that the network shows by it."""
        self._of_edges = part
        self._again()

    def draw(self, frame: Frame) -> None:
        notation = NOTATIONS[self.theme.notation]
        self._show_phases(frame, notation)
        self._show_quantities(frame, notation)
        self._pages.setCurrentIndex(self.view.current)
        for page, order in ((0, self._sheets), (2, self._objectives)):
            if page != self.view.current:
                order.cancel()
        self._have_made(frame)
        match self.view.current:
            case 0:
                self._show_equation(frame, notation)
            case 1:
                self.samples.show_frame(frame)
                self.header.value.say(_headline(frame))
            case _:
                self._show_objective(frame, notation)

    def out_of_sight(self) -> None:
        self._have_made(None)
        self._sheets.cancel()
        self._objectives.cancel()

    def show_theme(self, theme: Theme) -> None:
        self.phases.show_theme(theme)
        self.samples.show_theme(theme)
        with QSignalBlocker(self.notation):
            self.notation.setCurrentIndex(self.notation.findData(theme.notation))
        super().show_theme(theme)

    def _have_made(self, frame: Frame | None) -> None:
        """Have the update that made the chosen number found while it is shown, and ask for it until it is."""
        item = None if frame is None or self._part(frame) is not Part.MADE or self.view.current else frame.chosen
        if frame is None or item is None or not has_parameter(frame.network, item):
            if self._makes:
                self._makes = False
                self.edited.emit(MadeWish(on=False))
            return
        lacking = not frame.training and frame.stepping is None and made_of(frame) is None
        if not self._makes or (lacking and frame is not self._asked):
            self._makes, self._asked = True, frame
            self.edited.emit(MadeWish())

    def _show_equation(self, frame: Frame, notation: Notation) -> None:
        """Typeset where frames are made: here it is painted, under the headline of the frame whose numbers it has."""
        part, opened, room = self._part(frame), self.equation.opened, self.equation.room_for_lines
        last: list[Sheet] = []

        def make(frame: Frame) -> Growing[tuple[Sheet, str]]:
            found, headline = shown(frame, part), _headline(frame)
            if opened and max(found.step.rows, *found.step.network.sizes) > AT_ONCE:
                beginning = yield from making_sheet(frame, found, notation, AT_ONCE)
                yield (yield from beginning.laying(room)), headline
            sheet = yield from making_sheet(frame, found, notation, None if opened else SHOWN_FIRST)
            last[:] = [(yield from sheet.laying(room, *last))]
            return last[0], headline

        made = self._sheets.take(frame, (notation.name, part, opened, room), make)
        look = (self._form, notation.name, opened, room)
        if look != self._known_in:
            self._known_in = look
            self._known.clear()
        if made is not None:
            self._known.add((frame.chosen, part))
        elif (frame.chosen, part) in self._known and self._is_cheap(frame):
            # Its names and signs have their places: to put its numbers in takes no longer than to wait for them.
            made = finished(make(frame))
        if made is not None and made is not self._made:
            self._made = made
            sheet, headline = made
            self.equation.show_sheet(sheet)
            self.header.value.say(headline)

    def _is_cheap(self, frame: Frame) -> bool:
        """Whether all numbers that go into the equation are in the frame, or computed in less than a millisecond."""
        if frame.stepping is not None or frame.chosen is None or self.equation.opened:
            return False
        part, mistaken = self.quantity.currentData(), frame.session.spec.mistake is not None
        if part is Part.MADE and (found := made_of(frame)) is not None:
            return not mistaken and found.step.mistake is None
        products = len(frame.batch) * sum(weights.size for weights in frame.network.weights)
        return not mistaken and (part not in OF_THE_BATCH or products <= QUICK)

    def _show_objective(self, frame: Frame, notation: Notation) -> None:
        room = self.objective.formula.room_for_lines

        def make(frame: Frame) -> tuple[Told, str]:
            sheet, words = told_of(frame, notation)
            return (sheet.laid(room), words), _headline(frame)

        made = self._objectives.take(frame, (notation.name, room), make)
        if made is not None and made is not self._made:
            self._made = made
            told, headline = made
            self.objective.show_told(told)
            self.header.value.say(headline)

    def _show_phases(self, frame: Frame, notation: Notation) -> None:
        network, walk = frame.network, frame.stepping
        mistake = frame.session.spec.mistake
        key = (network.sizes, network.activations, network.biased, len(frame.batch), notation.name, mistake)
        if key != self._phases:
            self._phases = key
            naming = Naming(notation, network.sizes, network.activations)
            found = phases(network, len(frame.batch)) if walk is None else walk.phases
            titles = [phase_title(phase, naming) for phase in found]
            marks = (_mark(phase, frame, mistake) for phase in found)
            self._titles = tuple(f"{mark}{title}" for mark, title in zip(marks, titles, strict=True))
            self._tips = tuple(
                title if phase.step is None else f"{title} ({table_step_name(phase.step)})"
                for phase, title in zip(found, titles, strict=True)
            )
        self.phases.show_phases(self._titles, NOT_BEGUN if walk is None else walk.at, self._tips)

    def _show_quantities(self, frame: Frame, notation: Notation) -> None:
        """Offer the equations of what is chosen; while an update is walked through its phase says which."""
        item, network = frame.chosen, frame.network
        free = item is not None and frame.stepping is None
        self.quantity.setEnabled(free)
        self.quantity.setVisible(item is not None)
        rows = len(frame.batch)
        form = (network.sizes, network.activations, network.loss, network.biased, rows, notation.name)
        wished = self._part(frame)
        if (item, form, wished) == self._quantities or item is None:
            return
        self._quantities = (item, form, wished)
        if form != self._form:
            self._form = form
            self._names.clear()
        if item not in self._names:
            offered = phases_with(network, rows, item)
            self._names[item] = dict(
                each for phase in offered for each in _offers(phase, network, rows, item, notation)
            )
        names = self._names[item]
        with QSignalBlocker(self.quantity):
            # It only grows: one that changes its width with each click has the whole header laid out anew.
            self.quantity.setMinimumContentsLength(max(self.quantity.minimumContentsLength(), self._length(names)))
            self.quantity.clear()
            for part, name in names.items():
                self.quantity.addItem(name, part)
                if part in TENSES:
                    self.quantity.setItemData(self.quantity.count() - 1, TENSES[part][1], Qt.ItemDataRole.ToolTipRole)
            now = phase_shown(network, rows, item, wished)
            part = wished if wished in names else None if now is None else now.part
            self.quantity.setCurrentIndex(max(0, self.quantity.findData(part)))

    def _length(self, names: Mapping[Part, str]) -> int:
        """How long the longest name is, counted in letters X, as Qt does it."""
        metrics = self.quantity.fontMetrics()
        return math.ceil(max(map(metrics.horizontalAdvance, names.values())) / metrics.horizontalAdvance("X"))

    def _part(self, frame: Frame) -> Part | None:
        """The part of an update by which what is chosen is explained."""
        return part_wished(frame, self._wished, self._of_edges)

    def _again(self) -> None:
        if self.frame is not None:
            self.show_again(self.frame)

    def _tool(self, name: str, tip: str) -> QComboBox:
        box = QComboBox(self)
        box.setAccessibleName(name)
        box.setToolTip(tip)
        box.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.header.add_tool(box)
        return box


def _headline(frame: Frame) -> str:
    """Whose numbers are shown."""
    walk = frame.stepping
    if walk is None:
        return f"{frame.subject} after step {frame.session.run.step:,}"
    whole = "" if walk.update.rows == 1 else f" of a batch of {walk.update.rows:,}"
    return f"{frame.subject}{whole} · phase {walk.at + 1} of {len(walk.phases)}"


def _offers(phase: Phase, network: Network, rows: int, item: Item, notation: Notation) -> Iterator[tuple[Part, str]]:
    """What the phase computes at the item, on one line; what an update makes, with what made it."""
    equation = equation_at(phase, network, rows, item)
    assert equation is not None
    left = put_in_indices(equation.left, equation.place, network.activations)
    name = plain_text(Typesetter(Naming(notation, network.sizes, network.activations)).box(left))
    if equation.update:
        yield from ((part, f"{name} {tense}") for part, (tense, _) in TENSES.items())
    else:
        yield phase.part, name


def _mark(phase: Phase, frame: Frame, mistake: str | None) -> str:
    """What stands before a phase in which the mistake is made."""
    if mistake is None or mistaken_at(phase, frame.network, len(frame.batch), MISTAKES[mistake]) is None:
        return ""
    return "✗ "
