"""The whole application, window and thread, for tests that click."""

import pytest

from core.session import start_session
from core.spec import suggested
from playground.assembly import assemble
from playground.settings import Settings, SettingsFile
from ui.scene.names import write_in


@pytest.fixture(autouse=True)
def _usual_names():
    """Labels are in 365's notation, whatever a test has left."""
    write_in("365")


class Application:
    """The real window over the real engine, with the few gestures that every story needs."""

    def __init__(self, qtbot, qapp, dataset):
        self.qtbot = qtbot
        self.controller = assemble(qapp, start_session(suggested(dataset)), SettingsFile(first=Settings(theme="light")))
        self.window = self.controller.window
        self.window.show()
        qtbot.waitUntil(lambda: self.controller.frame is not None)

    @property
    def frame(self):
        assert self.controller.frame is not None
        return self.controller.frame

    @property
    def spec(self):
        return self.frame.session.spec

    @property
    def run(self):
        return self.frame.session.run

    def settle(self):
        """Wait until nothing is under way and everything is shown, the panels that come late too."""
        self.window.complete()
        self.qtbot.waitUntil(lambda: self.controller.pump.resting, timeout=10_000)

    def settle_paused(self):
        """Pause, and wait until everything is shown."""
        self.controller.engine.pause()
        self.controller.pump.wake()
        self.settle()

    def trigger(self, action):
        self.window.actions_by_name[action].trigger()

    def train_to(self, epochs):
        self.controller.set_speed(float("inf"))
        self.controller.train_epochs(epochs)
        self.settle()

    def close(self):
        self.window.close()
        self.window.deleteLater()


@pytest.fixture
def application(qtbot, qapp, request):
    opened = []

    def open_with(dataset="xor"):
        opened.append(Application(qtbot, qapp, dataset))
        return opened[-1]

    yield open_with
    for each in opened:
        each.close()


@pytest.fixture
def xor(application):
    return application("xor")
