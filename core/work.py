"""What takes long, told as a generator: it yields now and then, so that something else can be done meanwhile."""

import time
from collections.abc import Generator
from typing import Generic, TypeVar

from core.record import record

SLICE_SECONDS = 0.02

Result = TypeVar("Result")
Work = Generator[None, None, Result]


def finished(work: Work[Result]) -> Result:
    """The result of work that is done without a pause."""
    while True:
        try:
            next(work)
        except StopIteration as end:
            return end.value


@record
class Done(Generic[Result]):
    """The result of work that is done."""

    result: Result


def go_on(work: Work[Result], seconds: float = SLICE_SECONDS) -> Done[Result] | None:
    """Do some more of it, for so long, at least one step; what came of it when that was the last."""
    end = time.perf_counter() + seconds
    try:
        next(work)
        while time.perf_counter() < end:
            next(work)
    except StopIteration as last:
        return Done(last.value)
    return None
