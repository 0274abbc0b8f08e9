"""The panels, one entry each: where it stands at first and how much room it is given there."""

from collections.abc import Callable
from dataclasses import dataclass

from core.registry import Registry
from ui.panel import Panel
from ui.panels.activations import ActivationsPanel
from ui.panels.chosen import ChosenPanel
from ui.panels.data import DataPanel
from ui.panels.deltas import DeltasPanel
from ui.panels.gradients import GradientsPanel
from ui.panels.graph import GraphPanel
from ui.panels.history import HistoryPanel
from ui.panels.learning import LearningPanel
from ui.panels.loss import LossPanel
from ui.panels.output import OutputPanel
from ui.panels.weights import WeightsPanel

CENTRE, LEFT, RIGHT, BOTTOM = "centre", "left", "right", "bottom"


@dataclass(frozen=True)
class PanelEntry:
    """A panel by name; in its `area` the panels share the room by `share`, those at the bottom lie on each other."""

    name: str
    label: str
    help: str
    area: str
    share: int
    make: Callable[[], Panel]


PANELS: Registry[PanelEntry] = Registry("panel")
for entry in (
    PanelEntry("network", "Network", "The network as a graph.", CENTRE, 1, GraphPanel),
    PanelEntry("data", "Data", "The data sets and the rows of the chosen one.", LEFT, 5, DataPanel),
    PanelEntry("learning", "Learning", "How the network learns.", LEFT, 4, LearningPanel),
    PanelEntry("output", "Output", "What the network answers.", RIGHT, 5, OutputPanel),
    PanelEntry("loss", "Loss", "The objective over the epochs.", RIGHT, 4, LossPanel),
    PanelEntry("weights", "Weights", "Every weight and bias by layer.", RIGHT, 3, WeightsPanel),
    PanelEntry("deltas", "δ", "The error signal of every node.", BOTTOM, 1, DeltasPanel),
    PanelEntry("gradients", "Gradients", "The slope of E along every weight and bias.", BOTTOM, 1, GradientsPanel),
    PanelEntry("activations", "Activations", "z and a of every unit.", BOTTOM, 1, ActivationsPanel),
    PanelEntry("chosen", "Chosen", "The chosen node or edge over time.", BOTTOM, 1, ChosenPanel),
    PanelEntry("history", "History", "The finished runs, to compare and reopen.", BOTTOM, 1, HistoryPanel),
):
    PANELS.add(entry)
