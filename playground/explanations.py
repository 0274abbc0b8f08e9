"""A whole step written to a file: of the chosen sample or of the batch, as Markdown, LaTeX, text or a worksheet."""

from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QFileDialog

from core.explain.notation import NOTATIONS
from core.frame import Frame
from core.work import Done, Work, go_on
from playground.controller import Controller
from playground.output_files import check_writable, write_text
from playground.pump import INTERVAL


class Explanations(QObject):
    """Lives as long as its controller."""

    def __init__(self, controller: Controller) -> None:
        super().__init__(controller)
        self._controller, self._folder = controller, Path.cwd()
        actions = controller.window.actions_by_name
        actions["explain_sample"].triggered.connect(lambda: self._ask(batch=False))
        actions["explain_batch"].triggered.connect(lambda: self._ask(batch=True))

    def write(self, path: Path, kind: str, frame: Frame, *, batch: bool = False) -> None:
        """Write the report of the frame's sample, or of its whole batch, in the notation of the window; say so."""
        self._folder = path.parent
        notation = NOTATIONS[self._controller.preferences.theme.notation]

        def written() -> Work[str]:
            # Loaded when somebody asks for it.
            from core.explain.of_frame import batch_work, sample_work
            from core.explain.report_kinds import REPORT_KINDS

            check_writable(path)
            report = yield from (batch_work if batch else sample_work)(frame, notation)
            text = yield from REPORT_KINDS[kind].work(report)
            write_text(path, text)
            return f"Saved {path.name}: {REPORT_KINDS[kind].label}, in the notation {notation.label}."

        self._go_on(written(), f"Writing {path.name} …")

    def _go_on(self, work: Work[str], meanwhile: str = "") -> None:
        """Have some of it done between two frames, until all is: training and window go on. Frames never change, so
        that it is still told of the one that was shown."""

        def later() -> None:
            if self._controller.engine.training:
                # Asked again at once, the engine would answer and answer, and come to no burst.
                QTimer.singleShot(INTERVAL, self, lambda: self._go_on(work))
            else:
                # At rest the window would else rest before it is asked again.
                self._go_on(work)

        pump, say = self._controller.pump, self._controller.window.say

        def answered(done: Done[str] | None) -> None:
            if done is not None:
                say(done.result)
                return
            if meanwhile:
                say(meanwhile)
            pump.painted.connect(later, Qt.ConnectionType.SingleShotConnection)

        pump.ask(lambda _: go_on(work), answered)

    def _ask(self, *, batch: bool) -> None:
        """Ask for a name and a kind, and write what the window shows at this moment."""
        from core.explain.report_kinds import REPORT_KINDS

        frame = self._controller.frame
        if frame is None:
            return
        offered = {f"{kind.label} (*{kind.suffix})": kind for kind in REPORT_KINDS if kind.offered}
        name = f"{frame.session.spec.dataset}-step-{frame.session.run.step}"
        chosen, pattern = QFileDialog.getSaveFileName(
            self._controller.window, "Explain in a file", str(self._folder / name), ";;".join(offered)
        )
        if chosen:
            kind, path = offered.get(pattern) or REPORT_KINDS["markdown"], Path(chosen)
            self.write(path if path.suffix else Path(f"{chosen}{kind.suffix}"), kind.name, frame, batch=batch)
