"""The panels, one entry each: where it stands at first and how much room it is given there."""

from collections.abc import Callable
from importlib import import_module

from core.record import record
from core.registry import Registry
from ui.panel import Panel
from ui.panels.data import DataPanel
from ui.panels.graph import GraphPanel
from ui.panels.learning import LearningPanel
from ui.panels.output import OutputPanel
from ui.panels.weights import WeightsPanel

CENTRE, LEFT, RIGHT, BOTTOM = "centre", "left", "right", "bottom"


@record
class PanelEntry:
    """A panel by name; in its `area` the panels share the room by `share`, those at the bottom lie on each other.

    A `late` one is made when the window has been painted first: it lies under others, or its libraries take long.
    """

    name: str
    label: str
    help: str
    area: str
    share: int
    make: Callable[[], Panel]
    late: bool = False


def late(module: str, name: str) -> Callable[[], Panel]:
    """Makes the panel of that name, and loads its module only then."""

    def make() -> Panel:
        return getattr(import_module(module), name)()

    return make


PANELS: Registry[PanelEntry] = Registry("panel")
for entry in (
    PanelEntry("network", "Network", "The network as a graph.", CENTRE, 1, GraphPanel),
    PanelEntry("data", "Data", "The data sets and the rows of the chosen one.", LEFT, 5, DataPanel),
    PanelEntry("learning", "Learning", "How the network learns.", LEFT, 3, LearningPanel),
    PanelEntry("output", "Output", "What the network answers.", RIGHT, 5, OutputPanel),
    PanelEntry("loss", "Loss", "The objective over the epochs.", RIGHT, 4, late("ui.panels.loss", "LossPanel"), True),
    PanelEntry("weights", "Weights", "Every weight and bias by layer.", RIGHT, 3, WeightsPanel),
    PanelEntry(
        "backprop",
        "Backprop",
        "The phases of one update, and every equation with its numbers.",
        BOTTOM,
        1,
        late("ui.panels.backprop", "BackpropPanel"),
        True,
    ),
    PanelEntry(
        "paths",
        "Paths",
        "Every path from the chosen weight or node to the loss, and their sum.",
        BOTTOM,
        1,
        late("ui.panels.paths", "PathsPanel"),
        True,
    ),
    PanelEntry(
        "author",
        "Author",
        "What the texts print beside ours, and what is wrong with it.",
        BOTTOM,
        1,
        late("ui.panels.author", "AuthorPanel"),
        True,
    ),
    PanelEntry(
        "deltas",
        "δ",
        "The error signal of every node.",
        BOTTOM,
        1,
        late("ui.panels.deltas", "DeltasPanel"),
        True,
    ),
    PanelEntry(
        "gradients",
        "Gradients",
        "The slope of E along every weight and bias.",
        BOTTOM,
        1,
        late("ui.panels.gradients", "GradientsPanel"),
        True,
    ),
    PanelEntry(
        "activations",
        "Activations",
        "z and a of every unit.",
        BOTTOM,
        1,
        late("ui.panels.activations", "ActivationsPanel"),
        True,
    ),
    PanelEntry(
        "chosen",
        "Chosen",
        "The chosen node or edge over time.",
        BOTTOM,
        1,
        late("ui.panels.chosen", "ChosenPanel"),
        True,
    ),
    PanelEntry(
        "what-if",
        "What-if",
        "The loss along the chosen weight or bias, which is moved by hand, or frozen.",
        BOTTOM,
        1,
        late("ui.panels.what_if", "WhatIfPanel"),
        True,
    ),
    PanelEntry(
        "history",
        "History",
        "The finished runs, to compare and reopen.",
        BOTTOM,
        1,
        late("ui.panels.history", "HistoryPanel"),
        True,
    ),
    PanelEntry(
        "compare",
        "Compare",
        "An earlier step of the run beside the present one.",
        BOTTOM,
        1,
        late("ui.panels.compare", "ComparePanel"),
        True,
    ),
    PanelEntry(
        "check",
        "Check",
        "Backpropagation against central differences.",
        BOTTOM,
        1,
        late("ui.panels.check", "CheckPanel"),
        True,
    ),
    PanelEntry(
        "break-it",
        "Break it",
        "Classic mistakes, made on purpose and healed.",
        BOTTOM,
        1,
        late("ui.panels.break_it", "BreakItPanel"),
        True,
    ),
):
    PANELS.add(entry)
