"""Frames of many kinds for the widgets to show."""

import math
from dataclasses import replace

import numpy as np
import pytest

from core.arrays import frozen
from core.network import Layer
from core.preparing import Preparations, Preparing
from core.session import start_session
from core.spec import suggested
from core.workbench import Workbench
from ui.scene.names import write_in


@pytest.fixture(autouse=True)
def _usual_names():
    """Labels are in 365's notation, whatever a test has left."""
    write_in("365")


def make_workbench(dataset="xor", **choices):
    return Workbench(start_session(replace(suggested(dataset), **choices)))


def spoiled(frame):
    """The frame's session with NaN and infinite weights, as a broken run would show them."""
    network = frame.session.run.network
    first = network.layers[0].weights.copy()
    first[0, 0], first[-1, -1] = np.nan, np.inf
    layers = (Layer(frozen(first), network.layers[0].biases, network.layers[0].activation), *network.layers[1:])
    run = replace(frame.session.run, network=replace(network, layers=layers))
    bench = Workbench(replace(frame.session, run=run))
    return bench.frame()


MAKERS = {
    "xor": lambda: make_workbench().frame(),
    "1-1": lambda: make_workbench("sine", hidden=(), activations=("identity",)).frame(),
    "8x16": lambda: make_workbench("circle", hidden=(16,) * 8, activations=("tanh",) * 9).frame(),
    "many classes": lambda: make_workbench("blobs-4").frame(),
    "one sample": lambda: make_workbench("circle", samples=1, train_share=1.0).frame(),
    "many inputs": lambda: make_workbench("parity-8").frame(),
    "wide": lambda: make_workbench("circle", hidden=(64, 32), activations=("relu", "softplus", "tanh")).frame(),
    "NaN": lambda: spoiled(make_workbench().frame()),
}


@pytest.fixture(params=MAKERS)
def any_frame(request):
    return MAKERS[request.param]()


@pytest.fixture
def xor():
    bench = make_workbench()
    bench.train(50)
    return bench


@pytest.fixture
def workbench():
    return make_workbench


def prepared(panel):
    """The panel, which is given at once what it wants to have made: in the window that comes with the next frame."""
    preparations, show = Preparations(), panel.show_frame

    def show_frame(frame):
        show(replace(frame, prepared=preparations.of(frame, training=False, seconds=math.inf)))

    def answer(gesture):
        if isinstance(gesture, Preparing):
            preparations.want(gesture)
            if gesture.make is not None:
                show_frame(panel.frame)

    panel.show_frame = show_frame
    panel.edited.connect(answer)
    return panel


@pytest.fixture(name="prepared", scope="session")
def prepared_panel():
    return prepared


@pytest.fixture(scope="session")
def linear_rgb():
    """How much red, green and blue light (3,) a colour is: sRGB's curve undone."""

    def linear(colour):
        share = np.array([colour.redF(), colour.greenF(), colour.blueF()])
        return np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)

    return linear
