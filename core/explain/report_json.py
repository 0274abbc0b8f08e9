"""A report as one JSON object: the code's names and index order, full precision."""

import json
import math
from collections.abc import Iterable
from typing import Any, cast

from core.arrays import Array
from core.explain.paths import Path, Paths
from core.explain.report import Report, input_slopes
from core.gradient_check import TOLERANCE, GradientCheck
from core.selection import Edge


def report_json(report: Report) -> str:
    """The object on one line; what is not finite is null, since JSON knows neither infinity nor NaN."""
    return json.dumps(_finite(_contents(report)), allow_nan=False)


def _contents(report: Report) -> dict[str, Any]:
    step = report.step
    network, after, gradient = step.network, step.after, step.gradient
    return {
        "x": step.x[0].tolist(),
        "t": step.t[0].tolist(),
        "y": step.trace.y[0].tolist(),
        "loss": step.loss,
        "z": _first_rows(step.trace.z),
        "a": _first_rows(step.trace.a),
        "delta": _first_rows(gradient.delta),
        "grad_W": _lists(gradient.weights),
        "grad_b": _lists(gradient.biases),
        "grad_x": gradient.x[0].tolist(),
        "W": _lists(network.weights),
        "b": _lists(network.biases),
        "W_next": _lists(after.weights),
        "b_next": _lists(after.biases),
        "dy_dx": input_slopes(step).tolist(),
        "phases": [
            {"name": phase.name, "layer": phase.layer, "title": section.title, "step": phase.step}
            for phase, section in zip(report.phases, report.sections, strict=True)
        ],
        "paths": [_path(report.paths, path) for path in report.paths.paths],
        "check": None if report.check is None else _check(report.check),
    }


def _path(paths: Paths, path: Path) -> dict[str, Any]:
    start = paths.start
    assert isinstance(start, Edge)
    return {
        "weight": [start.layer, start.source, start.target],
        "nodes": [[node.layer, node.index] for node in path.nodes],
        "factors": [{"of": factor.name, "value": factor.value} for factor in path.factors],
        "count": path.count,
        "product": path.product,
    }


def _check(check: GradientCheck) -> dict[str, Any]:
    worst = check.worst
    return {
        "passed": check.passed,
        "tolerance": TOLERANCE,
        "compared": len(check.counted),
        "worst_error": None if worst is None else worst.error,
        "worst": None if worst is None else worst.name,
        "at_kinks": list(check.at_kinks),
    }


def _lists(arrays: Iterable[Array]) -> list[Any]:
    return [array.tolist() for array in arrays]


def _first_rows(arrays: Iterable[Array]) -> list[Any]:
    return [array[0].tolist() for array in arrays]


def _finite(value: Any) -> Any:
    """The same with null for every number that is not finite."""
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, dict):
        return {key: _finite(each) for key, each in cast("dict[str, Any]", value).items()}
    if isinstance(value, list):
        return [_finite(each) for each in cast("list[Any]", value)]
    return value
