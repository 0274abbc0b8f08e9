"""The gradient check: backpropagation against central differences for the next batch, by layer or by parameter."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QToolButton, QWidget

from core.checking import Checking, LayerCheck
from core.explain.terms import Kind
from core.frame import Frame
from core.gradient_check import TOLERANCE, Comparison
from core.selection import Edge, GradientChecking, Item, ItemChoice, Node
from ui.grid import Grid
from ui.labels import Sentence
from ui.mistake_banner import mistake_on
from ui.numbers import count, counted, percent, plain, scientific
from ui.panel import Panel
from ui.panels.comparisons import ComparisonsTable, error_text, marked
from ui.scene.names import node_name, numbered_layer_name, parameter_label, symbol
from ui.segments import Segments
from ui.theme import Theme

ROWS = (
    ("worst error", "|g − ĝ| ÷ max(1, |g|, |ĝ|), the largest in the layer."),
    ("at", "Where that is; Enter chooses it in all panels."),
    ("backpropagation g", "The gradient there by backpropagation."),
    ("central difference ĝ", "(E(θ + ε) − E(θ − ε)) ÷ 2ε there."),
    ("compared", "How many were compared and counted."),
    ("at a kink", "How many were not counted: the move by ±ε takes a unit across the kink of its activation."),
    ("failed", "How many errors are too large; which, is said below."),
)
VIEWS = (
    ("Layers", "The worst of each layer, and how many were compared."),
    ("Parameters", "Every weight, bias and input with both its gradients; a click on a title sorts, Enter chooses."),
)
DIGITS = 7
LEFT = Qt.AlignmentFlag.AlignLeft


class CheckPanel(Panel):
    """While a check is under way each frame that is drawn asks for its next slice: hidden, it waits."""

    title = "Check"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.button = QToolButton(self)
        self.button.clicked.connect(self._press)
        self._show_button(under_way=False)
        self.what = Sentence("What is checked", alignment=LEFT, parent=self)
        self.failures = Sentence("Failed", role=QPalette.ColorRole.WindowText, alignment=LEFT, parent=self)
        self.kinks = Sentence("At a kink, not counted", alignment=LEFT, parent=self)
        self.grid = Grid("Gradient check by layer", ROWS, self)
        self.grid.activated.connect(self._point)
        self.list = ComparisonsTable(self)
        self.list.activated.connect(self._point)
        self.view = Segments("Check: view", VIEWS)
        self.view.changed.connect(self._switch)
        self.header.add_tool(self.view)
        self._pages = QStackedLayout()
        self._asked: Checking | None = None
        self.body.setContentsMargins(16, 0, 16, 4)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.what, 1)
        line.addWidget(self.button)
        self.body.addLayout(line)
        # Before it has pages: a stack that stands nowhere would show the first as a window.
        self.body.addLayout(self._pages, 1)
        for page in (self.grid, self.list):
            self._pages.addWidget(page)
        for names in (self.failures, self.kinks):
            names.hide()
            self.body.addWidget(names)

    def begin(self) -> None:
        """Check the next batch from the beginning."""
        self.edited.emit(GradientChecking(anew=True))

    def draw(self, frame: Frame) -> None:
        checking = frame.checking
        self._pages.setCurrentIndex(self.view.current)
        self._show_button(under_way=checking is not None and checking.under_way)
        if checking is None:
            self.header.value.say("")
            rows = counted(len(frame.batch), "row")
            self.what.say(f"Compares every gradient of the next batch, {rows}, with central differences.")
            self.grid.show_cells((), ())
            self.list.comparisons.show_found((), str)
            self._name(self.failures, "")
            self._name(self.kinks, "")
            return
        sizes = frame.session.spec.sizes
        self.header.value.say(_verdict(checking, sizes))
        self.what.say(_what(checking))
        columns = [
            numbered_layer_name(sizes, layer.layer) if layer.layer else symbol(Kind.D_A, sizes, 0)
            for layer in checking.layers
        ]
        self.grid.show_cells(columns, [_column(layer, sizes) for layer in checking.layers])
        if self.view.current == 1:
            self.list.comparisons.show_found(checking.found, lambda found: _name(found, sizes))
        self._name(self.failures, _failures(checking, sizes))
        self._name(self.kinks, _kinks(checking, sizes))
        if checking.under_way and checking is not self._asked:
            self._asked = checking
            self.edited.emit(GradientChecking())

    def show_theme(self, theme: Theme) -> None:
        for text in (self.what, self.failures, self.kinks):
            text.dress(theme)
        self.grid.dress(theme)
        self.list.dress(theme)
        super().show_theme(theme)

    def _press(self) -> None:
        checking = None if self.frame is None else self.frame.checking
        if checking is not None and checking.under_way:
            self.edited.emit(GradientChecking(cancelled=True))
        else:
            self.begin()

    def _show_button(self, *, under_way: bool) -> None:
        text = "Cancel" if under_way else "Check gradients"
        if text != self.button.text():
            self.button.setText(text)
            self.button.setAccessibleName(text)
            self.button.setToolTip(
                "Leave it at what was found so far."
                if under_way
                else "Compare every gradient of the next batch with central differences (Ctrl+G)."
            )

    def _name(self, names: Sentence, said: str) -> None:
        if said != names.text():
            names.say(said)
            names.setVisible(bool(said))
            names.setToolTip(said)

    def _point(self, index: QModelIndex | QPersistentModelIndex) -> None:
        if self.frame is not None and self.frame.checking is not None:
            layers, by_layer = self.frame.checking.layers, self.view.current == 0
            found = layers[index.column()].worst if by_layer else self.list.comparisons.line(index.row())
            if found is not None:
                self.edited.emit(ItemChoice(_item(found)))

    def _switch(self) -> None:
        if self.frame is not None:
            self.show_again(self.frame)


def _verdict(checking: Checking, sizes: tuple[int, ...]) -> str:
    """Whether it passed, or how far it has come."""
    worst = checking.worst
    found = "" if worst is None else f"worst error {error_text(worst)} at {_name(worst, sizes)}"
    if checking.under_way:
        return f"{percent(checking.done / checking.needed)} · {found}"
    if checking.done < checking.needed:
        return f"cancelled at {percent(checking.done / checking.needed)} · {found}"
    if worst is None:
        return "nothing to compare: all are at a kink"
    return f"✓ passed: {found}" if checking.passed else f"✗ failed: {found}"


def _kinks(checking: Checking, sizes: tuple[int, ...]) -> str:
    found = [found for layer in checking.layers for found in layer.kinks]
    return _listed("At a kink, not counted", found, sum(layer.at_kinks for layer in checking.layers), sizes)


def _failures(checking: Checking, sizes: tuple[int, ...]) -> str:
    found = [found for layer in checking.layers for found in layer.failures]
    return _listed("✗ Failed", found, sum(layer.failed for layer in checking.layers), sizes)


def _listed(what: str, found: list[Comparison], of: int, sizes: tuple[int, ...]) -> str:
    names, more = ", ".join(_name(each, sizes) for each in found), of - len(found)
    return f"{what}: {names}{f' and {more:,} more' if more else ''}" if found else ""


def _what(checking: Checking) -> str:
    done = f"{count(checking.done)} of {count(checking.needed)}" if checking.done < checking.needed else "all"
    said = (
        f"Next batch of step {checking.step:,}, {counted(checking.rows, 'row')}, {checking.loss}: {done} compared;"
        f" an error of at most {scientific(TOLERANCE, 0)} is right."
    )
    return said if checking.mistake is None else f"{mistake_on(checking.mistake)}: its gradients are compared. {said}"


def _column(layer: LayerCheck, sizes: tuple[int, ...]) -> tuple[str, ...]:
    worst = layer.worst
    numbers = ("–",) * 4
    if worst is not None:
        numbers = (marked(worst), _name(worst, sizes), plain(worst.analytic, DIGITS), plain(worst.numeric, DIGITS))
    failed = f"✗ {count(layer.failed)}" if layer.failed else "0"
    return (*numbers, count(layer.counted), count(layer.at_kinks), failed)


def _name(found: Comparison, sizes: tuple[int, ...]) -> str:
    """Such as x₁ → h₂, b of h₂, or x₁ of row 3 of the batch."""
    if found.quantity == "x":
        row, node = found.index
        return f"{node_name(sizes, 0, node)} in row {row + 1}"
    return parameter_label(sizes, _item(found))


def _item(found: Comparison) -> Item:
    if found.quantity == "W":
        return Edge(found.layer, *found.index)
    return Node(found.layer, found.index[-1])
