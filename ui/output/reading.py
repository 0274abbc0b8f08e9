"""How outputs are read and said: their range, their class, and the words for them and for targets."""

import numpy as np

from core.arrays import Array
from core.datasets import ENCODINGS, Data
from core.frame import Frame
from core.network import forward
from ui.numbers import fixed, percent, plain
from ui.scene.names import spelled

MOST_NUMBERS = 4


def output_range(data: Data) -> tuple[float, float]:
    """The two ends between which an output is coloured: the targets of the two classes, or those farthest from 0."""
    if data.encoding is not None:
        return ENCODINGS[data.encoding].low, ENCODINGS[data.encoding].high
    largest = float(np.abs(data.t).max()) or 1.0
    return -largest, largest


def share(values: Array, ends: tuple[float, float]) -> Array:
    """Values brought from between the ends to −1 … 1."""
    low, high = ends
    return (values - (low + high) / 2) * (2 / (high - low))


def answers(frame: Frame, x: Array) -> Array:
    """The outputs y (n, n_K) at inputs x (n, n_0) of the frame's network."""
    with np.errstate(all="ignore"):
        return forward(frame.session.run.network, x).y


def sample_in_words(frame: Frame, *, brief: bool = False) -> str:
    """Outputs and target of the frame's own sample; if `brief`, of several outputs the largest alone."""
    return _said(frame.subject, frame.trace.y[0], frame.session.data, frame.t[0], brief)


def row_in_words(frame: Frame, row: int, *, brief: bool = False) -> str:
    """Outputs and target of a row of the data."""
    data = frame.session.data
    return _said(f"sample {row + 1}", answers(frame, data.x[row : row + 1])[0], data, data.t[row], brief)


def place_in_words(frame: Frame, x: Array, *, brief: bool = False) -> str:
    """What the network answers at inputs x (n_0,)."""
    place = ", ".join(plain(value, 7) for value in x.tolist())
    place = f"({place})" if len(x) > 1 else f"{spelled('x', 0)} = {place}"
    return f"at {place}: {_answer(answers(frame, x[None])[0], frame.session.data, brief)}"


def outputs_in_words(y: Array) -> str:
    """The numbers of outputs y (n_K,); of more than a few, the largest."""
    if len(y) <= MOST_NUMBERS or np.isnan(y).any():
        return ", ".join(fixed(value) for value in y.tolist()[:MOST_NUMBERS])
    largest = int(y.argmax())
    return f"largest {spelled('y', largest)} = {fixed(float(y[largest]))}"


def target_in_words(data: Data, t: Array) -> str:
    """The target t (n_K,): its number, or which one of several it is; nothing where there is none."""
    if np.isnan(t).any():
        return ""
    if len(t) == 1 or data.encoding is None:
        return f"{spelled('t')} = " + ", ".join(_brief(value) for value in t.tolist()[:MOST_NUMBERS])
    number = int(ENCODINGS[data.encoding].read(t[None])[0])
    return f"{spelled('t', number)} = {plain(float(t[number]))}"


def quality_in_words(frame: Frame) -> str:
    """How well the whole sets are answered: by accuracy where there are classes, else by loss."""
    if frame.train.accuracy is None:
        test = "" if frame.test is None else f", {fixed(frame.test.data_loss, 4)} over the test rows"
        return f"Mean loss: {fixed(frame.train.data_loss, 4)} over the training rows{test}."
    test = "" if frame.test is None else f", {percent(frame.test.accuracy)} of the test rows"
    return f"Accuracy: {percent(frame.train.accuracy)} of the training rows{test}."


def _brief(value: float) -> str:
    """A whole number as it is, any other with three decimals."""
    return plain(value) if value == round(value) else fixed(value)


def _answer(y: Array, data: Data, brief: bool) -> str:
    if not brief or len(y) == 1 or data.encoding is None or np.isnan(y).any():
        return outputs_in_words(y)
    largest = int(y.argmax())
    return f"{spelled('y', largest)} {fixed(float(y[largest]))}"


def _said(subject: str, y: Array, data: Data, t: Array, brief: bool) -> str:
    target = target_in_words(data, t)
    if target and len(y) > 1 and not brief:
        # What is written last may have no room.
        return f"{subject} ({target}): {outputs_in_words(y)}"
    return f"{subject}: {_answer(y, data, brief)}" + (f", {target}" if target else "")
