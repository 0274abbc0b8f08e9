"""The examples of the menu: each opens as an edit, in its author's notation, beside what the author prints."""

from PySide6.QtCore import QObject

from core import edits
from core.examples import Example, offered
from core.workbench import Workbench
from playground.controller import Controller


class Examples(QObject):
    """Lives as long as its controller."""

    def __init__(self, controller: Controller) -> None:
        super().__init__(controller)
        self._controller = controller
        for example in offered():
            action = controller.window.actions_by_name[f"example_{example.name}"]
            action.triggered.connect(lambda _=False, example=example: self.open(example))

    def open(self, example: Example) -> None:
        """Open it at its beginning, at rest."""

        def begin(workbench: Workbench) -> None:
            workbench.apply(edits.open_example(example))
            workbench.choose_sample(example.sample)

        self._controller.engine.pause()
        self._controller.pump.ask(begin, lambda _: self._show(example))

    def _show(self, example: Example) -> None:
        # Loaded with the late panels, not with the program.
        from core.errata import printed_in
        from ui.panels.author import AuthorPanel

        self._controller.preferences.choose_notation(example.notation)
        if printed_in(example.spec.dataset):
            self._controller.window.bring_forward(AuthorPanel)
