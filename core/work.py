"""What takes long, told as a generator: it yields now and then, so that something else can be done meanwhile."""

import time
from collections.abc import Generator
from typing import Generic, TypeVar

from core.record import record

SLICE_SECONDS = 0.02

Result = TypeVar("Result")
Work = Generator[None, None, Result]
# Work that now and then, instead of nothing, yields what there is so far of its result.
Growing = Generator[Result | None, None, Result]


def finished(work: Growing[Result]) -> Result:
    """The result of work that is done without a pause."""
    while True:
        try:
            next(work)
        except StopIteration as end:
            return end.value


@record
class Done(Generic[Result]):
    """The result of work that is done; what there is of it where that is not the `whole`."""

    result: Result
    whole: bool = True


def go_on(work: Growing[Result], seconds: float = SLICE_SECONDS) -> Done[Result] | None:
    """Do some more of it, for so long, at least one step; what came of it when that was the last, or has by now."""
    end = time.perf_counter() + seconds
    try:
        found = next(work)
        while found is None and time.perf_counter() < end:
            found = next(work)
    except StopIteration as last:
        return Done(last.value)
    return None if found is None else Done(found, whole=False)
