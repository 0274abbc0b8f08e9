"""Every choice there is, read from the registries: a new entry there is in the help without another word."""

from collections.abc import Iterable
from typing import Protocol

from core.activations import ACTIVATIONS
from core.datasets import DATASETS, Dataset
from core.initializers import INITIALIZERS
from core.losses import LOSSES
from core.optimizers import OPTIMIZERS
from core.penalties import PENALTIES
from ui.help.entry import Entry, Section
from ui.help.panel_texts import TEXTS
from ui.numbers import count
from ui.panels import PANELS, PanelEntry


class Explained(Protocol):
    """What the entries of a registry with formulas have."""

    @property
    def name(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def formula(self) -> str: ...
    @property
    def help(self) -> str: ...


def _choices(anchor: str, title: str, text: str, registry: Iterable[Explained]) -> Section:
    entries = (
        Entry(f"{anchor}-{entry.name}", entry.label, entry.help, (entry.formula,), (entry.name,)) for entry in registry
    )
    return Section(anchor, title, text, tuple(entries))


def _dataset(dataset: Dataset) -> Entry:
    kind = f"{dataset.classes} classes" if dataset.classes else "real targets"
    rows = f"{count(dataset.samples)} rows" + ("" if dataset.table else " unless you choose otherwise")
    suggestion = dataset.suggestion
    hidden = "-".join(map(str, suggestion.hidden)) or "no"
    return Entry(
        f"dataset-{dataset.name}",
        dataset.label,
        f"{dataset.help} Inputs: {dataset.inputs}; {kind}; {rows}. It comes with a network that learns it: {hidden}"
        f" hidden units, {ACTIVATIONS[suggestion.activation].label}, η = {suggestion.eta:g}.",
        (),
        (dataset.name,),
    )


def _panel(panel: PanelEntry) -> Entry:
    return Entry(f"panel-{panel.name}", panel.label, f"{panel.help} {TEXTS.get(panel.name, '')}".rstrip())


def sections() -> tuple[Section, ...]:
    """What the panels show, and every choice, in the order of their registries."""
    return (
        Section(
            "panels",
            "Panels",
            "Every number says whose it is: of one sample, the mean of a batch, or of the whole set. Click a node, an"
            " edge or a row in one panel, and all panels show it.",
            tuple(_panel(panel) for panel in PANELS),
        ),
        _choices(
            "activation",
            "Activation functions",
            "What a node makes of its pre-activation. Every layer has its own.",
            ACTIVATIONS,
        ),
        _choices("loss", "Losses", "Per sample, over the outputs j; m is how many there are.", LOSSES),
        _choices("penalty", "Penalties", "What the objective adds to the mean loss.", PENALTIES),
        _choices("initialiser", "Starts", "How the weights are drawn before the first step.", INITIALIZERS),
        _choices("optimiser", "Optimisers", "How the gradient changes the weights and biases.", OPTIMIZERS),
        Section(
            "dataset",
            "Data sets",
            "All are drawn from the data seed by code; none needs a file.",
            tuple(_dataset(dataset) for dataset in DATASETS),
        ),
    )
