"""Every choice of the user as names and numbers, and whether they make sense together."""

import math
from dataclasses import fields
from itertools import pairwise
from typing import Any, cast

from core.activations import ACTIVATIONS, Activation
from core.datasets import ENCODINGS, Dataset, Encoding, find_dataset, train_rows
from core.errors import InputError
from core.freezing import NOTHING, Frozen, check_frozen
from core.initializers import INITIALIZERS
from core.kernels import KERNELS
from core.losses import LOSSES, Loss
from core.mistakes import MISTAKES
from core.optimizers import OPTIMIZERS
from core.penalties import PENALTIES
from core.record import record

MAX_SAMPLES = 1_000_000
MAX_PARAMETERS = 100_000_000  # 0.8 GB of weights, and training takes a few times as much
MAX_ACTIVATIONS = 50_000_000  # samples times units: a full batch holds some 2 GB of them
MAX_SEED = 2**63 - 1
DEFAULT_INIT = "glorot"


@record
class Spec:
    """What to train, on what, and how. `batch` None is the full batch; `noise` in percent.

    `activations` has one name a layer, the output's last; `targets` "auto" follows the output activation; `frozen`
    names the parameters that keep their values, see core/freezing.py. `mistake` is the one that backpropagation is made
    with on purpose; no file has it.
    """

    dataset: str
    samples: int
    noise: float
    train_share: float
    targets: str
    data_seed: int
    hidden: tuple[int, ...]
    activations: tuple[str, ...]
    loss: str
    init: str
    biased: bool
    eta: float
    batch: int | None
    shuffle: bool
    seed: int
    optimizer: str = "gradient-descent"
    penalty: str = "none"
    kernel: str = "auto"
    frozen: Frozen = NOTHING
    mistake: str | None = None

    @property
    def source(self) -> Dataset:
        """The data set itself."""
        return find_dataset(self.dataset)

    @property
    def encoding(self) -> str:
        """The target encoding in force."""
        return ACTIVATIONS[self.activations[-1]].encoding if self.targets == "auto" else self.targets

    @property
    def sizes(self) -> tuple[int, ...]:
        """n_0 … n_K."""
        return (self.source.inputs, *self.hidden, self.source.outputs(self.encoding))


def suggested(dataset: str, *, seed: int = 1) -> Spec:
    """The settings that `dataset` suggests; InputError when there is no such data set."""
    source = find_dataset(dataset)
    suggestion = source.suggestion
    return Spec(
        dataset=dataset,
        samples=source.samples,
        noise=0.0,
        train_share=source.train_share,
        targets="auto",
        data_seed=seed,
        hidden=suggestion.hidden,
        activations=(*(suggestion.activation for _ in suggestion.hidden), suggestion.output_activation),
        loss=suggestion.loss,
        init=DEFAULT_INIT,
        biased=True,
        eta=suggestion.eta,
        batch=suggestion.batch,
        shuffle=True,
        seed=seed,
    )


def check(spec: Spec) -> None:
    """Raise InputError, saying what is wrong and what fits, unless `spec` can be trained."""
    _check_names(spec)
    _check_numbers(spec)
    _check_combination(spec)
    check_frozen(spec.frozen, spec.sizes)
    _check_memory(spec)


def _check_names(spec: Spec) -> None:
    source = find_dataset(spec.dataset)
    for name in spec.activations:
        ACTIVATIONS[name]
    for registry, name in (
        (LOSSES, spec.loss),
        (INITIALIZERS, spec.init),
        (OPTIMIZERS, spec.optimizer),
        (PENALTIES, spec.penalty),
    ):
        registry[name]
    if spec.kernel != "auto":
        KERNELS[spec.kernel]
    if spec.targets != "auto":
        ENCODINGS[spec.targets]
    if spec.mistake is not None:
        MISTAKES[spec.mistake]
    if source.table and (spec.samples != source.samples or spec.noise):
        raise InputError(
            f"{spec.dataset} is a table of {source.samples} exact rows:"
            " it takes no other number of samples and no noise."
        )


