"""The gestures of the user, each a label and a function from one Session to the next.

η and the batch only say how far and how often to step, what is frozen which parameters, and a mistake is there to be
watched: they change under way, as single weights and biases do. Whatever defines the network, the data, the objective
or the order of the samples needs a new start, drawn from the seed.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from core import freezing
from core.activations import ACTIVATIONS
from core.arrays import Array, all_finite, frozen
from core.datasets import ENCODINGS, find_dataset
from core.errors import InputError
from core.examples import Example
from core.finished import FinishedRun
from core.formats import Document
from core.losses import LOSSES
from core.mistakes import MISTAKES
from core.parameters import Parameter, has_parameter, with_parameter
from core.record import record
from core.session import CurveColumn, Leg, Session, restarted, start_session
from core.spec import Spec, check, suggested

LIVE = frozenset({"eta", "batch", "frozen", "mistake"})
DATA = ("dataset", "samples", "noise", "train_share", "data_seed", "encoding")
BEGINS_ANEW = "Training begins anew; undo brings it back."
STAYS_FROZEN = " What is frozen stays frozen, at its value at the start."
ANY_OUTPUT_LOSS = "half-squared-error"


@record
class Edit:
    """`change` makes the next session, or raises InputError; edits in a row with the same `merge` undo as one."""

    label: str
    change: Callable[[Session], Session]
    merge: str | None = None


def choose(label: str, *, merge: str | None = None, **choices: Any) -> Edit:
    """Set fields of the Spec."""
    return Edit(label, lambda session: _with_spec(session, replace(session.spec, **choices)), merge)


def refusal(sentence: str) -> Edit:
    """An edit for what cannot even be read: it says so, and changes nothing."""

    def change(session: Session) -> Session:
        raise InputError(sentence)

    return Edit("", change)


def needs_new_start(before: Spec, after: Spec) -> bool:
    """Whether going from one spec to the other begins training anew."""
    return any(
        getattr(before, name) != getattr(after, name) for name in before.__dataclass_fields__ if name not in LIVE
    )


def _with_spec(session: Session, spec: Spec) -> Session:
    spec = replace(spec, frozen=freezing.fitting(spec.frozen, spec.sizes))
    check(spec)
    if not needs_new_start(session.spec, spec):
        # A batch of another size is collected anew; another η leaves what was collected.
        seen = session.run.seen if spec.batch == session.spec.batch else 0
        return _parted(replace(session, spec=spec, run=replace(session.run, seen=seen)))
    same_data = all(getattr(session.spec, name) == getattr(spec, name) for name in DATA)
    return start_session(spec, data=session.data if same_data else None)


def _parted(session: Session, item: Parameter | None = None, value: float = 0.0) -> Session:
    """What is trained from here on is another run than what lies ahead, or was trained from here before."""
    leg = Leg(session.run.step, session.spec, item, value)
    return replace(session, legs=(*session.legs, leg), ahead=None)


def consequences(before: Spec, after: Spec) -> str:
    """What an edit changed beyond its label, as further sentences; of a whole new data set only what is healed."""
    said = _healing(before.mistake, after.mistake)
    if before.dataset != after.dataset:
        return said
    if before.sizes != after.sizes and (gone := set(before.frozen) - set(after.frozen)):
        said += f" No longer there, and no longer frozen: {', '.join(sorted(gone))}."
    if after.loss != before.loss and after.activations[-1] != before.activations[-1]:
        said += f" Loss: {LOSSES[after.loss].label}; output: {ACTIVATIONS[after.activations[-1]].label}."
    if after.source.classes and after.encoding != before.encoding:
        said += f" Targets: {ENCODINGS[after.encoding].label}."
    return said


def _healing(before: str | None, after: str | None) -> str:
    if before is None or after is not None:
        return ""
    return f" The mistake is healed: {MISTAKES[before].label}."


def choose_dataset(name: str) -> Edit:
    """Load a data set with the settings that solve it, and no mistake; the seeds stay."""

    def change(session: Session) -> Session:
        return start_session(replace(suggested(name, seed=session.spec.seed), data_seed=session.spec.data_seed))

    return Edit(f"data set {find_dataset(name).label}", change)


def choose_loss(name: str) -> Edit:
    """Set the loss, and with it the output activation if the loss is defined for one only."""
    loss = LOSSES[name]

    def change(session: Session) -> Session:
        activations = session.spec.activations
        if loss.output is not None:
            activations = (*activations[:-1], loss.output)
        return _with_spec(session, replace(session.spec, loss=name, activations=activations))

    needs = f" with {ACTIVATIONS[loss.output].label} output" if loss.output else ""
    return Edit(f"loss {loss.label}{needs}", change)


def choose_activation(layer: int, name: str) -> Edit:
    """Set the activation of layer 1 … K; an output that the loss is not defined for gets the half squared error."""
    activation = ACTIVATIONS[name]

    def change(session: Session) -> Session:
        names = list(session.spec.activations)
        _check_layer(layer, len(names), "layer")
        names[layer - 1] = name
        loss = LOSSES[session.spec.loss]
        fits = loss.output is None or loss.output == names[-1]
        return _with_spec(
            session,
            replace(session.spec, activations=tuple(names), loss=loss.name if fits else ANY_OUTPUT_LOSS),
        )

    return Edit(f"{activation.label} in layer {layer}", change)


def resize_layer(layer: int, size: int) -> Edit:
    """Give hidden layer 1 … another number of units."""

    def change(session: Session) -> Session:
        hidden = list(session.spec.hidden)
        _check_layer(layer, len(hidden), "hidden layer")
        hidden[layer - 1] = size
        return _with_spec(session, replace(session.spec, hidden=tuple(hidden)))

    return Edit(f"{size} unit{'s' if size > 1 else ''} in hidden layer {layer}", change)


def add_layer() -> Edit:
    """Add a hidden layer before the output, like the last hidden one."""

    def change(session: Session) -> Session:
        spec = session.spec
        size = spec.hidden[-1] if spec.hidden else 4
        activation = spec.activations[-2] if spec.hidden else "tanh"
        activations = (*spec.activations[:-1], activation, spec.activations[-1])
        # Of what is frozen only the output leads from other units than before.
        kept = _thawed_from(spec, len(spec.activations))
        return _with_spec(session, replace(spec, hidden=(*spec.hidden, size), activations=activations, frozen=kept))

    return Edit("one hidden layer more", change)


def remove_layer() -> Edit:
    """Remove the last hidden layer."""

    def change(session: Session) -> Session:
        spec = session.spec
        if not spec.hidden:
            raise InputError("There is no hidden layer to remove.")
        activations = (*spec.activations[:-2], spec.activations[-1])
        kept = _thawed_from(spec, len(spec.hidden))
        return _with_spec(session, replace(spec, hidden=spec.hidden[:-1], activations=activations, frozen=kept))

    return Edit("one hidden layer less", change)


def _thawed_from(spec: Spec, layer: int) -> freezing.Frozen:
    """What is frozen before that layer."""
    names = [name for each in range(layer, len(spec.sizes)) for name in freezing.layer_names(each)]
    return freezing.thaw(spec.frozen, names, spec.sizes)


def freeze(names: Sequence[str], what: str) -> Edit:
    """Have these parameters, by the names of core/freezing.py, keep their values in every update from here on."""

    def change(session: Session) -> Session:
        spec = session.spec
        return _with_spec(session, replace(spec, frozen=freezing.freeze(spec.frozen, names)))

    return Edit(f"{what} frozen", change)


def thaw(names: Sequence[str], what: str) -> Edit:
    """Have them learn again from here on."""

    def change(session: Session) -> Session:
        spec = session.spec
        return _with_spec(session, replace(spec, frozen=freezing.thaw(spec.frozen, names, spec.sizes)))

    return Edit(f"{what} no longer frozen", change)


def set_parameter(item: Parameter, value: float, what: str, *, merge: str | None = None) -> Edit:
    """Give one weight or bias another value; the run goes on from there, and its start stays what it was."""

    def change(session: Session) -> Session:
        network, step = session.run.network, session.run.step
        if not has_parameter(network, item):
            raise InputError(f"This network has no {what} that could be changed.")
        if not np.isfinite(value):
            raise InputError(f"A weight or bias must be a finite number; {what} stays as it is.")
        legs, last = session.legs, session.legs[-1]
        if session.ahead is None and (last.step, last.item, last.spec) == (step, item, session.spec):
            # Moved further by the same hand.
            legs = legs[:-1]
        run = replace(session.run, network=with_parameter(network, item, value))
        # The loss of this step is another now.
        curve = session.curve.until(CurveColumn.STEP, step - 1)
        return _parted(replace(session, legs=legs, run=run, curve=curve), item, value)

    return Edit(f"{what} = {value:.6g}", change, merge)


def make_mistake(name: str) -> Edit:
    """Go on from the same weights with a classic mistake in backpropagation."""
    return choose(f"mistake on: {MISTAKES[name].label}", mistake=name)


def heal() -> Edit:
    """Go on from the same weights without the mistake."""

    def change(session: Session) -> Session:
        if session.spec.mistake is None:
            raise InputError("There is no mistake to heal; Break it makes one.")
        return _with_spec(session, replace(session.spec, mistake=None))

    return Edit("healing", change)


def show_mistake(name: str) -> Edit:
    """Make a mistake where it shows: with data, settings and seeds that make training plainly suffer from it."""
    mistake = MISTAKES[name]
    source = find_dataset(mistake.example.dataset)

    def change(session: Session) -> Session:
        return start_session(replace(suggested(source.name), **mistake.example.changes, mistake=name))

    return Edit(f"mistake on: {mistake.label}, data set {source.label}", change)


def reset() -> Edit:
    """Back to the same start."""
    return Edit("reset", restarted)


def branch() -> Edit:
    """Begin a run of its own at the step that was gone back to."""

    def change(session: Session) -> Session:
        if session.ahead is None:
            raise InputError("This is the end of the run; go back to an earlier step to branch off there.")
        return _parted(session)

    return Edit("branch", change)


def new_seed() -> Edit:
    """Draw a new start from the next seed; the data stay."""

    def change(session: Session) -> Session:
        return start_session(replace(session.spec, seed=session.spec.seed + 1), data=session.data)

    return Edit("new seed", change)


def set_parameters(layer: int, weights: Array, biases: Array) -> Edit:
    """Give layer 1 … K these weights (n_in, n_out) and biases (n_out,), as in homework; it becomes the start."""

    def change(session: Session) -> Session:
        network = session.run.network
        _check_layer(layer, len(network.layers), "layer")
        old = network.layers[layer - 1]
        for values, shape, what in ((weights, old.weights.shape, "weights"), (biases, old.biases.shape, "biases")):
            if values.shape != shape:
                size = " × ".join(map(str, shape))
                raise InputError(f"Layer {layer} needs {size} {what}, not {' × '.join(map(str, values.shape))}.")
            if not all_finite(values):
                raise InputError(f"The {what} of layer {layer} must be finite numbers.")
        layers = list(network.layers)
        layers[layer - 1] = replace(old, weights=frozen(weights), biases=frozen(biases))
        given = _taken_over(session)
        given[layer - 1] = "typed in as the numbers of this layer"
        taken = replace(network, layers=tuple(layers))
        return start_session(session.spec, data=session.data, network=taken, given=tuple(given))

    return Edit(f"numbers of layer {layer}", change)


def _taken_over(session: Session) -> list[str]:
    """Where the numbers of each layer come from in a start that takes them over from this run."""
    network = session.run.network
    if network is session.start:
        return list(session.given or ("",) * len(network.layers))
    return [f"taken over from the run before, after step {session.run.step:,}"] * len(network.layers)


def reopen(run: FinishedRun) -> Edit:
    """Go on with a run of this sitting where it was left."""
    mistake = run.session.spec.mistake
    on = "" if mistake is None else f" with its mistake on, {MISTAKES[mistake].label}"
    return Edit(f"reopen run {run.number}{on}", lambda session: run.session)


def open_document(document: Document, name: str) -> Edit:
    """Take over the network of a file, and its settings where it has them, without a mistake; it becomes the start."""

    def change(session: Session) -> Session:
        network = document.network
        spec = document.spec or replace(
            session.spec,
            hidden=network.sizes[1:-1],
            activations=network.activations,
            loss=network.loss,
            biased=network.biased,
            frozen=freezing.NOTHING,
            mistake=None,
        )
        if spec.sizes != network.sizes:
            raise InputError(
                f"{name} has {network.sizes[0]} inputs and {network.sizes[-1]} outputs, but {spec.source.label} needs"
                f" {spec.sizes[0]} and {spec.sizes[-1]}; choose a data set that fits first."
            )
        given = (f"from {name}",) * len(network.layers)
        return start_session(spec, network=network, given=given)

    return Edit(f"open {name}", change)


def open_example(example: Example) -> Edit:
    """Take over a network of the texts with its rows, numbers and η; the kernel and the seeds stay."""

    def change(session: Session) -> Session:
        kept = {name: getattr(session.spec, name) for name in ("seed", "data_seed", "kernel")}
        given = (f"given by the example {example.label}",) * len(example.network.layers)
        return start_session(replace(example.spec, **kept), network=example.network, given=given)

    return Edit(f"example {example.label}", change)


def _check_layer(layer: int, layers: int, kind: str) -> None:
    """A panel may still show a layer that is no longer there."""
    if not 1 <= layer <= layers:
        raise InputError(f"There is no {kind} {layer} to change; the network has {layers}.")
