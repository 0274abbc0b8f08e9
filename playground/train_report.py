"""What `train` says when it is done: a summary for people, an object for programs, a table of the epochs."""

import csv
import io
import json
import math
import shlex
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from core.record import record
from core.training import Evaluation
from playground.train_loop import Look, TrainLoop
from playground.train_options import TrainOptions, as_used, as_words

HISTORY_HEADER = ("epoch", "train_loss", "test_loss", "train_accuracy", "test_accuracy")
LINE = 100


@record
class Written:
    """A file that was written, and by how much the outputs of the network in it differ at most."""

    path: Path
    difference: float | None = None


def history_table(history: Sequence[Look]) -> str:
    """CSV with a row an epoch, the start's first; empty cells where there is no test set or no class."""
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\n")
    writer.writerow(HISTORY_HEADER)
    for look in history:
        train, test = look.train, look.test
        writer.writerow((look.epoch, train.data_loss, test and test.data_loss, train.accuracy, test and test.accuracy))
    return table.getvalue()


def result(options: TrainOptions, loop: TrainLoop, look: Look) -> dict[str, Any]:
    """What --json prints."""
    steps, train, test = loop.run.step, look.train, look.test
    return {
        "epochs": loop.run.epoch,
        "steps": steps,
        "train_loss": _number(train.data_loss),
        "test_loss": test and _number(test.data_loss),
        "penalty": _number(train.penalty),
        "objective": _number(train.objective),
        "train_accuracy": train.accuracy,
        "test_accuracy": test and test.accuracy,
        "seconds": loop.seconds,
        "steps_per_second": steps / loop.seconds if steps and loop.seconds else None,
        "kernel": loop.run.kernel,
        "seed": options.spec.seed,
        "data_seed": options.spec.data_seed,
        "sizes": list(options.spec.sizes),
        "options": as_used(options, loop.run.kernel),
    }


def as_json(result: dict[str, Any]) -> str:
    """One object on one line."""
    return json.dumps(result, allow_nan=False)


def _number(value: float) -> float | None:
    """JSON knows neither infinity nor NaN. Only a network whose very start overflows has such losses here."""
    return value if math.isfinite(value) else None


def summary(options: TrainOptions, loop: TrainLoop, look: Look, written: Sequence[Written]) -> str:
    """What was trained, with every option as used, what came of it, and where it was written."""
    spec, run, data = options.spec, loop.run, loop.trainer.data
    lines = [
        f"{spec.source.label}: {data.train} rows to train on, {len(data.x) - data.train} to test;"
        f" network {'-'.join(map(str, spec.sizes))}",
        *_wrapped(as_words(as_used(options, loop.run.kernel))),
        _described("train", look.train),
        _described("test ", look.test) if look.test else "test   no rows",
        f"{run.epoch} epochs, {run.step} steps in {loop.seconds:.3g} s{_speed(run.step, loop.seconds)}",
    ]
    if options.until_loss is not None:
        reached = "reached" if loop.reached else "not reached"
        lines.append(f"objective {options.until_loss:g} {reached}")
    return "\n".join([*lines, *(_described_file(file) for file in written)])


def _described(rows: str, part: Evaluation) -> str:
    text = f"{rows}  loss {part.data_loss:.6g} + penalty {part.penalty:.6g} = objective {part.objective:.6g}"
    return text if part.accuracy is None else f"{text}, accuracy {part.accuracy:.2%}"


def _described_file(file: Written) -> str:
    if file.difference is None:
        return f"written: {file.path}"
    return f"written: {file.path} (largest difference of its outputs {file.difference:g})"


def _speed(steps: int, seconds: float) -> str:
    return f", {steps / seconds:,.0f} steps a second" if steps and seconds else ""


def _wrapped(words: Sequence[str]) -> list[str]:
    """The options as lines that can be pasted into a shell."""
    lines = ["  playground train"]
    for word in map(shlex.quote, words):
        if word.startswith("--") and len(lines[-1]) + len(word) > LINE - 20:
            lines[-1] += " \\"
            lines.append("   ")
        lines[-1] += f" {word}"
    return lines