def _check_numbers(spec: Spec) -> None:
    _within("number of samples", spec.samples, 1, MAX_SAMPLES)
    _within("noise", spec.noise, 0, 50)
    _within("train share", spec.train_share, 0, 1)
    train_rows(spec.samples, spec.train_share)
    for name, value in (("seed", spec.seed), ("data seed", spec.data_seed)):
        _within(name, value, 0, MAX_SEED)
    if not (math.isfinite(spec.eta) and spec.eta > 0):
        raise InputError(f"The learning rate η must be a positive number, not {spec.eta:g}; try 0.1.")
    if spec.batch is not None and spec.batch < 1:
        raise InputError(f"A batch must have at least 1 sample, not {spec.batch}; or use the full batch.")
    for size in spec.hidden:
        if size < 1:
            raise InputError(f"A hidden layer must have at least 1 unit, not {size}.")
    if len(spec.activations) != len(spec.hidden) + 1:
        raise InputError(
            f"Every hidden layer and the output need an activation: {len(spec.hidden) + 1} names,"
            f" but {len(spec.activations)} are given."
        )
    parameters = sum((n_in + 1) * n_out for n_in, n_out in pairwise(spec.sizes))
    if parameters > MAX_PARAMETERS:
        raise InputError(
            f"This network would have {parameters:,} parameters, and at most {MAX_PARAMETERS:,} are taken;"
            " choose smaller hidden layers."
        )


def _check_memory(spec: Spec) -> None:
    activations = spec.samples * sum(spec.sizes)
    if activations > MAX_ACTIVATIONS:
        raise InputError(
            f"{spec.samples:,} samples times {sum(spec.sizes):,} units make {activations:,} activations, and at most"
            f" {MAX_ACTIVATIONS:,} are taken; choose fewer samples or units."
        )


def _within(name: str, value: float, low: float, high: float) -> None:
    if not low <= value <= high:
        raise InputError(f"The {name} must lie in {low:,} … {high:,}, not {value:,}.")


def _check_combination(spec: Spec) -> None:
    loss, output, source = LOSSES[spec.loss], ACTIVATIONS[spec.activations[-1]], spec.source
    if loss.output is not None and not source.classes:
        raise InputError(
            f"{spec.dataset} has real targets, and {loss.name} needs classes; fitting losses: {_any_output_losses()}."
        )
    if loss.output is not None and loss.output != output.name:
        raise InputError(
            f"The loss {loss.name} is defined for a {loss.output} output, not for {output.name};"
            f" choose the output activation {loss.output}, or one of the losses {_any_output_losses()}."
        )
    if source.classes and (misfit := _misfit(ENCODINGS[spec.encoding], output, loss, source.classes)):
        fitting = [e.name for e in ENCODINGS if not _misfit(e, output, loss, source.classes)]
        raise InputError(f"{misfit}; fitting targets: {', '.join(fitting)}.")
    for layer, (name, size) in enumerate(zip(spec.activations, spec.sizes[1:], strict=True), start=1):
        if name == "softmax" and size == 1:
            raise InputError(
                f"A softmax over the single unit of layer {layer} is always 1 and learns nothing;"
                " give it more units, or another activation."
            )


def _misfit(encoding: Encoding, output: Activation, loss: Loss, classes: int) -> str | None:
    """Why targets of that encoding cannot be learned by that output with that loss; None when they can."""
    low, high = max(output.range[0], loss.target_range[0]), min(output.range[1], loss.target_range[1])
    if encoding.low < low or encoding.high > high:
        return f"{encoding.name} targets do not fit a {output.name} output with {loss.name}"
    single = encoding.columns(classes) == 1
    if loss.targets_sum_to_one and (encoding.low != 0 or single):
        return f"{loss.name} needs targets that sum to 1, and {encoding.name} targets do not"
    if output.name == "softmax" and single:
        return f"{encoding.name} targets need one output, over which a softmax is always 1"
    return None


def _any_output_losses() -> str:
    return ", ".join(loss.name for loss in LOSSES if loss.output is None)


def as_dict(spec: Spec) -> dict[str, Any]:
    """Every choice by its name, ready for JSON."""
    values = {field.name: getattr(spec, field.name) for field in fields(spec)}
    return {
        name: list(cast("tuple[Any, ...]", value)) if isinstance(value, tuple) else value
        for name, value in values.items()
    }
