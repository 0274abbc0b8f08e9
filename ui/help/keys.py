"""Every key and what it does: those of the commands, and those that a panel or a window has of its own."""

from html import escape

from PySide6.QtGui import QKeySequence

from ui.actions import COMMANDS
from ui.help.entry import Entry, Section
from ui.theme import Theme

Lines = tuple[tuple[str, str], ...]  # keys and what they do, which may have an explanation behind a bar


def written(keys: tuple[str, ...]) -> str:
    """Keys as this system writes them."""
    return ", ".join(QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText) for key in keys)


# What takes keys when it has the focus: by its module, how it is called and its keys.
OWN_KEYS: dict[str, tuple[str, Lines]] = {
    "ui.scene.canvas": (
        "Network",
        (
            ("Arrow keys", "Choose the next node; from an edge, the node at its end or the edge beside it."),
            ("Shift+arrow keys", "From a node, choose an edge."),
            ("Escape", "Choose nothing."),
            ("Menu key, Shift+F10", "What can be done with the chosen node or edge: freeze it, or ask what if."),
            ("+, −, F", "Zoom in, zoom out, fit."),
        ),
    ),
    "ui.panels.gallery": (
        "Gallery of data sets",
        (("Arrow keys, Enter", "From set to set; load it with a network that learns it."),),
    ),
    "ui.matrix.table": (
        "Tables",
        (
            (
                "↑, ↓, Page up, Page down",
                "From row to row, Ctrl+Home and Ctrl+End to the first and the last; in the rows of the data that"
                " chooses the sample.",
            ),
        ),
    ),
    "ui.panels.own_input": (
        "Own input",
        (("Enter", "Ask the network."), ("Escape", "Back to the sample.")),
    ),
    "ui.message": (
        "Whole message",
        (("Escape", "Close it."),),
    ),
    "ui.output.probe": (
        "Output",
        (
            ("Arrow keys", "Move the probe; with Shift by small steps."),
            ("Enter", "Ask the network there, or choose the point under the probe."),
            ("Escape", "Put the probe away."),
        ),
    ),
    "ui.plots": (
        "Curves of loss and history",
        (
            ("←, →, Page up, Page down", "In the loss: move the reading cursor; Home and End: to the ends."),
            ("Escape", "Put the cursor away."),
            ("+, −, F", "Zoom in, zoom out, show all; so do the wheel and a double click."),
            ("Shift+arrow keys", "Move what is zoomed in on; so does dragging."),
        ),
    ),
    "ui.matrix.heatmap": (
        "Weights, gradients, activations, δ",
        (
            ("Arrow keys, Home, End", "From cell to cell; its number is shown."),
            ("Enter", "Choose the node or the edge of the cell."),
            (written(("Ctrl+C",)), "In the table: copy it with its names, for a spreadsheet."),
        ),
    ),
    "ui.panels.delta_history": (
        "History of δ",
        (
            ("←, →, Home, End", "Read an earlier step; Escape: the newest."),
            ("↑, ↓, Page up, Page down, Shift+←, Shift+→", "Scroll it, where it does not fit."),
        ),
    ),
    "ui.panels.slice_plot": (
        "What-if",
        (
            ("←, →, Page up, Page down", "Move the weight or bias; Home and End: to the ends of the curve."),
            ("+, −", "Less of the curve, or more."),
            ("Enter", "In the field: give the network the typed value."),
        ),
    ),
    "ui.equations.view": (
        "Backprop",
        (
            ("↑, ↓, Enter", "In the list of phases: from one to the next; go to it."),
            ("Enter", "Open long sums, or fold them."),
            (written(("Ctrl+C",)), "Copy the equation as text."),
            (written(("Ctrl+Shift+C",)), "Copy it as LaTeX."),
        ),
    ),
    "ui.equations.paths_table": (
        "Paths",
        (
            ("↑, ↓", "From path to path; it is brought out in the network. Escape: none."),
            ("Enter", "Open a group of paths, or close it."),
            (written(("Ctrl+C",)), "Copy the table of all paths."),
            (written(("Ctrl+Shift+C",)), "Copy the path and the sum as LaTeX."),
        ),
    ),
    "ui.panels.history": (
        "History",
        (
            ("Enter", "Open the chosen run again."),
            ("H", "Hide or show the curves of the chosen runs."),
            ("Escape", "Choose none: the curves are shown over the epochs of all runs, and not of the chosen ones."),
            (written(("Ctrl+C",)), "Copy the whole table, for a spreadsheet."),
        ),
    ),
}
ANYWHERE: Lines = (
    ("Space", "Train, or pause; on a button or a box, what that does."),
    ("←, →, Page up, Page down, Home, End", "On the time line: go back in the run, and forward again."),
    ("Tab, Shift+Tab", "To the next control, or to the one before."),
    ("←, →", "On the tabs of panels: the panel before, or the next one."),
    ("Escape", "Bring a panel back from the full screen; close help and other windows like it."),
)
IN_HELP: Lines = (
    ("Ctrl+F", "Search."),
    ("Enter", "In the search: the next entry that has these words."),
)


def by_heading() -> dict[str, Lines]:
    """All keys: a heading for each menu, then the panels and the help."""
    found: dict[str, Lines] = {"Everywhere": ANYWHERE}
    for command in COMMANDS:
        if command.keys:
            line = (written(command.keys), f"{command.title.rstrip('…')} | {command.tip}")
            found[command.menu] = (*found.get(command.menu, ()), line)
    for name, lines in OWN_KEYS.values():
        found[f"{name}, with the focus"] = lines
    return {**found, "In the help": IN_HELP}


def section() -> Section:
    """The keys as a part of the help."""
    groups = enumerate(by_heading().items())
    entries = tuple(Entry(f"keys-{number}", heading, "", table=lines) for number, (heading, lines) in groups)
    return Section("keys", "Keys", "A sheet of them all is one key away: the question mark.", entries)


def table(lines: Lines, theme: Theme) -> str:
    """Keys on the left, what they do on the right."""
    gap = f"padding: {2 * theme.zoom:.0f}px {16 * theme.zoom:.0f}px {2 * theme.zoom:.0f}px 0"
    rows = "".join(
        f'<tr><td width="28%" style="{gap}; font-weight: 600">{escape(keys)}</td>'
        f'<td style="{gap}">{_what(what, theme)}</td></tr>'
        for keys, what in lines
    )
    return f'<table width="100%">{rows}</table>'


def _what(what: str, theme: Theme) -> str:
    title, bar, explanation = what.partition(" | ")
    return f'{escape(title)}<span style="color: {theme.secondary}">{" – " if bar else ""}{escape(explanation)}</span>'
