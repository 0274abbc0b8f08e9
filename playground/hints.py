"""Which hint is shown when: each once in a life, and none while there is no reason for it."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Slot

from core.frame import Frame
from core.record import record
from playground.controller import Controller


@record
class Hint:
    """`due` says whether its time has come; `name` is what the settings remember."""

    name: str
    text: str
    due: Callable[[Frame], bool]


HINTS = (
    Hint(
        "start",
        "Press Space to train. Click a node or an edge to see its numbers.",
        lambda frame: not frame.training and frame.session.run.step == 0,
    ),
    Hint(
        "trained",
        "Press S to go on by one sample at a time and watch each δ. F1 explains every word, ? shows every key.",
        lambda frame: not frame.training and frame.session.run.step > 0,
    ),
)


class Hints(QObject):
    """Looks at each frame that was painted until every hint was seen; lives as long as its controller."""

    def __init__(self, controller: Controller) -> None:
        super().__init__(controller)
        self._controller, self._file = controller, controller.preferences.file
        self._strip = controller.window.hint
        self._shown: Hint | None = None
        self._strip.dismissed.connect(self._seen)
        controller.pump.painted.connect(self._look)

    @Slot()
    def _look(self) -> None:
        frame = self._controller.frame
        if frame is None or frame.training:
            return
        if self._shown is not None and self._shown.name == "start" and frame.session.run.step > 0:
            # Whoever has trained knows it now.
            self._seen()
        for hint in HINTS if self._shown is None else ():
            if hint.name not in self._file.settings.hints and hint.due(frame):
                self._shown = hint
                self._strip.show_hint(hint.text)
                return

    @Slot()
    def _seen(self) -> None:
        if self._shown is not None:
            self._file.change(hints=(*self._file.settings.hints, self._shown.name))
            self._shown = None
            self._strip.hide()
