"""The main job where there is no display: train XOR to the end, and leave weights and a picture behind."""

import math
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from playground.faults import Faults

WEIGHTS, PICTURE = Path("xor.npz"), Path("xor.png")
PATIENCE = 120.0


def run() -> int:
    """Train in a window that nobody sees, write the files into the present folder, and say where they are."""
    from PySide6.QtWidgets import QApplication

    from playground.app import DESKTOP_NAME
    from playground.faults import Faults
    from playground.log import log_folder, open_log

    application = QApplication(sys.argv[:1])
    application.setApplicationName(DESKTOP_NAME)
    # Qt remarks that nobody will see this window; everybody knows, and the log takes it.
    with open_log(log_folder()) as log, Faults(log) as faults:
        return _train_xor(application, faults)


def _train_xor(application: "QApplication", faults: "Faults") -> int:
    from playground.assembly import assemble
    from playground.files import save_network

    controller = assemble(application)
    controller.window.show()

    def wait(done: Callable[[], bool]) -> bool:
        deadline = time.monotonic() + PATIENCE
        while not done() and time.monotonic() < deadline:
            application.processEvents()
            faults.end_if_interrupted()
            time.sleep(0.002)
        return done()

    def epochs_done() -> int:
        return controller.frame.session.run.epoch if controller.frame else 0

    said: list[str] = []
    failed: list[BaseException] = []
    wait(lambda: controller.frame is not None)
    assert controller.frame is not None
    goal = controller.frame.session.spec.source.suggestion.epochs
    controller.set_speed(math.inf)
    controller.train_epochs(goal)
    trained = wait(lambda: epochs_done() >= goal and controller.pump.resting)
    controller.pump.ask(lambda workbench: save_network(workbench, WEIGHTS), said.append, failed.append)
    wait(lambda: bool(said or failed) and controller.pump.resting)
    faults.end_if_interrupted()
    pictured = controller.window.grab().save(str(PICTURE))
    frame = controller.frame
    controller.window.close()
    if failed or not pictured or not trained:
        reason = f"{PICTURE.absolute()} cannot be written; go to another folder first."
        if failed:
            reason = str(failed[0])
        elif not trained:
            reason = (
                f"Training stopped after {frame.session.run.epoch} of {goal} epochs; this machine is too slow or busy."
            )
        print(reason, file=sys.stderr)
        return 1
    print(
        f"XOR after {frame.session.run.epoch} epochs: loss {frame.train.objective:.4f},"
        f" accuracy {100 * (frame.train.accuracy or 0.0):.0f} %."
    )
    print(f"Weights: {WEIGHTS.absolute()}\nPicture: {PICTURE.absolute()}")
    return 0
