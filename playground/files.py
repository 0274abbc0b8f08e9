"""Network files and pictures: asked for, opened, saved, and remembered as recent."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QFileDialog, QInputDialog

from core import edits
from core.activations import ACTIVATIONS
from core.errors import MissingActivationsError
from core.formats import FORMATS, Document, load, save
from core.mistakes import MISTAKES
from core.session import mistakes_made
from core.workbench import Workbench

if TYPE_CHECKING:
    from playground.controller import Controller


class Files(QObject):
    """Lives as long as its controller."""

    def __init__(self, controller: "Controller") -> None:
        super().__init__(controller)
        self._controller, self._window, self._folder = controller, controller.window, Path.cwd()
        self._settings = controller.preferences.file
        actions = self._window.actions_by_name
        actions["open"].triggered.connect(self.ask_to_open)
        actions["export"].triggered.connect(self.ask_to_export)
        actions["picture"].triggered.connect(self.ask_for_picture)
        self._window.recent.connect(lambda name: self.open(Path(name)))
        self._show_recent()

    def ask_to_open(self) -> None:
        """Ask for a file and open it."""
        path, _ = QFileDialog.getOpenFileName(self._window, "Open network", str(self._folder), _filters())
        if path:
            self.open(Path(path))

    def open(self, path: Path, **missing: str) -> None:
        """Open a network file; `missing` names what a file of bare weights does not say."""
        self._folder = path.parent

        def failed(error: BaseException) -> None:
            if isinstance(error, MissingActivationsError):
                # Not from within the tick: while the dialog is open, frames go on.
                QTimer.singleShot(0, self, lambda: self._ask_activations(path))
            else:
                self._controller.show_error(error)

        self._controller.pump.ask(
            lambda workbench: workbench.apply(edits.open_document(load(path, **missing), path.name)),
            lambda _: self._remember(path),
            failed,
        )

    def ask_to_export(self) -> None:
        """Ask for a name and save the network of this moment."""
        spec = self._controller.spec
        name = "network" if spec is None else spec.dataset
        path, _ = QFileDialog.getSaveFileName(
            self._window, "Export weights", str(self._folder / f"{name}.npz"), _filters()
        )
        if path:
            self.export(Path(path) if Path(path).suffix else Path(f"{path}.npz"))

    def export(self, path: Path) -> None:
        """Save the network of this moment, and say how it compares when read back."""
        self._folder = path.parent

        def saved(sentence: str) -> None:
            self._window.say(sentence)
            self._remember(path)

        self._controller.pump.ask(lambda workbench: save_network(workbench, path), saved)

    def ask_for_picture(self) -> None:
        """Ask for a name and save a picture of the window."""
        path, _ = QFileDialog.getSaveFileName(
            self._window, "Save picture", str(self._folder / "playground.png"), "Picture (*.png)"
        )
        if path:
            saved = self._window.grab().save(path)
            self._window.say(
                f"Saved {Path(path).name}." if saved else f"{path} cannot be written; choose another folder."
            )

    def _ask_activations(self, path: Path) -> None:
        names: list[str] = []
        for layers in ("hidden layers", "output"):
            name, agreed = QInputDialog.getItem(
                self._window,
                "Open network",
                f"{path.name} holds weights without their activations.\nActivation of the {layers}:",
                ACTIVATIONS.names(),
                ACTIVATIONS.names().index("tanh"),
                False,
            )
            if not agreed:
                return
            names.append(name)
        self.open(path, activation=names[0], output_activation=names[1])

    def _remember(self, path: Path) -> None:
        self._settings.keep(self._settings.settings.with_recent(path))
        self._show_recent()

    def _show_recent(self) -> None:
        self._window.show_recent(self._settings.settings.recent)


def save_network(workbench: Workbench, path: Path) -> str:
    """Save the workbench's network and say what came of it; InputError when it cannot be saved."""
    run, spec = workbench.session.run, workbench.session.spec
    difference = save(path, Document(run.network, spec))
    said = f"Saved {path.name} at step {run.step:,}; read back, its outputs differ by at most {difference:g}."
    if mistakes := mistakes_made(workbench.session):
        labels = ", ".join(MISTAKES[name].label for name in mistakes)
        said += f" Its weights were trained with a mistake ({labels}), which is not in the file."
    return said


def _filters() -> str:
    patterns = " ".join(f"*{kind.suffix}" for kind in FORMATS)
    single = ";;".join(f"{kind.label} (*{kind.suffix})" for kind in FORMATS)
    return f"Networks ({patterns});;{single}"
