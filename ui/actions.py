"""Every command of the window in one table; menus, toolbar and keys are built from it."""

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence

from core.edits import BEGINS_ANEW
from core.examples import offered
from core.record import record
from ui.resources import icon
from ui.theme import Theme


@record
class Command:
    """`menu` is where it stands, "" for nowhere; `keys` the first of which is shown; `tip` what it does;
    `short` is its title where there is little room."""

    name: str
    menu: str
    title: str
    tip: str
    keys: tuple[str, ...] = ()
    icon: str = ""
    checkable: bool = False
    separated: bool = False
    short: str = ""


COMMANDS = (
    Command(
        "open",
        "File",
        "Open network…",
        f"Load a network from a .npz or .json file. {BEGINS_ANEW}",
        ("Ctrl+O",),
        "folder-open",
    ),
    Command(
        "export",
        "File",
        "Export weights…",
        "Save the trained network as .npz or .json; the file is read back and compared.",
        ("Ctrl+E", "Ctrl+S"),
        "download",
        short="Export",
    ),
    Command(
        "explain_sample",
        "File",
        "Explain the sample in a file…",
        "One backpropagation of the chosen sample with all its numbers, as Markdown, LaTeX or text, or as a worksheet"
        " with blanks and its solution.",
        ("Ctrl+Shift+E",),
        separated=True,
    ),
    Command(
        "explain_batch",
        "File",
        "Explain the batch in a file…",
        "The next update with all its numbers: each sample of its batch, the means and the new weights.",
        ("Ctrl+Shift+B",),
    ),
    Command("picture", "File", "Save picture…", "Save a picture of the whole window.", ("Ctrl+P",)),
    Command("quit", "File", "Quit", "Close the playground.", ("Ctrl+Q",), separated=True),
    Command("undo", "Edit", "Undo", "Take the last edit back, with the weights as they were.", ("Ctrl+Z",), "undo-2"),
    Command("redo", "Edit", "Redo", "Bring back what was undone.", ("Ctrl+Shift+Z", "Ctrl+Y"), "redo-2"),
    Command(
        "type_weights",
        "Edit",
        "Weights by hand…",
        f"Type or paste whole matrices of weights and biases, to start from them. {BEGINS_ANEW}",
        ("Ctrl+W",),
        separated=True,
    ),
    Command(
        "what_if",
        "Edit",
        "What if…",
        "Move the chosen weight, or the bias of the chosen node, by hand, and see what the loss does.",
        ("W",),
    ),
    Command(
        "freeze",
        "Edit",
        "Freeze or thaw",
        "Have the chosen weight, or the bias of the chosen node, keep its value in every update; again: let it learn.",
        ("L",),
    ),
    Command("train", "Run", "Train", "Train, or pause. The space bar does it too.", ("T", "F5"), "play"),
    Command(
        "step_sample",
        "Run",
        "Step sample",
        "Add the next sample to its batch and show it; the update falls on the batch's last sample.",
        ("S",),
        "step-forward",
        short="Sample",
    ),
    Command("step_batch", "Run", "Step batch", "One update from one batch.", ("B",), "chevrons-right", short="Batch"),
    Command("step_epoch", "Run", "Step epoch", "Train to the end of the epoch.", ("E",), "fast-forward", short="Epoch"),
    Command(
        "step_phase",
        "Run",
        "Step phase",
        "One phase of the next update; the last one makes it.",
        ("P",),
        "chevron-right",
        separated=True,
        short="Phase",
    ),
    Command("phase_back", "Run", "Phase back", "One phase back.", ("Shift+P",), "chevron-left"),
    Command(
        "last_or_next",
        "Run",
        "Last or next update",
        "How the chosen weight or bias came about: the update that made it; again: what the next one makes of it.",
        ("U",),
    ),
    Command("play_phases", "Run", "Play phases", "Phase after phase, slowly; again: stop.", ("Ctrl+Shift+P",)),
    Command("run_epochs", "Run", "Run epochs…", "Train so many epochs, then pause.", ("Ctrl+R",)),
    Command(
        "maximum",
        "Run",
        "Maximum speed",
        "Train as fast as the machine can; again: the chosen speed.",
        ("M",),
        "gauge",
        True,
    ),
    Command(
        "step_back",
        "Run",
        "Step back",
        "Take the last update back: everything as it was before it.",
        ("Shift+B", "Alt+Left"),
        "step-back",
        separated=True,
    ),
    Command(
        "to_end",
        "Run",
        "To the end of the run",
        "From an earlier step back to the last one made.",
        ("Alt+End",),
        "skip-forward",
    ),
    Command(
        "branch",
        "Run",
        "Branch off here",
        "Begin a run of its own at this earlier step; what lay ahead is kept among the finished runs.",
        ("Ctrl+B",),
    ),
    Command(
        "compare_here",
        "Run",
        "Compare from here",
        "Remember this step, and show what changes from it to any other step of the run.",
        ("Ctrl+K",),
    ),
    Command(
        "check_gradients",
        "Run",
        "Check gradients",
        "Compare every gradient of the next batch with central differences.",
        ("Ctrl+G",),
    ),
    Command(
        "break_it",
        "Run",
        "Break it",
        "Choose a classic mistake of backpropagation, and see what comes of it.",
        ("Ctrl+M",),
    ),
    Command(
        "heal",
        "Run",
        "Heal the mistake",
        "Train on without the mistake, from the weights as they are now.",
        ("Ctrl+H",),
    ),
    Command(
        "reset",
        "Run",
        "Reset",
        f"Back to the same start; what is frozen stays frozen. {BEGINS_ANEW}",
        ("R",),
        "rotate-ccw",
        separated=True,
    ),
    Command("new_seed", "Run", "New seed", f"Draw a new start; the data stay. {BEGINS_ANEW}", ("N",), "dices"),
    Command("next_sample", "Run", "Next sample", "Show the numbers of the next row.", ("]",), separated=True),
    Command("previous_sample", "Run", "Previous sample", "Show the numbers of the row before.", ("[",)),
    *(
        Command(f"example_{each.name}", "Examples", each.label, f"{each.help} {BEGINS_ANEW}", (f"Alt+{number}",))
        for number, each in enumerate(offered(), 1)
    ),
    Command("zoom_in", "View", "Larger text", "Text, and all that is drawn with it, larger.", ("Ctrl++", "Ctrl+=")),
    Command("zoom_out", "View", "Smaller text", "Text, and all that is drawn with it, smaller.", ("Ctrl+-",)),
    Command("zoom_reset", "View", "Text at 100 %", "Text as large as at first.", ("Ctrl+0",)),
    Command(
        "theme_system",
        "View",
        "Colours of the system",
        "Light or dark as the system is.",
        ("Ctrl+Shift+A",),
        checkable=True,
        separated=True,
    ),
    Command("theme_light", "View", "Light", "Light colours.", ("Ctrl+Shift+L",), checkable=True),
    Command("theme_dark", "View", "Dark", "Dark colours.", ("Ctrl+Shift+D",), checkable=True),
    Command("theme_switch", "View", "Switch light and dark", "From light to dark or back.", ("Ctrl+D",)),
    Command(
        "notation_code",
        "View",
        "Notation of this program",
        "z, a, W, δ, η; layer 0 is the input.",
        ("Ctrl+1",),
        checkable=True,
        separated=True,
    ),
    Command("notation_365", "View", "Notation of 365", "a, h, y; w, u; η.", ("Ctrl+2",), checkable=True),
    Command("notation_medium", "View", "Notation of Medium", "z, a, s; W; ε; columns.", ("Ctrl+3",), checkable=True),
    Command("notation_duke", "View", "Notation of Duke", "a, z, ŷ; E_n; λ; columns.", ("Ctrl+4",), checkable=True),
    Command("notation_next", "View", "Next notation", "From one notation to the next.", ("Ctrl+Shift+N",)),
    Command("full_screen", "View", "Full screen", "The window alone.", ("F11",), checkable=True, separated=True),
    Command(
        "panel_alone", "View", "Panel full screen", "The panel with the focus alone; Escape: back.", ("Shift+F11",)
    ),
    Command("next_panel", "View", "Next panel", "Give the focus to the next panel.", ("F6",)),
    Command("message", "View", "Whole message", "Show the sentence at the bottom whole, however long it is.", ("F8",)),
    Command(
        "reset_layout", "View", "Reset layout", "Every panel where it was at first.", ("Ctrl+Shift+R",), separated=True
    ),
    Command("help", "Help", "Help", "Every word, formula and panel explained.", ("F1",), "circle-help"),
    Command("keys", "Help", "Keys", "Every key and what it does.", ("?",)),
    Command("about", "Help", "About", "Versions and licences.", ("Ctrl+I",)),
)

# Those that are often out of use, and look so.
FADING = frozenset({"undo", "redo", "step_back", "to_end"})


def make_actions(parent: QObject) -> dict[str, QAction]:
    """One QAction for each command, by name."""
    actions: dict[str, QAction] = {}
    for command in COMMANDS:
        action = QAction(command.title, parent)
        action.setIconText(command.short or command.title)
        action.setShortcuts([QKeySequence(key) for key in command.keys])
        action.setCheckable(command.checkable)
        action.setToolTip(f"{command.tip} ({command.keys[0]})" if command.keys else command.tip)
        actions[command.name] = action
    return actions


def dress(actions: dict[str, QAction], theme: Theme) -> None:
    """Give the actions their icons in the theme's colours."""
    for command in COMMANDS:
        if command.icon:
            fades = theme.line if command.name in FADING else None
            actions[command.name].setIcon(icon(command.icon, theme.text, fades))
